"""One child's attendance over the year: days in words, runs, and what is not known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.attendance.services.leave import NewLeave
from notoneless.children.models import ChildPlace
from notoneless.flows.rolls.leave import ask_leave
from notoneless.journal.models import Reading
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.attendance.runs import Stretch, stretches
from notoneless.rules.attendance.sessions import Reason
from tests.attendance.register import FRI, MON, THU, TUE, WED, at, call, open_school
from tests.web.test_rolls_sheet import text
from tests.world import TERM_START, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-072")]
U, P, E, N, X = (
    Mark.UNEXPLAINED,
    Mark.PRESENT,
    Mark.EXCUSED,
    Mark.NO_CLASS,
    Mark.UNKNOWN,
)


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


def year_of(client, school: Village, key: str = "lan"):
    return client.get(f"/children/{school.children[key].pk}/attendance/")


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([U, U, P], [Stretch((MON, TUE))]),
        ([U, X, U], [Stretch((MON, WED), (TUE,))]),
        ([U, P, U], [Stretch((MON,)), Stretch((WED,))]),
        ([U, N, U], [Stretch((MON, WED))]),
        ([U, E, X], [Stretch((MON,))]),
        ([U, X, X], [Stretch((MON,))]),
        ([X, U, X], [Stretch((TUE,))]),
        ([P, X, E], []),
    ],
)
def test_a_stretch_steps_over_what_nobody_called_and_says_so(marks, found):
    days = [MON, TUE, WED]
    assert list(stretches(days, dict(zip(days, marks, strict=True)))) == found


def test_a_day_nobody_called_is_unknown_and_never_present(school, signed_in):
    call(school, THU)
    page = year_of(signed_in("chen"), school)
    counts = page.context["counts"]

    assert counts["present"] == 1
    assert counts["unknown"] == len(page.context["year"].days) - 1
    assert "不算到校" in text(page)


def test_a_child_whose_class_was_never_called_has_no_attendance_at_all(school, signed_in):
    page = year_of(signed_in("chen"), school)

    assert set(page.context["year"].marks.values()) == {Mark.UNKNOWN}
    assert "还没有点过名，到没到校不知道" in text(page)


def test_proved_and_possible_runs_are_told_with_their_days(school, signed_in):
    for day in (MON, TUE, THU):
        call(school, day, "lan")
    page = year_of(signed_in("chen"), school)
    runs = page.context["year"].runs

    assert runs.proved.days == (THU,)
    assert runs.possible.days == (MON, TUE, THU)
    html = text(page)
    assert "11月18日 周三 没有点名" in html
    assert "3 个上课日" in html
    assert "其间 1 天没有点名" in html


@pytest.mark.req("R-069")
def test_why_a_child_was_away_shows_only_to_who_may_know_of_its_health(school, signed_in):
    call(school, WED, reasons={"lan": Reason.SICK})
    call(school, THU, reasons={"lan": Reason.LATE}, minutes={"lan": 12})
    village = school.units["village"]
    path = village.places.get().path
    ChildPlace.objects.create(
        county_id=school.county_id,
        child=school.lan,
        unit=village,
        path=path,
        relation="residence",
        from_on=TERM_START,
    )

    assert "病假" in text(year_of(signed_in("chen"), school))
    seen = year_of(signed_in("long"), school)
    assert seen.status_code == 200
    assert "病假" not in text(seen)
    assert seen.context["counts"]["excused"] == 1


def test_leave_is_listed_with_its_last_day(school, signed_in):
    ask_leave(
        school.actor("chen"),
        NewLeave(
            school.lan.pk, LeaveKind.PERSONAL, FRI, FRI + timedelta(days=3), AskedBy.GUARDIAN, ""
        ),
        today=FRI,
        now=at(FRI, 7),
        approve=True,
    )
    assert "11月20日 周五 – 11月22日 周日" in text(year_of(signed_in("chen"), school))


def test_it_is_a_tab_beside_the_file_and_opening_it_is_noted(school, signed_in):
    client = signed_in("chen")
    there = f"/children/{school.lan.pk}/attendance/"

    assert there in text(client.get(f"/children/{school.lan.pk}/"))
    year_of(client, school)
    assert Reading.objects.filter(child_id=school.lan.pk, fields=["attendance"]).count() == 1


@pytest.mark.parametrize("who", ["tan", "long", "shi"])
def test_a_child_out_of_reach_has_no_year(school, signed_in, who):
    assert year_of(signed_in(who), school).status_code == 404


def test_other_years_have_their_own_page(school, signed_in):
    client, there = signed_in("chen"), f"/children/{school.lan.pk}/attendance/"

    assert "这一学年还没有上课日" in text(client.get(there, {"year": "2025"}))
    assert client.get(there, {"year": "2099"}).context["school_year"] == 2026
    assert client.get(there, {"year": "x"}).status_code == 200


def test_a_year_of_absences_costs_what_one_does(school, signed_in, django_assert_max_num_queries):
    for n in range(40):
        day = TERM_START + timedelta(days=n * 2)
        if day < FRI:
            call(school, day, "lan", is_confirmed=True)
    client = signed_in("chen")
    year_of(client, school)

    with django_assert_max_num_queries(24):
        year_of(client, school)
