"""The school's side: slips for a class, a code on the screen, items decided with one tap."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Leave
from notoneless.attendance.services.leave import NewLeave
from notoneless.children.models import Guardian
from notoneless.families.models import Invitation, Saying
from notoneless.flows.families.page import family_page
from notoneless.flows.families.saying import ask_for_leave, say_not_mine, say_wrong
from notoneless.flows.rolls.leave import decide_leave
from notoneless.journal.models import Reading
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.families import SaidKind
from tests.families.desk import guardian, invited, opened, visiting, with_families
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]


@pytest.fixture
def v(village: Village, signed_in) -> Village:
    return with_families(village)


def text(answer) -> str:
    return str(answer.content.decode())


def class_url(v: Village, key: str = "primary-1") -> str:
    return f"/families/classes/{v.units[key].pk}/"


def invite_url(v: Village, child: str = "lan") -> str:
    whose = v.children[child]
    return f"/families/children/{whose.pk}/{whose.guardians.first().pk}/"


def test_a_whole_class_is_printed_six_to_a_page_with_link_and_code_apart(v: Village, signed_in):
    for number in range(6):
        v.enrol(f"c{number}", f"罗小{number}", "primary-1")
        guardian(v, f"c{number}", f"罗大{number}", f"1390000010{number}")
    client = signed_in("chen")

    html = text(client.post(f"{class_url(v)}slips/"))

    assert html.count('class="slip family-slip"') == 8
    assert html.count('class="slips family-slips"') == 2
    links = re.findall(r"http://testserver/f/([a-z2-9]{10})/", html)
    codes = re.findall(r'class="slip-code">(\d{3} \d{3})<', html)
    assert len(set(links)) == len(codes) == 8
    assert "data:image/svg+xml" in html
    assert Invitation.objects.count() == 8
    assert not set(links) & set(re.findall(r"[a-z2-9]{10}", text(client.get(class_url(v)))))


def test_the_screen_shows_link_and_code_once_and_the_browser_keeps_neither(v: Village, signed_in):
    answer = signed_in("chen").post(invite_url(v))
    html = text(answer)

    assert "no-store" in answer["Cache-Control"]
    assert re.search(r"/f/[a-z2-9]{10}/", html)
    assert re.search(r"<details[^>]*><summary>显示验证码</summary>[^/]*\d{3} \d{3}", html)
    assert "吴建国" in html


def test_addresses_hold_no_personal_data(v: Village, signed_in):
    html = text(signed_in("chen").post(invite_url(v)))
    [address] = set(re.findall(r"http://testserver/f/\S+?/", html))

    assert re.fullmatch(r"http://testserver/f/[a-z2-9]{10}/", address)


@pytest.mark.parametrize("key", ["zhou", "tan", "hao"])
def test_elsewhere_class_and_child_are_not_there(v: Village, signed_in, key: str):
    client = signed_in(key)

    assert client.get(class_url(v)).status_code == 404
    assert client.post(f"{class_url(v)}slips/").status_code == 404
    assert client.post(invite_url(v)).status_code == 404
    assert client.get(f"/families/children/{v.lan.pk}/").status_code == 404
    assert Invitation.objects.count() == 0


def test_a_village_officer_has_no_such_pages(v: Village, signed_in):
    assert signed_in("long").get("/families/").status_code == 409


def test_the_class_list_says_how_each_invitation_stands(v: Village, signed_in):
    v.enrol("xin", "辛小雨", "primary-1")
    opened(invited(v))
    invited(v, "gang")

    html = text(signed_in("chen").get(class_url(v)))

    for said in ("已用", "还没有用", "档案里没有监护人", "共 3 名学生"):
        assert said in html
    assert Reading.objects.filter(kind="children.listed").exists()


def test_a_class_with_many_costs_a_constant_few_statements(
    v: Village, signed_in, django_assert_max_num_queries
):
    for number in range(12):
        v.enrol(f"c{number}", f"罗小{number}", "primary-1")
        guardian(v, f"c{number}", f"罗大{number}", f"139000001{number:02}")
    client = signed_in("chen")
    client.get(class_url(v))

    with django_assert_max_num_queries(22):
        client.get(class_url(v))


# -- items ---------------------------------------------------------------------------------------


def test_the_clerk_finds_an_item_at_home_in_the_list_and_with_the_child(v: Village, signed_in):
    client = signed_in("wei")
    assert "去核对" not in text(client.get("/"))
    say_not_mine(visiting(v), v.lan.pk, today=TODAY, now=NOW)

    home = text(client.get("/"))
    assert "家长说了 1 件事，等学校核对" in home
    for url in ("/families/", f"/families/children/{v.lan.pk}/"):
        assert "“这不是我的孩子”" in text(client.get(url)), url
    assert f"/families/children/{v.lan.pk}/" in text(client.get(f"/children/{v.lan.pk}/"))


@pytest.mark.parametrize(("verdict", "left"), [("accepted", 0), ("kept", 1)])
def test_one_tap_decides(v: Village, signed_in, verdict: str, left: int):
    say_not_mine(visiting(v), v.lan.pk, today=TODAY, now=NOW)
    client, item = signed_in("wei"), Saying.objects.get()

    answer = client.post(f"/families/items/{item.pk}/", {"verdict": verdict})

    assert answer["Location"] == "/families/"
    assert Guardian.objects.filter(child=v.lan, superseded_at=None).count() == left
    again = client.post(f"/families/items/{item.pk}/", {"verdict": verdict})
    assert again.status_code == 409
    assert "FAMILY-02" in text(again)


def test_a_homeroom_teacher_invites_but_reads_and_decides_no_item(v: Village, signed_in):
    say_wrong(visiting(v), v.lan.pk, SaidKind.PHONE, "13811112222", today=TODAY, now=NOW)
    client, item = signed_in("chen"), Saying.objects.get()

    for url in ("/families/", f"/families/children/{v.lan.pk}/", "/"):
        assert "13811112222" not in text(client.get(url)), url
    answer = client.post(f"/families/items/{item.pk}/", {"verdict": "accepted"})
    assert answer.status_code == 409


def test_a_verdict_that_is_none_and_an_item_that_is_none_are_not_there(v: Village, signed_in):
    say_not_mine(visiting(v), v.lan.pk, today=TODAY, now=NOW)
    item = Saying.objects.get()

    assert signed_in("wei").post(f"/families/items/{item.pk}/", {"verdict": "x"}).status_code == 404
    assert (
        signed_in("wei").post(f"/families/items/{v.lan.pk}/", {"verdict": "kept"}).status_code
        == 404
    )


def test_guardians_stand_among_the_readings_without_a_staff_members_name(v: Village, signed_in):
    family_page(visiting(v), today=TODAY, now=NOW)

    html = text(signed_in("chen").get(f"/children/{v.lan.pk}/readings/"))

    assert "监护人打开家长页" in html


def test_the_homeroom_teacher_finds_leave_asked_on_the_page_at_home(v: Village, signed_in):
    visitor = visiting(v)
    slip = NewLeave(
        v.lan.pk, LeaveKind.SICK, TODAY, TODAY + timedelta(days=1), AskedBy.GUARDIAN, id=uuid7()
    )
    ask_for_leave(visitor, slip, today=TODAY, now=NOW)

    for key in ("chen", "qin"):
        assert "请了 1 次假，等您批" in text(signed_in(key).get("/")), key
    for key in ("zhou", "wei", "tan"):
        assert "等您批" not in text(signed_in(key).get("/")), key
    decide_leave(
        v.actor("chen"),
        Leave.objects.get().pk,
        LeaveState.APPROVED,
        note="",
        today=TODAY,
        now=NOW,
    )
    assert "等您批" not in text(signed_in("chen").get("/"))
