"""A calendar kept in memory never outlives a change."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.attendance.queries.schools import standing_of_school
from tests.places.calendar_desk import (
    SPRING,
    WEDNESDAY,
    YEAR,
    calendar_at,
    close,
    enter_terms,
    give_calendar,
    switch,
)
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]


def remembered(village: Village, at: str = "primary"):
    school = standing_of_school(village.units[at].pk, county_id=village.county_id)
    return school.calendar(TODAY)


def has_class(village: Village, at: str = "primary") -> bool:
    return WEDNESDAY in remembered(village, at).school_days


def test_it_says_what_the_calendar_says(village: Village):
    give_calendar(village)

    assert remembered(village).days(*YEAR) == list(
        calendar_at(village, "primary").school_days(*YEAR)
    )


def test_a_day_switched_off_and_on_again_is_seen_at_once(village: Village):
    give_calendar(village)
    assert has_class(village)
    switch(village, "primary", WEDNESDAY, has_class=False, reason="运动会")
    assert not has_class(village)
    assert has_class(village, "other")


def test_a_closure_of_the_county_is_seen_at_once(village: Village):
    give_calendar(village)
    assert has_class(village)
    close(village, "bureau", WEDNESDAY)

    assert not has_class(village)
    assert not has_class(village, "other")


def test_new_terms_are_seen_at_once(village: Village):
    give_calendar(village)
    assert has_class(village)
    enter_terms(village, "bureau", SPRING, version=1)

    assert not has_class(village)


def test_asked_again_it_costs_one_statement(village: Village, django_assert_num_queries):
    give_calendar(village)
    remembered(village)

    with django_assert_num_queries(1):
        assert has_class(village)


def test_years_that_are_not_loaded_have_no_days_and_say_so(village: Village):
    give_calendar(village)
    found = remembered(village)

    assert not found.knows(date(2030, 9, 2))
    assert found.knows(date(2027, 8, 1)) is False
    assert found.knows(date(2026, 8, 1))
    assert found.days(date(2030, 9, 1), date(2030, 10, 1)) == []
