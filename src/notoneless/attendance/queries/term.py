"""This term's attendance of a few children, for who is told in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from notoneless.attendance.queries.history import Histories, histories
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import school_standings
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.runs import ChildHistory, marks_of
from notoneless.rules.calendar import ONE_DAY, Period


@dataclass(frozen=True, slots=True)
class ChildTerm:
    """The term of a child's school, and what its days were for the child."""

    term: Period | None
    """``None`` in a vacation, or where no calendar is loaded."""
    marks: Mapping[date, Mark] = field(default_factory=dict)
    """By school day of the term, up to today."""

    def count(self, mark: Mark) -> int:
        """How many school days were such."""
        return Counter(self.marks.values())[mark]

    def days(self, mark: Mark) -> list[date]:
        """The school days that were such, oldest first."""
        return sorted(day for day, found in self.marks.items() if found is mark)


def terms_of(
    schools: Mapping[UUID, UUID], *, county_id: UUID, today: date
) -> dict[UUID, ChildTerm]:
    """The term of children by their school (``schools``: child → school); two statements, however
    many, once the schools' calendars are remembered. Whether they may be shown is for the caller
    to ask."""
    standings = {
        school.school_id: school
        for school in school_standings(county_id, on=today, only=set(schools.values()))
    }
    terms = {key: term_of_school(school, today=today) for key, school in standings.items()}
    first = min((term.from_on for term in terms.values() if term), default=today)
    found = histories(list(schools), county_id=county_id, from_on=first, until=today)
    return {
        child: _term(child, standings.get(school), terms.get(school), found, today)
        for child, school in schools.items()
    }


def term_of_school(school: SchoolStanding, *, today: date) -> Period | None:
    """The school's term of today; ``None`` in a vacation or where no calendar is loaded."""
    calendar = school.calendar(today)
    return calendar.calendar.term_of(today) if calendar.knows(today) else None


def _term(
    child: UUID,
    school: SchoolStanding | None,
    term: Period | None,
    found: Histories,
    today: date,
) -> ChildTerm:
    if school is None or term is None:
        return ChildTerm(None)
    days = school.calendar(today).days(term.from_on, today + ONE_DAY)
    history = found.children.get(child, ChildHistory())
    return ChildTerm(term, marks_of(history, found.classes, days, school.roll_rules(today)))
