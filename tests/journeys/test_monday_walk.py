"""A class teacher's Monday on a phone, and what the principal and the township see that minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.attendance.register import FRI, NEXT_MON, at, call
from tests.contacts.desk import photo
from tests.duties.desk import S1_29, S2_5, adopt_pack, sweep, under
from tests.journeys.conftest import Site, too_small

BOTH = ("coverage_chain_template", "special_inspections_per_year")
OWN = (
    ("daily_attendance_report_by", "09:00", "", None),
    ("parent_contact_deadline", "same_day", "", None),
    ("visit_photo_required", True, "", None),
)
TEN_TO_EIGHT = at(NEXT_MON, 7, 50)


@pytest.fixture
def monday(site: Site):
    """Lan was away on Friday without a word; now it is ten to eight on Monday."""
    v = site.village
    under(v, S1_29)
    adopt_pack(v, S2_5, own=OWN, without=BOTH)
    call(v, FRI, "lan")
    sweep(v, NEXT_MON - timedelta(days=1))
    with time_machine.travel(TEN_TO_EIGHT, tick=True):
        yield site


def sign_here(page: Page) -> None:
    pad = page.locator("canvas")
    pad.hover(position={"x": 40, "y": 60})
    page.mouse.down()
    pad.hover(position={"x": 180, "y": 90})
    page.mouse.up()


def go_home(page: Page, site: Site) -> None:
    page.goto(site.url("/"))
    site.assert_accessible(page)


def call_the_roll(page: Page, missing: str) -> None:
    """One tap into it, one on the absentee, one to hand it in."""
    page.get_by_role("link", name="点名 三年级1班").tap()
    page.locator("label.pupil", has_text=missing).locator("input").check()
    page.get_by_role("button", name="交点名").tap()
    page.wait_for_url("**/result/**")
    expect(page.get_by_text(missing).first).to_be_visible()


def log_the_call(page: Page) -> None:
    page.locator("a.duty-way[href*='kind=call']").first.tap()
    page.get_by_text("联系上了", exact=True).tap()
    page.get_by_label("监护人怎么说").fill("孩子说不想上学")
    page.get_by_role("button", name="保存", exact=True).tap()
    expect(page.get_by_text("孩子说不想上学")).to_be_visible()


def log_the_visit(page: Page) -> None:
    page.locator("a.duty-way[href*='kind=visit']").tap()
    page.get_by_text("答应返校", exact=True).tap()
    page.get_by_text("监护人", exact=True).tap()
    page.locator("input[type=file][name=photos]").set_input_files(
        {"name": "门口.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    sign_here(page)
    page.get_by_role("button", name="保存", exact=True).tap()
    expect(page.get_by_alt_text("照片")).to_be_visible()
    expect(page.get_by_alt_text("手写签字")).to_be_visible()


@pytest.mark.req("R-068", "R-070", "R-072", "R-086", "R-087", "R-307")
def test_a_class_teachers_monday_on_a_phone(monday: Site):
    page = monday.sign_in("chen", size="phone")
    go_home(page, monday)
    assert too_small(page) == []

    call_the_roll(page, "吴小兰")
    monday.assert_accessible(page)

    # Two school days: the plan wants the guardian called and the home visited.
    go_home(page, monday)
    expect(page.get_by_role("link", name="上门家访")).to_have_count(1)
    log_the_call(page)
    monday.assert_accessible(page)

    go_home(page, monday)
    log_the_visit(page)
    monday.assert_accessible(page)

    go_home(page, monday)
    for done in ("上门家访", "联系家长"):
        expect(page.locator("main").get_by_role("link", name=done)).to_have_count(0)


@pytest.mark.req("R-068", "R-307")
def test_the_principal_and_the_township_see_the_same_minute(monday: Site, size: str):
    for who in ("qin", "xiang"):
        page = monday.sign_in(who, size=size)
        page.goto(monday.url("/"))
        monday.assert_accessible(page)
        page.get_by_role("link", name="逾期事项").click()
        expect(page.get_by_text("吴小兰").first).to_be_visible()
        monday.assert_accessible(page)
    head = monday.sign_in("qin", size=size)
    head.goto(monday.url("/roll/missing/"))
    monday.assert_accessible(head)
