"""Rolls in numbers: pupils expected and missing in those that were called, rolls not called."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count as Rows
from django.db.models import Max, Min, Q, QuerySet, Sum

from notoneless.attendance.models import Absence, Roll
from notoneless.attendance.queries.members import REPORTS
from notoneless.attendance.queries.schools import school_standings
from notoneless.children.models import Enrolment
from notoneless.children.queries.branches import WHO
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.attendance.sessions import Reason, RollState
from notoneless.rules.indicators.counts import Count

Days = tuple[date, ...]
Asked = tuple[Days, tuple[str, ...]]
"""School days of the period that are over, and the rolls that are called on each."""


@dataclass(frozen=True, slots=True)
class MissedRoll:
    """A roll that ought to have been called and does not stand."""

    leaf: UUID
    day: date
    session: str


def attended(
    scope: Scope, tree: Tree, leaves: Collection[UUID], *, today: date
) -> dict[UUID, Counter[Count]]:
    """Seats, absences and rolls of each class. Rolls of today are not missing yet.

    Three statements, and one for each different calendar among the schools where there are
    several, beside what is not remembered of calendars and policies.
    """
    due = _due(scope, tree, leaves, today=today)
    found, called = _seats(scope, tree, leaves, next(iter(due)) if len(due) == 1 else None)
    for asked, classes in due.items() if len(due) > 1 else ():
        called.update(_called(scope, asked, classes))
    for (days, sessions), classes in due.items():
        for leaf, (first, after) in classes.items():
            number = (bisect_left(days, after) - bisect_left(days, first)) * len(sessions)
            line = found.setdefault(leaf, Counter())
            line[Count.ROLLS_DUE] = number
            line[Count.ROLLS_CALLED] = min(called[leaf], number)
            line[Count.ROLLS_MISSING] = number - line[Count.ROLLS_CALLED]
    return found


def _seats(
    scope: Scope, tree: Tree, leaves: Collection[UUID], asked: Asked | None
) -> tuple[dict[UUID, Counter[Count]], Counter[UUID]]:
    """Seats and absences of each class, and how many rolls it called of those ``asked`` for.

    One statement: a term's rolls of a county are not read twice.
    """
    is_held = Q(state=RollState.HELD)
    is_asked = Q(day__in=asked[0], session__in=asked[1]) if asked else Q(pk__in=[])
    sums = (
        _of_period(scope, leaves, tree)
        .values("school_class")
        .annotate(
            held=Rows("day", filter=is_held),
            seats=Sum("enrolled_count", filter=is_held),
            absent=Sum("absent_count", filter=is_held),
            called=Rows("day", filter=is_asked),
        )
    )
    found: dict[UUID, Counter[Count]] = {}
    called: Counter[UUID] = Counter()
    columns = sums.values_list("school_class", "held", "seats", "absent", "called")
    for leaf, rolls, seats, absent, in_time in columns:
        if leaf in leaves:
            called[leaf] = in_time
            if rolls:
                found[leaf] = Counter({Count.SEATS: seats, Count.ABSENT: absent})
    return found, called


def absent_times(scope: Scope, tree: Tree, leaves: Collection[UUID]) -> Counter[UUID]:
    """How many called rolls missed each child that was missing in any; one statement."""
    rolls = held(scope, leaves, tree).filter(absent_count__gt=0)
    rows = (
        Absence.objects.filter(roll__in=rolls.values("pk"))
        .exclude(reason=Reason.LATE)
        .order_by()
        .values_list(WHO, "roll__school_class")
    )
    return Counter(child for child, leaf in rows if leaf in leaves)


def missed_rolls(
    scope: Scope, tree: Tree, leaves: Collection[UUID], *, today: date
) -> list[MissedRoll]:
    """Exactly the rolls that ``ROLLS_MISSING`` counts, newest first."""
    found: list[MissedRoll] = []
    for (days, sessions), classes in _due(scope, tree, leaves, today=today).items():
        rows = _standing(scope).filter(
            school_class__in=list(classes), day__in=days, session__in=sessions
        )
        called = set(rows.values_list("school_class", "day", "session"))
        for leaf, (first, after) in classes.items():
            found += [
                MissedRoll(leaf, day, session)
                for day in days[bisect_left(days, first) : bisect_left(days, after)]
                for session in sessions
                if (leaf, day, session) not in called
            ]
    return sorted(found, key=lambda roll: (-roll.day.toordinal(), roll.leaf.bytes, roll.session))


def _standing(scope: Scope) -> QuerySet[Roll]:
    stands = Q(is_standing=True)
    if scope.known_at is not None:
        not_yet = Q(superseded_at__gt=scope.known_at)
        stands = (stands | not_yet) & Q(recorded_at__lte=scope.known_at)
    return Roll.objects.filter(stands, county=scope.county_id).order_by()


def held(scope: Scope, leaves: Collection[UUID], tree: Tree) -> QuerySet[Roll]:
    """The rolls whose seats and absences count; those of other classes may be among them."""
    return _of_period(scope, leaves, tree).filter(state=RollState.HELD)


def _of_period(scope: Scope, leaves: Collection[UUID], tree: Tree) -> QuerySet[Roll]:
    rows = _standing(scope).filter(
        day__gte=scope.period.from_on, day__lte=scope.period.until, session__in=REPORTS
    )
    return _narrowed(rows, leaves, tree)


def _narrowed(rows: QuerySet[Any], leaves: Collection[UUID], tree: Tree) -> QuerySet[Any]:
    """Only classes of the scope, where naming them is cheaper than reading all."""
    few = len(leaves) * 2 <= len(tree.leaves)
    return rows.filter(school_class__in=list(leaves)) if few else rows


def _due(
    scope: Scope, tree: Tree, leaves: Collection[UUID], *, today: date
) -> dict[Asked, dict[UUID, tuple[date, date]]]:
    """Classes by what is asked of them, each with the first day with children, and the first
    without."""
    begin, end = scope.period.from_on, min(scope.period.after, today)
    if end <= begin:
        return {}
    asked = _asked(scope, tree, leaves, begin, end)
    found: dict[Asked, dict[UUID, tuple[date, date]]] = {}
    for leaf, first, after in _with_children(scope, tree, leaves, begin, end):
        what = asked.get(tree.leaves[leaf].school_id)
        if what is not None and what[0] and first < after:
            found.setdefault(what, {})[leaf] = (first, after)
    return found


def _asked(
    scope: Scope, tree: Tree, leaves: Collection[UUID], begin: date, end: date
) -> Mapping[UUID, Asked]:
    """What each school is asked for, by the plan of the last day; equal answers are one object."""
    schools = {tree.leaves[leaf].school_id for leaf in leaves}
    few = schools if len(schools) < len(tree.leaves) // 10 else None
    same: dict[Asked, Asked] = {}
    found: dict[UUID, Asked] = {}
    on = end - timedelta(days=1)
    for school in school_standings(scope.county_id, on=on, only=few):
        if school.school_id in schools:
            sessions = tuple(s for s in school.roll_rules(on).sessions if s in REPORTS)
            what = (tuple(school.calendar(on).days(begin, end)), sessions)
            found[school.school_id] = same.setdefault(what, what)
    return found


def _with_children(
    scope: Scope, tree: Tree, leaves: Collection[UUID], begin: date, end: date
) -> Iterator[tuple[UUID, date, date]]:
    """Classes of the scope that had children in the period, from when and until when."""
    rows = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=begin),
        county=scope.county_id,
        school_class__isnull=False,
        from_on__lt=end,
    ).order_by()
    sums = _narrowed(rows, leaves, tree).values("school_class")
    spans = sums.annotate(
        first=Min("from_on"), last=Max("to_on"), open=Rows("from_on", filter=Q(to_on=None))
    )
    for leaf, first, last, is_open in spans.values_list("school_class", "first", "last", "open"):
        if leaf in leaves:
            yield leaf, max(first, begin), end if is_open else min(last, end)


def _called(scope: Scope, asked: Asked, classes: Collection[UUID]) -> Counter[UUID]:
    days, sessions = asked
    rows = _standing(scope).filter(day__in=days, session__in=sessions)
    rows = rows.filter(school_class__in=list(classes))
    return Counter(dict(rows.values_list("school_class").annotate(n=Rows("day"))))
