"""Return, watch and end: what stands in the way, and the step after which it does no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notoneless.rules.cases.guards import MEASURES, confirming_level
from notoneless.rules.cases.kinds import Outcome, StepKind
from notoneless.rules.cases.said import QUESTIONS
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import PolicyHole
from tests.rules.cases.desk import CHEN, GUO, HE, later, missing, on, opened, own, plan
from tests.rules.cases.test_guards import ACCEPTED, EXPIRED, NOTICED, PAST_ORDER, PLAIN
from tests.rules.duties.desk import FRI, MON, THU, TUE, WED

# -- return and watch ---------------------------------------------------------------------------


@pytest.mark.req("T20", "R-115")
def test_a_measure_is_noted_with_the_return_or_after_it():
    back = NOTICED.returned(on(11, 23))

    for story in (NOTICED, back):
        found = missing("returned_by_measure", story, FRI, "township", PLAIN, measure="notice")
        assert found == []


PENALISED = PAST_ORDER.issued("penalty", on(12, 7)).served("penalty", on(12, 8))
SUED = PAST_ORDER.step("sued", on(12, 7))
JUDGED = SUED.step("court_acted", on(12, 14))


@pytest.mark.req("T20", "R-115")
@pytest.mark.parametrize(
    ("measure", "before", "after"),
    [
        ("notice", ACCEPTED.issued("notice", THU).step("notice_expired", FRI), EXPIRED),
        ("order", EXPIRED.issued("order", on(11, 30)), PAST_ORDER),
        ("penalty", PAST_ORDER.issued("penalty", on(12, 7)), PENALISED),
        ("mediation", SUED, JUDGED),
        ("judgment", SUED, JUDGED),
        ("enforcement", SUED, JUDGED),
    ],
)
def test_a_child_is_brought_back_only_by_what_was_served_or_decided(measure, before, after):
    day, asking = on(12, 15), {"measure": measure}

    assert missing("returned_by_measure", before, day, "township", PLAIN, **asking) == [
        "not_served"
    ]
    assert missing("returned_by_measure", after, day, "township", PLAIN, **asking) == []


@pytest.mark.req("T20")
def test_a_measure_that_nobody_knows_brings_no_child_back():
    for measure in ("", "threat"):
        found = missing("returned_by_measure", JUDGED, FRI, "county", PLAIN, measure=measure)
        assert found == (["not_served"] if measure else [])


@pytest.mark.req("T20")
def test_each_measure_that_can_be_told_has_the_step_that_proves_it():
    (question, *_) = QUESTIONS[StepKind.RETURNED_BY_MEASURE]

    assert set(question.options) == set(MEASURES)


@pytest.mark.req("T21", "T23")
@pytest.mark.parametrize(("seen", "found"), [(0, ["watch_runs"]), (29, ["watch_runs"]), (30, [])])
def test_the_watch_ends_on_the_thirtieth_school_day_and_not_a_day_before(seen, found):
    days = [later(FRI, n) for n in range(seen)]
    watched = opened(MON).returned(TUE).placed(WED).seen(*days)

    assert missing("watch_ended", watched, on(12, 31), "school", PLAIN) == found


@pytest.mark.req("T23")
def test_a_place_watches_as_long_as_it_says():
    rules = plan(return_watch_days=own(2, "school_days"))
    watched = opened(MON).returned(MON).placed(MON)

    assert missing("watch_ended", watched.seen(TUE), WED, "class", rules) == ["watch_runs"]
    assert missing("watch_ended", watched.seen(TUE, WED), WED, "class", rules) == []


# -- closing ------------------------------------------------------------------------------------

WATCHED = opened(MON).returned(TUE).placed(WED)


@pytest.mark.req("T23", "R-120")
@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.ENFORCED])
def test_a_return_is_closed_only_after_its_watch(outcome):
    asking = {"outcome": outcome}

    assert missing("closing_asked", opened(MON), FRI, "school", PLAIN, **asking) == ["watch_runs"]
    assert missing("closing_asked", WATCHED, FRI, "school", PLAIN, **asking) == ["watch_runs"]
    ended = WATCHED.watch_ended(FRI)
    assert missing("closing_asked", ended, FRI, "school", PLAIN, **asking) == []


@pytest.mark.req("T22", "T23")
def test_a_watch_of_before_the_relapse_closes_nothing():
    lost = WATCHED.watch_ended(THU).relapsed(FRI)
    back = lost.returned(FRI)

    for story in (lost, back):
        assert missing("closing_asked", story, FRI, "school", PLAIN, outcome=Outcome.RETURNED) == [
            "watch_runs"
        ]


@pytest.mark.req("T24", "R-120")
def test_an_end_elsewhere_needs_no_watch():
    assert (
        missing("closing_asked", opened(MON), MON, "school", PLAIN, outcome=Outcome.TRANSFERRED)
        == []
    )


@pytest.mark.req("T18", "T23", "R-114")
@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.TRANSFERRED, None])
def test_nobody_asks_to_close_while_a_procuratorate_waits_for_its_answer(outcome):
    advised = WATCHED.watch_ended(THU).advised(THU)
    answered = advised.step("advice_answered", FRI, answers="advice_received")
    asking = {"outcome": outcome}

    assert missing("closing_asked", advised, FRI, "school", PLAIN, **asking) == ["open_elsewhere"]
    assert missing("closing_asked", answered, FRI, "school", PLAIN, **asking) == []
    again = answered.advised(FRI)
    assert missing("closing_asked", again, FRI, "school", PLAIN, **asking) == ["open_elsewhere"]


ASKED = WATCHED.watch_ended(THU).asked_closing(FRI, by=CHEN)
RETURNED = {"outcome": Outcome.RETURNED}


@pytest.mark.req("T23", "R-120")
@pytest.mark.parametrize("step", ["closed", "closing_refused"])
def test_a_second_person_at_the_named_level_decides_what_was_asked(step):
    unasked = WATCHED.watch_ended(THU)

    assert missing(step, unasked, FRI, "county", PLAIN, by=HE, **RETURNED) == ["not_asked"]
    assert missing(step, ASKED, FRI, "county", PLAIN, by=CHEN, **RETURNED) == ["same_person"]
    assert missing(step, ASKED, FRI, "township", PLAIN, by=HE, **RETURNED) == ["wrong_level"]
    assert missing(step, ASKED, FRI, "school", PLAIN, by=CHEN, **RETURNED) == [
        "same_person",
        "wrong_level",
    ]
    assert missing(step, ASKED, FRI, "county", PLAIN, by=HE, **RETURNED) == []


@pytest.mark.req("T18", "T23", "R-114")
def test_nobody_closes_while_a_procuratorate_waits_but_a_request_can_be_refused():
    advised = ASKED.advised(FRI)

    found = missing("closed", advised, FRI, "county", PLAIN, by=HE, **RETURNED)
    assert found == ["open_elsewhere"]
    assert missing("closing_refused", advised, FRI, "county", PLAIN, by=HE, **RETURNED) == []


@pytest.mark.req("T23", "T24", "R-120")
def test_no_other_end_is_confirmed_than_the_one_that_was_asked():
    asked = opened(MON).asked_closing(TUE, outcome=Outcome.TRANSFERRED)

    for outcome, found in (
        (Outcome.TRANSFERRED, []),
        (Outcome.RETURNED, ["not_asked"]),
        (Outcome.ABROAD, ["not_asked"]),
    ):
        assert missing("closed", asked, WED, "county", PLAIN, by=HE, outcome=outcome) == found
    assert missing("closing_refused", asked, WED, "county", PLAIN, by=HE) == []


@pytest.mark.req("T23")
@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("school", "school"),
        ("centre_school", "centre"),
        ("township", "township"),
        ("county_bureau", "county"),
    ],
)
def test_the_plan_says_from_where_the_second_person_comes(code, level):
    rules = plan(case_closing_confirmer=own(code))

    assert confirming_level(rules).value == level
    assert missing("closed", ASKED, FRI, level, rules, by=GUO, **RETURNED) == []


@pytest.mark.req("T23")
def test_a_place_without_a_second_person_in_its_plan_cannot_close_and_says_why():
    nothing = resolve([], FRI)

    with pytest.raises(PolicyHole):
        missing("closed", ASKED, FRI, "county", nothing, by=HE, **RETURNED)


@pytest.mark.req("T22", "T23")
@pytest.mark.parametrize("ends", ["closing_refused", "relapsed", "returned", "returned_by_measure"])
def test_a_request_that_was_refused_or_overtaken_has_to_be_made_anew(ends):
    overtaken = ASKED.step(ends, FRI)
    if ends == "relapsed":
        overtaken = overtaken.returned(FRI)

    assert missing("closed", overtaken, FRI, "county", PLAIN, by=HE, **RETURNED) == ["not_asked"]
    again = overtaken.asked_closing(FRI, by=CHEN)
    assert missing("closed", again, FRI, "county", PLAIN, by=HE, **RETURNED) == []


@pytest.mark.req("T24", "R-120")
@pytest.mark.parametrize("outcome", [Outcome.IDENTITY_ERROR, Outcome.EXCUSED])
def test_an_error_is_undone_in_two_taps_while_nobody_outside_was_told(outcome):
    error = {"outcome": outcome}
    told = opened(MON).reported(TUE)

    assert missing("closed", opened(MON), MON, "class", PLAIN, by=CHEN, **error) == []
    assert missing("closed", told, TUE, "class", PLAIN, by=CHEN, **error) == ["not_asked"]
    asked = told.asked_closing(TUE, by=CHEN)
    assert missing("closed", asked, TUE, "class", PLAIN, by=CHEN, **error) == [
        "same_person",
        "wrong_level",
    ]
    assert missing("closed", asked, TUE, "county", PLAIN, by=HE, **error) == []


@pytest.mark.req("T24", "R-120")
@pytest.mark.parametrize(
    "outcome", [Outcome.TRANSFERRED, Outcome.DECEASED, Outcome.FINISHED, Outcome.RETURNED]
)
def test_every_other_end_needs_the_second_person_from_the_first_day(outcome):
    level = "school" if outcome is Outcome.RETURNED else "class"

    assert missing("closed", opened(MON), MON, level, PLAIN, by=CHEN, outcome=outcome) == [
        "not_asked"
    ]


# -- reviews after the end ----------------------------------------------------------------------

PLACED = opened(MON).returned(TUE).placed(WED)
OVER = PLACED.watch_ended(THU).asked_closing(FRI, outcome=Outcome.RETURNED).closed(FRI)
DAYS = (on(12, 17), on(2, 17, 2027), on(5, 17, 2027))


def reviewed(story, day, planned_on):
    return story.step("plan_reviewed", day, said={"planned_on": planned_on.isoformat()})


@pytest.mark.req("R-117", "T21")
def test_after_the_end_a_plan_is_looked_at_again_until_all_its_days_are_done():
    assert missing("plan_reviewed", PLACED, FRI, "class", PLAIN) == []
    story = OVER
    for day in DAYS:
        assert missing("plan_reviewed", story, day, "class", PLAIN) == []
        story = reviewed(story, day, day)

    assert missing("plan_reviewed", story, DAYS[-1], "class", PLAIN) == ["state"]
    other_day = reviewed(reviewed(OVER, DAYS[0], DAYS[0]), DAYS[1], DAYS[0])
    assert missing("plan_reviewed", other_day, DAYS[1], "class", PLAIN) == []


@pytest.mark.req("R-117")
def test_no_plan_is_looked_at_of_a_child_that_left_or_whose_case_ended_elsewhere():
    gone = replace(OVER, is_looked_after=False)
    assert missing("plan_reviewed", gone, DAYS[0], "class", PLAIN) == ["state"]
    moved = PLACED.asked_closing(THU, outcome=Outcome.TRANSFERRED).closed(FRI, Outcome.TRANSFERRED)
    assert missing("plan_reviewed", moved, DAYS[0], "class", PLAIN) == ["state"]
    assert missing("plan_reviewed", OVER, DAYS[0], "township", PLAIN) == ["level"]
