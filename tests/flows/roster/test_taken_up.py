"""Runs that are killed, crash or meet another run: taken up, written once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat

from notoneless.children.models import Child, ChildPlace, Enrolment, RosterImport, StagedRow
from notoneless.children.models.places import Relation
from notoneless.children.models.roster import ImportStatus, Parking, Verdict
from notoneless.children.services import rostered
from notoneless.children.services.newcomers import Newcomers
from notoneless.children.services.staging import stage_rows
from notoneless.flows.roster import applying, reading
from notoneless.flows.roster.applying import NotReady, begin_applying
from notoneless.flows.roster.bringing import bring_files, file_on_disk
from notoneless.flows.roster.moving import let_apply, move_import, try_again
from notoneless.journal.services import turns
from notoneless.places.models import Unit, UnitPlace
from tests.flows.roster.desk import clock, read, small, write_all
from tests.roster_maker import Maker, write
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db


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
