"""What waits at a unit: reports to be accepted, letters to be written, answers that came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from notoneless.access.actor import Actor
from notoneless.cases.models import CaseStep, Handover, HandoverState, Referral, ReferralState
from notoneless.cases.queries.doors import cases_seen
from notoneless.cases.queries.lines import SELECTED, CaseLine, lines_of
from notoneless.cases.queries.listing import is_turn_of
from notoneless.children.models import ChildPlace
from notoneless.rules.cases.kinds import CLOSED, LEVEL_OF, State, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.roles import Capability

MOST_LISTED = 200
ANSWERS_DAYS = 30
BEFORE_REPORT = (State.SUSPECTED, State.CONFIRMED, State.MOBILISING)


@dataclass(frozen=True, slots=True)
class WaitingHandover:
    """A report that one of the reader's units has not answered yet."""

    id: UUID
    case_id: UUID
    step_id: UUID
    paper_id: UUID | None
    child_id: UUID
    name: str
    from_unit: str
    to_unit: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class Turns:
    """What waits for somebody in cases, in numbers."""

    mine: int
    notices: int
    """Cases in whose return notice the time is running."""
    reports: int | None
    """Reports to be accepted or sent back; ``None`` for whoever receives none."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A department's answer to something that one of the reader's units asked."""

    case_id: UUID
    child_id: UUID
    name: str
    kind: ReferralKind
    by_unit: str
    answered_on: date


def waiting_handovers(actor: Actor, *, on: date) -> list[WaitingHandover]:
    """Reports that wait for the actor's units, the oldest first; one statement."""
    units = [h.unit_id for h in actor.holdings if Capability.WORK_CASES in h.capabilities]
    rows = Handover.objects.filter(
        county=actor.county_id,
        to_unit__in=units,
        state=HandoverState.PENDING,
        case__in=cases_seen(actor, on=on).values("pk"),
    ).exclude(case__state__in=[state.value for state in CLOSED])
    found = rows.select_related("case__child", "from_unit", "to_unit")
    return [
        WaitingHandover(
            row.pk,
            row.case_id,
            row.step_id,
            row.paper_id,
            row.case.child_id,
            row.case.child.name,
            row.from_unit.name,
            row.to_unit.name,
            row.sent_on,
        )
        for row in found.order_by("sent_on", "pk")[:MOST_LISTED]
    ]


def turns(actor: Actor, *, on: date) -> Turns:
    """How many open cases wait for the actor's posts, in how many a report waits for one of his
    units, and in how many a notice runs; one statement."""
    units = [h.unit_id for h in actor.holdings if Capability.CONFIRM_CLOSING in h.capabilities]
    waits = Handover.objects.filter(
        case=OuterRef("pk"), to_unit__in=units, state=HandoverState.PENDING
    )
    counted = (
        cases_seen(actor, on=on)
        .exclude(state__in=[state.value for state in CLOSED])
        .aggregate(
            mine=Count("pk", filter=is_turn_of(actor)),
            notices=Count("pk", filter=Q(state=State.NOTICE_SERVED)),
            reports=Count("pk", filter=Exists(waits)),
        )
    )
    reports = counted["reports"] if units else None
    return Turns(counted["mine"], counted["notices"], reports)


def cases_without_letter(actor: Actor, *, on: date) -> list[CaseLine]:
    """Cases before their report in which no letter of persuasion was written, class by class, for
    whoever signs such letters there; eight statements, none for a level that writes no letters.

    Source: T13, the school's letter.
    """
    tops = _signs_letters(actor)
    if not tops:
        return []
    issued = CaseStep.objects.filter(
        case=OuterRef("pk"), kind=StepKind.LETTER_ISSUED, superseded_at=None
    )
    near = ChildPlace.objects.within(tops, on=on).filter(child=OuterRef("child"))
    rows = cases_seen(actor, on=on, to=Capability.ISSUE_PAPERS).filter(
        Exists(near), ~Exists(issued), state__in=[state.value for state in BEFORE_REPORT]
    )
    order = ("school__name", "school_class__entered_in", "school_class__name", "child__pinyin")
    return lines_of(rows.select_related(*SELECTED).order_by(*order, "pk")[:MOST_LISTED], actor)


def _signs_letters(actor: Actor) -> list[str]:
    """The paths of the posts from which the actor issues letters of persuasion."""
    row = transition_of(StepKind.LETTER_ISSUED)
    return [
        held.path
        for held in actor.holdings
        if row.needs in held.capabilities and LEVEL_OF.get(held.unit_kind) in row.actors
    ]


def answers_received(actor: Actor, *, on: date) -> list[AnswerLine]:
    """Answers of departments in the last ``ANSWERS_DAYS``, the newest first; one statement."""
    rows = Referral.objects.filter(
        county=actor.county_id,
        from_unit__in=[held.unit_id for held in actor.holdings],
        state=ReferralState.ANSWERED,
        answered_on__gt=on - timedelta(days=ANSWERS_DAYS),
        case__in=cases_seen(actor, on=on).values("pk"),
    ).select_related("case__child", "to_unit")
    return [
        AnswerLine(
            row.case_id,
            row.case.child_id,
            row.case.child.name,
            ReferralKind(row.kind),
            row.to_unit.name,
            row.answered_on or row.sent_on,
        )
        for row in rows.order_by("-answered_on", "-pk")[:MOST_LISTED]
    ]


def open_cases_of(actor: Actor, child_ids: Collection[UUID], *, on: date) -> dict[UUID, UUID]:
    """The open case of each of these children that has one in reach; one statement."""
    rows = cases_seen(actor, on=on).filter(child__in=list(child_ids))
    return dict(
        rows.exclude(state__in=[state.value for state in CLOSED]).values_list("child", "pk")
    )


def steps_named(actor: Actor, handover_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    """Case and step of hand-overs to the actor's units, by their id; one statement."""
    units = [h.unit_id for h in actor.holdings if Capability.WORK_CASES in h.capabilities]
    rows = Handover.objects.filter(
        county=actor.county_id, to_unit__in=units, pk__in=list(handover_ids)
    )
    return {pk: (case, step) for pk, case, step in rows.values_list("pk", "case", "step")}
