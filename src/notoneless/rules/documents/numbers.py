"""The number of a paper as it is printed: 石政责改〔2026〕3号."""

from __future__ import annotations

YEARS = range(1949, 10000)


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
