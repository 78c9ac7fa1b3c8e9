"""Rows that two schools list: who decides, and what each decision writes."""

from __future__ import annotations

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.access.queries import county_system
from notoneless.children.models import Enrolment, StagedRow
from notoneless.children.models.roster import ParkedDecision, Parking, Verdict
from notoneless.children.services.parking import DecidedAlready, MovedMeanwhile, ReasonMissing
from notoneless.flows.roster.deciding import Choice, decide_parked
from notoneless.flows.roster.parked import parked_rows
from notoneless.journal.models import Entry
from tests.flows.roster.desk import bring
from tests.roster_maker import Maker, write
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db


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
