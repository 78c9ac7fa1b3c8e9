"""A roll that was posted after the session had ended is not lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from notoneless.attendance.models import Roll
from tests.attendance.register import FRI, open_school, standing
from tests.web.test_rolls_sheet import address, form, text
from tests.world import NOW, PASSWORD, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-068")]


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def sign_in(browser: Client, username: str, **more: str):
    return browser.post("/sign-in/", {"username": username, "password": PASSWORD, **more})


def idle(school: Village, clock, who: str = "chen") -> Client:
    """A browser in which ``who`` was signed in until he did nothing for half an hour."""
    school.account(who)
    browser = Client()
    sign_in(browser, who)
    clock.shift(timedelta(minutes=31))
    return browser


def test_it_waits_over_the_sign_in_and_is_shown_back_for_confirmation(school, clock):
    browser = idle(school, clock)
    sent = form(school, "lan", why1="sick", note1="发烧")

    away = browser.post(address(school), sent)
    assert not Roll.objects.exists()
    page = browser.get(away["Location"])
    assert "已为您留着" in text(page)

    back = sign_in(browser, "chen", next=address(school))
    assert back["Location"] == address(school)
    sheet = browser.get(back["Location"])
    assert "这张点名表还没有交" in text(sheet)
    lan = sheet.context["rows"][0]
    assert (lan.is_marked, lan.typed.reason, lan.typed.note) == (True, "sick", "发烧")
    assert str(sheet.context["sheet_id"]) == sent["id"]


def test_sent_again_it_counts_from_the_moment_it_was_first_sent(school, clock):
    browser = idle(school, clock)
    browser.post(address(school), form(school, "lan"))
    clock.shift(timedelta(minutes=20))
    sign_in(browser, "chen")
    typed = browser.get(address(school)).context["typed"]

    browser.post(address(school), {**form(school, "lan"), "noted_at": typed.noted_at})

    assert standing(school, FRI).noted_at == NOW + timedelta(minutes=31)
    assert "还没有交" not in text(browser.get(address(school) + "?edit=1"))


def test_it_can_be_thrown_away(school, clock):
    browser = idle(school, clock)
    browser.post(address(school), form(school, "lan"))
    sign_in(browser, "chen")

    for _ in range(2):
        page = browser.get(address(school) + "?fresh=1")
        assert not any(row.is_marked for row in page.context["rows"])
    assert "还没有交" not in text(browser.get(address(school)))


def test_on_another_page_or_for_another_school_it_does_not_open(school, clock):
    browser = idle(school, clock)
    browser.post(address(school), form(school, "lan"))
    school.account("tan")
    sign_in(browser, "tan")

    assert browser.get(address(school)).status_code == 404
    assert "吴小兰" not in text(browser.get(address(school, at="other-1")))


def test_it_lies_sealed(school, clock):
    browser = idle(school, clock)
    browser.post(address(school), form(school, "lan", note1="肚子疼"))

    kept = [session.get_decoded().get("kept_form") for session in Session.objects.all()]
    (one,) = [each for each in kept if each]
    assert str(school.lan.pk) not in str(one)
    assert "note1" not in str(one)


def test_nothing_is_kept_for_a_stranger(school, clock):
    browser = Client()
    browser.post(address(school), form(school, "lan"))

    assert not Session.objects.exists()


def test_nothing_monstrous_is_kept(school, clock):
    browser = idle(school, clock)
    away = browser.post(address(school), form(school, "lan", note1="长" * 20_000))

    assert "kept" not in away["Location"]


def test_after_the_password_was_changed_elsewhere_it_waits_too(school, clock):
    school.account("chen")
    browser, elsewhere = Client(), Client()
    sign_in(browser, "chen")
    sign_in(elsewhere, "chen")
    own = "another-long-password"
    elsewhere.post(
        "/password/", {"old_password": PASSWORD, "new_password1": own, "new_password2": own}
    )

    away = browser.post(address(school), form(school, "lan"))
    assert "kept=1" in away["Location"]
    browser.post("/sign-in/", {"username": "chen", "password": own})
    assert browser.get(address(school)).context["rows"][0].is_marked


def test_signed_out_by_oneself_the_sheet_is_found_again(school, clock):
    school.account("chen")
    browser = Client()
    sign_in(browser, "chen")
    browser.post("/sign-out/")
    away = browser.post(address(school), form(school, "lan"))

    back = sign_in(browser, "chen", next=address(school))
    assert away.status_code == 302
    assert browser.get(back["Location"]).status_code == 200
