"""The sample county lives: a school with children and weeks of rolls, the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from notoneless.access.models import User
from notoneless.access.queries import actor_of_person
from notoneless.attendance.models import AbsenceRun, LessonMark, Roll
from notoneless.attendance.queries.missing import missing_rolls
from notoneless.children.models import Child, Enrolment, Guardian
from notoneless.contacts.models import Contact
from notoneless.duties.models import Duty, RuleHole
from notoneless.duties.queries.in_tray import in_tray
from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.living import bring_to_life
from notoneless.flows.sample.sign_ins import sample_sign_ins
from notoneless.journal.queries.wholeness import verify
from notoneless.journal.services.sealing import seal
from notoneless.places.models import Person
from notoneless.policy.services.packs import load_shipped_packs
from notoneless.rules.duties.kinds import UNIT_RULES, DutyRule, DutyState
from notoneless.rules.identity import id_fault

FRIDAY = date(2026, 11, 20)
TEN = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)  # 10:00 in the village
THURSDAY, WEDNESDAY, TUESDAY = (FRIDAY - timedelta(days=n) for n in (1, 2, 3))


def make(now: datetime = TEN, today: date = FRIDAY):
    load_shipped_packs(now=now)
    county_id = found_sample_county(now=now, today=today)
    bring_to_life(county_id, now=now, today=today)
    return county_id


def actor(username: str):
    return actor_of_person(Person.objects.get(user__username=username), today=FRIDAY)


@pytest.mark.req("R-070", "R-071", "R-072", "R-302")
class TestAFridayMorning(TestCase):
    """Made at ten o'clock on a school day."""

    county_id: UUID

    @classmethod
    def setUpTestData(cls):
        cls.county_id = make()

    def test_a_class_of_sixty_long_names_and_forty_boarders_are_there(self):
        sizes = Enrolment.objects.values_list("school_class", flat=True)
        counted = sorted(list(sizes).count(each) for each in set(sizes))
        assert (len(counted), counted[-1]) == (6, 60)
        assert 35 <= Child.objects.filter(is_boarding=True).count() <= 45
        assert max(len(name) for name in Child.objects.values_list("name", flat=True)) >= 10

    def test_nobody_real_is_meant(self):
        for child in Child.objects.all():
            assert child.national_id.startswith("539909")
            assert id_fault(child.national_id) is None
        assert all(row.phone.startswith("154") for row in Guardian.objects.all())
        assert all(row.phone.startswith("154") for row in Person.objects.all())

    def test_children_are_away_one_two_three_and_perhaps_four_days(self):
        runs = AbsenceRun.objects.filter(is_open=True).exclude(proved_days=0)
        lengths = sorted(runs.values_list("proved_days", "possible_days"))
        assert lengths == [(1, 1), (2, 2), (2, 3), (3, 3)]

    def test_rolls_were_called_in_time_late_and_not_at_all(self):
        called = Roll.objects.filter(session="day", is_standing=True)
        assert called.values("day").distinct().count() == 18
        states = {row.state for row in called}
        assert states == {"held", "not_held"}
        late = Duty.objects.filter(rule=DutyRule.CALL_ROLL, late_since__isnull=False)
        assert {row.state for row in late} == {"open", "done"}
        assert Roll.objects.filter(is_standing=False, superseded_at=None).count() == 1
        assert Roll.objects.filter(is_standing=False, superseded_at__isnull=False).count() == 1
        assert LessonMark.objects.count() == 3

    def test_one_class_has_not_called_today(self):
        missing = missing_rolls(actor("principal109"), day=FRIDAY, now=TEN)
        days = [row for row in missing if row.session == "day"]
        assert [row.school_class.entered_in for row in days] == [2025]
        assert days[0].is_overdue

    def test_a_long_leave_owes_its_proof(self):
        proofs = Duty.objects.filter(rule=DutyRule.LEAVE_PROOF)
        assert sorted(row.state for row in proofs) == ["done", "open"]

    def test_guardians_are_asked_for_the_same_day_and_every_rule_about_children_is_applied(self):
        contacts = Duty.objects.filter(rule=DutyRule.GUARDIAN_CONTACT, state=DutyState.OPEN)
        assert contacts.exists()
        assert all(row.due_on == row.opened_on for row in contacts)
        # What its plans leave open about reports and campaigns nobody has entered.
        assert not RuleHole.objects.exclude(rule__in=[rule.value for rule in UNIT_RULES]).exists()

    @pytest.mark.req("R-086", "R-095")
    def test_teachers_have_called_visited_and_talked(self):
        kinds = Counter(Contact.objects.values_list("kind", flat=True))
        assert kinds["call"] >= 7
        assert kinds["visit"] >= 10
        assert kinds["talk"] >= 5
        assert not Contact.objects.filter(closed_at=None, is_reached=True).exists()
        assert Contact.objects.filter(happened_on__gt=FRIDAY).count() == 0

    def test_everybody_named_on_the_sign_in_page_can_sign_in_and_has_work(self):
        password, people = sample_sign_ins()
        accounts = {user.username: user for user in User.objects.all()}
        assert all(accounts[one.username].check_password(password) for one in people)
        tray = in_tray(actor("teacher"), today=FRIDAY)
        assert tray.overdue.count > 3
        assert in_tray(actor("principal109"), today=FRIDAY).overdue.count > 3

    def test_made_again_nothing_is_added_and_the_journal_is_whole(self):
        counts = (Child.objects.count(), Roll.objects.count(), Duty.objects.count())
        assert not bring_to_life(self.county_id, now=TEN, today=FRIDAY)
        assert (Child.objects.count(), Roll.objects.count(), Duty.objects.count()) == counts
        while seal(self.county_id, now=TEN, thorough=True):
            pass
        assert verify(self.county_id).findings == []


@pytest.mark.django_db
def test_the_same_day_makes_the_same_school_and_nothing_slips_into_a_sealed_journal():
    """On the second day of term, in a county that was founded and sealed before."""
    now = datetime(2026, 9, 2, 4, tzinfo=timezone.utc)
    load_shipped_packs(now=now)
    county_id = found_sample_county(now=now, today=now.date())
    seal(county_id, now=now, thorough=True)
    later = now + timedelta(minutes=5)

    def made():
        with transaction.atomic():
            bring_to_life(county_id, now=later, today=now.date())
            found = sorted(Child.objects.values_list("name", "born_on", "pk"))
            rolls = sorted(Roll.objects.values_list("day", "pk"))
            while seal(county_id, now=later):
                pass
            assert verify(county_id).findings == []
            transaction.set_rollback(True)
        return found, rolls

    first = made()
    assert len(first[1]) > 6
    assert made() == first


@pytest.mark.django_db
def test_it_can_be_made_in_the_summer_holidays():
    now = datetime(2027, 8, 9, 4, tzinfo=timezone.utc)
    make(now, now.date())

    assert Child.objects.count() > 200
    assert not Roll.objects.exists()


@pytest.mark.django_db
def test_never_in_production(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("sample_county")
    assert not Person.objects.exists()
