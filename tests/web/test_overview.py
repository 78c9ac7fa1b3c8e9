"""The overview: numbers that open to their lists, units by name, nothing that points to a child."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest

from notoneless.cases.models import Case
from notoneless.children.models import Enrolment
from notoneless.children.models.places import SpellEnded
from notoneless.duties.models import Duty
from notoneless.places.models import Unit
from notoneless.places.services.units import NewUnit
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, THU, TUE, WED, call, open_school
from tests.cases.desk import look
from tests.duties.desk import S1_29, sweep, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-068")]


@pytest.fixture
def v(village: Village) -> Village:
    """Lan has been away since Monday; her case is open and several duties are late on Friday."""
    under(village, S1_29)
    for day in (MON, TUE, WED, THU):
        call(village, day, "lan")
    sweep(village, THU)
    look(village, THU)
    sweep(village, FRI)
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def tile(page: str, label: str) -> tuple[str, str]:
    """What a tile says, and where it leads."""
    found = re.search(
        rf'<a class="stat[^"]*" href="([^"]*)"><span class="stat-label">(?:<svg.*?</svg>)?{label}'
        r'</span><span class="stat-value">([^<]*)',
        page,
    )
    assert found, label
    return found[2], unescape(found[1])


def listed(page: str) -> int:
    """How many rows a list says it has; none where it is empty."""
    found = re.search(r'class="list-count"[^>]*>[^<]*?(\d+) [^<]*<', page)
    return int(found[1]) if found else 0


def unit(v: Village, key: str) -> str:
    return f"/overview/?unit={v.units[key].pk}"


LOOKS = [
    ("lu", "county"),
    ("lu", "bureau"),
    ("xiang", "shiqiao"),
    ("he", "centre"),
    ("qin", "primary"),
]


@pytest.mark.parametrize(("who", "key"), LOOKS)
def test_the_tiles_say_what_their_lists_hold(v, browse, who, key):
    browser = browse(who, FRI)
    page = text(browser.get(unit(v, key)))

    assert Case.objects.filter(closed_on=None).count() == 1
    for label in ("在办个案", "逾期事项"):
        said, url = tile(page, label)
        assert int(said) == listed(text(browser.get(url))) > 0
    said, url = tile(page, "当前缺勤")
    assert said == "1"
    away = text(browser.get(url))
    assert "石桥乡中心小学" in away
    said, url = tile(page, "今天未点名")
    missing = text(browser.get(url))
    overdue, waiting = listed(missing), re.search(r"(\d+) 次还?没到时间|另有 (\d+) 次", missing)
    waits = (
        int(next(filter(None, waits_of)) if (waits_of := waiting.groups()) else 0) if waiting else 0
    )
    assert int(said) == overdue + waits > 0


@pytest.mark.parametrize(("who", "key"), LOOKS)
def test_each_stage_of_the_ladder_opens_to_as_many_cases(v, browse, who, key):
    browser = browse(who, FRI)
    page = text(browser.get(unit(v, key)))
    funnel = page.partition('id="ladder-title"')[2].partition("</section>")[0]
    stages = re.findall(r'<a href="([^"]*)">.*?funnel-number">(\d+)<', funnel)

    assert sum(int(number) for _, number in stages) == 1
    for url, number in stages:
        if int(number):
            assert listed(text(browser.get(unescape(url)))) == int(number)


def test_every_number_of_a_row_opens_to_the_rows_own_list(v, browse):
    browser = browse("xiang", FRI)
    page = text(browser.get(unit(v, "shiqiao")))
    row = page.partition('id="units-title"')[2].partition("石桥乡中心小学</a></th>")[2]
    cells = re.findall(r'<a[^>]*href="([^"]*)">(\d+)</a>', row.partition("</tr>")[0])

    assert len(cells) >= 4  # late, not called, away, open; opened this month
    for url, number in cells:
        assert str(v.units["primary"].pk) in url
        if "/cases/" in url or "/duties/" in url:
            assert listed(text(browser.get(unescape(url)))) == int(number)


@pytest.mark.parametrize(
    ("who", "address"),
    [(who, "/") for who in ("lu", "xiang", "qin")]
    + [(who, "/overview/") for who in ("lu", "xiang", "qin")],
)
def test_every_number_of_duties_opens_to_as_many_wherever_they_stand(v, browse, who, address):
    """Some stand at a school or township itself, and each post has its own line of what is late."""
    late = list(Duty.objects.filter(state="open", unit=v.units["primary-1"].pk)[:3])
    Duty.objects.filter(pk=late[0].pk).update(unit=v.units["primary"].pk)
    Duty.objects.filter(pk=late[1].pk).update(unit=v.units["shiqiao"].pk)
    Duty.objects.filter(pk=late[2].pk).update(risen_role="", bearer_role=Role.GRADE_HEAD)
    browser = browse(who, FRI)
    page = text(browser.get(address))
    numbers = re.findall(
        r'<a[^>]*href="([^"]*whose=units[^"]*)"[^>]*>(?:<span class="stat-label">'
        r'(?:<svg.*?</svg>)?[^<]*</span><span class="stat-value">)?(\d+)<',
        page,
    )
    numbers += [
        (url, number)
        for url, number in re.findall(
            r'<p class="duty-what"><a href="([^"]*)">[^<]*</a> <span class="overdue">(\d+) 件', page
        )
        if "unit=" in url
    ]

    assert len(numbers) >= 2
    assert [
        (url, number)
        for url, number in numbers
        if listed(text(browser.get(unescape(url)))) != int(number)
    ] == []


def test_what_is_late_names_the_unit_the_duty_since_when_and_whose_turn_it_is(v, browse):
    page = text(browse("xiang", FRI).get(unit(v, "shiqiao")))
    late = page.partition('id="late-title"')[2].partition("</section>")[0]

    assert "石桥乡中心小学 · " in late
    assert "最早 11月" in late
    assert "轮到" in late
    assert "吴小兰" not in page


def test_units_stand_by_name_and_lead_down_to_the_class(v, browse):
    browser = browse("lu", FRI)
    names = names_in(text(browser.get(unit(v, "county"))))
    assert names == ["河口镇", "石桥乡"]
    assert names_in(text(browser.get(unit(v, "bureau")))) == ["河口镇中心小学", "石桥乡中心学校"]
    assert names_in(text(browser.get(unit(v, "shiqiao")))) == [
        "石桥乡初级中学",
        "石桥乡中心小学",
    ]  # by pinyin
    school = text(browser.get(unit(v, "primary")))
    # Its own reports are owed by no class: they stand under its own name.
    assert names_in(school) == ["三年级1班", "三年级2班", "石桥乡中心小学"]
    assert f"unit={v.units['primary-1'].pk}" in school
    group = text(browser.get(unit(v, "primary-1")))
    assert f"/classes/{v.units['primary-1'].pk}/" in group
    assert 'aria-label="所在位置"' in group


def names_in(page: str) -> list[str]:
    table = page.partition('id="units-title"')[2].partition("</table>")[0]
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a></th>', table)


def test_shares_stand_with_their_pair_and_the_interval(v, browse):
    page = text(browse("lu", FRI).get(unit(v, "county") + "&period=month"))
    compared = page.partition('id="compare-title"')[2]

    assert "4 / 8" in compared  # Lan missed four of eight seats of her class
    assert "50.00%" in compared
    assert "横线有重叠，就不能说它们有差别" in compared
    assert 'class="whiskers-dot"' in compared


@pytest.mark.parametrize(
    ("who", "key"), [("qin", "shiqiao"), ("qin", "other"), ("xiang", "hekou"), ("chen", "primary")]
)
def test_a_unit_that_is_not_ones_own_is_not_there(v, browse, who, key):
    assert browse(who, FRI).get(unit(v, key)).status_code == 404
    assert browse(who, FRI).get(f"/overview/sheet/?unit={v.units[key].pk}").status_code == 404


@pytest.mark.parametrize("key", ["village", "primary-grade"])
def test_a_village_and_a_grade_have_none(v, browse, key):
    assert browse("lu", FRI).get(unit(v, key)).status_code == 404


@pytest.mark.parametrize("said", ["1", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_unit_is_not_there(v, browse, said):
    assert browse("lu", FRI).get(f"/overview/?unit={said}").status_code == 404


def test_whoever_sees_no_cases_is_refused(v, browse):
    assert browse("shi", FRI).get("/overview/").status_code == 409
    assert "总览" not in text(browse("shi", FRI).get("/"))


def test_the_supervisor_reads_the_whole_county_and_everyone_begins_at_his_own(v, browse):
    assert "青禾县 · 总览" in text(browse("shao", FRI).get("/overview/"))
    assert "石桥乡 · 总览" in text(browse("xiang", FRI).get("/overview/"))
    assert "石桥乡中心学校 · 总览" in text(browse("he", FRI).get("/overview/"))
    assert "石桥乡中心小学 · 总览" in text(browse("qin", FRI).get("/overview/"))
    assert "三年级1班 · 总览" in text(browse("chen", FRI).get("/overview/"))


def test_charts_carry_their_numbers_beside_them(v, browse):
    page = text(browse("qin", FRI).get("/overview/"))
    data = {
        key: json.loads(unescape(said))
        for key, said in re.findall(
            r'<script id="([\w-]+)" type="application/json">(.*?)</script>', page
        )
    }

    assert data["attendance-data"]["series"][0]["values"][-1] == 50.0
    assert data["attendance-data"]["series"][0]["values"][0] is None  # no roll was called then
    assert data["moves-data"]["series"][0]["values"][-1] == 1
    newest = page.partition("每周的数字")[2].partition("<tbody>")[2].partition("</tr>")[0]
    assert "2026-11-16" in newest
    assert "50.0%" in newest
    assert "4 / 8" in newest


def test_moves_of_a_period_open_to_as_many_cases(v, browse):
    browser = browse("lu", FRI)
    for period in ("week", "month", "term", "year"):
        page = text(browser.get(unit(v, "county") + f"&period={period}"))
        urls = re.findall(r'<a href="(/cases/\?[^"]*stage=all[^"]*)">(\d+)</a>', page)
        assert urls, period
        for url, number in urls:
            asked = parse_qs(urlparse(unescape(url)).query)
            assert "since" in asked
            assert listed(text(browser.get(unescape(url)))) == int(number)


def test_few_cases_show_no_cause_and_the_sheet_no_small_number(v, browse):
    browser = browse("lu", FRI)
    page = text(browser.get(unit(v, "county")))
    sheet = text(browser.get(f"/overview/sheet/?unit={v.units['county'].pk}"))

    assert "不列原因" in page
    assert "4 / 8" not in sheet
    cells = re.findall(r'<td class="number">([^<]+)</td>', sheet.partition("<tfoot>")[0])
    assert "*" in cells
    assert not any(0 < int(cell) < 10 for cell in cells if cell.isdigit())


def test_an_empty_county_says_what_to_do(village, browse):
    open_school(village)
    Enrolment.objects.update(to_on=MON, ended=SpellEnded.GRADUATED)
    page = text(browse("lu", FRI).get("/overview/"))

    assert "这里还没有学生" in page
    assert "现在没有在办的个案" in page


def test_more_units_cost_no_more_statements(v, browse, django_assert_max_num_queries):
    browser = browse("lu", FRI)
    browser.get("/overview/")
    with django_assert_max_num_queries(MOST) as asked:
        browser.get("/overview/")
        few = len(asked)
    add_schools(v, 25)
    browser.get("/overview/")
    with django_assert_max_num_queries(few):
        page = text(browser.get("/overview/"))
    assert len(names_in(page)) == 2 + 25


MOST = 34


def add_schools(v: Village, count: int) -> None:
    """So many townships with a school of one class and one child."""
    for n in range(count):
        v.found(f"t{n}", NewUnit(UnitKind.TOWNSHIP, f"第{n:02}乡"), g="county")
        v.found(
            f"s{n}",
            NewUnit(UnitKind.SCHOOL, f"第{n:02}小学", stage="primary"),
            g=f"t{n}",
            e="bureau",
        )
        grade = NewUnit(UnitKind.GRADE, "2024", stage="primary", entered_in=2024)
        v.found(f"s{n}-grade", grade, g=f"s{n}", e=f"s{n}")
        group = NewUnit(UnitKind.CLASS, "1", stage="primary", entered_in=2024)
        v.found(f"s{n}-1", group, g=f"s{n}-grade", e=f"s{n}-grade")
        v.enrol(f"c{n}", f"第{n}", f"s{n}-1")
    assert Unit.objects.filter(kind="school").count() >= count
