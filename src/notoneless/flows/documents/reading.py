"""Opening papers: through their doors, each reading noted (R-300)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.documents.models import Document
from notoneless.documents.queries.papers import PaperLine, PaperPage, document_seen, kept_pdf
from notoneless.documents.rendering.file import bound
from notoneless.flows.documents.refusals import TooManyPapers
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.protection.queries.doors import as_officer
from notoneless.rules.documents.reach import CIRCLE, Circle
from notoneless.rules.roles import Capability

MOST_BOUND = 200
"""A class's letters, twelve notices; some 20 ms a paper."""


def open_paper(actor: Actor, document_id: UUID, *, today: date, now: datetime) -> PaperPage:
    """One paper with its services. Raises ``Document.DoesNotExist``."""
    flags = flags_of(actor, document_id, today=today)
    page = document_seen(actor, document_id, on=today, flags=flags)
    note_paper(actor, page.line, ["paper"], now=now)
    return page


def open_pdf(
    actor: Actor, document_id: UUID, *, today: date, now: datetime
) -> tuple[PaperLine, bytes]:
    """The kept bytes. Raises ``Document.DoesNotExist``, ``AlteredPaper``."""
    flags = flags_of(actor, document_id, today=today)
    line, pdf = kept_pdf(actor, document_id, on=today, flags=flags)
    note_paper(actor, line, ["paper", "pdf"], now=now)
    return line, pdf


def open_several(
    actor: Actor, document_ids: Sequence[UUID], *, today: date, now: datetime
) -> bytes:
    """Several papers as one PDF, in the order asked for: twelve notices, a class's letters.

    Raises ``Document.DoesNotExist`` when one of them is not the actor's, ``TooManyPapers``.
    """
    ids = list(dict.fromkeys(document_ids))
    if not 0 < len(ids) <= MOST_BOUND:
        raise TooManyPapers(most=MOST_BOUND)
    found = [kept_pdf(actor, each, on=today) for each in ids]
    listed = Listed.of("papers bound", [line.child_id for line, _ in found if line.child_id])
    note_reading("papers.bound", stamp=_stamp(actor, now), listed=listed)
    return bound([pdf for _, pdf in found])


def flags_of(actor: Actor, document_id: UUID, *, today: date) -> Collection[UUID]:
    """The flag of a paper, if the actor has it as an officer; two statements for officers only."""
    if not actor.may(Capability.HANDLE_CRITICAL):
        return ()
    asked = Document.objects.filter(pk=document_id, file_kind="flag").values("file_id")
    return tuple(as_officer(actor, on=today).filter(pk__in=asked).values_list("pk", flat=True))


def note_paper(actor: Actor, line: PaperLine, fields: Sequence[str], *, now: datetime) -> None:
    """Note that a paper was read; of a report of a crime without its child, whose file shows who
    has read it."""
    stamp = _stamp(actor, now)
    if line.child_id is None or CIRCLE[line.kind] is Circle.FLAG:
        listed = Listed.of(f"paper={line.id}", [])
        note_reading("paper.opened", stamp=stamp, fields=fields, listed=listed)
    else:
        note_reading("paper.opened", stamp=stamp, child_id=line.child_id, fields=fields)


def _stamp(actor: Actor, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now)
