"""Signing in and out, lock-out, time-out, slips and own passwords."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from notoneless.access.models import User
from notoneless.access.services import print_slip
from notoneless.places.models import Person
from tests.world import NOW, PASSWORD, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]
OWN = "my-own-long-password"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def sign_in(client, username, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_a_right_password_opens_the_home_page_and_leads_back(village, clock):
    village.account("chen")

    assert sign_in(Client(), "chen")["Location"] == "/"
    assert sign_in(Client(), " CHEN ")["Location"] == "/"
    assert sign_in(Client(), "chen", next="/password/")["Location"] == "/password/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_a_sign_in_never_leads_to_another_site(village, clock, elsewhere):
    village.account("chen")
    assert sign_in(Client(), "chen", next=elsewhere)["Location"] == "/"


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_the_same(village, clock):
    village.account("chen")
    village.account("wei")
    User.objects.filter(username="wei").update(is_active=False)

    pages = [
        sign_in(Client(), "chen", "wrong"),
        sign_in(Client(), "nobody", "wrong"),
        sign_in(Client(), "wei"),
    ]

    assert {page.status_code for page in pages} == {422}
    errors = {str(page.context["form"].non_field_errors()) for page in pages}
    assert len(errors) == 1


@pytest.mark.parametrize("name", ["chen", "nobody"])
def test_five_wrong_passwords_lock_for_fifteen_minutes_whoever_it_is(village, clock, name):
    village.account("chen")
    browser = Client()
    answers = [sign_in(browser, n, "wrong").status_code for n in (name, name.upper()) * 2]
    assert answers == [422] * 4

    locked = sign_in(browser, name, "wrong")

    assert locked.status_code == 429
    assert "15 分钟" in locked.content.decode()
    assert sign_in(browser, name).status_code == 429


def test_a_lock_out_ends_after_fifteen_minutes(village, clock):
    village.account("chen")
    browser = Client()
    for _ in range(5):
        sign_in(browser, "chen", "wrong")

    clock.shift(timedelta(minutes=14, seconds=59))
    assert sign_in(browser, "chen").status_code == 429
    clock.shift(timedelta(minutes=15, seconds=1))
    assert sign_in(browser, "chen").status_code == 302


def test_four_wrong_passwords_are_forgotten_after_a_right_one(village, clock):
    village.account("chen")
    browser = Client()
    for _ in range(2):
        for _ in range(4):
            assert sign_in(browser, "chen", "wrong").status_code == 422
        assert sign_in(browser, "chen").status_code == 302
        browser.post("/sign-out/")


def test_an_idle_session_ends_and_says_so_kindly(village, clock):
    village.account("chen")
    browser = Client()
    sign_in(browser, "chen")

    clock.shift(timedelta(minutes=29))
    assert browser.get("/password/").status_code == 200
    clock.shift(timedelta(minutes=29))
    assert browser.get("/password/").status_code == 200
    clock.shift(timedelta(minutes=31))
    away = browser.get("/password/")

    assert away["Location"] == "/sign-in/?next=%2Fpassword%2F&idle=1"
    assert "您已超过 30 分钟未操作" in browser.get(away["Location"]).content.decode()


def test_a_first_visit_is_not_blamed_for_idling(village, clock):
    away = Client().get("/password/")
    assert away["Location"] == "/sign-in/?next=%2Fpassword%2F"


def test_a_form_sent_too_late_leads_back_to_the_page_it_stood_on(village, clock):
    browser = Client()
    headers = {"referer": "http://testserver/password/"}
    away = browser.post("/password/", headers=headers)
    assert away["Location"] == "/sign-in/?next=%2Fpassword%2F"
    away = browser.post("/password/", headers={"referer": "https://evil.example/x"})
    assert away["Location"] == "/sign-in/?next=%2F"


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(village, clock):
    away = Client().get("/password/", headers={"hx-request": "true"})
    assert away.headers["HX-Redirect"].startswith("/sign-in/")


def test_signing_out_closes_every_page(village, clock):
    village.account("chen")
    browser = Client()
    sign_in(browser, "chen")

    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert browser.get("/").status_code == 302


def slip_of(village, name):
    village.account(name)
    return print_slip(village.people[name].pk, stamp=village.stamp()).secret


def test_a_printed_password_opens_one_page_until_an_own_one_is_chosen(village, clock):
    secret = slip_of(village, "chen")
    browser = Client()
    sign_in(browser, "chen", secret)
    assert browser.get("/")["Location"] == "/password/"

    answer = browser.post(
        "/password/",
        {"old_password": secret, "new_password1": OWN, "new_password2": OWN},
    )

    assert answer["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert sign_in(Client(), "chen", secret).status_code == 422
    assert sign_in(Client(), "chen", OWN).status_code == 302


def test_a_printed_password_is_over_after_seven_days(village, clock):
    secret = slip_of(village, "chen")
    clock.shift(timedelta(days=7, seconds=-1))
    assert sign_in(Client(), "chen", secret).status_code == 302
    clock.shift(timedelta(seconds=1))
    page = sign_in(Client(), "chen", secret)
    assert page.status_code == 422
    assert "已过期" in page.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", OWN, OWN),
        (PASSWORD, OWN, "another-long-password"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "1234567890123", "1234567890123"),
        (PASSWORD, PASSWORD, PASSWORD),
    ],
)
def test_a_bad_new_password_is_explained_and_changes_nothing(signed_in, old, new, again):
    page = signed_in("chen").post(
        "/password/", {"old_password": old, "new_password1": new, "new_password2": again}
    )
    assert page.status_code == 422
    assert User.objects.get(username="chen").check_password(PASSWORD)


def test_a_reset_or_a_closing_ends_open_sessions_at_once(village, signed_in):
    browser, closed = signed_in("chen"), signed_in("wei")
    print_slip(village.people["chen"].pk, stamp=village.stamp())
    User.objects.filter(username="wei").update(is_active=False)

    assert browser.get("/")["Location"].endswith("ended=1")
    assert closed.get("/")["Location"].endswith("ended=1")


def test_somebody_who_left_is_signed_out(village, signed_in):
    browser = signed_in("chen")
    Person.objects.filter(pk=village.people["chen"].pk).update(left_on=TODAY)

    away = browser.get("/")

    assert away["Location"] == "/sign-in/?left=1"
    assert "没有在任岗位" in browser.get(away["Location"]).content.decode()


def test_sample_people_are_named_in_a_demo_only(village, clock, settings):
    settings.IS_DEMO = False
    assert "qinghe-2026" not in Client().get("/sign-in/").content.decode()
    settings.IS_DEMO = True
    assert "qinghe-2026" in Client().get("/sign-in/").content.decode()


def test_the_language_can_be_changed_before_signing_in(village, clock):
    browser = Client()
    answer = browser.post(reverse("set_language"), {"language": "en", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert 'lang="en"' in browser.get("/sign-in/").content.decode()
