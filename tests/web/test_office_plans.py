"""Pages about implementation plans and about who lacks a group or a plan."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from notoneless.journal.models import RefusedAttempt
from notoneless.places.models import ImplementationPlan
from tests.web.test_office_pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-004")]
FORM = {"title": "2026 年方案", "goals": "全部在校", "state": "submitted"}


def address(village, at="primary", route="plan"):
    return reverse(route, args=[village.units[at].pk])


def test_a_plan_is_entered_by_form_and_shown_on_the_units_page(village, signed_in):
    browser, unit = signed_in("qin"), address(village, route="unit")
    assert "本学年还没有实施方案" in text(browser.get(unit))
    assert "2026—2027 学年" in text(browser.get(address(village)))

    assert browser.post(address(village), FORM).url == unit

    page = text(browser.get(unit))
    assert "2026 年方案" in page
    assert "已上报" in page
    assert "本学年还没有实施方案" not in page


def test_a_plan_sent_twice_is_kept_once_and_another_from_a_stale_page_is_refused(
    village, signed_in
):
    browser = signed_in("qin")
    assert browser.post(address(village), FORM).status_code == 302
    assert browser.post(address(village), FORM).status_code == 302
    assert ImplementationPlan.objects.count() == 1

    stale = browser.post(address(village), {**FORM, "goals": "另写一份"})
    assert stale.status_code == 409
    assert "另写一份" in text(stale)
    assert ImplementationPlan.objects.get().goals == "全部在校"


def test_bad_forms_keep_what_was_typed(village, signed_in):
    browser = signed_in("qin")
    page = browser.post(address(village), {**FORM, "state": "approved"})
    assert page.status_code == 422
    assert "批准人" in text(page)
    assert "全部在校" in text(page)
    for wrong in ({"title": ""}, {"state": "withdrawn"}, {"basis": "x"}, {"goals": "长" * 4001}):
        assert browser.post(address(village), {**FORM, **wrong}).status_code == 422
    assert not ImplementationPlan.objects.exists()


def test_a_plan_is_for_the_year_in_the_address_and_for_no_odd_one(village, signed_in):
    browser = signed_in("qin")
    browser.post(address(village) + "?year=2027", FORM)
    browser.post(address(village) + "?year=1066", FORM)
    years = ImplementationPlan.objects.values_list("school_year", flat=True)
    assert sorted(years) == [2026, 2027]


def test_a_plan_is_withdrawn_with_a_reason_once(village, signed_in):
    browser = signed_in("qin")
    browser.post(address(village), FORM)
    basis = ImplementationPlan.objects.get().pk
    withdraw = address(village, route="plan-withdraw")
    assert browser.post(withdraw, {"basis": str(basis), "reason": ""}).status_code == 422
    form = {"basis": str(basis), "reason": "目标有误"}
    assert browser.post(withdraw, form).status_code == 302
    assert browser.post(withdraw, form).status_code == 409
    assert "已撤回" in text(browser.get(address(village, route="unit")))
    assert "目标有误" in text(browser.get(address(village)))


@pytest.mark.parametrize("route", ["plan", "plan-withdraw"])
def test_the_wrong_place_is_not_there_and_the_wrong_role_is_refused(village, signed_in, route):
    far = address(village, route=route)
    for browser in (signed_in("tan"), signed_in("chen")):
        assert browser.get(far).status_code == 404
        assert browser.post(far, FORM).status_code == 404
    assert signed_in("wei").get(far).status_code == 409
    assert signed_in("xiang").post(far, FORM).status_code == 409
    assert RefusedAttempt.objects.filter(kind=route).count() == 2
    assert signed_in("qin").get(address(village, "primary-grade", route)).status_code == 404
    assert not ImplementationPlan.objects.exists()


def test_a_village_officer_keeps_the_plan_of_the_own_village(village, signed_in):
    browser = signed_in("long")
    assert "登记方案" in text(browser.get(address(village, "village", "unit")))
    assert browser.post(address(village, "village"), FORM).status_code == 302
    assert "登记方案" not in text(signed_in("wei").get(address(village, route="unit")))


def test_the_township_sees_who_lacks_a_group_or_a_plan(village, signed_in):
    browser = signed_in("xiang")
    lacking = reverse("groups") + "?show=lacking"
    page = text(browser.get(lacking))
    for name in ("石桥村", "石桥乡中心小学", "石桥乡初级中学"):
        assert name in page
    assert page.count("没有方案") == 3
    signed_in("qin").post(address(village), FORM)
    assert text(browser.get(lacking)).count("没有方案") == 2


def test_the_list_of_groups_and_plans_goes_out_as_a_file(village, signed_in):
    answer = signed_in("xiang").get(reverse("groups") + "?show=lacking&export=1")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert "向春林" in rows[0][0]
    assert "保密" in rows[1][0]
    assert "石桥村" in [row[0] for row in rows[3:]]
