"""A sub-case about a teacher or a cadre that was found to be true is proposed where it belongs,
and leads from the case page to the form that raises it (T26).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from uuid_utils.compat import uuid7

from notoneless.cases.models import SubCase
from notoneless.flows.cases.referring import Answer, settle
from notoneless.flows.oversight.pointers import lay_aside, proposals_for
from notoneless.oversight.models import Fault, FaultLink
from notoneless.places.services.units import NewUnit
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.faults.integrity import Check, Proposal
from notoneless.rules.faults.kinds import LinkKind, SourceKind
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, THU, TUE, at, call
from tests.cases.desk import case_of, look
from tests.cases.test_referring import by_school
from tests.oversight.desk import SAID, post_of, school
from tests.world import PASSWORD, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-211", "R-122", "T26")]
Browse = Callable[..., Client]
WORDS = "提出过错追究"


@pytest.fixture
def v(village: Village) -> Village:
    """Lan's case is open; the discipline office of the county looks into people."""
    school(village)
    village.found("office", NewUnit(UnitKind.DEPARTMENT, "青禾县纪委监委机关"), g="county")
    village.employ("ji", "纪明", Role.DEPARTMENT_LIAISON, "office")
    call(village, MON, "lan")
    call(village, TUE, "lan")
    look(village, TUE)
    return village


def subcase(v: Village, kind: str, *, result: str = "founded", on: date = THU) -> SubCase:
    """The principal gave it to the office on Wednesday, and it was settled; not where no result."""
    said: dict[str, Any] = {
        "kind": kind,
        "to": str(v.units["office"].pk),
        "about": "有家长反映，孩子被劝退。",
    }
    by_school(v, StepKind.SUBCASE_OPENED, said)
    row = SubCase.objects.get()
    if result:
        given = Answer(id=uuid7(), said={"result": result, "finding": "经查属实。"})
        settle(v.actor("ji", today=on), row.pk, given, today=on, now=at(on, 11))
        row.refresh_from_db()
    return row


def proposed(v: Village, who: str, unit: str, *, today: date = FRI) -> list[Proposal]:
    found = proposals_for(v.actor(who, today=today), v.units[unit].pk, today=today)
    return [each for each in found if each.check is Check.SUBCASE]


def link(v: Village, browse: Browse, who: str, *, on: date = FRI) -> str:
    """The address behind the words on the case page; empty where they are not there."""
    answer = browse(who, on).get(reverse("case", args=[case_of(v).pk]))
    html = answer.content.decode()
    assert answer.status_code == 200
    found = re.findall(r'href="([^"]*pointer=subcase[^"]*)"', html)
    assert len(found) == html.count(WORDS)
    return unescape(found[0]) if found else ""


# -- the proposal ---------------------------------------------------------------------------------


@pytest.mark.parametrize("result", ["founded", "partly"])
def test_what_was_found_about_a_teacher_is_proposed_at_the_school(v: Village, result: str):
    row = subcase(v, "teacher", result=result)

    (found,) = proposed(v, "gu", "primary")

    assert found.key == f"subcase:{row.pk.hex}"
    assert (found.unit_id, found.on) == (v.units["primary"].pk, THU)
    assert [(p.kind, p.id) for p in found.pointed] == [(LinkKind.CASE, case_of(v).pk)]


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("teacher", ""),
        ("teacher", "unfounded"),
        ("teacher", "passed_on"),
        ("employer", "founded"),
    ],
)
def test_what_was_not_found_or_is_about_an_employer_is_not(
    v: Village, browse: Browse, kind: str, result: str
):
    subcase(v, kind, result=result)

    assert proposed(v, "gu", "primary") == []
    assert not link(v, browse, "gu")


def test_what_was_found_about_a_cadre_is_the_townships_and_not_the_schools(
    v: Village, browse: Browse
):
    subcase(v, "cadre")

    assert proposed(v, "gu", "primary") == []
    (found,) = proposed(v, "xiang", "shiqiao")
    assert found.unit_id == v.units["shiqiao"].pk
    assert not link(v, browse, "gu")
    assert f"unit={v.units['shiqiao'].pk}" in link(v, browse, "xiang")


def test_another_school_and_an_old_finding_are_not_there(v: Village, browse: Browse):
    subcase(v, "teacher")

    assert proposed(v, "tan", "other") == []
    last, after = (THU + timedelta(days=60 + more) for more in (0, 1))
    assert proposed(v, "gu", "primary", today=last)
    assert link(v, browse, "gu", on=last)
    assert not proposed(v, "gu", "primary", today=after)
    assert not link(v, browse, "gu", on=after)


# -- from the case page ---------------------------------------------------------------------------


def filled(v: Village, form: Any) -> dict[str, object]:
    """What the form proposes, with the rest said."""
    assert form["cases"].value() == [str(case_of(v).pk)]
    assert form["source_kind"].value() == SourceKind.SUBCASE.value
    return {
        "id": str(uuid7()),
        "post": str(post_of(v, "chen")),
        "kind": "no_measures",
        "found_on": FRI.isoformat(),
        "facts": SAID,
        "source_kind": form["source_kind"].value(),
        "source": "",
        "cases": form["cases"].value(),
    }


def test_the_case_page_leads_to_the_form_with_everything_filled_in(v: Village, browse: Browse):
    row = subcase(v, "teacher")
    address = link(v, browse, "gu")
    client = browse("gu", FRI)
    page = client.get(address)
    assert "个案的关联事项查实属实" in page.content.decode()

    answer = client.post(address, filled(v, page.context["form"]))

    assert answer.status_code == 302, answer.content.decode()
    fault = Fault.objects.get()
    assert fault.pointer == f"subcase:{row.pk.hex}"
    assert FaultLink.objects.get(fault=fault).target_id == case_of(v).pk
    assert fault.source["kind"] == "subcase"
    # Raised once, it is neither proposed nor linked again.
    assert not link(v, browse, "gu")
    assert proposed(v, "gu", "primary") == []


def test_a_form_sent_after_the_session_ended_comes_back_with_its_pointer(
    v: Village, browse: Browse
):
    row = subcase(v, "teacher")
    address, client = link(v, browse, "gu"), browse("gu", FRI)
    sent = filled(v, client.get(address).context["form"])
    client.logout()
    client.cookies[settings.SESSION_COOKIE_NAME] = "over"

    away = client.post(address, sent)
    next_page = parse_qs(urlsplit(away["Location"]).query)["next"][0]
    back = client.post("/sign-in/", {"username": "gu", "password": PASSWORD, "next": next_page})

    page = client.get(back["Location"])
    assert SAID in page.content.decode()
    assert client.post(back["Location"], sent).status_code == 302
    assert Fault.objects.get().pointer == f"subcase:{row.pk.hex}"


def test_what_was_laid_aside_has_no_link(v: Village, browse: Browse):
    row, unit = subcase(v, "teacher"), v.units["primary"].pk
    key = f"subcase:{row.pk.hex}"
    lay_aside(v.actor("gu", today=FRI), unit, key, "已另案处理。", today=FRI, now=at(FRI, 12))

    assert not link(v, browse, "gu")


@pytest.mark.parametrize("who", ["qin", "gu", "he", "lu", "shao"])
def test_whoever_raises_faults_there_finds_the_link(v: Village, browse: Browse, who: str):
    subcase(v, "teacher")

    address = link(v, browse, who)

    assert browse(who, FRI).get(address).status_code == 200


@pytest.mark.req("R-300")
@pytest.mark.parametrize("who", ["chen", "wei"])
def test_who_raises_no_faults_sees_no_link(v: Village, browse: Browse, who: str):
    subcase(v, "teacher")

    assert not link(v, browse, who)


def test_the_link_costs_four_statements_and_none_where_nothing_was_found(
    v: Village, browse: Browse
):
    first = subcase(v, "teacher", result="")
    client, address = browse("gu", FRI), reverse("case", args=[case_of(v).pk])

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    before = cost()
    SubCase.objects.filter(pk=first.pk).update(result="founded", finding="属实", settled_on=THU)
    assert cost() <= before + 4
