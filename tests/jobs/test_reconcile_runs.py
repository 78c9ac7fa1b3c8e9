"""The nightly comparison as a command and as a job."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from notoneless.attendance.models import AbsenceRun
from notoneless.jobs.attendance import reconcile_every_county
from tests.attendance.register import FRI, at, call, open_school, run_of
from tests.world import Village

pytestmark = pytest.mark.req("R-072")


def printed(*args: str) -> str:
    out = StringIO()
    call_command("reconcile_runs", "--as-of", FRI.isoformat(), *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_what_differs_and_changes_nothing(village: Village):
    open_school(village)
    call(village, FRI, "lan")
    AbsenceRun.objects.all().delete()

    for _ in range(2):
        said = printed("--dry-run", "--county", "539901")
        assert "539901: 1 checked, 1 differed" in said
        assert f"child {village.lan.pk}: proved 1, possible 1 since {FRI}" in said
    assert run_of(village, "lan") is None
    assert printed("--county", "000000") == ""


def test_the_job_puts_it_right_and_names_nobody_in_the_log(village: Village, caplog):
    open_school(village)
    call(village, FRI, "lan")
    AbsenceRun.objects.all().delete()

    for _ in range(2):
        reconcile_every_county(at(FRI, 23), FRI)

    assert run_of(village, "lan").proved_days == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(village.lan.pk) not in caplog.text
