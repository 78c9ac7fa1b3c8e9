"""A child's complete file as one PDF: from the first absent day to the last step (R-119)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.children.queries.branches import about
from notoneless.contacts.models import Contact, ContactChild
from notoneless.contacts.queries.lines import lines_of
from notoneless.documents.models import Document
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.queries.papers import opened
from notoneless.documents.rendering.file import Part
from notoneless.documents.rendering.file import complete_file as bound
from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.flows.cases.doors import case_seen
from notoneless.flows.cases.papers.on_demand import visit_ids, visit_payload
from notoneless.flows.cases.papers.people import pupil_of
from notoneless.flows.cases.papers.words import OUTCOMES
from notoneless.flows.cases.persons import person_known
from notoneless.flows.contacts.whom import where_they_are
from notoneless.journal.services import Stamp, note_reading
from notoneless.rules.cases.kinds import Outcome
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.documents.blocks import Field, Fields, Layout, Sheet, Title
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.forms.phrases import day
from notoneless.rules.documents.kinds import DocumentKind, DocumentState
from notoneless.rules.documents.names import name_of_paper
from notoneless.rules.documents.reach import FILE_OF_CASE, Circle, reads

COVER = "学生个案卷宗"
OPEN = "正在办理"
BROUGHT_IN = "（启用系统前，补录）"


@dataclass(frozen=True, slots=True)
class _Page:
    on: date
    part: Part
    record_id: UUID
    """The visit that it prints, or the paper itself."""


def complete_file(actor: Actor, case_id: UUID, *, today: date, now: datetime) -> bytes:
    """Cover, contents and every standing paper that the actor may read, oldest first.

    Visits stand as their records, where he is shown what was said there. Reading is noted. Some
    20 ms a paper. Raises ``Case.DoesNotExist``, ``AlteredPaper``.
    """
    case = case_seen(actor, case_id, today=today)
    pages = [*_papers(actor, case, today=today)]
    pages += _visits(actor, case, known={page.record_id for page in pages}, today=today)
    pages.sort(key=lambda page: page.on)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    note_reading("case.file", stamp=stamp, child_id=case.child_id, fields=["papers", "pdf"])
    return bound(_cover(case, today), [page.part for page in pages])


def _papers(actor: Actor, case: Case, *, today: date) -> Iterator[_Page]:
    rows = papers_seen(actor, on=today).filter(
        file_kind=FILE_OF_CASE, file_id=case.pk, state=DocumentState.ISSUED
    )
    for row in rows.order_by("issued_on", "recorded_at", "pk"):
        on = _about(row)
        name = f"{row.form_name}{BROUGHT_IN}" if row.is_brought_in else row.form_name
        part = Part(name, row.number_text, day(on), opened(row))
        yield _Page(on, part, row.pk)


def _about(row: Document) -> date:
    """The day that a paper is about: of a visit the visit's own."""
    visited = row.payload.get("visited_on") if row.kind == DocumentKind.VISIT_RECORD else None
    return date.fromisoformat(visited) if isinstance(visited, str) else row.issued_on


def _visits(actor: Actor, case: Case, *, known: set[UUID], today: date) -> Iterator[_Page]:
    """Visits since the child is away that are no papers of the file yet, without a number; for
    whoever would read them as papers."""
    inside = (reads(Circle.SCHOOL, held.unit_kind, held.capabilities) for held in actor.holdings)
    if not any(inside):
        return
    made = ContactChild.objects.filter(child__in=about([case.child_id]), county=case.county_id)
    rows = Contact.objects.filter(
        pk__in=made.values("contact"),
        kind=Kind.VISIT,
        superseded_at=None,
        closed_at__isnull=False,
        happened_on__gte=case.away_since,
        happened_on__lte=case.closed_on or today,
    ).select_related("by")
    at = where_they_are([case.child_id], county_id=case.county_id, today=today).get(case.child_id)
    if at is None:
        return
    for line in lines_of(rows.order_by("happened_on", "hour", "noted_at"), actor, on=today):
        issued = not known.isdisjoint(visit_ids(line.id, case.child_id))
        if line.shown.statements and not issued:
            payload = visit_payload(line, case.child_id, at, case)
            pdf = pdf_of_sheet(blocks_of(payload))
            part = Part(name_of_paper(payload), "", day(line.happened_on), pdf)
            yield _Page(line.happened_on, part, line.id)


def _cover(case: Case, today: date) -> Sheet:
    person = person_known(case.child_id)
    pupil = pupil_of(person, today)
    outcome = OUTCOMES[Outcome(case.outcome)] if case.outcome else OPEN
    rows = (
        (Field("姓名", pupil.name), Field("性别", pupil.sex)),
        (Field("学校", pupil.school), Field("班级", pupil.class_name)),
        (Field("未到校起始日", day(case.away_since)), Field("立案日期", day(case.opened_on))),
        (Field("结果", outcome), Field("销号日期", day(case.closed_on))),
        (Field("装订日期", day(today), span=2),),
    )
    return Sheet(Layout.FORM, (Title(COVER), Fields(rows)))
