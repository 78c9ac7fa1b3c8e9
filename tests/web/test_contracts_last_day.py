"""The last day for signing on the pages: late lines where they are looked for (R-175)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.contracts.models import Contract
from notoneless.flows.contracts.drawing import Order, draw_contracts
from notoneless.rules.contracts.terms import USUAL
from tests.contracts.desk import (
    CLASSES,
    S1_7,
    new_teacher,
    of_class,
    signed_by_both,
    with_contracts,
)
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-175")]
LAST = TODAY + timedelta(days=7)
NEXT = LAST + timedelta(days=1)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def v(village: Village) -> Village:
    return with_contracts(village, S1_7)


def draw_by(v: Village, sign_by: date | None) -> None:
    order = Order(CLASSES, v.units["primary"].pk, USUAL, sign_by)
    draw_contracts(v.actor("qin"), order, today=TODAY, now=NOW)


def test_the_signer_finds_it_on_the_first_page_apart_from_the_others(v: Village, browse):
    draw_by(v, LAST)

    before = browse("chen", LAST).get("/home/answering/", **HTMX).content.decode()
    after = browse("chen", NEXT).get("/home/answering/", **HTMX).content.decode()

    assert "待我签的责任书" in before
    assert "过了最后一天" not in before
    assert "过了最后一天、待我签的责任书" in after
    assert after.count('href="/contracts/"') == 1


def test_who_draws_up_sees_how_many_are_late_and_who(v: Village, browse):
    draw_by(v, LAST)
    client = browse("qin", NEXT)
    page = client.get("/contracts/").content.decode()

    assert "有 2 份过了签字的最后一天还没签完" in page
    listed = client.get("/contracts/list/?unsigned=overdue&year=2026").content.decode()
    assert "陈小满" in listed
    assert "逾期" in listed
    assert "最迟签完" in client.get(f"/contracts/{of_class(v).pk}/").content.decode()


def test_the_form_takes_the_last_day(v: Village, browse):
    client = browse("qin", TODAY)
    address = f"/contracts/draw/?unit={v.units['primary'].pk}&kind={CLASSES}"
    form = {"span": "school_year", "effective": "on_signature", "copies": 2, "goes_on": "on"}

    assert "最迟哪天签完" in client.get(address).content.decode()
    assert client.post(address, {**form, "sign_by": "2026-01-01"}).status_code == 409
    assert client.post(address, {**form, "sign_by": LAST.isoformat()}).status_code == 302
    assert Contract.objects.filter(sign_by=LAST).count() == 2


@pytest.mark.req("R-177")
def test_whoever_hands_over_finds_the_change_on_the_first_page(v: Village, browse):
    draw_by(v, None)
    signed_by_both(v)
    new_teacher(v)

    principal = browse("qin", TODAY).get("/home/answering/", **HTMX).content.decode()
    teacher = browse("zhou", TODAY).get("/home/answering/", **HTMX).content.decode()

    assert "待接续的责任书" in principal
    assert "/contracts/succession/" in principal
    assert "待接续的责任书" not in teacher
