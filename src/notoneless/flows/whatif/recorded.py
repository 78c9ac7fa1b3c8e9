"""What is on record about one school, read once and seen under any policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.attendance.queries.history import Histories
from notoneless.attendance.queries.members import CHILD, SchoolStanding, registered_on
from notoneless.cases.models import Case
from notoneless.flows.cases.opening import ON_SUSPICION, SUSPICIONS
from notoneless.flows.cases.reading import known_cases
from notoneless.flows.duties.gathering import (
    UNCALLED_SCHOOL_DAYS,
    all_about,
    children_facts,
    rolls_noted,
    year_from,
)
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.cases.facts import CaseFact
from notoneless.rules.duties.facts import ChildFact, RollFact
from notoneless.rules.indicators.periods import Period
from notoneless.rules.whatif.replay import Ground


@dataclass(frozen=True)
class Recorded:
    """A school's children on the period's last day, with all that happened about them."""

    children: Mapping[UUID, ChildFact]
    attendance: Histories
    rolls: tuple[RollFact, ...]
    cases: tuple[CaseFact, ...]
    has_case: frozenset[UUID]
    rolls_from: date


def recorded_of(school: SchoolStanding, period: Period, *, county_id: UUID) -> Recorded:
    """Read a school's record up to the period's last day: four statements, twelve with cases.

    Children are those registered in one of its classes on that day.
    """
    rows = (
        registered_on(period.until)
        .filter(county=county_id, school=school.school_id)
        .exclude(school_class=None)
        .annotate(who=CHILD)
        .values_list("who", "school_class", "from_on")
    )
    children = {who: ChildFact(who, at, from_on) for who, at, from_on in rows}
    classes = {child.class_id for child in children.values()}
    from_on = year_from(period.until)
    rolls = rolls_noted(classes, from_on=from_on, until=period.until)
    cases, has_case = _cases(school, period, county_id)
    return Recorded(
        children=children,
        attendance=all_about(list(children), county_id=county_id, as_of=period.until),
        rolls=rolls,
        cases=cases,
        has_case=has_case,
        rolls_from=_rolls_from(school, rolls, period.until),
    )


def ground_of(school: SchoolStanding, found: Recorded, period: Period) -> Ground:
    """The record as the school's policy sees it; no statement once the units above are known."""
    policy = school.policy(period.until)
    facts = children_facts(
        school, list(found.children.values()), found.attendance, as_of=period.until
    )
    return Ground(
        facts=replace(facts, rolls=found.rolls, rolls_from=found.rolls_from),
        policy=policy,
        calendar=school.calendar(period.until).calendar,
        cases=found.cases,
        has_case=found.has_case,
        suspicions=SUSPICIONS,
        opens_on_suspicion=not policy.is_on(ON_SUSPICION) or policy.flag(ON_SUSPICION),
    )


def _cases(
    school: SchoolStanding, period: Period, county_id: UUID
) -> tuple[tuple[CaseFact, ...], frozenset[UUID]]:
    rows = list(
        Case.objects.filter(
            Q(closed_on=None) | Q(closed_on__gte=period.from_on),
            county=county_id,
            school=school.school_id,
            opened_on__lte=period.until,
        )
        .select_related("child")
        .order_by("opened_on", "pk")
    )
    before = {row.child.merged_into_id or row.child_id for row in rows if _is_before(row, period)}
    within = [row for row in rows if not _is_before(row, period)]
    known = known_cases(within, county_id=county_id, today=period.until)
    first: dict[UUID, CaseFact] = {}
    for each in known:
        who = each.row.child.merged_into_id or each.row.child_id
        first.setdefault(who, replace(each.fact, child_id=who))
    return tuple(first.values()), frozenset(before)


def _is_before(row: Case, period: Period) -> bool:
    return row.opened_on < period.from_on


def _rolls_from(school: SchoolStanding, rolls: tuple[RollFact, ...], until: date) -> date:
    """As planning asks for missing rolls: not before the school's first."""
    if rolls:
        return min(roll.on for roll in rolls)
    days = school.calendar(until).days(year_from(until), until + ONE_DAY)
    return days[-UNCALLED_SCHOOL_DAYS] if len(days) >= UNCALLED_SCHOOL_DAYS else until
