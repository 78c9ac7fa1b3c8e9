"""The first page of each role: its own work, and nothing that is not its own."""

from __future__ import annotations

import re

import pytest

from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.journal.models import Reading
from notoneless.places.services.units import NewUnit
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.cases.desk import look
from tests.duties.desk import S1_29, sweep, under
from tests.world import TERM_START, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]
MOST = 20


@pytest.fixture
def v(village: Village) -> Village:
    """Lan, who lives in 石桥村, has been away since Monday; her case is open."""
    under(village, S1_29)
    place = village.units["village"].places.get(line="g")
    ChildPlace.objects.create(
        county_id=village.county_id,
        child=village.lan,
        unit=village.units["village"],
        line="g",
        path=place.path,
        relation=Relation.RESIDENCE,
        from_on=TERM_START,
    )
    for day in (MON, TUE, WED, THU):
        call(village, day, "lan")
    sweep(village, THU)
    look(village, THU)
    sweep(village, FRI)
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_a_class_teacher_gets_the_week_and_who_is_away_after_the_tray(v, browse):
    browser = browse("chen", FRI)
    page = text(browser.get("/"))
    own = f"/home/class/{v.units['primary-1'].pk}/"
    card = text(browser.get(own, headers={"HX-Request": "true"}))

    assert f'hx-get="{own}"' in page
    assert page.index('id="part-overdue"') < page.index(f'hx-get="{own}"')
    assert card.count("缺 1") == 4
    assert "吴小兰" in card
    assert "<html" not in card
    assert "<html" in text(browser.get(own))  # without script it is a page
    assert Reading.objects.filter(filter="away class").count() == 2


@pytest.mark.parametrize(("who", "key"), [("chen", "primary-2"), ("qin", "primary-1")])
def test_another_class_is_not_ones_own(v, browse, who, key):
    assert browse(who, FRI).get(f"/home/class/{v.units[key].pk}/").status_code == 404


def test_a_village_officer_sees_the_childs_way_to_its_case(v, browse):
    page = text(browse("long", FRI).get("/"))
    card = page.partition('id="village-away-title"')[2].partition("</section>")[0]

    assert "吴小兰" in card
    assert "/cases/" in card
    assert "我的单位今天" not in page


def test_a_township_sees_reports_and_notices_that_open(v, browse):
    browser = browse("xiang", FRI)
    page = text(browser.get("/"))

    for said, url in (
        ("轮到我的个案", "/cases/?whose=mine"),
        ("等待接收的报告", "/cases/tray/"),
        ("正在走期限的返校通知", "/cases/?stage=notice_served"),
    ):
        assert said in page
        assert f'href="{url}"' in page
        assert browser.get(url).status_code == 200
    assert "等待接收的报告" not in text(browse("qin", FRI).get("/"))


def test_a_supervisor_sees_what_is_late_by_unit_and_no_names(v, browse):
    page = text(browse("shao", FRI).get("/"))
    late = page.partition('id="late-title"')[2].partition("</section>")[0]

    assert "石桥乡 · " in late
    assert "/overview/" in late
    assert "吴小兰" not in late


def test_a_department_is_led_to_what_it_was_asked(v, browse):
    v.found("police", NewUnit(UnitKind.DEPARTMENT, "县公安局"), g="county")
    v.employ("zhou", "周正", Role.DEPARTMENT_LIAISON, "police")
    page = text(browse("zhou", FRI).get("/"))

    assert 'href="/referrals/"' in page
    assert "没有等待答复的事项" in page
    assert "我的单位今天" not in page


def test_a_volunteer_gets_no_picture_of_a_school(v, browse):
    v.employ("yu", "余晓", Role.VOLUNTEER, "primary")
    browser = browse("yu", FRI)
    page = text(browser.get("/"))

    assert "我的单位今天" not in page
    assert "吴小兰" not in page
    assert browser.get("/overview/").status_code == 409
    assert browser.get("/children/").status_code == 409
    assert browser.get(f"/children/{v.children['lan'].pk}/").status_code == 404


def test_rows_of_the_picture_lead_to_their_overview(v, browse):
    browser = browse("lu", FRI)
    page = text(browser.get("/"))
    url = f"/overview/?unit={v.units['shiqiao'].pk}"

    assert f'<a href="{url}">石桥乡</a>' in page
    assert browser.get(url).status_code == 200


@pytest.mark.parametrize("who", ["chen", "qin", "he", "xiang", "long", "lu", "shao", "wei"])
def test_the_first_page_costs_twenty_statements_at_most(
    v, browse, django_assert_max_num_queries, who
):
    browser = browse(who, FRI)
    browser.get("/")
    with django_assert_max_num_queries(MOST):
        browser.get("/")


def test_the_class_card_costs_twenty_statements_at_most(v, browse, django_assert_max_num_queries):
    browser = browse("chen", FRI)
    url = f"/home/class/{v.units['primary-1'].pk}/"
    browser.get(url)
    with django_assert_max_num_queries(MOST):
        browser.get(url)
