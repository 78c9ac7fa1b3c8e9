"""The report of an import: how many rows, and every refused, warned and parked one in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from notoneless.children.models import RosterImport, StagedRow
from notoneless.children.models.roster import Verdict
from notoneless.children.services.staging import count_rows
from notoneless.flows.roster.schools import school_names, schools_to_place
from notoneless.flows.roster.sentences import field_of, file_sentence, sentence_of

Entry = dict[str, Any]
ACCEPTED = (Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED)
LISTED = ("refused", "warned", "parked")


def tally_of(import_id: UUID) -> dict[str, Any]:
    """Numbers of rows of an import that was read, and what is to be said of its files.

    ``rows`` = ``accepted`` + ``refused`` + ``parked``; ``warned`` counts the warnings of accepted
    rows. ``files`` says which files could not be used at all, ``schools_to_place`` which schools
    were founded and stand in no township yet.
    """
    roster_import = RosterImport.objects.get(pk=import_id)
    counts = count_rows(import_id)
    accepted = sum(counts[verdict] for verdict in ACCEPTED)
    stopped = counts[Verdict.REFUSED] + counts[Verdict.PARKED]
    return {
        "rows": accepted + stopped,
        "accepted": accepted,
        **{verdict.value: counts[verdict] for verdict in Verdict},
        "warned": sum(len(_warnings(row)) for row in _rows(roster_import, "warned")),
        "schools_to_place": schools_to_place(roster_import),
        "files": [_file(file) for file in roster_import.files.order_by("position")],
    }


def write_report(import_id: UUID, path: Path) -> None:
    """Write the tally as JSON, with lists in place of the numbers of doubtful rows.

    A refused or parked row is listed once, with its first reason, further ones under ``also``; an
    accepted row once for each warning. ``row`` is the sheet's own row number. Row by row: a list
    may be longer than memory.
    """
    roster_import = RosterImport.objects.get(pk=import_id)
    tally = {key: value for key, value in tally_of(import_id).items() if key not in LISTED}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(tally, ensure_ascii=False, indent=1).removesuffix("\n}"))
        for kind in LISTED:
            file.write(f',\n "{kind}": [')
            _write_entries(roster_import, kind, file)
            file.write("]")
        file.write("\n}\n")


def _write_entries(roster_import: RosterImport, kind: str, file: TextIO) -> None:
    schools = school_names(roster_import.county_id)
    between = "\n  "
    for row in _rows(roster_import, kind):
        for entry in _entries_of(row, kind, schools):
            file.write(between + json.dumps(entry, ensure_ascii=False))
            between = ",\n  "


def _rows(roster_import: RosterImport, kind: str) -> Iterator[StagedRow]:
    """Rows of one kind in the order of the sheets, which is that of their keys."""
    rows = StagedRow.objects.filter(roster_import=roster_import)
    if kind == "warned":
        rows = rows.filter(is_warned=True, verdict__in=ACCEPTED)
    else:
        rows = rows.filter(verdict=kind)
    found = rows.select_related("file").defer("values", "raw").order_by("pk")
    return found.iterator(chunk_size=2_000)


def _entries_of(row: StagedRow, kind: str, schools: dict[str, str]) -> list[Entry]:
    if kind == "warned":
        return _entries(row, "warn", schools)
    return [_stopped(row, "refuse" if kind == "refused" else "park", schools)]


def _warnings(row: StagedRow) -> list[Any]:
    return [finding for finding in row.findings if finding["weight"] == "warn"]


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
