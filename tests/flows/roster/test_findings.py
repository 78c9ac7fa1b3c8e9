"""What reading finds in rosters: every fault, once, and no other."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from notoneless.children.models import Child, RosterImport, StagedRow
from notoneless.children.models.roster import ImportStatus
from notoneless.flows.roster import reading
from notoneless.flows.roster.running import roster_files
from notoneless.flows.roster.schools import school_name_in
from notoneless.places.models import Unit
from notoneless.rules.units import UnitKind
from tests.flows.roster.desk import SAMPLES, bring, found, small
from tests.roster_maker import REFUSED, WARNED, Maker, write

pytestmark = pytest.mark.django_db


def test_every_fault_of_the_samples_is_found_and_no_other(system):
    """The eight sample files against the list of what is wrong in them."""
    report = bring(roster_files([SAMPLES / "roster"]), system)
    listed = json.loads((SAMPLES / "roster-faults.json").read_text("utf-8"))
    ethnic = "unknown_ethnic_value_warn_or_reject"
    wanted = {
        "unknown_ethnic_value" if fault == ethnic else fault.removeprefix("warn_"): set(rows)
        for fault, rows in listed["faults"].items()
        if not fault.startswith("ok_")
    }

    assert found(report) == wanted
    assert report["rows"] == listed["total_rows"] == 3981
    stopped = len(report["refused"]) + len(report["parked"])
    assert report["accepted"] + stopped == report["rows"]
    assert all(entry["message"] and entry["field"] for entry in report["refused"])


@pytest.mark.parametrize(("seed", "kind"), [(1, "csv"), (22, "gbk"), (333, "xlsx"), (4444, "xls")])
def test_rosters_of_any_other_county_are_judged_as_well(tmp_path, system, seed, kind):
    schools = Maker(seed).county()
    report = bring([write(school, tmp_path, kind) for school in schools], system)
    places = found(report)

    for fault in (*REFUSED, *WARNED, "duplicate_in_file", "listed_by_two_schools"):
        assert places.pop(fault, set()) == set().union(*(s.at(fault) for s in schools)), fault
    assert places == {}
    assert report["rows"] == sum(len(school.rows) for school in schools)


def test_grades_follow_from_class_entry_and_kind_of_school(tmp_path, system):
    schools = Maker(5).county()
    bring([write(school, tmp_path, "csv") for school in schools], system)

    for school in schools:
        unit = Unit.objects.get(code=school.code)
        classes = Unit.objects.filter(places__path__contains=unit.label, kind="class").distinct()
        grades = {2026 - (c.entered_in or 0) + (1 if c.stage == "primary" else 7) for c in classes}
        assert grades == set(school.grades())
        assert classes.count() == 2 * len(grades)
    nine_year = Unit.objects.get(code=schools[2].code)
    assert (nine_year.kind, nine_year.is_complete) == (UnitKind.NINE_YEAR_SCHOOL, False)


def test_a_trial_leaves_nothing(tmp_path, system):
    _, path = small(tmp_path)
    before = Child.objects.count()
    report = bring([path], system, is_trial=True)

    assert report["accepted"] == 12
    assert (StagedRow.objects.count(), Child.objects.count()) == (0, before)
    assert RosterImport.objects.get().status == ImportStatus.CANCELLED
    assert path.exists()


def test_a_bad_file_stops_no_other(tmp_path, system):
    _, path = small(tmp_path)
    bad = tmp_path / "0.csv"
    bad.write_text("日期,收入\n1,2\n", "utf-8")
    report = bring([bad, path], system)

    assert report["accepted"] == 12
    assert report["files"][0]["refused"]["code"] == "no_heading_row"
    assert "表头" in report["files"][0]["refused"]["message"]


def test_the_limit_of_uploads_is_not_that_of_files_on_the_machine(tmp_path, system, settings):
    settings.ROSTER_UPLOAD_LIMIT_BYTES = 10
    _, path = small(tmp_path)
    assert bring([path], system)["accepted"] == 12


def test_a_file_that_breaks_in_its_middle_leaves_nothing_behind(tmp_path, system, monkeypatch):
    _school, path = small(tmp_path)
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(reading, "EVIDENCE_ROWS", 5)
    with path.open("a", encoding="utf-8") as file:
        file.write("长" * 200_000)
    report = bring([path], system)

    assert report["rows"] == 0
    assert report["files"][0]["refused"]["code"] == "broken"


def test_the_same_school_in_two_files_of_one_import_counts_once(tmp_path, system):
    _school, path = small(tmp_path)
    twin = tmp_path / "b.csv"
    twin.write_bytes(path.read_bytes())
    report = bring([path, twin], system)

    assert report["accepted"] == 12
    assert {entry["code"] for entry in report["refused"]} == {"duplicate_in_file"}
    assert {entry["file"] for entry in report["refused"]} == {"b.csv"}


def test_two_schools_in_one_file_that_list_one_child_are_for_a_person_to_decide(tmp_path, system):
    school, _ = small(tmp_path)
    school.rows.append({**school.rows[0], "school_code": "2199000791"})
    report = bring([write(school, tmp_path, "csv")], system)
    assert found(report) == {"listed_by_two_schools": {f"{school.file}#14"}}


def test_a_school_is_called_as_its_file_is():
    assert school_name_in("000101-河口镇中心小学.xls") == "河口镇中心小学"
    assert school_name_in("2199000101.csv") == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite keeps foreign keys")
def test_throwing_a_row_away_reads_no_other(system):
    """Who names it as rival is asked for each row: of a million rows, a million times."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN SELECT 1 FROM children_stagedrow WHERE rival_id = 5")
        assert "staged_row_rival" in cursor.fetchone()[3]
