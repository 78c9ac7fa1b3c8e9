"""A township officer serves a notice at the door, and the pages of papers are for everyone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from notoneless.documents.services import Receiver
from notoneless.rules.documents.kinds import ReceiverKind
from tests.documents.desk import K, paper
from tests.documents.test_serving import volume
from tests.journeys.conftest import Site, too_small


@pytest.mark.req("R-299")
def test_a_notice_is_served_at_the_door(site: Site, size: str):
    site.expected.add(422)
    paper(site.village)
    page = site.sign_in("xiang", size=size)
    page.goto(site.url("/documents/to-serve/"))
    site.assert_accessible(page)
    page.get_by_role("link", name="登记送达").click()
    expect(page.get_by_text("请签收人在屏幕上签名")).to_be_visible()
    page.wait_for_load_state("load")
    if size == "phone":
        assert too_small(page) == []

    page.get_by_text("直接送达", exact=True).click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("有内容需要改一改").first).to_be_visible()
    site.assert_accessible(page)

    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + 35 * (step % 2), steps=4)
    page.mouse.up()
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_text("已登记送达").first).to_be_visible()
    expect(page.get_by_alt_text("屏幕签名")).to_be_visible()
    site.assert_accessible(page)
    page.goto(site.url("/documents/to-serve/"))
    expect(page.get_by_text("没有待送达的文书")).to_be_visible()


def test_every_page_of_papers_is_accessible(site: Site, size: str):
    v = site.village
    rows = [paper(v, kind) for kind in (K.CORRECTION_ORDER, K.CIVIL_COMPLAINT)]
    to_it = Receiver(kind=ReceiverKind.UNIT, unit_id=v.units["shiqiao"].pk)
    rows.append(paper(v, K.DROPOUT_REPORT, office="primary", by="qin", receiver=to_it))
    kept = volume(v)
    page = site.sign_in("xiang", size=size)
    addresses = [
        "/documents/",
        "/documents/export/",
        "/documents/received/",
        "/documents/registers/",
        "/documents/volumes/",
        "/documents/volumes/new/",
        f"/documents/volumes/{kept.pk}/",
        *(f"/documents/{row.pk}/" for row in rows),
        *(f"/documents/{row.pk}/print/" for row in rows),
    ]

    for address in addresses:
        page.goto(site.url(address))
        site.assert_accessible(page)
        if size == "phone":
            assert too_small(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= 391, address
