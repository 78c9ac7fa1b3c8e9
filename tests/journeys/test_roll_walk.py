"""A class teacher calls the roll on a phone; a subject teacher misses a child with one tap."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from notoneless.places.services.people import assign_lesson
from notoneless.rules.roles import Role
from tests.attendance.register import open_school, standing
from tests.journeys.conftest import Site, fits, too_small
from tests.world import TERM_START, TODAY

SURNAMES = "陈林周吴郑王冯蒋沈韩杨朱秦许何吕施张孔曹"


def a_class_of_sixty(site: Site) -> str:
    """Sixty pupils, among them one whose name is long; answers the sheet's address."""
    village = open_school(site.village)
    for n in range(57):
        village.enrol(f"p{n}", SURNAMES[n % 20] + "小满", "primary-1")
    village.enrol("long-name", "阿依古丽·买买提江·吐尔逊", "primary-1")
    return f"/roll/{village.units['primary-1'].pk}/{TODAY}/day/"


def name(page: Page, text: str):
    return page.locator("label.pupil", has_text=text).locator("input")


def test_from_the_first_page_three_taps_and_one_for_each_absentee(site: Site):
    sheet = a_class_of_sixty(site)
    page = site.sign_in("chen", size="phone", width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url("/"))
    taps = 0

    page.locator(f'a[href="{sheet}"]').first.click()
    taps += 1
    name(page, "吴小兰").check()
    name(page, "吐尔逊").check()
    page.get_by_role("button", name="交点名").click()
    taps += 1

    expect(page.get_by_text("到 58 人，应到 60 人")).to_be_visible()
    assert taps <= 3
    assert standing(site.village, TODAY).absent_count == 2


def test_sixty_names_are_within_a_thumbs_reach_and_scroll_up_and_down_only(site: Site):
    sheet = a_class_of_sixty(site)
    page = site.sign_in("chen", size="phone", width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url(sheet))

    cells = page.locator("label.pupil").evaluate_all(
        "cells => cells.map(c => c.getBoundingClientRect().height)"
    )
    assert len(cells) == 60
    assert min(cells) >= 44
    assert fits(page)
    assert too_small(page) == []
    grid = page.locator(".pupils").bounding_box()
    assert grid is not None
    assert grid["height"] <= 1.25 * 740
    bar = page.get_by_role("button", name="交点名").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] <= 740
    site.assert_accessible(page)


def test_a_mark_opens_its_reasons_and_the_count_follows(site: Site, size: str):
    sheet = a_class_of_sixty(site)
    page = site.sign_in("chen", size=size)
    page.goto(site.url(sheet))

    expect(page.locator(".roll-count")).to_contain_text("全班到齐")
    name(page, "吴小兰").focus()
    page.keyboard.press("Space")
    why = page.get_by_role("group", name="吴小兰 为什么没来")
    expect(why).to_be_visible()
    why.get_by_label("迟到", exact=True).check()
    why.get_by_label("迟到分钟").fill("15")
    expect(page.locator(".roll-count")).to_contain_text("已标记 1 人")
    site.assert_accessible(page)
    page.get_by_role("button", name="交点名").click()

    expect(page.get_by_text("迟到 15 分钟")).to_be_visible()
    site.assert_accessible(page)


def test_without_script_the_roll_is_called_all_the_same(site: Site):
    sheet = a_class_of_sixty(site)
    signed = site.sign_in("chen", size="phone", width=360)
    context = site.browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="zh-CN"
    )
    site.contexts.append(context)
    context.add_cookies(signed.context.cookies())  # type: ignore[arg-type]  # what it gave
    page = context.new_page()
    page.goto(site.url(sheet))

    name(page, "吴小兰").check()
    why = page.get_by_role("group", name="吴小兰 为什么没来")
    expect(why).to_be_visible()
    why.get_by_label("病假").check()
    page.get_by_role("button", name="交点名").click()

    expect(page.locator("[data-missing]")).to_contain_text("病假")


def test_one_tap_in_a_lesson_marks_and_another_takes_it_back(site: Site, size: str):
    village = open_school(site.village)
    village.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=village.units["primary-1"].pk,
        person_id=village.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=village.stamp("qin"),
    )
    page = site.sign_in("song", size=size)
    page.goto(site.url("/roll/lesson/"))

    child = page.get_by_role("button", name="吴小兰")
    child.click()
    expect(page.locator("#lesson-count")).to_contain_text("1 人缺课")
    expect(child).to_have_attribute("aria-pressed", "true")
    expect(child).to_be_focused()
    site.assert_accessible(page)
    child.click()
    expect(page.locator("#lesson-count")).to_contain_text("没有人缺课")
