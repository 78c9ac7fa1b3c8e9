"""``notoneless roster import``."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser

from notoneless.children.models import Child, RosterImport, StagedRow
from notoneless.jobs.management.commands.roster import Command
from notoneless.jobs.roster import forget_old_rows, take_up_stalled
from notoneless.places.models import Unit
from tests.roster_maker import Maker, write
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    for school in Maker(31).county():
        write(school, tmp_path, "csv")
    (tmp_path / "readme.txt").write_text("not a roster", "utf-8")
    (tmp_path / "~$lock.xlsx").write_text("", "utf-8")
    return tmp_path


def run(*arguments):
    out = StringIO()
    call_command("roster", "import", *map(str, arguments), "--today=2026-11-20", stdout=out)
    return out.getvalue()


def test_a_folder_is_imported_into_the_only_county_and_reported(village, folder, tmp_path):
    before = Child.objects.count()
    told = run(folder, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))

    assert set(report) >= {"rows", "accepted", "refused", "warned", "parked"}
    stopped = len(report["refused"]) + len(report["parked"])
    assert report["rows"] == report["accepted"] + stopped
    assert Child.objects.count() - before == report["accepted"]
    assert set(report["refused"][0]) >= {"file", "row", "field", "code", "message"}
    assert "/" not in report["refused"][0]["file"]
    assert f"共 {report['rows']} 行" in told
    assert len(report["files"]) == 4


def test_a_dry_run_writes_nothing(village, folder):
    before = (Child.objects.count(), Unit.objects.count())
    assert "试运行" in run(folder, "--dry-run")
    assert (Child.objects.count(), Unit.objects.count()) == before


def test_on_an_empty_database_the_sample_county_is_made(db, folder):
    run(folder)
    assert Unit.objects.get(kind="county").code == "539901"
    assert Child.objects.exists()


def test_a_dry_run_on_an_empty_database_leaves_it_empty(db, folder):
    run(folder, "--dry-run")
    assert not Unit.objects.exists()
    assert not RosterImport.objects.exists()


def test_another_county_is_founded_by_its_code(db, folder):
    run(folder, "--county", "539902")
    county = Unit.objects.get(kind="county")
    assert county.code == "539902"
    assert Unit.objects.filter(kind="bureau", county=county).count() == 1


def test_in_production_no_county_is_made_up(db, folder, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="--county"):
        run(folder)


@pytest.mark.parametrize("path", ["nowhere.xlsx", "empty"])
def test_without_a_file_the_command_says_so_and_fails(village, tmp_path, path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError):
        run(tmp_path / path)


def test_the_command_explains_its_arguments():
    parser = CommandParser()
    Command().add_arguments(parser)
    for county in ("53990", "abcdef"):
        with pytest.raises(CommandError):
            parser.parse_args(["import", "x", "--county", county])


def test_an_import_whose_worker_was_killed_is_asked_for_again(village, folder, monkeypatch):
    asked = []
    monkeypatch.setattr("notoneless.jobs.roster.async_task", lambda *task: asked.append(task))
    run(folder)
    RosterImport.objects.update(status="reading", heartbeat_at="2026-11-19T23:49:59Z")
    take_up_stalled(NOW, TODAY)
    assert asked == [("notoneless.jobs.roster.move", str(RosterImport.objects.get().pk))]

    RosterImport.objects.update(heartbeat_at="2026-11-19T23:50:01Z")
    take_up_stalled(NOW, TODAY)
    RosterImport.objects.update(status="applied", heartbeat_at="2026-11-19T00:00:00Z")
    take_up_stalled(NOW, TODAY)
    assert len(asked) == 1


def test_what_rosters_said_is_forgotten_after_sixty_days_but_not_what_waits(village, folder):
    run(folder)
    sixty_days = NOW - timedelta(days=60)
    RosterImport.objects.update(heartbeat_at=sixty_days)
    forget_old_rows(NOW, TODAY)
    assert not StagedRow.objects.filter(values={}).exists()

    RosterImport.objects.update(heartbeat_at=sixty_days - timedelta(seconds=1))
    forget_old_rows(NOW, TODAY)
    told = StagedRow.objects.exclude(values={}, raw={})
    assert set(told.values_list("parking", flat=True)) == {"pending"}
    assert StagedRow.objects.exclude(findings=[]).exists()
