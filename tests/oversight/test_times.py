"""The times of a matter are those of the plan that it keeps; the last day is still in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.flows.oversight.reading import fault_shown, notice_until
from notoneless.flows.oversight.refusals import FaultBlocked
from notoneless.oversight.models import Fault, FaultFact
from notoneless.rules.faults.guards import Missing
from notoneless.rules.faults.kinds import FaultState, FaultStep
from tests.attendance.register import at
from tests.duties.desk import adopt_pack
from tests.oversight.desk import decided, heard, missing, raised, school, state, take
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-217", "R-302")]


@pytest.fixture
def v(village: Village) -> Village:
    return school(village)


def county_says(v: Village, *own: tuple[str, int, str]) -> None:
    """The county takes the product's pack over with figures of its own, from today."""
    values = [(key, value, unit, ">=") for key, value, unit in own]
    adopt_pack(v, "cases/2026", from_on=TODAY, own=values)


def told(v: Village, fault: Fault, days: int) -> date:
    """Looked into, and notified with so many days."""
    until = TODAY + timedelta(days=days)
    take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅家访记录，无登记。")
    take(v, fault, FaultStep.NOTICE_GIVEN, "gu", until=until)
    return until


def shown_on(v: Village, fault: Fault) -> date:
    """Decided, and seen by the person today; answers the last day for a review."""
    heard(v, fault)
    decided(v, fault)
    take(v, fault, FaultStep.SHOWN, "chen")
    last = FaultFact.objects.get(fault=fault, kind=FaultStep.SHOWN).until
    assert last is not None
    return last


def test_a_statement_comes_in_time_on_its_last_day_and_silence_counts_from_the_next(v: Village):
    fault = raised(v)
    last = told(v, fault, 3)

    with pytest.raises(FaultBlocked) as refused:
        take(v, fault, FaultStep.REFUSED, "gu", on=last, silence=True)
    assert missing(refused) == [Missing.STATEMENT_TIME_RUNS]
    take(v, fault, FaultStep.STATED, "chen", on=last, words="路远。")
    assert state(fault) is FaultState.HEARD

    other = raised(v, about="zhou")
    told(v, other, 3)
    take(v, other, FaultStep.REFUSED, "gu", on=last + timedelta(days=1), silence=True)
    assert state(other) is FaultState.HEARD


def test_two_days_for_a_statement_are_refused_with_the_earliest_day(v: Village):
    with pytest.raises(FaultBlocked) as refused:
        told(v, raised(v), 2)

    (found,) = refused.value.obstacles
    assert (found.missing, found.until) == (Missing.TIME_TOO_SHORT, TODAY + timedelta(days=3))


def test_a_review_is_asked_for_on_the_thirtieth_day_and_not_on_the_next(v: Village):
    fault = raised(v)
    last = shown_on(v, fault)

    assert last == TODAY + timedelta(days=30)
    with pytest.raises(FaultBlocked) as refused:
        take(v, fault, FaultStep.EXECUTED, "gu", on=last, words="已谈话。")
    assert missing(refused) == [Missing.NOT_FINAL]
    with pytest.raises(FaultBlocked) as refused:
        take(v, fault, FaultStep.APPEALED, "chen", on=last + timedelta(days=1), words="不服。")
    assert missing(refused) == [Missing.REVIEW_OVER]
    take(v, fault, FaultStep.APPEALED, "chen", on=last, words="不服。")
    assert state(fault) is FaultState.APPEALED


def test_it_is_carried_out_from_the_day_after_the_last(v: Village):
    fault = raised(v)
    last = shown_on(v, fault)

    take(v, fault, FaultStep.EXECUTED, "gu", on=last + timedelta(days=1), words="已谈话。")

    assert state(fault) is FaultState.EXECUTED


def test_a_county_s_forty_five_days_hold_for_its_matters(v: Village):
    county_says(v, ("fault_review_period", 45, "calendar_days"))

    assert shown_on(v, raised(v)) == TODAY + timedelta(days=45)


def test_a_matter_keeps_the_times_under_which_it_was_raised(v: Village):
    before = raised(v)
    county_says(v, ("fault_review_period", 45, "calendar_days"))

    assert shown_on(v, before) == TODAY + timedelta(days=30)


def test_working_days_are_counted_by_the_calendar_of_the_unit(v: Village):
    county_says(v, ("fault_statement_period", 3, "working_days"))
    fault = raised(v)
    take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅家访记录。")

    shown = fault_shown(v.actor("gu"), fault.pk, today=TODAY)

    assert notice_until(shown, on=TODAY) == date(2026, 11, 25)  # Friday; the weekend is passed over
    with pytest.raises(FaultBlocked) as refused:
        take(v, fault, FaultStep.NOTICE_GIVEN, "gu", until=date(2026, 11, 24))
    assert missing(refused) == [Missing.TIME_TOO_SHORT]
    take(v, fault, FaultStep.NOTICE_GIVEN, "gu", until=date(2026, 11, 25))


def test_school_days_past_the_calendar_are_refused_in_words_and_nothing_is_lost(v: Village):
    county_says(v, ("fault_statement_period", 400, "school_days"))
    fault = raised(v)
    take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅家访记录。")

    shown = fault_shown(v.actor("gu"), fault.pk, today=TODAY)

    assert notice_until(shown, on=TODAY) is None
    with pytest.raises(FaultBlocked) as refused:
        take(v, fault, FaultStep.NOTICE_GIVEN, "gu", until=TODAY + timedelta(days=300))
    assert missing(refused) == [Missing.NO_CALENDAR]


def test_the_step_keeps_when_it_was_written(v: Village):
    fault = raised(v)
    shown_on(v, fault)

    assert set(FaultFact.objects.values_list("recorded_at", flat=True)) == {at(TODAY)}
