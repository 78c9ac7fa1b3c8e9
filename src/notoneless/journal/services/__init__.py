"""The only writers of the journal's tables."""

from __future__ import annotations

from notoneless.journal.facts import Journalled
from notoneless.journal.services.envelopes import (
    Stamp,
    Subject,
    erase,
    make_ready,
    record,
    record_many,
    simulated,
    written_together,
)
from notoneless.journal.services.readings import Listed, note_reading, note_refusal
from notoneless.journal.services.sealing import AlreadySealed, mark_as_demo, seal

__all__ = [
    "AlreadySealed",
    "Journalled",
    "Listed",
    "Stamp",
    "Subject",
    "erase",
    "make_ready",
    "mark_as_demo",
    "note_reading",
    "note_refusal",
    "record",
    "record_many",
    "seal",
    "simulated",
    "written_together",
]
