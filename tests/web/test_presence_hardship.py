"""Hardship alerts to the school, and the way to school with the bed that was offered."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from notoneless.attendance.models import HardshipAlert, HardshipMeasure, Travel
from notoneless.journal.models import Entry, Reading
from tests.attendance.register import open_school
from tests.world import Village


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def text(answer):
    return answer.content.decode()


def page(school: Village, name: str = "lan") -> str:
    return f"/children/{school.children[name].pk}/travel/"


def difficulty(**more):
    given = {"id": str(uuid7()), "on": "2026-11-19", "difficulty": "父亲住院，没有人送"}
    return {**given, **more}


def measure(**more):
    return {**{"id": str(uuid7()), "on": "2026-11-20", "measure": "已安排住校"}, **more}


def travel(**more):
    given = {
        "id": str(uuid7()),
        "way": "1",
        "minutes": "90",
        "km": "5.5",
        "boarding": "declined",
        "from_on": "2026-11-20",
    }
    return {**given, **more}


# -- hardship ----------------------------------------------------------------------------------


@pytest.mark.req("R-074")
def test_a_class_teachers_alert_reaches_the_principal_who_notes_the_measure(school, signed_in):
    answer = signed_in("chen").post(f"{page(school)}hardship/", difficulty())
    assert answer.status_code == 302

    html = text(signed_in("qin").get("/presence/hardship/"))
    assert "吴小兰" in html
    assert "父亲住院，没有人送" in html
    assert "1 条还没有措施" in html
    alert = HardshipAlert.objects.get()
    signed_in("qin").post(f"{page(school)}hardship/{alert.pk}/", measure())
    html = text(signed_in("qin").get("/presence/hardship/"))
    assert "已安排住校" in html
    assert "还没有措施" not in html
    kinds = set(Entry.objects.filter(kind__startswith="hardship").values_list("kind", flat=True))
    assert kinds == {"hardship.noted", "hardship.measure"}


@pytest.mark.req("R-074")
def test_what_a_family_suffers_lies_sealed(school, signed_in):
    signed_in("chen").post(f"{page(school)}hardship/", difficulty())
    with connection.cursor() as cursor:
        cursor.execute("select difficulty from attendance_hardshipalert")
        assert "住院".encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.req("R-074")
def test_outside_those_who_act_nobody_reads_it(school, signed_in):
    signed_in("chen").post(f"{page(school)}hardship/", difficulty())

    for who in ("lu", "xiang", "shao", "he"):
        assert "住院" not in text(signed_in(who).get(page(school)))
        assert signed_in(who).get("/presence/hardship/").status_code == 409
    assert "住院" not in text(signed_in("tan").get("/presence/hardship/"))
    assert signed_in("tan").get(page(school)).status_code == 404
    assert "住院" in text(signed_in("wei").get(page(school)))


@pytest.mark.req("R-074")
def test_the_wrong_place_and_role_write_nothing(school, signed_in):
    assert signed_in("tan").post(f"{page(school)}hardship/", difficulty()).status_code == 404
    assert signed_in("long").post(f"{page(school)}hardship/", difficulty()).status_code == 404
    assert signed_in("wei").post(f"{page(school)}hardship/", difficulty()).status_code == 409
    assert not HardshipAlert.objects.exists()
    signed_in("chen").post(f"{page(school)}hardship/", difficulty())
    alert = HardshipAlert.objects.get()
    there = f"{page(school)}hardship/{alert.pk}/"
    assert signed_in("tan").post(there, measure()).status_code == 404
    assert signed_in("wei").post(there, measure()).status_code == 409
    unknown = f"{page(school)}hardship/{UUID(int=7)}/"
    assert signed_in("chen").post(unknown, measure()).status_code == 404
    assert not HardshipMeasure.objects.exists()


@pytest.mark.req("R-074")
def test_an_alert_is_of_the_child_in_the_address(school, signed_in):
    """A measure for one child cannot be written through the page of another."""
    signed_in("qin").post(f"{page(school, 'yan')}hardship/", difficulty())
    alert = HardshipAlert.objects.get()
    there = f"{page(school)}hardship/{alert.pk}/"

    for who in ("chen", "qin"):
        assert signed_in(who).post(there, measure()).status_code == 404
    assert not HardshipMeasure.objects.exists()


@pytest.mark.req("R-074")
@pytest.mark.parametrize(
    ("more", "status"),
    [({"difficulty": ""}, 422), ({"on": "x"}, 422), ({"on": "2026-11-21"}, 409)],
)
def test_an_alert_that_cannot_be_comes_back(school, signed_in, more, status):
    answer = signed_in("chen").post(f"{page(school)}hardship/", difficulty(**more))

    assert answer.status_code == status
    assert not HardshipAlert.objects.exists()


@pytest.mark.req("R-074")
@pytest.mark.parametrize(("on", "status"), [("2026-11-18", 409), ("2026-11-19", 302)])
def test_a_measure_is_not_older_than_its_alert(school, signed_in, on, status):
    client = signed_in("chen")
    client.post(f"{page(school)}hardship/", difficulty())
    there = f"{page(school)}hardship/{HardshipAlert.objects.get().pk}/"

    assert client.post(there, measure(on=on)).status_code == status


@pytest.mark.req("R-074")
def test_pressing_twice_tells_once(school, signed_in):
    client, said = signed_in("chen"), difficulty()
    client.post(f"{page(school)}hardship/", said)
    client.post(f"{page(school)}hardship/", said)
    there = f"{page(school)}hardship/{HardshipAlert.objects.get().pk}/"
    done = measure()
    client.post(there, done)
    client.post(there, done)

    assert HardshipAlert.objects.count() == 1
    assert HardshipMeasure.objects.count() == 1


# -- travel ------------------------------------------------------------------------------------


@pytest.mark.req("R-075")
def test_the_way_to_school_and_the_bed_offered_are_noted(school, signed_in):
    client = signed_in("chen")
    assert client.post(f"{page(school)}note/", travel()).status_code == 302

    html = text(client.get(page(school)))
    for said in ("步行", "90 分钟", "5.5 公里", "没有接受"):
        assert said in html
    assert Travel.objects.get().metres == 5500
    assert Reading.objects.filter(kind="child.opened").count() == 1


@pytest.mark.req("R-075")
def test_a_change_keeps_what_was_before(school, signed_in):
    client = signed_in("wei")
    client.post(f"{page(school)}note/", travel(from_on="2026-09-01"))
    first = Travel.objects.get()
    later = travel(based_on=str(first.pk), boarding="accepted", km="")
    assert client.post(f"{page(school)}note/", later).status_code == 302

    assert Travel.objects.filter(superseded_at=None).get().boarding == "accepted"
    assert "以前的登记" in text(client.get(page(school)))
    kinds = Entry.objects.filter(kind__startswith="travel").values_list("kind", flat=True)
    assert sorted(kinds) == ["travel.noted", "travel.noted", "travel.superseded"]


@pytest.mark.req("R-075")
def test_two_forms_from_the_same_page_do_not_overwrite_each_other(school, signed_in):
    said = travel()
    signed_in("chen").post(f"{page(school)}note/", said)
    assert signed_in("chen").post(f"{page(school)}note/", said).status_code == 302

    answer = signed_in("wei").post(f"{page(school)}note/", travel(minutes="30"))
    assert answer.status_code == 409
    assert "STALE-01" in text(answer)
    assert Travel.objects.get().minutes == 90


@pytest.mark.req("R-075")
@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"way": "7"}, 422),
        ({"minutes": "-1"}, 422),
        ({"km": "fünf"}, 422),
        ({"minutes": "600"}, 302),
        ({"minutes": "601"}, 409),
        ({"km": "300"}, 302),
        ({"km": "300.1"}, 409),
        ({"from_on": "2026-11-21"}, 409),
    ],
)
def test_figures_that_cannot_be_come_back(school, signed_in, more, status):
    answer = signed_in("chen").post(f"{page(school)}note/", travel(**more))

    assert answer.status_code == status
    assert Travel.objects.exists() is (status == 302)


@pytest.mark.req("R-075")
def test_a_new_way_does_not_begin_before_the_old(school, signed_in):
    client = signed_in("chen")
    client.post(f"{page(school)}note/", travel())
    first = Travel.objects.get()
    answer = client.post(
        f"{page(school)}note/", travel(based_on=str(first.pk), from_on="2026-11-19")
    )

    assert answer.status_code == 409
    assert "TRAVEL-02" in text(answer)


@pytest.mark.req("R-075")
def test_the_way_is_written_in_the_own_school_only(school, signed_in):
    assert signed_in("tan").post(f"{page(school)}note/", travel()).status_code == 404
    assert signed_in("shao").post(f"{page(school)}note/", travel()).status_code == 409
    assert signed_in("he").post(f"{page(school)}note/", travel()).status_code == 409
    assert not Travel.objects.exists()


def test_the_tab_stands_beside_the_file_and_costs_a_fixed_number_of_statements(
    school, signed_in, django_assert_max_num_queries
):
    client = signed_in("chen")
    for _ in range(8):
        client.post(f"{page(school)}hardship/", difficulty())
    assert "上学路程与困难" in text(client.get(f"/children/{school.lan.pk}/"))
    with django_assert_max_num_queries(36):
        client.get(page(school))
