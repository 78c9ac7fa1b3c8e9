from __future__ import annotations

import pytest

from tests.attendance.register import open_school
from tests.world import Village


@pytest.fixture
def school(village: Village) -> Village:
    """The village on a school day, calendar and packs loaded."""
    return open_school(village)
