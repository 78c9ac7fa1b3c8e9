"""What a roster writes about a child, and what a second roster changes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
from notoneless.children.services.identity import Correction, Particulars, correct_particulars
from notoneless.flows.roster.applying import apply_import, begin_applying
from notoneless.journal.models import Entry
from notoneless.journal.statistics import BIG_ROWS
from notoneless.places.models import Unit
from tests.flows.roster.desk import bring, clock, found, read, small
from tests.roster_maker import Maker, write
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db


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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite searches")
def test_no_statement_of_writing_searches_through_a_county(tmp_path, system):
    """SQLite is told nothing of small tables: an index of an empty column looks to it as good as
    any."""
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
        if query["sql"].startswith(("SELECT", "UPDATE"))
        and "children_child" in query["sql"]
        and f"OFFSET {BIG_ROWS}" not in query["sql"]
    }
    with connection.cursor() as cursor:
        for statement in searched:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps = [row[3] for row in cursor.fetchall()]
            assert not [s for s in steps if s.startswith("SCAN children") or "merge" in s], (
                statement
            )
