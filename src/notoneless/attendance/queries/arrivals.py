"""Who is there: counts by class, school and county, with what is not known apart (R-068)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, Roll
from notoneless.attendance.queries.schools import (
    ClassStanding,
    classes_with_children,
    school_standings,
)
from notoneless.rules.attendance.counts import Counts, total
from notoneless.rules.attendance.sessions import EXPLAINED, Reason, RollState


@dataclass(frozen=True, slots=True)
class ClassArrivals:
    school_class: ClassStanding
    session: str
    roll_id: UUID | None
    """``None`` while nobody has called it."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A day's arrivals in somebody's reach."""

    classes: tuple[ClassArrivals, ...]

    @property
    def total(self) -> Counts:
        return total(row.counts for row in self.classes)

    def by_school(self) -> dict[UUID, Counts]:
        """Schools in the order of their names."""
        rows: dict[UUID, list[Counts]] = defaultdict(list)
        for row in self.classes:
            rows[row.school_class.school_id].append(row.counts)
        return {school_id: total(counts) for school_id, counts in rows.items()}


def arrivals(
    actor: Actor, *, day: date, school_id: UUID | None = None, session: str | None = None
) -> Arrivals:
    """The counts of a day in one session, by default each school's first one.

    A class whose roll does not stand is unknown with all its children. Children counted are those
    registered when the roll was taken, or now while there is none. Four statements.
    """
    classes = classes_with_children(actor, day=day, school_id=school_id)
    sessions = _sessions(actor, day, session)
    rolls = {
        (roll.school_class_id, roll.session): roll
        for roll in Roll.objects.filter(county=actor.county_id, day=day, is_standing=True)
    }
    reasons = _reasons(actor, day)
    rows = []
    for school_class in classes:
        code = sessions.get(school_class.school_id, session or "")
        roll = rolls.get((school_class.id, code))
        counts = _counts(school_class, roll, reasons[roll.pk] if roll else Counter())
        rows.append(ClassArrivals(school_class, code, roll.pk if roll else None, counts))
    return Arrivals(tuple(rows))


def _sessions(actor: Actor, day: date, session: str | None) -> dict[UUID, str]:
    if session is not None:
        return {}
    schools = school_standings(actor.county_id, on=day)
    return {s.school_id: s.roll_rules(day).first_session for s in schools}


def _reasons(actor: Actor, day: date) -> dict[UUID, Counter[str]]:
    rows = (
        Absence.objects.filter(county=actor.county_id, day=day, roll__is_standing=True)
        .order_by()
        .values_list("roll", "reason")
        .annotate(n=Count("pk"))
    )
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for roll_id, reason, n in rows:
        found[roll_id][reason] += n
    return found


def _counts(school_class: ClassStanding, roll: Roll | None, reasons: Counter[str]) -> Counts:
    if roll is None:
        return Counts(enrolled=school_class.enrolled, unknown=school_class.enrolled, classes=1)
    enrolled = roll.enrolled_count
    if roll.state == RollState.NOT_HELD:
        return Counts(enrolled=enrolled, not_held=enrolled, classes=1, classes_called=1)
    leave = sum(reasons[reason.value] for reason in EXPLAINED)
    late = reasons[Reason.LATE.value]
    unexplained = sum(reasons.values()) - leave - late
    return Counts(
        enrolled=enrolled,
        present=enrolled - leave - unexplained,
        late=late,
        leave=leave,
        unexplained=unexplained,
        classes=1,
        classes_called=1,
    )
