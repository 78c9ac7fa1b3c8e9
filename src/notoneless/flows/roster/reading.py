"""Reads the files of an import into staging; a run that was killed goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from uuid import UUID

from django.conf import settings

from notoneless.children.models import RosterFile, RosterImport
from notoneless.children.models.roster import ImportStatus
from notoneless.children.roster.faults import UnusableFile
from notoneless.children.roster.sheets import OpenSheet, Row, open_roster
from notoneless.children.services.staging import (
    ReadRow,
    finish_file,
    note_headings,
    set_status,
    stage_rows,
)
from notoneless.flows.roster.schools import KnownSchools, known_schools
from notoneless.rules.identity import SchoolKind, school_kind, tidy_number
from notoneless.rules.roster.cells import read_date, read_month, text_of
from notoneless.rules.roster.check import RosterContext, check_row
from notoneless.rules.roster.classes import Pupil, is_nine_year, school_year_of_rows

ROWS_AT_ONCE = 500
EVIDENCE_ROWS = 2_000
"""Rows of a streamed sheet that tell what kind of school it is."""
LOCAL_LIMIT_BYTES = 4 * 1024**3
"""For files that the administrator names on the command line."""

Clock = Callable[[], datetime]


def read_import(import_id: UUID, *, today: date, clock: Clock) -> None:
    """Read every file of an import that is not read yet, and make the import ready.

    Does nothing for an import that is past reading. A file that cannot be used is noted with its
    fault, and the others go on. Running it twice changes nothing.
    """
    was = [ImportStatus.UPLOADED, ImportStatus.READING]
    if not set_status(import_id, ImportStatus.READING, was=was, now=clock()):
        return
    roster_import = RosterImport.objects.get(pk=import_id)
    schools = known_schools(roster_import.county_id)
    for file in roster_import.files.filter(is_read=False).order_by("position"):
        _read_file(file, schools, today=today, clock=clock)
    set_status(import_id, ImportStatus.READY, was=[ImportStatus.READING], now=clock())


def _read_file(file: RosterFile, schools: KnownSchools, *, today: date, clock: Clock) -> None:
    path = Path(file.location)
    allowed = file.roster_import.allowed_schools
    may_lack = frozenset({"school_code"} if allowed and len(allowed) == 1 else ())
    try:
        limit = settings.ROSTER_UPLOAD_LIMIT_BYTES if file.is_ours else LOCAL_LIMIT_BYTES
        sheet = open_roster(path, limit_bytes=limit, may_lack=may_lack, scratch=settings.DATA_DIR)
        note_headings(
            file, sheet.titles, others=sheet.other_rosters, rows=sheet.row_count, now=clock()
        )
        _stage_sheet(file, sheet, schools, today=today, clock=clock)
    except UnusableFile as problem:
        facts = {key: value for key, value in problem.facts.items() if key != "fault"}
        finish_file(file, fault=problem.fault, **facts)
    except FileNotFoundError:
        finish_file(file, fault="gone")
    else:
        finish_file(file, fault="" if file.last_row else "no_rows")
    if file.is_ours:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # other files of the upload still wait there
            path.parent.rmdir()


def _stage_sheet(
    file: RosterFile, sheet: OpenSheet, schools: KnownSchools, *, today: date, clock: Clock
) -> None:
    rows = sheet.rows
    evidence = list(rows) if sheet.row_count is not None else list(islice(rows, EVIDENCE_ROWS))
    is_whole = sheet.row_count is not None or len(evidence) < EVIDENCE_ROWS
    at = {key: position for position, key in sheet.headings.columns.items()}
    context = _context(file, [cells for _, cells in evidence], at, schools, today, is_whole)
    for chunk in _chunks(_after(file.last_row, chain(evidence, rows))):
        read = [
            ReadRow(number, check_row(_cells(cells, sheet), context), cells)
            for number, cells in chunk
        ]
        stage_rows(file, read, schools=schools.units, now=clock())


def _after(checkpoint: int, rows: Iterator[Row]) -> Iterator[Row]:
    return (row for row in rows if row[0] > checkpoint)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        yield chunk


def _cells(cells: Sequence[object], sheet: OpenSheet) -> dict[str, object]:
    width = len(cells)
    found: dict[str, object] = {
        key: cells[position] if position < width else ""
        for position, key in sheet.headings.columns.items()
    }
    if sheet.headings.extras:
        found["extra"] = {
            heading: cells[position]
            for position, heading in sheet.headings.extras.items()
            if position < width
        }
    return found


def _context(
    file: RosterFile,
    rows: Sequence[Sequence[object]],
    at: Mapping[str, int],
    schools: KnownSchools,
    today: date,
    is_whole: bool,
) -> RosterContext:
    """What the rows tell together: the school year, and which schools hold both stages."""
    pupils: dict[str, list[Pupil]] = {}
    for cells in rows:
        code, pupil = _pupil(cells, at)
        pupils.setdefault(code, []).append(pupil)
    entries = [p.entered for group in pupils.values() for p in group if p.entered is not None]
    nine_year = dict(schools.nine_year)
    for code, group in pupils.items():
        told = is_nine_year(group)
        # A part of a sheet can show that primary grades are there, never that they are not.
        if code not in nine_year and (told or (told is False and is_whole)):
            nine_year[code] = told
    return RosterContext(
        school_year=school_year_of_rows(today, entries),
        today=today,
        own_schools=file.roster_import.allowed_schools,
        nine_year=nine_year,
    )


def _pupil(cells: Sequence[object], at: Mapping[str, int]) -> tuple[str, Pupil]:
    def cell(key: str) -> object:
        position = at.get(key, len(cells))
        return cells[position] if position < len(cells) else None

    code = tidy_number(text_of(cell("school_code")))
    kind = school_kind(code) or SchoolKind.OTHER
    pupil = Pupil("", read_month(cell("entry_month")), read_date(cell("birth_on")), kind)
    return code, pupil
