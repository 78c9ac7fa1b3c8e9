"""What the nightly comparison found, for the county."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from notoneless.attendance.models import AbsenceRun, RunCheck
from notoneless.jobs.attendance import reconcile_every_county
from tests.attendance.register import FRI, call, open_school
from tests.world import NOW, Village

pytestmark = pytest.mark.req("R-072")


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def text(answer):
    return answer.content.decode()


def test_a_good_night_says_that_nothing_was_off(school, signed_in):
    call(school, FRI, "lan")
    reconcile_every_county(NOW, FRI)

    html = text(signed_in("lu").get("/presence/checks/"))
    assert "核对 1 人，全部一致" in html


def test_what_was_off_is_named_to_who_may_see_the_child(school, signed_in):
    call(school, FRI, "lan")
    AbsenceRun.objects.update(proved_days=3, possible_days=3)
    call_command("reconcile_runs", as_of=FRI)

    html = text(signed_in("lu").get("/presence/checks/"))
    assert "1 人不一致" in html
    assert "吴小兰" in html
    html = text(signed_in("mo").get("/presence/checks/"))
    assert "1 人不一致" in html
    assert "吴小兰" not in html
    assert AbsenceRun.objects.get().possible_days == 1


def test_a_dry_run_keeps_no_report(school):
    call_command("reconcile_runs", as_of=FRI, dry_run=True)

    assert not RunCheck.objects.exists()


def test_only_the_last_sixty_nights_are_kept(school):
    for _ in range(62):
        call_command("reconcile_runs", as_of=FRI)

    assert RunCheck.objects.count() == 60


@pytest.mark.parametrize("who", ["qin", "chen", "tan", "xiang"])
def test_it_is_the_countys_page(school, signed_in, who):
    assert signed_in(who).get("/presence/checks/").status_code == 409
    assert signed_in(who).get("/presence/checks/export/").status_code == 409


def test_before_the_first_night_the_page_says_so(school, signed_in):
    assert "还没有核对过" in text(signed_in("shao").get("/presence/checks/"))
