"""A guardian reads the contract on his phone and signs it with the finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from notoneless.contracts.models import Ink
from tests.contracts.desk import FAMILIES, S1_33, draw, of_child, sign, stage, with_contracts
from tests.families.desk import invited
from tests.journeys.conftest import Site, too_small

pytestmark = pytest.mark.req("R-174", "R-180")


def stroke(page: Page) -> None:
    """A name as somebody would draw it."""
    page.wait_for_load_state()  # places are measured with the styles there
    pad = page.locator(".signing-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 20)
    page.mouse.down()
    for n in range(1, 9):
        up = n % 2
        page.mouse.move(
            box["x"] + 20 + n * box["width"] / 10, box["y"] + (20 if up else box["height"] - 20)
        )
    page.mouse.up()


def test_a_guardian_signs_on_his_phone_and_the_contract_is_in_force(site: Site, size: str):
    v = with_contracts(site.village, S1_33)
    draw(v, FAMILIES, "primary-1", by="chen")
    row = of_child(v)
    sign(v, "chen", row)
    made = invited(v)
    page = site.visit(size=size, width=360 if size == "phone" else None)
    page.goto(site.url(f"/f/{made.link}/"))
    page.get_by_label("6 位验证码").fill(made.code)
    page.get_by_role("button", name="打开").click()

    page.get_by_role("link", name="吴小兰 的责任书").click()
    expect(page.get_by_text("男孩女孩一样送").first).to_be_visible()
    site.assert_accessible(page)
    assert size == "desk" or too_small(page) == []
    stroke(page)
    page.get_by_text("我读过全文，同意并签字").click()
    page.get_by_role("button", name="签字").click()

    expect(page.get_by_text("您已经签过了")).to_be_visible()
    site.assert_accessible(page)
    assert stage(row.pk) == "signed"
    assert Ink.objects.get().kind == "drawn"


def test_the_teacher_signs_by_keyboard_alone(site: Site):
    v = with_contracts(site.village, S1_33)
    draw(v, FAMILIES, "primary-1", by="chen")
    page = site.sign_in("chen")
    page.goto(site.url("/contracts/"))
    site.assert_accessible(page)

    page.get_by_label("或者输入姓名：陈小满").focus()
    page.keyboard.type("陈小满")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_text("已签 2 份")).to_be_visible()
