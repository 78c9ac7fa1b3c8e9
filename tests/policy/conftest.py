from __future__ import annotations

import pytest

from notoneless.policy.services.packs import load_shipped_packs
from tests.world import NOW, Village


@pytest.fixture
def county(village: Village) -> Village:
    """The village with the shipped packs loaded."""
    load_shipped_packs(now=NOW)
    return village
