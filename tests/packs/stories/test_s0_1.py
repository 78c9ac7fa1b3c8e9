"""S0-1: the lesson, the hour, the photograph."""

from __future__ import annotations

import pytest

from notoneless.contacts.models import Contact
from notoneless.flows.contacts.pictures import Sent
from notoneless.flows.contacts.refusals import VisitWithoutProof
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.facts import LessonFact
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Moment
from tests.attendance.register import call
from tests.contacts.desk import log, photo
from tests.rules.duties.desk import LAN, MON, TUE, facts, only, want

SYSTEM = "S0-1"


@pytest.mark.req("R-067", "R-302")
def test_a_missed_lesson_is_told_to_the_class_teacher_that_day(story):
    known = facts(lessons=(LessonFact(LAN, MON),))
    duty = only(want(known, story.policy(), MON), DutyRule.LESSON_ABSENCE)

    for looked_at, late in ((MON, None), (TUE, TUE)):
        seen = stand_of(duty, Moment(looked_at)).late_since
        story.says("P-S0-1.05", seen, late, at=str(looked_at))


@pytest.mark.req("R-087", "R-302")
def test_a_visit_is_closed_with_a_photograph_and_not_without(story):
    v = story.village()
    call(v, MON, "lan")

    with pytest.raises(VisitWithoutProof):
        log(v, kind="visit", result="refused", happened_on=MON, today=MON)
    story.says("P-S0-1.10", Contact.objects.count(), 0, at="no photo")
    sent = Sent(photos=(photo(width=300, height=200),))
    log(v, kind="visit", result="refused", happened_on=MON, today=MON, sent=sent)
    story.says("P-S0-1.10", Contact.objects.count(), 1, at="1 photo")


@pytest.mark.req("R-304", "R-302")
def test_when_the_campaign_is_and_how_often_people_meet_is_asked(story):
    blank = set(story.policy().to_be_entered)

    assert {"campaign_months", "regular_meeting_frequency", "class_report_deadline"} <= blank
