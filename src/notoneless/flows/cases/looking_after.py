"""Keeps cases current: opens those that are due, lets time and rolls take their steps, plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from uuid_utils.compat import uuid7

from notoneless.attendance.models import AbsenceRun
from notoneless.cases.models import Case
from notoneless.cases.services.steps import NewStep
from notoneless.duties.models import Duty
from notoneless.flows.cases.following import write_step
from notoneless.flows.cases.opening import SUSPICIONS, open_due_cases
from notoneless.flows.cases.planning import changes_wanted, keep_case_holes, plan_known
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import CLOSED, Level, StepKind
from notoneless.rules.cases.passing import Passed, passed
from notoneless.rules.duties.difference import Changes
from notoneless.rules.duties.wants import Hole, Moment

BATCH = 200
MOST_STEPS = 12
"""Of one case in one look: a week's outage brings a few, never a loop."""


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What one look at a county's cases did."""

    opened: int
    stepped: int
    planned: int


def look_after_cases(
    county_id: UUID, *, today: date, now: datetime, everything: bool = False
) -> LookedAfter:
    """Open due cases and bring open ones up to date, each in a short transaction of its own.

    Each minute those in which something happened; each night ``everything``, and then which rules
    could not be applied is kept as well. Doing it twice changes nothing. Raises nothing.
    """
    opened = open_due_cases(county_id, today=today, now=now)
    stepped = planned = 0
    holes: list[tuple[KnownCase, tuple[Hole, ...]]] = []
    for rows in _batches(county_id, everything=everything):
        suspected = _suspected(rows, county_id)
        for known in known_cases(rows, county_id=county_id, today=today):
            days = suspected.get(known.fact.child_id, [])
            try:
                taken = _pass(known, days, today=today, now=now)
                found = () if taken else _plan(known, today=today, now=now)
            except IntegrityError:
                # Somebody is at work in this very case: the next look finds it.
                continue
            holes.append((known, found))
            stepped += taken
            planned += 1
    if everything:
        keep_case_holes(holes, as_of=today, county_id=county_id)
    return LookedAfter(opened, stepped, planned)


def would_change(county_id: UUID, *, today: date) -> Iterator[tuple[KnownCase, Changes]]:
    """What planning every open case would change, case by case; writes nothing."""
    for rows in _batches(county_id, everything=True):
        for known in known_cases(rows, county_id=county_id, today=today):
            yield known, changes_wanted(known, Moment(today), county_id=county_id)


def _pass(known: KnownCase, suspected: Sequence[date], *, today: date, now: datetime) -> int:
    """Let time and rolls take their steps in one case; answers how many they took."""
    for taken in range(MOST_STEPS):
        step = passed(known.fact, known.marks, suspected, known.calendar, today=today)
        if step is None:
            return taken
        write_step(known.row.pk, _step(step), today=today, now=now)
        row = Case.objects.select_related("child").get(pk=known.row.pk)
        (known,) = known_cases([row], county_id=row.county_id, today=today)
    return MOST_STEPS


def _plan(known: KnownCase, *, today: date, now: datetime) -> tuple[Hole, ...]:
    with transaction.atomic():
        stamp = Stamp(known.row.county_id, None, now, unit_id=known.row.school_class_id)
        return plan_known(known, Moment(today), stamp=stamp)


def _step(step: Passed) -> NewStep:
    said = {"way": "voluntary"} if step.kind is StepKind.RETURNED else {}
    return NewStep(
        fact=StepFact(id=uuid7(), kind=step.kind, on=step.on, level=Level.SYSTEM, said=said)
    )


def _batches(county_id: UUID, *, everything: bool) -> Iterator[list[Case]]:
    rows = Case.objects.filter(county=county_id).exclude(state__in=CLOSED)
    if not everything:
        newer = AbsenceRun.objects.filter(
            child=OuterRef("child"), computed_at__gt=OuterRef("planned_at")
        )
        rows = rows.filter(Q(planned_at=None) | Exists(newer))
    ids = list(rows.order_by(F("school").asc(), "pk").values_list("pk", flat=True))
    for n in range(0, len(ids), BATCH):
        part = Case.objects.filter(pk__in=ids[n : n + BATCH]).select_related("child")
        yield list(part.order_by("school", "pk"))


def _suspected(rows: Sequence[Case], county_id: UUID) -> dict[UUID, list[date]]:
    found: defaultdict[UUID, list[date]] = defaultdict(list)
    duties = Duty.objects.filter(
        county=county_id,
        subject_id__in=[row.child_id for row in rows],
        rule__in=[rule.value for rule in SUSPICIONS],
    )
    for child_id, opened_on in duties.values_list("subject_id", "opened_on"):
        found[child_id].append(opened_on)
    return found
