"""Two rows that are one child: the double is missing every day, the child is not."""

from __future__ import annotations

import pytest

from notoneless.attendance.models import Absence, AbsenceRun
from notoneless.attendance.queries.sheet import sheet_of
from notoneless.attendance.services.runs import reconcile_runs
from notoneless.children.models import Child
from notoneless.children.models.places import SpellEnded
from notoneless.children.services.merging import Half, merge_children
from notoneless.children.services.spells import end_spells
from tests.attendance.register import FRI, NEXT_MON, THU, WED, at, call, run_of
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-072")]


def merge(school: Village, kept: str, absorbed: str) -> None:
    halves = [Half(school.children[n].pk, 1) for n in (kept, absorbed)]
    merge_children(
        *halves, reason="同一人", actor=school.actor("lu"), today=TODAY, stamp=school.stamp("lu")
    )
    reconcile_runs(school.county_id, as_of=FRI, now=NOW)


def test_the_absences_of_a_double_in_the_same_class_are_nobodys(school: Village):
    school.enrol("double", "吴小蓝", "primary-1")
    for day in (WED, THU, FRI):
        call(school, day, "double")
    assert run_of(school, "double").proved_days == 3
    merge(school, "lan", "double")

    assert run_of(school, "lan") is None
    assert run_of(school, "double") is None
    page = sheet_of(school.actor("chen"), school.units["primary-1"].pk, day=FRI, today=FRI)
    assert school.lan.pk in {line.child_id for line in page.lines}
    assert school.children["double"].pk not in {line.child_id for line in page.lines}


def test_a_child_known_at_school_only_by_the_other_row_goes_on_being_away(school: Village):
    for day in (WED, THU):
        call(school, day, "lan")
    kept = Child.objects.create(county_id=school.county_id, name="吴小兰")
    school.children["kept"] = kept
    from notoneless.children.models import ChildPlace

    ChildPlace.objects.create(
        county_id=school.county_id,
        child=kept,
        unit=school.units["village"],
        line="g",
        path=school.units["village"].places.get(line="g").path,
        relation="residence",
        from_on=WED,
    )
    merge(school, "kept", "lan")
    assert run_of(school, "kept").proved_days == 2
    assert run_of(school, "lan") is None

    call(school, FRI, "kept")
    assert run_of(school, "kept").proved_days == 3
    Absence.objects.exclude(day=FRI).delete()
    AbsenceRun.objects.all().delete()
    reconcile_runs(school.county_id, as_of=FRI, now=NOW)
    assert run_of(school, "kept").proved_days == 1


def test_who_was_ended_by_mistake_is_away_from_nowhere(school: Village):
    call(school, FRI, "lan")
    end_spells([school.lan.pk], on=NEXT_MON, ended=SpellEnded.MISTAKE, stamp=school.stamp())
    reconcile_runs(school.county_id, as_of=NEXT_MON, now=at(NEXT_MON))

    assert run_of(school, "lan") is None
