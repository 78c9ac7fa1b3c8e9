"""A small desk for journal tests: a county, a teacher, a child, and slips of paper to record.

A slip is a row of a real table of this app (``RefusedAttempt``) that a fixture has taught to
tell its facts, so that these tests stand alone, whatever tables the rest of the product has.
"""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any
from uuid import UUID

import pytest

from notoneless.journal.models import Entry, RefusedAttempt
from notoneless.journal.services import Stamp, record_many

COUNTY = UUID("0195a000-0000-7000-8000-000000000001")
OTHER_COUNTY = UUID("0195a000-0000-7000-8000-000000000002")
CHEN = UUID("0195a000-0000-7000-8000-00000000000c")
LAN = UUID("0195a000-0000-7000-8000-00000000001a")
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 1, 30, tzinfo=timezone.utc)


Slip: Any = RefusedAttempt


def facts_of_slip(slip: RefusedAttempt) -> dict[str, object]:
    """Any fact of the product: ``code`` is its text."""
    return {"text": slip.code, "written_at": slip.at}


@pytest.fixture
def slips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slip, "journal_facts", facts_of_slip, raising=False)


def write_slip(text: str, *, county_id: UUID = COUNTY) -> Any:
    return Slip.objects.create(code=text, kind="slip", at=NOW, county_id=county_id)


def stamp(now: datetime = NOW, county_id: UUID = COUNTY) -> Stamp:
    return Stamp(county_id, CHEN, now)


def record_slips(count: int, *, now: datetime = NOW, county_id: UUID = COUNTY) -> list[Entry]:
    """That many slips written and recorded at ``now``, oldest first."""
    slips = [write_slip(f"slip {number}", county_id=county_id) for number in range(count)]
    return record_many(
        "slip.written",
        slips,
        subjects=[("child", LAN)] * count,
        happened_on=TODAY,
        stamp=stamp(now, county_id),
    )
