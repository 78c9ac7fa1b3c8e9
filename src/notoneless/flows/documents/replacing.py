"""Put another paper in the place of one that goes to a guardian (decision 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.cases.models import Case, CaseStep
from notoneless.cases.rows import fact_of
from notoneless.cases.services.steps import NewStep, add_step
from notoneless.documents.models import Document
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.services.issuing import NotStanding, replace
from notoneless.flows.cases.doors import Acting, acting_in, case_known
from notoneless.flows.cases.papers import must_be_discreet, paper_of
from notoneless.flows.cases.papers.material import office_for
from notoneless.flows.cases.papers.proposals import proposals
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.flows.cases.refusals import StepIdUsed
from notoneless.flows.cases.serving import unfollow_replaced
from notoneless.flows.cases.stepping import Taking, deadline_in, fact_for, must_be_allowed
from notoneless.flows.documents.ending import may_sign, must_sign
from notoneless.flows.documents.refusals import NotReplaced, RestedUpon
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.said import answers_of
from notoneless.rules.cases.wants_orders import SERVED_BY
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.reach import FILE_OF_CASE, signs
from notoneless.rules.refusal import Refusal

RESTS_ON: Mapping[StepKind, frozenset[StepKind]] = MappingProxyType(
    {
        StepKind.LETTER_SERVED: frozenset(),
        StepKind.NOTICE_SERVED: frozenset({StepKind.ORDER_ISSUED}),
        **dict.fromkeys(
            (StepKind.ORDER_SERVED, StepKind.PENALTY_SERVED),
            frozenset(
                {
                    StepKind.PENALTY_ISSUED,
                    StepKind.DEMAND_ISSUED,
                    StepKind.CHALLENGED,
                    StepKind.APPLIED_TO_COURT,
                }
            ),
        ),
        StepKind.DEMAND_SERVED: frozenset({StepKind.APPLIED_TO_COURT}),
    }
)
"""What cannot have gone before it: with it the service of a paper is made use of."""


@dataclass(frozen=True, slots=True)
class Replaceable:
    """A paper that can be replaced, and what its form says already."""

    known: KnownCase
    step: StepKind
    said: Mapping[str, str]


def may_replace(actor: Actor, document_id: UUID, *, today: date) -> bool:
    """Whether the page of a paper offers to replace it.

    Three statements, and some ten for whoever signs such papers and this is one.
    """
    paper = papers_seen(actor, on=today).defer("payload").get(pk=document_id)
    kind = DocumentKind(paper.kind)
    if _issued(paper) is None or not may_sign(actor, kind, paper.office_id, today=today):
        return False
    try:
        known, step = _known(actor, paper, today=today)
        _must_be_of(paper, known, step, acting_in(actor, known, transition_of(step.kind)))
    except Refusal:
        return False
    return known.fact.standing.is_open


def replaceable(actor: Actor, document_id: UUID, *, today: date) -> Replaceable:
    """What the form of a replacement begins with: what was said, and a deadline that still lies
    ahead. Raises as ``replace_paper``."""
    paper = papers_seen(actor, on=today).defer("payload").get(pk=document_id)
    actor.must(signs(DocumentKind(paper.kind)))
    known, step = _known(actor, paper, today=today)
    acting = acting_in(actor, known, transition_of(step.kind))
    _must_be_of(paper, known, step, acting)
    said = {name: step.text(name) for name in step.said if step.text(name)}
    deadline = deadline_in(said)
    if deadline is not None and deadline <= today:
        del said["deadline"]
    return Replaceable(known, step.kind, {**proposals(known, step.kind, today, acting), **said})


def replaced_so(actor: Actor, document_id: UUID, form_id: UUID, *, today: date) -> UUID | None:
    """The paper that this very form has put in the place of another already, sent once more.

    Raises ``Document.DoesNotExist``, ``StepIdUsed``.
    """
    paper = papers_seen(actor, on=today).defer("payload").get(pk=document_id)
    return _same(form_id, paper, actor) if paper.ended_on is not None else None


def replace_paper(
    actor: Actor, document_id: UUID, taking: Taking, *, reason: str, today: date, now: datetime
) -> UUID:
    """Issue a paper in the place of another, with a reason; answers its id.

    The paper before keeps its number and its step; that it was served counts no more, and the
    deadline runs once the new one is served. The same form twice is the same as once. Raises
    ``Document.DoesNotExist``, ``NotAllowed``, ``Unexplained``, ``NotStanding``, ``NotReplaced``,
    ``RestedUpon`` and what ``take_step`` raises. Source: decision 11; R-111, R-113.
    """
    asked = _Asked(document_id, taking, reason)
    try:
        with transaction.atomic():
            return _replace(actor, asked, today=today, now=now)
    except IntegrityError:
        # The other sending of the same form came first.
        with transaction.atomic():
            return _replace(actor, asked, today=today, now=now)


@dataclass(frozen=True, slots=True)
class _Asked:
    document_id: UUID
    taking: Taking
    reason: str


def _replace(actor: Actor, asked: _Asked, *, today: date, now: datetime) -> UUID:
    must_sign(actor, asked.document_id, asked.reason, today=today)
    paper = papers_seen(actor, on=today).get(pk=asked.document_id)
    if (same := _same(asked.taking.id, paper, actor)) is not None:
        return same
    if (issued := _issued(paper)) is not None:
        Case.objects.select_for_update(of=("self",)).get(pk=issued.case_id)
    known, step = _known(actor, paper, today=today)
    acting = acting_in(actor, known, transition_of(step.kind))
    _must_be_of(paper, known, step, acting)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=acting.holding.unit_id)
    unfollow_replaced(paper, reason=asked.reason.strip(), today=today, stamp=stamp)
    (known,) = known_cases([known.row], county_id=actor.county_id, today=today)
    taking = changed(asked.taking, kind=step.kind, answers=step.id)
    said = answers_of(taking.kind, taking.said)
    must_be_allowed(known, taking, acting, said, actor, today)
    fact = fact_for(actor, taking, acting, said, answers=taking.answers)
    new = paper_of(known, fact, acting)
    if new is None:
        raise NotReplaced()
    must_be_discreet(new, fact)
    row = replace(paper.pk, new, reason=asked.reason.strip(), stamp=stamp)
    case = Case.objects.get(pk=known.row.pk)
    written = NewStep(fact=changed(fact, paper_id=row.pk), by_role=acting.holding.role)
    add_step(case, written, stamp=stamp)
    plan_case(case.pk, today=today, stamp=stamp)
    return row.pk


def _same(form_id: UUID, paper: Document, actor: Actor) -> UUID | None:
    known = CaseStep.objects.filter(pk=form_id).first()
    if known is None:
        return None
    if known.case_id != paper.file_id or known.by_id != actor.person_id:
        raise StepIdUsed()
    return known.paper_id


def _issued(paper: Document) -> CaseStep | None:
    """The standing step that issued a paper to a guardian; ``None`` for any other paper."""
    if paper.file_kind != FILE_OF_CASE or paper.ended_on is not None:
        return None
    return CaseStep.objects.filter(
        paper_id=paper.pk,
        case=paper.file_id,
        kind__in=[kind.value for kind in SERVED_BY],
        superseded_at=None,
    ).first()


def _known(actor: Actor, paper: Document, *, today: date) -> tuple[KnownCase, StepFact]:
    if paper.ended_on is not None:
        raise NotStanding(number=paper.number_text)
    row = _issued(paper)
    if row is None or paper.file_id is None:
        raise NotReplaced()
    return case_known(actor, paper.file_id, today=today), fact_of(row)


def _must_be_of(paper: Document, known: KnownCase, step: StepFact, acting: Acting) -> None:
    """Only the office that issued it puts another paper in its place, and not too late."""
    if office_for(known, step, acting) != paper.office_id:
        raise NotAllowed(capability=signs(DocumentKind(paper.kind)).value)
    standing = known.fact.standing
    served_kind = SERVED_BY[step.kind]
    served = next((s for s in standing.all(served_kind) if s.paper_id == paper.pk), None)
    if served is not None and standing.after(served, *RESTS_ON[served_kind]) is not None:
        raise RestedUpon(number=paper.number_text)
