"""From the order to the court: what stands in the way, and from which day it does no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.rules.cases.court import enforcement_window
from tests.rules.cases.desk import later, missing, obstacles_to, on, opened, own, plan
from tests.rules.cases.test_guards import PAST_ORDER, PLAIN
from tests.rules.duties.desk import CALENDAR, FRI, MON, THU, TUE, WED

pytestmark = pytest.mark.req("T18")
ONE_DAY = timedelta(days=1)
# The order was served on Friday 20 November: suit until Thursday 20 May 2027.
FIRST_DAY, LAST_DAY = on(5, 21, 2027), on(8, 20, 2027)


def demanded(day):
    return PAST_ORDER.issued("demand", day).served("demand", day)


def window_of(story, rules=PLAIN):
    order = story.last("order_served")
    window = enforcement_window(story.fact.standing, order, rules, CALENDAR)
    return window.from_on, window.last_on


def test_without_a_served_order_nothing_is_demanded():
    unserved = opened(MON).step("order_expired", FRI)

    assert missing("demand_issued", unserved, FRI, "county", PLAIN) == ["not_served"]
    assert missing("demand_issued", PAST_ORDER, on(12, 7), "county", PLAIN) == []


@pytest.mark.parametrize(
    ("step", "story"),
    [
        ("demand_issued", PAST_ORDER),
        ("applied_to_court", demanded(on(5, 3, 2027))),
        ("sued", PAST_ORDER),
    ],
)
def test_a_place_whose_ladder_ends_before_the_court_does_not_go_there(step, story):
    short = plan(parent_response_ladder=own(("return_notice", "order_to_correct")))
    day = on(6, 1, 2027)

    assert missing(step, story, day, "county", short) == ["not_on_ladder"]
    assert missing(step, story, day, "county", PLAIN) == []


def test_the_court_s_window_opens_the_day_after_six_months_and_stays_open_three():
    assert window_of(PAST_ORDER) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (on(5, 20, 2027), ["challenge_time_runs"]),
        (FIRST_DAY, []),
        (LAST_DAY, []),
        (LAST_DAY + ONE_DAY, ["too_late"]),
    ],
)
def test_the_court_is_asked_inside_the_window_and_not_a_day_outside(day, found):
    assert missing("applied_to_court", demanded(on(3, 1, 2027)), day, "county", PLAIN) == found


def test_an_early_application_hears_the_first_day_on_which_it_can_come():
    (early,) = obstacles_to(
        "applied_to_court", demanded(on(3, 1, 2027)), on(5, 20, 2027), "county", PLAIN
    )

    assert early.until == FIRST_DAY


def test_a_longer_time_for_review_opens_the_window_later():
    rules = plan(review_period=own(200, "calendar_days", ">="))

    assert window_of(PAST_ORDER, rules)[0] == later(FRI, 201)


@pytest.mark.parametrize(
    ("served_on", "from_on", "last_on"),
    [
        # 2 May 2027 lies in the Labour Day holiday, which ends on Tuesday the 4th.
        (on(11, 2), on(5, 6, 2027), on(8, 5, 2027)),
        # 22 May 2027 is a Saturday: suit until Monday the 24th.
        (on(11, 22), on(5, 25, 2027), on(8, 24, 2027)),
        # Six months end on Friday 28 May 2027, three more on Saturday 28 August.
        (on(11, 28), on(5, 29, 2027), on(8, 30, 2027)),
    ],
)
def test_times_that_end_on_a_rest_day_end_on_the_next_working_day(served_on, from_on, last_on):
    story = opened(MON).issued("order", served_on).served("order", served_on)

    assert window_of(story) == (from_on, last_on)


# -- after a challenge --------------------------------------------------------------------------


@pytest.mark.parametrize("result", ["upheld", "changed"])
@pytest.mark.parametrize(
    ("decided_on", "from_on", "last_on"),
    [
        # Fifteen days end on Tuesday 16 March.
        (on(3, 1, 2027), on(3, 17, 2027), on(6, 16, 2027)),
        # They end on Saturday 13 March: suit until Monday the 15th.
        (on(2, 26, 2027), on(3, 16, 2027), on(6, 15, 2027)),
    ],
)
def test_after_a_decided_review_fifteen_days_to_sue_are_left(decided_on, from_on, last_on, result):
    """行政诉讼法 art. 45: from the decision, whatever is left of the six months."""
    story = PAST_ORDER.challenged(on(1, 5, 2027)).decided(decided_on, result)

    assert window_of(story) == (from_on, last_on)


def test_a_review_that_was_decided_late_leaves_its_fifteen_days_too():
    story = PAST_ORDER.challenged(on(1, 15, 2027)).decided(on(6, 1, 2027))

    assert window_of(story)[0] == on(6, 17, 2027)


def test_a_place_may_leave_more_time_to_sue_after_a_review():
    rules = plan(suit_after_review=own(20, "calendar_days", ">="))
    story = PAST_ORDER.challenged(on(1, 5, 2027)).decided(on(3, 1, 2027))

    assert window_of(story, rules)[0] == on(3, 23, 2027)


@pytest.mark.parametrize("result", ["upheld", "changed", "withdrawn"])
def test_after_a_decided_suit_no_time_is_left_to_challenge(result):
    story = PAST_ORDER.challenged(on(1, 5, 2027), "suit").decided(on(3, 1, 2027), result)

    assert window_of(story) == (on(3, 2, 2027), on(6, 1, 2027))


@pytest.mark.parametrize(
    ("withdrawn_on", "from_on"),
    [(on(3, 1, 2027), FIRST_DAY), (on(5, 20, 2027), FIRST_DAY), (FIRST_DAY, on(5, 22, 2027))],
)
def test_a_review_that_was_withdrawn_leaves_the_six_months_as_they_were(withdrawn_on, from_on):
    story = PAST_ORDER.challenged(on(1, 5, 2027)).decided(withdrawn_on, "withdrawn")

    assert window_of(story)[0] == from_on


def test_a_suit_after_the_review_counts_and_not_the_review_any_more():
    reviewed = PAST_ORDER.challenged(on(1, 5, 2027)).decided(on(3, 1, 2027))
    sued = reviewed.challenged(on(3, 10, 2027), "suit").decided(on(4, 12, 2027))

    assert window_of(sued)[0] == on(4, 13, 2027)


def test_a_decision_about_an_earlier_order_says_nothing_of_a_later_one():
    asked = PAST_ORDER.challenged(on(12, 7)).issued("order", on(12, 8))
    story = asked.served("order", on(12, 8)).decided(on(12, 14))

    assert window_of(story)[0] == on(6, 9, 2027)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (on(3, 16, 2027), ["challenge_time_runs"]),
        (on(3, 17, 2027), []),
        (on(6, 16, 2027), []),
        (on(6, 17, 2027), ["too_late"]),
    ],
)
def test_the_court_is_asked_from_the_sixteenth_day_after_the_review(day, found):
    reviewed = PAST_ORDER.challenged(on(1, 5, 2027)).decided(on(3, 1, 2027))
    story = reviewed.issued("demand", on(3, 1, 2027)).served("demand", on(3, 1, 2027))

    assert missing("applied_to_court", story, day, "county", PLAIN) == found


# -- the demand ---------------------------------------------------------------------------------


def test_without_a_demand_the_court_is_not_asked():
    assert missing("applied_to_court", PAST_ORDER, FIRST_DAY, "county", PLAIN) == ["demand"]
    assert missing("applied_to_court", demanded(on(5, 3, 2027)), FIRST_DAY, "county", PLAIN) == []


def test_ten_days_of_demand_are_whole_working_days():
    """行政强制法 art. 54 and 69: ten days of work; the day of service is not counted."""
    story = demanded(on(6, 1, 2027))
    # From the 2nd, without two weekends and the holiday on the 9th, until the 16th.
    (running,) = obstacles_to("applied_to_court", story, on(6, 16, 2027), "county", PLAIN)

    assert (running.missing.value, running.until) == ("demand_runs", on(6, 17, 2027))
    assert missing("applied_to_court", story, on(6, 17, 2027), "county", PLAIN) == []


def test_a_demand_that_itself_gives_more_time_is_waited_for():
    story = PAST_ORDER.issued("demand", on(6, 1, 2027))
    longer = story.served("demand", on(6, 1, 2027), until=on(6, 18, 2027))
    shorter = story.served("demand", on(6, 1, 2027), until=on(6, 11, 2027))

    assert missing("applied_to_court", longer, on(6, 18, 2027), "county", PLAIN) == ["demand_runs"]
    assert missing("applied_to_court", longer, on(6, 19, 2027), "county", PLAIN) == []
    assert missing("applied_to_court", shorter, on(6, 16, 2027), "county", PLAIN) == ["demand_runs"]
    assert missing("applied_to_court", shorter, on(6, 17, 2027), "county", PLAIN) == []


def test_a_place_may_let_the_demand_run_longer():
    rules = plan(demand_before_enforcement=own(15, "working_days", ">="))
    story = demanded(on(6, 1, 2027))

    # 15 working days from the 2nd, without the holiday on the 9th, end on the 23rd.
    assert missing("applied_to_court", story, on(6, 23, 2027), "county", rules) == ["demand_runs"]
    assert missing("applied_to_court", story, on(6, 24, 2027), "county", rules) == []


def test_a_demand_for_an_earlier_order_is_none_for_a_later_one():
    again = (
        demanded(on(12, 7))
        .issued("order", on(12, 10))
        .served("order", on(12, 11), until=on(12, 18))
        .expired("order", on(12, 19))
    )
    day = on(6, 17, 2027)

    assert missing("applied_to_court", again, day, "county", PLAIN) == ["demand"]
    demand = again.issued("demand", on(6, 1, 2027)).served("demand", on(6, 1, 2027))
    assert missing("applied_to_court", demand, day, "county", PLAIN) == []


@pytest.mark.parametrize(
    ("step", "story"), [("demand_issued", PAST_ORDER), ("applied_to_court", demanded(FIRST_DAY))]
)
def test_nothing_is_enforced_before_a_challenge_is_decided(step, story):
    day = on(6, 15, 2027)
    asked = story.challenged(on(5, 20, 2027), "suit")

    assert missing(step, asked, day, "county", PLAIN) == ["challenged"]
    assert missing(step, asked.decided(on(6, 14, 2027)), day, "county", PLAIN) == []


@pytest.mark.parametrize(
    ("result", "found"),
    [("upheld", []), ("changed", []), ("withdrawn", []), ("annulled", ["not_served"])],
)
def test_an_order_that_was_annulled_is_not_enforced(result, found):
    day = on(6, 15, 2027)
    asked = demanded(on(5, 3, 2027)).challenged(on(5, 4, 2027))
    story = asked.decided(on(5, 28, 2027), result)

    assert missing("applied_to_court", story, day, "county", PLAIN) == found
    assert missing("demand_issued", story, day, "county", PLAIN) == found


def test_only_a_challenge_that_stands_is_decided():
    day = on(12, 7)
    asked = PAST_ORDER.challenged(day)

    assert missing("challenge_decided", PAST_ORDER, day, "county", PLAIN) == ["no_challenge"]
    assert missing("challenge_decided", asked, day, "county", PLAIN) == []
    assert missing("challenge_decided", asked.decided(day), day, "county", PLAIN) == [
        "no_challenge"
    ]


@pytest.mark.req("T18", "R-114")
def test_only_advice_that_waits_is_answered():
    advised = opened(MON).advised(TUE)
    answered = advised.step("advice_answered", WED, answers="advice_received")

    assert missing("advice_answered", opened(MON), TUE, "county", PLAIN) == ["no_advice"]
    assert missing("advice_answered", advised, TUE, "county", PLAIN) == []
    assert missing("advice_answered", answered, WED, "county", PLAIN) == ["no_advice"]
    assert missing("advice_answered", answered.advised(THU), THU, "county", PLAIN) == []
