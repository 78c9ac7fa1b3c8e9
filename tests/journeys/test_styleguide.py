"""Every component in a real browser: readable, reachable, within the content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, fits, too_small

PAGES = ["/styleguide", "/styleguide/lists", "/styleguide/paper", "/sign-in/"]


@pytest.mark.parametrize("path", PAGES)
def test_no_component_has_a_serious_fault(site: Site, size: str, path: str):
    page = site.visit(size=size)
    page.goto(site.url(path))

    site.assert_accessible(page)


@pytest.mark.parametrize("path", PAGES)
def test_in_english_too(site: Site, size: str, path: str):
    page = site.visit(size=size)
    page.goto(site.url("/sign-in/"))
    page.get_by_role("button", name="English").click()
    page.goto(site.url(path))

    expect(page.locator("html")).to_have_attribute("lang", "en")
    site.assert_accessible(page)


@pytest.mark.parametrize("width", [320, 360, 768, 1024])
def test_nothing_scrolls_sideways_from_four_hundred_percent_to_a_tablet(site: Site, width: int):
    page = site.visit(size="phone", width=width)
    for path in PAGES:
        page.goto(site.url(path))

        assert fits(page), path


def test_a_thumb_hits_every_control(site: Site):
    page = site.visit(size="phone")
    for path in PAGES:
        page.goto(site.url(path))

        assert too_small(page) == [], path


def test_the_first_tab_stop_skips_to_the_content(site: Site, size: str):
    page = site.visit(size=size)
    page.goto(site.url("/styleguide/lists"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_grave_act_asks_first_and_escape_means_no(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))
    closing = page.get_by_role("button", name="注销账号")

    closing.click()
    dialog = page.get_by_role("dialog", name="确定注销这个账号吗")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(closing).to_be_focused()
    assert page.url.endswith("/styleguide")

    closing.click()
    page.get_by_role("button", name="确定").click()
    page.wait_for_url("**/styleguide/reveal")


def test_a_masked_value_is_shown_in_its_place_and_takes_the_focus(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))

    page.get_by_role("button", name="显示身份证号").click()

    expect(page.get_by_text("539901201408120027")).to_be_focused()


def test_a_dialog_opens_and_closes_by_keyboard(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))

    page.get_by_role("button", name="合并两条记录").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="合并两条记录")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="合并两条记录")).to_be_hidden()


def test_a_refused_upload_says_why_on_the_spot(site: Site):
    site.expected.add(409)
    page = site.visit()
    page.goto(site.url("/styleguide"))

    page.set_input_files(
        "input[type=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"1,2" * 1000}
    )
    page.get_by_role("button", name="上传并检查").click()

    refusal = page.locator("[data-code=ACCESS-01]")
    expect(refusal).to_be_focused()
    expect(refusal).to_contain_text("申请授权")


def test_a_received_upload_leads_on_with_its_message(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)

    page.set_input_files(
        "input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"1,2" * 1000}
    )
    page.evaluate(
        """const form = document.querySelector('form[data-upload]');
           form.requestSubmit(); form.requestSubmit();"""
    )

    expect(page.locator("#messages")).to_contain_text("名册已收到")
    expect(page).to_have_url(site.url("/styleguide/lists"))
    expect(page.get_by_role("heading", level=1)).to_have_text("列表样式")
    assert len(sent) == 1
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("界面样式")


def test_a_second_press_sends_nothing(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)

    page.evaluate(
        """const form = document.querySelector('main form:has(#id_name)');
           for (const field of form.elements) field.required = false;
           form.requestSubmit(); form.requestSubmit();"""
    )
    page.wait_for_url("**/styleguide/reveal")

    assert len(sent) == 1


def test_a_whole_page_never_lands_inside_a_part(site: Site):
    site.expected.add(409)
    page = site.visit()
    page.goto(site.url("/styleguide"))
    form = page.locator(".masked form")
    form.evaluate("form => { form.setAttribute('hx-post', '/styleguide/refused'); }")
    form.evaluate("form => htmx.process(form)")

    page.get_by_role("button", name="显示身份证号").click()

    expect(page.locator("#messages [data-code=ACCESS-01]")).to_be_focused()
    expect(page.locator("main")).to_have_count(1)


def test_an_ended_session_leads_to_the_sign_in_page(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))
    page.evaluate("htmx.ajax('GET', '/', {target: '.masked'})")

    page.wait_for_url("**/sign-in/**")


def test_the_phone_menu_opens_and_closes_on_escape(site: Site):
    page = site.visit(size="phone")
    page.goto(site.url("/styleguide"))
    more = page.locator("details.more")

    more.locator("summary").click()
    expect(more.get_by_role("link", name="设置")).to_be_visible()
    site.assert_accessible(page)
    page.keyboard.press("Escape")
    expect(more.get_by_role("link", name="设置")).to_be_hidden()


def test_pages_work_without_script(site: Site):
    context = site.browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(site.url("/styleguide"))

    page.get_by_role("button", name="显示身份证号").click()

    assert "539901201408120027" in page.content()
    context.close()


def test_paper_leaves_menus_and_buttons_out(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide/lists"))
    page.emulate_media(media="print")

    for part in (".side", ".top", ".filters", ".pager", ".list-head .btn"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_the_frame_of_someone_signed_in(site: Site, size: str):
    page = site.sign_in("chen", size=size)
    page.goto(site.url("/"))

    expect(page.get_by_role("button", name="退出")).to_be_visible()
    expect(page.locator(".whereabouts-place")).not_to_be_empty()
    site.assert_accessible(page)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/")


def test_a_rule_that_is_broken_is_found(site: Site):
    page: Page = site.visit()
    page.goto(site.url("/styleguide"))
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")

    with pytest.raises(AssertionError, match="button-name"):
        site.assert_accessible(page)


def test_a_script_in_the_page_is_stopped_and_reported(site: Site):
    page = site.visit()
    page.goto(site.url("/styleguide"))
    page.evaluate(
        """const written = document.createElement('script');
           written.text = 'window.x = 1';
           document.body.append(written);"""
    )

    assert page.evaluate("window.x") is None
    assert any("Content Security Policy" in said for said in site.complaints)
    site.complaints.clear()
