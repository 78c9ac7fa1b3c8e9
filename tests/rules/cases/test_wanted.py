"""All that a case wants: silent under a flag, nothing after its end, the same when asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.cases.kinds import Outcome, Source
from notoneless.rules.cases.wanted import FAMILIES
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import CASE_RULES, DutyRule, DutyState, MatterKind
from notoneless.rules.duties.wants import Moment
from notoneless.rules.policy.resolve import resolve
from tests.rules.cases.desk import TOWNSHIP, later, on, open_rules, opened, own, plan, want
from tests.rules.duties.desk import (
    CLASS,
    FRI,
    LAN,
    MON,
    MON2,
    THU,
    TUE,
    TUE2,
    WED,
    Store,
    named,
    only,
)

PRODUCT, S1_14 = plan(), plan("S1-14")
AT_ONCE = plan("S1-14", report_rule=own(("immediate",)), visit_start=own("immediate"))
R = DutyRule
BUSY = (
    opened(MON, Source.TIP)
    .advised(MON)
    .referred(MON)
    .step("subcase_opened", MON, said={"to": str(TOWNSHIP)})
    .reported(TUE)
    .issued("notice", TUE)
    .expired("notice", TUE)
    .expired("order", TUE)
)
"""Asks much at once; of the courts' own order only the end is told."""
BACK = opened(MON).reported(MON).returned(TUE).placed(TUE).watch_ended(TUE).asked_closing(TUE)


BETWEEN_OFFICES = {R.CASE_DETERMINE, R.CASE_REPORT, R.CASE_ACCEPT, R.CASE_ADVICE}
"""What goes on about a silenced child: it brings nobody to the family."""

# -- as a whole ---------------------------------------------------------------------------------


def test_each_rule_of_cases_has_its_family_and_no_other_rule_has_one():
    assert set(FAMILIES) == CASE_RULES


@pytest.mark.parametrize("rules", [plan("S1-29"), plan("S2-5"), S1_14, PRODUCT])
def test_these_plans_leave_no_rule_of_a_case_without_its_figure(rules):
    assert want(BUSY, rules, WED).holes == ()


def test_what_a_case_wants_is_one_matter_of_the_child():
    found = want(BUSY, AT_ONCE, WED)

    assert len(found.duties) > 8
    assert {(d.matter.kind, d.subject_id, d.matter.unit_id) for d in found.duties} == {
        (MatterKind.CASE, LAN, CLASS)
    }
    assert found.subjects == {LAN}
    assert len({d.key for d in found.duties}) == len(found.duties)


@pytest.mark.parametrize("story", [BUSY, BACK])
def test_wanted_twice_is_the_same_and_changes_nothing_the_second_time(story):
    store = Store()

    assert want(story, AT_ONCE, WED) == want(story, AT_ONCE, WED)
    assert store.sweep(want(story, AT_ONCE, WED))
    assert not store.sweep(want(story, AT_ONCE, WED))


def test_a_place_with_no_policy_at_all_names_its_holes_and_raises_nothing():
    found = want(BUSY, resolve([], FRI), WED)

    assert {hole.key for hole in found.holes} >= {"case_determine_within", "case_accept_within"}
    assert found.settled.isdisjoint({hole.rule for hole in found.holes})


def test_where_the_school_year_is_missing_the_calendar_is_named():
    story = opened(date(2027, 7, 31))
    found = want(story, PRODUCT, date(2027, 7, 31))

    assert [(hole.rule, hole.key) for hole in found.holes] == [(R.CASE_DETERMINE, "calendar")]


# -- silence ------------------------------------------------------------------------------------


@pytest.mark.req("R-294")
@pytest.mark.parametrize("story", [BUSY, BACK])
def test_a_flag_hushes_all_of_a_case_but_what_offices_tell_each_other(story):
    loud, quiet = want(story, AT_ONCE, WED), want(story.silenced(WED), AT_ONCE, WED)

    assert {duty.rule for duty in loud.duties} - BETWEEN_OFFICES
    assert quiet.duties == {duty for duty in loud.duties if duty.rule in BETWEEN_OFFICES}
    assert quiet.holes == ()


@pytest.mark.req("R-294")
@pytest.mark.parametrize(("day", "is_quiet"), [(WED, True), (THU, True), (FRI, False)])
def test_the_day_on_which_a_silence_ends_is_asked_again(day, is_quiet):
    story = BUSY.silenced(WED, FRI)

    asked = {duty.rule for duty in want(story, AT_ONCE, day).duties}
    assert (asked <= BETWEEN_OFFICES) is is_quiet


@pytest.mark.req("R-294")
@pytest.mark.parametrize(
    ("silence", "due"),
    [
        ((MON, FRI), MON2),  # the weekend after it is nobody's delay
        ((THU, THU), FRI),
        ((FRI, FRI), THU),  # due before the flag: it stays due
    ],
)
def test_what_fell_due_in_a_silence_is_due_the_working_day_after_it(silence, due):
    story = opened(MON).reported(MON).accepted(MON)
    duty = only(want(story.silenced(*silence), PRODUCT, MON2), R.CASE_NOTICE)

    assert duty.due.on == due


@pytest.mark.req("R-294", "R-114")
@pytest.mark.parametrize("silence", [(MON, FRI), (TUE, TUE), (MON, None)])
def test_what_offices_tell_each_other_keeps_its_date_through_a_silence(silence):
    story = opened(MON, Source.TIP).reported(MON).advised(MON)
    quiet = want(story.silenced(*silence), PRODUCT, MON2)

    for rule in (R.CASE_DETERMINE, R.CASE_ACCEPT, R.CASE_ADVICE):
        assert named(quiet, rule) == named(want(story, PRODUCT, MON2), rule) != []


@pytest.mark.req("R-294")
def test_after_a_silence_nobody_is_late_with_what_he_was_not_asked():
    # Serving, ordering, answering: all fell due between the flag and its end.
    story = BUSY.silenced(TUE, on(12, 31))
    found = want(story, PRODUCT, on(12, 31))
    asked = [d for d in found.duties if d.due and d.closed_by is None and d.opened_on >= TUE]
    fell = [duty for duty in asked if duty.rule not in BETWEEN_OFFICES]

    assert len(fell) >= 3
    assert {stand_of(d, Moment(on(12, 31))).late_since for d in fell} == {None}


@pytest.mark.req("R-294")
def test_what_stood_goes_quietly_and_comes_back():
    store = Store()
    store.sweep(want(BUSY, AT_ONCE, WED))
    store.sweep(want(BUSY.silenced(WED), AT_ONCE, WED))
    quiet = {
        row.state
        for key, row in store.state().items()
        if row.closed_by is None and key[0] not in BETWEEN_OFFICES
    }

    store.sweep(want(BUSY.silenced(WED, FRI), AT_ONCE, FRI))

    assert quiet == {DutyState.WITHDRAWN}
    assert {row.state for row in store.state().values() if row.closed_by is None} == {
        DutyState.OPEN
    }


# -- the end ------------------------------------------------------------------------------------


@pytest.mark.req("R-120", "T23", "T24")
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("story", [BUSY, BACK])
def test_a_closed_case_wants_nothing_but_the_reviews_of_a_child_that_stayed(story, outcome):
    found = want(story.closed(WED, outcome), AT_ONCE, FRI)

    stayed = story is BACK and outcome in {Outcome.RETURNED, Outcome.ENFORCED}
    assert open_rules(found) == ({DutyRule.CASE_REVIEW} if stayed else set())


@pytest.mark.req("R-120")
def test_what_was_open_at_the_end_is_taken_away_and_what_was_done_stays_done():
    store = Store()
    store.sweep(want(BUSY, PRODUCT, WED))
    store.sweep(want(BUSY.closed(THU, Outcome.TRANSFERRED), PRODUCT, THU))

    assert DutyState.OPEN not in {row.state for row in store.state().values()}


# -- one more step ------------------------------------------------------------------------------

WORDS = (
    "visited",
    "determined",
    "reported",
    "accepted",
    "sent_back",
    "notice",
    "notice_served",
    "notice_expired",
    "statement_heard",
    "order",
    "order_served",
    "order_expired",
    "demand",
    "demand_served",
    "challenged",
    "challenge_decided",
    "advice_received",
    "advice_answered",
    "referred",
    "referral_answered",
    "returned",
    "placed",
    "plan_reviewed",
    "return_reported",
    "watch_ended",
    "closing_asked",
    "closing_refused",
    "relapsed",
    "year_ended",
    "subcase_opened",
    "criticised",
    "policy_moved",
)
ANSWERS = {
    "accepted": "reported",
    "sent_back": "reported",
    "challenge_decided": "challenged",
    "advice_answered": "advice_received",
    "referral_answered": "referred",
}


def told(words, first=MON):
    """A story of these words, one a day; answers without their question are left out."""
    story = opened(first, Source.TIP)
    for n, word in enumerate(words, 1):
        story = one_more(story, word, later(first, n))
    return story


def one_more(story, word, day):
    kinds = {step.kind.value for step in story.steps}
    if word in ("notice", "order", "demand"):
        return story.issued(word, day)
    if word.endswith("_served"):
        what = word.removesuffix("_served")
        return story.served(what, day, until=day) if f"{what}_issued" in kinds else story
    if word == "reported":
        return story.reported(day)
    if word == "visited":
        return story.visited_in_vain(day)
    if word in ANSWERS:
        if ANSWERS[word] not in kinds:
            return story
        return story.step(word, day, answers=ANSWERS[word], unit_id=TOWNSHIP)
    said = {"to": str(UUID(int=24))} if word in ("referred", "subcase_opened") else {}
    return story.step(word, day, said=said)


def met(found):
    return {duty.key for duty in found.duties if duty.closed_by is not None}


def still_open(found):
    return {duty.key for duty in found.duties if duty.opens and duty.closed_by is None}


@given(words=st.lists(st.sampled_from(WORDS), max_size=14), last=st.sampled_from(WORDS))
def test_one_more_step_opens_nothing_anew_that_was_met(words, last):
    before = told(words)
    day = later(MON, len(words) + 1)
    after = one_more(before, last, day)

    for rules in (AT_ONCE, PRODUCT):
        done = met(want(before, rules, day))
        assert done.isdisjoint(still_open(want(after, rules, day)))


@given(words=st.lists(st.sampled_from(WORDS), max_size=14), gone=st.integers(0, 400))
def test_time_alone_opens_nothing_anew_and_any_story_can_be_planned(words, gone):
    story = told(words)
    day = later(MON, len(words))

    for rules in (AT_ONCE, S1_14):
        today, then = want(story, rules, day), want(story, rules, later(day, gone))
        assert met(today).isdisjoint(still_open(then))
        assert {d.key for d in today.duties if d.opens} <= {d.key for d in then.duties}


@pytest.mark.req("T22")
def test_a_relapse_asks_anew_and_leaves_what_was_met_as_it_was():
    story = opened(MON, Source.TIP).visited(TUE).reported(TUE).returned(WED)
    before, after = want(story, AT_ONCE, FRI), want(story.relapsed(FRI), AT_ONCE, FRI)

    assert met(before) <= met(after)
    anew = still_open(after) - still_open(before)
    assert {key[0] for key in anew} == {"case.visit", "case.report"}


@pytest.mark.req("R-303")
def test_days_before_the_case_are_not_asked_about():
    story = replace(opened(THU, away_since=MON), vain=(MON, TUE))

    assert {duty.opened_on for duty in want(story, S1_14, TUE2).duties} == {THU}
    assert named(want(story, S1_14, TUE2), R.CASE_REPORT)[0].opens
