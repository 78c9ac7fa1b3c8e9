"""A demo's tour and its one tap; closed wherever people are real."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from notoneless.flows.demo.sign_ins import FIRST_TO_TRY, demo_sign_ins
from notoneless.flows.sample.county import PASSWORD
from notoneless.rules.demo_clock import read_clock_word
from notoneless.web.tour.steps import STOPS, TRY


@pytest.fixture
def demo(settings):
    settings.IS_DEMO = True
    settings.DEMO_CLOCK = read_clock_word("2026-11-20T07:50:00+08:00/2026-11-22T08:00:00+00:00")


@pytest.fixture
def teacher(village):
    """Somebody of the village who bears the name of a sample's teacher."""
    user = village.account("chen")
    user.username = "teacher"
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(browser: Client, username: str, to: str = "/roll/"):
    return browser.post(reverse("tour-enter"), {"username": username, "next": to})


def test_outside_a_demo_there_is_no_tour_and_no_tap(teacher, settings):
    settings.IS_DEMO = settings.DEBUG = False
    assert Client().get("/tour/").status_code == 404
    assert enter(Client(), "teacher").status_code == 404


def test_production_has_none_whatever_else_is_set(teacher, settings, demo):
    settings.IS_PRODUCTION = True
    assert Client().get("/tour/").status_code == 404
    assert enter(Client(), "teacher").status_code == 404


def test_in_a_demo_anybody_may_read_it(teacher, demo):
    page = Client().get("/tour/").content.decode()
    assert "早上七点五十，点名" in page
    assert page.count('name="username" value="teacher"') == 2
    assert 'value="police"' not in page, "nobody is named who is not there"


def test_one_tap_signs_in_and_opens_the_page_whoever_was_signed_in(teacher, signed_in, demo):
    browser = signed_in("wei")
    answer = enter(browser, "teacher")
    assert answer["Location"] == "/roll/"
    assert browser.session["_auth_user_id"] == str(teacher.pk)


def test_only_people_of_the_sample_are_entered_and_only_pages_of_ours(teacher, demo):
    assert enter(Client(), "wei").status_code == 404
    assert enter(Client(), "teacher", to="https://elsewhere.example/")["Location"] == "/"


def test_somebody_who_changed_the_password_is_asked_for_it(teacher, demo):
    teacher.set_password("another-long-word")
    teacher.save()
    browser = Client()
    assert enter(browser, "teacher")["Location"].startswith("/sign-in/?next=")
    assert "_auth_user_id" not in browser.session


def test_every_page_says_that_it_is_a_demo_and_what_time_it_is_there(teacher, demo):
    browser = Client()
    for address in ("/sign-in/", "/tour/"):
        page = browser.get(address).content.decode()
        assert "演示县：人物全为虚构，个案比真实生活密集" in page
        assert "演示时间 2026年11月20日" in page
    enter(browser, "teacher")
    assert "演示县：人物全为虚构" in browser.get("/").content.decode()


def test_the_ten_have_a_line_each_and_every_stop_a_page():
    assert set(TRY) == set(FIRST_TO_TRY)
    assert len(FIRST_TO_TRY) == 10
    assert {stop.username for stop in STOPS} <= set(FIRST_TO_TRY)
    assert all(reverse(stop.page) for stop in STOPS)


def test_the_sign_in_page_names_them_once(teacher, demo):
    page = Client().get("/sign-in/").content.decode()
    assert page.count('name="username" value="teacher"') == 1
    assert PASSWORD in page
    assert [one.username for one in demo_sign_ins().first] == ["teacher"]
