"""What the pages of an import show: its progress, its rows with reasons, the parked rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import RosterImport, StagedRow
from notoneless.children.models.roster import ImportStatus, Parking, Verdict
from notoneless.flows.roster.schools import school_names, schools_to_place
from notoneless.flows.roster.sentences import field_of, file_sentence, sentence_of
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.places.models import UnitPlace
from notoneless.rules.paths import below
from notoneless.rules.roles import Capability

__all__ = [
    "KINDS",
    "PAGE_ROWS",
    "ErrorSheet",
    "ImportPage",
    "ImportStatus",
    "RowFilter",
    "RowLine",
    "RowPage",
    "error_sheets",
    "history",
    "import_page",
    "imports_seen",
    "row_line",
    "row_page",
]

PAGE_ROWS = 50
MOVING = (ImportStatus.UPLOADED, ImportStatus.READING, ImportStatus.APPLYING)
KINDS = ("all", "new", "changed", "unchanged", "refused", "warned", "parked")
"""What a preview can be narrowed to. ``warned`` rows are accepted ones."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of an import."""

    name: str
    fault: str
    """Why nothing of it could be taken, in words; empty when it could."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """An import as its own page shows it."""

    id: UUID
    status: ImportStatus
    created_at: datetime
    by: str
    unit: str
    school_year: int
    done: int
    total: int
    """0 while nobody knows."""
    counts: Mapping[str, int]
    files: tuple[FileLine, ...]
    pending: int
    """Parked rows that wait for a decision."""
    new_schools: tuple[str, ...] = ()
    """Schools that the import founds or has founded, and that nobody has placed yet."""

    @property
    def is_moving(self) -> bool:
        """Whether something is happening in the background."""
        return self.status in MOVING

    @property
    def accepted(self) -> int:
        return sum(self.counts.get(kind, 0) for kind in ("new", "changed", "unchanged"))

    @property
    def to_write(self) -> int:
        """Rows that applying would write."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)


@dataclass(frozen=True, slots=True)
class Reason:
    """One remark in words."""

    field: str
    sentence: str
    weight: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of the preview."""

    file: str
    sheet_row: int
    name: str
    school: str
    verdict: str
    is_warned: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    rows: tuple[RowLine, ...]
    total: int
    page: int


def imports_seen(actor: Actor, *, on: date) -> QuerySet[RosterImport]:
    """Imports brought by units in the actor's reach, newest first."""
    actor.must(Capability.IMPORT_ROSTERS)
    ranges = Q(pk__in=[])
    for path in actor.reach(Capability.IMPORT_ROSTERS):
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    standing = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gt=on))
    units = UnitPlace.objects.filter(ranges, standing).values("unit")
    seen = RosterImport.objects.filter(county=actor.county_id, unit__in=units)
    return seen.select_related("by", "unit").order_by("-created_at", "-pk")


def history(actor: Actor, *, on: date, most: int = 30) -> list[ImportPage]:
    """The newest imports in the actor's reach."""
    return [_page(row, files=()) for row in imports_seen(actor, on=on)[:most]]


def import_page(actor: Actor, import_id: UUID, *, on: date) -> ImportPage:
    """One import. Raises ``RosterImport.DoesNotExist`` for one that is not the actor's."""
    row = imports_seen(actor, on=on).get(pk=import_id)
    files = tuple(
        FileLine(
            file.name,
            file_sentence(file.fault, file.fault_facts) if file.fault else "",
            tuple(file_sentence(note["code"], note["facts"]) for note in file.notes),
        )
        for file in row.files.order_by("position")
    )
    return _page(row, files=files)


def _page(row: RosterImport, *, files: tuple[FileLine, ...]) -> ImportPage:
    applying = row.status in (ImportStatus.APPLYING, ImportStatus.APPLIED)
    is_moving = row.status in MOVING
    to_write = row.counts.get("new", 0) + row.counts.get("changed", 0)
    parked = StagedRow.objects.filter(roster_import=row, verdict=Verdict.PARKED)
    return ImportPage(
        id=row.pk,
        status=ImportStatus(row.status),
        created_at=row.created_at,
        by=row.by.name if row.by is not None else "",
        unit=row.unit.name,
        school_year=row.school_year,
        done=row.rows_applied if applying else row.rows_read,
        total=to_write if applying else row.rows_total,
        counts=row.counts,
        files=files,
        pending=parked.filter(parking=Parking.PENDING).count() if files else 0,
        new_schools=tuple(schools_to_place(row)) if files and not is_moving else (),
    )


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of an import to show."""

    kind: str = "all"
    """One of ``KINDS``; anything else counts as all."""
    file: int = 0
    """Position of the only file to show; 0 for all."""
    page: int = 1


def row_page(
    actor: Actor, import_id: UUID, wanted: RowFilter, *, on: date, stamp: Stamp
) -> RowPage:
    """A page of an import's rows, noted as one reading. Raises ``RosterImport.DoesNotExist``."""
    row = imports_seen(actor, on=on).get(pk=import_id)
    kind, page = wanted.kind, wanted.page
    rows = _of_kind(StagedRow.objects.filter(roster_import=row), kind)
    if wanted.file:
        rows = rows.filter(file__position=wanted.file)
    total = rows.count()
    found = _window(rows, (page - 1) * PAGE_ROWS)
    note_reading("roster.previewed", listed=_listed(import_id, kind, found), stamp=stamp)
    schools = school_names(actor.county_id)
    return RowPage(tuple(row_line(each, schools) for each in found), total, page)


def _window(rows: QuerySet[StagedRow], start: int) -> list[StagedRow]:
    """A page of rows in the order of files and sheets, each file by its own index.

    Sorting the rows of all files together would read a million of them for each page.
    """
    found: list[StagedRow] = []
    lengths = rows.order_by("file__position").values_list("file").annotate(n=Count("pk"))
    for file_id, length in lengths:
        missing = PAGE_ROWS - len(found)
        if start < length and missing:
            in_file = rows.filter(file=file_id).select_related("file").order_by("sheet_row")
            found += in_file[start : start + missing]
        start = max(start - length, 0)
    return found


def _of_kind(rows: QuerySet[StagedRow], kind: str) -> QuerySet[StagedRow]:
    if kind == "warned":
        stopped = [Verdict.REFUSED, Verdict.PARKED]
        return rows.filter(is_warned=True).exclude(verdict__in=stopped)
    return rows.filter(verdict=kind) if kind in KINDS and kind != "all" else rows


def _listed(import_id: UUID, kind: str, rows: list[StagedRow]) -> Listed:
    keys = ",".join(str(row.pk) for row in rows)
    digest = hashlib.sha256(keys.encode()).hexdigest()
    return Listed(f"import={import_id} kind={kind}", len(rows), digest)


def row_line(row: StagedRow, schools: Mapping[str, str]) -> RowLine:
    """A staged row in words."""
    values: Any = row.values
    return RowLine(
        file=row.file.name,
        sheet_row=row.sheet_row,
        name=str(dict(values).get("name", "")),
        school=schools.get(row.school_code, row.school_code),
        verdict=row.verdict,
        is_warned=row.is_warned,
        reasons=tuple(
            Reason(field_of(finding), sentence_of(finding, schools), finding["weight"])
            for finding in row.findings
            if finding["weight"] != "note"
        ),
    )


@dataclass(frozen=True, slots=True)
class ErrorSheet:
    """The doubtful rows of one file, to be corrected and brought again."""

    name: str
    titles: list[str]
    rows: Iterator[tuple[int, str, str, list[str]]]
    """Sheet row, what became of it, why (with what to do), the cells as they were."""


def error_sheets(actor: Actor, import_id: UUID, *, on: date, stamp: Stamp) -> list[ErrorSheet]:
    """Refused, parked and warned rows by file, noted as one reading.

    Raises ``RosterImport.DoesNotExist``.
    """
    found = imports_seen(actor, on=on).get(pk=import_id)
    doubtful = StagedRow.objects.filter(roster_import=found).filter(
        Q(verdict__in=[Verdict.REFUSED, Verdict.PARKED]) | Q(is_warned=True)
    )
    keys = ",".join(str(pk) for pk in doubtful.order_by("pk").values_list("pk", flat=True))
    digest = hashlib.sha256(keys.encode()).hexdigest()
    listed = Listed(f"import={import_id} doubtful", doubtful.count(), digest)
    note_reading("roster.errors_exported", listed=listed, stamp=stamp)
    schools = school_names(actor.county_id)
    return [
        ErrorSheet(file.name, list(file.titles), _error_rows(doubtful.filter(file=file), schools))
        for file in found.files.order_by("position")
        if doubtful.filter(file=file).exists()
    ]


def _error_rows(
    rows: QuerySet[StagedRow], schools: Mapping[str, str]
) -> Iterator[tuple[int, str, str, list[str]]]:
    for row in rows.select_related("file").order_by("sheet_row").iterator(chunk_size=500):
        line = row_line(row, schools)
        why = "\n".join(f"{reason.field}：{reason.sentence}" for reason in line.reasons)
        raw: Any = row.raw
        yield line.sheet_row, line.verdict, why, list(dict(raw).get("cells", []))
