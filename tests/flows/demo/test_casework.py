"""Courses of the sample county are played through the product's own flows."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import TestCase
from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep, Referral, SubCase
from notoneless.contacts.models import Contact
from notoneless.documents.models import Document, Service
from notoneless.duties.models import Duty
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.demo.casework import Waiting, work
from notoneless.flows.demo.county import FIRST_DAY
from notoneless.flows.demo.courses import absences, cast
from notoneless.journal.models import Entry
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.cases.ladder import BY_TID
from notoneless.rules.contacts.forms import NewContact
from notoneless.rules.contacts.kinds import Kind, Met, Result
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import CEILING, Capability, Role
from tests.flows.demo.small import course, found, play, read, school_days, told_are

TOLD = (
    course("told_and_back", "work"),
    course("sent_back", "poverty"),
    course("heard", "gender_preference"),
    course("asked_and_answered", "disability", referral="disability:残疾人"),
    course("employer", "work"),
    course("leaves", "other", outcome="transferred"),
    course("error", "other", outcome="identity_error"),
    course("tip", "family"),
    course("word"),
    course("visited", "pregnancy"),
)
IN_TIME = (DutyRule.CASE_DETERMINE, DutyRule.CASE_NOTICE, DutyRule.CASE_RETURN_REPORT)
DAYS = 17
"""School days until all but the watched ones have come to their ends."""


@pytest.mark.req("R-101", "R-106", "R-111", "R-117", "R-120", "R-122")
class TestCourses(TestCase):
    """Ten courses from the first of September, played for three weeks."""

    county_id: UUID
    held: dict[date, tuple[Waiting, ...]]
    cast: dict[str, UUID]

    @classmethod
    def setUpTestData(cls):
        cls.county_id = found(children=6)
        with told_are(*TOLD):
            county = read(cls.county_id)
            cls.held = play(county, school_days(county, DAYS))
            cls.cast = dict(cast(county))

    def test_each_course_is_where_its_plot_says_by_then(self):
        states = dict(Case.objects.order_by("opened_on").values_list("child", "state"))
        ended = {each.key: states.get(self.cast[each.key], "none") for each in TOLD}

        watched = {"told_and_back": "watch"}
        assert ended == {each.key: each.plot.ends for each in TOLD} | watched

    def test_no_scene_waits_for_good(self):
        last = max(self.held)

        assert [str(each) for each in self.held[last]] == []

    def test_a_scene_waits_a_day_or_two_at_most(self):
        waits = [each for held in self.held.values() for each in held]
        waited = Counter((each.course, each.scene.number) for each in waits)

        assert [key for key, days in waited.items() if days > 2] == []

    def test_nobody_acts_outside_his_post(self):
        for step in CaseStep.objects.exclude(by_role="").select_related("unit"):
            row = BY_TID[step.tid]
            assert Level(step.level) in row.actors, step.tid
            is_asked = step.level == Level.DEPARTMENT
            needs = Capability.ANSWER_REFERRALS if is_asked else row.needs
            assert needs in CEILING[Role(step.by_role)], step.tid

    def test_steps_are_taken_while_their_clocks_run(self):
        due = Duty.objects.filter(rule__in=IN_TIME, state=DutyState.DONE)

        assert due.count() >= 12
        assert list(due.exclude(late_since=None).values_list("rule", "closed_by_kind")) == []

    def test_a_second_person_at_the_bureau_closes(self):
        closed = CaseStep.objects.get(kind=StepKind.CLOSED, level=Level.COUNTY)
        asked = CaseStep.objects.get(case=closed.case_id, kind=StepKind.CLOSING_ASKED)

        assert asked.level == Level.SCHOOL
        assert asked.by_id != closed.by_id

    def test_papers_are_served_with_what_proves_it(self):
        methods = {"adult_relative", "in_person"}
        assert set(Service.objects.values_list("method", flat=True)) == methods
        notices = Document.objects.filter(kind="return_notice")
        of = Case.objects.filter(pk__in=notices.values("file_id")).values_list("child", flat=True)
        wanted = ("heard", "asked_and_answered", "employer")
        assert set(of) == {self.cast[key] for key in wanted}

    def test_a_department_answers_and_an_employer_is_looked_into(self):
        states = Counter(Referral.objects.values_list("state", flat=True))

        assert states == {"answered": 2}
        assert SubCase.objects.get().result == "founded"

    def test_a_restricted_cause_is_folded_wherever_others_read(self):
        case = Case.objects.get(child=self.cast["visited"])
        visit = Contact.objects.filter(children__child=case.child_id, kind=Kind.VISIT).first()

        assert visit.causes == ["pregnancy"]
        assert visit.main_cause == "other"

    def test_everything_bears_the_mark_of_a_demo(self):
        assert not Entry.objects.filter(is_simulated=False).exists()

    def test_a_day_played_twice_is_the_same_as_once(self):
        before = CaseStep.objects.count(), Contact.objects.count()
        with told_are(*TOLD):
            county = read(self.county_id)
            work(county, school_days(county, DAYS)[-1])

        assert (CaseStep.objects.count(), Contact.objects.count()) == before


def story(county_id):
    """What happened, without ids and moments of recording."""
    return (
        list(
            CaseStep.objects.order_by("happened_on", "recorded_at", "kind").values_list(
                "kind", "happened_on", "hour", "level"
            )
        ),
        sorted(Contact.objects.values_list("kind", "happened_on", "hour", "result")),
    )


class TestTheSameAgain(TestCase):
    def test_the_same_county_has_the_same_story_and_words(self):
        told = (course("two_days"), course("visited", "work"))
        with told_are(*told):
            county = read(found(children=3))
            with self.subTest("once"):
                first = [str(absences(county, day)) for day in school_days(county, 4)]
            again = [str(absences(read(county.county_id), day)) for day in school_days(county, 4)]

        assert first == again

    def test_a_child_in_whose_matter_a_person_has_written_is_left_alone(self):
        with told_are(course("visited", "work"), course("two_days")):
            county = read(found(children=3))
            days = school_days(county, 6)
            play(county, days[:3])
            child, other = cast(county)["visited"], cast(county)["two_days"]
            self.speak(county, child, days[2])
            steps = CaseStep.objects.filter(case__child=child).count()

            later = read(county.county_id)
            play(later, days[3:])

            assert child not in absences(later, days[4])
            assert CaseStep.objects.filter(case__child=child, level="school").count() == 1
            assert CaseStep.objects.filter(case__child=child).count() - steps <= 1
            assert CaseStep.objects.filter(case__child=other, kind=StepKind.PLACED).exists()

    def speak(self, county, child, day):
        """A visitor of the demo calls the family himself."""
        teacher = county.actor("teacher5", day)
        if county.children[child].class_id not in {h.unit_id for h in teacher.holdings}:
            teacher = county.actor("teacher6", day)
        call = NewContact(
            uuid7(), Kind.CALL, Result.REACHED, (child,), day, met=frozenset({Met.GUARDIAN})
        )
        log_contact(teacher, call, today=day, now=county.at(day, 18))

    def test_nothing_happens_on_a_day_without_school(self):
        with told_are(course("two_days")):
            county = read(found(children=2))

            assert work(county, FIRST_DAY + timedelta(days=4)) == ()
            assert not Contact.objects.exists()
