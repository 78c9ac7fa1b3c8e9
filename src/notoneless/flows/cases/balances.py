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
from notoneless.flows.cases.opening import Opening, may_open, must_have_none, open_by_hand
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.refusals import NoDeadline, StepOutOfTime
from notoneless.journal.services import Stamp
from notoneless.rules.cases.balances import RUNNING, steps_up_to
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, Source, State, StepKind
from notoneless.rules.roles import Capability

BRINGS_IN = Capability.IMPORT_ROSTERS


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
    Raises what ``open_by_hand`` and ``must_bring_in`` raise. Source: product.md §First day.
    """
    must_bring_in(actor, balance, today=today)
    opening = Opening(
        balance.id, balance.child_id, Source.OPENING_BALANCE, balance.away_since, balance.words
    )
    with transaction.atomic():
        if (same := _same(balance)) is not None:
            return same
        case_id = open_by_hand(actor, opening, today=today, now=now)
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
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


def must_bring_in(actor: Actor, balance: Balance, *, today: date) -> None:
    """Raise what stands in the way of bringing a case in; writes nothing, some ten statements.

    Whoever brings in a place's roster brings in its cases. Raises ``Child.DoesNotExist``,
    ``NotAllowed``, ``ChildNowhere``, ``CaseOpenAlready``, ``StepOutOfTime``, ``NoDeadline``.
    """
    may_open(actor, balance.child_id, BRINGS_IN, today=today)
    if _same(balance) is None:
        must_have_none(balance.child_id)
    if not balance.away_since <= balance.state_since <= today:
        raise StepOutOfTime()
    if balance.state in RUNNING and balance.deadline_on is None:
        raise NoDeadline()
    if balance.deadline_on is not None and balance.deadline_on < balance.state_since:
        raise StepOutOfTime()


def _same(balance: Balance) -> UUID | None:
    known = Case.objects.filter(pk=balance.id, child=balance.child_id)
    return known.values_list("pk", flat=True).first()


_GIVES_TIME = frozenset({StepKind.NOTICE_SERVED, StepKind.ORDER_SERVED})
