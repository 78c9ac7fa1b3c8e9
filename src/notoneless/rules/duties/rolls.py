"""A roll that was not called is a duty of its own, and rises (R-068, T02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import ONE_DAY, days_from
from notoneless.rules.clocks import Due
from notoneless.rules.duties.facts import ClassFact, RollFact
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import (
    Draft,
    Evidence,
    Hole,
    MatterKey,
    Planning,
    WantedDuty,
)
from notoneless.rules.policy.resolved import PolicyHole
from notoneless.rules.units import school_year_of

KEY, BY_HOUR = "daily_attendance_report", "daily_attendance_report_by"


def want_missing_rolls(plan: Planning) -> Iterator[WantedDuty | Hole]:
    """Every school day of a class without a roll, once its hour or else the day has passed.

    A roll in time was no duty of anybody's: it closes a duty that stands and opens none. A roll
    after the hour or on a later day leaves the duty with the time at which it was met.
    """
    if not plan.asks(KEY) or not plan.policy.flag(KEY):
        return
    hour = ""
    if plan.asks(BY_HOUR):
        try:
            hour = plan.policy.choice(BY_HOUR)
        except PolicyHole as hole:
            yield Hole(DutyRule.CALL_ROLL, hole.key, hole.why)
    rolls = _first_rolls(plan)
    for of in plan.facts.classes.values():
        for day in _school_days(plan, of):
            duty = _duty(plan, of, day, hour, rolls.get((of.id, day)))
            if duty is not None:
                yield duty


def _duty(
    plan: Planning, of: ClassFact, day: date, hour: str, roll: RollFact | None
) -> WantedDuty | None:
    if roll is None and not _is_over(plan, day, hour):
        return None
    year = str(school_year_of(day))
    return plan.want(
        Draft(
            DutyRule.CALL_ROLL,
            KEY,
            of,
            MatterKey(MatterKind.ROLLS, SubjectKind.UNIT, of.id, year, of.id),
            day,
            EvidenceKind.ROLL,
            occurrence=day.isoformat(),
            due=Due(day, plan.calendar.is_provisional(day)),
            due_hour=hour,
            closed_by=_evidence(roll),
            opens=roll is None or not _is_in_time(roll, hour),
        )
    )


def _is_over(plan: Planning, day: date, hour: str) -> bool:
    if day < plan.until.on:
        return True
    return bool(hour) and plan.until.hour > hour


def _is_in_time(roll: RollFact, hour: str) -> bool:
    if roll.noted_on != roll.on:
        return roll.noted_on < roll.on
    return not hour or roll.noted_hour <= hour


def _evidence(roll: RollFact | None) -> Evidence | None:
    if roll is None:
        return None
    return Evidence(EvidenceKind.ROLL, roll.noted_on, roll.id, roll.noted_hour)


def _first_rolls(plan: Planning) -> dict[tuple[UUID, date], RollFact]:
    found: dict[tuple[UUID, date], RollFact] = {}
    for roll in sorted(plan.facts.rolls, key=lambda r: (r.noted_on, r.noted_hour, str(r.id))):
        if roll.noted_on <= plan.until.on:
            found.setdefault((roll.class_id, roll.on), roll)
    return found


def _school_days(plan: Planning, of: ClassFact) -> Iterator[date]:
    """School days of a class since its first child came, up to the day of planning."""
    came = [child.from_on for child in plan.facts.children.values() if child.class_id == of.id]
    if not came:
        return
    start = max(min(came), plan.facts.from_on, plan.facts.rolls_from or date.min)
    for day in days_from(start, plan.until.on + ONE_DAY):
        if plan.calendar.is_school_day(day):
            yield day
