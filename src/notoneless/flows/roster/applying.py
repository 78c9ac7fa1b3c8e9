"""Writes the accepted rows of an import, school by school, in short transactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from notoneless.children.models import RosterImport, StagedRow
from notoneless.children.models.roster import ImportStatus, Verdict
from notoneless.children.services.parking import hand_over_parked
from notoneless.children.services.roster_rows import Grounds, seat_of
from notoneless.children.services.rostered import ROWS_AT_ONCE, apply_rows, rows_to_apply
from notoneless.children.services.staging import set_status
from notoneless.flows.roster.schools import (
    classes_of,
    found_school,
    known_schools,
    school_name_in,
    villages_of,
)
from notoneless.journal.services import Stamp
from notoneless.journal.services.turns import in_turns
from notoneless.journal.statistics import look_at_tables
from notoneless.rules.refusal import Refusal

Clock = Callable[[], datetime]
PART_SECONDS = 0.25
"""For a part of the rows; others cannot write during a fifth of it."""
PART_ROWS = 100
"""At least, however slow the machine."""
TRIES = 3
"""Two imports that write the same child at the same moment: the second looks again."""


class NotReady(Refusal):
    """The import is not read yet, was cancelled, or is being applied already."""

    code = "ROSTER-05"


def begin_applying(import_id: UUID, *, now: datetime) -> None:
    """Let an import be applied. Raises ``NotReady``, also for the second of two presses."""
    if not set_status(import_id, ImportStatus.APPLYING, was=[ImportStatus.READY], now=now):
        raise NotReady()


def apply_import(import_id: UUID, *, today: date, clock: Clock) -> None:
    """Write what waits of an import that is being applied; does nothing for any other.

    Each part is one transaction, and rows once written are left alone, so a killed run goes on
    where it stopped and a second run changes nothing.
    """
    roster_import = RosterImport.objects.get(pk=import_id)
    if roster_import.status != ImportStatus.APPLYING:
        return
    waiting = StagedRow.objects.filter(
        roster_import=roster_import,
        verdict__in=[Verdict.NEW, Verdict.CHANGED],
        applied_at=None,
    )
    codes = waiting.order_by("school_code").values_list("school_code", flat=True).distinct()
    for code in list(codes):
        _apply_school(roster_import, code, today=today, clock=clock)
    hand_over_parked(roster_import)
    set_status(import_id, ImportStatus.APPLIED, was=[ImportStatus.APPLYING], now=clock())
    look_at_tables()


def _apply_school(roster_import: RosterImport, code: str, *, today: date, clock: Clock) -> None:
    while rows := rows_to_apply(roster_import, code):
        stamp = _stamp(roster_import, now=clock())
        grounds = _grounds(roster_import, code, rows, today=today, stamp=stamp)
        for part in in_turns(rows, at_most=ROWS_AT_ONCE, at_least=PART_ROWS, seconds=PART_SECONDS):
            _apply_part(roster_import, part, grounds, clock=clock)


def _apply_part(
    roster_import: RosterImport, rows: Sequence[StagedRow], grounds: Grounds, *, clock: Clock
) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            apply_rows(roster_import, rows, grounds, stamp=_stamp(roster_import, now=clock()))
            return
        except IntegrityError:
            if attempt == TRIES:
                raise


def _stamp(roster_import: RosterImport, *, now: datetime) -> Stamp:
    return Stamp(
        county_id=roster_import.county_id,
        by=roster_import.by_id,
        now=now,
        unit_id=roster_import.unit_id,
    )


def _grounds(
    roster_import: RosterImport, code: str, rows: list[StagedRow], *, today: date, stamp: Stamp
) -> Grounds:
    """What some rows of one school stand on; founds the school and its classes."""
    term_start = min(today, date(roster_import.school_year, 9, 1))
    school_id = _school(code, rows, on=term_start, stamp=stamp)
    seats = {seat_of(dict(row.values)) for row in rows}
    return Grounds(
        school_id=school_id,
        school_code=code,
        schools=known_schools(roster_import.county_id).units,
        classes=classes_of(school_id, seats, stamp=stamp),
        villages=villages_of(roster_import.county_id),
        term_start=term_start,
        today=today,
    )


def _school(code: str, rows: list[StagedRow], *, on: date, stamp: Stamp) -> UUID:
    values = dict(rows[0].values)
    name = str(values.get("school_name", "")) or school_name_in(rows[0].file.name)
    stages = {dict(row.values)["stage"] for row in rows}
    both = len(stages) == 2 or (code.startswith("3") and stages == {"primary"})
    return found_school(code, name=name, both_stages=both, on=on, stamp=stamp)
