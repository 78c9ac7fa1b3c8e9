"""The same record under two plans: no difference where they say the same, and each one named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.cases.facts import Around, CaseFact, StepFact
from notoneless.rules.cases.kinds import Level, Source, StepKind
from notoneless.rules.duties.facts import Facts
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.whatif.comparing import Comparison, Sum, Turn, compare, summed
from notoneless.rules.whatif.replay import Ground, replay
from tests.rules.duties.desk import (
    CALENDAR,
    FRI,
    GANG,
    HERE,
    LAN,
    MON,
    THU,
    TUE,
    WED,
    away,
    contact,
    facts,
    shipped,
)

pytestmark = pytest.mark.req("R-302")
WEEK = Period(MON, FRI)
SUSPICIONS = MappingProxyType(
    {DutyRule.INVESTIGATE: Source.ABSENCE, DutyRule.ABSENCE_REPORT: Source.ABSENCE}
)
SYSTEMS = sorted(
    pack.system for pack in shipped_packs().values() if pack.system not in {"national"}
)


def ground(known: Facts, policy: ResolvedPolicy, **more) -> Ground:
    return Ground(facts=known, policy=policy, calendar=CALENDAR, suspicions=SUSPICIONS, **more)


def under(known: Facts, one: str, two: str, *, period: Period = WEEK, **more) -> Comparison:
    sides = [replay(ground(known, shipped(name), **more), period) for name in (one, two)]
    return compare(*sides)


def case(day: date, *, by: UUID | None = None) -> CaseFact:
    first = StepFact(id=UUID(int=99), kind=StepKind.OPENED, on=day, level=Level.SYSTEM, by=by)
    return CaseFact(
        id=UUID(int=98),
        child_id=LAN,
        around=Around(of=HERE),
        source=Source.ABSENCE,
        opened_on=day,
        away_since=MON,
        steps=(first,),
    )


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_plan_makes_no_difference(system: str):
    known = facts(runs=(away(MON, TUE, WED, THU, back=FRI), away(MON, who=GANG)))

    found = under(known, system, system, cases=(case(TUE),))

    assert not found
    assert found.before == found.after


@given(
    days=st.lists(st.sampled_from([MON, TUE, WED, THU, FRI]), min_size=1, unique=True).map(sorted),
    called=st.sampled_from([None, TUE, THU]),
)
def test_the_same_plan_makes_no_difference_whatever_happened(days, called):
    contacts = (contact("call", called, is_cause_known=True),) if called else ()
    known = facts(runs=(away(*days),), contacts=contacts)

    assert not under(known, "S1-29", "S1-29")


def test_two_days_away_are_looked_into_under_two_days_and_not_under_three():
    known = facts(runs=(away(MON, TUE, back=WED),))

    found = under(known, "S1-24", "S1-29")

    of_lan = [each for each in found.duties if each.subject_id == LAN]
    looked_into = [each for each in of_lan if each.rule is DutyRule.INVESTIGATE]
    assert [each.turns for each in looked_into] == [(Turn.ADDED, Turn.LATE)]
    assert (looked_into[0].opened_before, looked_into[0].opened_after) == (None, TUE)
    # S1-29 sends somebody to the child's home on the same day.
    assert {each.rule for each in of_lan} == {DutyRule.INVESTIGATE, DutyRule.VISIT}
    assert [each.opened for each in found.children] == [(None, TUE)]


def test_two_days_against_three_of_one_rule_are_exactly_one_more_duty():
    rule = ("absence_days_investigate", 3, "school_days", ">=")
    three, two = (
        shipped("S1-29", (rule[0], n, *rule[2:]), ("visit_start", "when_necessary", "", ""))
        for n in (3, 2)
    )
    known = facts(runs=(away(MON, TUE, back=WED),))

    found = compare(replay(ground(known, three), WEEK), replay(ground(known, two), WEEK))

    assert [(each.rule, each.subject_id) for each in found.duties] == [(DutyRule.INVESTIGATE, LAN)]
    assert found.before.get(DutyRule.INVESTIGATE, Sum()).wanted == 0
    assert found.after[DutyRule.INVESTIGATE].wanted == 1


@pytest.mark.parametrize(("days", "more"), [((MON,), 0), ((MON, TUE), 1), ((MON, TUE, WED), 0)])
def test_one_day_and_three_days_make_no_duty_more_than_the_other_plan(days, more):
    known = facts(runs=(away(*days),))

    found = under(known, "S1-24", "S1-29")

    opened = [each.opened for each in found.children]
    assert len([pair for pair in opened if pair[0] is None]) == more


def test_a_case_that_the_system_opened_moves_with_its_suspicion():
    known = facts(runs=(away(MON, TUE, WED, THU),))

    found = under(known, "S1-24", "S1-29", cases=(case(WED),))

    [lan] = found.children
    assert lan.opened == (WED, TUE)


def test_a_case_that_somebody_opened_stays_where_it_was_opened():
    known = facts(runs=(away(MON, TUE, WED, THU),))
    by_hand = case(MON, by=UUID(int=5))

    sides = [replay(ground(known, shipped(n), cases=(by_hand,)), WEEK) for n in ("S1-24", "S1-29")]

    assert [side.cases for side in sides] == [{LAN: MON}, {LAN: MON}]


def test_a_child_whose_case_stood_open_before_opens_none():
    known = facts(runs=(away(MON, TUE),))

    found = under(known, "S1-24", "S1-29", has_case=frozenset({LAN}))

    assert found.children == ()
    assert found.cases == (0, 0)


def test_a_plan_that_counts_only_confirmed_children_opens_none_by_itself():
    known = facts(runs=(away(MON, TUE, WED, THU),))
    side = replay(ground(known, shipped("S1-29"), opens_on_suspicion=False), WEEK)

    assert side.cases == {}


def test_only_what_began_in_the_period_is_compared():
    known = facts(runs=(away(MON, TUE),))

    assert not under(known, "S1-24", "S1-29", period=Period(WED, FRI)).children


def test_a_call_in_time_under_one_plan_is_late_under_another():
    known = facts(
        runs=(away(MON, TUE, WED),), contacts=(contact("call", WED, is_cause_known=True),)
    )
    slow = shipped("S1-29", ("absence_days_investigate", 3, "school_days", ">="))

    found = compare(
        replay(ground(known, slow), WEEK), replay(ground(known, shipped("S1-29")), WEEK)
    )

    [looked_into] = [each for each in found.duties if each.rule is DutyRule.INVESTIGATE]
    assert looked_into.turns == (Turn.DUE_EARLIER, Turn.LATE)
    assert (looked_into.due_before, looked_into.due_after) == (WED, TUE)


def test_holes_are_named_and_never_guessed():
    known = facts(runs=(away(MON, TUE),))
    policy = shipped("S1-29")
    rules = dict(policy.rules)
    key = "absence_days_investigate"
    blank = replace(rules[key].rule, value=None, to_be_entered=True)
    from_blank = replace(rules[key], rule=blank, state=policy.rules[key].state.TO_BE_ENTERED)

    side = replay(ground(known, ResolvedPolicy({**rules, key: from_blank})), WEEK)

    assert (DutyRule.INVESTIGATE, key) in {(hole.rule, hole.key) for hole in side.holes}


def test_sums_of_schools_add_up():
    one = {DutyRule.VISIT: Sum(2, 1, 1)}
    two = {DutyRule.VISIT: Sum(3, 0, 2), DutyRule.INVESTIGATE: Sum(1)}

    assert summed([one, two]) == {DutyRule.VISIT: Sum(5, 1, 3), DutyRule.INVESTIGATE: Sum(1, 0, 0)}
