"""Is a county's journal whole? Walks every seal, entry and row, some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from notoneless.journal.models import ChainHead, Entry, Seal
from notoneless.journal.queries.findings import Finding, Report, Trouble
from notoneless.journal.queries.rows import check_rows, finding_about, read_rows
from notoneless.journal.queries.unrecorded import check_unrecorded
from notoneless.rules import chain
from notoneless.rules.chain import Anchor

BATCH = 2_000
LATE = timedelta(minutes=90)
"""An entry may appear this long after the time it bears: a job reads the clock once and lives
an hour at most (``Q_CLUSTER``), and two servers' clocks may disagree."""
MOST_COMPARED = 200
"""Misfits compared with each other, to tell an exchange from a change."""


@dataclass(slots=True)
class _Walk:
    """One step for each seal, in the order of their numbers."""

    report: Report
    late: timedelta
    hash: str
    seq: int = 0
    swept: datetime | None = None
    """Everything recorded well before this had been sealed already."""
    hashes: dict[int, str] = field(default_factory=dict)
    """Filled in for the numbers that it holds at the start; empty where the seal is missing."""
    misfits: list[tuple[Seal, Entry]] = field(default_factory=list)

    def step(self, seal: Seal, entries: Mapping[UUID, Entry | None]) -> None:
        if seal.seq != self.seq + 1:
            self.report.add(Finding(Trouble.SEALS_MISSING, self.seq + 1, seal.seq - 1))
        elif seal.previous != self.hash:
            self.report.add(Finding(Trouble.CHAIN_BROKEN, seal.seq))
        if seal.entry_id not in entries:
            self.report.add(Finding(Trouble.ENTRY_MISSING, seal.seq, entry_id=seal.entry_id))
        else:
            self._compare(seal, entries[seal.entry_id])
        self.seq, self.hash = seal.seq, seal.hash
        self.report.sealed += 1
        if seal.seq in self.hashes:
            self.hashes[seal.seq] = seal.hash

    def is_slipped_in(self, entry: Entry) -> bool:
        return self.swept is not None and entry.recorded_at + self.late < self.swept

    def raise_swept(self, moment: datetime | None) -> None:
        if moment and (self.swept is None or moment > self.swept):
            self.swept = moment

    def name_exchanges(self) -> None:
        """Tell entries that stand in each other's place from entries that were changed."""
        for seal, entry in self.misfits:
            trouble = Trouble.ENTRY_CHANGED
            if any(_was_exchanged(seal, entry, *other) for other in self.misfits):
                trouble = Trouble.ENTRY_MOVED
            self.report.add(finding_about(trouble, entry, seal.seq))

    def _compare(self, seal: Seal, entry: Entry | None) -> None:
        if entry is None:
            self.report.add(
                Finding(Trouble.ENTRY_CHANGED, seal.seq, entry_id=seal.entry_id, row=_name(seal))
            )
        elif _fits(seal, entry):
            self.report.simulated += entry.is_simulated
            self._mind_the_time(seal, entry)
        else:
            self._keep_misfit(seal, entry)

    def _mind_the_time(self, seal: Seal, entry: Entry) -> None:
        self.raise_swept(seal.swept_at)
        if self.is_slipped_in(entry):
            self.report.add(finding_about(Trouble.SLIPPED_IN, entry, seal.seq))
        # A clock that runs ahead must not make everything after it look late.
        self.raise_swept(min(entry.recorded_at, seal.sealed_at))

    def _keep_misfit(self, seal: Seal, entry: Entry) -> None:
        if len(self.misfits) < MOST_COMPARED:
            self.misfits.append((seal, entry))
        else:
            self.report.add(finding_about(Trouble.ENTRY_CHANGED, entry, seal.seq))


def verify(county_id: UUID, *, anchor: Anchor | None = None, late: timedelta = LATE) -> Report:
    """Look for edits, deletions, insertions, re-ordering and a cut tail, in seals and in rows.

    ``anchor`` is a line printed earlier: with it a chain that was cut or written anew, with
    all its sums right, shows too. ``late`` is how long after its own time an entry may turn
    up. Reads in batches, so memory stays small; what is sealed meanwhile does no harm.
    Raises ``ValueError`` when the anchor is another county's.
    """
    if anchor and anchor.county_id != county_id:
        raise ValueError("the anchor belongs to another county")
    report = Report(county_id)
    head = ChainHead.objects.filter(county_id=county_id).first()
    report.is_demo = head is not None and head.is_demo
    walk = _Walk(report, late, chain.genesis(county_id, is_demo=report.is_demo))
    expected = _expected(head, anchor)
    walk.hashes = {seq: walk.hash if seq == 0 else "" for seq, _, _ in expected}
    for seals in _batches_of_seals(county_id):
        entries = read_rows(Entry, [seal.entry_id for seal in seals])
        for seal in seals:
            walk.step(seal, entries)
        check_rows([entry for entry in entries.values() if entry], report)
    walk.name_exchanges()
    _check_end(walk, expected)
    walk.raise_swept(head.swept_at if head else None)
    _check_waiting(walk)
    check_unrecorded(report)
    return report


def _expected(head: ChainHead | None, anchor: Anchor | None) -> list[tuple[int, str, Trouble]]:
    """Hashes that seals must have, by what would be wrong if they had others."""
    expected = []
    if head:
        expected.append((head.seq, head.hash, Trouble.HEAD_DIFFERS))
    if anchor:
        expected.append((anchor.seq, anchor.hash, Trouble.ANCHOR_DIFFERS))
    return expected


def _check_end(walk: _Walk, expected: list[tuple[int, str, Trouble]]) -> None:
    report = walk.report
    for seq, hash, trouble in expected:
        if walk.hashes[seq] not in {"", hash}:
            report.add(Finding(trouble, seq))
    last_expected = max((seq for seq, _, _ in expected), default=0)
    if last_expected > walk.seq:
        report.add(Finding(Trouble.TAIL_CUT, walk.seq + 1, last_expected))
    # Read again: a sealer may have been at work since the walk began.
    head = ChainHead.objects.filter(county_id=report.county_id).first()
    if walk.seq > (head.seq if head else 0):
        report.add(Finding(Trouble.HEAD_DIFFERS, walk.seq))


def _check_waiting(walk: _Walk) -> None:
    report = walk.report
    for entries in _batches_of_waiting(report.county_id):
        check_rows(entries, report)
        for entry in entries:
            report.waiting += 1
            if report.waiting_since is None or entry.recorded_at < report.waiting_since:
                report.waiting_since = entry.recorded_at
            if walk.is_slipped_in(entry):
                report.add(finding_about(Trouble.SLIPPED_IN, entry))


def _batches_of_seals(county_id: UUID) -> Iterator[list[Seal]]:
    seals = Seal.objects.filter(county_id=county_id).order_by("seq")
    batch = list(seals[:BATCH])
    while batch:
        yield batch
        batch = list(seals.filter(seq__gt=batch[-1].seq)[:BATCH])


def _batches_of_waiting(county_id: UUID) -> Iterator[list[Entry]]:
    entries = Entry.objects.filter(county_id=county_id, seal=None).order_by("id")
    batch = list(entries[:BATCH])
    while batch:
        yield batch
        batch = list(entries.filter(id__gt=batch[-1].id)[:BATCH])


def _fits(seal: Seal, entry: Entry, *, seq: int | None = None) -> bool:
    return seal.hash == chain.link(seal.previous, seq or seal.seq, seal.protects(entry))


def _was_exchanged(seal: Seal, entry: Entry, other: Seal, others_entry: Entry) -> bool:
    return _fits(seal, others_entry) or _fits(seal, entry, seq=other.seq)


def _name(seal: Seal) -> str:
    return f"{Entry._meta.label_lower} {seal.entry_id}"
