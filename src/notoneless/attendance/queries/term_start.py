"""The week of registration, day by day: who was expected, who came, who not yet, who is unknown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, Roll
from notoneless.attendance.queries.class_names import ClassAt, classes_at
from notoneless.attendance.queries.members import CHILD, SchoolStanding, registered_on
from notoneless.attendance.queries.schools import school_standings, units_in_reach
from notoneless.children.models import Enrolment
from notoneless.rules.attendance.sessions import AFTERNOON, DAY, MORNING, Reason, RollState
from notoneless.rules.attendance.starts import Arrival, arrival, enrolment_period
from notoneless.rules.calendar import Period

SESSIONS = (DAY, MORNING, AFTERNOON)
"""Rolls of the whole class; evening and return see boarders only."""


@dataclass(frozen=True, slots=True)
class StartCounts:
    """Children of a class or school by whether they have come, on one day of the week."""

    expected: int = 0
    arrived: int = 0
    not_yet: int = 0
    unknown: int = 0

    def __add__(self, other: StartCounts) -> StartCounts:
        return StartCounts(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(StartCounts))
        )


@dataclass(frozen=True, slots=True)
class ClassStart:
    at: ClassAt
    counts: Mapping[date, StartCounts]
    """Up to and with each day."""


@dataclass(frozen=True, slots=True)
class TermStart:
    """A term's first week in somebody's reach."""

    week: Period | None
    """``None`` in a vacation, or where no calendar reaches."""
    days: tuple[date, ...]
    """School days of the week up to the day asked about, oldest first."""
    classes: tuple[ClassStart, ...]

    @property
    def day(self) -> date | None:
        """The day that is shown: the newest."""
        return self.days[-1] if self.days else None

    def totals(self) -> dict[date, StartCounts]:
        return {day: _sum(row.counts[day] for row in self.classes) for day in self.days}

    def by_school(self) -> list[tuple[UUID, str, StartCounts]]:
        """Counts of the newest day, schools by name."""
        if self.day is None:
            return []
        found: dict[tuple[str, UUID], StartCounts] = defaultdict(StartCounts)
        for row in self.classes:
            found[row.at.school_name, row.at.school_id] += row.counts[self.day]
        return [(key[1], key[0], counts) for key, counts in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class ChildStart:
    """One child in that week."""

    child_id: UUID
    name: str
    arrival: Arrival
    reason: Reason | None
    """What the newest roll says of a child that has not come."""
    is_present_now: bool
    """Whether the newest roll saw it."""


def week_of_registration(standing: SchoolStanding, day: date) -> tuple[Period | None, list[date]]:
    """The week of the term that holds ``day``, and its school days; neither in a vacation."""
    calendar = standing.calendar(day)
    term = calendar.calendar.term_of(day) if calendar.knows(day) else None
    if term is None:
        return None, []
    week = enrolment_period(term, standing.policy(day))
    return week, calendar.days(week.from_on, week.to_on)


def term_start(
    actor: Actor, *, today: date, day: date | None = None, school_id: UUID | None = None
) -> TermStart:
    """The week of registration of ``today``'s term, up to ``day`` (or today, or the week's end).

    Of one school or of all in reach; over several schools only the newest day is counted, in the
    week of the school that comes first. Seven statements, and each calendar that is not
    remembered. Children count in the class in which they were registered on the newest day.
    """
    standings = [
        s for s in school_standings(actor.county_id, on=today) if school_id in {None, s.school_id}
    ]
    week, days = week_of_registration(standings[0], today) if standings else (None, [])
    until = min(day or today, today)
    days = [d for d in days if d <= until]
    if week is None or not days:
        return TermStart(week, (), ())
    shown = tuple(days) if school_id else (days[-1],)
    spells = _spells(actor, days[-1], school_id)
    held, missed = _held(actor, week, days[-1]), _missed(actor, week, days[-1])
    at = classes_at([class_id for class_id, _, _ in spells])
    counted: dict[UUID, dict[date, StartCounts]] = defaultdict(
        lambda: dict.fromkeys(shown, StartCounts())
    )
    for class_id, from_on, n in spells:
        begun = max(from_on, week.from_on)
        gone = [days for since, days in missed[class_id] if since == from_on]
        for d in shown:
            counted[class_id][d] += _counts(n, held[class_id], gone, begun, d)
    rows = [ClassStart(at[key], counts) for key, counts in counted.items() if key in at]
    return TermStart(week, shown, tuple(sorted(rows, key=lambda row: row.at.order)))


def class_start(actor: Actor, class_id: UUID, *, today: date, day: date) -> list[ChildStart]:
    """The children of a class in reach as they had come by ``day``; who has not, first.

    Seven statements. Empty outside terms. Raises nothing: a class out of reach has no children.
    """
    spells = list(
        registered_on(day)
        .filter(school_class=class_id, school_class__in=units_in_reach(actor))
        .annotate(who=CHILD, called=F("child__name"), pinyin=F("child__pinyin"))
        .order_by("pinyin", "who")
        .values_list("who", "school", "from_on", "called")
    )
    standings = [
        s
        for s in school_standings(actor.county_id, on=today)
        if spells and s.school_id == spells[0][1]
    ]
    week, _ = week_of_registration(standings[0], day) if standings else (None, [])
    if week is None:
        return []
    rolls = list(_rolls(actor, week, day).filter(school_class=class_id).order_by("day", "noted_at"))
    marks: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for roll_id, who, reason in (
        _absences(actor, week, day)
        .filter(roll__in=[roll.pk for roll in rolls])
        .values_list("roll", "who", "reason")
    ):
        marks[who][roll_id] = reason
    held = [roll.day for roll in rolls]
    found = []
    for who, _, from_on, name in spells:
        missed = [roll.day for roll in rolls if roll.pk in marks[who]]
        state = arrival(held, missed, from_on=max(from_on, week.from_on), until=day)
        newest = marks[who].get(rolls[-1].pk) if rolls else None
        reason = Reason(newest) if newest else None
        here = state is Arrival.ARRIVED and newest is None
        found.append(ChildStart(who, name, state, reason, here))
    order = [Arrival.NOT_YET, Arrival.UNKNOWN, Arrival.ARRIVED]
    return sorted(found, key=lambda row: order.index(row.arrival))


def _spells(actor: Actor, day: date, school_id: UUID | None) -> list[tuple[UUID, date, int]]:
    rows = registered_on(day).filter(county=actor.county_id, school_class__in=units_in_reach(actor))
    if school_id is not None:
        rows = rows.filter(school=school_id)
    counted = rows.order_by().values_list("school_class", "from_on").annotate(n=Count("pk"))
    return [(class_id, from_on, n) for class_id, from_on, n in counted if class_id]


def _rolls(actor: Actor, week: Period, day: date) -> QuerySet[Roll]:
    return Roll.objects.filter(
        county=actor.county_id,
        is_standing=True,
        state=RollState.HELD,
        session__in=SESSIONS,
        day__gte=week.from_on,
        day__lte=day,
        school_class__in=units_in_reach(actor),
    )


def _held(actor: Actor, week: Period, day: date) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = _rolls(actor, week, day).order_by()
    for class_id, on in rows.values_list("school_class", "day"):
        found[class_id].append(on)
    return found


def _absences(actor: Actor, week: Period, day: date) -> Any:
    """Late ones came."""
    return (
        Absence.objects.filter(
            county=actor.county_id,
            day__gte=week.from_on,
            day__lte=day,
            session__in=SESSIONS,
            roll__is_standing=True,
            roll__school_class__in=units_in_reach(actor),
        )
        .exclude(reason=Reason.LATE)
        .annotate(who=CHILD)
    )


def _missed(
    actor: Actor, week: Period, day: date
) -> dict[UUID, list[tuple[date, tuple[date, ...]]]]:
    """Per class, for each child missing at least once: since when it is there, the days missed."""
    spell = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=day),
        child=OuterRef("child"),
        school_class=OuterRef("roll__school_class"),
        from_on__lte=day,
    )
    rows = (
        _absences(actor, week, day)
        .annotate(since=Subquery(spell.values("from_on")[:1]))
        .exclude(since=None)
        .order_by()
    )
    days: dict[tuple[UUID, UUID], list[date]] = defaultdict(list)
    since: dict[tuple[UUID, UUID], date] = {}
    for class_id, who, begun, on in rows.values_list("roll__school_class", "who", "since", "day"):
        days[class_id, who].append(on)
        since[class_id, who] = begun
    found: dict[UUID, list[tuple[date, tuple[date, ...]]]] = defaultdict(list)
    for (class_id, who), gone in days.items():
        found[class_id].append((since[class_id, who], tuple(gone)))
    return found


def _counts(
    n: int, held: Sequence[date], missed: Collection[Sequence[date]], from_on: date, until: date
) -> StartCounts:
    """Counts of ``n`` children that have been in a class since one day."""
    if from_on > until:
        return StartCounts()
    by = Counter(arrival(held, gone, from_on=from_on, until=until) for gone in missed)
    rest = arrival(held, (), from_on=from_on, until=until)
    by[rest] += n - len(missed)
    return StartCounts(n, by[Arrival.ARRIVED], by[Arrival.NOT_YET], by[Arrival.UNKNOWN])


def _sum(parts: Any) -> StartCounts:
    return sum(parts, StartCounts())
