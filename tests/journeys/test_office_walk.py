"""An administrator's walk: every page of administration on a phone and at a desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.journeys.conftest import SIZES, too_small

pytestmark = pytest.mark.req("R-022")


def pages_of(village):
    school, group = village.units["primary"].pk, village.units["primary-1"].pk
    person = village.people["chen"]
    post = person.posts.get().pk
    return [
        *(
            reverse(name)
            for name in (
                "home",
                "office",
                "units",
                "vacancies",
                "groups",
                "coverage-gaps",
                "duties",
                "accounts",
                "staff-list",
                "approvals",
                "directory",
                "password-change",
            )
        ),
        *(reverse("unit", args=[unit]) for unit in (school, group)),
        *(
            reverse(name, args=[school])
            for name in (
                "appoint",
                "lessons",
                "cover",
                "plan",
                "unit-add",
                "unit-edit",
                "unit-close",
            )
        ),
        reverse("group", args=[school, "dropout"]),
        reverse("unit-move", args=[school, "e"]),
        *(reverse(name, args=[person.pk]) for name in ("person", "hand-over", "leave")),
        *(reverse(name, args=[post]) for name in ("post-end", "post-stand-in")),
    ]


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_administration_is_accessible(site, size):
    page = site.sign_in("qin", size=size)
    for path in pages_of(site.village):
        page.goto(site.url(path))
        site.assert_accessible(page)
        if size == "phone":
            assert too_small(page) == [], page.url


def test_slips_are_printed_from_the_list_of_accounts(site):
    page = site.sign_in("qin")
    page.goto(site.url(reverse("accounts")))
    page.get_by_role("checkbox", name="陈小满").check()
    page.get_by_role("button", name="为勾选的人打印密码纸条").click()
    page.locator("dialog button[value=yes]").click()
    page.wait_for_selector(".slip")
    assert page.locator(".slip").count() == 1
    site.assert_accessible(page)
