"""The county's own actor, as the command line imports."""

from __future__ import annotations

import pytest

from notoneless.access.queries import county_system
from tests.world import TODAY


@pytest.fixture
def system(village):
    return county_system(village.county_id, today=TODAY)
