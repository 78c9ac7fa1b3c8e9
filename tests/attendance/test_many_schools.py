"""What a county's schools share is read once, however many there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.attendance.queries.schools import school_standings, standing_of_school
from notoneless.places.queries import remembered
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.policy.queries import inforce
from notoneless.rules.paths import Line
from notoneless.rules.units import UnitKind
from tests.places.calendar_desk import WEDNESDAY, close, give_calendar, switch
from tests.world import FOUNDED, TODAY, Village

pytestmark = pytest.mark.django_db


def add_schools(village: Village, count: int) -> None:
    for number in range(count):
        found_unit(
            NewUnit(UnitKind.SCHOOL, f"第{number}小学", stage="primary"),
            parents={
                Line.EDUCATION: village.units["centre"].pk,
                Line.GOVERNMENT: village.units["shiqiao"].pk,
            },
            on=FOUNDED,
            stamp=village.stamp(),
        )


def forget() -> None:
    remembered._REMEMBERED.clear()
    inforce._REMEMBERED.clear()


def cold_statements(village: Village) -> int:
    """Statements of a process that was never asked about this county."""
    forget()
    with CaptureQueriesContext(connection) as queries:
        for school in school_standings(village.county_id, on=TODAY):
            school.roll_rules(TODAY)
            school.calendar(TODAY)
    return len(queries)


@pytest.mark.req("R-068")
def test_the_calendars_and_plans_of_many_schools_cost_the_same_few_statements(village: Village):
    give_calendar(village)
    add_schools(village, 4)
    few = cold_statements(village)
    add_schools(village, 20)

    assert cold_statements(village) == few
    assert few <= 20


@pytest.mark.req("R-305")
def test_a_school_s_own_days_stay_its_own_among_many(village: Village):
    give_calendar(village)
    add_schools(village, 4)
    switch(village, "primary", WEDNESDAY, has_class=False, reason="运动会")
    forget()
    together = {s.school_id: s for s in school_standings(village.county_id, on=TODAY)}
    days = {at: school.calendar(TODAY).school_days for at, school in together.items()}
    forget()
    alone = {
        at: standing_of_school(at, county_id=village.county_id).calendar(TODAY).school_days
        for at in together
    }

    assert days == alone
    assert [at for at, found in days.items() if WEDNESDAY not in found] == [
        village.units["primary"].pk
    ]


@pytest.mark.req("R-305")
def test_a_closure_is_seen_at_once_by_all_of_them(village: Village):
    give_calendar(village)
    add_schools(village, 4)
    school_standings(village.county_id, on=TODAY)
    close(village, "bureau", WEDNESDAY)

    for school in school_standings(village.county_id, on=TODAY):
        assert WEDNESDAY not in school.calendar(TODAY).school_days
