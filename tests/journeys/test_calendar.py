"""A clerk keeps the calendar: on a phone, at a desk, on paper."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import fits, too_small
from tests.places.calendar_desk import close, give_calendar, switch

pytestmark = pytest.mark.req("R-305", "R-306")


def shown(page: Page, part: Locator) -> None:
    """The part is on the page, and the page has its styles."""
    expect(part).to_be_visible()
    page.wait_for_load_state("load")


@pytest.fixture(autouse=True)
def _calendar(site) -> None:
    give_calendar(site.village)
    close(site.village, "bureau", date(2026, 11, 12), days=2, reason="冻雨封路")
    switch(site.village, "bureau", date(2026, 11, 28), has_class=True, reason="补冻雨停课")


def test_a_clerk_closes_a_day_and_counts_a_clock(site, size) -> None:
    page = site.sign_in("lu", size=size)
    page.goto(site.url("/calendar/?year=2026"))
    assert fits(page)
    assert too_small(page) == []
    site.assert_accessible(page)

    page.get_by_text("登记停课（雪、洪水、疫情）").click()
    page.fill("input[name=closure-first]", "2026-12-07")
    page.fill("input[name=closure-reason]", "流感停课")
    site.assert_accessible(page)
    page.get_by_role("button", name="登记停课").click()
    shown(page, page.get_by_text("上课日由 189 天变为 188 天"))

    page.fill("input[name=started]", "2026-12-31")
    page.fill("input[name=within]", "2")
    page.get_by_role("button", name="算", exact=True).click()
    shown(page, page.get_by_text("2027年1月5日 周二").first)
    assert fits(page)
    site.assert_accessible(page)


def test_a_clerk_looks_at_the_notice_before_loading_it(site, size) -> None:
    page = site.sign_in("lu", size=size)
    page.goto(site.url("/calendar/notice/2027/"))
    page.fill("input[name=source]", "国办发明电〔2026〕7号")
    page.fill("textarea[name=text]", "2027-01-01 休 元旦\n2027-02-05~2027-02-11 休 春节")
    page.get_by_role("button", name="先看会变什么").click()

    shown(page, page.get_by_text("载入后会变的日子"))
    assert fits(page)
    site.assert_accessible(page)
    page.get_by_role("button", name="载入", exact=True).click()
    shown(page, page.get_by_text("2027 年的放假通知已载入"))


def test_the_year_is_printed_on_one_a4_page(site, size) -> None:
    page = site.sign_in("lu", size=size)
    page.goto(site.url("/calendar/print/2026/"))
    assert fits(page)
    site.assert_accessible(page)

    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
