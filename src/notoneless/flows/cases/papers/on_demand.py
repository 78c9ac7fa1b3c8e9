"""Papers that no step issues: a visit, a class report, a list of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.cases.models import Case
from notoneless.children.models import Child, ChildPlace
from notoneless.children.queries.listing import registrations
from notoneless.contacts.models import Contact
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.reports import report_paper
from notoneless.contacts.queries.timeline import contact_seen, visits_before
from notoneless.documents.models import Document
from notoneless.documents.services.issuing import NewDocument, issue
from notoneless.flows.cases.papers.material import kept_office
from notoneless.flows.cases.papers.people import guardian_of, office_of, pupil_of
from notoneless.flows.cases.papers.words import (
    CONTACTS,
    MET,
    NOT_KNOWN,
    OTHER,
    RESULTS,
    cause_words,
    class_words,
    office_words,
)
from notoneless.flows.cases.persons import person_known
from notoneless.flows.contacts.whom import ChildAt, where_they_are
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Unit
from notoneless.places.queries.units import paths_of
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.documents.kinds import DocumentState
from notoneless.rules.documents.payloads.parts import Office, Payload
from notoneless.rules.documents.payloads.returning import ListedPupil, ReturnedList
from notoneless.rules.documents.payloads.school import ClassReport as ClassReportPaper
from notoneless.rules.documents.payloads.school import VisitRecord
from notoneless.rules.documents.reach import FILE_OF_CASE
from notoneless.rules.paths import is_below
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import INSIDE_SCHOOLS, UnitKind

VISIT_FORM, FREE_FORM = "visit_form", "free_form"
_SAME = UUID("6f0a1d0e-6f4b-4a39-9d0e-54b6a2b7c9f1")
"""Names papers after the record that they print: asked for twice, they are issued once."""
MOST_TIMES = 9
"""How often a record is numbered anew after its paper was withdrawn."""


class NumberedTooOften(Refusal):
    """The papers of this record were withdrawn again and again; ``times``."""

    code = "DOCUMENT-17"


@dataclass(frozen=True, slots=True)
class Inside:
    """A child with its school, for somebody who works in that school."""

    child_id: UUID
    at: ChildAt
    holding: Holding
    case: Case | None
    """The newest."""


def visit_paper(
    actor: Actor, contact_id: UUID, child_id: UUID, *, today: date, now: datetime
) -> UUID:
    """The record of a visit to one child as a paper of its school; asked twice, it is the same.

    From inside the school only, once the visit is proved. Restricted causes are folded: the paper
    may be bound into a file that goes further. Another is issued once it was withdrawn. Raises
    ``Contact.DoesNotExist``, ``NotAllowed``, ``PaperIncomplete``, ``NumberedTooOften``.
    """
    line = contact_seen(actor, contact_id, on=today)
    if not is_numbered(line) or child_id not in {child.id for child in line.children}:
        raise Contact.DoesNotExist
    inside = inside_school(actor, child_id, Capability.LOG_CONTACTS, today=today)
    with transaction.atomic():
        standing, free = _ids(visit_ids(contact_id, child_id))
        if standing is not None:
            return standing
        payload = visit_payload(line, child_id, inside.at, inside.case)
        return _issue(payload, inside, free, actor, today=today, now=now).pk


def is_numbered(line: ContactLine) -> bool:
    """Whether a contact can become a paper: a proved visit that was not corrected since."""
    return line.kind is Kind.VISIT and line.is_closed and line.superseded_at is None


def visit_ids(contact_id: UUID, child_id: UUID) -> tuple[UUID, ...]:
    """The ids of the papers that print a visit to a child: the first, and those after it was
    withdrawn."""
    return _named(f"visit {contact_id} {child_id}")


def report_ids(report_id: UUID) -> tuple[UUID, ...]:
    """The same of a class report."""
    return _named(f"report {report_id}")


def _named(name: str) -> tuple[UUID, ...]:
    return tuple(uuid5(_SAME, f"{name} {n}" if n else name) for n in range(MOST_TIMES))


def _ids(names: Sequence[UUID]) -> tuple[UUID | None, UUID]:
    """The paper that stands under one of these ids, if any, and the next id that is free."""
    states = dict(Document.objects.filter(pk__in=names).values_list("pk", "state"))
    standing = next((pk for pk, state in states.items() if state == DocumentState.ISSUED), None)
    free = next((name for name in names if name not in states), standing)
    if free is None:
        raise NumberedTooOften(times=MOST_TIMES)
    return standing, free


def class_report_paper(actor: Actor, report_id: UUID, *, today: date, now: datetime) -> UUID:
    """班主任书面报告 as a paper (R-104); asked twice, it is the same. From inside the school only.

    Raises ``ClassReport.DoesNotExist``, ``NotAllowed``, ``PaperIncomplete``.
    """
    paper = report_paper(actor, report_id, on=today)
    child_id = paper.row.child_id
    inside = inside_school(actor, child_id, Capability.LOG_CONTACTS, today=today)
    person, reported = person_known(child_id), paper.row.made_on
    case = inside.case
    payload = ClassReportPaper(
        office=office_at(inside.at.school_id),
        written_on=reported,
        pupil=pupil_of(person, reported),
        guardian=guardian_of(person, unknown=NOT_KNOWN),
        absent_since=paper.row.absent_since or (case.away_since if case else None),
        reason=cause_words(case.main_cause if case else "") or OTHER,
        school_only_reason=paper.reason,
        mobilisation=paper.mobilisation or "尚未联系到家庭",
        reporter=paper.row.by,
        hour=paper.row.hour,
    )
    with transaction.atomic():
        standing, free = _ids(report_ids(report_id))
        return standing or _issue(payload, inside, free, actor, today=today, now=now).pk


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a list, both inclusive."""

    first_day: date
    last_day: date


def returned_list(
    actor: Actor, unit_id: UUID, period: Period, *, today: date, now: datetime
) -> UUID:
    """辍学生和复学生名单 of a place and period (F-047, R-118), issued by the actor's own office.

    Names those whose dropout was determined and who were away or came back in the period, as far
    as the actor sees them. Raises ``NotAllowed``, ``PaperIncomplete``.
    """
    holding = _issuer(actor)
    rows = list(_lost(actor, unit_id, period, today=today))
    payload = ReturnedList(
        office=office_at(holding.unit_id),
        written_on=today,
        first_day=period.first_day,
        last_day=period.last_day,
        pupils=_listed(rows, period),
        kept_by=name_of(actor),
    )
    new = NewDocument(
        payload=payload,
        office_id=holding.unit_id,
        issued_on=today,
        signed_by=signed_by(actor),
    )
    with transaction.atomic():
        return issue(new, stamp=_stamp(actor, holding, now)).pk


# -- inside the school --------------------------------------------------------------------------


def inside_school(actor: Actor, child_id: UUID, needs: Capability, *, today: date) -> Inside:
    """The actor's post in the child's school. Raises ``NotAllowed``."""
    at = where_they_are([child_id], county_id=actor.county_id, today=today).get(child_id)
    paths = at.paths if at else ()
    for held in actor.holdings:
        is_inside = held.unit_kind in INSIDE_SCHOOLS and needs in held.capabilities
        if at and is_inside and any(is_below(path, held.path) for path in paths):
            cases = Case.objects.filter(child=child_id).order_by("-opened_on", "-pk")
            return Inside(child_id, at, held, cases.first())
    raise NotAllowed(capability=needs.value)


def visit_payload(line: ContactLine, child_id: UUID, at: ChildAt, case: Case | None) -> VisitRecord:
    """A visit as the school's form prints it, with what the reader of ``line`` is shown.

    Restricted causes are folded. Some ten statements.
    """
    person = person_known(child_id)
    on = line.happened_on
    met = [MET[each] for each in line.met]
    return VisitRecord(
        office=office_at(at.school_id),
        written_on=on,
        form=_form(at, on),
        pupil=pupil_of(person, on),
        guardian=guardian_of(person, unknown=NOT_KNOWN),
        visited_on=on,
        hour=line.hour,
        nth=visits_before(line),
        mode=CONTACTS[line.kind],
        place=line.place,
        visitors=tuple(each.name for each in line.visitors if each.name),
        met=(*met, *line.others),
        absent_since=case.away_since if case else None,
        reason=cause_words(line.causes[0]) if line.causes else "",
        child_words=line.child_words,
        guardian_view=line.guardian_view,
        persuasion=line.found,
        promise=line.promise,
        next_step=line.next_step,
        next_on=line.next_on,
        result=RESULTS[line.result],
        proof=f"见证人：{line.witness}" if line.witness else "",
    )


def _form(at: ChildAt, on: date) -> str:
    try:
        policy = at.school.policy(on)
    except PolicyConflict:
        return FREE_FORM
    return policy.choice(VISIT_FORM) if policy.is_on(VISIT_FORM) else FREE_FORM


def _issue(
    payload: Payload, inside: Inside, same: UUID, actor: Actor, *, today: date, now: datetime
) -> Document:
    new = NewDocument(
        id=same,
        payload=payload,
        office_id=inside.at.school_id,
        issued_on=today,
        child_id=inside.child_id,
        file=(FILE_OF_CASE, inside.case.pk) if inside.case else None,
        signed_by=signed_by(actor),
    )
    return issue(new, stamp=_stamp(actor, inside.holding, now))


# -- lists --------------------------------------------------------------------------------------


def _issuer(actor: Actor) -> Holding:
    for held in actor.holdings:
        if {Capability.ISSUE_PAPERS, Capability.SEE_CASES} <= held.capabilities:
            return held
    raise NotAllowed(capability=Capability.ISSUE_PAPERS.value)


def _lost(actor: Actor, unit_id: UUID, period: Period, *, today: date) -> list[Case]:
    seen = Child.objects.seen_by(actor, on=today, to=Capability.SEE_CASES)
    near = ChildPlace.objects.within(paths_of(unit_id, on=today), on=today).values("child")
    rows = Case.objects.filter(
        Q(returned_on=None, closed_on=None)
        | Q(returned_on__gte=period.first_day)
        | Q(closed_on__gte=period.first_day),
        county=actor.county_id,
        child__in=seen.values("pk"),
        confirmed_on__isnull=False,
        away_since__lte=period.last_day,
    ).filter(child__in=near)
    return list(rows.select_related("child", "village").order_by("away_since", "pk"))


def _listed(rows: list[Case], period: Period) -> tuple[ListedPupil, ...]:
    at = registrations([row.child_id for row in rows])
    return tuple(
        ListedPupil(
            village=row.village.name if row.village else "",
            class_name=class_words(
                at[row.child_id].class_name if row.child_id in at else None, period.last_day
            ),
            name=row.child.name,
            left_on=row.away_since,
            returned_on=row.returned_on,
        )
        for row in rows
    )


def signed_by(actor: Actor) -> tuple[UUID, ...]:
    """Who signs what the actor issues."""
    return (actor.person_id,) if actor.person_id else ()


def name_of(actor: Actor) -> str:
    """The actor's name; one statement."""
    found = Person.objects.filter(pk__in=signed_by(actor)).values_list("name", flat=True)
    return found.first() or ""


def office_at(unit_id: UUID, *, contact: str = "") -> Office:
    """A unit as an office, with whom to call; two statements."""
    unit = Unit.objects.get(pk=unit_id)
    return office_of(office_words(unit.name, UnitKind(unit.kind)), contact, kept_office(unit_id))


def _stamp(actor: Actor, holding: Holding, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=holding.unit_id)
