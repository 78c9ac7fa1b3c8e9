"""The calendars that the rules' tests speak about: the year 2026-27 with the notices of 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from notoneless.rules.calendar import Period, SchoolCalendar, SchoolYear, days_from
from notoneless.rules.official import OfficialDay, OfficialDays, OfficialKind


def _named(name, *spans, work=()):
    days = {
        day: OfficialDay(OfficialKind.OFF, name)
        for first, last in spans
        for day in days_from(first, date.fromordinal(last.toordinal() + 1))
    }
    return days | {day: OfficialDay(OfficialKind.WORK, name) for day in work}


def off_2026(month, first, last):
    return date(2026, month, first), date(2026, month, last)


NOTICE_2026 = (
    _named("元旦", off_2026(1, 1, 3), work=[date(2026, 1, 4)])
    | _named("春节", off_2026(2, 15, 23), work=[date(2026, 2, 14), date(2026, 2, 28)])
    | _named("清明节", off_2026(4, 4, 6))
    | _named("劳动节", off_2026(5, 1, 5), work=[date(2026, 5, 9)])
    | _named("端午节", off_2026(6, 19, 21))
    | _named("中秋节", off_2026(9, 25, 27))
    | _named("国庆节", off_2026(10, 1, 7), work=[date(2026, 9, 20), date(2026, 10, 10)])
)
STATUTE_2027 = (
    _named("元旦", (date(2027, 1, 1), date(2027, 1, 1)))
    | _named("春节", (date(2027, 2, 5), date(2027, 2, 10)))
    | _named("清明节", (date(2027, 4, 5), date(2027, 4, 5)))
    | _named("劳动节", (date(2027, 5, 1), date(2027, 5, 4)))
    | _named("端午节", (date(2027, 6, 9), date(2027, 6, 9)))
)
OFFICIAL = OfficialDays(days=NOTICE_2026 | STATUTE_2027, noticed_years=frozenset({2026}))

SPRING_2026 = Period("第二学期", date(2026, 3, 2), date(2026, 7, 11))
AUTUMN_2026 = Period("第一学期", date(2026, 9, 1), date(2027, 1, 23))
SPRING_2027 = Period("第二学期", date(2027, 2, 22), date(2027, 7, 10))
YEARS = (
    SchoolYear(2025, terms=(SPRING_2026,)),
    SchoolYear(2026, terms=(AUTUMN_2026, SPRING_2027)),
)


def calendar(**layers) -> SchoolCalendar:
    """The school years 2025-26 and 2026-27 with 2027 provisional, and any further layers."""
    everything: dict[str, Any] = {"years": YEARS, "official": OFFICIAL} | layers
    return SchoolCalendar(**everything)
