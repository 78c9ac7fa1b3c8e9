"""The form of a step: over a sign-in, by htmx and without, pressed twice."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.test import Client
from uuid_utils.compat import uuid7

from notoneless.cases.models import CaseStep
from notoneless.documents.models import Document
from notoneless.rules.cases.kinds import State, StepKind
from tests.attendance.register import MON, TUE, WED, call
from tests.cases.desk import case_of, family, look, take
from tests.duties.desk import S1_29, under
from tests.world import PASSWORD, Village

pytestmark = pytest.mark.django_db
K = StepKind
CRITERIA = "三次家访，家长称不再来"


@pytest.fixture
def v(village: Village) -> Village:
    """Lan was away on Monday and Tuesday: her case is open since Tuesday."""
    under(family(village), S1_29, own=[("report_rule", ("immediate",), "", "")])
    for day in (MON, TUE):
        call(village, day, "lan")
    look(village, TUE)
    return village


@pytest.fixture
def clock():
    at = datetime(WED.year, WED.month, WED.day, 1, tzinfo=timezone.utc)
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def url(v: Village, kind: str) -> str:
    return f"/cases/{case_of(v).pk}/step/{kind}/"


def sign_in(browser: Client, username: str, **more: str):
    return browser.post("/sign-in/", {"username": username, "password": PASSWORD, **more})


def filled(**more: object) -> dict[str, object]:
    return {
        "id": str(uuid7()),
        "on": WED.isoformat(),
        "result": "dropped_out",
        "criteria": CRITERIA,
        **more,
    }


def idle(v: Village, clock, who: str) -> Client:
    """A browser in which ``who`` was signed in until he did nothing for half an hour."""
    v.account(who)
    browser = Client()
    sign_in(browser, who)
    clock.shift(timedelta(minutes=31))
    return browser


# -- over a sign-in ------------------------------------------------------------------------------


def test_a_step_typed_while_the_session_ended_is_there_after_the_sign_in(v, clock):
    browser, form = idle(v, clock, "qin"), filled()
    where = url(v, "determined")

    away = browser.post(where, form)
    assert away.status_code == 302
    assert "/sign-in/" in away["Location"]
    assert not CaseStep.objects.filter(kind=K.DETERMINED).exists()
    back = sign_in(browser, "qin", next=where)
    assert back["Location"] == where
    page = browser.get(where)

    assert CRITERIA in text(page)
    assert form["id"] in text(page)
    assert not CaseStep.objects.filter(kind=K.DETERMINED).exists()


def test_the_kept_step_is_taken_when_it_is_sent_again_and_then_kept_no_more(v, clock):
    browser, form = idle(v, clock, "qin"), filled()
    where = url(v, "determined")
    browser.post(where, form)
    sign_in(browser, "qin")

    assert browser.post(where, form).status_code == 302

    assert CaseStep.objects.get(kind=K.DETERMINED).pk.hex == str(form["id"]).replace("-", "")
    assert CRITERIA not in text(browser.get(where))


def test_whoever_may_not_see_the_case_does_not_see_what_was_typed(v, clock):
    browser = idle(v, clock, "qin")
    v.account("tan")
    browser.post(url(v, "determined"), filled())
    sign_in(browser, "tan")

    page = browser.get(url(v, "determined"))

    assert page.status_code == 404
    assert CRITERIA not in text(page)


def test_a_kept_step_opens_on_no_other_form(v, clock):
    browser = idle(v, clock, "qin")
    browser.post(url(v, "determined"), filled())
    sign_in(browser, "qin")

    assert CRITERIA not in text(browser.get(url(v, "criticised")))


# -- with htmx and without -----------------------------------------------------------------------


def letter(**more: object) -> dict[str, object]:
    given = {"deadline": "2026-11-27", "preview": "1"}
    return {"id": str(uuid7()), "on": WED.isoformat(), **given, **more}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "paper"}])
def test_a_preview_shows_the_paper_as_typed_and_takes_no_step(v, browse, headers):
    browser = browse("qin", WED)

    page = browser.post(url(v, "letter_issued"), letter(), headers=headers)

    assert page.status_code == 200
    (paper,) = re.findall(r'id="paper".*', page.content.decode(), re.S)
    assert "11月27日" in paper
    assert not CaseStep.objects.filter(kind=K.LETTER_ISSUED).exists()
    assert not Document.objects.exists()


def test_a_preview_after_the_session_ended_leads_the_whole_page_to_the_sign_in(v, clock):
    browser = idle(v, clock, "qin")

    answer = browser.post(
        url(v, "letter_issued"), letter(), headers={"HX-Request": "true", "HX-Target": "paper"}
    )

    assert "/sign-in/" in answer["HX-Redirect"]


def test_a_step_sent_by_htmx_without_its_answers_comes_back_with_what_is_missing(v, browse):
    browser = browse("qin", WED)

    answer = browser.post(url(v, "determined"), filled(criteria=""), headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "请填写这一项" in text(answer)


# -- pressed twice -------------------------------------------------------------------------------


def test_a_second_press_after_the_case_moved_on_leads_to_the_case_and_changes_nothing(v, browse):
    browser, form = browse("qin", WED), filled()
    assert browser.post(url(v, "determined"), form).status_code == 302
    take(v, K.REPORTED, by="qin", day=WED, reason="家中缺劳力")

    again = browser.post(url(v, "determined"), form)

    assert again.status_code == 302
    assert CaseStep.objects.filter(kind=K.DETERMINED).count() == 1
    assert case_of(v).state == State.REPORTED


def test_somebody_else_s_id_is_no_way_to_take_a_step(v, browse):
    form = filled()
    assert browse("qin", WED).post(url(v, "determined"), form).status_code == 302

    answer = browse("chen", WED).post(
        url(v, "criticised"), {"id": form["id"], "on": WED.isoformat(), "words": "当面批评"}
    )

    assert answer.status_code == 409
    assert not CaseStep.objects.filter(kind=K.CRITICISED).exists()
