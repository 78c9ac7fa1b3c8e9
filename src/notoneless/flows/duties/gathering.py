"""Puts together what planning needs to know about a school, from what is on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from notoneless.attendance.models import Roll
from notoneless.attendance.queries.history import Histories, Slip, histories
from notoneless.attendance.queries.members import CHILD, REPORTS, SchoolStanding, registered_on
from notoneless.children.queries.branches import Beside
from notoneless.flows.duties.runs import no_show_in, runs_in
from notoneless.flows.duties.told import days_told, told_branches, told_in
from notoneless.places.models import UnitPlace
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import is_long
from notoneless.rules.attendance.runs import ChildHistory, marks_of
from notoneless.rules.attendance.sessions import lesson_of
from notoneless.rules.calendar import ONE_DAY, NoSuchDay
from notoneless.rules.duties.facts import (
    ChildFact,
    ClassFact,
    Facts,
    LeaveFact,
    LessonFact,
    NoShowFact,
    RollFact,
)
from notoneless.rules.paths import Line, ancestors, line_of
from notoneless.rules.units import UnitKind, school_year_of

UNCALLED_SCHOOL_DAYS = 5
"""Of a school that has never called a roll, only so many days back are asked for."""


@dataclass(frozen=True, slots=True)
class Above:
    """The units over a school whose posts inherit what is late in it."""

    bureau_id: UUID
    centre_id: UUID | None


_ABOVE: dict[str, Above] = {}
_REMEMBER_AT_MOST = 20_000


def year_from(day: date) -> date:
    """The first day of the school year that holds ``day``: planning looks no further back."""
    return date(school_year_of(day), 8, 1)


def school_facts(school: SchoolStanding, *, county_id: UUID, as_of: date) -> Facts:
    """All that planning needs about a school since its school year began; six statements.

    Five once the units above are remembered. Children of the school are those registered in one
    of its classes on ``as_of``.
    """
    from_on = year_from(as_of)
    children = _children(school, county_id=county_id, on=as_of)
    attendance = all_about(list(children), county_id=county_id, as_of=as_of)
    facts = children_facts(school, list(children.values()), attendance, as_of=as_of)
    rolls = rolls_noted({c.class_id for c in children.values()}, from_on=from_on, until=as_of)
    return replace(facts, rolls=rolls, rolls_from=_rolls_from(school, rolls, as_of=as_of))


def missing_roll_facts(school: SchoolStanding, *, county_id: UUID, on: date) -> Facts:
    """The classes of a school and today's rolls; two statements."""
    children = _children(school, county_id=county_id, on=on)
    classes = {child.class_id for child in children.values()}
    return Facts(
        from_on=on,
        classes={class_id: school_class(school, class_id) for class_id in sorted(classes)},
        children=children,
        rolls=rolls_noted(classes, from_on=on, until=on),
    )


def all_about(child_ids: Collection[UUID], *, county_id: UUID, as_of: date) -> Histories:
    """What planning needs of these children since the school year began; one statement."""
    return histories(
        child_ids,
        county_id=county_id,
        from_on=year_from(as_of),
        until=as_of,
        beside=planning_asks(as_of),
    )


def planning_asks(as_of: date) -> Beside:
    """What planning reads beside the attendance of some children."""
    return Beside(told_branches, days_told(from_on=year_from(as_of), until=as_of))


def children_facts(
    school: SchoolStanding,
    children: Collection[ChildFact],
    attendance: Histories,
    *,
    as_of: date,
) -> Facts:
    """What is on record about some children of one school, without the rolls of their classes.

    ``attendance`` has been read with ``planning_asks`` beside it; raises ``ValueError`` when it
    was not, for a silence that nobody read would be no silence.
    """
    if children and attendance.beside is None:
        raise ValueError("attendance was read without what planning asks")
    from_on = year_from(as_of)
    ids = [child.id for child in children]
    marks = _marks(school, ids, attendance, as_of=as_of)
    told = told_in(attendance.beside or {})
    days = school.calendar(as_of).days(from_on, as_of + ONE_DAY)
    return Facts(
        from_on=from_on,
        classes={
            class_id: school_class(school, class_id)
            for class_id in sorted({child.class_id for child in children})
        },
        children={
            child.id: replace(
                child,
                tags=told.tags.get(child.id, frozenset()),
                silences=told.silences.get(child.id, ()),
            )
            for child in children
        },
        runs=tuple(run for child, found in marks.items() for run in runs_in(child, days, found)),
        lessons=tuple(_lessons(attendance.children, from_on, as_of)),
        leaves=_leaves(school, attendance, as_of=as_of),
        contacts=told.contacts,
        words=told.words,
        reports=told.reports,
        no_shows=tuple(_no_shows(school, marks, days, as_of=as_of)),
        number_checks=told.number_checks,
    )


def school_class(school: SchoolStanding, class_id: UUID) -> ClassFact:
    """A class with the units above it; one statement for each school the first time."""
    above = _above(school)
    return ClassFact(class_id, school.school_id, above.bureau_id, above.centre_id)


def rolls_noted(class_ids: Iterable[UUID], *, from_on: date, until: date) -> tuple[RollFact, ...]:
    """When each class first reported each day from ``from_on`` to ``until``; one statement."""
    rows = (
        Roll.objects.filter(
            school_class__in=list(class_ids),
            day__gte=from_on,
            day__lte=until,
            session__in=REPORTS,
        )
        .values("school_class", "day")
        .annotate(first=Min("noted_at"))
        .order_by()
    )
    return tuple(roll_fact(row["school_class"], row["day"], row["first"]) for row in rows)


def roll_fact(class_id: UUID, day: date, noted_at: datetime) -> RollFact:
    """A roll as planning sees it, in school-local time. It is known by its class and day."""
    noted = timezone.localtime(noted_at)
    return RollFact(None, class_id, day, noted.date(), noted.strftime("%H:%M"))


def _children(school: SchoolStanding, *, county_id: UUID, on: date) -> dict[UUID, ChildFact]:
    rows = (
        registered_on(on)
        .filter(county=county_id, school=school.school_id)
        .exclude(school_class=None)
        .annotate(who=CHILD)
    )
    return {
        who: ChildFact(who, class_id, from_on)
        for who, class_id, from_on in rows.values_list("who", "school_class", "from_on")
    }


def _marks(
    school: SchoolStanding, ids: Iterable[UUID], attendance: Histories, *, as_of: date
) -> dict[UUID, dict[date, Mark]]:
    """Days of those children who were ever missing; the others have no runs."""
    days = school.calendar(as_of).days(year_from(as_of), as_of + ONE_DAY)
    rules = school.roll_rules(as_of)
    return {
        child: marks_of(history, attendance.classes, days, rules)
        for child in sorted(ids)
        if (history := attendance.children.get(child)) is not None and history.missed
    }


def _lessons(
    children: Mapping[UUID, ChildHistory], from_on: date, until: date
) -> Iterable[LessonFact]:
    for child, history in children.items():
        for day, missed in history.missed.items():
            if from_on <= day <= until and any(lesson_of(s) is not None for s in missed):
                yield LessonFact(child, day)


def _leaves(school: SchoolStanding, attendance: Histories, *, as_of: date) -> tuple[LeaveFact, ...]:
    return tuple(
        LeaveFact(
            slip.leave_id,
            slip.child_id,
            slip.period.from_on,
            slip.proven_on,
            _is_long(slip, school, as_of),
        )
        for slip in attendance.slips
        if slip.period.to_on > year_from(as_of) and slip.period.from_on <= as_of
    )


def _is_long(slip: Slip, school: SchoolStanding, as_of: date) -> bool:
    try:
        return is_long(slip.period, school.roll_rules(as_of), school.calendar(as_of).calendar)
    except NoSuchDay:
        # Leave beyond the loaded years is long whatever they bring.
        return True


def _no_shows(
    school: SchoolStanding,
    marks: Mapping[UUID, Mapping[date, Mark]],
    days: Collection[date],
    *,
    as_of: date,
) -> Iterable[NoShowFact]:
    for year in school.calendar(as_of).calendar.years:
        for term in year.terms:
            term_days = [day for day in days if day in term]
            for child, found in marks.items():
                missing = no_show_in(child, term_days, found)
                if missing is not None:
                    yield missing


def _rolls_from(school: SchoolStanding, rolls: Collection[RollFact], *, as_of: date) -> date:
    """A school that begins in mid-term owes no rolls of the time before."""
    if rolls:
        return min(roll.on for roll in rolls)
    days = school.calendar(as_of).days(year_from(as_of), as_of + ONE_DAY)
    return days[-UNCALLED_SCHOOL_DAYS] if len(days) >= UNCALLED_SCHOOL_DAYS else as_of


def _above(school: SchoolStanding) -> Above:
    """Who stands over the school in the education line; a path never changes its meaning.

    A school that nobody has placed yet stands alone: it must not cost a teacher the roll.
    """
    path = next((path for path in school.paths if line_of(path) is Line.EDUCATION), "")
    if not path:
        return Above(school.school_id, None)
    if path not in _ABOVE:
        if len(_ABOVE) >= _REMEMBER_AT_MOST:
            _ABOVE.clear()
        rows = UnitPlace.objects.filter(path__in=ancestors(path)[:-1], line=Line.EDUCATION)
        units = dict(rows.values_list("unit__kind", "unit"))
        bureau = units.get(UnitKind.BUREAU, school.school_id)
        _ABOVE[path] = Above(bureau, units.get(UnitKind.CENTRE_SCHOOL))
    return _ABOVE[path]
