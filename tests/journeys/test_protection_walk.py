"""A teacher reports a child in danger on her phone; two officers act; nobody else knows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site, too_small
from tests.protection.desk import name_officers

pytestmark = pytest.mark.req("R-294")


def test_from_the_childs_page_to_two_who_close_it(site: Site, size: str):
    name_officers(site.village, "an", "bai")
    flag = _reported(site, size)
    _acted_upon(site, size)
    _closed(site, size, flag)

    site.expected.add(404)
    assert site.sign_in("qin", size=size).goto(flag).status == 404


def _reported(site: Site, size: str) -> str:
    page = site.sign_in("chen", size=size)
    page.goto(site.url(f"/children/{site.village.lan.pk}/"))
    page.get_by_role("link", name="紧急情况", exact=True).click()
    page.wait_for_load_state()  # places are measured with the styles there

    call = page.get_by_role("link", name="拨打 110").bounding_box()
    assert call["y"] < 500  # before anything is scrolled
    assert call["y"] < page.get_by_label("被组织去乞讨").bounding_box()["y"]
    site.assert_accessible(page)
    if size == "phone":
        assert too_small(page) == []
    page.get_by_label("身上多处受伤").check()
    page.get_by_label("看到、听到了什么").fill("手臂有多处旧伤")
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_text("儿童保护专岗已能看到")).to_be_visible()
    site.assert_accessible(page)
    return page.url.partition("?")[0]


def _acted_upon(site: Site, size: str) -> None:
    page = site.sign_in("an", size=size)
    page.goto(site.url("/protection/"))
    site.assert_accessible(page)
    page.get_by_role("row").get_by_role("link").click()
    page.get_by_role("button", name="我来处理").click()
    page.locator("summary").filter(has_text="已经报警").click()
    page.get_by_label("报警回执号").fill("青公接77号")
    page.locator("details[open] button").click()
    expect(page.get_by_text("回执号 青公接77号")).to_be_visible()

    page.locator("summary").filter(has_text="提出结束").click()
    site.assert_accessible(page)
    page.get_by_label("公安机关已受理或办结").check()
    page.get_by_label("依据：文书、回执").fill("已立案，孩子住在姑姑家")
    page.locator("details[open] button").click()


def _closed(site: Site, size: str, flag: str) -> None:
    page = site.sign_in("bai", size=size)
    page.goto(flag)
    site.assert_accessible(page)
    page.get_by_label("同意结束", exact=True).check()
    page.get_by_label("您核对了什么").fill("看过立案文书")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("已结束", exact=True)).to_be_visible()
    page.goto(f"{flag}print/")
    site.assert_accessible(page)


def test_it_works_without_any_script(site: Site):
    name_officers(site.village, "an")
    page = site.sign_in("chen", size="phone")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(site.url(f"/protection/new/?child={site.village.lan.pk}"))
    page.get_by_label("独自居住").check()
    page.get_by_role("button", name="提交报告").click()

    expect(page.get_by_text("儿童保护专岗已能看到")).to_be_visible()
