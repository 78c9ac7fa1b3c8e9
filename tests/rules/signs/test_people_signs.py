"""Lost contact, teachers' words, quiet and the order of visits."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from notoneless.rules.signs.facts import AnswerFact, NumbersFact, TryFact, WordFact
from notoneless.rules.signs.kinds import AnswerKind, Context, SignRule
from notoneless.rules.signs.points import CODES, points_table, standing
from tests.rules.signs.desk import FRI, MON, THU, TUE, WED, default_policy, fired, last, look

TABLE = points_table(default_policy())
DAY = timedelta(days=1)


def tried(*outcomes, from_on=MON):
    return tuple(
        TryFact(UUID(int=n + 1), from_on + n * DAY, is_reached)
        for n, is_reached in enumerate(outcomes)
    )


def answer(kind, on, until=None):
    return AnswerFact(AnswerKind(kind), on, until)


@pytest.mark.req("R-076")
def test_two_failed_tries_are_no_sign_and_three_are():
    assert fired(look(tries=tried(False, False)), SignRule.LOST_CONTACT) is None
    sign = fired(look(tries=tried(False, False, False)), SignRule.LOST_CONTACT)
    assert [row.ref for row in sign.rows] == [UUID(int=1), UUID(int=2), UUID(int=3)]


@pytest.mark.req("R-076")
def test_reaching_somebody_begins_the_count_anew():
    assert fired(look(tries=tried(False, False, True, False, False)), SignRule.LOST_CONTACT) is None


@pytest.mark.req("R-076")
def test_a_check_in_which_no_number_works_is_a_sign_until_one_does():
    dead = (NumbersFact(TUE, 0),)

    assert fired(look(numbers=dead), SignRule.LOST_CONTACT)
    assert fired(look(numbers=(*dead, NumbersFact(THU, 1))), SignRule.LOST_CONTACT) is None
    reached = (TryFact(None, WED, True),)
    assert fired(look(numbers=dead, tries=reached), SignRule.LOST_CONTACT) is None


@pytest.mark.req("R-076")
def test_context_alone_never_fires():
    signs = look(context=frozenset(Context))

    assert signs.fired == ()
    assert standing(signs, TABLE) is None


@pytest.mark.req("R-076")
def test_a_teacher_s_word_is_a_sign_by_itself():
    word = WordFact(UUID(int=5), THU, "weariness")

    sign = fired(look(words=(word,)), SignRule.WORD)

    assert sign.rows[0].code == "weariness"
    assert sign.bound is None


@pytest.mark.req("R-076")
@pytest.mark.parametrize("on", [FRI, FRI - DAY])
def test_a_sign_is_quiet_from_an_answer_on_or_after_its_newest_row(on):
    signs = look(missed=(WED, THU, FRI), answers=(answer("contact", on),))

    assert bool(signs.quiet) is (on == FRI)
    assert bool(signs.loud) is (on != FRI)


@pytest.mark.req("R-076")
def test_a_new_row_makes_it_loud_again():
    called = (answer("contact", THU),)

    assert look(until=THU, missed=(TUE, WED, THU), answers=called).loud == ()
    assert look(until=FRI, missed=(TUE, WED, THU, FRI), answers=called).loud


@pytest.mark.req("R-076")
def test_a_decision_speaks_until_its_last_day():
    def on(day):
        present = (day,) if day > WED else ()
        return look(
            until=day,
            missed=last(5, until=WED),
            others=dict.fromkeys(present),
            answers=(answer("decision", WED, until=THU),),
        )

    assert on(THU).loud == ()
    assert {each.rule for each in on(FRI).loud} >= {SignRule.TERM_DAYS}


@pytest.mark.req("R-076")
def test_the_order_adds_points_that_can_be_read():
    signs = look(
        missed=(WED, THU, FRI), context=frozenset({Context.POOR, Context.LEFT_BEHIND_BOTH})
    )

    place = standing(signs, TABLE)

    assert [(reason.code, reason.points) for reason in place.reasons] == [
        ("run", 30),
        ("share", 20),
        ("rising", 10),
        ("left_behind_both", 6),
        ("poor", 4),
    ]
    assert place.points == 70
    assert place.newest_on == FRI


@pytest.mark.req("R-076")
def test_who_has_more_points_comes_first_then_what_happened_last():
    older = standing(
        look(missed=(MON, TUE, WED, THU)[:0], words=(WordFact(UUID(int=1), MON, "x"),)), TABLE
    )
    newer = standing(look(words=(WordFact(UUID(int=2), THU, "x"),)), TABLE)
    away = standing(look(missed=(WED, THU, FRI)), TABLE)

    assert sorted([older, newer, away], key=lambda s: s.sort_key) == [away, newer, older]


@pytest.mark.req("R-076")
def test_quiet_signs_bring_no_points():
    signs = look(missed=(WED, THU, FRI), answers=(answer("visit", FRI),))

    assert standing(signs, TABLE) is None


@pytest.mark.req("R-076")
def test_the_second_step_of_a_term_has_its_own_points():
    place = standing(look(missed=last(12)[:10]), TABLE)

    assert ("term_second", 20) in [(r.code, r.points) for r in place.reasons]


def test_every_point_is_a_parameter_with_a_source():
    assert set(TABLE) == set(CODES)
    rules = default_policy().rules
    assert all(rules[f"sign_points_{code}"].rule.source for code in CODES)
