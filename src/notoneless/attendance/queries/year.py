"""One child's school year, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.attendance.models import Leave
from notoneless.attendance.queries.history import histories, looking_back_from
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.rules.attendance.days import Mark, Missed
from notoneless.rules.attendance.leave import LeaveKind, LeaveState
from notoneless.rules.attendance.runs import (
    ChildHistory,
    ClassHistory,
    Runs,
    Stretch,
    marks_of,
    runs_of,
    stretches,
)
from notoneless.rules.attendance.sessions import BOARDERS, Reason
from notoneless.rules.calendar import ONE_DAY


@dataclass(frozen=True, slots=True)
class LeaveFacts:
    kind: LeaveKind
    from_on: date
    to_on: date
    """Exclusive."""


@dataclass(frozen=True, slots=True)
class ChildYear:
    """What is on record about a child's attendance from August to July, up to today."""

    days: tuple[date, ...]
    """School days of the child's school on which it was in a class, oldest first."""
    marks: Mapping[date, Mark]
    missed: Mapping[date, Mapping[str, Missed]]
    """Any day of the year, boarders' rolls and lessons too."""
    leaves: tuple[LeaveFacts, ...]
    """Approved, the newest first."""
    runs: Runs
    """Where the child stands today, looking back over the summer."""
    stretches: tuple[Stretch, ...]
    """Every run of the year, oldest first."""

    def count(self, mark: Mark) -> int:
        return Counter(self.marks.values())[mark]

    @property
    def late(self) -> int:
        """Times the child came late."""
        reasons = [m.reason for of_day in self.missed.values() for m in of_day.values()]
        return reasons.count(Reason.LATE)


def child_year(
    child_id: UUID, *, school_id: UUID, county_id: UUID, school_year: int, today: date
) -> ChildYear:
    """The year of a child that is registered in ``school_id``; three statements.

    Judged by that school's calendar and by the policy of today, whatever class or school the child
    was in before. A day that nobody called is unknown. Whether the child is the reader's to see is
    for the caller to ask. Raises ``Unit.DoesNotExist``.
    """
    school = standing_of_school(school_id, county_id=county_id)
    first, last = date(school_year, 8, 1), min(today, date(school_year + 1, 7, 31))
    found = histories(
        [child_id],
        county_id=county_id,
        from_on=min(first, looking_back_from(today)),
        until=today,
    )
    child = found.children.get(child_id, ChildHistory())
    marks = _marks(school, child, found.classes, today)
    of_year = {day: mark for day, mark in marks.items() if first <= day <= last}
    days = sorted(of_year)
    return ChildYear(
        days=tuple(days),
        marks=of_year,
        missed={day: of for day, of in child.missed.items() if first <= day <= last},
        leaves=_leaves(child_id, first, last),
        runs=runs_of(sorted(marks), marks),
        stretches=stretches(days, of_year),
    )


def sessions_of_day(missed: Mapping[str, Missed]) -> list[tuple[str, Missed]]:
    """What a child missed on a day, the class's rolls before lessons before the boarders'."""
    return sorted(missed.items(), key=lambda pair: (pair[0] in BOARDERS, "-" in pair[0], pair[0]))


def _marks(
    school: SchoolStanding,
    child: ChildHistory,
    classes: Mapping[object, ClassHistory],
    today: date,
) -> dict[date, Mark]:
    days = school.calendar(today).days(looking_back_from(today), today + ONE_DAY)
    return marks_of(child, classes, days, school.roll_rules(today))


def _leaves(child_id: UUID, first: date, last: date) -> tuple[LeaveFacts, ...]:
    rows = Leave.objects.filter(
        Q(child=child_id) | Q(child__merged_into=child_id),
        state=LeaveState.APPROVED,
        from_on__lte=last,
        to_on__gt=first,
    )
    return tuple(
        LeaveFacts(LeaveKind(row.kind), row.from_on, row.to_on)
        for row in rows.order_by("-from_on", "pk")
    )
