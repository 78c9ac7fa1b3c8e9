"""A fresh machine gets its county and its first administrator."""

from __future__ import annotations

import re
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from notoneless.places.models import Unit
from tests.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-001", "R-022")]
COUNTY = ("539902", "红石县", "红石县教育局", "莫开山")


def test_the_printed_sign_in_opens_the_checklist_of_an_empty_county():
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("found_county", *COUNTY, stdout=out)
        secret = re.search(r"password  (\S+)", out.getvalue())[1]
        browser = Client()
        browser.post("/sign-in/", {"username": "mokaishan", "password": secret})
        own = {"old_password": secret, "new_password1": "a-long-own-one"}
        browser.post("/password/", {**own, "new_password2": "a-long-own-one"})
        page = browser.get("/office/").content.decode()

    assert "建立乡镇" in page
    assert "0 / 1" in page
    with pytest.raises(CommandError, match="already"):
        call_command("found_county", *COUNTY)
    assert Unit.objects.filter(kind="county").count() == 1


def test_a_wrong_code_is_said():
    with pytest.raises(CommandError, match="six digits"):
        call_command("found_county", "5399", *COUNTY[1:])
