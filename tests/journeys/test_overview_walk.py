"""The overview in a browser: charts under the strict policy, readable to everyone, on paper too."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.attendance.register import MON, THU, TUE, WED, call
from tests.cases.desk import look
from tests.duties.desk import S1_29, sweep, under
from tests.journeys.conftest import Site

pytestmark = pytest.mark.req("R-068")


def test_the_county_looks_from_the_overview_into_a_township(site: Site, size: str) -> None:
    v = under(site.village, S1_29)
    for day in (MON, TUE, WED, THU):
        call(v, day, "lan")
    sweep(v, THU)
    look(v, THU)
    page = site.sign_in("lu", size=size)
    page.goto(site.url("/overview/"))

    expect(page.locator("[data-chart] svg")).to_have_count(2)
    page.locator("[data-chart]").first.hover()  # the tooltip is drawn in the picture
    site.assert_accessible(page)
    page.get_by_role("link", name="石桥乡", exact=True).first.click()
    page.wait_for_url("**/overview/?unit=*")
    assert page.get_by_role("heading", level=1).inner_text() == "石桥乡 · 总览"
    site.assert_accessible(page)
    page.goto(site.url(f"/overview/sheet/?unit={v.units['county'].pk}"))
    site.assert_accessible(page)
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    assert len(paper.pages) <= 3
    assert "控辍保学情况" in paper.pages[0].extract_text()
