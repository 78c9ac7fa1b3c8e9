"""Lists of papers: a register, a file, a child, what waits to be served, and whatever is looked
for (R-301)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child, ChildPlace
from notoneless.children.queries.branches import about
from notoneless.children.queries.search import matching
from notoneless.documents.models import Document
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.queries.papers import PaperLine, line_of
from notoneless.places.queries.units import paths_of
from notoneless.rules.documents.kinds import DocumentKind, DocumentState, ReceiverKind
from notoneless.rules.documents.reach import ANSWERED_IN_CASE, FILE_OF_CASE

PAGE_ROWS = 50
MOST_LISTED = 500
"""Of one file or child: more than a child ever has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFilter:
    """What somebody looks for; everything that is given must hold."""

    text: str = ""
    """Part of a number, or a child by name, pinyin, number or phone."""
    office_id: UUID | None = None
    year: int | None = None
    kind: DocumentKind | None = None
    state: DocumentState | None = None
    place_id: UUID | None = None
    """The child's village or school."""
    from_on: date | None = None
    to_on: date | None = None
    """Inclusive."""


@dataclass(frozen=True, slots=True)
class Papers:
    """One page of a list."""

    rows: tuple[PaperLine, ...]
    total: int
    page: int
    page_rows: int = PAGE_ROWS


ANYTHING = PaperFilter()


def register(
    actor: Actor, wanted: PaperFilter, *, on: date, page: int = 1, page_rows: int = PAGE_ROWS
) -> Papers:
    """A number register: series after series, the newest number first; two statements more than
    ``wanted`` needs."""
    return list_papers(
        actor, wanted, on=on, page=page, page_rows=page_rows, order=("-year", "series", "-number")
    )


def search(actor: Actor, wanted: PaperFilter, *, on: date, page: int = 1) -> Papers:
    """Any paper by name, number, village, school or date; the newest first (R-301)."""
    return list_papers(actor, wanted, on=on, page=page)


def list_papers(
    actor: Actor,
    wanted: PaperFilter = ANYTHING,
    *,
    on: date,
    page: int = 1,
    page_rows: int = PAGE_ROWS,
    order: tuple[str, ...] = ("-issued_on", "-recorded_at", "-pk"),
) -> Papers:
    """One page of the papers that the actor may read and that are ``wanted``."""
    rows = papers_seen(actor, on=on).filter(_wanted(wanted, actor, on=on))
    total = rows.count()
    page = min(max(page, 1), max(1, -(-total // page_rows)))
    start = (page - 1) * page_rows
    found = _selected(rows).order_by(*order)[start : start + page_rows]
    return Papers(tuple(line_of(row) for row in found), total, page, page_rows)


def documents_of_file(
    actor: Actor, file_kind: str, file_id: UUID, *, on: date
) -> tuple[PaperLine, ...]:
    """The papers of one file, oldest first; one statement."""
    rows = papers_seen(actor, on=on).filter(file_kind=file_kind, file_id=file_id)
    return _all(rows)


def documents_about_child(actor: Actor, child_id: UUID, *, on: date) -> tuple[PaperLine, ...]:
    """The papers about one child, oldest first; one statement. Empty out of reach."""
    return _all(papers_seen(actor, on=on).filter(child__in=about([child_id])))


def to_serve(actor: Actor, *, on: date, limit: int = MOST_LISTED) -> tuple[PaperLine, ...]:
    """Papers for a guardian or a court that have reached nobody yet, the oldest first."""
    rows = papers_seen(actor, on=on).filter(
        state=DocumentState.ISSUED,
        served_on=None,
        receiver_kind__in=[ReceiverKind.GUARDIAN, ReceiverKind.COURT],
    )
    found = _selected(rows).order_by("issued_on", "recorded_at")[:limit]
    return tuple(line_of(row) for row in found)


def to_receive(actor: Actor, *, on: date, limit: int = MOST_LISTED) -> tuple[PaperLine, ...]:
    """Papers that another unit sent and that nobody has taken over or sent back yet."""
    rows = (
        papers_seen(actor, on=on)
        .filter(
            state=DocumentState.ISSUED,
            receipt=None,
            receiver_unit__in=[held.unit_id for held in actor.holdings],
        )
        .exclude(file_kind=FILE_OF_CASE, kind__in=[kind.value for kind in ANSWERED_IN_CASE])
    )
    found = _selected(rows).order_by("issued_on", "recorded_at")[:limit]
    return tuple(line_of(row) for row in found)


def _all(rows: QuerySet[Document]) -> tuple[PaperLine, ...]:
    found = _selected(rows).order_by("issued_on", "recorded_at", "pk")[:MOST_LISTED]
    return tuple(line_of(row) for row in found)


def _selected(rows: QuerySet[Document]) -> QuerySet[Document]:
    return rows.select_related("office", "child", "receiver_unit").defer("payload")


def _wanted(wanted: PaperFilter, actor: Actor, *, on: date) -> Q:
    exact = {
        "office": wanted.office_id,
        "year": wanted.year,
        "kind": wanted.kind,
        "state": wanted.state,
        "issued_on__gte": wanted.from_on,
        "issued_on__lte": wanted.to_on,
    }
    found = Q(**{name: value for name, value in exact.items() if value is not None})
    if wanted.text.strip():
        children = Child.objects.filter(matching(wanted.text, actor=actor)).values("pk")
        found &= Q(number_text__contains=wanted.text.strip()) | Q(child__in=children)
    if wanted.place_id is not None:
        near = ChildPlace.objects.within(paths_of(wanted.place_id, on=on), on=on)
        found &= Q(Exists(near.filter(child=OuterRef("child"))))
    return found
