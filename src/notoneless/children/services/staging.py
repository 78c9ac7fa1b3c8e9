"""Writes imports, their files and checked rows, chunk by chunk, so that a killed run goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Greatest

from notoneless.children.models import RosterFile, RosterImport, StagedRow
from notoneless.children.models.roster import ImportStatus, Parking, Verdict
from notoneless.children.queries.identities import (
    KnownChild,
    digest_of,
    identity_of,
    known_children,
)
from notoneless.journal.inserting import Insertion, insert
from notoneless.journal.services import Stamp, record
from notoneless.journal.services.turns import in_turns
from notoneless.rules.roster.findings import CheckedRow, Finding, Weight

WRITING = (ImportStatus.APPLYING, ImportStatus.APPLIED)
ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file somebody brought."""

    name: str
    location: str
    """Path of its bytes on this machine."""
    sha256: str
    is_ours: bool = True
    """Whether the bytes are a copy that is deleted once they have been read."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A sheet's row after checking."""

    sheet_row: int
    checked: CheckedRow
    cells: Sequence[object]


@transaction.atomic
def open_import(
    files: Sequence[BroughtFile],
    *,
    school_year: int,
    unit_id: UUID,
    allowed_schools: Sequence[str] | None,
    stamp: Stamp,
) -> RosterImport:
    """Note that rosters were brought; nothing is read yet."""
    row = RosterImport.objects.create(
        county_id=stamp.county_id,
        unit_id=unit_id,
        by_id=stamp.by,
        school_year=school_year,
        allowed_schools=list(allowed_schools) if allowed_schools is not None else None,
        created_at=stamp.now,
        heartbeat_at=stamp.now,
    )
    RosterFile.objects.bulk_create(
        RosterFile(
            roster_import=row,
            position=position,
            name=file.name[:200],
            location=file.location,
            is_ours=file.is_ours,
            sha256=file.sha256,
        )
        for position, file in enumerate(files, start=1)
    )
    record(
        "roster.brought",
        row,
        subject=("roster_import", row.pk),
        happened_on=stamp.now.date(),
        stamp=stamp,
    )
    return row


def stage_rows(
    file: RosterFile, rows: Sequence[ReadRow], *, schools: Mapping[str, UUID], now: datetime
) -> None:
    """Judge a chunk of one file and keep it in one short transaction; ten statements or so.

    ``schools`` maps the codes of known schools to units. Rows up to the file's checkpoint must not
    come again. A second row of a child in the same file, or of the same school, is refused; a row
    of another school is parked and the earlier one stays.
    """
    staged = _judged(file, rows, schools)
    plain = Insertion(row for row in staged if row.rival is None)
    with transaction.atomic():
        plain.write()
        _stage_rivals(file, [row for row in staged if row.rival is not None])
        file.last_row = rows[-1].sheet_row
        file.save(update_fields=["last_row"])
        RosterImport.objects.filter(pk=file.roster_import_id).update(
            rows_read=F("rows_read") + len(rows), heartbeat_at=now
        )


def _judged(
    file: RosterFile, rows: Sequence[ReadRow], schools: Mapping[str, UUID]
) -> list[StagedRow]:
    """The rows with their verdicts, not saved."""
    roster_import = file.roster_import
    staged = [_staged(file, row) for row in rows]
    sound = {s.identity: s.values for s in staged if s.verdict != Verdict.REFUSED}
    known = known_children(sound, county_id=roster_import.county_id, schools=schools)
    standing = {
        row.identity: row
        for row in StagedRow.objects.filter(roster_import=roster_import, identity__in=sound)
        .exclude(verdict__in=[Verdict.REFUSED, Verdict.PARKED])
        .select_related("file")
        .defer("values", "raw")
    }
    for row in staged:
        if row.verdict != Verdict.REFUSED:
            _judge(row, standing, known.get(row.identity), schools)
    for row in staged:
        _keep_little(row)
    return staged


def _stage_rivals(file: RosterFile, rows: Sequence[StagedRow]) -> None:
    """Keep parked rows; the earlier row that each one names may have been kept just now."""
    fresh = {row.rival.sheet_row for row in rows if row.rival is not None and not row.rival.pk}
    keys = dict(
        StagedRow.objects.filter(file=file, sheet_row__in=fresh).values_list("sheet_row", "pk")
    )
    for row in rows:
        if row.rival is not None and not row.rival.pk:
            row.rival_id = keys[row.rival.sheet_row]
    insert(rows)


def _staged(file: RosterFile, row: ReadRow) -> StagedRow:
    checked = row.checked
    refused = checked.is_refused
    return StagedRow(
        county_id=file.roster_import.county_id,
        roster_import=file.roster_import,
        file=file,
        sheet_row=row.sheet_row,
        verdict=Verdict.REFUSED if refused else Verdict.NEW,
        is_warned=any(finding.weight is Weight.WARN for finding in checked.findings),
        school_code=str(checked.values.get("school_code", ""))[:10],
        identity="" if refused else identity_of(checked.values),
        digest="" if refused else digest_of(checked.values),
        findings=[_plain(finding) for finding in checked.findings],
        values=dict(checked.values),
        raw={"cells": [_text(cell) for cell in row.cells]},
    )


def _judge(
    row: StagedRow,
    standing: dict[str, StagedRow],
    known: KnownChild | None,
    schools: Mapping[str, UUID],
) -> None:
    earlier = standing.get(row.identity)
    if earlier is not None and earlier.school_code == row.school_code:
        _refuse_second(row, earlier)
        return
    school = schools.get(row.school_code)
    row.child_id = known.child_id if known is not None else None
    if earlier is not None:
        park(row, listed_at=earlier.school_code, sheet=earlier)
    elif known is not None and known.school_id not in (None, school):
        code = next((c for c, unit in schools.items() if unit == known.school_id), "")
        park(row, listed_at=code)
    else:
        row.verdict = verdict_of(row.digest, known)
        standing[row.identity] = row


def verdict_of(digest: str, known: KnownChild | None) -> Verdict:
    """New, changed or unchanged; a child known but registered nowhere counts as changed."""
    if known is None:
        return Verdict.NEW
    same = known.digest == digest and known.school_id is not None
    return Verdict.UNCHANGED if same else Verdict.CHANGED


def _refuse_second(row: StagedRow, earlier: StagedRow) -> None:
    facts = {"row": str(earlier.sheet_row), "file": earlier.file.name}
    finding = Finding("duplicate_in_file", "id_number", Weight.REFUSE, facts)
    row.findings = [_plain(finding), *row.findings]
    row.verdict, row.identity, row.digest = Verdict.REFUSED, "", ""


def park(row: StagedRow, *, listed_at: str, sheet: StagedRow | None = None) -> None:
    """Park a row because another school lists the child; where, and in which sheet row if any."""
    facts = {"school": listed_at}
    if sheet is not None:
        facts |= {"row": str(sheet.sheet_row), "file": sheet.file.name}
    finding = Finding("listed_by_two_schools", "id_number", Weight.PARK, facts)
    row.findings = [_plain(finding), *row.findings]
    row.verdict, row.rival = Verdict.PARKED, sheet


def _keep_little(row: StagedRow) -> None:
    """Keep only what is needed later: an accepted row its values, a doubtful one its cells."""
    if row.verdict == Verdict.UNCHANGED:
        row.values = {}
    if row.verdict not in (Verdict.REFUSED, Verdict.PARKED) and not row.is_warned:
        row.raw = {}


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "field": finding.field,
        "weight": finding.weight.value,
        "facts": dict(finding.facts),
    }


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)[:500]


@transaction.atomic
def note_headings(
    file: RosterFile,
    titles: Sequence[str],
    *,
    others: Sequence[str],
    rows: int | None,
    now: datetime,
) -> None:
    """Note what a file's heading row says, and which further sheets are not read.

    ``rows`` (``None`` while unknown) counts towards the import's progress, once.
    """
    is_first = not file.titles
    file.titles = [title[:60] for title in titles]
    if others:
        facts = {"sheets": "、".join(others)[:200]}
        file.notes = [{"code": "other_sheets_not_read", "facts": facts}]
    file.save(update_fields=["titles", "notes"])
    if is_first and rows:
        RosterImport.objects.filter(pk=file.roster_import_id).update(
            rows_total=F("rows_total") + rows, heartbeat_at=now
        )


def finish_file(file: RosterFile, *, fault: str = "", **facts: object) -> None:
    """Note that a file was read to its end, or why nothing of it can be taken.

    A file that broke in its middle leaves nothing behind: half a list is worse than none.
    """
    if fault and file.last_row:
        dropped = _drop(StagedRow.objects.filter(file=file))
        RosterImport.objects.filter(pk=file.roster_import_id).update(
            rows_read=Greatest(F("rows_read") - dropped, 0)
        )
    file.is_read = True
    file.fault = fault
    file.fault_facts = {key: str(value) for key, value in facts.items()}
    file.location = ""
    file.save(update_fields=["is_read", "fault", "fault_facts", "location"])


def count_rows(import_id: UUID) -> dict[str, int]:
    """Rows of an import by verdict, and those accepted with a warning."""
    rows = StagedRow.objects.filter(roster_import=import_id)
    counts = dict.fromkeys((verdict.value for verdict in Verdict), 0)
    counts.update(rows.values_list("verdict").annotate(n=Count("pk")).order_by())
    accepted = rows.exclude(verdict__in=[Verdict.REFUSED, Verdict.PARKED])
    counts["warned"] = accepted.filter(is_warned=True).count()
    return counts


def set_status(
    import_id: UUID, status: ImportStatus, *, was: Sequence[ImportStatus], now: datetime
) -> bool:
    """Move an import on if it stands at one of ``was``; whether it did. Two runs cannot both."""
    changes: dict[str, object] = {"status": status, "heartbeat_at": now}
    if status in (ImportStatus.READY, ImportStatus.APPLIED):
        # Before anything is locked: a million rows take some seconds.
        changes["counts"] = count_rows(import_id)
    return bool(RosterImport.objects.filter(pk=import_id, status__in=was).update(**changes))


def forget_contents(*, before: datetime, at_most: int = 5_000) -> int:
    """Empty what rows of imports finished before ``before`` say; answers how many were emptied.

    Counts, reasons and fingerprints stay. Rows that still wait for a decision keep everything.
    Call again until fewer than ``at_most`` come back: each call is one short transaction.
    """
    finished = [ImportStatus.APPLIED, ImportStatus.CANCELLED, ImportStatus.FAILED]
    rows = (
        StagedRow.objects.filter(
            roster_import__status__in=finished, roster_import__heartbeat_at__lt=before
        )
        .exclude(values={}, raw={})
        .exclude(parking=Parking.PENDING)
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:at_most])
    return StagedRow.objects.filter(pk__in=keys).update(values={}, raw={})


def stalled_imports(*, before: datetime) -> list[tuple[UUID, ImportStatus]]:
    """Imports that should be moving and have not moved since ``before``, oldest first."""
    moving = [ImportStatus.UPLOADED, ImportStatus.READING, ImportStatus.APPLYING]
    rows = RosterImport.objects.filter(status__in=moving, heartbeat_at__lt=before)
    found = rows.order_by("created_at").values_list("pk", "status")
    return [(pk, ImportStatus(status)) for pk, status in found]


def discard_import(import_id: UUID, *, now: datetime) -> None:
    """Throw staged rows away: the import was cancelled, or only tried. Applied ones stay."""
    was = [status for status in ImportStatus if status not in WRITING]
    if set_status(import_id, ImportStatus.CANCELLED, was=was, now=now):
        _drop(StagedRow.objects.filter(roster_import=import_id))


def _drop(rows: QuerySet[StagedRow]) -> int:
    """Delete rows in short transactions; answers how many. Rows that name a rival go first."""
    dropped = 0
    for some in (rows.filter(rival__isnull=False), rows):
        while keys := list(some.order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE]):
            for part in in_turns(keys, at_most=ROWS_AT_ONCE):
                StagedRow.objects.filter(pk__in=part).delete()
                dropped += len(part)
    return dropped
