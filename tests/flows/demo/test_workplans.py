"""What the county's plans want of units is done in the play: mostly in time, now and then late."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.test import TestCase

from notoneless.duties.models import Duty
from notoneless.flows.demo import answering, workplans
from notoneless.flows.demo.county import FIRST_DAY, DemoCounty, read_county
from notoneless.flows.demo.staffing import staffing
from notoneless.flows.demo.workplans import (
    DECIDED,
    LATE_ON,
    MET_ON,
    MONTH,
    REPORTED_ON,
    keep_workplans,
)
from notoneless.flows.duties.sweep import sweep_county
from notoneless.journal.models import Entry
from notoneless.journal.services import simulated
from notoneless.places.models import Unit
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role
from notoneless.workplans.models import Activity, CampaignReport, Decision, Meeting
from tests.flows.demo.small import FOUNDED, LAST, found

CODE = "2199000109"
BEGINS = FOUNDED.replace(month=9, day=1)
TASKS = tuple(
    (text, role, "石桥乡中心学校" if "乡" in unit else CODE, due, answered, words)
    for text, role, unit, due, answered, words in DECIDED
)


def staffed(children):
    """The small ground with those who answer for workplans at school and township."""
    county_id = found(children)
    with simulated():
        office = staffing(county_id, on=FIRST_DAY, now=FOUNDED)
        units = dict(Unit.objects.filter(county=county_id).values_list("name", "pk"))
        school = Unit.objects.get(county=county_id, code=CODE)
        office.fill(school.pk, {Role.DROPOUT_OFFICER.value: 1})
        office.fill(units["石桥乡"], {Role.TOWNSHIP_OFFICER.value: 1})
        office.fill(units["石桥乡中心学校"], {Role.CENTRE_HEAD.value: 1})
        for _ in sweep_county(county_id, as_of=FIRST_DAY, now=lambda: BEGINS):
            pass
    return read_county(county_id, day=FIRST_DAY)


def played(county, *, until=LAST):
    day = FIRST_DAY
    while day <= until:
        with simulated():
            keep_workplans(county, day)
        day += timedelta(1)


@pytest.mark.req("R-239", "R-241", "R-248", "R-249")
class TestWorkplans(TestCase):
    """One school, its township and the bureau from September to November."""

    county: DemoCounty
    school: UUID

    @classmethod
    def setUpTestData(cls):
        cls.county = staffed(3)
        with patch.object(workplans, "DECIDED", TASKS):
            played(cls.county)
        cls.school = cls.county.schools[CODE]

    def test_the_county_enters_the_months_that_its_pack_leaves_open(self):
        before = policy_for(self.school, on=FIRST_DAY - timedelta(1))

        assert policy_for(self.school, on=FIRST_DAY).months("campaign_months") == (3, 9)
        assert "campaign_months" not in before.rules
        assert self.county.refused == []

    def test_the_schools_campaign_is_planned_held_and_reported_within_its_month(self):
        duties = Duty.objects.filter(bearer_unit=self.school, rule__startswith="campaign.")
        states = dict(duties.values_list("rule", "state"))
        report = duties.get(rule=DutyRule.CAMPAIGN_REPORT)

        assert states == {"campaign.plan": "done", "campaign.report": "done"}
        assert report.late_since is None
        assert report.done_on == REPORTED_ON
        assert report.due_on == date(2026, 9, 30)
        assert set(Activity.objects.values_list("channel", flat=True)) == {
            "letter_to_parents",
            "class_meeting",
        }

    def test_the_bureau_has_met_and_its_tasks_are_duties(self):
        meeting = Meeting.objects.get()
        tasks = Duty.objects.filter(rule=DutyRule.MEETING_DECISION)

        assert meeting.held_on == MET_ON
        assert meeting.attendees.count() >= 3
        assert sorted(tasks.values_list("state", flat=True)) == ["done", "done", "open"]
        assert tasks.filter(state=DutyState.DONE, late_since=None).count() == 1

    def test_of_its_tasks_one_was_done_in_time_one_late_and_one_is_open(self):
        done = {
            row.due_on: row.done.on if hasattr(row, "done") else None
            for row in Decision.objects.all()
        }

        assert sorted(
            "open" if on is None else "late" if on > due else "in time" for due, on in done.items()
        ) == ["in time", "late", "open"]

    def test_all_of_it_bears_the_mark_of_a_demo(self):
        assert not Entry.objects.filter(is_simulated=False).exists()

    def test_a_day_played_twice_is_as_once(self):
        before = Entry.objects.count()
        with patch.object(workplans, "DECIDED", TASKS), simulated():
            for day in (FIRST_DAY, REPORTED_ON, MET_ON):
                keep_workplans(self.county, day)

        assert Entry.objects.count() == before


@pytest.mark.req("R-239")
class TestLate(TestCase):
    def test_one_school_reports_its_campaign_after_the_month_and_one_never(self):
        county = staffed(2)
        with patch.object(workplans, "LATE_SCHOOL", CODE):
            played(county, until=REPORTED_ON)
            assert not CampaignReport.objects.exists()
            played(county, until=LATE_ON)
        assert CampaignReport.objects.get().on == LATE_ON
        duty = Duty.objects.get(rule=DutyRule.CAMPAIGN_REPORT)
        assert duty.late_since == MONTH.replace(month=10)

    def test_a_silent_school_does_all_but_report(self):
        county = staffed(2)
        with patch.object(workplans, "SILENT_SCHOOL", CODE):
            played(county, until=LATE_ON)
        assert Activity.objects.count() == 2
        assert not CampaignReport.objects.exists()

    def test_one_township_writes_its_october_late(self):
        county = staffed(2)
        with simulated(), patch.object(answering, "WRITES_LATE", "石桥乡"):
            answering.answer(county, answering.WRITTEN_ON)
            none_yet = Duty.objects.filter(rule=DutyRule.REPORT_TOWNSHIP_WRITTEN)
            assert not none_yet.filter(state=DutyState.DONE).exists()
            answering.answer(county, answering.WRITTEN_LATE_ON)
        duty = Duty.objects.get(rule=DutyRule.REPORT_TOWNSHIP_WRITTEN, state=DutyState.DONE)
        assert duty.late_since == date(2026, 11, 1)
