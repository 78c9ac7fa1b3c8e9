"""A draft's form that was posted after the session had ended comes back after the sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from uuid_utils.compat import uuid7

from notoneless.policy.models import PackDraft, PackProposal
from notoneless.rules.policy.reading import read_pack
from tests.policy.desk import give_packs
from tests.web.test_policy_drafts import KEY, LONGER, begin, change, propose, text_of
from tests.web.test_rolls_kept import sign_in
from tests.world import NOW, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-302", "R-068")]
KEPT = "这是登录超时前没有交出去的内容"
S1_29 = "S1-29/2026"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def away(village: Village, clock: Any) -> tuple[Client, str]:
    """Lu's browser with a draft of his, half an hour and a minute after he last did anything."""
    give_packs(village)
    for who in ("lu", "fang"):
        village.account(who)
    browser = Client()
    sign_in(browser, "lu")
    draft = begin(browser)
    clock.shift(timedelta(minutes=31))
    return browser, draft


def back(browser: Client, answer: Any, *, who: str = "lu", address: str = "") -> Any:
    """Sign in where the answer led, and open the page to which that leads."""
    assert "kept=1" in answer["Location"]
    assert "已为您留着" in browser.get(answer["Location"]).content.decode()
    there = address or answer.wsgi_request.path
    arrived = sign_in(browser, who, next=there)
    assert arrived["Location"] == there
    return browser.get(there)


def value_of(draft: str) -> object:
    row = PackDraft.objects.get(pk=draft.rstrip("/").rpartition("/")[2])
    return read_pack(row.toml, "draft").rules[KEY].value


def test_a_rule_that_was_typed_waits_and_is_saved_when_it_is_sent_again(away):
    browser, draft = away
    before = value_of(draft)

    page = back(browser, change(browser, draft))

    html = page.content.decode()
    assert page.status_code == 200
    assert KEPT in html
    assert LONGER["source"] in html
    assert page.context["form"][KEY].value() == "3"
    assert value_of(draft) == before != 3
    assert change(browser, draft).status_code == 302
    assert value_of(draft) == 3
    assert KEPT not in browser.get(f"{draft}rules/{KEY}/").content.decode()


def test_a_draft_that_was_changed_meanwhile_refuses_the_kept_rule(away):
    browser, draft = away
    answer = change(browser, draft)
    page = back(browser, answer)
    change(browser, draft, **{KEY: "4"})

    again = change(browser, draft, number=page.context["form"]["number"].value())

    assert again.status_code == 409
    assert value_of(draft) == 4


def test_taking_a_rule_out_is_asked_again_and_not_filled_in(away):
    browser, draft = away
    answer = browser.post(f"{draft}rules/{KEY}/", {"number": 1, "take_out": "1"})

    page = back(browser, answer)

    assert KEPT not in page.content.decode()
    assert not page.context["form"].is_bound
    assert value_of(draft)


def test_a_text_waits_with_what_is_wrong_in_it(away):
    browser, draft = away
    typed = text_of(S1_29).replace('unit = "day_of_month"', 'unit = "day"', 1)

    page = back(browser, browser.post(f"{draft}text/", {"number": 1, "text": typed}))

    html = page.content.decode()
    assert KEPT in html
    assert page.context["form"]["text"].value() == typed
    assert "没有这个单位" in html
    good = {"number": 1, "text": text_of(S1_29).replace("value = 23\n", "value = 24\n")}
    assert browser.post(f"{draft}text/", good).status_code == 302
    assert KEPT not in browser.get(f"{draft}text/").content.decode()


def test_a_pasted_pack_waits_under_its_own_id(away):
    browser, _draft = away
    given = {"id": str(uuid7()), "text": text_of(S1_29)}

    page = back(browser, browser.post("/policy/drafts/import/", given))

    html = page.content.decode()
    assert KEPT in html
    assert given["id"] in html
    assert page.context["form"]["text"].value() == given["text"]


def test_a_proposal_waits_on_the_page_of_its_draft(away):
    browser, draft = away

    page = back(browser, propose(browser, draft, number=1))

    html = page.content.decode()
    assert KEPT in html
    assert "两日太急" in html
    assert not PackProposal.objects.exists()
    change(browser, draft)
    assert propose(browser, draft).status_code == 302
    assert PackProposal.objects.get().reason == "两日太急"


def test_where_nothing_waits_the_address_of_a_proposal_leads_to_the_draft(away):
    browser, draft = away
    sign_in(browser, "lu")

    assert browser.get(f"{draft}propose/")["Location"] == draft


def test_somebody_elses_draft_is_not_there_for_whoever_signs_in_instead(away):
    browser, draft = away

    page = back(browser, change(browser, draft), who="fang")

    assert page.status_code == 404
    assert LONGER["source"] not in page.content.decode()
