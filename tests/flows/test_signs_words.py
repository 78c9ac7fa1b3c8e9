"""Teachers note signs; those who answer for the child follow up, escalate, clear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child
from notoneless.duties.models import Duty
from notoneless.flows.duties.told import told_about
from notoneless.flows.signs.refusals import (
    AlreadyEscalated,
    CauseUnknown,
    ClearedWithoutVisit,
    IdUsedTwice,
    KindUnknown,
    NotEscalated,
    NothingSaid,
    SeenInFuture,
    UntilTooFar,
    WordCleared,
)
from notoneless.flows.signs.words import clear_word, escalate, follow_up, note_measure
from notoneless.journal.models import Entry
from notoneless.places.services.people import assign_lesson
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.rules.roles import Role
from notoneless.rules.signs.kinds import StepKind
from notoneless.signs.models import FollowUp, SignWord, WordStep
from notoneless.signs.queries.words import follow_ups_of, words_of
from notoneless.signs.services.words import NewFollowUp, NewStep
from tests.attendance.register import THU, at
from tests.signs.desk import acting, names, open_with_people, says
from tests.world import TERM_START, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-076")]


@pytest.fixture
def school(village: Village) -> Village:
    return open_with_people(village)


def step(kind: StepKind, **more) -> NewStep:
    return NewStep(more.pop("id", None) or uuid7(), kind, TODAY, **more)


def act(verb, school: Village, word_id, new: NewStep, by: str = "chen"):
    return verb(school.actor(by), word_id, new, today=TODAY, now=at(TODAY, 11))


def teach(school: Village) -> None:
    school.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=school.units["primary-1"].pk,
        person_id=school.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=school.stamp("qin"),
    )


@pytest.mark.parametrize("kind", ["weariness", "peer_conflict", "gender_preference"])
@pytest.mark.req("R-286", "R-289", "T06")
def test_any_teacher_notes_a_sign_and_class_teacher_and_grade_head_see_it(
    school: Village, kind: str
):
    teach(school)

    says(school, kind, by="song", text="上课总趴着")

    assert names(school, "chen") == ["lan"]
    assert names(school, "gao") == ["lan"]
    word = words_of([school.lan.pk])[0]
    assert (word.kind, word.text, word.by) == (kind, "上课总趴着", "宋雨")
    assert Entry.objects.filter(kind="sign.noted", subject_id=school.lan.pk).count() == 1


def test_the_text_lies_sealed(school: Village):
    from django.db import connection

    says(school, "weariness", text="上课总趴着", causes=("family", "violence"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT text, causes FROM signs_signword")
        row = cursor.fetchone()
    assert all(
        "上课".encode() not in bytes(cell) and b"violence" not in bytes(cell) for cell in row
    )


@pytest.mark.parametrize("key", ["tan", "far_teacher"])
def test_a_child_of_another_school_is_not_there(school: Village, key: str):
    school.employ("far_teacher", "黄老师", Role.HOMEROOM_TEACHER, "other-1")

    with pytest.raises(Child.DoesNotExist):
        says(school, "weariness", by=key)


def test_who_sees_a_child_and_notes_no_signs_is_told_so(school: Village):
    with pytest.raises(NotAllowed):
        says(school, "weariness", by="lu")


def test_a_word_of_an_unknown_kind_or_cause_or_of_tomorrow_is_refused(school: Village):
    with pytest.raises(KindUnknown):
        says(school, "lazy")
    with pytest.raises(CauseUnknown):
        says(school, "weariness", causes=("bad_stars",))
    with pytest.raises(SeenInFuture):
        says(school, "weariness", seen_on=TODAY + timedelta(days=1))
    assert not SignWord.objects.exists()


def test_the_same_word_twice_is_once_and_another_under_its_id_is_refused(school: Village):
    key = uuid7()
    says(school, "weariness", id=key)
    says(school, "weariness", id=key)

    assert SignWord.objects.count() == 1
    with pytest.raises(IdUsedTwice):
        says(school, "weariness", "gang", id=key)


@pytest.mark.req("R-071")
def test_the_word_that_a_child_has_stopped_coming_reaches_planning_and_opens_its_duty(
    school: Village,
):
    adopt(
        NewAdoption(school.units["bureau"].pk, "S1-22/2026", TODAY),
        today=TODAY,
        stamp=school.stamp("lu"),
    )

    says(school, "dropped_out")

    told = told_about([school.lan.pk], county_id=school.county_id, from_on=THU, until=TODAY)
    assert [word.on for word in told.words] == [TODAY]
    assert Duty.objects.filter(rule="dropout.report", state="open").count() == 1


@pytest.mark.req("R-082")
def test_the_tracking_record_keeps_each_entry(school: Village):
    says(school, "weariness")
    for text in ("想去打工", "愿意再试一学期"):
        new = NewFollowUp(uuid7(), school.lan.pk, TODAY, ("weariness",), thinking=text)
        follow_up(school.actor("chen"), new, today=TODAY, now=at(TODAY, 12))

    assert {row.thinking for row in follow_ups_of(school.lan.pk)} == {
        "想去打工",
        "愿意再试一学期",
    }
    assert names(school) == []


@pytest.mark.req("R-082")
def test_an_empty_entry_is_refused(school: Village):
    new = NewFollowUp(uuid7(), school.lan.pk, TODAY, thinking="  ")

    with pytest.raises(NothingSaid):
        follow_up(school.actor("chen"), new, today=TODAY, now=at(TODAY))
    assert not FollowUp.objects.exists()


@pytest.mark.req("R-081")
def test_a_tendency_goes_to_grade_head_and_teaching_office_and_a_measure_follows(school: Village):
    word = says(school, "dropout_tendency")
    with pytest.raises(NotEscalated):
        act(note_measure, school, word, step(StepKind.MEASURE, text="结对"))

    key = uuid7()
    act(escalate, school, word, step(StepKind.ESCALATED, id=key))
    act(escalate, school, word, step(StepKind.ESCALATED, id=key))
    act(note_measure, school, word, step(StepKind.MEASURE, text="三位老师轮流谈话"), "jiao")

    steps = words_of([school.lan.pk])[0].steps
    assert [s.kind for s in steps] == [StepKind.ESCALATED, StepKind.MEASURE]
    assert set(steps[0].persons) == {"grade_head", "teaching_director"}
    assert steps[1].by == "焦主任"
    with pytest.raises(AlreadyEscalated):
        act(escalate, school, word, step(StepKind.ESCALATED))


@pytest.mark.req("T07")
def test_a_sign_is_cleared_after_a_visit(school: Village):
    word = says(school, "weariness", seen_on=THU)
    with pytest.raises(ClearedWithoutVisit):
        act(clear_word, school, word, step(StepKind.CLEARED))
    before = THU - timedelta(days=1)
    with pytest.raises(ClearedWithoutVisit):
        act(clear_word, school, word, step(StepKind.CLEARED, visit_on=before))

    done = step(StepKind.CLEARED, visit_on=THU, persons=["principal", "homeroom_teacher"])
    act(clear_word, school, word, done)
    act(clear_word, school, word, done)

    assert names(school) == []
    assert not words_of([school.lan.pk])[0].is_open
    assert WordStep.objects.count() == 1
    with pytest.raises(WordCleared):
        act(clear_word, school, word, step(StepKind.CLEARED, visit_on=THU))


@pytest.mark.req("T07")
def test_only_who_answers_for_the_class_clears(school: Village):
    word = says(school, "weariness")

    with pytest.raises(NotAllowed):
        act(clear_word, school, word, step(StepKind.CLEARED, visit_on=TODAY), "gao")
    with pytest.raises(Child.DoesNotExist):
        act(clear_word, school, word, step(StepKind.CLEARED, visit_on=TODAY), "ke")


def test_acting_needs_words_and_an_end_in_sight(school: Village):
    with pytest.raises(NothingSaid):
        acting(school, until=TODAY, text=" ")
    with pytest.raises(UntilTooFar):
        acting(school, until=TODAY - timedelta(days=1))
    with pytest.raises(UntilTooFar):
        acting(school, until=TODAY + timedelta(days=61))
    acting(school, until=TODAY + timedelta(days=60))


def test_everything_that_was_written_checks_out_in_the_journal(school: Village):
    from notoneless.journal.queries import verify
    from notoneless.journal.services import seal

    word = says(school, "weariness", causes=("family",))
    acting(school, until=TODAY)
    act(escalate, school, word, step(StepKind.ESCALATED))
    act(clear_word, school, word, step(StepKind.CLEARED, visit_on=TODAY))
    seal(school.county_id, now=at(TODAY, 13))

    assert verify(school.county_id).findings == []
