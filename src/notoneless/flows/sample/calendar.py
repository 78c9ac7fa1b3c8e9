"""The sample county's calendar: official days, terms, a closure and a boarding school's cycle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from notoneless.flows.official_days import load_official_days
from notoneless.journal.services import Stamp
from notoneless.places.services.calendar.days import NewPattern, close_for, set_pattern
from notoneless.places.services.calendar.terms import NewTerms, set_terms
from notoneless.rules.calendar import Period, cycle_of

YEARS = range(2024, 2028)
AUTUMN, SPRING = "第一学期", "第二学期"
TERMS = {
    2025: (
        Period(AUTUMN, date(2025, 9, 1), date(2026, 1, 24)),
        Period(SPRING, date(2026, 3, 2), date(2026, 7, 11)),
    ),
    2026: (
        Period(AUTUMN, date(2026, 9, 1), date(2027, 1, 23)),
        Period(SPRING, date(2027, 3, 1), date(2027, 7, 10)),
    ),
}
CAMPAIGNS = {
    2026: (
        Period("秋季控辍保学宣传月", date(2026, 9, 1), date(2026, 10, 1)),
        Period("春季控辍保学宣传月", date(2027, 3, 1), date(2027, 4, 1)),
    )
}


def add_sample_calendar(units: Mapping[str, UUID], *, stamp: Stamp) -> None:
    """Enter the calendar of 青禾县; ``units`` holds its units by name."""
    load_official_days(YEARS, stamp=stamp)
    for year, terms in TERMS.items():
        new = NewTerms(units["青禾县教育体育局"], year, terms, CAMPAIGNS.get(year, ()))
        set_terms(new, version=0, stamp=stamp)
    set_pattern(
        NewPattern(
            units["松林乡初级中学"],
            Period("上十休四（月假制）", date(2026, 9, 1), date(2027, 7, 10)),
            anchored_on=date(2026, 9, 1),
            cycle=cycle_of(on=10, off=4),
        ),
        stamp=stamp,
    )
    snow = Period("冻雨封路停课", date(2026, 11, 12), date(2026, 11, 14))
    close_for(units["松林乡岩脚教学点"], snow, stamp=stamp)
