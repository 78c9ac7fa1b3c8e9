"""What waits among contracts, faults, reports and consequences stands on the first page."""

from __future__ import annotations

import re

import pytest

from notoneless.contracts.models import Contract
from notoneless.flows.contracts.drawing import Order, draw_contracts
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.contracts.terms import Effective, Span, Terms
from tests.attendance.register import TUE, at, open_school
from tests.world import Village

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def v(village: Village) -> Village:
    """The principal has drawn up the contract with the teacher of class 1."""
    open_school(village)
    order = Order(
        ContractKind.SCHOOL_CLASS_TEACHER,
        village.units["primary"].pk,
        Terms(Span.SCHOOL_YEAR, Effective.ON_SIGNATURE, 2, goes_on=True),
    )
    draw_contracts(village.actor("qin", today=TUE), order, today=TUE, now=at(TUE))
    return village


@pytest.mark.req("R-175")
def test_a_teacher_finds_the_contract_that_waits_for_his_name(v, browse):
    assert Contract.objects.count() > 0

    page = browse("chen", TUE).get("/home/answering/", **HTMX).content.decode()

    assert "待我签的责任书" in page
    assert 'href="/contracts/"' in page


def test_whoever_has_nothing_waiting_gets_an_empty_piece(v, browse):
    assert browse("long", TUE).get("/home/answering/", **HTMX).content.decode().strip() == ""


def test_the_first_page_asks_for_the_piece_and_a_plain_visit_is_led_on(v, browse):
    client = browse("chen", TUE)

    assert "/home/answering/" in client.get("/").content.decode()
    assert client.get("/home/answering/").url == "/contracts/"


@pytest.mark.parametrize("name", ["shi", "mo", "qin", "chen", "xiang", "lu", "long", "shao"])
def test_every_tab_of_the_answering_pages_opens_for_whom_it_is_shown(v, browse, name):
    client = browse(name, TUE)
    page = client.get("/contracts/").content.decode()
    tabs = page.partition('aria-label="责任"')[2].partition("</nav>")[0]

    for url in re.findall(r'href="(/[^"]+)"', tabs):
        assert client.get(url).status_code == 200, url
