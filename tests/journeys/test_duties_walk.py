"""A teacher's morning: the red line on the first page leads to where it is done; heads look on."""

from __future__ import annotations

import pytest

from tests.attendance.register import THU, WED, call
from tests.duties.desk import S1_29, S2_5, adopt_pack, sweep, under
from tests.journeys.conftest import Site, too_small
from tests.world import TODAY

pytestmark = pytest.mark.req("R-068", "R-070", "R-072", "R-307")
BOTH = ("coverage_chain_template", "special_inspections_per_year")
NINE = (("daily_attendance_report_by", "09:00", "", None),)


@pytest.fixture
def lived(site: Site) -> Site:
    """Lan was away on Wednesday and Thursday; today nobody has called yet."""
    v = site.village
    under(v, S1_29)
    adopt_pack(v, S2_5, own=NINE, without=BOTH)
    call(v, WED, "lan")
    call(v, THU, "lan")
    sweep(v, TODAY)
    return site


def test_a_teacher_goes_from_the_red_line_to_the_child_and_back(lived: Site, size: str):
    page = lived.sign_in("chen", size=size)
    page.goto(lived.url("/"))
    lived.assert_accessible(page)
    assert too_small(page) == []
    overdue = page.locator("section", has=page.locator("#part-overdue"))
    assert overdue.get_by_role("link", name="上门家访").count() == 1
    assert page.get_by_text("未点，09:00 前").is_visible()

    overdue.get_by_text("依据：").first.click()
    assert overdue.get_by_text("S1-29").first.is_visible()
    overdue.get_by_role("link", name="上门家访").click()
    page.wait_for_url("**/duties/*/")
    lived.assert_accessible(page)
    assert page.get_by_text("记下什么就办结").is_visible()

    page.get_by_role("link", name="吴小兰").click()
    page.wait_for_url("**/children/*/duties/")
    lived.assert_accessible(page)
    assert page.get_by_role("link", name="上门家访").is_visible()


def test_the_roll_is_one_tap_from_the_first_page(lived: Site):
    page = lived.sign_in("chen", size="phone")
    page.goto(lived.url("/"))
    page.get_by_role("link", name="点名 三年级1班").click()
    page.wait_for_url(f"**/roll/*/{TODAY.isoformat()}/day/")


@pytest.mark.parametrize("who", ["qin", "xiang", "lu"])
def test_numbers_of_the_units_open_to_their_lists(lived: Site, who: str, size: str):
    page = lived.sign_in(who, size=size)
    page.goto(lived.url("/"))
    lived.assert_accessible(page)
    page.get_by_role("link", name="逾期事项").click()
    page.wait_for_url("**/duties/?whose=units&when=overdue")
    lived.assert_accessible(page)
    assert page.get_by_text("班主任 陈小满").first.is_visible()
    for path in ("/duties/late/", "/duties/holes/", "/duties/export/?whose=units"):
        page.goto(lived.url(path))
        lived.assert_accessible(page)


def test_the_list_goes_out_as_a_file(lived: Site):
    page = lived.sign_in("qin")
    page.goto(lived.url("/duties/?whose=units&when=overdue"))
    page.get_by_role("link", name="导出 Excel").click()
    page.get_by_label("导出用途").fill("教导处核对")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    assert download.value.suggested_filename == f"待办清单-{TODAY:%Y%m%d}.xlsx"


def test_the_policy_of_that_day_can_be_read(lived: Site):
    page = lived.sign_in("chen")
    page.goto(lived.url("/duties/?when=overdue"))
    page.get_by_role("link", name="查明缺勤原因").first.click()
    page.get_by_role("link", name="看当时执行的这条规定").click()
    page.wait_for_url("**/policy/at/**")
    assert page.locator("#rule-absence_days_investigate").is_visible()
