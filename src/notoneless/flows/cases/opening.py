"""A case opens as soon as one child is suspected to have dropped out (R-101, R-124, T09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.models import AbsenceRun
from notoneless.cases.models import Case
from notoneless.cases.services.steps import NewCase, NewStep, open_case
from notoneless.children.models import Child
from notoneless.duties.models import Duty
from notoneless.duties.rows import matter_id
from notoneless.flows.cases.around import Surroundings, surroundings
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.refusals import CaseOpenAlready, ChildNowhere
from notoneless.journal.services import Stamp
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import CLOSED, LEVEL_OF, Level, Source, StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState, MatterKind, SubjectKind
from notoneless.rules.duties.wants import MatterKey
from notoneless.rules.paths import is_below
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability

SUSPICIONS: Mapping[DutyRule, Source] = MappingProxyType(
    {
        DutyRule.INVESTIGATE: Source.ABSENCE,
        DutyRule.ABSENCE_REPORT: Source.ABSENCE,
        DutyRule.DROPOUT_REPORT: Source.WORD,
        DutyRule.NO_SHOW_SETTLE: Source.NO_SHOW,
    }
)
"""The duties on which a suspicion rests: the child is away for as long as the plan bears."""
ON_SUSPICION = "case_open_suspected_counts"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One child that is away too long, or is said to be."""

    child_id: UUID
    source: Source
    since: date
    duty_id: UUID


def suspicions(county_id: UUID, *, today: date) -> list[Suspicion]:
    """Children of a county with a standing duty of suspicion and no open case; one statement.

    An absence counts while its run lasts; a start of term that was missed counts once its week is
    over; a word counts until it is settled.
    """
    answered = ~Q(state__in=CLOSED) | Q(closed_on__gte=OuterRef("opened_on"))
    # Two questions rather than one with "or", which no index answers.
    own_case = Case.objects.filter(answered, child=OuterRef("subject_id"))
    merged_case = Case.objects.filter(answered, child__merged_into=OuterRef("subject_id"))
    run = AbsenceRun.objects.filter(child=OuterRef("subject_id"), is_open=True)
    rows = (
        Duty.objects.filter(
            county=county_id,
            rule__in=[rule.value for rule in SUSPICIONS],
            state__in=(DutyState.OPEN, DutyState.DONE),
            matter__subject_kind=SubjectKind.CHILD,
            matter__child__merged_into=None,
        )
        .exclude(closed_by_kind="back")
        .annotate(is_away=Exists(run))
        .filter(~Exists(own_case), ~Exists(merged_case))
        .order_by("opened_on", "pk")
        .values_list("pk", "rule", "subject_id", "matter__occurrence", "due_on", "is_away", "state")
    )
    found: dict[UUID, Suspicion] = {}
    for pk, rule, child, since, due_on, is_away, state in rows:
        source = SUSPICIONS[DutyRule(rule)]
        is_over = source is Source.NO_SHOW and (due_on is None or due_on >= today)
        is_settled = source is Source.WORD and state == DutyState.DONE and not is_away
        if (source is Source.WORD or is_away) and not is_over and not is_settled:
            began = date.fromisoformat(since)  # such matters are known by the day they began
            found.setdefault(child, Suspicion(child, source, began, pk))
    return list(found.values())


def open_due_cases(county_id: UUID, *, today: date, now: datetime) -> int:
    """Open a case for every suspicion of a county; answers how many were opened.

    Each in a transaction of its own; somebody may open the same by hand meanwhile.
    """
    waiting = suspicions(county_id, today=today)
    places = surroundings([s.child_id for s in waiting], county_id=county_id, today=today)
    stamp = Stamp(county_id, None, now)
    opened = 0
    for suspicion in waiting:
        place = places.get(suspicion.child_id)
        if place is None or not _opens_on_suspicion(place.school.policy(today)):
            continue
        step = StepFact(
            id=uuid7(),
            kind=StepKind.OPENED,
            on=today,
            level=Level.SYSTEM,
            said={"source": suspicion.source.value},
        )
        new = NewStep(fact=step, record_kind="duty", record_id=suspicion.duty_id)
        try:
            with transaction.atomic():
                _open(suspicion, place, new, today=today, stamp=stamp)
        except IntegrityError:
            continue
        opened += 1
    return opened


@dataclass(frozen=True, slots=True)
class Opening:
    """A case that somebody opens by hand."""

    id: UUID
    child_id: UUID
    source: Source
    away_since: date
    words: str


def open_by_hand(actor: Actor, opening: Opening, *, today: date, now: datetime) -> UUID:
    """Open a case at once, for a child that the actor may work for; the id twice is as once.

    Raises ``Child.DoesNotExist``, ``NotAllowed``, ``CaseOpenAlready``, ``ChildNowhere``.
    """
    known = Case.objects.filter(pk=opening.id, child=opening.child_id).first()
    if known is not None:
        return known.pk
    place = may_open(actor, opening.child_id, Capability.WORK_CASES, today=today)
    level, unit_id = _works_here(actor, place)
    must_have_none(opening.child_id)
    step = StepFact(
        id=uuid7(),
        kind=StepKind.OPENED,
        on=today,
        level=level,
        unit_id=unit_id,
        by=actor.person_id,
        said={"source": opening.source.value, "words": opening.words.strip()},
    )
    suspicion = Suspicion(
        opening.child_id, opening.source, min(opening.away_since, today), opening.id
    )
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=unit_id)
    with transaction.atomic():
        row = _open(
            suspicion, place, NewStep(fact=step), today=today, stamp=stamp, case_id=opening.id
        )
    return row.pk


def may_open(actor: Actor, child_id: UUID, needs: Capability, *, today: date) -> Surroundings:
    """Where a child stands, for whoever may open its case with ``needs`` there.

    Raises ``Child.DoesNotExist``, ``ChildNowhere``, ``NotAllowed``.
    """
    seen = Child.objects.seen_by(actor, on=today, to=Capability.SEE_CASES)
    child = seen.only("pk").get(pk=child_id)
    place = surroundings([child.pk], county_id=actor.county_id, today=today).get(child.pk)
    if place is None:
        raise ChildNowhere()
    actor.must(needs, at=place.paths)
    return place


def must_have_none(child_id: UUID) -> None:
    """Raises ``CaseOpenAlready`` where a case of the child stands open."""
    same_child = Q(child=child_id) | Q(child__merged_into=child_id)
    standing = Case.objects.filter(same_child).exclude(state__in=CLOSED).first()
    if standing is not None:
        raise CaseOpenAlready(case_id=str(standing.pk))


def _open(
    suspicion: Suspicion,
    place: Surroundings,
    step: NewStep,
    *,
    today: date,
    stamp: Stamp,
    case_id: UUID | None = None,
) -> Case:
    around, of = place.around, place.around.of
    key = MatterKey(
        MatterKind.CASE, SubjectKind.CHILD, suspicion.child_id, today.isoformat(), of.id
    )
    new = NewCase(
        id=case_id or uuid7(),
        child_id=suspicion.child_id,
        school_id=of.school_id,
        class_id=place.at.class_id,
        township_id=around.township_id,
        village_id=around.village_id,
        matter_id=matter_id(stamp.county_id, key),
        opened_on=today,
        away_since=suspicion.since,
        source=suspicion.source,
        policy_digest=keep_policy(place.school.policy(today), now=stamp.now),
    )
    row = open_case(new, step, stamp=stamp)
    plan_case(row.pk, today=today, stamp=stamp)
    return row


def _works_here(actor: Actor, place: Surroundings) -> tuple[Level, UUID]:
    posts = [
        (LEVEL_OF[held.unit_kind], held)
        for held in actor.holdings
        if held.unit_kind in LEVEL_OF
        and Capability.WORK_CASES in held.capabilities
        and any(is_below(path, held.path) for path in place.paths)
    ]
    if not posts:
        raise NotAllowed(capability=Capability.WORK_CASES.value)
    level, held = max(posts, key=lambda post: len(post[1].path))
    return level, held.unit_id


def _opens_on_suspicion(policy: ResolvedPolicy) -> bool:
    """A plan may count only confirmed dropouts; then a case is opened by hand (C-25)."""
    return not policy.is_on(ON_SUSPICION) or policy.flag(ON_SUSPICION)
