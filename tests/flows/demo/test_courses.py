"""What the courses of the sample county tell: every cause, every place on the ladder."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from notoneless.flows.demo import year_end
from notoneless.flows.demo.casework_doing import DOING, PLAYED_BY
from notoneless.flows.demo.casework_people import ROLES
from notoneless.flows.demo.casework_steps import SAYS, TAKEN_FROM
from notoneless.flows.demo.county import random_of
from notoneless.flows.demo.courses import Course, Scene, courses
from notoneless.flows.demo.words import of_cause
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.cases.kinds import ELSEWHERE, Level, Outcome, State, StepKind
from notoneless.rules.cases.ladder import BY_TID, TABLE, transition_of
from notoneless.rules.cases.plans import Placement
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.cases.said import QUESTIONS, Ask
from notoneless.rules.cases.subcases import SubCaseKind
from notoneless.rules.contacts.discreet import telling_word
from notoneless.rules.contacts.kinds import RESTRICTED_CAUSES
from notoneless.rules.roles import CEILING
from notoneless.rules.signs.causes import CAUSES

ALL = list(courses().values())
SCENES = [(course, scene) for course in ALL for scene in course.plot.scenes]
BEFORE_A_CASE = {
    "lesson": {"T01"},
    "leave": {"T03"},
    "call": {"T04"},
    "note": {"T06"},
    "clear": {"T07"},
}
BY_TIME = {
    StepKind.NOTICE_SERVED: "T16",
    StepKind.ORDER_SERVED: "T17.order_expired",
}
SERVED = {
    "persuasion_letter": StepKind.LETTER_SERVED,
    "return_notice": StepKind.NOTICE_SERVED,
    "correction_order": StepKind.ORDER_SERVED,
    "penalty_decision": StepKind.PENALTY_SERVED,
    "demand": StepKind.DEMAND_SERVED,
}


def is_step(verb: str) -> bool:
    return verb in set(StepKind) and verb in {kind.value for kind in TAKEN_FROM}


def rows_of(course: Course, scene: Scene) -> set[str]:
    """The rows of the ladder that one scene takes."""
    if scene.verb in BEFORE_A_CASE:
        return BEFORE_A_CASE[scene.verb]
    if scene.verb == "serve":
        step = SERVED[scene.what]
        return {transition_of(step).tid, BY_TIME.get(step, "")}
    if not is_step(scene.verb):
        return {transition_of(step).tid for step in PLAYED_BY.get(scene.verb, ())}
    outcome = scene.what or course.outcome
    leaves = outcome in set(Outcome) and Outcome(outcome) in ELSEWHERE
    return {transition_of(StepKind(scene.verb), leaves=leaves).tid}


def rows_by_rolls(course: Course) -> set[str]:
    """What rolls and time do: absence, suspicion, return, relapse, the end of a year."""
    spans = [span for span in course.plot.away if span.reason is Reason.UNEXPLAINED]
    found = {"T02"} if spans else set()
    found |= {"T08"} if course.from_on == date(2026, 9, 1) and spans else set()
    found |= (
        {"T09"} if any(span.last is None or span.last > span.first for span in spans) else set()
    )
    found |= {"T05", "T19"} if any(span.last is not None for span in spans) else set()
    found |= {"T22"} if len(spans) > 1 else set()
    is_over_a_summer = course.key == year_end.COURSE and course.from_on == year_end.TRIED_ON
    found |= {"T25"} if is_over_a_summer else set()
    return found


def test_there_are_some_eighty_and_most_children_come_back():
    assert 70 <= len(ALL) <= 92
    with_case = [c for c in ALL if c.plot.ends != "none"]
    back = [c for c in with_case if c.plot.ends in ("attending", "watch")]
    assert len(back) / len(with_case) >= 0.4


def test_every_row_of_the_ladder_is_taken():
    taken = {tid for course, scene in SCENES for tid in rows_of(course, scene)}
    taken |= {tid for course in ALL for tid in rows_by_rolls(course)}

    assert {row.tid for row in TABLE} - taken == set()


def test_townships_leave_some_notices_undone_and_most_are_issued():
    """The list of what is late has something to show, in more than one township."""
    accepted = [c for c in ALL if any(s.verb == "accepted" for s in c.plot.scenes)]
    answers = {"notice_issued", "closed", "return_reported"}
    undone = [c for c in accepted if not any(s.verb in answers for s in c.plot.scenes)]

    assert len(undone) <= len(accepted) / 6
    assert len({course.school for course in undone}) >= 3


def test_the_school_determines_on_the_day_after_a_case_has_opened():
    """A case opens on the second day away; the plan gives one school day."""
    last = {
        course.key: scene.day
        for course, scene in SCENES
        if scene.verb == "determined" and course.key not in ("qz-by-list", "yj-not-resumed")
    }

    assert set(last.values()) <= {1, 2}


def test_every_cause_is_somebodys():
    assert set(CAUSES) == {course.cause for course in ALL}


def test_the_causes_have_the_shares_of_the_field():
    shares = Counter(course.cause for course in ALL)
    tired = shares["weariness"] + shares["learning_difficulty"]

    assert 0.4 <= tired / len(ALL) <= 0.6
    assert 0.1 <= shares["work"] / len(ALL) <= 0.25


def test_every_place_on_the_ladder_but_a_penalty_is_where_some_course_ends():
    ends = {course.plot.ends for course in ALL}
    # A return is followed by its placement; a penalty needs an instrument that nobody released.
    left_out = {State.RETURNED, State.PENALISED}
    places = {state for row in TABLE if row.step and row.target for state in [row.target]}

    assert {state.value for state in places - left_out - {State.YEAR_END_OPEN}} <= ends


def test_every_lawful_end_every_department_and_every_sub_case_occurs():
    outcomes = {course.outcome or scene.what for course, scene in SCENES if scene.verb == "closed"}
    kinds = {c.referral.partition(":")[0] for c in ALL}
    kinds |= {s.given.get("kind", "") for _, s in SCENES if s.verb == "referred"}
    subcases = {s.given.get("kind") for _, s in SCENES if s.verb == "subcase_opened"}

    assert {each.value for each in ELSEWHERE} | {Outcome.ENFORCED.value} <= outcomes
    assert {each.value for each in ReferralKind} <= kinds
    assert subcases == {each.value for each in SubCaseKind}
    placements = {s.what for _, s in SCENES if s.verb == "placed"}
    assert placements <= {each.value for each in Placement}
    assert len(placements) >= 5


def test_every_verb_can_be_done():
    assert {scene.verb for _, scene in SCENES} <= set(DOING)


@pytest.mark.parametrize("kind", TAKEN_FROM, ids=lambda kind: kind.value)
def test_a_step_is_taken_from_a_level_that_the_ladder_names_by_a_post_that_may(kind: StepKind):
    row = transition_of(kind)
    level = TAKEN_FROM[kind]

    assert level in row.actors
    assert any(row.needs in CEILING[role] for role in ROLES[level])


def test_scenes_name_no_level_that_the_ladder_does_not():
    for course, scene in SCENES:
        if is_step(scene.verb) and "by" in scene.given:
            (tid,) = rows_of(course, scene)
            assert Level(scene.given["by"]) in BY_TID[tid].actors, (course.key, scene.verb)


def test_every_needed_question_has_an_answer():
    asked = {
        kind
        for kind in TAKEN_FROM
        if any(q.is_needed and q.ask is not Ask.FLAG for q in QUESTIONS.get(kind, ()))
    }

    assert asked <= set(SAYS)


def test_scenes_stand_in_the_order_of_their_days():
    for course in ALL:
        days = [scene.day for scene in course.plot.scenes]
        assert days == sorted(days), course.plot.key


@pytest.mark.parametrize("cause", RESTRICTED_CAUSES)
def test_restricted_causes_are_never_written_out(cause: str):
    for seed in range(40):
        for part in ("why", "child", "home", "reason"):
            assert telling_word(of_cause(random_of(seed), cause, part)) == ""
