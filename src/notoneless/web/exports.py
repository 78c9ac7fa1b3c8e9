"""Lists as files: marked with who, when and what for, and no cell can run as a formula."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notoneless.flows.children.exporting import Export, ExportedChild
from notoneless.web import words
from notoneless.web.children.words import LEFT_BEHIND, SEXES
from notoneless.web.request import Request

MOST_SHEET_ROWS = 100_000
"""Above this a spreadsheet takes minutes to write and to open: a zipped csv instead."""
IN_MEMORY_BYTES = 4 * 1024 * 1024
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def send_children(request: Request, export: Export) -> FileResponse:
    """An export of children as .xlsx, or as a zipped .csv when it is very long."""
    marks = [_mark(request, export), _("内部资料 注意保密")]
    cells = (_cells(request, row) for row in export.rows)
    name = f"{_('学生名单')}-{request.today:%Y%m%d}"
    if export.total > MOST_SHEET_ROWS:
        file = csv_zip(marks, _headings(), cells, name=name)
        return FileResponse(file, as_attachment=True, filename=f"{name}.zip")
    file = workbook(marks, _headings(), cells, sheet=_("学生名单"))
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def send_list(
    request: Request, headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str
) -> FileResponse:
    """A list of units, posts or staff as .xlsx, marked with who, when and how many rows.

    Nothing of a child and no whole phone number goes in here: those ask for a purpose.
    """
    mark = _("导出人：%(name)s　时间：%(at)s　共 %(count)s 条") % {
        "name": request.actor.name,
        "at": f"{timezone.localtime(request.now):%Y-%m-%d %H:%M}",
        "count": len(rows),
    }
    marks = [f"{title}　{mark}", _("内部资料 注意保密")]
    file = workbook(marks, headings, rows, sheet=title)
    name = f"{title}-{request.today:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def send_named(
    request: Request,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    purpose: str,
) -> FileResponse:
    """A list that names children as .xlsx, marked with who, when, what for and how many rows.

    The caller has asked for the purpose and noted the reading.
    """
    mark = _("导出人：%(name)s　时间：%(at)s　用途：%(purpose)s　共 %(count)s 条") % {
        "name": request.actor.name,
        "at": f"{timezone.localtime(request.now):%Y-%m-%d %H:%M}",
        "purpose": purpose,
        "count": len(rows),
    }
    marks = [f"{title}　{mark}", _("内部资料 注意保密")]
    file = workbook(marks, headings, rows, sheet=title)
    name = f"{title}-{request.today:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def workbook(
    marks: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str
) -> IO[bytes]:
    """A workbook of texts: the marks, the headings, the rows; the marks in the footer as well."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # sent later
    book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
    page = book.add_worksheet(sheet[:31])
    page.set_footer("&L" + marks[-1].replace("&", "&&") + "&R&P / &N")
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(len(marks))
    page.freeze_panes(len(marks) + 1, 1)
    page.set_column(0, len(headings) - 1, 16)
    bold = book.add_format({"bold": True})
    lines = [(mark,) for mark in marks]
    for number, line in enumerate([*lines, headings]):
        for column, text in enumerate(line):
            page.write_string(number, column, text, bold)
    for number, row in enumerate(rows, start=len(marks) + 1):
        for column, text in enumerate(row):
            page.write_string(number, column, text)
    book.close()
    file.seek(0)
    return file


def csv_zip(
    marks: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[str]], *, name: str
) -> IO[bytes]:
    """The same as csv inside a zip; a text that a spreadsheet would run gets an apostrophe."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # sent later
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(f"{name}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8-sig", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerows([mark] for mark in marks)
        writer.writerow(headings)
        writer.writerows([_guarded(cell) for cell in row] for row in rows)
    file.seek(0)
    return file


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _mark(request: Request, export: Export) -> str:
    return _("导出人：%(name)s　时间：%(at)s　用途：%(purpose)s　共 %(count)s 人") % {
        "name": request.actor.name,
        "at": f"{timezone.localtime(request.now):%Y-%m-%d %H:%M}",
        "purpose": export.purpose,
        "count": export.total,
    }


def _headings() -> list[str]:
    return [
        _("姓名"),
        _("性别"),
        _("出生日期"),
        _("身份证件号"),
        _("学籍号"),
        _("学校"),
        _("班级"),
        _("就读方式"),
        _("留守情况"),
    ]


def _cells(request: Request, row: ExportedChild) -> list[str]:
    at = row.registration
    name = at.class_name if at else None
    return [
        row.name,
        str(SEXES[row.sex]),
        row.born_on.isoformat() if row.born_on else "",
        row.national_id,
        row.student_number,
        at.school_name if at else "",
        words.class_name(name.stage, name.entered_in, name.number, today=request.today)
        if name
        else pgettext("class", "未分班"),
        _("住校") if row.is_boarding else _("走读"),
        str(LEFT_BEHIND.get(row.left_behind, "")),
    ]
