"""Reading the yearly holiday notice as a clerk pastes it: the official prose or plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.calendar import ONE_DAY, days_from
from notoneless.rules.official import OfficialDay, OfficialKind

LONGEST_HOLIDAY_DAYS = 20
WORDS = {
    "休": OfficialKind.OFF,
    "休息": OfficialKind.OFF,
    "放假": OfficialKind.OFF,
    "off": OfficialKind.OFF,
    "班": OfficialKind.WORK,
    "上班": OfficialKind.WORK,
    "补班": OfficialKind.WORK,
    "work": OfficialKind.WORK,
}
HEADINGS = frozenset({"日期", "date"})

_DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_PLAIN = re.compile(
    rf"^{_DATE}(?:\s*(?:\.\.|~|～|至|到|—|–)\s*{_DATE})?[\s,，;；\t]+(\w+)(?:[\s,，;；\t]+(.*))?$"
)
_PROSE = re.compile(r"^(?:[一二三四五六七八九十]+、)?\s*(?P<name>[^\d：:]{2,12})[：:](?P<rest>.*)$")
_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_SPAN = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:\s*(?:至|到|-|—|～|~)\s*(?:(\d{1,2})月)?(\d{1,2})日)?"
)


class NoticeFault(StrEnum):
    """What is wrong with one line; the sentence is written at the edge."""

    UNREADABLE = "unreadable"
    NO_SUCH_DATE = "no_such_date"
    WRONG_YEAR = "wrong_year"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    TWO_ANSWERS = "two_answers"
    WORKS_ON_WEEKDAY = "works_on_weekday"


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line that could not be taken, with its number (the first is 1)."""

    number: int
    text: str
    fault: NoticeFault


@dataclass(frozen=True, slots=True)
class Notice:
    """What the pasted text says, and the lines that could not be taken."""

    year: int
    days: Mapping[date, OfficialDay] = field(default_factory=dict)
    bad_lines: tuple[BadLine, ...] = ()


class _Fault(Exception):
    def __init__(self, fault: NoticeFault) -> None:
        super().__init__(fault)
        self.fault = fault


def read_notice(text: str, *, year: int) -> Notice:
    """Take the pasted notice for ``year`` apart, line by line.

    Two forms may be mixed: plain lines, as from a small CSV (``2027-02-05 休 春节``,
    ``2027/2/5~2027/2/11,休,春节``), and the notice's own sentences
    (``二、春节：2月15日（周日）至23日放假，共9天。2月14日、2月28日上班。``). Remarks in
    brackets are skipped, empty lines and a heading line left out. A day must lie in ``year`` or
    be one of the last seven of December before it.

    Raises nothing: every line that cannot be taken is named in ``bad_lines``, and the good
    lines are still read.
    """
    days: dict[date, OfficialDay] = {}
    bad: list[BadLine] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip().strip("\ufeff").replace("\u3000", " ")
        if not line or re.split(r"[\s,，;；]", line)[0].lower() in HEADINGS:
            continue
        try:
            found = dict(_read_line(line, year))
            _must_agree(days, found)
        except _Fault as problem:
            bad.append(BadLine(number, line, problem.fault))
        else:
            days.update(found)
    return Notice(year, MappingProxyType(days), tuple(bad))


def _must_agree(days: Mapping[date, OfficialDay], found: Mapping[date, OfficialDay]) -> None:
    if any(day in days and days[day].kind is not named.kind for day, named in found.items()):
        raise _Fault(NoticeFault.TWO_ANSWERS)


def _read_line(line: str, year: int) -> Iterator[tuple[date, OfficialDay]]:
    plain = _PLAIN.match(line)
    if plain is not None:
        yield from _read_plain(plain, year)
        return
    prose = _PROSE.match(line)
    if prose is None:
        raise _Fault(NoticeFault.UNREADABLE)
    yield from _read_prose(prose["name"].strip(), prose["rest"], year)


def _read_plain(match: re.Match[str], year: int) -> Iterator[tuple[date, OfficialDay]]:
    *numbers, word, name = match.groups()
    kind = WORDS.get(word.lower())
    if kind is None:
        raise _Fault(NoticeFault.UNREADABLE)
    first = _date(*map(int, numbers[:3]))
    last = first if numbers[3] is None else _date(*map(int, numbers[3:]))
    yield from _named(first, last, OfficialDay(kind, (name or "").strip(" ,，;；")), year)


def _read_prose(name: str, rest: str, year: int) -> Iterator[tuple[date, OfficialDay]]:
    """Sentences end at 。; one that speaks of 上班 names make-up days, any other days off."""
    found = False
    for sentence in re.split(r"[。；;]", _IN_BRACKETS.sub("", rest)):
        kind = OfficialKind.WORK if "上班" in sentence else OfficialKind.OFF
        for match in _SPAN.finditer(sentence):
            found = True
            yield from _named(*_span(match, year), OfficialDay(kind, name), year)
    if not found:
        raise _Fault(NoticeFault.UNREADABLE)


def _span(match: re.Match[str], year: int) -> tuple[date, date]:
    written_year, month, day, last_month, last_day = match.groups()
    first = _date(int(written_year or year), int(month), int(day))
    if last_day is None:
        return first, first
    into_next_year = last_month is not None and int(last_month) < first.month
    return first, _date(first.year + into_next_year, int(last_month or month), int(last_day))


def _named(
    first: date, last: date, named: OfficialDay, year: int
) -> Iterator[tuple[date, OfficialDay]]:
    if last < first:
        raise _Fault(NoticeFault.BACKWARDS)
    if (last - first).days >= LONGEST_HOLIDAY_DAYS:
        raise _Fault(NoticeFault.TOO_LONG)
    for day in days_from(first, last + ONE_DAY):
        if not date(year - 1, 12, 25) <= day <= date(year, 12, 31):
            raise _Fault(NoticeFault.WRONG_YEAR)
        if named.kind is OfficialKind.WORK and day.weekday() <= 4:
            raise _Fault(NoticeFault.WORKS_ON_WEEKDAY)
        yield day, named


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _Fault(NoticeFault.NO_SUCH_DATE) from None
