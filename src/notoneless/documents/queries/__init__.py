"""Readers of papers; all take the actor, and what is not his to read is not there."""

from __future__ import annotations

from notoneless.documents.queries.archive import (
    ItemLine,
    VolumeLine,
    VolumePage,
    volume_seen,
    volumes,
)
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.queries.listing import (
    PaperFilter,
    Papers,
    documents_about_child,
    documents_of_file,
    list_papers,
    register,
    search,
    to_serve,
)
from notoneless.documents.queries.offices import OfficeLine, RegisterLine, offices, registers_of
from notoneless.documents.queries.papers import (
    AlteredPaper,
    PaperLine,
    PaperPage,
    PictureLine,
    ReceiptLine,
    ServiceLine,
    document_seen,
    kept_pdf,
    picture_of_service,
)

__all__ = [
    "AlteredPaper",
    "ItemLine",
    "OfficeLine",
    "PaperFilter",
    "PaperLine",
    "PaperPage",
    "Papers",
    "PictureLine",
    "ReceiptLine",
    "RegisterLine",
    "ServiceLine",
    "VolumeLine",
    "VolumePage",
    "document_seen",
    "documents_about_child",
    "documents_of_file",
    "kept_pdf",
    "list_papers",
    "offices",
    "papers_seen",
    "picture_of_service",
    "register",
    "registers_of",
    "search",
    "to_serve",
    "volume_seen",
    "volumes",
]
