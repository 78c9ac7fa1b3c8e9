"""A paper from before a place used the system: what is on record of it, not what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.parts import Payload, Pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn(Payload):
    """The original lies in a folder; nothing that it says is written anew."""

    brought_in: DocumentKind
    """Its kind; the name tells such a payload from that of a paper that was issued here."""
    name: str
    pupil: Pupil
    deadline_on: date | None = None
    served_on: date | None = None
    method: str = ""
    """As it is printed: 直接送达."""
    lies_in: str = ""
    """Where the original is, in the words of whoever brought it in."""
    scanned_pages: int = 0
