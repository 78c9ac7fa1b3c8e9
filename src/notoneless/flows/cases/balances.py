"""A case that was open before the place used the system, brought in at its true step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.cases.services.steps import NewStep, add_step
from notoneless.documents.services.bringing import NewOldPaper, bring_in_paper
from notoneless.documents.services.issuing import FOR_THE_FILE, Receiver
from notoneless.flows.cases.around import Surroundings
from notoneless.flows.cases.opening import Opening, may_open, must_have_none, open_by_hand
from notoneless.flows.cases.papers.orders import NOTICE_NAME
from notoneless.flows.cases.papers.people import guardian_of, pupil_of
from notoneless.flows.cases.papers.school import REPORT_NAME
from notoneless.flows.cases.papers.words import SERVICES, office_words
from notoneless.flows.cases.persons import PersonKnown, person_known
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.refusals import OfficeUnknown, PapersFaulty, StepOutOfTime
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.rules.cases.balances import (
    OLD_PAPERS,
    SERVED,
    OldPaper,
    paper_faults,
    paper_of_step,
    steps_up_to,
)
from notoneless.rules.cases.facts import BEFORE, StepFact
from notoneless.rules.cases.kinds import Level, Source, State, StepKind
from notoneless.rules.cases.wants_orders import SERVED_BY
from notoneless.rules.documents.kinds import DocumentKind, ReceiverKind
from notoneless.rules.documents.names import name_of
from notoneless.rules.documents.payloads.brought_in import BroughtIn
from notoneless.rules.documents.payloads.parts import Office
from notoneless.rules.documents.reach import FILE_OF_CASE
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.vault.pictures import Picture, take_photo

BRINGS_IN = Capability.IMPORT_ROSTERS
MOST_SCANS = 12
"""Pages of one paper."""
_NAMED_BY: Mapping[DocumentKind, str] = {
    DocumentKind.RETURN_NOTICE: NOTICE_NAME,
    DocumentKind.DROPOUT_REPORT: REPORT_NAME,
}
Scans = Mapping[DocumentKind, tuple[Picture, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Where a case stood when the system took it over."""

    id: UUID
    child_id: UUID
    away_since: date
    state: State
    state_since: date
    papers: tuple[OldPaper, ...] = ()
    """One of a kind: the one that stands."""
    words: str
    """What went before, and in which folder it lies."""


@dataclass(frozen=True, slots=True)
class OfficeChoice:
    """A unit that may have written an old paper of a child's case."""

    id: UUID
    name: str
    kind: UnitKind


def bring_in(actor: Actor, balance: Balance, *, today: date, now: datetime) -> UUID:
    """Open a case at the step that it had reached on paper, with the papers it brings along.

    Duties run from today on: nothing is late for what went before. The law's own times count from
    the days on the papers. Raises what ``open_by_hand`` and ``must_bring_in`` raise,
    ``OldNumberTaken`` and the refusals of ``vault.pictures``. Source: product.md §First day.
    """
    place = must_bring_in(actor, balance, today=today)
    zone = timezone.get_default_timezone()
    scans = {
        paper.kind: tuple(take_photo(scan, zone=zone) for scan in paper.scans[:MOST_SCANS])
        for paper in balance.papers
    }
    try:
        with transaction.atomic():
            return _bring_in(actor, balance, place, scans, today=today, now=now)
    except IntegrityError:
        # The other sending of the same form came first, or another's of the same number.
        with transaction.atomic():
            return _bring_in(actor, balance, place, scans, today=today, now=now)


def must_bring_in(actor: Actor, balance: Balance, *, today: date) -> Surroundings:
    """Raise what stands in the way of bringing a case in; writes nothing, some ten statements.

    Whoever brings in a place's roster brings in its cases. Raises ``Child.DoesNotExist``,
    ``NotAllowed``, ``ChildNowhere``, ``CaseOpenAlready``, ``StepOutOfTime``, ``PapersFaulty``,
    ``OfficeUnknown``.
    """
    place = may_open(actor, balance.child_id, BRINGS_IN, today=today)
    if _same(balance) is None:
        must_have_none(balance.child_id)
    if not balance.away_since <= balance.state_since <= today:
        raise StepOutOfTime()
    faults = paper_faults(balance.state, balance.papers, away_since=balance.away_since, today=today)
    if faults:
        raise PapersFaulty(faults)
    known = {office.id for office in offices_of(place)} if balance.papers else set()
    if any(paper.office_id not in known for paper in balance.papers):
        raise OfficeUnknown()
    return place


def offices_for(actor: Actor, child_id: UUID, *, today: date) -> list[OfficeChoice]:
    """The same for a child whose case the actor may bring in. Raises as ``may_open``."""
    return offices_of(may_open(actor, child_id, BRINGS_IN, today=today))


def offices_of(place: Surroundings) -> list[OfficeChoice]:
    """The units that may have written papers of a child's case, the school first; a statement."""
    around = place.around
    ids = [
        around.of.school_id,
        around.of.centre_id,
        around.community_id,
        around.township_id,
        around.of.bureau_id,
    ]
    rows = {row.pk: row for row in Unit.objects.filter(pk__in=[each for each in ids if each])}
    return [
        OfficeChoice(row.pk, office_words(row.name, UnitKind(row.kind)), UnitKind(row.kind))
        for row in (rows[each] for each in dict.fromkeys(ids) if each in rows)
    ]


def _bring_in(
    actor: Actor,
    balance: Balance,
    place: Surroundings,
    scans: Scans,
    *,
    today: date,
    now: datetime,
) -> UUID:
    if (same := _same(balance)) is not None:
        return same
    opening = Opening(
        balance.id, balance.child_id, Source.OPENING_BALANCE, balance.away_since, balance.words
    )
    case_id = open_by_hand(actor, opening, today=today, now=now)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=case.school_class_id)
    ids = _put_on_record(balance, place, scans, case, stamp=stamp, today=today)
    reported = uuid7()
    for kind in steps_up_to(balance.state, balance.papers):
        paper = paper_of_step(kind, balance.papers)
        fact = StepFact(
            id=reported if kind is StepKind.REPORTED else uuid7(),
            kind=kind,
            on=today,
            level=Level.SYSTEM,
            unit_id=paper.office_id if paper else None,
            by=actor.person_id,
            paper_id=ids[paper.kind] if paper else None,
            deadline_on=paper.deadline_on if paper else None,
            answers=reported if kind is StepKind.ACCEPTED else None,
            said={BEFORE: _was_on(kind, paper, balance).isoformat()},
        )
        add_step(case, NewStep(fact=fact), stamp=stamp)
    plan_case(case_id, today=today, stamp=stamp)
    return case_id


def _was_on(kind: StepKind, paper: OldPaper | None, balance: Balance) -> date:
    """The day on its paper: of the service where the step is one, of the case's stage without."""
    if paper is None:
        return balance.state_since
    is_issue = kind in SERVED_BY
    return paper.issued_on if is_issue else paper.served_on or paper.issued_on


def _put_on_record(
    balance: Balance,
    place: Surroundings,
    scans: Scans,
    case: Case,
    *,
    stamp: Stamp,
    today: date,
) -> dict[DocumentKind, UUID]:
    if not balance.papers:
        return {}
    person = person_known(balance.child_id)
    names = {office.id: office.name for office in offices_of(place)}
    policy = place.school.policy(today)
    found = {}
    rank = {kind: place for place, kind in enumerate(OLD_PAPERS)}
    for paper in sorted(balance.papers, key=lambda each: (each.issued_on, rank[each.kind])):
        pages = scans.get(paper.kind, ())
        new = NewOldPaper(
            payload=_payload(paper, balance, person, names, policy, len(pages)),
            office_id=paper.office_id,
            child_id=case.child_id,
            file=(FILE_OF_CASE, case.pk),
            receiver=_receiver(paper, person),
            method=paper.method,
            scans=pages,
        )
        found[paper.kind] = bring_in_paper(new, stamp=stamp).pk
    return found


def _payload(
    paper: OldPaper,
    balance: Balance,
    person: PersonKnown,
    names: Mapping[UUID, str],
    policy: ResolvedPolicy,
    pages: int,
) -> BroughtIn:
    key = _NAMED_BY.get(paper.kind, "")
    code = policy.choice(key) if key and policy.is_on(key) else ""
    return BroughtIn(
        office=Office(name=names[paper.office_id], number_text=paper.number_text.strip()),
        written_on=paper.issued_on,
        brought_in=paper.kind,
        name=name_of(paper.kind, code),
        pupil=pupil_of(person, paper.issued_on),
        deadline_on=paper.deadline_on,
        served_on=paper.served_on,
        method=SERVICES[paper.method] if paper.method else "",
        lies_in=balance.words.strip(),
        scanned_pages=pages,
    )


def _receiver(paper: OldPaper, person: PersonKnown) -> Receiver:
    if paper.kind not in SERVED:
        return FOR_THE_FILE
    return Receiver(kind=ReceiverKind.GUARDIAN, name=guardian_of(person).name)


def _same(balance: Balance) -> UUID | None:
    known = Case.objects.filter(pk=balance.id, child=balance.child_id)
    return known.values_list("pk", flat=True).first()
