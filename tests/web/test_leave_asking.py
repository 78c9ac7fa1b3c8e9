"""Writing down leave: the child, the slip, days to come and days gone by."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.utils.html import escape
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Leave
from notoneless.attendance.queries.sheet import sheet_of
from notoneless.rules.attendance.sessions import Reason
from tests.attendance.register import FRI, NEXT_MON, THU, WED, call, open_school, run_of
from tests.world import Village

pytestmark = pytest.mark.req("R-069", "T03")


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def slip(**more):
    given = {
        "id": str(uuid7()),
        "asked_by": "guardian",
        "kind": "sick",
        "from_on": "2026-11-20",
        "last_on": "2026-11-20",
        "reason": "发烧",
        "approve": "1",
    }
    return {**given, **more}


def text(answer):
    return answer.content.decode()


def new(school: Village, name: str = "lan") -> str:
    return f"/leave/new/?child={school.children[name].pk}"


def test_the_roll_sheets_link_opens_the_slip_with_the_child_chosen(school, signed_in):
    html = text(signed_in("chen").get(new(school)))

    assert "吴小兰" in html
    assert "三年级1班" in html
    assert 'value="2026-11-20"' in html


def test_without_a_child_the_own_class_is_offered_at_once(school, signed_in):
    html = text(signed_in("chen").get("/leave/new/"))
    assert "吴小兰" in html
    assert "杨大刚" in html

    html = text(signed_in("qin").get("/leave/new/"))
    assert "吴小兰" not in html
    assert "三年级2班" in html
    there = {"class": school.units["primary-2"].pk}
    assert "䶮雨晴" in text(signed_in("qin").get("/leave/new/", there))


@pytest.mark.parametrize("who", ["chen", "qin"])
def test_a_slip_of_many_days_is_inclusive_and_marks_the_roll_beforehand(school, signed_in, who):
    said = slip(from_on="2026-11-20", last_on="2026-11-23")
    answer = signed_in(who).post(new(school), said)

    leave = Leave.objects.get()
    assert answer["Location"] == f"/leave/{leave.pk}/"
    assert (leave.from_on, leave.to_on, leave.state) == (FRI, date(2026, 11, 24), "approved")
    sheet = sheet_of(
        school.actor("chen", today=NEXT_MON),
        school.units["primary-1"].pk,
        day=NEXT_MON,
        today=NEXT_MON,
    )
    assert {line.name: line.mark for line in sheet.lines}["吴小兰"] is Reason.SICK
    assert "预先标为" in text(signed_in(who).get(f"/leave/{leave.pk}/"))


def test_leave_can_wait_for_somebody_else_to_decide(school, signed_in):
    said = slip()
    del said["approve"]
    signed_in("chen").post(new(school), said)

    assert Leave.objects.get().state == "asked"


def test_absence_that_nobody_explained_fills_the_days_in_and_is_explained(school, signed_in):
    for day in (WED, THU):
        call(school, day, "lan")
    client = signed_in("chen")
    html = text(client.get(new(school)))
    assert "还没有说明原因" in html
    assert 'value="2026-11-18"' in html
    assert 'value="2026-11-19"' in html

    client.post(new(school), slip(from_on="2026-11-18", last_on="2026-11-19"))
    assert run_of(school, "lan") is None


def test_pressing_twice_writes_one_leave(school, signed_in):
    client, said = signed_in("chen"), slip()
    first = client.post(new(school), said)
    second = client.post(new(school), said)

    assert first["Location"] == second["Location"]
    assert Leave.objects.count() == 1


def test_a_form_left_open_and_filled_in_anew_is_not_taken_for_the_first(school, signed_in):
    client, said = signed_in("chen"), slip()
    client.post(new(school), said)
    answer = client.post(new(school), {**said, "last_on": "2026-11-21"})

    assert answer.status_code == 409
    assert "LEAVE-05" in text(answer)
    assert Leave.objects.count() == 1


def test_the_same_days_twice_are_refused_and_what_was_typed_stays(school, signed_in):
    client = signed_in("chen")
    client.post(new(school), slip())
    answer = client.post(new(school), slip(reason="还是发烧"))

    assert answer.status_code == 409
    assert "LEAVE-02" in text(answer)
    assert "还是发烧" in text(answer)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"last_on": "2026-11-19"}, 422),
        ({"kind": "married"}, 422),
        ({"from_on": "20.11.2026"}, 422),
        ({"id": "x"}, 422),
        ({"asked_by": ""}, 422),
        ({"last_on": "2027-11-21"}, 409),
    ],
)
def test_a_slip_that_cannot_be_comes_back(school, signed_in, more, status):
    answer = signed_in("chen").post(new(school), slip(**more))

    assert answer.status_code == status
    assert not Leave.objects.exists()


def test_leave_of_a_year_and_not_a_day_more(school, signed_in):
    answer = signed_in("chen").post(new(school), slip(last_on="2027-11-20"))

    assert answer.status_code == 302
    leave = Leave.objects.get()
    assert (leave.to_on - leave.from_on).days == 366


def test_others_children_are_not_there_and_others_jobs_are_refused(school, signed_in):
    assert signed_in("tan").get(new(school)).status_code == 404
    assert signed_in("tan").post(new(school), slip()).status_code == 404
    assert signed_in("chen").get(new(school, "yan")).status_code == 404
    for who in ("wei", "long", "shao"):
        assert signed_in(who).post(new(school), slip()).status_code == 409
    there = {"class": school.units["primary-1"].pk}
    assert signed_in("tan").get("/leave/new/", there).status_code == 404
    assert signed_in("chen").get("/leave/new/?child=x").status_code == 404
    assert not Leave.objects.exists()


def test_the_reason_is_sealed_and_shown_as_it_was_written(school, signed_in):
    client = signed_in("chen")
    client.post(new(school), slip(reason="<b>发烧</b>"))

    assert escape("<b>发烧</b>") in text(client.get(f"/leave/{Leave.objects.get().pk}/"))
    with connection.cursor() as cursor:
        cursor.execute("select reason from attendance_leave")
        assert "发烧".encode() not in bytes(cursor.fetchone()[0])
