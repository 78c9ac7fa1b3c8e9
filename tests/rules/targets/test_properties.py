"""What holds of every line, whatever the figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator
from notoneless.rules.targets.indices import Index
from notoneless.rules.targets.standing import (
    BAD,
    Measure,
    Verdict,
    is_worse,
    measure_of,
    standing_of,
)
from notoneless.rules.targets.target import Demand, LineKind, Target
from tests.rules.targets.desk import outcome, target

PER_CENT = st.decimals(0, 100, places=2)
ASKED = st.sampled_from([Operator.AT_MOST, Operator.LESS])
KEPT = st.sampled_from([Operator.AT_LEAST, Operator.MORE])
AWAY = st.sampled_from([Operator.MORE, Operator.AT_LEAST])


@st.composite
def lines(draw) -> Target:
    value = str(draw(PER_CENT))
    which = draw(st.integers(0, 2))
    if which == 0:
        return target(value, draw(ASKED))
    if which == 1:
        return target(value, draw(KEPT), Index.RETENTION)
    kind = draw(st.sampled_from([LineKind.ALARM, LineKind.VETO, LineKind.CHARGE]))
    return target(value, draw(AWAY), kind=kind)


def stands(line: Target, lost: int, base: int, *, returned: int = 0) -> bool:
    """Whether the unit is on the good side of a line."""
    measure = measure_of(outcome(lost, base, returned=returned), line.index)
    return standing_of(line, measure).verdict not in BAD


@given(lines(), st.data())
def test_one_more_loss_never_turns_missed_into_met(line, data) -> None:
    base = data.draw(st.integers(1, 300))
    lost = data.draw(st.integers(0, base - 1))

    assert stands(line, lost, base) or not stands(line, lost + 1, base)


@given(lines(), st.data())
def test_a_child_that_comes_back_never_worsens_anything(line, data) -> None:
    base = data.draw(st.integers(1, 300))
    lost = data.draw(st.integers(1, base))

    before = standing_of(line, measure_of(outcome(lost, base), line.index))
    after = standing_of(line, measure_of(outcome(lost - 1, base, returned=1), line.index))

    assert not (after.verdict in BAD and before.verdict not in BAD)
    assert (after.left is None) == (before.left is None)
    if after.left is not None and before.left is not None:
        assert after.left == before.left + 1


@pytest.mark.req("R-194")
@given(lines(), st.integers(1, 120))
def test_what_is_left_is_what_counting_one_by_one_finds(line, base) -> None:
    good = [lost for lost in range(base + 1) if stands(line, lost, base)]

    found = standing_of(line, measure_of(outcome(0, base), line.index))

    assert found.allowed == (max(good) if good else -1)


@given(st.integers(0, 30), st.decimals(0, 10, places=1), AWAY)
def test_a_number_of_losses_leaves_what_counting_finds(lost, value, operator) -> None:
    line = target(str(value), operator, kind=LineKind.VETO).of(Demand.LOSSES)
    good = [n for n in range(100) if standing_of(line, Measure(lost=n)).verdict is Verdict.CLEAR]

    assert standing_of(line, Measure(lost=lost)).allowed == (max(good) if good else -1)


@pytest.mark.req("R-194")
def test_a_ceiling_used_up_warns_and_one_of_none_does_not_before_a_loss() -> None:
    one_per_cent, nobody = target("1"), target("0")

    def of(line: Target, lost: int):
        return standing_of(line, measure_of(outcome(lost, 200), Index.DROPOUT))

    assert (of(one_per_cent, 1).verdict, of(one_per_cent, 1).left) == (Verdict.MET, 1)
    assert (of(one_per_cent, 2).verdict, of(one_per_cent, 2).left) == (Verdict.LAST, 0)
    assert (of(one_per_cent, 3).verdict, of(one_per_cent, 3).left) == (Verdict.MISSED, -1)
    assert (of(nobody, 0).verdict, of(nobody, 0).left) == (Verdict.MET, 0)


def test_nothing_is_said_of_a_base_that_is_not_known() -> None:
    found = standing_of(target("1"), measure_of(outcome(1, 0), Index.DROPOUT))

    assert (found.verdict, found.allowed, found.left) == (Verdict.NOT_KNOWN, None, None)


@pytest.mark.req("R-197")
def test_a_rebound_is_a_figure_worse_than_before_by_its_own_direction() -> None:
    less, more = Ratio(1, 100), Ratio(2, 100)

    assert is_worse(Index.DROPOUT, more, less) is True
    assert is_worse(Index.DROPOUT, less, more) is False
    assert is_worse(Index.RETENTION, less, more) is True
    assert is_worse(Index.DROPOUT, less, less) is False
    assert is_worse(Index.DROPOUT, less, Ratio(0, 0)) is None


def test_a_bound_is_exact_where_a_rounded_rate_would_not_be() -> None:
    # 0.8 % of 1,249 is 9.992: nine may be lost, and the tenth would print as 0.80 %.
    line = target("0.8")

    found = standing_of(line, Measure(Ratio(10, 1_249), 10))

    assert (found.verdict, found.allowed) == (Verdict.MISSED, 9)
    assert Decimal(Ratio(10, 1_249).per_cent()) == Decimal("0.80")
