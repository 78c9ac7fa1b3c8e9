"""What is left of a number or an address before somebody has asked, with a purpose, to see it.

Only the region part stays. Last digits never do: with a birth date they would give the rest away.
"""

from __future__ import annotations

import re
from typing import Final

STAR: Final = "*"
HIDDEN: Final = STAR * 6
"""Stands for text whose very length would say something."""
REGION_DIGITS: Final = 6

_ID: Final = re.compile(r"\d{17}[\dX]")
_STUDENT_NUMBER: Final = re.compile(r"[GJL]\d{17,18}[\dX]")
_MOBILE: Final = re.compile(r"1\d{10}")
_LANDLINE: Final = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))\d{7,8}")
_TOWNSHIP: Final = re.compile(r".{0,30}?(?:街道|[县市区旗](?=.{0,10}?(?:乡|镇|街道))|[乡镇])")


def mask_id(number: str) -> str:
    """An identity number by its six region digits: ``539901************``.

    Any other document (passport, permit) has no region part and is hidden whole; nothing stays
    nothing.
    """
    if not number:
        return ""
    if _ID.fullmatch(number) is None:
        return HIDDEN
    return number[:REGION_DIGITS] + STAR * (len(number) - REGION_DIGITS)


def mask_student_number(number: str) -> str:
    """A student number (学籍号) by its letter and region: ``G539901************``."""
    if not number:
        return ""
    if _STUDENT_NUMBER.fullmatch(number) is None:
        return HIDDEN
    shown = REGION_DIGITS + 1
    return number[:shown] + STAR * (len(number) - shown)


def mask_phone(number: str) -> str:
    """A mobile by its first three digits (they name the operator), a landline by its area."""
    if not number:
        return ""
    if _MOBILE.fullmatch(number):
        return number[:3] + STAR * 8
    landline = _LANDLINE.fullmatch(number)
    return landline.group(1) + STAR * 7 if landline else HIDDEN


def mask_address(text: str) -> str:
    """An address as far as its township (乡、镇、街道); village, road and door are hidden."""
    if not text:
        return ""
    shown = ""
    while match := _TOWNSHIP.match(text[len(shown) :]):
        shown += match.group()
        if shown.endswith(("乡", "镇", "街道")):
            return shown + HIDDEN
    return shown + HIDDEN
