"""What a look through the journal can find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

MOST_LISTED = 1_000


class Trouble(StrEnum):
    """Each names what was found; who did it and why is for people to ask."""

    SEALS_MISSING = "seals_missing"
    """Numbers are missing in the row of seals: entries were deleted with their seals."""
    ENTRY_MISSING = "entry_missing"
    """A seal stands, its entry is gone."""
    ENTRY_CHANGED = "entry_changed"
    """An entry does not fit its seal: one of them was changed, or both were slipped in."""
    ENTRY_MOVED = "entry_moved"
    """An entry or seal is genuine, and stands in another's place."""
    CHAIN_BROKEN = "chain_broken"
    """A seal does not go on from the one before it."""
    SLIPPED_IN = "slipped_in"
    """An entry claims a time before a sweep that did not find it."""
    TAIL_CUT = "tail_cut"
    """The journal ends before the last seal that was counted or anchored."""
    HEAD_DIFFERS = "head_differs"
    """The kept end of the chain is not the end of the seals."""
    ANCHOR_DIFFERS = "anchor_differs"
    """The seal that was printed had another hash: the chain was written anew."""
    ROW_CHANGED = "row_changed"
    """The row's facts are no longer those that were recorded, or cannot be read."""
    ENDED_UNRECORDED = "ended_unrecorded"
    """The row says that it has ended, and no entry says so."""
    ROW_MISSING = "row_missing"
    """The row is gone without an erasure."""
    ROW_UNRECORDED = "row_unrecorded"
    """A row claims to be a fact, and no entry speaks of it: it was put in past the services."""
    SALT_MISSING = "salt_missing"
    """The salt is gone without an erasure, so the row cannot be checked."""


@dataclass(frozen=True, slots=True)
class Finding:
    trouble: Trouble
    seq: int | None = None
    """The seal's number; the first one of a gap."""
    last_seq: int | None = None
    """The last number of a gap."""
    entry_id: UUID | None = None
    row: str = ""
    """The row that the entry points to: "children.enrolment 0195…"."""


@dataclass(slots=True)
class Report:
    """What ``verify`` saw. ``findings`` is empty when the journal is whole."""

    county_id: UUID
    is_demo: bool = False
    """A sample county's chain."""
    sealed: int = 0
    simulated: int = 0
    """Sealed entries that a demo's play wrote."""
    rows_checked: int = 0
    erased: int = 0
    """Entries whose salt was erased as the law asks; their rows cannot be checked. No fault."""
    waiting: int = 0
    """Entries not yet sealed. No fault, but nothing protects them yet."""
    waiting_since: datetime | None = None
    findings: list[Finding] = field(default_factory=list)
    unlisted: int = 0
    """Findings beyond the first thousand."""

    @property
    def is_whole(self) -> bool:
        return not self.findings

    def add(self, finding: Finding) -> None:
        if len(self.findings) < MOST_LISTED:
            self.findings.append(finding)
        else:
            self.unlisted += 1
