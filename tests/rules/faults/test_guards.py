"""What stands in a step's way: who he is to the matter, the time, the plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from notoneless.rules.faults.guards import (
    FLAGS,
    THREE,
    Deciding,
    Missing,
    deciding_obstacles,
    exemption_questions,
    names_in,
    obstacles,
)
from notoneless.rules.faults.kinds import FaultStep, Measure, Outcome
from notoneless.rules.faults.ladder import Offered, measures
from notoneless.rules.faults.life import FaultFacts, StepFact
from notoneless.rules.roles import Role
from tests.rules.faults.plans import (
    DAY,
    DECIDER,
    OTHER,
    PERSON,
    RAISER,
    REVIEW_UNTIL,
    STATEMENT_UNTIL,
    heard,
    matter,
    plan,
    step,
)

F, M = FaultStep, Missing
UPHELD = step(F.DECIDED, by=DECIDER, outcome="upheld")
SHOWN = step(F.SHOWN, by=PERSON, until=REVIEW_UNTIL)
NO = dict.fromkeys(THREE, False)
YES = dict.fromkeys(THREE, True)


def missing(
    kind: FaultStep, facts: FaultFacts, *, by: UUID = OTHER, on: date = DAY, **more: Any
) -> list[Missing]:
    taking = StepFact(kind, on, by, more.pop("until", None), more)
    found = obstacles(taking, facts, least_until=STATEMENT_UNTIL)
    return [each.missing for each in found]


def refused(
    deciding: Deciding,
    facts: FaultFacts | None = None,
    *,
    asked: Collection[str] = THREE,
    offered: Collection[Offered] = (),
    done: Collection[Measure] = (),
) -> list[Missing]:
    facts = facts or matter(*heard())
    found = deciding_obstacles(facts, deciding, asked=asked, offered=offered, done=done)
    return [each.missing for each in found]


@pytest.mark.req("R-217")
@pytest.mark.parametrize(("days", "is_enough"), [(2, False), (3, True), (4, True)])
def test_a_notice_leaves_the_plan_s_time_at_least(days: int, is_enough: bool):
    found = missing(F.NOTICE_GIVEN, matter(step(F.INVESTIGATED)), until=DAY + timedelta(days=days))

    assert (found == []) is is_enough


@pytest.mark.req("R-217")
def test_silence_counts_only_from_the_day_after_the_last():
    hearing = matter(*heard()[:2])
    last = DAY + timedelta(days=3)

    assert missing(F.REFUSED, hearing, on=last, silence=True) == [M.STATEMENT_TIME_RUNS]
    assert missing(F.REFUSED, hearing, on=last + timedelta(days=1), silence=True) == []


@pytest.mark.req("R-217")
def test_declining_in_words_needs_a_witness_and_no_waiting():
    hearing = matter(*heard()[:2])

    assert missing(F.REFUSED, hearing) == [M.NO_WITNESS]
    assert missing(F.REFUSED, hearing, witness="石永福") == []


@pytest.mark.req("R-212")
def test_nobody_decides_what_he_raised_nor_his_own_matter():
    ready = matter(*heard())

    assert missing(F.DECIDED, ready, by=RAISER) == [M.DECIDER_RAISED]
    assert missing(F.DECIDED, ready, by=PERSON) == [M.NOT_THE_PERSON]
    assert missing(F.DECIDED, ready, by=DECIDER) == []


@pytest.mark.parametrize("kind", [F.INVESTIGATED, F.WITHDRAWN])
def test_the_person_charged_takes_no_step_but_his_own(kind: FaultStep):
    assert missing(kind, matter(), by=PERSON) == [M.NOT_THE_PERSON]


def test_only_the_person_himself_accepts_a_decision():
    shown = matter(*heard(), UPHELD, SHOWN)

    assert missing(F.WAIVED, shown, by=RAISER) == [M.ONLY_THE_PERSON]
    assert missing(F.WAIVED, shown, by=PERSON) == []


@pytest.mark.parametrize(("days", "found"), [(30, []), (31, [M.REVIEW_OVER])])
def test_a_review_can_be_asked_for_until_the_thirtieth_day(days: int, found: list[Missing]):
    shown = matter(*heard(), UPHELD, SHOWN)

    assert missing(F.APPEALED, shown, by=PERSON, on=DAY + timedelta(days=days)) == found


def test_a_review_is_another_person_s_and_there_is_only_one():
    asked = matter(*heard(), UPHELD, SHOWN, step(F.APPEALED, by=PERSON))
    kept = matter(*asked.steps, step(F.APPEAL_DECIDED, by=OTHER, result="kept"))

    assert missing(F.APPEAL_DECIDED, asked, by=DECIDER) == [M.SAME_DECIDER]
    assert missing(F.APPEAL_DECIDED, asked, by=RAISER) == [M.DECIDER_RAISED]
    assert missing(F.APPEAL_DECIDED, asked, by=OTHER) == []
    assert missing(F.APPEALED, kept, by=PERSON) == [M.REVIEWED]


def test_nothing_is_carried_out_before_it_was_shown_and_is_final():
    decided = matter(*heard(), UPHELD)
    shown = matter(*decided.steps, SHOWN)

    assert missing(F.EXECUTED, decided) == [M.NOT_SHOWN]
    assert missing(F.EXECUTED, shown) == [M.NOT_FINAL]
    assert missing(F.EXECUTED, shown, on=DAY + timedelta(days=31)) == []


def test_a_decision_put_before_him_by_another_needs_a_witness():
    decided = matter(*heard(), UPHELD)

    assert missing(F.SHOWN, decided, by=RAISER) == [M.NO_WITNESS]
    assert missing(F.SHOWN, decided, by=PERSON) == []
    assert missing(F.SHOWN, matter(*decided.steps, SHOWN), by=PERSON) == [M.SHOWN_ALREADY]


# -- deciding -------------------------------------------------------------------------------------


@pytest.mark.req("R-216")
def test_s1_26_asks_its_three_conditions_and_s1_19_its_two():
    assert exemption_questions(plan("S1-26"), "no_measures") == THREE
    assert exemption_questions(plan("S1-19"), "no_measures") == ("written_statement", "verified")
    assert exemption_questions(plan("S1-25"), "no_measures") == THREE


@pytest.mark.req("R-216")
def test_nothing_is_imposed_before_all_three_are_answered():
    assert refused(Deciding(Outcome.UPHELD)) == [M.EXEMPTION_UNANSWERED]
    two = {"not_teacher_caused": True, "verified": False}
    assert refused(Deciding(Outcome.UPHELD, exemption=two)) == [M.EXEMPTION_UNANSWERED]
    assert refused(Deciding(Outcome.UPHELD, exemption=NO)) == []


@pytest.mark.req("R-216")
@pytest.mark.parametrize("lacking", THREE)
def test_two_of_the_three_do_not_exempt_and_all_three_must(lacking: str):
    two = YES | {lacking: False}

    assert refused(Deciding(Outcome.EXEMPT, exemption=two)) == [M.NOT_EXEMPT]
    assert refused(Deciding(Outcome.UPHELD, exemption=two)) == []
    assert refused(Deciding(Outcome.EXEMPT, exemption=YES)) == []
    assert refused(Deciding(Outcome.UPHELD, exemption=YES)) == [M.EXEMPT]


@pytest.mark.req("R-216")
def test_hiding_a_loss_is_excused_by_nothing():
    assert exemption_questions(plan("S1-26"), "hidden_figures") == ()
    assert refused(Deciding(Outcome.EXEMPT), asked=()) == [M.NOT_EXEMPT]
    assert refused(Deciding(Outcome.UPHELD), asked=()) == []


@pytest.mark.req("R-215")
@pytest.mark.parametrize("lacking", FLAGS)
def test_a_cadre_answers_only_where_all_three_hold_together(lacking: str):
    cadre = matter(*heard(), role=Role.VILLAGE_OFFICER)
    all_three = dict.fromkeys(FLAGS, True)

    def flagged(flags: dict[str, bool] | None) -> list[Missing]:
        return refused(Deciding(Outcome.UPHELD, exemption=NO, flags=flags), cadre)

    assert flagged(all_three) == []
    assert flagged(all_three | {lacking: False}) == [M.FLAGS_NOT_ALL]
    assert flagged({k: v for k, v in all_three.items() if k != lacking}) == [M.FLAGS_UNANSWERED]
    assert refused(Deciding(Outcome.NOT_UPHELD), cadre) == []


@pytest.mark.req("R-215")
def test_the_fault_of_s0_4_asks_the_three_of_a_principal_too_and_others_do_not():
    principal = matter(*heard(), role=Role.PRINCIPAL, kind="three_flags")
    teacher = matter(*heard())
    upheld = Deciding(Outcome.UPHELD, exemption=NO)

    assert refused(upheld, principal) == [M.FLAGS_UNANSWERED]
    assert refused(upheld, teacher) == []


@pytest.mark.req("R-213", "R-308")
def test_the_ladder_of_s0_3_is_off_until_its_instrument_is_attached():
    offered = measures(plan("S0-3"), "no_measures")

    assert [each.off for each in offered[:4]] == ["no_legal_basis"] * 4
    talk = Deciding(
        Outcome.UPHELD, frozenset({Measure.ADMONISHING_TALK}), NO, skips_because="情节严重"
    )
    assert refused(talk, offered=offered) == [M.MEASURE_OFF]
    assert refused(Deciding(Outcome.UPHELD, exemption=NO), offered=offered) == []


@pytest.mark.req("R-213")
def test_the_ladder_of_s0_3_is_climbed_rung_by_rung():
    offered = measures(plan("S0-3", released=True), "no_measures")

    def chosen(*which: Measure, done: Collection[Measure] = (), why: str = "") -> list[Missing]:
        said = "乡政府决定予以通报" if Measure.NOTICE_OF_CRITICISM in which else ""
        deciding = Deciding(Outcome.UPHELD, frozenset(which), NO, skips_because=why, notice=said)
        return refused(deciding, offered=offered, done=done)

    assert [each.measure for each in offered if each.rung is not None] == [
        Measure.NOTICE_OF_CRITICISM,
        Measure.SUPERVISED_CORRECTION,
        Measure.ADMONISHING_TALK,
        Measure.ACCOUNTABILITY,
    ]
    assert chosen(Measure.NOTICE_OF_CRITICISM) == []
    assert chosen(Measure.SUPERVISED_CORRECTION) == [M.RUNG_SKIPPED]
    assert chosen(Measure.SUPERVISED_CORRECTION, done=[Measure.NOTICE_OF_CRITICISM]) == []
    assert chosen(Measure.NOTICE_OF_CRITICISM, Measure.SUPERVISED_CORRECTION) == []
    assert chosen(Measure.ACCOUNTABILITY, done=[Measure.SUPERVISED_CORRECTION]) == [M.RUNG_SKIPPED]
    assert chosen(Measure.ACCOUNTABILITY, why="造成学生受伤") == []


@pytest.mark.req("R-213")
def test_s1_25_knows_criticism_alone_and_its_text_must_be_written():
    offered = measures(plan("S1-25", released=True), "no_measures")
    notice = frozenset({Measure.NOTICE_OF_CRITICISM})

    rungs = [each.measure for each in offered if each.rung is not None]
    assert rungs == [Measure.NOTICE_OF_CRITICISM]
    assert refused(Deciding(Outcome.UPHELD, notice, NO), offered=offered) == [M.NOTICE_MISSING]
    talk = Deciding(Outcome.UPHELD, frozenset({Measure.ADMONISHING_TALK}), NO)
    assert refused(talk, offered=offered) == [M.MEASURE_OFF]


@pytest.mark.req("R-308")
def test_a_fine_needs_the_ladder_s_instrument_and_a_money_rule_that_reaches_staff():
    def fine_off(**own: tuple[str, ...]) -> str:
        offered = measures(plan("S1-29", released=True, own=own), "no_measures")
        return next(o.off for o in offered if o.measure is Measure.ECONOMIC_SANCTION)

    assert fine_off() == "no_money_rule"
    assert fine_off(money_rule_targets=("school",)) == "no_money_rule"
    assert fine_off(money_rule_targets=("staff",)) == ""


@pytest.mark.req("R-203")
def test_a_fine_and_points_need_their_figure():
    offered = [Offered(Measure.ECONOMIC_SANCTION, rung=0), Offered(Measure.POINTS_OFF)]
    both = frozenset({Measure.ECONOMIC_SANCTION, Measure.POINTS_OFF})
    half = Deciding(Outcome.UPHELD, both, NO, figures=frozenset({Measure.POINTS_OFF}))

    assert refused(half, offered=offered) == [M.FIGURE_MISSING]
    assert refused(Deciding(Outcome.UPHELD, both, NO, figures=both), offered=offered) == []


def test_points_for_concealment_are_offered_for_concealment_only():
    policy = plan("S1-23", released=True)

    hidden = [o.measure for o in measures(policy, "hidden_figures")]
    late = [o.measure for o in measures(policy, "late_report")]

    assert Measure.POINTS_OFF in hidden
    assert Measure.POINTS_OFF not in late


def test_handing_over_to_the_authority_is_open_everywhere_and_bears_no_sanction():
    assert measures(plan("S1-1"), "corporal_punishment") == (Offered(Measure.LEGAL_PROCEDURE),)


def test_a_matter_that_is_not_upheld_brings_nothing():
    both = Deciding(Outcome.NOT_UPHELD, frozenset({Measure.LEGAL_PROCEDURE}))

    assert refused(both) == [M.NOT_UPHELD_BUT_MEASURES]


def test_a_child_s_name_is_found_in_a_notice_however_it_is_spaced():
    names = {"吴小兰", "杨大刚", "兰"}

    assert names_in("班主任未家访吴 小兰，", names) == ("吴小兰",)
    assert names_in("班主任未按时家访", names) == ()
