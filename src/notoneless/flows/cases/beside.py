"""What a step writes besides itself: hand-overs, referrals, sub-cases, plans, columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.cases.models import CaseStep, Handover, HandoverState, Referral, SubCase
from notoneless.cases.models import SupportPlan as Plan
from notoneless.cases.services.handovers import (
    NewPlan,
    NewReferral,
    NewSubCase,
    answer_handover,
    answer_referral,
    hand_over,
    open_subcase,
    refer,
    settle_subcase,
    write_plan,
    write_review,
)
from notoneless.flows.cases.archiving import archive_case
from notoneless.flows.cases.doors import Acting
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.refusals import AnsweredAlready
from notoneless.flows.cases.showing import shown_to
from notoneless.journal.services import Stamp
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.guards import asked_closing
from notoneless.rules.cases.kinds import REVIEW_MONTHS, StepKind
from notoneless.rules.cases.plans import Placement, back_since, review_days
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult

_Beside = Callable[[KnownCase, CaseStep, StepFact, Acting, Stamp], None]


def write_beside(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, *, stamp: Stamp
) -> None:
    """Write what belongs to a step, in its transaction. Nothing for most steps."""
    write = _BESIDE.get(fact.kind)
    if write is not None:
        write(known, step, fact, acting, stamp)


def what_it_answers(
    known: KnownCase, kind: StepKind, asked: UUID | None, acting: Acting
) -> UUID | None:
    """The step that a step of this kind answers: the one named, or the latest that waits.

    Raises ``AnsweredAlready`` where nothing waits.
    """
    asks = _ASKED_BY.get(kind)
    if asks is None:
        return None
    standing = known.fact.standing
    waiting = [step for step in standing.all(*asks) if _waits(known, step, kind, acting)]
    if asked is not None:
        waiting = [step for step in waiting if step.id == asked]
    if not waiting:
        raise AnsweredAlready()
    return waiting[-1].id


_ASKED_BY: Mapping[StepKind, tuple[StepKind, ...]] = MappingProxyType(
    {
        StepKind.ACCEPTED: (StepKind.REPORTED,),
        StepKind.SENT_BACK: (StepKind.REPORTED,),
        StepKind.VILLAGE_ANSWERED: (StepKind.REPORTED, StepKind.OPENED),
        StepKind.CHALLENGE_DECIDED: (StepKind.CHALLENGED,),
        StepKind.ADVICE_ANSWERED: (StepKind.ADVICE_RECEIVED,),
        StepKind.REFERRAL_ANSWERED: (StepKind.REFERRED,),
        StepKind.SUBCASE_SETTLED: (StepKind.SUBCASE_OPENED,),
        StepKind.CLOSING_REFUSED: (StepKind.CLOSING_ASKED,),
    }
)
_MANY = frozenset({StepKind.VILLAGE_ANSWERED})


def _waits(known: KnownCase, step: StepFact, kind: StepKind, acting: Acting) -> bool:
    if kind in _MANY:
        return True
    if kind in (StepKind.ACCEPTED, StepKind.SENT_BACK):
        pending = Handover.objects.filter(
            step=step.id, to_unit=acting.holding.unit_id, state=HandoverState.PENDING
        )
        return pending.exists()
    if kind is StepKind.CLOSING_REFUSED:
        return asked_closing(known.fact.standing) == step
    return known.fact.standing.answer_to(step, kind) is None


def _hand_over(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    units = fact.said.get("to", ())
    to_units = [UUID(str(unit)) for unit in units] if isinstance(units, (list, tuple)) else []
    hand_over(step, to_units, from_unit=acting.holding.unit_id, stamp=stamp)


def _answer_handover(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    row = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(step=fact.answers, to_unit=acting.holding.unit_id)
    )
    answer_handover(
        row,
        accepts=fact.kind is StepKind.ACCEPTED,
        reason=fact.text("words"),
        on=fact.on,
        stamp=stamp,
    )


def _refer(known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp) -> None:
    kind = ReferralKind(fact.text("kind"))
    new = NewReferral(
        kind=kind,
        from_unit=acting.holding.unit_id,
        to_unit=UUID(fact.text("to")),
        shown=shown_to(known, kind, fact),
        due_on=None,
    )
    refer(step, new, stamp=stamp)


def _answer_referral(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    row = Referral.objects.select_for_update(of=("self",)).select_related("case")
    answer_referral(row.get(step=fact.answers), answer=fact.text("words"), on=fact.on, stamp=stamp)


def _open_subcase(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    new = NewSubCase(
        id=step.pk,
        kind=SubCaseKind(fact.text("kind")),
        at_unit=UUID(fact.text("to")),
        about=fact.text("about"),
        due_on=None,
    )
    open_subcase(known.row, new, on=fact.on, stamp=stamp)


def _settle_subcase(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    row = SubCase.objects.select_for_update(of=("self",)).select_related("case")
    settle_subcase(
        row.get(pk=fact.answers or fact.id),
        result=SubCaseResult(fact.text("result")),
        finding=fact.text("finding"),
        on=fact.on,
        stamp=stamp,
    )


def _plan(known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp) -> None:
    placed_in, helper = fact.text("class"), fact.text("helper")
    new = NewPlan(
        placement=Placement(fact.text("placement")),
        placed_in=UUID(placed_in) if placed_in else None,
        goals=fact.text("goals"),
        measures=fact.text("measures"),
        helper=UUID(helper) if helper else None,
        review_on=review_days(
            returned_on=back_since(known.fact.standing.steps) or fact.on,
            months=known.policy.months(REVIEW_MONTHS),
            calendar=known.calendar,
        ),
    )
    write_plan(step, new, stamp=stamp)


def _review(known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp) -> None:
    plan = Plan.objects.select_related("case").get(case=known.row.pk, superseded_at=None)
    write_review(
        plan,
        planned_on=date.fromisoformat(fact.text("planned_on")),
        found=fact.text("found"),
        goes_on=bool(fact.said.get("goes_on")),
        on=fact.on,
        stamp=stamp,
    )


def _assign(known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp) -> None:
    known.row.persuader_id = UUID(fact.text("person"))
    known.row.save(update_fields=["persuader"])


def _move_policy(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    if known.place is not None:
        current = known.place.school.policy(fact.on)
        known.row.policy_digest = keep_policy(current, now=stamp.now)
        known.row.save(update_fields=["policy_digest"])


def _archive(
    known: KnownCase, step: CaseStep, fact: StepFact, acting: Acting, stamp: Stamp
) -> None:
    archive_case(known.row, on=fact.on, stamp=stamp)


_BESIDE: Mapping[StepKind, _Beside] = MappingProxyType(
    {
        StepKind.REPORTED: _hand_over,
        StepKind.ACCEPTED: _answer_handover,
        StepKind.SENT_BACK: _answer_handover,
        StepKind.REFERRED: _refer,
        StepKind.REFERRAL_ANSWERED: _answer_referral,
        StepKind.SUBCASE_OPENED: _open_subcase,
        StepKind.SUBCASE_SETTLED: _settle_subcase,
        StepKind.PLACED: _plan,
        StepKind.PLAN_REVIEWED: _review,
        StepKind.CLOSED: _archive,
        StepKind.ASSIGNED: _assign,
        StepKind.POLICY_MOVED: _move_policy,
    }
)
STAYS = frozenset(_BESIDE) - {StepKind.ASSIGNED, StepKind.POLICY_MOVED}
"""Steps that others have a row of: an answer or a plan is followed by another, not taken back."""
