"""A unit's calendar: put together from its own rows and those of the units above."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.places.queries.calendar import calendar_for, calendar_holders, holders_of
from notoneless.places.queries.calendar_desk import said_about, terms_sheet
from notoneless.places.services.calendar.days import NewPattern, set_pattern, withdraw
from notoneless.places.services.calendar.terms import follow_above
from notoneless.rules.calendar import DayKind, NoSuchDay, Period, Scope, cycle_of
from tests.places.calendar_desk import (
    AUTUMN,
    SPRING,
    WEDNESDAY,
    YEAR,
    calendar_at,
    close,
    enter_terms,
    give_calendar,
    switch,
)
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]

SATURDAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _calendar(village: Village) -> None:
    give_calendar(village)


@pytest.mark.parametrize("at", ["bureau", "centre", "primary", "primary-1", "shiqiao", "county"])
def test_everyone_follows_the_bureau_until_somebody_below_says_otherwise(village, at) -> None:
    year = calendar_at(village, at)

    assert len(year.school_days(AUTUMN.from_on, AUTUMN.to_on)) == 99
    assert year.is_provisional(date(2027, 1, 4))


def test_a_school_s_own_terms_stand_for_it_and_for_nobody_else(village) -> None:
    late = Period("第一学期", date(2026, 9, 7), date(2027, 1, 30))
    enter_terms(village, "primary", late)

    assert calendar_at(village, "primary-1").term_of(date(2026, 9, 1)) is None
    assert calendar_at(village, "primary-1").term_of(date(2027, 3, 1)) is None
    assert calendar_at(village, "other").term_of(date(2026, 9, 1)) == AUTUMN


def test_a_school_may_go_back_to_the_terms_above(village) -> None:
    enter_terms(village, "primary", Period("第一学期", date(2026, 9, 7), date(2027, 1, 30)))
    unit = village.units["primary"].pk
    follow_above(unit, 2026, version=1, reason="与全县一致", stamp=village.stamp("lu"))

    assert calendar_at(village, "primary").term_of(date(2026, 9, 1)) == AUTUMN
    sheet = terms_sheet(holders_of(unit, on=TODAY), 2026)
    assert sheet.owner is not None
    assert (sheet.version, sheet.owner.name) == (2, "青禾县教育体育局")
    assert sheet.terms == (AUTUMN, SPRING)


def test_the_nearest_word_on_a_day_stands(village) -> None:
    switch(village, "bureau", WEDNESDAY, has_class=False, reason="全县运动会")
    switch(village, "centre", WEDNESDAY, has_class=True, reason="学区照常上课")

    assert calendar_at(village, "primary").day_kind(WEDNESDAY).reason == "学区照常上课"
    assert calendar_at(village, "other").day_kind(WEDNESDAY).reason == "全县运动会"

    switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")
    assert calendar_at(village, "primary").day_kind(WEDNESDAY).reason == "校庆"
    assert calendar_at(village, "junior").day_kind(WEDNESDAY).reason == "学区照常上课"


def test_a_closure_above_shuts_the_school_whatever_it_says(village) -> None:
    switch(village, "primary", WEDNESDAY, has_class=True, reason="照常")
    close(village, "bureau", WEDNESDAY - timedelta(days=1), days=2)

    assert calendar_at(village, "primary-1").day_kind(WEDNESDAY).kind is DayKind.CLOSED
    assert calendar_at(village, "primary-1").is_school_day(WEDNESDAY + timedelta(days=1))


def test_a_school_s_own_cycle_stands_in_place_of_the_county_s(village) -> None:
    def live_by(at, name, cycle):
        new = NewPattern(village.units[at].pk, Period(name, *YEAR), date(2026, 9, 7), cycle)
        return set_pattern(new, stamp=village.stamp("lu"))

    live_by("bureau", "单休", (True,) * 6 + (False,))
    live_by("primary", "上十休四", cycle_of(on=10, off=4))

    assert calendar_at(village, "other").day_kind(SATURDAY).kind is DayKind.PATTERN_CLASS
    assert calendar_at(village, "primary").day_kind(SATURDAY).reason == "上十休四"


def test_a_withdrawn_word_no_longer_counts_but_stays_readable(village) -> None:
    (row,) = switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")
    unit = village.units["primary"].pk
    withdraw("override", row.pk, unit_id=unit, because="改期", stamp=village.stamp("qin"))

    assert calendar_at(village, "primary").is_school_day(WEDNESDAY)
    (said,) = said_about(holders_of(unit, on=TODAY), from_on=YEAR[0], to_on=YEAR[1])
    assert (said.reason, said.withdrawn_because) == ("校庆", "改期")
    assert (said.by, said.withdrawn_by) == ("陆晓禾", "覃志学")


def test_the_calendar_as_it_was_known_can_be_asked_again(village) -> None:
    before = NOW - timedelta(seconds=1)
    switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")

    assert not calendar_at(village, "primary", known_at=NOW).is_school_day(WEDNESDAY)
    with pytest.raises(NoSuchDay):
        calendar_at(village, "primary", known_at=before).is_school_day(WEDNESDAY)
    assert calendar_at(village, "primary", known_at=before).is_working_day_provisional(WEDNESDAY)


def test_what_was_withdrawn_later_still_stood_at_the_time(village) -> None:
    (row,) = switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")
    later = Stamp(village.county_id, by=None, now=NOW + timedelta(hours=1))
    withdraw("override", row.pk, unit_id=village.units["primary"].pk, because="改期", stamp=later)
    between = NOW + timedelta(minutes=30)
    assert not calendar_at(village, "primary", known_at=between).is_school_day(WEDNESDAY)
    assert calendar_at(village, "primary", known_at=later.now).is_school_day(WEDNESDAY)


def test_the_statements_do_not_grow_with_the_rows(village, django_assert_num_queries) -> None:
    with django_assert_num_queries(10):
        calendar_at(village, "primary-1")
    for day in range(10):
        switch(village, "bureau", date(2026, 12, 1 + day), has_class=False, reason=f"第{day}天")
        close(village, "primary", date(2026, 12, 20), days=day + 1)
    enter_terms(village, "primary", year=2026)
    enter_terms(
        village, "bureau", Period("第一学期", date(2025, 9, 1), TODAY - timedelta(200)), year=2025
    )
    with django_assert_num_queries(10):
        calendar_at(village, "primary-1")


def test_an_unknown_unit_has_no_calendar(village) -> None:
    with pytest.raises(Unit.DoesNotExist):
        calendar_for(village.lan.pk, on=TODAY)


def test_a_school_outside_the_education_line_still_has_the_bureau_s_days_and_its_own(village):
    village.units["primary"].places.filter(line="e").delete()
    switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")

    holders = holders_of(village.units["primary"].pk, on=TODAY)
    assert [holder.scope for holder in holders] == [Scope.COUNTY, Scope.SCHOOL]
    assert not calendar_at(village, "primary").is_school_day(WEDNESDAY)


def test_calendars_are_listed_bureau_first_then_centres_then_schools(village) -> None:
    names = [h.name for h in calendar_holders(village.county_id, on=TODAY)]

    assert names[:2] == ["青禾县教育体育局", "石桥乡中心学校"]
    assert set(names[2:]) == {"石桥乡中心小学", "石桥乡初级中学", "河口镇中心小学"}
