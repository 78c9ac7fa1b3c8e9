"""The number of a paper as it is printed: 石政责改〔2026〕3号."""

from __future__ import annotations

import re
from typing import Final

YEARS = range(1949, 10000)
NO_NUMBER = "无文号"
"""What an old paper is given that bears none."""
_NUMBERED: Final = re.compile(
    r"(?P<before>.*)[〔\[(（](?P<year>\d{4})[〕\])）]第?(?P<number>\d{1,6})号"
)


class NoNumber(ValueError):
    """The parts do not make a number."""


def number_text(office_word: str, series_word: str, *, year: int, number: int) -> str:
    """Office and series, the whole year in six-cornered brackets, the running number, 号.

    The running number has neither leading zeros nor 第 (GB/T 9704-2012, 发文字号). The office
    word (机关代字) may be empty where an office has none. Raises ``NoNumber`` without a series,
    for a year that is not written with four digits, and below one.
    """
    if not series_word or year not in YEARS or number < 1:
        raise NoNumber(f"{office_word!r} {series_word!r} {year} {number}")
    return f"{office_word}{series_word}〔{year}〕{number}号"


def number_in(text: str, series_word: str) -> tuple[int, int] | None:
    """Year and running number that an old paper's number takes from a series.

    ``None`` for a number of another series or another form: it takes none. Brackets and 第 as
    offices write them.
    """
    found = _NUMBERED.fullmatch(text.strip())
    if found is None or not found["before"].endswith(series_word) or not int(found["number"]):
        return None
    return int(found["year"]), int(found["number"])
