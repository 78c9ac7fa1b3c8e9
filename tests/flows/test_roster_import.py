"""Rosters from file to children: found exactly, written once, taken up again, decided."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from notoneless.access.actor import NotAllowed
from notoneless.access.queries import county_system
from notoneless.children.models import (
    Child,
    ChildPlace,
    ChildRecord,
    Enrolment,
    Guardian,
    RosterImport,
    StagedRow,
)
from notoneless.children.models.places import Relation
from notoneless.children.models.roster import ImportStatus, ParkedDecision, Parking, Verdict
from notoneless.children.services import rostered
from notoneless.children.services.identity import (
    Correction,
    Particulars,
    correct_particulars,
)
from notoneless.children.services.newcomers import Newcomers
from notoneless.children.services.parking import DecidedAlready, MovedMeanwhile, ReasonMissing
from notoneless.children.services.staging import stage_rows
from notoneless.flows.roster import applying, reading, viewing
from notoneless.flows.roster.applying import NotReady, apply_import, begin_applying
from notoneless.flows.roster.bringing import bring_files, file_on_disk
from notoneless.flows.roster.deciding import Choice, decide_parked
from notoneless.flows.roster.moving import cancel, let_apply, move_import, try_again
from notoneless.flows.roster.parked import parked_rows
from notoneless.flows.roster.reading import read_import
from notoneless.flows.roster.report import LISTED, write_report
from notoneless.flows.roster.running import import_rosters, roster_files
from notoneless.flows.roster.schools import school_name_in
from notoneless.journal.models import Entry
from notoneless.journal.services import Stamp, turns
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.units import UnitKind
from tests.roster_maker import REFUSED, WARNED, Maker, write
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent.parent / "samples"


def clock():
    return NOW


@pytest.fixture
def system(village):
    return county_system(village.county_id, today=TODAY)


def bring(paths, actor, *, is_trial=False, today=TODAY):
    """The import's report as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        tally = import_rosters(
            paths, actor=actor, is_trial=is_trial, today=today, clock=clock, report_to=report
        )
        found = json.loads(report.read_text("utf-8"))
    assert {**found, **{kind: len(found[kind]) for kind in LISTED}} == tally
    return found


def read(paths, actor):
    files = [file_on_disk(path) for path in paths]
    import_id = bring_files(files, actor=actor, today=TODAY, now=NOW)
    read_import(import_id, today=TODAY, clock=clock)
    return import_id


def write_all(import_id):
    begin_applying(import_id, now=NOW)
    apply_import(import_id, today=TODAY, clock=clock)


def found(report):
    """Code → places, and the set of warned places, as a fault list would name them."""
    places = defaultdict(set)
    for kind in ("refused", "warned", "parked"):
        for entry in report[kind]:
            places[entry["code"]].add(f"{entry['file']}#{entry['row']}")
    return places


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


def test_bringing_the_same_again_changes_nothing(tmp_path, system):
    paths = [write(school, tmp_path, "csv") for school in Maker(6).county()]
    first = bring(paths, system)
    tables = (Child, ChildRecord, Guardian, Enrolment, ChildPlace, Unit)
    before = [table.objects.count() for table in tables]
    entries = Entry.objects.filter(subject_kind__in=["child", "unit"]).count()
    second = bring(paths, system)

    assert [table.objects.count() for table in tables] == before
    assert Entry.objects.filter(subject_kind__in=["child", "unit"]).count() == entries
    assert (second["new"], second["changed"]) == (0, 0)
    assert second["unchanged"] == first["accepted"]
    assert second["refused"] == first["refused"]
    assert found(second)["listed_by_two_schools"] == found(first)["listed_by_two_schools"]


def small(tmp_path, seed=9, code="2199000790"):
    school = Maker(seed).school(code, "云顶小学", "point", per_class=2)
    return school, write(school, tmp_path, "csv")


def test_a_child_is_written_whole(tmp_path, system, village):
    school, _path = small(tmp_path)
    village_code = "539901102201"
    school.rows[0].update(study_mode="住校", hukou_region=village_code, distance_km="3.5")
    bring([write(school, tmp_path, "csv")], system)
    row = school.rows[0]
    child = Child.objects.get(name=row["name"], born_on__isnull=False)

    assert child.national_id == row["id_number"]
    assert child.is_boarding
    assert child.pinyin
    assert child.guardians.get().phone == row["member1_phone"]
    spell = Enrolment.objects.get(child=child)
    assert (spell.from_on, spell.begun, spell.to_on) == (date(2026, 9, 1), "roster", None)
    assert spell.school.name == "云顶小学"
    assert spell.school_class
    assert spell.school_class.name == "1"
    places = ChildPlace.objects.filter(child=child)
    assert {(p.relation, p.line) for p in places} == {
        ("school", "e"), ("school", "g"), ("hukou", "g")
    }  # fmt: skip
    assert places.get(relation=Relation.HUKOU).unit == village.units["village"]
    assert child.records.get().values["guardians"][0]["name"] == row["member1_name"]
    kinds = set(Entry.objects.filter(subject_id=child.pk).values_list("kind", flat=True))
    assert kinds == {"child.recorded", "enrolment.begun"}


def test_identity_numbers_lie_nowhere_in_clear(tmp_path, system):
    school, path = small(tmp_path)
    read([path], system)
    number = str(school.rows[0]["id_number"])
    for row in StagedRow.objects.raw("SELECT * FROM children_stagedrow"):
        assert number not in json.dumps(row.findings) + row.identity + row.digest


def test_what_changed_is_a_new_record_and_the_old_one_stays(tmp_path, system):
    school, path = small(tmp_path)
    bring([path], system)
    school.rows[0].update(home_address="新街 1 号", member1_phone="15400000099")
    report = bring([write(school, tmp_path, "csv")], system, today=TODAY + timedelta(days=1))
    child = Child.objects.get(name=school.rows[0]["name"])

    assert (report["new"], report["changed"], report["unchanged"]) == (0, 1, 11)
    assert child.records.count() == 2
    assert child.records.get(superseded_at=None).values["home_address"] == "新街 1 号"
    assert child.guardians.get(superseded_at=None).phone == "15400000099"
    assert child.enrolments.count() == 1
    assert child.version == 2


def test_another_class_ends_the_old_spell_today(tmp_path, system):
    school, path = small(tmp_path)
    bring([path], system)
    school.rows[0].update(class_text="102")
    bring([write(school, tmp_path, "csv")], system)
    spells = Enrolment.objects.filter(child__name=school.rows[0]["name"]).order_by("from_on")

    assert [(s.school_class and s.school_class.name, s.to_on, s.ended) for s in spells] == [
        ("1", TODAY, "class_changed"),
        ("2", None, ""),
    ]


class Killed(BaseException):
    """As if the process had been killed: nothing may catch it."""


def test_a_run_killed_while_reading_goes_on_where_it_stopped(tmp_path, system, monkeypatch):
    _school, path = small(tmp_path)
    import_id = bring_files([file_on_disk(path)], actor=system, today=TODAY, now=NOW)
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 5)
    stage, calls = stage_rows, []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise Killed()
        stage(*args, **kwargs)

    monkeypatch.setattr(reading, "stage_rows", killed)
    with pytest.raises(Killed):
        move_import(import_id, today=TODAY, clock=clock)
    assert StagedRow.objects.count() == 5
    assert RosterImport.objects.get().status == ImportStatus.READING
    move_import(import_id, today=TODAY, clock=clock)

    assert list(
        StagedRow.objects.order_by("sheet_row").values_list("sheet_row", flat=True)
    ) == list(range(2, 14))
    assert RosterImport.objects.get().status == ImportStatus.READY
    assert len(calls) == 2 + 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers")
def test_between_two_chunks_pages_get_their_turn_and_no_transaction_is_open(
    tmp_path, system, monkeypatch
):
    _, path = small(tmp_path)
    import_id = read([path], system)
    monkeypatch.setattr(rostered, "ROWS_AT_ONCE", 5)
    depth, breaths = len(connection.savepoint_ids), []
    monkeypatch.setattr(
        turns, "sleep", lambda seconds: breaths.append(len(connection.savepoint_ids) - depth)
    )
    begin_applying(import_id, now=NOW)
    move_import(import_id, today=TODAY, clock=clock)

    assert breaths == [0, 0, 0]


def test_a_run_killed_while_writing_goes_on_where_it_stopped(tmp_path, system, monkeypatch):
    school, path = small(tmp_path)
    import_id = read([path], system)
    monkeypatch.setattr(rostered, "ROWS_AT_ONCE", 5)
    write_rows, calls = rostered.apply_rows, []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise Killed()
        return write_rows(*args, **kwargs)

    monkeypatch.setattr(applying, "apply_rows", killed)
    begin_applying(import_id, now=NOW)
    before = Child.objects.count()
    with pytest.raises(Killed):
        move_import(import_id, today=TODAY, clock=clock)
    assert Child.objects.count() == before + 5
    move_import(import_id, today=TODAY, clock=clock)

    assert Child.objects.count() == before + 12
    assert RosterImport.objects.get().status == ImportStatus.APPLIED
    assert RosterImport.objects.get().rows_applied == 12
    assert Enrolment.objects.filter(child__name=school.rows[0]["name"]).count() == 1


def test_a_crash_is_kept_as_failed_and_can_be_tried_again(tmp_path, village, system, monkeypatch):
    _, path = small(tmp_path)
    lu = village.actor("lu")
    import_id = read([path], lu)
    before = Child.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(applying, "villages_of", lambda county_id: 1 / 0)
        let_apply(import_id, actor=lu, today=TODAY, now=NOW)
        with pytest.raises(ZeroDivisionError):
            move_import(import_id, today=TODAY, clock=clock)
    assert RosterImport.objects.get().status == ImportStatus.FAILED
    assert Child.objects.count() == before
    try_again(import_id, actor=lu, today=TODAY, now=NOW)
    move_import(import_id, today=TODAY, clock=clock)
    assert Child.objects.count() == before + 12


def test_two_presses_write_once(tmp_path, system):
    _, path = small(tmp_path)
    import_id = read([path], system)
    begin_applying(import_id, now=NOW)
    with pytest.raises(NotReady):
        begin_applying(import_id, now=NOW)


def test_of_two_imports_at_once_the_second_finds_what_the_first_has_written(tmp_path, system):
    _school, path = small(tmp_path)
    first, second = read([path], system), read([path], system)
    write_all(first)
    before = Child.objects.count()
    write_all(second)

    assert Child.objects.count() == before
    assert RosterImport.objects.get(pk=second).counts["unchanged"] == 12


def test_of_two_imports_of_two_schools_the_later_row_is_parked_while_writing(tmp_path, system):
    school, path = small(tmp_path)
    other = Maker(10).school("2199000791", "高坎小学", "point", per_class=1)
    other.rows = [{**school.rows[0], "school_code": other.code}]
    first, second = read([path], system), read([write(other, tmp_path, "csv")], system)
    write_all(first)
    write_all(second)
    row = StagedRow.objects.get(roster_import=second)

    assert (row.verdict, row.parking) == (Verdict.PARKED, Parking.PENDING)
    assert Enrolment.objects.get(child__name=school.rows[0]["name"]).school.name == "云顶小学"


def test_a_school_brings_its_own_children_and_no_others(tmp_path, village):
    wei = village.actor("wei")
    own = Maker(11).school("2199000107", "石桥乡中心小学", "primary", per_class=1)
    own.rows[3]["school_code"] = "2199000101"
    own.rows[4]["school_code"] = ""
    import_id = read([write(own, tmp_path, "csv")], wei)
    write_report(import_id, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))

    assert found(report) == {"school_not_yours": {f"{own.file}#5"}}
    assert RosterImport.objects.get().unit == village.units["primary"]
    assert RosterImport.objects.get().by == village.people["wei"]


def test_who_teaches_does_not_import(tmp_path, village):
    _, path = small(tmp_path)
    with pytest.raises(NotAllowed):
        read([path], village.actor("chen"))


def test_an_import_of_another_unit_is_not_there(tmp_path, village):
    _, path = small(tmp_path)
    import_id = read([path], village.actor("lu"))
    for verb in (let_apply, try_again, cancel):
        with pytest.raises(RosterImport.DoesNotExist):
            verb(import_id, actor=village.actor("tan"), today=TODAY, now=NOW)


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


def test_a_child_without_any_number_is_known_again_by_name_and_birth_date(tmp_path, system):
    school, _ = small(tmp_path)
    school.rows[0].update(id_kind="其他", id_number="")
    path = write(school, tmp_path, "csv")
    first, second = bring([path], system), bring([path], system)

    assert found(first) == {"no_id_number": {f"{school.file}#2"}}
    assert (second["new"], second["unchanged"]) == (0, 12)


def correct(village, child, **changes):
    known = {
        "name": child.name,
        "id_number": child.national_id,
        "sex": child.sex,
        "born_on": child.born_on,
    }
    child.refresh_from_db()
    return correct_particulars(
        child.pk,
        Correction(Particulars(**{**known, **changes}), child.version, "看过户口簿"),
        actor=village.actor("lu"),
        today=TODAY,
        stamp=village.stamp("lu"),
    )


def test_a_number_corrected_by_hand_outlasts_rosters_that_still_bear_the_old_one(
    tmp_path, village, system
):
    school, path = small(tmp_path)
    bring([path], system)
    child = Child.objects.get(name=school.rows[0]["name"])
    maker = Maker(77)
    maker.sequence = 500
    right = maker.id_number(child.born_on or TODAY, school.rows[0]["sex"])
    correct(village, child, id_number=right)

    again = bring([path], system)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 12)
    for street in ("新街 1 号", "新街 2 号"):
        school.rows[0].update(home_address=street)
        moved = bring([write(school, tmp_path, "csv")], system)
        assert (moved["new"], moved["changed"]) == (0, 1)
        child.refresh_from_db()
        assert child.national_id == right
        now = child.records.get(superseded_at=None)
        assert (now.source, now.values["home_address"]) == ("correction", street)
        assert now.values["id_number"] == right

    school.rows[0].update(id_number=right)
    bring([write(school, tmp_path, "csv")], system)
    assert child.records.get(superseded_at=None).source == "roster"
    assert child.enrolments.count() == 1


def test_a_roster_that_says_something_new_is_newer_than_a_correction(tmp_path, village, system):
    school, path = small(tmp_path)
    bring([path], system)
    child = Child.objects.get(name=school.rows[0]["name"])
    correct(village, child, name="李错改")
    school.rows[0].update(name="李新名")
    bring([write(school, tmp_path, "csv")], system)
    child.refresh_from_db()
    assert child.name == "李新名"


# ----- decisions on parked rows


@pytest.fixture
def parked(tmp_path, village):
    """A child of 石桥乡中心小学 whom 石桥乡初级中学's list names later; both under He's centre."""
    maker = Maker(12)
    first = maker.school("2199000107", "石桥乡中心小学", "point", per_class=1)
    later = maker.school("3199000106", "石桥乡初级中学", "junior", per_class=1)
    later.rows = [{**first.rows[0], "school_code": later.code, "class_text": "101"}]
    system = county_system(village.county_id, today=TODAY)
    bring([write(first, tmp_path, "csv"), write(later, tmp_path, "csv")], system)
    return StagedRow.objects.get(verdict=Verdict.PARKED)


def decide(village, row, decision, *, who="lu", spell=..., reason="已电话核实"):
    if spell is ...:
        spell = Enrolment.objects.get(child__national_id_index=row.identity, to_on=None).pk
    choice = Choice(row.pk, decision, spell, reason)
    return decide_parked(choice, actor=village.actor(who), today=TODAY, now=NOW)


def school_of(child_id):
    return Enrolment.objects.get(child=child_id, to_on=None).school.name


def test_whoever_stands_above_both_schools_sees_the_parked_row(village, parked):
    assert [r.id for r in parked_rows(village.actor("lu"), on=TODAY)] == [parked.pk]
    shown = parked_rows(village.actor("he"), on=TODAY)[0]
    assert (shown.first.school, shown.later.school) == ("石桥乡中心小学", "石桥乡初级中学")
    assert "*" in shown.first.national_id
    with pytest.raises(NotAllowed):
        parked_rows(village.actor("wei"), on=TODAY)


def test_keeping_changes_nothing_and_nobody_is_asked_again(village, parked, tmp_path):
    child = decide(village, parked, ParkedDecision.KEEP)
    assert school_of(child) == "石桥乡中心小学"
    assert parked_rows(village.actor("lu"), on=TODAY) == []
    assert Entry.objects.filter(kind="roster.parked_decided", subject_id=child).exists()

    bring(sorted(tmp_path.glob("000106*.csv")), county_system(village.county_id, today=TODAY))
    assert parked_rows(village.actor("lu"), on=TODAY) == []


def test_moving_registers_the_child_at_the_later_school_from_today(village, parked):
    child = decide(village, parked, ParkedDecision.MOVE, who="he")
    old, new = Enrolment.objects.filter(child=child).order_by("recorded_at", "pk")

    assert school_of(child) == "石桥乡初级中学"
    assert (old.ended, old.to_on, new.from_on) == ("transferred_out", TODAY, TODAY)
    assert new.begun == "transferred_in"


def test_another_child_leaves_the_first_alone(village, parked):
    child = decide(village, parked, ParkedDecision.OTHER_CHILD)
    assert school_of(child) == "石桥乡中心小学"


def test_a_row_is_decided_once(village, parked):
    decide(village, parked, ParkedDecision.KEEP)
    with pytest.raises(DecidedAlready):
        decide(village, parked, ParkedDecision.MOVE)


def test_a_child_that_moved_since_the_page_was_opened_is_not_decided_blindly(village, parked):
    with pytest.raises(MovedMeanwhile):
        decide(village, parked, ParkedDecision.KEEP, spell=None)
    assert not Entry.objects.filter(kind="roster.parked_decided").exists()


def test_a_decision_needs_a_reason(village, parked):
    with pytest.raises(ReasonMissing):
        decide(village, parked, ParkedDecision.KEEP, reason="  ")


def test_a_newer_list_replaces_the_waiting_row(village, parked, tmp_path):
    bring(sorted(tmp_path.glob("000106*.csv")), county_system(village.county_id, today=TODAY))
    parked.refresh_from_db()
    assert parked.parking == Parking.REPLACED
    assert len(parked_rows(village.actor("lu"), on=TODAY)) == 1


@pytest.mark.parametrize("who", ["wei", "chen", "xiang"])
def test_who_stands_above_one_school_only_decides_nothing(village, parked, who):
    with pytest.raises(NotAllowed):
        decide(village, parked, ParkedDecision.KEEP, who=who)


def test_a_school_is_called_as_its_file_is():
    assert school_name_in("000101-河口镇中心小学.xls") == "河口镇中心小学"
    assert school_name_in("2199000101.csv") == ""


def test_what_another_import_wrote_after_rows_were_made_ready_is_found_unchanged(
    tmp_path, system, monkeypatch
):
    _school, path = small(tmp_path)
    first, second = read([path], system), read([path], system)

    def slow(*args, **kwargs):
        made = Newcomers(*args, **kwargs)
        monkeypatch.setattr(rostered, "Newcomers", Newcomers)
        write_all(first)
        return made

    monkeypatch.setattr(rostered, "Newcomers", slow)
    write_all(second)

    assert RosterImport.objects.get(pk=first).counts["new"] == 12
    assert RosterImport.objects.get(pk=second).counts["unchanged"] == 12
    assert Enrolment.objects.filter(school__name="云顶小学").count() == 12


def test_a_class_that_moved_after_rows_were_made_ready_is_written_where_it_stands_now(
    tmp_path, system, monkeypatch
):
    _school, path = small(tmp_path)
    import_id = read([path], system)

    def slow(*args, **kwargs):
        made = Newcomers(*args, **kwargs)
        UnitPlace.objects.filter(unit__kind="class", path__contains=school_label()).update(
            path=Concat(F("path"), Value("moved."))
        )
        return made

    def school_label():
        return Unit.objects.get(name="云顶小学").label

    monkeypatch.setattr(rostered, "Newcomers", slow)
    write_all(import_id)
    places = ChildPlace.objects.filter(relation=Relation.SCHOOL, path__contains=school_label())

    assert places.count() == 2 * 12
    assert all(place.path.endswith("moved.") for place in places)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite searches")
def test_no_statement_of_writing_searches_through_a_county(tmp_path, system):
    """SQLite keeps no statistics: an index of an empty column looks to it as good as any."""
    school, path = small(tmp_path)
    bring([path], system)
    for row in school.rows:
        row.update(class_text="309", hukou_region="539901102201")
    school.rows += Maker(10).school(school.code, school.name, "point", per_class=2).rows
    import_id = read([write(school, tmp_path, "csv")], system)
    begin_applying(import_id, now=NOW)
    with CaptureQueriesContext(connection) as found:
        apply_import(import_id, today=TODAY, clock=clock)
    counts = RosterImport.objects.get(pk=import_id).counts
    assert (counts["new"], counts["changed"]) == (12, 12)
    searched = {
        query["sql"]
        for query in found
        if query["sql"].startswith(("SELECT", "UPDATE")) and "children_child" in query["sql"]
    }
    with connection.cursor() as cursor:
        for statement in searched:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps = [row[3] for row in cursor.fetchall()]
            assert not [s for s in steps if s.startswith("SCAN children") or "merge" in s], (
                statement
            )


def test_pages_of_rows_go_on_from_file_to_file(tmp_path, village, monkeypatch):
    lu = village.actor("lu")
    paths = [
        write(Maker(n).school(f"21990007{n}", f"{n}小学", "point", per_class=2), tmp_path, "csv")
        for n in (91, 92, 93)
    ]
    import_id = read(paths, lu)
    monkeypatch.setattr(viewing, "PAGE_ROWS", 15)
    stamp = Stamp(village.county_id, lu.person_id, NOW)
    pages = [
        viewing.row_page(lu, import_id, viewing.RowFilter(page=n), on=TODAY, stamp=stamp)
        for n in (1, 2, 3, 4)
    ]

    assert [len(page.rows) for page in pages] == [15, 15, 6, 0]
    shown = [(row.file, row.sheet_row) for page in pages for row in page.rows]
    assert shown == [(path.name, row) for path in paths for row in range(2, 14)]
