"""A guardian's way: link and code, a look, reading aloud, leave, “not my child”, leaving."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.attendance.register import FRI, call
from tests.families.desk import recorded, with_families
from tests.journeys.conftest import Site, too_small

pytestmark = pytest.mark.req("R-022", "R-069")
VOICES = """
  window.said = [];
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => [
      {lang: 'zh-CN', localService: LOCAL, name: 'voice'},
      {lang: 'en-US', localService: true, name: 'other'},
    ],
    speak(words) { window.said.push(words.text); this.speaking = true; },
    cancel() { this.speaking = false; },
    addEventListener() {},
    speaking: false,
    pending: false,
  }});
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
"""


def give_voice(page: Page, *, is_local: bool) -> None:
    """A browser that speaks Chinese, with a voice of its own or one from the network."""
    page.add_init_script(VOICES.replace("LOCAL", "true" if is_local else "false"))


def shown_by_teacher(site: Site, size: str) -> tuple[str, str]:
    """Link and code as the teacher's screen shows them."""
    page = site.sign_in("chen", size=size)
    page.goto(site.url(f"/families/classes/{site.village.units['primary-1'].pk}/"))
    site.assert_accessible(page)
    page.get_by_role("button", name="在屏幕上显示 吴小兰 吴建国").click()
    page.get_by_text("显示验证码").click()
    site.assert_accessible(page)
    link = page.locator(".family-address").inner_text()
    return link, page.locator(".family-code-shown").inner_text()


def enter(site: Site, page: Page, link: str, code: str) -> None:
    page.goto(link)
    site.assert_accessible(page)
    for typed in ("1", code):
        page.get_by_label("6 位验证码").fill(typed)
        page.get_by_role("button", name="打开").click()
    page.wait_for_url("**/family/")


def listen(page: Page, size: str) -> None:
    """The phone has a voice of its own, the desk only one from the network."""
    aloud = page.get_by_role("button", name="念给我听")
    if size == "desk":
        expect(aloud).to_be_hidden()
        return
    aloud.click()
    assert "吴小兰" in page.evaluate("window.said.join(' ')")
    page.get_by_role("button", name="不念了").click()
    expect(aloud).to_be_visible()


def must_fit_a_thumb(site: Site, page: Page, size: str) -> None:
    site.assert_accessible(page)
    assert size == "desk" or too_small(page) == []


def test_a_guardian_looks_asks_for_leave_and_says_which_child_is_not_his(site: Site, size: str):
    site.expected |= {403, 422}
    v = with_families(site.village)
    recorded(v, "lan")
    call(v, FRI, "lan")
    link, code = shown_by_teacher(site, size)
    page = site.visit(size=size, width=360 if size == "phone" else None)
    give_voice(page, is_local=size == "phone")

    enter(site, page, link, code)
    expect(page.get_by_text("今天没有到校，也没有请假。")).to_be_visible()
    for fold in page.locator("summary").all():
        fold.click()
    must_fit_a_thumb(site, page, size)
    listen(page, size)

    page.get_by_role("link", name="替孩子请假 吴小兰").click()
    must_fit_a_thumb(site, page, size)
    page.get_by_text("孩子生病了").click()
    page.get_by_role("button", name="交给老师").click()
    expect(page.get_by_text("老师还没有看")).to_be_visible()

    page.locator("summary", has_text="这不是我的孩子").nth(1).click()
    page.get_by_role("button", name="对，不是我的孩子 彭家乐").click()
    expect(page.get_by_role("heading", name="彭家乐")).to_have_count(0)
    page.get_by_role("button", name="离开").click()
    expect(page.get_by_text("您已经离开")).to_be_visible()
    page.goto(site.url("/family/"))
    expect(page.get_by_text("这一页没有打开")).to_be_visible()
    site.assert_accessible(page)
