"""Reads the journal: is it whole, where does it end, who read what."""

from __future__ import annotations

from notoneless.journal.queries.findings import Finding, Report, Trouble
from notoneless.journal.queries.heads import (
    anchor_of,
    counties,
    demo_counties,
    newest_moment,
    touched_by_people,
)
from notoneless.journal.queries.readings import ReadingLine, ReadingPage, readings_of
from notoneless.journal.queries.wholeness import verify

__all__ = [
    "Finding",
    "ReadingLine",
    "ReadingPage",
    "Report",
    "Trouble",
    "anchor_of",
    "counties",
    "demo_counties",
    "newest_moment",
    "readings_of",
    "touched_by_people",
    "verify",
]
