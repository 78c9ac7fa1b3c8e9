"""Lists of duties: mine and my units', by when, narrowed, by pages, and as a file."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from notoneless.duties.models import Duty
from notoneless.journal.models import Reading
from notoneless.places.services.people import Appointment, appoint
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Role, Tenure
from tests.attendance.register import MON, THU, TUE, WED, call
from tests.duties.desk import S1_29, sweep, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-307")]


@pytest.fixture
def v(village: Village) -> Village:
    """Lan was away on Monday and Tuesday: inquiry and visit are due on Tuesday."""
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_what_is_overdue_is_said_with_child_class_bearer_rule_and_by_how_much(v, browse):
    page = text(browse("chen", WED).get("/duties/"))

    for said in ("上门家访", "查明缺勤原因", "吴小兰", "三年级1班", "逾期 1 天", "班主任 陈小满"):
        assert said in page
    assert "依据：无故缺席须查明原因" in page
    assert "S1-29" in page
    assert 'class="tabs-count">2' in page


def test_on_the_due_day_itself_nothing_is_overdue(v, browse):
    browser = browse("chen", TUE)

    assert "这里没有要办的事" in text(browser.get("/duties/"))
    today = text(browser.get("/duties/?when=today"))
    assert "今天" in today
    assert "上门家访" in today


def test_a_teacher_has_no_list_of_units_and_cannot_ask_for_one(v, browse):
    page = text(browse("chen", WED).get("/duties/?whose=units&when=overdue"))

    assert "我单位的" not in page
    assert "上门家访" in page


@pytest.mark.parametrize("name", ["qin", "he", "xiang", "lu"])
def test_heads_see_their_units_with_who_bears_each(v, browse, name):
    page = text(browse(name, WED).get("/duties/?whose=units&when=overdue"))

    assert "班主任 陈小满" in page
    assert "自 11月18日 周三 起逾期" not in page  # nobody has swept yet


@pytest.mark.parametrize("name", ["tan", "wei", "long"])
def test_those_of_other_places_find_nothing(v, browse, name):
    page = text(browse(name, WED).get("/duties/?whose=units&when=overdue"))

    assert ("上门家访" in page.split("<main")[1].split("filters")[0]) is False
    if name != "wei":
        assert "吴小兰" not in page


def test_a_list_is_narrowed_by_rule_and_by_unit(v, browse):
    browser = browse("he", WED)

    def rows(query):
        return text(browser.get(f"/duties/?whose=units&when=overdue&{query}")).count('class="duty ')

    assert rows("") == 2
    assert rows("rule=absence.visit") == 1
    assert rows(f"unit={v.units['primary'].pk}") == 2
    assert rows(f"unit={v.units['junior'].pk}") == 0
    assert rows(f"unit={v.units['other'].pk}") == 0
    assert rows("unit=nonsense&rule=nonsense") == 2


def test_done_ones_are_listed_with_the_day(v, browse):
    call(v, WED)
    page = text(browse("qin", THU).get("/duties/?whose=units&when=done"))

    assert "11月18日 周三 已办" in page
    assert page.count('class="duty"') == 2


@pytest.mark.req("R-071")
def test_what_was_late_stays_findable_when_it_is_done(v, browse):
    sweep(v, WED)
    call(v, WED)
    browser = browse("qin", THU)

    def rows(query):
        return text(browser.get(f"/duties/?whose=units&when=late{query}")).count('class="duty')

    assert rows("") == rows("&since=2026-11-17&until=2026-11-17") > 0
    assert rows("&since=2026-11-18") == 0


def test_long_lists_have_pages(v, browse):
    for n in range(60):
        v.enrol(f"kid-{n}", f"石{n}", "primary-1")
    names = [f"kid-{n}" for n in range(60)]
    call(v, WED, *names)
    call(v, THU, *names)
    browser = browse("chen", THU)

    first, third = (text(browser.get(f"/duties/?when=today&page={n}")) for n in (1, 3))
    assert first.count('class="duty"') == 50
    assert third.count('class="duty"') == 20
    assert "共 120 条" in first


def test_a_page_costs_the_same_however_long_the_list(v, browse, django_assert_max_num_queries):
    browser = browse("he", WED)
    browser.get("/duties/?whose=units")
    with django_assert_max_num_queries(19):
        browser.get("/duties/?whose=units")


def test_a_look_at_names_is_noted_once(v, browse):
    browse("chen", WED).get("/duties/")

    reading = Reading.objects.get(kind="children.listed")
    assert (reading.filter, reading.row_count) == ("duties mine overdue", 1)


# -- the file ------------------------------------------------------------------------------------


def test_the_file_says_who_when_and_what_for(v, browse):
    browser = browse("chen", WED)
    assert browser.post("/duties/export/?when=overdue", {"purpose": ""}).status_code == 422
    sent = browser.post("/duties/export/?when=overdue", {"purpose": "交教导处"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(sent.streaming_content))).active
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]

    assert "用途：交教导处" in cells[0][0]
    assert "共 2 条" in cells[0][0]
    assert cells[2][:4] == ["事项", "姓名", "学校", "班级"]
    assert {tuple(row[1:4]) for row in cells[3:]} == {("吴小兰", "石桥乡中心小学", "三年级1班")}
    noted = Reading.objects.get(kind="duties.exported")
    assert (noted.purpose, noted.row_count) == ("交教导处", 1)


def test_who_may_not_export_is_refused(v, browse):
    v.employ("dai", "戴清", Role.LEADERSHIP_MEMBER, "primary")
    browser = browse("dai", WED)

    assert "duties/export" not in text(browser.get("/duties/?whose=units"))
    assert browser.get("/duties/export/").status_code == 409


# -- hand-over -----------------------------------------------------------------------------------


@pytest.mark.req("R-006")
def test_a_stand_in_finds_the_duties_and_then_the_new_holder(v, browse):
    v.employ("bao", "包远", Role.SUBJECT_TEACHER, "primary")
    post = v.people["chen"].posts.get()
    appoint(
        Appointment(
            Role.HOMEROOM_TEACHER,
            v.units["primary-1"].pk,
            v.people["bao"].pk,
            Tenure.STAND_IN,
            post.pk,
        ),
        from_on=WED,
        to_on=THU,
        stamp=v.stamp("qin"),
    )

    assert 'class="duty ' not in text(browse("bao", TUE).get("/duties/?when=today"))
    assert text(browse("bao", WED).get("/duties/")).count('class="duty ') == 2
    assert "陈小满、包远" in text(browse("chen", WED).get("/duties/"))
    assert text(browse("bao", THU).get("/duties/")).count('class="duty ') == 0


@pytest.mark.req("R-006")
def test_the_page_of_a_post_change_says_that_duties_go_along(v, browse):
    browser = browse("qin", WED)
    post = v.people["chen"].posts.get()

    for url in (
        f"/office/posts/{post.pk}/stand-in/",
        f"/office/posts/{post.pk}/end/",
        f"/office/people/{v.people['chen'].pk}/hand-over/",
    ):
        page = text(browser.get(url))
        assert "这个岗位有 2 件待办" in page, url
        assert "吴小兰" not in page
    other = v.people["shi"].posts.get()
    assert "件待办" not in text(browser.get(f"/office/posts/{other.pk}/end/"))


def test_a_reminder_is_marked_from_its_day_until_the_due_day(v, browse):
    Duty.objects.update(due_on=THU, remind_on=WED, late_since=None)

    def marked(day):
        return "提醒</span>" in text(browse("chen", day).get("/duties/?when=coming"))

    assert (marked(TUE), marked(WED), marked(THU)) == (False, True, False)
    assert "周四前" in text(browse("chen", TUE).get("/duties/?when=coming"))
    assert "明天前" in text(browse("chen", WED).get("/duties/?when=coming"))


def test_a_late_duty_lies_in_the_principals_tray_too(v, browse):
    assert 'class="duty ' not in text(browse("qin", WED).get("/duties/"))
    sweep(v, WED)
    page = text(browse("qin", WED).get("/duties/"))
    assert page.count('class="duty ') == 2
    assert "已上报 石桥乡中心小学" in page
    assert "班主任 陈小满" in page
    assert Duty.objects.filter(rule=DutyRule.VISIT, risen_role=Role.PRINCIPAL).exists()
