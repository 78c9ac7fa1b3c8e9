"""A case that was open before the place used the system, brought in at its true step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.cases.services.steps import NewStep, add_step
from notoneless.flows.cases.opening import Opening, open_by_hand
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.refusals import StepOutOfTime
from notoneless.journal.services import Stamp
from notoneless.rules.cases.balances import steps_up_to
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, Source, State, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Where a case stood when the system took it over."""

    id: UUID
    child_id: UUID
    away_since: date
    state: State
    state_since: date
    deadline_on: date | None = None
    """Of the notice or order that runs."""
    words: str
    """What went before, and in which papers it stands."""


def bring_in(actor: Actor, balance: Balance, *, today: date, now: datetime) -> UUID:
    """Open a case at the step that it had reached on paper; nothing is late for what went before.

    Its clocks run from today on: what the papers of before say is not judged by today's plan.
    Raises what ``open_by_hand`` raises, and ``StepOutOfTime``. Source: product.md §First day.
    """
    if not balance.away_since <= balance.state_since <= today:
        raise StepOutOfTime()
    opening = Opening(
        balance.id, balance.child_id, Source.OPENING_BALANCE, balance.away_since, balance.words
    )
    with transaction.atomic():
        case_id = open_by_hand(actor, opening, today=today, now=now)
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        if case.state != State.SUSPECTED:
            return case_id
        stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=case.school_class_id)
        reported = uuid7()
        for kind in steps_up_to(balance.state):
            fact = StepFact(
                id=reported if kind is StepKind.REPORTED else uuid7(),
                kind=kind,
                on=today,
                level=Level.SYSTEM,
                by=actor.person_id,
                deadline_on=balance.deadline_on if kind in _GIVES_TIME else None,
                answers=reported if kind is StepKind.ACCEPTED else None,
                said={"before": balance.state_since.isoformat()},
            )
            add_step(case, NewStep(fact=fact), stamp=stamp)
        plan_case(case_id, today=today, stamp=stamp)
    return case_id


_GIVES_TIME = frozenset({StepKind.NOTICE_SERVED, StepKind.ORDER_SERVED})
