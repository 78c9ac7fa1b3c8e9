"""The only writers of the journal's tables."""

from __future__ import annotations

from notoneless.journal.facts import Journalled
from notoneless.journal.services.envelopes import (
    Stamp,
    Subject,
    erase,
    record,
    record_many,
)
from notoneless.journal.services.readings import Listed, note_reading, note_refusal
from notoneless.journal.services.sealing import seal

__all__ = [
    "Journalled",
    "Listed",
    "Stamp",
    "Subject",
    "erase",
    "note_reading",
    "note_refusal",
    "record",
    "record_many",
    "seal",
]
