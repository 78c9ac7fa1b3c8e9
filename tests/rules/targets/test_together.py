"""Splits of a target, units that lost nobody, and the parts of an appraisal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.consequences.outcome import How, Loss, Outcome
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.targets.indices import Index
from notoneless.rules.targets.scores import Part, appraisal_of, unit_score
from notoneless.rules.targets.standing import measure_of, standing_of
from notoneless.rules.targets.together import a_year_before, before, no_dropout, split_of
from notoneless.rules.units import UnitKind
from tests.rules.targets.desk import NOVEMBER_20, SEPTEMBER, UNIT, outcome, own, policy, target

OCTOBER_5, OCTOBER_20 = date(2026, 10, 5), date(2026, 10, 20)
NOVEMBER_2 = date(2026, 11, 2)


def held(value: str, lost: int, base: int):
    return standing_of(target(value), measure_of(outcome(lost, base), Index.DROPOUT))


@pytest.mark.req("R-185")
def test_what_those_below_may_lose_together_is_held_against_the_own_figure() -> None:
    # 1 % of 1,000 is ten; of 450 and 550 with 1 % each four and five; with 2 % nine and eleven.
    own_line = held("1", 0, 1_000)

    fits = split_of(own_line, [held("1", 0, 450), held("1", 0, 550)])
    exceeds = split_of(own_line, [held("2", 0, 450), held("2", 0, 550)])

    assert fits is not None
    assert exceeds is not None
    assert (fits.own, fits.parts, fits.fits) == (10, 9, True)
    assert (exceeds.parts, exceeds.fits) == (20, False)
    assert exceeds.average == Ratio(2, 100)


def test_a_split_with_a_part_missing_is_not_judged() -> None:
    found = split_of(held("1", 0, 1_000), [held("1", 0, 450), None])

    assert found is not None
    assert (found.missing, found.fits) == (1, None)
    assert split_of(held("1", 0, 1_000), []) is None


@given(st.lists(st.integers(1, 200), min_size=1, max_size=8), st.decimals(0, 100, places=1))
def test_one_bound_for_all_always_fits(bases, value) -> None:
    parts = [held(str(value), 0, base) for base in bases]

    found = split_of(held(str(value), 0, sum(bases)), parts)

    assert found is not None
    assert found.fits


def loss(number: int, lost_on: date, returned_on: date | None = None) -> Loss:
    return Loss(UUID(int=number), How.CASE, lost_on, returned_on=returned_on)


def of(*losses: Loss) -> Outcome:
    return Outcome(UNIT, UnitKind.CLASS, SEPTEMBER, NOVEMBER_20, 40, losses)


@pytest.mark.req("R-196")
def test_a_class_without_a_loss_is_clean_since_the_year_began() -> None:
    found = no_dropout(of())

    assert (found.is_clean, found.since, found.was_lost) == (True, SEPTEMBER, False)


@pytest.mark.req("R-196")
def test_the_status_is_lost_with_the_first_loss_and_comes_back_with_the_last_return() -> None:
    away = no_dropout(of(loss(1, OCTOBER_20), loss(2, OCTOBER_5)))
    back = no_dropout(of(loss(1, OCTOBER_5, NOVEMBER_2), loss(2, OCTOBER_20, OCTOBER_20)))

    assert (away.is_clean, away.since) == (False, OCTOBER_5)
    assert (back.is_clean, back.since, back.was_lost) == (True, NOVEMBER_2, True)


def test_a_loss_while_another_was_away_did_not_lose_the_status_a_second_time() -> None:
    found = no_dropout(of(loss(1, OCTOBER_5, NOVEMBER_2), loss(2, OCTOBER_20)))

    assert found.since == OCTOBER_5


def test_a_child_lost_in_an_earlier_year_loses_it_from_the_first_day() -> None:
    assert no_dropout(of(loss(1, date(2025, 10, 1)))).since == SEPTEMBER


def test_the_period_before_ends_with_last_month_and_not_in_the_first() -> None:
    assert before(SEPTEMBER, NOVEMBER_20) == date(2026, 10, 31)
    assert before(SEPTEMBER, date(2026, 9, 30)) is None
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.req("R-192")
def test_an_appraisal_shows_its_parts_and_takes_off_only_what_is_entered_and_released() -> None:
    found = appraisal_of(
        outcome(1, 40, returned=1), policy("S1-7"), reports=Ratio(3, 4), visits=Ratio(0, 0)
    )

    parts = dict(found.parts)
    assert parts[Part.KEPT] == Ratio(39, 40)
    assert parts[Part.REPORTED] == Ratio(3, 4)
    assert parts[Part.RETURNED] == Ratio(1, 2)
    assert [(each.key, each.times, each.off) for each in found.points] == [
        ("points_dropout_class", 1, None)
    ]
    assert found.off is None


@pytest.mark.req("R-193")
def test_a_unit_has_no_score_until_its_weight_is_entered() -> None:
    waiting = unit_score(outcome(2, 100), policy("S2-5"))
    entered = unit_score(
        outcome(2, 100),
        policy("S2-5", own={"assessment_weight": own(Decimal(20), "percent")}),
        enrolment=[Ratio(100, 100)],
    )

    assert waiting is not None
    assert entered is not None
    assert (waiting.weight, waiting.score) == (None, None)
    # 20 points × the mean of 98 % and 100 %.
    assert entered.score == Decimal("19.80")
    assert unit_score(outcome(2, 100), policy("S1-7")) is None


@pytest.mark.req("R-191")
def test_nothing_that_is_appraised_is_a_pupils_mark() -> None:
    assert {each.value for each in Part} == {
        "kept",
        "reported",
        "visited",
        "returned",
        "enrolment",
        "retention",
    }
