"""The school year has ended over one case: it was brought in before, with the school's report."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import TestCase

from notoneless.cases.models import Case, CaseStep
from notoneless.documents.models import Document
from notoneless.flows.demo import year_end
from notoneless.flows.demo.county import FIRST_DAY, read_county
from notoneless.flows.demo.courses import cast, courses, day_of
from notoneless.flows.demo.ground import FOUNDED_ON, actor_named
from notoneless.flows.sample.county import found_sample_county
from notoneless.journal.models import Entry
from notoneless.journal.services import simulated
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.documents.kinds import DocumentKind
from tests.flows.demo.small import FOUNDED, told_are

MORNING = FOUNDED.replace(month=year_end.TRIED_ON.month, day=year_end.TRIED_ON.day)


@pytest.mark.req("T25", "R-124")
class TestTheYearEnds(TestCase):
    county_id: UUID

    @classmethod
    def setUpTestData(cls):
        with simulated():
            cls.county_id = found_sample_county(now=MORNING, today=FOUNDED_ON)
            clerk = actor_named("clerk", on=year_end.TRIED_ON)
            year_end.keep_a_case_over_the_summer(clerk, now=MORNING)

    def test_the_last_day_of_july_is_a_step_of_the_case_that_time_took(self):
        step = CaseStep.objects.get(kind=StepKind.YEAR_ENDED)

        assert step.happened_on == date(2026, 7, 31)
        assert step.level == "system"
        assert Case.objects.get().year_end_on == date(2026, 7, 31)
        assert Case.objects.get().state == State.REPORTED

    def test_the_case_stands_on_the_schools_own_report(self):
        paper = Document.objects.get()

        assert paper.kind == DocumentKind.DROPOUT_REPORT
        assert paper.office.code == courses()[year_end.COURSE].school

    def test_all_of_it_bears_the_mark_of_a_demo(self):
        assert not Entry.objects.filter(is_simulated=False).exists()

    def test_its_course_goes_on_in_september_with_the_same_child(self):
        course = courses()[year_end.COURSE]
        with told_are(course):
            county = read_county(self.county_id, day=FIRST_DAY)
            child = cast(county)[course.key]

        assert child == Case.objects.get().child_id
        assert county.children[child].name == course.name
        assert day_of(course, county, child, FIRST_DAY) == 0
