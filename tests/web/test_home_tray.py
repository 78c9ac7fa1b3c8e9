"""The first page as an in-tray: red first, straight to where it is done; units by name."""

from __future__ import annotations

import re

import pytest

from notoneless.journal.models import Reading
from notoneless.places.services.people import end_post
from notoneless.rules.roles import Role
from tests.attendance.register import MON, SAT, THU, TUE, WED, call
from tests.duties.desk import S1_29, S2_5, adopt_pack, sweep, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-307")]
NINE = (("daily_attendance_report_by", "09:00", "", None),)


@pytest.fixture
def v(village: Village) -> Village:
    """Lan was away on Monday and Tuesday: inquiry and visit are due on Tuesday."""
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def part(page: str, name: str) -> str:
    """The card of one part; empty where the page has none."""
    _, _, rest = page.partition(f'id="part-{name}"')
    return rest.partition("</section>")[0]


def test_what_is_overdue_comes_first_under_the_child_with_the_rule_and_its_button(v, browse):
    page = text(browse("chen", WED).get("/"))

    overdue = part(page, "overdue")
    assert page.index('id="part-overdue"') < page.index('id="part-today"')
    assert overdue.count("吴小兰</a>") == 1  # both duties stand under the child
    for said in ("上门家访", "查明缺勤原因", "逾期 1 天", "依据：无故缺席须查明原因", "S1-29"):
        assert said in overdue
    assert f"/children/{v.lan.pk}/duties/" in overdue


def test_on_the_due_day_it_is_todays(v, browse):
    page = text(browse("chen", TUE).get("/"))

    assert part(page, "overdue") == ""
    assert "上门家访" in part(page, "today")
    assert "逾期" not in part(page, "today")


def test_a_duty_leads_straight_to_where_it_is_done(v, browse):
    page = text(browse("chen", WED).get("/"))

    assert f"/contacts/new/?child={v.lan.pk}&amp;kind=visit&amp;duty=" in page
    assert f"/contacts/new/?child={v.lan.pk}&amp;kind=call&amp;duty=" in page


def test_whoever_may_not_press_it_gets_no_button(v, browse):
    page = text(browse("shao", WED).get("/duties/?whose=units"))

    assert "上门家访" in page
    assert "duty-way" not in page


def test_the_same_call_asked_for_two_days_is_one_line(village, browse):
    under(village, S1_29, own=(("parent_contact_deadline", "same_day", "", None),))
    call(village, MON, "lan")
    call(village, TUE, "lan")
    page = text(browse("chen", WED).get("/"))

    overdue = part(page, "overdue")
    assert overdue.count(">联系家长</a>") == 1
    assert "11月16日 周一、11月17日 周二" in overdue


@pytest.mark.req("R-068")
def test_a_teacher_sees_whether_the_class_was_called_today(village, browse):
    under(village, S2_5, own=NINE)
    before = text(browse("chen", THU).get("/"))
    late = text(browse("chen", THU, minutes=61).get("/"))
    call(village, THU, "lan")
    after = text(browse("chen", THU, minutes=61).get("/"))

    assert "未点，09:00 前" in before
    assert "已过时间，未点名" in late
    assert "08:00 已点 · 缺 1 人" in after
    assert f"/roll/{village.units['primary-1'].pk}/2026-11-19/" in before


def test_on_a_day_without_school_there_is_nothing_to_call(village, browse):
    under(village, S2_5, own=NINE)

    assert "今天的点名" not in text(browse("chen", SAT).get("/"))


@pytest.mark.req("R-068")
def test_a_principal_sees_the_classes_in_their_order_with_numbers_that_open(v, browse):
    adopt_pack(
        v, S2_5, own=NINE, without=("coverage_chain_template", "special_inspections_per_year")
    )
    page = text(browse("qin", WED, minutes=90).get("/"))

    assert "我的单位今天" in page
    assert page.index("三年级1班") < page.index("三年级2班")
    row = page.split("三年级1班</a></th>")[1].split("</tr>")[0]
    assert re.findall(r">(\d+)</a>", row) == ["1", "1", "2"]  # not called, away, overdue
    assert f"unit={v.units['primary-1'].pk}" in row
    assert "whose=units" in row


def test_the_township_sees_schools_and_the_county_its_townships_by_name(v, browse):
    town = text(browse("xiang", WED).get("/")).split("我的单位今天")[1]
    county = text(browse("lu", WED).get("/")).split("我的单位今天")[1]

    schools = re.findall(r'<th scope="row"><a[^>]*>(石桥乡[^<]+)</a></th>', town)
    assert schools == ["石桥乡初级中学", "石桥乡中心小学"]  # by pinyin
    towns = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a></th>', county)
    assert towns[:2] == ["河口镇", "石桥乡"]


def test_a_class_teacher_sees_no_picture_and_an_administrator_no_children(v, browse):
    assert "我的单位今天" not in text(browse("chen", WED).get("/"))
    page = text(browse("shi", WED).get("/"))
    assert "吴小兰" not in page
    assert 'class="duty' not in page


def test_what_rose_names_who_ought_to_do_it(v, browse):
    sweep(v, WED)
    page = part(text(browse("qin", WED).get("/")), "overdue")

    assert "班主任 陈小满" in page
    assert "已上报 石桥乡中心小学" in page
    assert "班主任 陈小满" not in part(text(browse("chen", WED).get("/")), "overdue")


def test_the_duties_of_a_vacant_post_lie_with_the_principal_and_say_so(v, browse):
    post = v.people["chen"].posts.get()
    end_post(post.pk, on=WED, version=post.version, stamp=v.stamp("qin"))

    page = part(text(browse("qin", WED).get("/")), "overdue")
    assert "班主任（空缺，由上一级代办）" in page


def test_a_look_at_the_tray_is_one_reading(v, browse):
    browse("chen", WED).get("/")

    assert [r.row_count for r in Reading.objects.filter(filter="duties mine")] == [1]


@pytest.mark.parametrize("who", ["chen", "qin", "he", "xiang", "lu", "mo"])
def test_the_first_page_costs_ten_statements_beside_sign_in_and_session(
    v, browse, django_assert_max_num_queries, who
):
    sweep(v, WED)
    browser = browse(who, WED)
    browser.get("/")
    with django_assert_max_num_queries(10 + 10):
        browser.get("/")


def test_more_children_cost_no_more_statements(v, browse, django_assert_max_num_queries):
    for n in range(12):
        v.enrol(f"kid-{n}", f"石{n}", "primary-1")
    names = [f"kid-{n}" for n in range(12)]
    call(v, WED, *names)
    call(v, THU, *names)
    browser = browse("chen", THU)
    browser.get("/")
    with django_assert_max_num_queries(10 + 10):
        page = text(browser.get("/"))
    assert "还有" not in part(page, "today")
    assert part(page, "today").count('class="duty"') == 24


def test_a_very_full_tray_leads_to_the_list(v, browse):
    for n in range(20):
        v.enrol(f"kid-{n}", f"石{n}", "primary-1")
    names = [f"kid-{n}" for n in range(20)]
    call(v, WED, *names)
    call(v, THU, *names)

    page = part(text(browse("chen", THU).get("/")), "today")
    assert page.count('class="duty"') == 30
    assert "还有 10 件" in page
    assert "40 件" in page


def test_a_teacher_who_waits_for_approval_sees_nobody(v, browse):
    v.employ("song", "宋雨", Role.HOMEROOM_TEACHER, "primary-2", approved=False)

    page = text(browse("song", WED).get("/"))
    assert "等待负责人批准" in page
    assert 'class="duty' not in page
