"""What a case wants of township, county and departments (T15 - T18, T26)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.cases.court import enforcement_window, open_challenge, standing_order
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.grounds import BACK_OR_OVER, Grounds, Wish, earliest
from notoneless.rules.cases.guards import is_on_ladder
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.clocks import Due

NOTICE, SERVE, ORDER = "case_notice_within", "case_serve_within", "case_order_within"
DECIDE, REFERRAL = "case_decide_within", "case_referral_within"
ENFORCE = "enforcement_application_within"
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "minors": "procuratorate_reply_within",
        "public_interest": "public_interest_reply_within",
        "public_interest_urgent": "public_interest_urgent_reply_within",
    }
)
"""The clock of an answer, by the kind of advice (未成年人保护法 art. 114, 公益诉讼解释 art. 21)."""
SERVED_BY: Mapping[StepKind, StepKind] = MappingProxyType(
    {
        StepKind.LETTER_ISSUED: StepKind.LETTER_SERVED,
        StepKind.NOTICE_ISSUED: StepKind.NOTICE_SERVED,
        StepKind.ORDER_ISSUED: StepKind.ORDER_SERVED,
        StepKind.PENALTY_ISSUED: StepKind.PENALTY_SERVED,
        StepKind.DEMAND_ISSUED: StepKind.DEMAND_SERVED,
    }
)
_COURT = (StepKind.APPLIED_TO_COURT, StepKind.SUED)


def want_notice(grounds: Grounds) -> Iterator[Wish]:
    """The return notice goes out once a report was accepted (R-111, T15)."""
    if not is_on_ladder(grounds.plan.policy, "return_notice"):
        return
    for accepted in _first_accepted(grounds):
        yield Wish(
            key=NOTICE,
            step=accepted,
            opened_on=accepted.on,
            bearer=grounds.notice_issuer,
            due=grounds.plan.due_after(NOTICE, accepted.on),
            closed=grounds.done(
                accepted, StepKind.NOTICE_ISSUED, StepKind.NOTICE_SERVED, *BACK_OR_OVER
            ),
        )


def _first_accepted(grounds: Grounds) -> list[StepFact]:
    """Of each report the first acceptance: whoever comes later waits for nothing more."""
    answers = grounds.known(StepKind.ACCEPTED)
    found = (
        next((step for step in answers if step.answers == report.id), None)
        for report in grounds.known(StepKind.REPORTED)
    )
    return [step for step in found if step is not None]


def want_served(grounds: Grounds) -> Iterator[Wish]:
    """What was issued to the guardian is served, by whoever issued it.

    A paper that was replaced is not: a step that answers its issue put another in its place.
    """
    for issued in grounds.known(*SERVED_BY):
        served = [
            step
            for step in grounds.known(SERVED_BY[issued.kind])
            if step.paper_id == issued.paper_id
        ]
        yield Wish(
            key=SERVE,
            step=issued,
            opened_on=issued.on,
            bearer=grounds.at(issued.unit_id),
            due=grounds.plan.due_after(SERVE, issued.on),
            closed=earliest(
                [
                    *served,
                    grounds.answer(issued, issued.kind),
                    grounds.done(issued, *BACK_OR_OVER),
                ]
            ),
        )


def want_order(grounds: Grounds) -> Iterator[Wish]:
    """After a notice has run out the guardian is heard and ordered to act (T17, 义务教育法 58).

    Where the plan knows no return notice, once a report was accepted (S2-5).
    """
    if not is_on_ladder(grounds.plan.policy, "order_to_correct"):
        return
    starts = [*grounds.known(StepKind.NOTICE_EXPIRED)]
    if not is_on_ladder(grounds.plan.policy, "return_notice"):
        starts += _first_accepted(grounds)
    for expired in starts:
        yield Wish(
            key=ORDER,
            step=expired,
            opened_on=expired.on,
            bearer=grounds.township,
            due=grounds.plan.due_after(ORDER, expired.on),
            closed=grounds.done(expired, StepKind.ORDER_ISSUED, *_COURT, *BACK_OR_OVER),
        )


def want_decision(grounds: Grounds) -> Iterator[Wish]:
    """After an order has run out the next step is decided: demand, penalty, suit (T17, T18).

    And again once a challenge was decided that left the order standing. One that was decided
    while the order ran asks nothing: the order's own end will.
    """
    expired_ones = grounds.known(StepKind.ORDER_EXPIRED)
    decided_ones = grounds.known(StepKind.CHALLENGE_DECIDED)
    for expired in (*expired_ones, *(step for step in decided_ones if _stood(grounds, step))):
        yield Wish(
            key=DECIDE,
            step=expired,
            opened_on=expired.on,
            bearer=grounds.township,
            due=grounds.plan.due_after(DECIDE, expired.on),
            closed=grounds.done(
                expired,
                StepKind.PENALTY_ISSUED,
                StepKind.DEMAND_ISSUED,
                StepKind.CHALLENGED,
                *_COURT,
                *BACK_OR_OVER,
            ),
        )


def _stood(grounds: Grounds, decided: StepFact) -> bool:
    """Whether the order had run out when a challenge was decided, and was left as it was."""
    until = grounds.standing.steps[: grounds.standing.steps.index(decided)]
    turns = (StepKind.ORDER_SERVED, StepKind.ORDER_EXPIRED, StepKind.PENALTY_SERVED)
    last = next((step.kind for step in reversed(until) if step.kind in turns), None)
    has_ended = last in (StepKind.ORDER_EXPIRED, StepKind.PENALTY_SERVED)
    return has_ended and decided.text("result") != "annulled"


def want_application(grounds: Grounds) -> Iterator[Wish]:
    """The court is asked to enforce within the law's window (行政强制法 art. 53).

    Only where a demand shows that this way was chosen, and no suit was brought instead; not
    while the guardian's challenge is open.
    """
    order = standing_order(grounds.standing)
    if order is None or open_challenge(grounds.standing) is not None:
        return
    after = grounds.standing.all_after(order, StepKind.DEMAND_SERVED)
    demands = [step for step in after if step.on <= grounds.on]
    if not demands:
        return
    window = enforcement_window(grounds.standing, order, grounds.plan.policy, grounds.plan.calendar)
    demand = demands[-1]
    opened_on = max(demand.on, window.from_on)
    if opened_on <= min(grounds.on, window.last_on):
        yield Wish(
            key=ENFORCE,
            step=demand,
            opened_on=opened_on,
            bearer=grounds.at(_issuer(grounds, order)),
            due=Due(window.last_on),
            closed=grounds.done(demand, *_COURT, *BACK_OR_OVER),
        )


def want_advice_answered(grounds: Grounds) -> Iterator[Wish]:
    """A procuratorate's advice is answered in writing within the law's time (T18, R-114)."""
    for advice in grounds.known(StepKind.ADVICE_RECEIVED):
        key = ADVICE[advice.text("kind") or "minors"]
        yield Wish(
            key=key,
            step=advice,
            opened_on=advice.on,
            bearer=grounds.at(advice.unit_id),
            due=grounds.plan.due_after(key, advice.on),
            closed=grounds.answer(advice, StepKind.ADVICE_ANSWERED),
        )


def want_referral_answered(grounds: Grounds) -> Iterator[Wish]:
    """A department answers what was referred to it (T26, R-122)."""
    for referred in grounds.known(StepKind.REFERRED):
        yield Wish(
            key=REFERRAL,
            step=referred,
            opened_on=referred.on,
            bearer=grounds.at(_named(referred)),
            due=grounds.plan.due_after(REFERRAL, referred.on),
            closed=earliest(
                [
                    grounds.answer(referred, StepKind.REFERRAL_ANSWERED),
                    grounds.done(referred, StepKind.CLOSED),
                ]
            ),
        )


def want_subcase_settled(grounds: Grounds) -> Iterator[Wish]:
    """A sub-case about an employer, a teacher or a cadre is settled by whom it was given (T26)."""
    for opened in grounds.known(StepKind.SUBCASE_OPENED):
        yield Wish(
            key=REFERRAL,
            step=opened,
            opened_on=opened.on,
            bearer=grounds.at(_named(opened)),
            due=grounds.plan.due_after(REFERRAL, opened.on),
            closed=grounds.answer(opened, StepKind.SUBCASE_SETTLED),
        )


def _issuer(grounds: Grounds, served: StepFact) -> UUID | None:
    """The unit that issued a served paper; anybody may have carried it."""
    issued = grounds.standing.all(StepKind.ORDER_ISSUED, StepKind.PENALTY_ISSUED)
    return next((step.unit_id for step in issued if step.paper_id == served.paper_id), None)


def _named(step: StepFact) -> UUID | None:
    unit = step.text("to")
    return UUID(unit) if unit else None
