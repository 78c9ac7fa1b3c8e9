"""A class teacher logs calls and a visit on a phone; the principal reads, names and receives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.contacts.desk import log, photo
from tests.duties.desk import S1_24, under
from tests.journeys.conftest import Site, too_small

OWN = [
    ("visit_photo_required", True, "", None),
    ("visits_all_students_per_term", 1, "visits_per_pupil", ">="),
    ("visits_per_homeroom_teacher_per_term_min", 20, "person_visits", ">="),
]


def school(site: Site) -> Site:
    under(site.village, S1_24, own=OWN)
    return site


def look(page: Page, name: str) -> None:
    """A picture for whoever wants to look: PICTURES=folder."""
    folder = os.environ.get("PICTURES")
    if folder:
        wide = page.viewport_size["width"]
        page.screenshot(path=Path(folder) / f"{name}-{wide}.png", full_page=True)


@pytest.mark.req("R-086", "R-099")
def test_nobody_answered_is_two_taps(site: Site):
    school(site)
    page = site.sign_in("chen", size="phone")
    page.goto(site.url(f"/contacts/new/?child={site.village.lan.pk}&kind=call"))
    look(page, "new")
    site.assert_accessible(page)
    assert too_small(page) == []

    page.get_by_text("没联系上", exact=True).tap()
    page.get_by_role("button", name="保存").tap()

    expect(page.get_by_text("下一步：11月23日 周一").first).to_be_visible()
    look(page, "contact")
    site.assert_accessible(page)


@pytest.mark.req("R-087", "R-095")
def test_a_visit_is_signed_on_the_phone_and_shows_on_the_timeline(site: Site, size: str):
    school(site)
    site.expected.add(409)
    page = site.sign_in("chen", size=size)
    page.goto(site.url(f"/contacts/new/?child={site.village.lan.pk}&kind=visit"))

    page.get_by_text("答应返校", exact=True).click()
    page.get_by_text("监护人", exact=True).click()
    page.get_by_label("监护人怎么说").fill("下周一送到校")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("本地方案要求家访有佐证").first).to_be_visible()
    look(page, "refused")
    site.assert_accessible(page)

    pad = page.locator("canvas")
    expect(pad).to_be_visible()
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + 35 * (step % 2), steps=4)
    page.mouse.up()
    look(page, "signed")
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_alt_text("手写签字")).to_be_visible()
    look(page, "visit")
    site.assert_accessible(page)
    page.goto(site.url(f"/children/{site.village.lan.pk}/contacts/"))
    expect(page.get_by_role("link", name="第 1 次 · 上门家访 · 答应返校")).to_be_visible()
    look(page, "timeline")
    site.assert_accessible(page)


def test_a_closed_tab_loses_nothing_and_signing_out_clears_the_phone(site: Site):
    school(site)
    page = site.sign_in("chen", size="phone")
    address = site.url(f"/contacts/new/?child={site.village.lan.pk}")
    page.goto(address)
    page.get_by_text("电话", exact=True).tap()
    page.get_by_label("监护人怎么说").fill("晚上再打")

    page.goto(site.url("/contacts/"))
    page.goto(address)
    expect(page.get_by_text("已恢复上次没有交出去的内容")).to_be_visible()
    expect(page.get_by_label("监护人怎么说")).to_have_value("晚上再打")
    expect(page.get_by_label("电话", exact=True)).to_be_checked()

    page.get_by_text("联系上了", exact=True).tap()
    page.get_by_role("button", name="保存").tap()
    expect(page.get_by_text("晚上再打")).to_be_visible()
    page.goto(address)
    expect(page.get_by_label("监护人怎么说")).to_have_value("")

    page.get_by_label("监护人怎么说").fill("别人不该看到")
    page.get_by_role("button", name="退出").tap()
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("Object.keys(localStorage).length") == 0


@pytest.mark.req("R-071", "R-091", "R-094", "R-100")
def test_the_school_sees_reports_quotas_numbers_and_visitors(site: Site, size: str):
    school(site)
    v = site.village
    for day in (MON, TUE, WED, THU, FRI):
        call(v, day, "lan")
    log(v, kind="visit", witness="村支书 梁有德", happened_on=TUE, today=TUE)
    log(v, "gang", result="not_reached")
    page = site.sign_in("chen", size=size)
    for path, name in (
        ("/contacts/", "list"),
        (f"/contacts/report/?child={v.lan.pk}", "report-new"),
        ("/contacts/numbers/", "numbers"),
        ("/contacts/quota/", "quota-class"),
        ("/contacts/new/", "choose"),
        (f"/children/{v.lan.pk}/counselling/", "counselling"),
    ):
        page.goto(site.url(path))
        look(page, name)
        site.assert_accessible(page)
    page.goto(site.url(f"/contacts/report/?child={v.lan.pk}"))
    page.get_by_label("目前了解到的原因").fill("在家照看弟弟")
    page.get_by_label("已做的动员工作").fill("家访一次，家长答应下周送来")
    page.get_by_role("button", name="报告", exact=True).click()
    expect(page.get_by_text("迟报").first).to_be_visible()

    head = site.sign_in("qin", size=size)
    for path, name in (
        ("/contacts/reports/", "reports"),
        ("/contacts/visitors/", "visitors"),
        ("/contacts/quota/", "quota"),
    ):
        head.goto(site.url(path))
        look(head, name)
        site.assert_accessible(head)
    head.goto(site.url("/contacts/reports/"))
    head.get_by_role("button", name="签收").click()
    expect(head.get_by_text("覃志学").first).to_be_visible()


@pytest.mark.req("R-088")
def test_paper_is_ready_to_be_signed(site: Site):
    school(site)
    v = site.village
    from notoneless.flows.contacts.pictures import Sent

    logged = log(v, kind="visit", sent=Sent(house_front=photo()), promise="下周一到校")
    page = site.sign_in("chen", size="desk")
    page.goto(site.url(f"/contacts/{logged.contact_id}/print/"))
    expect(page.get_by_role("heading", name="学生辍学家访记录单")).to_be_visible()
    look(page, "paper")
    page.goto(site.url(f"/children/{v.lan.pk}/contacts/print/"))
    look(page, "paper-child")
