from __future__ import annotations

import pytest

from tests.policy.desk import give_packs
from tests.world import Village


@pytest.fixture
def county(village: Village) -> Village:
    """The village with the shipped packs loaded."""
    give_packs(village)
    return village
