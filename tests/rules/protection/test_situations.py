"""Eleven situations, and what a child's file may say against one: a doubt, never a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.protection.concerned import ConcernedKind, silences
from notoneless.rules.protection.life_cycle import (
    FlagState,
    Ground,
    StepKind,
    needs_police,
    state_of,
)
from notoneless.rules.protection.situations import Doubt, Situation, doubt_about, is_under

BORN = date(2012, 11, 20)


@pytest.mark.parametrize(
    ("on", "under"),
    [
        (date(2026, 11, 19), True),
        (date(2026, 11, 20), True),  # a year is complete from the day after the birthday on
        (date(2026, 11, 21), False),
    ],
)
def test_on_the_fourteenth_birthday_a_girl_is_still_under_fourteen(on: date, under: bool):
    assert is_under(14, BORN, on=on) is under


@pytest.mark.parametrize(("on", "under"), [(date(2028, 11, 20), True), (date(2028, 11, 21), False)])
def test_on_the_sixteenth_birthday_a_child_is_still_under_sixteen(on: date, under: bool):
    assert is_under(16, BORN, on=on) is under


@pytest.mark.parametrize(
    ("on", "under"),
    [(date(2026, 2, 28), True), (date(2026, 3, 1), True), (date(2026, 3, 2), False)],
)
def test_who_was_born_on_a_leap_day_has_the_birthday_on_the_first_of_march(on: date, under: bool):
    assert is_under(14, date(2012, 2, 29), on=on) is under


def doubt(situation: Situation, *, born_on=BORN, sex="2", on=date(2026, 11, 20)):
    return doubt_about(situation, born_on=born_on, sex=sex, on=on)


@pytest.mark.parametrize("situation", [Situation.GIRL_UNDER_14, Situation.PREGNANT_UNDER_14])
def test_a_girl_whom_the_file_calls_fourteen_raises_a_doubt(situation: Situation):
    assert doubt(situation) is None
    assert doubt(situation, on=date(2026, 11, 21)) is Doubt.NO_LONGER_UNDER_14


def test_a_girl_whom_the_file_calls_under_fourteen_raises_the_other_doubt():
    assert doubt(Situation.GIRL_FROM_14) is Doubt.STILL_UNDER_14
    assert doubt(Situation.GIRL_FROM_14, on=date(2026, 11, 21)) is None


def test_a_child_whom_the_file_calls_sixteen_may_live_alone():
    assert doubt(Situation.LIVING_ALONE, on=date(2028, 11, 20)) is None
    assert doubt(Situation.LIVING_ALONE, on=date(2028, 11, 21)) is Doubt.NO_LONGER_UNDER_16


@pytest.mark.parametrize("situation", list(Situation))
def test_a_missing_birth_date_and_sex_raise_no_doubt(situation: Situation):
    assert doubt(situation, born_on=None, sex="") is None
    assert doubt(situation, born_on=None, sex="0") is None


def test_a_boy_in_a_girls_situation_is_a_doubt_and_in_no_other():
    doubted = {s for s in Situation if doubt(s, sex="1", born_on=None)}

    assert doubted == {
        Situation.GIRL_UNDER_14,
        Situation.GIRL_FROM_14,
        Situation.PREGNANT_UNDER_14,
    }


def test_there_are_the_nine_situations_and_two_more():
    assert len(Situation) == 9 + 2


K = ConcernedKind


@pytest.mark.parametrize(
    ("kinds", "quiet"),
    [
        ([], True),
        ([K.GUARDIAN], True),
        ([K.CARER], True),
        ([K.STAFF], True),
        ([K.UNKNOWN], True),
        ([K.OTHER], False),
        ([K.OTHER, K.CARER], True),
    ],
)
def test_contacts_stop_unless_only_somebody_else_is_concerned(kinds: list[K], quiet: bool):
    assert silences(kinds) is quiet


S = StepKind


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], FlagState.OPEN),
        ([S.SEEN, S.POLICE, S.SUPERIOR, S.DEPARTMENT, S.ADDED], FlagState.OPEN),
        ([S.PROPOSED], FlagState.CLOSING),
        ([S.PROPOSED, S.ADDED], FlagState.CLOSING),
        ([S.PROPOSED, S.REFUSED], FlagState.OPEN),
        ([S.PROPOSED, S.REFUSED, S.PROPOSED], FlagState.CLOSING),
        ([S.PROPOSED, S.CLOSED], FlagState.CLOSED),
    ],
)
def test_only_an_answered_proposal_closes(steps: list[S], state: FlagState):
    assert state_of(steps) is state


def test_only_a_mistake_can_be_closed_without_the_police():
    assert [ground for ground in Ground if not needs_police(ground)] == [Ground.MISTAKE]
