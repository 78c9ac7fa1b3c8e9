"""What stands in a step's way, and the day or the step from which it does no more."""

from __future__ import annotations

import pytest

from notoneless.rules.cases.kinds import GOVERNMENT, Level, Outcome, StepKind
from tests.rules.cases.desk import (
    PENALTY_RELEASE,
    WITH_PENALTY,
    missing,
    obstacles_to,
    on,
    opened,
    own,
    plan,
)
from tests.rules.duties.desk import CENTRE, FRI, MON, THU, TUE, WED

PLAIN = plan()
PENAL = plan("S1-25", parent_response_ladder=WITH_PENALTY, releases=(PENALTY_RELEASE,))
S2_5 = plan("S2-5")
AUG = on(8, 20, 2027)

REPORTED = opened(MON).visited(TUE).reported(WED)
ACCEPTED = REPORTED.accepted(THU)
NOTICED = ACCEPTED.issued("notice", THU).served("notice", FRI, until=on(11, 27))
EXPIRED = NOTICED.expired("notice", on(11, 28))
ORDERED = (
    opened(on(10, 12))
    .reported(on(10, 13))
    .accepted(on(10, 14))
    .issued("notice", on(10, 15))
    .served("notice", on(10, 16), until=on(10, 23))
    .expired("notice", on(10, 24))
    .heard(on(10, 26))
    .issued("order", on(11, 18))
    .served("order", FRI, until=on(12, 4))
)
"""The order is served on Friday the 20th of November: suit until Thursday 20 May 2027."""
PAST_ORDER = ORDERED.expired("order", on(12, 5))


# -- state and level ----------------------------------------------------------------------------


@pytest.mark.req("T16")
def test_a_step_from_a_state_where_it_has_no_place_is_refused_until_the_case_is_there():
    assert missing("notice_expired", ACCEPTED, on(12, 1), "system", PLAIN) == ["state"]
    assert missing("notice_expired", NOTICED, on(12, 1), "system", PLAIN) == []


@pytest.mark.req("T15")
@pytest.mark.parametrize(("level", "found"), [("school", ["level"]), ("township", [])])
def test_a_step_from_a_level_that_does_not_take_it_is_refused(level, found):
    assert missing("notice_issued", ACCEPTED, FRI, level, PLAIN) == found


def test_state_and_level_are_both_named_and_nothing_else_is_looked_at():
    assert missing("order_issued", opened(MON), FRI, "class", PLAIN) == ["state", "level"]


@pytest.mark.req("T09")
def test_a_case_can_be_opened_though_it_has_no_state_before():
    assert missing("opened", opened(MON), MON, "class", PLAIN) == []


@pytest.mark.req("R-120")
@pytest.mark.parametrize("step", StepKind)
def test_a_closed_case_takes_no_step_any_more(step):
    closed = opened(MON).closed(TUE, Outcome.EXCUSED)

    for level in Level:
        found = missing(step, closed, WED, level, PENAL, outcome=Outcome.TRANSFERRED)
        assert step is StepKind.OPENED or "state" in found


# -- notice -------------------------------------------------------------------------------------


@pytest.mark.req("T15", "R-111")
def test_the_return_notice_waits_until_somebody_has_accepted_the_report():
    assert missing("notice_issued", REPORTED, FRI, "township", PLAIN) == ["not_accepted"]
    assert missing("notice_issued", REPORTED.sent_back(THU), FRI, "township", PLAIN) == [
        "not_accepted"
    ]
    assert missing("notice_issued", ACCEPTED, FRI, "township", PLAIN) == []


@pytest.mark.req("T15")
def test_one_receiver_of_several_is_enough_to_accept():
    both = opened(MON).reported(TUE, CENTRE, ACCEPTED.steps[-1].unit_id)

    assert missing("notice_issued", both.accepted(WED, CENTRE), THU, "county", PLAIN) == []


@pytest.mark.req("T16", "R-112")
def test_on_the_last_day_of_the_notice_it_still_runs_and_the_day_after_it_has_run_out():
    (running,) = obstacles_to("notice_expired", NOTICED, on(11, 27), "system", PLAIN)

    assert (running.missing.value, running.until) == ("deadline_runs", on(11, 28))
    assert missing("notice_expired", NOTICED, on(11, 28), "system", PLAIN) == []


@pytest.mark.req("T16")
def test_a_notice_without_a_last_day_never_runs_out():
    endless = ACCEPTED.issued("notice", THU).served("notice", FRI)

    assert missing("notice_expired", endless, AUG, "system", PLAIN) == ["not_served"]


@pytest.mark.req("T17")
def test_an_order_runs_out_by_its_own_last_day_and_not_by_the_notice_s():
    (running,) = obstacles_to("order_expired", ORDERED, on(12, 4), "system", PLAIN)

    assert (running.missing.value, running.until) == ("deadline_runs", on(12, 5))
    assert missing("order_expired", ORDERED, on(12, 5), "system", PLAIN) == []


# -- order and penalty --------------------------------------------------------------------------


@pytest.mark.req("T17")
def test_nobody_is_ordered_to_act_before_his_statement_was_heard():
    assert missing("order_issued", EXPIRED, on(11, 30), "township", PLAIN) == ["statement"]
    assert missing("order_issued", EXPIRED.heard(on(11, 30)), on(11, 30), "township", PLAIN) == []


@pytest.mark.req("T17", "T22")
def test_a_statement_of_before_the_relapse_is_none():
    again = (
        EXPIRED.heard(on(11, 30))
        .returned(on(12, 1))
        .relapsed(on(12, 7))
        .reported(on(12, 8))
        .accepted(on(12, 8))
        .issued("notice", on(12, 8))
        .served("notice", on(12, 8), until=on(12, 15))
    )

    assert missing("order_issued", again, on(12, 16), "county", PLAIN) == ["statement"]
    assert missing("order_issued", again.heard(on(12, 16)), on(12, 16), "county", PLAIN) == []


@pytest.mark.req("T17")
@pytest.mark.parametrize(
    ("issuers", "level", "found"),
    [
        (("township", "county_bureau"), "township", []),
        (("township", "county_bureau"), "county", []),
        (("township",), "county", ["wrong_level"]),
        (("county_bureau",), "township", ["wrong_level"]),
        (("county_bureau",), "county", []),
    ],
)
def test_only_whom_law_and_plan_name_orders(issuers, level, found):
    rules = plan(order_issuers=own(issuers))

    assert missing("order_issued", EXPIRED.heard(on(11, 30)), on(11, 30), level, rules) == found


@pytest.mark.req("T17")
def test_a_place_whose_ladder_has_no_order_orders_nobody():
    rules = plan(parent_response_ladder=own(("criticism_and_education", "return_notice", "court")))
    heard = EXPIRED.heard(on(11, 30))

    assert missing("order_issued", heard, on(11, 30), "county", rules) == ["not_on_ladder"]
    assert missing("order_issued", heard, on(11, 30), "county", PLAIN) == []


@pytest.mark.req("T17")
def test_a_plan_without_a_return_notice_goes_from_the_accepted_report_to_the_order():
    heard = REPORTED.heard(THU)

    assert missing("order_issued", heard, THU, "township", S2_5) == ["not_accepted"]
    assert missing("order_issued", heard.accepted(THU), THU, "township", S2_5) == []
    assert missing("order_issued", ACCEPTED, THU, "township", S2_5) == ["statement"]
    assert missing("order_served", heard.accepted(THU), THU, "township", S2_5) == []


@pytest.mark.req("T15", "T17")
def test_where_the_plan_knows_a_return_notice_nobody_is_ordered_before_it_was_served():
    heard = ACCEPTED.heard(THU)
    noticed = heard.issued("notice", THU)

    assert missing("order_issued", heard, THU, "township", PLAIN) == ["not_served"]
    assert missing("order_issued", noticed, THU, "township", PLAIN) == ["not_served"]
    served = noticed.served("notice", FRI, until=on(11, 27))
    assert missing("order_issued", served, FRI, "township", PLAIN) == []


@pytest.mark.req("T17", "R-113", "R-308")
def test_a_penalty_needs_a_released_instrument_and_nothing_of_the_ladder():
    day = on(12, 7)
    no_rung = plan("S1-25", releases=(PENALTY_RELEASE,))
    no_instrument = plan("S1-25", parent_response_ladder=WITH_PENALTY)

    assert missing("penalty_issued", PAST_ORDER, day, "township", PLAIN) == ["instrument"]
    assert missing("penalty_issued", PAST_ORDER, day, "township", no_instrument) == ["instrument"]
    assert missing("penalty_issued", PAST_ORDER, day, "township", no_rung) == []
    assert missing("penalty_issued", PAST_ORDER, day, "township", PENAL) == []


@pytest.mark.req("T17", "R-308")
def test_s2_5_has_the_rung_and_still_no_penalty_without_an_instrument():
    assert missing("penalty_issued", PAST_ORDER, on(12, 7), "county", S2_5) == ["instrument"]


@pytest.mark.req("T17", "R-113")
@pytest.mark.parametrize(("level", "found"), [("county", ["wrong_level"]), ("township", [])])
def test_only_the_authority_that_the_instrument_names_penalises(level, found):
    assert missing("penalty_issued", PAST_ORDER, on(12, 7), level, PENAL) == found


@pytest.mark.req("T17")
def test_nobody_is_penalised_while_the_order_runs():
    assert missing("penalty_issued", ORDERED, on(12, 4), "township", PENAL) == ["state"]


def test_the_law_s_own_steps_stay_with_township_and_county_whatever_the_plan():
    for level in set(Level) - GOVERNMENT:
        assert "level" in missing("order_issued", EXPIRED, on(11, 30), level, PLAIN)
