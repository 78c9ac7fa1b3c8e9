"""The report of an import: how many rows, and every refused, warned and parked one in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from notoneless.children.models import RosterImport, StagedRow
from notoneless.children.models.roster import Verdict
from notoneless.flows.roster.schools import school_names, schools_to_place
from notoneless.flows.roster.sentences import field_of, file_sentence, sentence_of

Entry = dict[str, Any]


def report_of(import_id: UUID) -> dict[str, Any]:
    """Rows, accepted, refused, warned and parked of an import that was read.

    ``rows`` = ``accepted`` + refused + parked. A refused or parked row is listed once, with its
    first reason, further ones under ``also``; an accepted row once for each warning. ``row`` is
    the sheet's own row number. ``files`` says which files could not be used at all,
    ``schools_to_place`` which schools were founded and stand in no township yet.
    """
    roster_import = RosterImport.objects.get(pk=import_id)
    schools = school_names(roster_import.county_id)
    report: dict[str, Any] = {
        "rows": 0,
        "accepted": 0,
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": [],
        "warned": [],
        "parked": [],
        "schools_to_place": schools_to_place(roster_import),
        "files": [_file(file) for file in roster_import.files.order_by("position")],
    }
    for row in _rows(roster_import):
        report["rows"] += 1
        if row.verdict in (Verdict.REFUSED, Verdict.PARKED):
            weight = "refuse" if row.verdict == Verdict.REFUSED else "park"
            report[row.verdict].append(_stopped(row, weight, schools))
        else:
            report["accepted"] += 1
            report[row.verdict] += 1
            report["warned"] += _entries(row, "warn", schools)
    return report


def _rows(roster_import: RosterImport) -> Iterator[StagedRow]:
    rows = StagedRow.objects.filter(roster_import=roster_import).select_related("file")
    ordered = rows.order_by("file__position", "sheet_row").defer("values", "raw")
    return ordered.iterator(chunk_size=2_000)


def _stopped(row: StagedRow, weight: str, schools: dict[str, str]) -> Entry:
    first, *others = _entries(row, weight, schools)
    if others:
        first["also"] = [{key: e[key] for key in ("field", "code", "message")} for e in others]
    return first


def _entries(row: StagedRow, weight: str, schools: dict[str, str]) -> list[Entry]:
    return [
        {
            "file": row.file.name,
            "row": row.sheet_row,
            "field": field_of(finding),
            "code": finding["code"],
            "message": sentence_of(finding, schools),
        }
        for finding in row.findings
        if finding["weight"] == weight
    ]


def _file(file: Any) -> Entry:
    entry: Entry = {"file": file.name}
    if file.fault:
        message = file_sentence(file.fault, file.fault_facts)
        entry["refused"] = {"code": file.fault, "message": message}
    entry["notes"] = [file_sentence(note["code"], note["facts"]) for note in file.notes]
    return entry
