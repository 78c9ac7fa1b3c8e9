"""The printed year."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.calendar import DayKind
from notoneless.web.calendar.words import FAULTS, KINDS, SIGNS, UNITS
from notoneless.web.calendar.year_sheet import MARKED, YearSheet, year_sheet
from tests.places.calendar_desk import WEDNESDAY, calendar_at, close, give_calendar, switch

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]


@pytest.fixture(autouse=True)
def _calendar(village) -> None:
    give_calendar(village)


def sheet(village, at="primary") -> YearSheet:
    calendar = calendar_at(village, at)
    return year_sheet(calendar, calendar.year_of(WEDNESDAY))


def cell(sheet, on):
    return next(
        each
        for month in sheet.months
        for week in month.weeks
        for each in week.cells
        if each and each.on == on
    )


def test_twelve_months_from_august_hold_every_day_once(village) -> None:
    months = sheet(village).months
    days = [c.on for m in months for w in m.weeks for c in w.cells if c]

    assert (len(months), months[0].first) == (12, date(2026, 8, 1))
    assert len(days) == len(set(days)) == 365
    assert all(len(week.cells) == 7 for month in months for week in month.weeks)


def test_the_counts_of_the_months_add_up_to_the_year_and_the_terms(village) -> None:
    year = sheet(village)

    assert sum(month.school_days for month in year.months) == year.school_days
    assert sum(line.school_days for line in year.terms) == year.school_days
    assert year.terms[0].school_days == 99
    assert year.terms[0].provisional == 15
    assert [line.weeks for line in year.terms] == [21, 19]
    assert [month.school_days for month in year.months][1:5] == [22, 18, 21, 23]


def test_weeks_bear_the_number_of_the_term_and_none_in_the_vacation(village) -> None:
    august, september = sheet(village).months[:2]

    assert {week.number for week in august.weeks} == {None}
    assert [week.number for week in september.weeks] == [1, 2, 3, 4, 5]


def test_signs_and_hatching_follow_the_kind_of_the_day(village) -> None:
    close(village, "bureau", WEDNESDAY)
    switch(village, "primary", date(2026, 11, 28), has_class=True, reason="补课")
    year = sheet(village)

    assert cell(year, WEDNESDAY).day.kind is DayKind.CLOSED
    assert cell(year, date(2026, 11, 28)).css == "day-added"
    assert cell(year, date(2026, 9, 20)).css == "day-make-up"
    assert cell(year, date(2027, 1, 4)).css == "day-class is-provisional"
    assert cell(year, date(2027, 2, 1)).css == "day-vacation"
    named = [(each.kind, each.reason, each.first, each.last) for each in year.named]
    assert (DayKind.HOLIDAY, "国庆节", date(2026, 10, 1), date(2026, 10, 7)) in named
    assert (DayKind.CLOSED, "大雪", WEDNESDAY, WEDNESDAY) in named


def test_every_code_has_a_word() -> None:
    assert set(SIGNS) == MARKED
    assert set(KINDS) == set(DayKind)
    assert len(UNITS) == 6
    assert len(FAULTS) == 7


def test_everyone_prints_his_own_school_s_year(village, signed_in) -> None:
    page = signed_in("chen").get("/calendar/print/2026/")

    text = page.content.decode()
    assert "石桥乡中心小学 2026—2027 学年校历" in text
    assert text.count('class="year-month"') == 12
    assert "holidays 0." in text
    assert "（暂定）" in text


def test_another_unit_s_year_is_chosen_in_the_address(village, signed_in) -> None:
    client = signed_in("chen")
    other = village.units["other"].pk

    assert "河口镇中心小学" in client.get(f"/calendar/print/2026/?unit={other}").content.decode()


@pytest.mark.parametrize(
    "address",
    ["print/2027/", "print/99999/", "print/2026/?unit=x", "print/2026/?unit=" + "0" * 32],
)
def test_a_year_without_terms_or_an_unknown_unit_is_no_page(village, signed_in, address) -> None:
    assert signed_in("chen").get(f"/calendar/{address}").status_code == 404


def test_the_winter_vacation_and_the_campaigns_stand_below_the_months(village, signed_in) -> None:
    text = signed_in("chen").get("/calendar/print/2026/").content.decode()

    assert "第一学期后放假 1月23日 周六 — 2月28日 周日" in text
    assert "第二学期后放假 7月10日 周六 — 7月31日 周六" in text
