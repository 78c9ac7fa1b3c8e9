"""Puts together what the rules need to know about some open cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.attendance.queries.history import Histories, histories
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.cases.models import Case, CaseStep
from notoneless.cases.rows import facts_among
from notoneless.contacts.queries.facts import visits_in_vain
from notoneless.flows.cases.around import Surroundings, surroundings
from notoneless.flows.cases.plans_of import case_policy
from notoneless.protection.queries.silence import silences
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.runs import marks_of
from notoneless.rules.calendar import ONE_DAY, SchoolCalendar
from notoneless.rules.cases.facts import Around, CaseFact, StepFact, stand
from notoneless.rules.cases.kinds import Source
from notoneless.rules.duties.facts import ClassFact, Silence
from notoneless.rules.policy.resolved import ResolvedPolicy


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case with all that its rules look at, on a day."""

    row: Case
    fact: CaseFact
    place: Surroundings | None
    """``None`` for a child that is registered nowhere any more."""
    paths: tuple[str, ...]
    """Who stands above one of these has a say; of the last school where there is no ``place``."""
    policy: ResolvedPolicy
    calendar: SchoolCalendar
    marks: Mapping[date, Mark]
    """What the school days since the case opened were, as far as they were called."""


def known_cases(rows: Sequence[Case], *, county_id: UUID, today: date) -> list[KnownCase]:
    """These cases, which are all of one county, as rules see them today.

    Some eight statements however many; the plan and calendar of a school that this process has
    not asked about yet cost more once.
    """
    ids = [_who(row) for row in rows]
    if not ids:
        return []
    first = min(row.opened_on for row in rows)
    places = surroundings(ids, county_id=county_id, today=today)
    attendance = histories(ids, county_id=county_id, from_on=first, until=today)
    quiet = silences(ids, county_id=county_id, on=today)
    vain = visits_in_vain(ids, county_id=county_id, from_on=_away(rows), until=today)
    steps, later = _steps(rows), _opened_later(rows)
    return [
        _known(
            row,
            tuple(steps[row.pk]),
            places.get(_who(row)),
            attendance,
            _Beside(quiet.get(_who(row), ()), vain.get(_who(row), ()), row.pk in later),
            today,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Beside:
    silences: tuple[Silence, ...]
    visits_in_vain: tuple[date, ...]
    has_later_case: bool


def _known(
    row: Case,
    steps: tuple[StepFact, ...],
    place: Surroundings | None,
    attendance: Histories,
    beside: _Beside,
    today: date,
) -> KnownCase:
    standing = stand(steps)
    calendar, current, marks, last = _school(row, place, attendance, today)
    back = standing.returned
    present = [
        day
        for day, mark in sorted(marks.items())
        if back is not None and day >= back.on and mark is Mark.PRESENT
    ]
    fact = CaseFact(
        id=row.pk,
        child_id=row.child_id,
        around=place.around if place else _as_opened(row),
        source=Source(row.source),
        opened_on=row.opened_on,
        away_since=row.away_since,
        steps=steps,
        silences=beside.silences,
        present_days=tuple(present),
        visits_in_vain=tuple(d for d in beside.visits_in_vain if d >= row.away_since),
        is_looked_after=place is not None and not beside.has_later_case,
    )
    policy = case_policy(row.policy_digest, current, on=today)
    paths = place.paths if place else last
    return KnownCase(row, fact, place, paths, policy, calendar, marks)


def _school(
    row: Case, place: Surroundings | None, attendance: Histories, today: date
) -> tuple[SchoolCalendar, ResolvedPolicy, Mapping[date, Mark], tuple[str, ...]]:
    """Calendar, today's plan, the marks since the opening and the school's paths; of the school
    that had the child when the case opened, where it is at none any more."""
    school = place.school if place else standing_of_school(row.school_id, county_id=row.county_id)
    remembered = school.calendar(today)
    history = attendance.children.get(_who(row))
    marks = (
        marks_of(
            history,
            attendance.classes,
            remembered.days(row.opened_on, today + ONE_DAY),
            school.roll_rules(today),
        )
        if history is not None
        else {}
    )
    return remembered.calendar, school.policy(today), marks, school.paths


def _as_opened(row: Case) -> Around:
    of = ClassFact(row.school_class_id or row.school_id, row.school_id, row.county_id)
    return Around(of=of, township_id=row.township_id, village_id=row.village_id)


def _steps(rows: Sequence[Case]) -> Mapping[UUID, list[StepFact]]:
    found: defaultdict[UUID, list[StepFact]] = defaultdict(list)
    steps = CaseStep.objects.filter(case__in=[row.pk for row in rows], superseded_at=None)
    for case_id, fact in facts_among(steps.order_by("happened_on", "recorded_at", "pk")):
        found[case_id].append(fact)
    return found


def _opened_later(rows: Sequence[Case]) -> frozenset[UUID]:
    """Closed ones among these of children that have a newer case; no statement without any."""
    closed = [row for row in rows if row.closed_on is not None]
    if not closed:
        return frozenset()
    whom = {_who(row) for row in closed}
    same_child = Q(child__in=whom) | Q(child__merged_into__in=whom)
    opened: defaultdict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    for each in Case.objects.filter(same_child).select_related("child"):
        opened[_who(each)].append((each.pk, each.opened_on))
    return frozenset(
        row.pk
        for row in closed
        if any(pk != row.pk and on >= (row.closed_on or on) for pk, on in opened[_who(row)])
    )


def _who(row: Case) -> UUID:
    """The child as it is known now; the case stays with the row that it was opened for."""
    return row.child.merged_into_id or row.child_id


def _away(rows: Collection[Case]) -> date:
    return min(row.away_since for row in rows)
