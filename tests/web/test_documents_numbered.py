"""Visits and class reports get a number at the press of a button, once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from uuid_utils.compat import uuid7

from notoneless.contacts.models import Contact
from notoneless.documents.models import Document
from notoneless.flows.cases.papers.on_demand import MOST_TIMES, visit_ids
from notoneless.flows.contacts.reporting import Saying, report_to_school
from notoneless.flows.documents.ending import withdraw_paper
from notoneless.rules.documents.kinds import DocumentKind, DocumentState
from tests.attendance.register import TUE, WED, at
from tests.cases.desk import case_of
from tests.cases.story import suspected
from tests.contacts.desk import log
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-298", "R-299")]


@pytest.fixture
def v(village: Village) -> Village:
    """Lan's family was visited on Tuesday, when her case opened."""
    return suspected(village)


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def visit() -> Contact:
    return Contact.objects.get(kind="visit")


def number(v: Village) -> str:
    return reverse("visit-number", args=[visit().pk, v.lan.pk])


def test_a_visit_is_numbered_from_its_page_and_from_the_case(v, browse):
    browser = browse("chen", WED)
    contact, case = reverse("contact", args=[visit().pk]), f"/cases/{case_of(v).pk}/"
    for page in (contact, case):
        assert number(v) in text(browser.get(page))

    paper = browser.post(number(v)).url

    row = Document.objects.get(kind=DocumentKind.VISIT_RECORD)
    assert paper == reverse("paper", args=[row.pk])
    assert (row.file_id, row.office_id) == (case_of(v).pk, v.units["primary"].pk)
    assert browser.get(reverse("paper-pdf", args=[row.pk])).content[:4] == b"%PDF"
    for page in (contact, case):
        assert row.number_text in text(browser.get(page))
        assert number(v) not in text(browser.get(page))


def test_pressed_twice_it_has_one_number(v, browse):
    browser = browse("chen", WED)

    assert browser.post(number(v)).url == browser.post(number(v)).url
    assert browse("qin", WED).post(number(v)).url == browser.post(number(v)).url
    assert Document.objects.filter(kind=DocumentKind.VISIT_RECORD).count() == 1


def test_once_withdrawn_it_is_numbered_anew_and_the_old_number_stays_used(v, browse):
    browser = browse("qin", WED)
    browser.post(number(v))
    old = Document.objects.get(kind=DocumentKind.VISIT_RECORD)
    qin = v.actor("qin", today=WED)
    withdraw_paper(qin, old.pk, reason="家长姓名有误", today=WED, now=at(WED, 11))
    assert number(v) in text(browser.get(f"/cases/{case_of(v).pk}/"))

    browser.post(number(v))

    new = Document.objects.get(kind=DocumentKind.VISIT_RECORD, state=DocumentState.ISSUED)
    assert new.number == old.number + 1
    assert (old.pk, new.pk) == visit_ids(visit().pk, v.lan.pk)[:2]


def test_after_many_withdrawals_the_record_itself_is_to_be_mended(v, browse):
    browser, qin = browse("qin", WED), v.actor("qin", today=WED)
    for hour in range(MOST_TIMES):
        browser.post(number(v))
        row = Document.objects.get(kind=DocumentKind.VISIT_RECORD, state=DocumentState.ISSUED)
        withdraw_paper(qin, row.pk, reason="写错", today=WED, now=at(WED, 11, hour))

    assert browser.post(number(v)).status_code == 409


@pytest.mark.req("R-300")
@pytest.mark.parametrize(("name", "status"), [("xiang", 409), ("lu", 409), ("tan", 404)])
def test_outside_the_school_nobody_numbers_a_visit(v, browse, name, status):
    browser = browse(name, WED)

    assert browser.post(number(v)).status_code == status
    assert number(v) not in text(browser.get(f"/cases/{case_of(v).pk}/"))
    assert not Document.objects.filter(kind=DocumentKind.VISIT_RECORD).exists()


def test_a_call_and_a_visit_that_was_withdrawn_are_no_papers(v, browse):
    browser = browse("chen", WED)
    log(v, kind="call", result="refused", happened_on=TUE, today=TUE)
    browser.post(reverse("contact-withdraw", args=[visit().pk]), {"reason": "记错了人"})

    for row in (Contact.objects.get(kind="call"), visit()):
        assert "编号存档" not in text(browser.get(reverse("contact", args=[row.pk])))
        address = reverse("visit-number", args=[row.pk, v.lan.pk])
        assert browser.post(address).status_code == 404


@pytest.mark.req("R-104")
def test_a_class_report_is_numbered_once(v, browse):
    saying = Saying(uuid7(), v.lan.pk, "家里不愿多说", "已家访一次")
    report_to_school(v.actor("chen", today=WED), saying, today=WED, now=at(WED, 10))
    browser = browse("chen", WED)
    page, press = reverse("report", args=[saying.id]), reverse("report-number", args=[saying.id])
    assert press in text(browser.get(page))
    assert press in text(browser.get(f"/cases/{case_of(v).pk}/"))

    assert browser.post(press).url == browser.post(press).url

    row = Document.objects.get(kind=DocumentKind.CLASS_REPORT)
    assert row.number_text in text(browser.get(page))
    assert browse("tan", WED).post(press).status_code == 404
