"""A county clerk finds a rare name, looks at a file, and joins two rows that are one child."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from tests.journeys.conftest import Site


def test_a_clerk_finds_a_rare_name_and_reveals_nothing_without_a_purpose(site: Site, size: str):
    page = site.sign_in("lu", size=size)
    page.goto(site.url("/children/"))

    page.get_by_role("searchbox").fill("䶮")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("共 1 人")).to_be_visible()
    page.get_by_role("link", name="䶮雨晴").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("䶮雨晴")
    site.assert_accessible(page)


def test_two_rows_of_one_child_are_merged_and_parted_again(site: Site, size: str):
    site.village.enrol("twin", "吴小兰", "other-1", sex="2", born_on=date(2018, 3, 12))
    page = site.sign_in("lu", size=size)
    page.goto(site.url(f"/children/{site.village.lan.pk}/"))

    page.get_by_role("link", name="查找重复").click()
    site.assert_accessible(page)
    page.get_by_role("link", name="比对").first.click()
    site.assert_accessible(page)
    page.get_by_label("保留甲").check()
    page.get_by_label("合并依据").fill("监护人确认是同一个孩子")
    page.get_by_role("button", name="合并").click()
    expect(page.get_by_role("heading", name="已合并的记录")).to_be_visible()
    site.assert_accessible(page)

    page.locator("summary").filter(has_text="拆分").click()
    page.get_by_label("拆分原因").fill("核实后是两个孩子")
    page.get_by_role("button", name="拆分").click()
    page.locator("#confirm button").last.click()
    expect(page.get_by_role("heading", name="已合并的记录")).not_to_be_visible()


def test_a_clerk_of_a_school_opens_a_class_by_keyboard(site: Site):
    page = site.sign_in("wei")
    page.goto(site.url("/classes/"))

    page.get_by_role("link", name="三年级1班").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("三年级1班")
    expect(page.get_by_role("link", name="吴小兰")).to_be_visible()
    site.assert_accessible(page)
