"""What people of the sample county answer for is played through the same flows."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from django.test import TestCase

from notoneless.contracts.models import Contract, Signature
from notoneless.flows.demo import answering
from notoneless.flows.demo.county import DemoCounty, read_county
from notoneless.journal.services import simulated
from notoneless.oversight.models import Fault
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.faults.kinds import FaultState
from notoneless.workplans.models import ReportPeriod
from tests.flows.demo.small import found

CHILDREN = 4
DAYS = (
    answering.TAKEN_OVER,
    answering.TOGETHER,
    answering.FAMILIES,
    answering.VILLAGES,
    date(2026, 9, 23),
    answering.FOUND,
)


class TestAnswering(TestCase):
    county: DemoCounty

    @classmethod
    def setUpTestData(cls):
        cls.county = read_county(found(CHILDREN), day=answering.FOUND)
        with simulated(), patch.object(answering, "TEACHER", "teacher5"):
            for day in DAYS:
                answering.answer(cls.county, day)

    def test_only_the_school_without_classes_draws_up_nothing(self):
        assert self.county.refused == ["CONTRACT-06"]

    def test_the_joint_guarantee_holds_at_one_school_with_its_money_released(self):
        school = self.county.schools[answering.JOINT_SCHOOL]
        rules = policy_for(school, on=answering.FOUND)

        assert rules.count("reward_class_retention100_yuan") == 20_000
        assert rules.choice("settlement_period") == "term"

    def test_most_families_of_a_class_have_signed_before_their_teacher(self):
        drawn = Contract.objects.filter(kind=ContractKind.GUARDIAN).count()
        signed = Signature.objects.filter(party__guardian__isnull=False).count()

        assert drawn == CHILDREN
        assert 0 < signed <= drawn

    def test_schools_hand_in_the_month(self):
        assert ReportPeriod.objects.filter(stream="school_count").count() > 0

    def test_one_matter_waits_for_what_the_teacher_says(self):
        assert Fault.objects.get().state == FaultState.HEARING
