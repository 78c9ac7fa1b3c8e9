"""The nightly sweep: plans every school of a county anew from what is on record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import school_standings
from notoneless.attendance.queries.unplanned import unplanned_rolls
from notoneless.attendance.services.rolls import mark_planned
from notoneless.duties.services import beat, begin_sweep, end_sweep, withdraw_strays
from notoneless.flows.cases.looking_after import look_after_cases, would_change
from notoneless.flows.duties.gathering import missing_roll_facts, year_from
from notoneless.flows.duties.planning import Planned, plan_school, plan_uncalled
from notoneless.flows.protection.following import follow_children
from notoneless.flows.workplans.planning import plan_workplans
from notoneless.journal.services import Stamp
from notoneless.rules.duties.difference import Change, Opening
from notoneless.rules.duties.wants import Hole, Moment

log = logging.getLogger(__name__)
SCHOOL_HOURS = ("06:00", "19:00")


@dataclass(frozen=True, slots=True)
class Swept:
    """What the sweep did, or in a dry run would do, in one school or for the whole county."""

    school_id: UUID | None
    """``None``: duties that no school speaks for any more. Of workplans a township or bureau."""
    openings: tuple[Opening, ...] = ()
    changes: tuple[Change, ...] = ()
    holes: tuple[Hole, ...] = ()


def sweep_county(
    county_id: UUID,
    *,
    as_of: date,
    now: Callable[[], datetime],
    is_dry: bool = False,
) -> Generator[Swept, None, None]:
    """Make the duties of a county be what facts and policy want as of the day ``as_of``.

    One short transaction a school, so that nobody waits long; yields after each. Sweeping twice,
    or after a week's outage, leaves the same duties. ``now`` is asked for the heartbeat. A dry
    run writes nothing. Raises ``SweepRunning`` while another sweep of the county is alive.
    """
    run_id = None if is_dry else begin_sweep(county_id, as_of=as_of, now=now())
    is_done = False
    try:
        for school in school_standings(county_id, on=as_of):
            stamp = Stamp(county_id=county_id, by=None, now=now())
            planned = plan_school(school, Moment(as_of), stamp=stamp, is_dry=is_dry)
            if run_id is not None:
                _note_planned(school, planned, as_of=as_of, stamp=stamp)
                beat(run_id, _counts(planned), now=now())
            yield Swept(
                school.school_id,
                planned.changes.openings,
                planned.changes.changes,
                planned.holes,
            )
        stamp = Stamp(county_id=county_id, by=None, now=now())
        strays = withdraw_strays(
            year_from=year_from(as_of), as_of=as_of, stamp=stamp, is_dry=is_dry
        )
        if not is_dry:
            follow_children(county_id, today=as_of, now=now())
        yield Swept(None, changes=tuple(strays))
        yield from _cases(county_id, as_of=as_of, now=now(), is_dry=is_dry)
        for unit in plan_workplans(county_id, as_of=as_of, now=now(), is_dry=is_dry):
            yield Swept(unit.unit_id, unit.changes.openings, unit.changes.changes, unit.holes)
        is_done = True
    finally:
        if run_id is not None:
            end_sweep(run_id, is_done=is_done, now=now())


def look_for_missing_rolls(county_id: UUID, *, moment: Moment, now: datetime) -> int:
    """Open the duties of classes that have not called the roll by their hour; answers how many.

    For school hours: schools whose policy names no hour are left to the night. Raises nothing.
    """
    if not SCHOOL_HOURS[0] <= moment.hour <= SCHOOL_HOURS[1]:
        return 0
    opened = 0
    for school in school_standings(county_id, on=moment.on):
        due_by = school.roll_rules(moment.on).due_by
        if due_by is None or moment.hour <= due_by.strftime("%H:%M"):
            continue
        facts = missing_roll_facts(school, county_id=county_id, on=moment.on)
        stamp = Stamp(county_id=county_id, by=None, now=now)
        opened += len(plan_uncalled(school, facts, moment, stamp=stamp).openings)
    return opened


def _cases(county_id: UUID, *, as_of: date, now: datetime, is_dry: bool) -> Iterator[Swept]:
    """Cases come last: what opens one, and whether a child is back, the schools have just said."""
    if not is_dry:
        look_after_cases(county_id, today=as_of, now=now, everything=True)
        return
    for known, changes in would_change(county_id, today=as_of):
        if changes:
            yield Swept(known.fact.around.of.school_id, changes.openings, changes.changes)


def _note_planned(school: SchoolStanding, planned: Planned, *, as_of: date, stamp: Stamp) -> None:
    if planned.is_possible:
        rolls = unplanned_rolls(school.school_id, county_id=stamp.county_id, until=as_of)
        if rolls:
            mark_planned(rolls, stamp=stamp)


def _counts(planned: Planned) -> dict[str, int]:
    return {
        "schools": 1,
        "opened": len(planned.changes.openings),
        "changed": len(planned.changes.changes),
        "holes": len(planned.holes),
    }
