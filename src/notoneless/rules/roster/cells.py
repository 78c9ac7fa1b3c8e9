"""Cells as schools fill them: text, dates, months and numbers in every form met in the field."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_EXCEL_FIRST_DAY: Final = 10_000  # 1927: smaller numbers are ages and class numbers, not dates
_EXCEL_LAST_DAY: Final = 80_000  # 2119
_BLANKS: Final = frozenset({"", "-", "--", "—", "——", "/", "\\", "#N/A", "NULL", "None", "空"})
_DATE: Final = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?"
)
_PLAIN_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
_PLAIN_MONTH: Final = re.compile(r"(\d{4})(\d{2})")
_NUMBER: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:公里|千米|km|里)?", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2060\ufeff]")
_FORMULA: Final = re.compile(r"=|@|[+-](?![\d(]*\d)|\t|\r|['\"]=")


def text_of(cell: object) -> str:
    """A cell as plain text: trimmed, unseen characters out, whole floats without ``.0``.

    Full-width letters and digits become plain ones; a full-width space counts as a space.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _plain(cell)
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def _plain(cell: str) -> str:
    if not cell.isascii():
        cell = unicodedata.normalize("NFKC", cell)
    text = _UNSEEN.sub("", cell).strip()
    return "" if text in _BLANKS else text


def is_formula(cell: object) -> bool:
    """Whether a text would run as a formula in a spreadsheet (begins with = @ + or -)."""
    return isinstance(cell, str) and _FORMULA.match(cell.strip()) is not None


def read_date(cell: object) -> date | None:
    """A date from a date cell, ``20110101``, ``2011-1-1``, ``2011年1月1日`` or an Excel serial.

    ``None`` when it is none of these or no day of the calendar.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    match = _PLAIN_DATE.fullmatch(text) or _DATE.fullmatch(text)
    if match is not None:
        return _day(match)
    return _excel_day(text)


def read_month(cell: object) -> tuple[int, int] | None:
    """Year and month from ``201409``, ``2014.9``, ``2014-09``, ``2014年9月`` or any date."""
    if isinstance(cell, date):
        return cell.year, cell.month
    text = text_of(cell)
    match = _PLAIN_MONTH.fullmatch(text) or _MONTH.fullmatch(text)
    if match is not None:
        year, month = int(match.group(1)), int(match.group(2))
        return (year, month) if 1 <= month <= 12 and 1900 < year < 2200 else None
    day = read_date(cell)
    return (day.year, day.month) if day is not None else None


def read_number(cell: object) -> float | None:
    """A number that is not negative, with or without 公里 behind it; ``None`` when it is none."""
    match = _NUMBER.fullmatch(text_of(cell))
    return float(match.group(1)) if match is not None else None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (int(part) for part in match.groups()[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _excel_day(text: str) -> date | None:
    number, _, rest = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) == 5):
        return None
    if rest and not rest.isdigit():
        return None
    serial = int(number)
    if not _EXCEL_FIRST_DAY <= serial <= _EXCEL_LAST_DAY:
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=serial)
