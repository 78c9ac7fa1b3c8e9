"""The last day for signing: who is late with which line, and where he finds it (R-175)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.contracts.models import Contract
from notoneless.contracts.queries.listing import ContractFilter, list_contracts, to_sign
from notoneless.flows.contracts.coverage import coverage
from notoneless.flows.contracts.drawing import Order, draw_contracts
from notoneless.flows.contracts.refusals import SignByUnfit
from notoneless.rules.contracts.terms import USUAL
from tests.contracts.desk import (
    CLASSES,
    S1_7,
    YEAR,
    of_class,
    sign,
    signed_by_both,
    with_contracts,
)
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-175")]
LAST = TODAY + timedelta(days=7)
NEXT = LAST + timedelta(days=1)


@pytest.fixture
def v(village: Village) -> Village:
    return with_contracts(village, S1_7)


def draw_by(v: Village, sign_by: date | None) -> None:
    order = Order(CLASSES, v.units["primary"].pk, USUAL, sign_by)
    draw_contracts(v.actor("qin"), order, today=TODAY, now=NOW)


def overdue(v: Village, today: date, *, by: str = "qin") -> tuple[int, int]:
    """As counted on the coverage page, and as listed."""
    actor = v.actor(by, today=today)
    counted = sum(each.counts.overdue for each in coverage(actor, YEAR, today=today).lines)
    wanted = ContractFilter(YEAR, is_overdue=True)
    return counted, list_contracts(actor, wanted, today=today).total


def test_nobody_is_late_on_the_last_day_and_everybody_the_day_after(v: Village):
    draw_by(v, LAST)

    assert overdue(v, LAST) == (0, 0)
    assert overdue(v, NEXT) == (2, 2)
    assert [each.is_overdue for each in to_sign(v.actor("chen", today=NEXT), today=NEXT)] == [True]


def test_what_both_have_signed_is_not_late_what_one_has_is(v: Village):
    draw_by(v, LAST)
    signed_by_both(v)
    sign(v, "qin", of_class(v, "primary-2"))

    assert overdue(v, NEXT) == (1, 1)


def test_what_both_have_signed_is_counted_and_listed_alike(v: Village):
    draw_by(v, LAST)
    row = signed_by_both(v)
    actor = v.actor("qin")

    assert [each.counts.signed for each in coverage(actor, YEAR, today=TODAY).lines] == [1]
    found = list_contracts(actor, ContractFilter(YEAR, is_signed=True), today=TODAY)
    assert [each.id for each in found.rows] == [row.pk]


def test_without_a_last_day_nobody_is_late(v: Village):
    draw_by(v, None)

    assert overdue(v, NEXT) == (0, 0)


@pytest.mark.parametrize("day", [TODAY, date(YEAR + 1, 8, 31)])
def test_the_last_day_may_be_today_and_the_last_of_the_period(v: Village, day: date):
    draw_by(v, day)

    assert set(Contract.objects.values_list("sign_by", flat=True)) == {day}


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(YEAR + 1, 9, 1)])
def test_a_last_day_that_is_over_or_beyond_the_period_is_refused(v: Village, day: date):
    with pytest.raises(SignByUnfit):
        draw_by(v, day)
    assert not Contract.objects.exists()
