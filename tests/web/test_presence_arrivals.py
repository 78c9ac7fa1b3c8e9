"""Term start: expected, arrived, not yet, unknown, day by day (T08)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from notoneless.attendance.queries.term_start import StartCounts, term_start
from notoneless.journal.models import Reading
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.policy.measures import Operator
from tests.attendance.register import at, call, open_school
from tests.attendance.test_queries import adopt_rules, said
from tests.world import TERM_START, Village

pytestmark = [pytest.mark.req("R-068", "T08"), pytest.mark.django_db]
TUE1, WED2, THU3, FRI4 = (TERM_START + timedelta(days=n) for n in range(4))
MON7 = date(2026, 9, 7)


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def text(answer):
    return answer.content.decode()


def start(school: Village, day: date, *, who: str = "qin", unit: str | None = "primary"):
    unit_id = school.units[unit].pk if unit else None
    return term_start(school.actor(who, today=day), today=day, school_id=unit_id)


def counts(school: Village, day: date, key: str = "primary-1") -> tuple[int, int, int, int]:
    found = start(school, day)
    row = next(row for row in found.classes if row.at.id == school.units[key].pk)
    c = row.counts[found.day]
    return c.expected, c.arrived, c.not_yet, c.unknown


def test_a_class_never_called_is_unknown_and_never_present(school: Village):
    assert counts(school, TUE1) == (2, 0, 0, 2)


def test_who_was_there_once_has_arrived_whatever_comes_after(school: Village):
    call(school, TUE1, "lan")
    assert counts(school, TUE1) == (2, 1, 1, 0)
    call(school, WED2, "gang")
    assert counts(school, WED2) == (2, 2, 0, 0)
    call(school, THU3, "gang", "lan")
    assert counts(school, THU3) == (2, 2, 0, 0)


def test_late_is_arrived_and_ill_is_not(school: Village):
    call(school, TUE1, reasons={"lan": Reason.LATE, "gang": Reason.SICK})

    assert counts(school, TUE1) == (2, 1, 1, 0)


def test_half_a_day_seen_is_seen_and_boarders_evening_says_nothing(school: Village):
    adopt_rules(school, roll_sessions=said(("morning", "afternoon", "evening")))
    call(school, TUE1, "lan", session="morning")
    assert counts(school, TUE1) == (2, 1, 1, 0)
    call(school, TUE1, session="evening")
    assert counts(school, TUE1) == (2, 1, 1, 0)
    call(school, TUE1, session="afternoon")
    assert counts(school, TUE1) == (2, 2, 0, 0)


def test_who_joins_in_midweek_is_unknown_until_the_next_roll(school: Village):
    from notoneless.children.models import Child
    from notoneless.children.models.places import SpellBegun
    from notoneless.children.services.spells import NewSpell, begin_spells

    call(school, TUE1)
    late = Child.objects.create(county_id=school.county_id, name="后来", pinyin="hou lai")
    spell = NewSpell(
        late.pk, school.units["primary"].pk, school.units["primary-1"].pk, SpellBegun.ENROLLED
    )
    begin_spells([spell], from_on=THU3, stamp=school.stamp())
    school.children["late"] = late

    assert counts(school, WED2) == (2, 2, 0, 0)
    assert counts(school, THU3) == (3, 2, 0, 1)
    call(school, THU3, "late")
    assert counts(school, THU3) == (3, 2, 1, 0)
    call(school, FRI4, "lan")
    assert counts(school, FRI4) == (3, 3, 0, 0)


def test_the_week_ends_on_its_sunday_and_goes_on_as_long_as_the_plan_says(school: Village):
    assert start(school, MON7).days == (TUE1, WED2, THU3, FRI4)
    adopt_rules(school, enrolment_week_index=said(2, "week_of_term", Operator.EXACTLY))
    assert start(school, MON7).days == (TUE1, WED2, THU3, FRI4, MON7)


def test_splitting_the_county_never_changes_its_total(school: Village):
    call(school, TUE1, "lan")
    found = start(school, TUE1, who="lu", unit=None)

    by_school = {name: c for _, name, c in found.by_school()}
    assert by_school["石桥乡中心小学"] == StartCounts(3, 1, 1, 1)
    assert by_school["河口镇中心小学"] == StartCounts(1, 0, 0, 1)
    assert sum(by_school.values(), StartCounts()) == found.totals()[TUE1]


def test_outside_terms_there_is_no_week(school: Village):
    found = term_start(school.actor("qin"), today=date(2027, 2, 10), school_id=None)

    assert found.week is None
    assert found.by_school() == []


def test_the_page_of_a_school_shows_each_day_and_opens_to_names(school, signed_in):
    call(school, TUE1, "lan")
    call(school, WED2, "lan")
    client = signed_in("qin")
    html = text(client.get("/presence/arrivals/"))

    assert "9月1日 周二" in html
    assert "9月4日 周五" in html
    assert "没点名" in html
    names = f"/presence/arrivals/{school.units['primary-1'].pk}/"
    assert names in html
    answer = client.get(names, {"day": "2026-09-02"})
    assert [(row.name, row.arrival.value) for row in answer.context["rows"]] == [
        ("吴小兰", "not_yet"),
        ("杨大刚", "arrived"),
    ]
    assert Reading.objects.get().row_count == 2


def test_a_class_elsewhere_has_no_names(school, signed_in):
    there = f"/presence/arrivals/{school.units['primary-1'].pk}/"

    assert signed_in("tan").get(there).status_code == 404
    assert signed_in("long").get(there).status_code == 404
    assert signed_in("shi").get(there).status_code == 409
    assert signed_in("qin").get("/presence/arrivals/?day=morgen").status_code == 404


def test_the_county_reads_schools_and_takes_the_counts_away(school, signed_in):
    call(school, TUE1, "lan")
    client = signed_in("lu")

    html = text(client.get("/presence/arrivals/"))
    assert "石桥乡中心小学" in html
    assert "吴小兰" not in html
    answer = client.get("/presence/arrivals/export/?day=2026-09-01")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert ("石桥乡中心小学", "3", "1", "1", "1") in rows
    assert not Reading.objects.exists()


def test_the_counts_cost_the_same_for_few_and_for_many(
    school, signed_in, django_assert_max_num_queries
):
    for n in range(50):
        school.enrol(f"c{n}", f"张第{n}", "primary-1")
    call(school, TUE1, *(f"c{n}" for n in range(30)))
    client = signed_in("lu")
    client.get("/presence/arrivals/")
    with django_assert_max_num_queries(18):
        client.get("/presence/arrivals/")
    client = signed_in("qin")
    with django_assert_max_num_queries(17):
        assert client.get("/presence/arrivals/").context["total"].not_yet == 30


def test_on_the_first_morning_the_page_stands_at_that_day(school, village):
    with time_machine.travel(at(TUE1, 9), tick=False):
        assert start(school, TUE1).days == (TUE1,)
