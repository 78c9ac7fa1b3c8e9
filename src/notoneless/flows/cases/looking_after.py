"""Keeps cases current: opens those that are due, lets time and rolls take their steps, plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from uuid_utils.compat import uuid7

from notoneless.attendance.models import AbsenceRun
from notoneless.cases.models import Case
from notoneless.cases.services.doors import keep_doors
from notoneless.cases.services.steps import NewStep, add_step
from notoneless.cases.services.turns import note_planned
from notoneless.duties.models import Duty
from notoneless.flows.cases.opening import SUSPICIONS, open_due_cases
from notoneless.flows.cases.planning import (
    CasePlan,
    keep_case_holes,
    plan_case,
    plans_of,
    write_plans,
)
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import CLOSED, Level, StepKind
from notoneless.rules.cases.passing import Passed, passed
from notoneless.rules.duties.difference import Changes
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.duties.wants import Hole

BATCH = 200
AT_ONCE = 100
"""Cases written in one transaction, so that nobody waits long."""
MOST_STEPS = 12
"""Of one case in one look: a week's outage brings a few, never a loop."""


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What one look at a county's cases did."""

    opened: int
    stepped: int
    planned: int
    """Cases that were looked at, whether or not anything had to be written."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Some cases as they were found together: what each wants, and what rolls said of a child."""

    plans: list[CasePlan]
    suspected: Mapping[UUID, Sequence[date]]

    def step_of(self, known: KnownCase, today: date) -> Passed | None:
        """The next step that time or the rolls have taken in a case."""
        days = self.suspected.get(known.fact.child_id, ())
        return passed(known.fact, known.marks, days, known.calendar, today=today)


def look_after_cases(
    county_id: UUID, *, today: date, now: datetime, everything: bool = False
) -> LookedAfter:
    """Open due cases, bring open ones up to date and keep their doors.

    Each minute those in which something happened; each night ``everything``, and then which rules
    could not be applied is kept as well. Cases are read together, some ten statements for each
    ``BATCH``; only those that differ are written, a few in one short transaction in which they are
    locked and read anew, so that nobody's work is overwritten. A case in which somebody is at work
    is left to him. Doing it twice changes nothing. Raises nothing.
    """
    opened = open_due_cases(county_id, today=today, now=now)
    with suppress(IntegrityError):  # another look has just opened the same door
        keep_doors(today=today, stamp=Stamp(county_id, None, now))
    stepped = planned = 0
    holes: defaultdict[UUID, frozenset[Hole]] = defaultdict(frozenset)
    for ids in _batches(county_id, everything=everything):
        seen = _see(_rows(ids), county_id, today)
        differs = [plan.known.row.pk for plan in seen.plans if _differs(plan, seen, today)]
        for n in range(0, len(differs), AT_ONCE):
            stepped += _bring_up(differs[n : n + AT_ONCE], county_id, today=today, now=now)
        if not everything:
            note_planned(set(ids) - set(differs), now=now)
        for plan in seen.plans:
            holes[plan.known.fact.around.of.school_id] |= frozenset(plan.holes)
        planned += len(seen.plans)
    if everything:
        keep_case_holes(holes, as_of=today, county_id=county_id)
    return LookedAfter(opened, stepped, planned)


def would_change(county_id: UUID, *, today: date) -> Iterator[tuple[KnownCase, Changes]]:
    """What planning every open case would change, case by case; writes nothing."""
    for ids in _batches(county_id, everything=True):
        for plan in _see(_rows(ids), county_id, today).plans:
            yield plan.known, plan.changes


def _bring_up(ids: Sequence[UUID], county_id: UUID, *, today: date, now: datetime) -> int:
    """Bring some cases up to date in one transaction; answers how many steps were taken."""
    try:
        with transaction.atomic():
            return sum(_write(_lock(ids), county_id, today=today, now=now))
    except IntegrityError:
        # Somebody wrote in one of these cases in the very same moment: the next look finds it.
        if len(ids) == 1:
            return 0
        return sum(_bring_up([one], county_id, today=today, now=now) for one in ids)


def _write(rows: Sequence[Case], county_id: UUID, *, today: date, now: datetime) -> Iterator[int]:
    seen = _see(rows, county_id, today, is_locked=True)
    stepping = [plan for plan in seen.plans if seen.step_of(plan.known, today) is not None]
    for plan in stepping:
        stamp = Stamp(county_id, None, now, unit_id=plan.known.row.school_class_id)
        yield _pass(plan.known, seen, today=today, stamp=stamp)
    stepped = {plan.known.row.pk for plan in stepping}
    rest = [plan for plan in seen.plans if plan.known.row.pk not in stepped]
    write_plans(rest, today=today, stamp=Stamp(county_id, None, now))


def _pass(known: KnownCase, seen: _Seen, *, today: date, stamp: Stamp) -> int:
    """Let time and rolls take their steps in one case, then plan; answers how many they took."""
    taken = 0
    while taken < MOST_STEPS and (step := seen.step_of(known, today)) is not None:
        add_step(known.row, _step(step), stamp=stamp)
        (known,) = known_cases([known.row], county_id=stamp.county_id, today=today)
        taken += 1
    plan_case(known.row.pk, today=today, stamp=stamp)
    return taken


def _differs(plan: CasePlan, seen: _Seen, today: date) -> bool:
    return not plan.is_settled or seen.step_of(plan.known, today) is not None


def _see(rows: Sequence[Case], county_id: UUID, today: date, *, is_locked: bool = False) -> _Seen:
    known = known_cases(rows, county_id=county_id, today=today)
    plans = plans_of(known, today=today, county_id=county_id, is_locked=is_locked)
    return _Seen(plans, _suspected(rows, county_id))


def _step(step: Passed) -> NewStep:
    said = {"way": "voluntary"} if step.kind is StepKind.RETURNED else {}
    return NewStep(
        fact=StepFact(id=uuid7(), kind=step.kind, on=step.on, level=Level.SYSTEM, said=said)
    )


def _batches(county_id: UUID, *, everything: bool) -> Iterator[list[UUID]]:
    """Open cases; at night also closed ones whose plan is still to be looked at again."""
    rows = Case.objects.filter(county=county_id)
    if everything:
        reviews = Duty.objects.filter(
            county=county_id, rule=DutyRule.CASE_REVIEW, state=DutyState.OPEN
        )
        rows = rows.filter(~Q(state__in=CLOSED) | Q(matter_id__in=reviews.values("matter")))
    else:
        rows = rows.exclude(state__in=CLOSED)
        newer = AbsenceRun.objects.filter(
            child=OuterRef("child"), computed_at__gt=OuterRef("planned_at")
        )
        rows = rows.filter(Q(planned_at=None) | Exists(newer))
    ids = list(rows.order_by(F("school").asc(), "pk").values_list("pk", flat=True))
    for n in range(0, len(ids), BATCH):
        yield ids[n : n + BATCH]


def _rows(ids: Sequence[UUID]) -> list[Case]:
    return list(_with_child(Case.objects.filter(pk__in=ids)).order_by("school", "pk"))


def _with_child(rows: QuerySet[Case]) -> QuerySet[Case]:
    """With no more of the child than who it is now."""
    own = [field.name for field in Case._meta.local_concrete_fields]
    return rows.select_related("child").only(*own, "child__merged_into")


def _lock(ids: Sequence[UUID]) -> list[Case]:
    """Those in which nobody is at work."""
    rows = Case.objects.select_for_update(of=("self",), skip_locked=True)
    return list(_with_child(rows.filter(pk__in=ids)).order_by("pk"))


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
