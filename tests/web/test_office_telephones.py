"""Pages about offices' telephones: the unit's page, the directory, the checklist."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notoneless.flows.checklist import set_up_of
from notoneless.flows.checklist_units import Task
from notoneless.places.models import UnitTelephone
from tests.web.test_office_pages import text
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-017")]
FORM = {"phone": "0879-5550231", "contact": "教导处", "address": "石桥乡石桥村"}


def address(village, at="primary", route="unit-telephone"):
    return reverse(route, args=[village.units[at].pk])


def test_a_telephone_is_entered_once_and_shown_on_unit_page_and_directory(village, signed_in):
    browser = signed_in("qin")
    unit = address(village, route="unit")
    assert "还没有登记，文书上就没有电话" in text(browser.get(unit))

    assert browser.post(address(village), FORM).url == unit

    for page in (browser.get(unit), browser.get(address(village, route="directory-unit"))):
        assert 'href="tel:0879-5550231"' in text(page)
        assert "教导处" in text(page)
    assert "0879-5550231" in text(
        signed_in("chen").get(address(village, "primary-1", "directory-unit"))
    )


def test_sent_twice_it_is_kept_once_and_from_a_stale_page_refused(village, signed_in):
    browser = signed_in("qin")
    assert browser.post(address(village), FORM).status_code == 302
    assert browser.post(address(village), FORM).status_code == 302
    assert UnitTelephone.objects.count() == 1

    stale = browser.post(address(village), {**FORM, "phone": "0879-5550999"})
    assert stale.status_code == 409
    assert "0879-5550999" in text(stale)


@pytest.mark.parametrize("wrong", [{"phone": ""}, {"phone": "1" * 41}, {"basis": "x"}])
def test_a_bad_form_keeps_what_was_typed(village, signed_in, wrong):
    page = signed_in("qin").post(address(village), {**FORM, **wrong})

    assert page.status_code == 422
    assert "石桥乡石桥村" in text(page)


def test_what_cannot_be_called_is_refused_with_a_sentence(village, signed_in):
    page = signed_in("qin").post(address(village), {**FORM, "phone": "教导处"})

    assert page.status_code == 409
    assert "至少 6 位数字" in text(page)


def test_who_neither_signs_nor_administers_has_no_form(village, signed_in):
    assert signed_in("wei").get(address(village)).status_code == 409
    assert "登记电话" not in text(signed_in("wei").get(address(village, route="unit")))
    assert signed_in("tan").get(address(village)).status_code == 404
    assert signed_in("qin").get(address(village, "primary-1")).status_code == 404


@pytest.mark.req("R-022")
def test_the_checklist_asks_for_it_until_it_is_there(village, signed_in):
    def step():
        found = set_up_of(village.actor("qin"), today=TODAY)
        return next((s.done, s.total) for s in found.steps if s.task is Task.TELEPHONES)

    assert step() == (0, 1)
    signed_in("qin").post(address(village), FORM)
    assert step() == (1, 1)
    of_village = set_up_of(village.actor("long"), today=TODAY)
    assert Task.TELEPHONES not in {s.task for s in of_village.steps}
