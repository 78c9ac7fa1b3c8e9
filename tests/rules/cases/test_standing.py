"""A case is where its steps have brought it."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.cases.facts import StepFact, stand
from notoneless.rules.cases.kinds import (
    AWAY,
    CASE_STATES,
    CLOSED,
    ELSEWHERE,
    Outcome,
    State,
    StepKind,
)
from tests.rules.cases.desk import later, on, opened
from tests.rules.duties.desk import FRI, MON, THU, TUE, WED

S = State
COURT = (
    ("determined", S.CONFIRMED),
    ("visited", S.MOBILISING),
    ("letter_served", S.PERSUADED_LETTER),
    ("reported", S.REPORTED),
    ("notice_served", S.NOTICE_SERVED),
    ("notice_expired", S.NOTICE_EXPIRED),
    ("order_served", S.ORDERED),
    ("order_expired", S.ORDER_EXPIRED),
    ("penalty_served", S.PENALISED),
    ("applied_to_court", S.JUDICIAL),
    ("returned_by_measure", S.RETURNED),
    ("placed", S.WATCH),
)
"""The whole way, one rung a day."""
STAYS = (
    "assigned",
    "reported_to_school",
    "letter_issued",
    "accepted",
    "sent_back",
    "village_answered",
    "notice_issued",
    "criticised",
    "statement_heard",
    "order_issued",
    "penalty_issued",
    "challenged",
    "challenge_decided",
    "demand_issued",
    "demand_served",
    "court_acted",
    "advice_received",
    "advice_answered",
    "referred",
    "referral_answered",
    "return_reported",
    "plan_reviewed",
    "watch_ended",
    "closing_asked",
    "closing_refused",
    "year_ended",
    "subcase_opened",
    "subcase_settled",
    "violation_noted",
    "policy_moved",
)


def all_the_way(until=""):
    story = opened(MON)
    for day, (kind, _) in enumerate(COURT, 1):
        story = story.step(kind, later(MON, day))
        if kind == until:
            break
    return story


@pytest.mark.req("T09")
def test_a_case_begins_suspected_on_the_day_it_was_opened():
    standing = opened(MON).fact.standing

    assert (standing.state, standing.since) == (S.SUSPECTED, MON)
    assert standing.is_open


def test_without_a_step_there_is_no_case():
    with pytest.raises(ValueError, match="begins with a step"):
        stand(())


@pytest.mark.req("T10", "T12", "T13", "T14", "T15", "T16", "T17", "T18", "T20", "T21")
@pytest.mark.parametrize(("kind", "state"), COURT)
def test_each_rung_is_reached_by_its_step_on_its_day(kind, state):
    standing = all_the_way(kind).fact.standing

    assert (standing.state, standing.since) == (state, standing.steps[-1].on)


@pytest.mark.req("T18")
def test_a_suit_brings_it_to_court_as_an_application_does():
    assert all_the_way("order_expired").step("sued", FRI).state is S.JUDICIAL


@pytest.mark.parametrize("kind", STAYS)
def test_what_is_no_rung_leaves_the_case_where_it_was(kind):
    story = all_the_way("visited")

    standing = story.step(kind, FRI).fact.standing

    assert (standing.state, standing.since) == (S.MOBILISING, story.fact.standing.since)


def test_every_kind_of_step_is_a_rung_an_end_a_relapse_or_stays():
    rungs = {kind for kind, _ in COURT} | {"opened", "sued", "returned", "relapsed", "closed"}

    assert rungs | set(STAYS) == {kind.value for kind in StepKind}


@pytest.mark.req("T12")
def test_a_further_visit_after_the_report_changes_nothing_about_where_the_case_is():
    standing = all_the_way("reported").visited(FRI).fact.standing

    assert (standing.state, standing.since) == (S.REPORTED, later(MON, 4))


def test_a_second_determination_does_not_bring_a_case_down_either():
    assert opened(MON).visited(TUE).determined(WED).state is S.MOBILISING


@pytest.mark.req("R-102", "T10")
def test_a_determination_that_it_is_no_dropout_confirms_nothing():
    story = opened(MON).determined(TUE, result="not_dropped_out")

    assert story.state is S.SUSPECTED
    assert story.fact.standing.confirmed_on is None
    assert story.determined(WED).fact.standing.confirmed_on == WED


@pytest.mark.req("T25")
def test_the_end_of_a_school_year_is_a_mark_and_moves_nothing():
    assert all_the_way("reported").step("year_ended", on(7, 31, 2027)).state is S.REPORTED


@pytest.mark.req("T19")
@pytest.mark.parametrize("rung", [kind for kind, state in COURT if state in AWAY])
def test_a_child_can_come_back_from_every_rung(rung):
    back = all_the_way(rung).returned(FRI).fact.standing

    assert back.state is S.RETURNED
    assert back.returned.on == FRI


@pytest.mark.req("T21")
def test_a_placement_counts_only_for_a_child_that_is_back():
    assert all_the_way("visited").placed(FRI).state is S.MOBILISING
    assert all_the_way("visited").returned(THU).placed(FRI).state is S.WATCH


@pytest.mark.req("T22")
@pytest.mark.parametrize("is_placed", [False, True])
def test_a_relapse_starts_anew_at_mobilising_and_ends_the_return(is_placed):
    story = all_the_way("notice_served").returned(TUE)
    story = story.placed(WED) if is_placed else story

    standing = story.relapsed(FRI).fact.standing

    assert (standing.state, standing.since) == (S.MOBILISING, FRI)
    assert (standing.returned, standing.relapses) == (None, 1)


@pytest.mark.req("T22")
def test_after_a_relapse_the_ladder_is_climbed_again_from_there():
    story = all_the_way("notice_served").returned(WED).relapsed(THU).reported(FRI)

    assert story.state is S.REPORTED
    assert story.returned(FRI).fact.standing.returned.on == FRI


@pytest.mark.req("T22", "T17")
def test_steps_of_a_round_are_those_since_the_relapse():
    story = opened(MON).heard(TUE).returned(WED)

    assert [s.on for s in story.fact.standing.of_round(StepKind.STATEMENT_HEARD)] == [TUE]
    story = story.relapsed(THU)
    assert story.fact.standing.of_round(StepKind.STATEMENT_HEARD) == ()
    story = story.heard(FRI)
    assert [s.on for s in story.fact.standing.of_round(StepKind.STATEMENT_HEARD)] == [FRI]


@pytest.mark.req("T23", "T24", "R-120")
@pytest.mark.parametrize("outcome", Outcome)
def test_each_end_has_its_state_and_its_outcome(outcome):
    standing = all_the_way("reported").closed(FRI, outcome).fact.standing

    state = S.CLOSED_OTHER if outcome in ELSEWHERE else S.ATTENDING
    assert (standing.state, standing.outcome, standing.is_open) == (state, outcome, False)


@pytest.mark.req("R-120")
def test_the_lawful_ends_without_a_return_are_these():
    assert {each.value for each in ELSEWHERE} == {
        "transferred",
        "suspended",
        "visiting",
        "finished",
        "abroad",
        "deceased",
        "excused",
        "identity_error",
    }


def test_an_open_case_has_no_outcome():
    assert opened(MON).fact.standing.outcome is None


def test_what_was_superseded_is_left_out_by_the_caller_and_leaves_no_trace():
    story = opened(MON).visited(TUE).reported(WED)
    kept = [step for step in story.steps if step.kind is not StepKind.REPORTED]

    assert story.state is S.REPORTED
    assert stand(kept).state is S.MOBILISING
    assert stand(kept).last(StepKind.REPORTED) is None


def test_an_answer_belongs_to_the_step_that_it_names():
    story = opened(MON).reported(TUE).sent_back(WED).reported(THU).accepted(FRI)
    first, second = story.fact.standing.all(StepKind.REPORTED)
    standing = story.fact.standing

    assert standing.answer_to(first, StepKind.ACCEPTED) is None
    assert standing.answer_to(first, StepKind.SENT_BACK).on == WED
    assert standing.answer_to(second, StepKind.ACCEPTED).on == FRI


ANY_STEP = st.builds(
    lambda kind, day, outcome, result: (kind, later(MON, day), outcome, result),
    st.sampled_from(StepKind),
    st.integers(0, 300),
    st.sampled_from(Outcome),
    st.sampled_from(["dropped_out", "not_dropped_out", ""]),
)


def as_steps(told):
    return [
        StepFact(
            id=UUID(int=1000 + n),
            kind=kind,
            on=day,
            said={"outcome": outcome.value, "result": result},
        )
        for n, (kind, day, outcome, result) in enumerate(told)
    ]


@given(told=st.lists(ANY_STEP, min_size=1, max_size=30))
def test_no_sequence_of_steps_raises_or_leaves_the_states_of_a_case(told):
    standing = stand(as_steps(told))

    assert standing.state in CASE_STATES
    assert standing.since in {day for _, day, _, _ in told}
    assert (standing.outcome is None) is standing.is_open


@given(told=st.lists(ANY_STEP, min_size=2, max_size=30))
def test_work_on_the_ladder_only_climbs_but_for_return_relapse_and_end(told):
    steps = as_steps(told)

    for count in range(1, len(steps)):
        before, after = stand(steps[:count]).state, stand(steps[: count + 1]).state
        kind = steps[count].kind
        if before in AWAY and after in AWAY and kind is not StepKind.RELAPSED:
            assert AWAY.index(after) >= AWAY.index(before)
        if before in AWAY and after not in AWAY:
            assert kind in {StepKind.RETURNED, StepKind.RETURNED_BY_MEASURE, StepKind.CLOSED}
        if before not in AWAY and after in AWAY:
            assert kind is StepKind.RELAPSED
        if after in CLOSED and before not in CLOSED:
            assert kind is StepKind.CLOSED


@given(told=st.lists(ANY_STEP, min_size=1, max_size=20))
def test_folding_depends_on_nothing_but_the_steps(told):
    assert stand(as_steps(told)) == stand(as_steps(told))
