"""The county is played day by day, forward only, and never over what people did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import TestCase
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Absence, AbsenceRun, Roll
from notoneless.children.models import Child
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.demo.county import FIRST_DAY, read_county
from notoneless.flows.demo.playing import EarlierDay, last_day, play_until, visit_begins
from notoneless.flows.rolls.submitting import submit_roll
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.journal.services import seal
from notoneless.rules.attendance.forms import AbsenceMark, Submission
from notoneless.rules.attendance.sessions import DAY
from notoneless.rules.contacts.forms import NewContact
from notoneless.rules.contacts.kinds import Kind, Met, Result
from tests.flows.demo.small import found, told_are

FRIDAY = date(2026, 9, 4)
WEDNESDAY = date(2026, 9, 9)
CHILDREN = 12


def said(_part: float, _words: str) -> None:
    """Nobody listens."""


def played(county_id, until=FRIDAY):
    with told_are():
        return play_until(county_id, until, told=said)


def rolls_as_told(county_id):
    """Day, year of entry and who was missing why: what must be the same in every county."""
    rows = Roll.objects.filter(county=county_id).order_by("day", "school_class__entered_in")
    return [
        (
            roll.day,
            roll.school_class.entered_in,
            roll.state,
            sorted(Absence.objects.filter(roll=roll).values_list("child__name", "reason")),
        )
        for roll in rows
    ]


class TestTheFirstDays(TestCase):
    county_id: UUID
    refused: Any

    @classmethod
    def setUpTestData(cls):
        cls.county_id = found(CHILDREN)
        cls.refused = played(cls.county_id)

    def test_rolls_are_called_on_each_day_but_the_visitors_own_are_open(self):
        days = set(Roll.objects.values_list("day", flat=True))
        assert days == {FIRST_DAY + timedelta(n) for n in range(3)}
        assert last_day(self.county_id) == FIRST_DAY + timedelta(2)
        assert self.refused == []

    def test_all_that_was_played_bears_the_mark(self):
        assert Entry.objects.filter(county_id=self.county_id, is_simulated=False).count() == 0
        assert Entry.objects.filter(kind="roll.called").count() >= 4

    def test_the_journal_is_whole_and_says_whose_it_is(self):
        now = visit_begins(FRIDAY)
        while seal(self.county_id, now=now, thorough=True):
            pass
        report = verify(self.county_id)
        # The small ground writes addresses into the records by itself.
        played_rows = [f for f in report.findings if "childrecord" not in f.row]
        assert played_rows == []
        assert report.is_demo
        assert report.simulated == report.sealed

    def test_a_second_start_on_the_same_day_does_nothing(self):
        before = Entry.objects.count(), Roll.objects.count()
        assert played(self.county_id, last_day(self.county_id)) == []
        assert (Entry.objects.count(), Roll.objects.count()) == before

    def test_the_play_goes_forward_only(self):
        with pytest.raises(EarlierDay) as refused:
            played(self.county_id, FIRST_DAY)
        assert refused.value.facts == {"day": "2026-09-01", "since": "2026-09-03"}

    def test_later_days_are_played_through_the_same_code(self):
        played(self.county_id, WEDNESDAY)
        days = set(Roll.objects.values_list("day", flat=True))
        assert {FRIDAY, date(2026, 9, 7), date(2026, 9, 8)} <= days
        assert WEDNESDAY not in days

    def test_a_child_about_whom_a_person_has_written_is_left_as_it_was(self):
        county = read_county(self.county_id, day=FRIDAY)
        each: Any = county.classes[0]
        there, gone = county.children_of(each.id)[:2]
        teacher = county.actor(each.homeroom, FRIDAY)
        now = visit_begins(FRIDAY) + timedelta(minutes=20)
        form = Submission(uuid7(), each.id, FRIDAY, DAY, now, (AbsenceMark(gone),))
        submit_roll(teacher, form, today=FRIDAY, now=now)
        for child in (there, gone):
            self._call(teacher, child, now)
        played(self.county_id, date(2026, 9, 18))
        told = Entry.objects.filter(
            subject_kind="child",
            subject_id=there,
            is_simulated=True,
            actor_id__isnull=False,
            recorded_at__gt=now,
        )
        assert not told.exists()
        assert not Absence.objects.filter(child=there, day__gt=FRIDAY).exists()
        run = AbsenceRun.objects.get(child=gone)
        assert run.is_open
        assert run.possible_days > 5

    def test_nothing_is_recorded_before_what_people_did(self):
        county = read_county(self.county_id, day=FRIDAY)
        each: Any = county.classes[0]
        late = visit_begins(FRIDAY) + timedelta(hours=9)
        self._call(county.actor(each.homeroom, FRIDAY), county.children_of(each.id)[0], late)
        played(self.county_id, date(2026, 9, 8))
        of_that_day = Roll.objects.filter(day=FRIDAY)
        assert of_that_day.exists()
        assert all(roll.recorded_at >= late for roll in of_that_day)

    def _call(self, teacher, child, now):
        new = NewContact(
            id=uuid7(),
            kind=Kind.CALL,
            result=Result.REACHED,
            child_ids=(child,),
            happened_on=FRIDAY,
            hour="08:10",
            met=frozenset({Met.GUARDIAN}),
            guardian_view="明天就来。",
        )
        log_contact(teacher, new, today=FRIDAY, now=now)


@pytest.mark.django_db
def test_the_same_county_comes_out_every_time():
    def made():
        with transaction.atomic():
            county_id = found(CHILDREN)
            played(county_id, WEDNESDAY)
            told = rolls_as_told(county_id), sorted(Child.objects.values_list("name", flat=True))
            transaction.set_rollback(True)
        return told

    assert made() == made()
