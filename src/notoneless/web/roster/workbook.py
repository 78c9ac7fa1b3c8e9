"""The error workbook: every doubtful row as it was, with reason and remedy in front."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from notoneless.flows.roster.viewing import ErrorSheet
from notoneless.web.exports import IN_MEMORY_BYTES, WORKBOOK_OPTIONS
from notoneless.web.roster.words import VERDICTS

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def error_workbook(sheets: Sequence[ErrorSheet]) -> IO[bytes]:
    """One sheet for each file. All cells are texts, so none can run as a formula."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # sent later
    book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    if not sheets:
        book.add_worksheet().write_string(0, 0, _("没有需要更正的行。"))
    for number, sheet in enumerate(sheets, start=1):
        page = book.add_worksheet(_sheet_name(sheet.name, number))
        page.freeze_panes(1, 3)
        page.set_column(2, 2, 60)
        headings = [_("原表行号"), _("结果"), _("原因和处理办法"), *sheet.titles]
        for column, text in enumerate(headings):
            page.write_string(0, column, text, bold)
        for line, (row, verdict, why, cells) in enumerate(sheet.rows, start=1):
            for column, text in enumerate([str(row), str(VERDICTS[verdict]), why, *cells]):
                page.write_string(line, column, text, wrapped if column == 2 else None)
    book.close()
    file.seek(0)
    return file


def _sheet_name(file_name: str, number: int) -> str:
    plain = _NOT_IN_SHEET_NAMES.sub(" ", file_name).strip()
    return f"{number} {plain}"[:31]
