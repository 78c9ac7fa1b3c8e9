"""Early signs in the browser: a word, needs, a key list, “none found” with a reason, accuracy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.attendance.register import FRI, THU, WED, call
from tests.journeys.conftest import Site, too_small
from tests.signs.desk import open_with_people

pytestmark = pytest.mark.req("R-076", "R-077", "R-083")


@pytest.fixture
def school(site: Site) -> Site:
    open_with_people(site.village)
    for day in (WED, THU, FRI):
        call(site.village, day, "lan")
    return site


def test_a_teacher_notes_a_word_and_says_what_the_child_needs(school: Site, size: str):
    lan = school.village.lan.pk
    page = school.sign_in("chen", size=size)
    page.goto(school.url(f"/signs/words/new?child={lan}"))
    school.assert_accessible(page)
    assert size == "desk" or too_small(page) == []
    page.get_by_text("厌学", exact=True).first.click()
    page.get_by_label("说一句").fill("上课总趴着")
    page.get_by_role("button", name="上报").click()
    page.wait_for_url(f"**/children/{lan}/signs/")
    expect(page.get_by_text("上课总趴着").first).to_be_visible()

    needs = page.locator("#needs")
    needs.get_by_text("登记需要").click()
    needs.locator("select").select_option("learning")
    needs.get_by_role("button", name="保存").click()
    expect(page.locator("#needs").get_by_text("撤销")).to_be_visible()
    school.assert_accessible(page)
    page.goto(school.url(f"/signs/needs/{school.village.units['primary-1'].pk}/"))
    expect(page.get_by_role("link", name="吴小兰").first).to_be_visible()
    expect(page.get_by_text("本学期没有").first).to_be_visible()
    school.assert_accessible(page)


def test_a_pupil_is_put_on_the_key_list(school: Site, size: str):
    page = school.sign_in("chen", size=size)
    page.goto(school.url(f"/signs/key/{school.village.units['primary-1'].pk}/"))
    school.assert_accessible(page)
    page.locator("#id_child").select_option(label="吴小兰")
    page.get_by_role("checkbox").first.check()
    page.locator("#id_evidence").fill("三次说不想读了")
    page.get_by_role("button", name="列入", exact=True).click()

    expect(page.get_by_role("cell", name="三次说不想读了")).to_be_visible()
    school.assert_accessible(page)


def test_none_found_is_one_sentence(school: Site, size: str):
    page = school.sign_in("chen", size=size)
    page.goto(school.url(f"/signs/key/{school.village.units['primary-1'].pk}/"))
    page.locator("#id_reason").fill("全班逐个谈过，没有发现。")
    page.get_by_role("button", name="关闭", exact=True).click()
    page.locator("#confirm button").last.click()

    expect(page.get_by_text("本学期没有发现。")).to_be_visible()
    expect(page.get_by_text("全班逐个谈过，没有发现。")).to_be_visible()
    school.assert_accessible(page)


@pytest.mark.parametrize("who", ["lu"])
def test_the_county_reads_how_often_each_rule_was_right_and_no_name(
    school: Site, who: str, size: str
):
    page = school.sign_in(who, size=size)
    page.goto(school.url("/signs/accuracy/"))

    assert page.get_by_text("吴小兰").count() == 0
    school.assert_accessible(page)
    assert size == "desk" or too_small(page) == []
