"""The page on which a paper is put in the place of another."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from notoneless.documents.models import Document
from notoneless.rules.documents.kinds import DocumentState
from tests.attendance.register import FRI, NEXT_MON, THU
from tests.cases.desk import take
from tests.cases.story import D, K, paper_of, reported, served
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-111")]
NEXT_FRI = NEXT_MON + timedelta(days=4)


@pytest.fixture
def v(village: Village) -> Village:
    """The township's notice was issued on Thursday, until Monday."""
    reported(village)
    take(village, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    return village


def address(v: Village, route: str = "paper-replace") -> str:
    return reverse(route, args=[paper_of(v, D.RETURN_NOTICE).pk])


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def form(**more):
    given = {
        "id": str(uuid4()),
        "on": FRI.isoformat(),
        "reason": "期限写错",
        "deadline": NEXT_FRI.isoformat(),
        "contact": "李干事 0879-5550202",
    }
    return given | more


def test_the_button_leads_to_a_form_with_what_was_said(v, browse):
    browser = browse("xiang", FRI)
    assert address(v) in text(browser.get(address(v, "paper")))

    page = text(browser.get(address(v)))

    assert NEXT_MON.isoformat() in page
    assert "李干事 0879-5550202" in page
    assert "原文书已于" not in page
    served(v, D.RETURN_NOTICE, FRI)
    assert "替换后那次送达不再计算" in text(browser.get(address(v)))


def test_sent_twice_it_is_issued_once_and_leads_to_the_new_paper(v, browse):
    browser, said, old = browse("xiang", FRI), form(), address(v)
    first, second = browser.post(old, said), browser.post(old, said)

    new = Document.objects.get(kind=D.RETURN_NOTICE, state=DocumentState.ISSUED)
    assert first.url == second.url == reverse("paper", args=[new.pk])
    page = text(browser.get(first.url))
    assert "要重新送达" in page
    assert "替换" in page
    assert "期限写错" in text(browser.get(reverse("paper", args=[new.replaces_id])))


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "错"}, {"deadline": ""}, {"id": "x"}])
def test_a_bad_form_keeps_what_was_typed(v, browse, wrong):
    page = browse("xiang", FRI).post(address(v), form(contact="王主任 0879-5550299") | wrong)

    assert page.status_code == 422
    assert "王主任 0879-5550299" in text(page)


def test_a_deadline_of_today_is_refused_with_a_sentence(v, browse):
    page = browse("xiang", FRI).post(address(v), form(deadline=FRI.isoformat()))

    assert page.status_code == 409
    assert "期限要在办理日期之后" in text(page)
    assert Document.objects.filter(kind=D.RETURN_NOTICE).count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("chen", 409), ("lu", 409), ("tan", 404), ("long", 404)]
)
def test_who_did_not_issue_it_has_neither_button_nor_form(v, browse, name, status):
    browser = browse(name, FRI)

    assert browser.get(address(v)).status_code == status
    assert browser.post(address(v), form()).status_code == status
    assert address(v) not in text(browser.get(address(v, "paper")))


def test_a_replaced_paper_offers_no_further_replacement(v, browse):
    browser, old = browse("xiang", FRI), address(v)
    paper = address(v, "paper")
    browser.post(old, form())

    assert old not in text(browser.get(paper))
    assert browser.get(old).status_code == 409
