from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest

from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Bearer, Moment
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.campaigns import (
    Told,
    campaign_months,
    channels_of,
    levels_of,
    reach_of,
)
from notoneless.rules.workplans.facts import CampaignFact, Decided
from notoneless.rules.workplans.kinds import MeetingKind, Reach
from notoneless.rules.workplans.meetings import meetings_wanted, met
from tests.rules.duties.desk import shipped
from tests.rules.workplans.desk import CLASS, SCHOOL, YEAR, held, unit, want

S0_8 = shipped("S0-8")
LEADERSHIP = MeetingKind.LEADERSHIP


@pytest.mark.req("R-248")
def test_three_meetings_of_the_leading_group_stand_at_beginning_middle_and_end():
    found = meetings_wanted(LEADERSHIP, S0_8, YEAR)

    assert len(found) == 6
    autumn = found[:3]
    assert autumn[0].from_on == YEAR.terms[0].from_on
    assert [each.part for each in autumn] == [1, 2, 3]
    assert autumn[2].until == date(2027, 1, 22)
    assert all(a.until < b.from_on for a, b in pairwise(found))


@pytest.mark.req("R-248")
def test_a_late_meeting_answers_the_earlier_wish_and_not_both():
    wishes = meetings_wanted(LEADERSHIP, S0_8, YEAR)[:3]
    late = wishes[1].from_on

    found = met(wishes, held(LEADERSHIP, late), until=date(2027, 1, 1))

    assert [len(found[wish]) for wish in wishes] == [1, 0, 0]
    assert met(wishes, held(LEADERSHIP, late), until=date(2026, 9, 5))[wishes[0]] == ()


@pytest.mark.req("R-248")
def test_the_teaching_office_meets_in_each_month_of_term():
    months = [each.from_on for each in meetings_wanted(MeetingKind.OFFICE, S0_8, YEAR)]

    assert len(months) == 11
    assert months[0] == date(2026, 9, 1)
    assert meetings_wanted(MeetingKind.OFFICE, shipped("S1-29"), YEAR) == ()


@pytest.mark.req("R-248", "R-239")
def test_a_campaign_month_has_its_special_meeting():
    found = meetings_wanted(MeetingKind.CAMPAIGN, S0_8, YEAR)

    assert [each.from_on for each in found] == [date(2026, 9, 1), date(2027, 3, 1)]


@pytest.mark.req("R-248")
def test_regular_meetings_are_off_and_said_so_until_their_number_is_entered():
    found = want(unit(), shipped("S0-1"), date(2026, 11, 20))

    assert ("regular_meeting_frequency", "to_be_entered") in {(h.key, h.why) for h in found.holes}
    assert DutyRule.MEETING_REGULAR not in {d.rule for d in found.duties}
    entered = shipped("S0-1", ("regular_meeting_frequency", 4, "meetings", ">="))
    (duty,) = (
        d
        for d in want(unit(), entered, date(2026, 11, 20)).duties
        if d.rule is DutyRule.MEETING_REGULAR
    )
    assert duty.progress == (0, 4)


@pytest.mark.req("R-248")
def test_the_bureau_holds_its_supervision_meeting_once_a_year():
    bureau = unit(UnitKind.BUREAU)
    found = want(bureau, shipped("S2-5"), date(2026, 11, 20)).duties

    assert {d.rule for d in found} == {DutyRule.MEETING_SUPERVISION}
    assert {d.due.on for d in found if d.due} == {date(2027, 7, 31)}
    school = want(unit(), shipped("S2-5"), date(2026, 11, 20)).duties
    assert DutyRule.MEETING_SUPERVISION not in {d.rule for d in school}


@pytest.mark.req("R-248")
def test_a_meeting_held_closes_its_duty():
    meeting = held(LEADERSHIP, date(2026, 9, 9))
    found = want(unit(held=meeting), S0_8, date(2026, 9, 10)).duties
    (duty,) = (d for d in found if d.rule is DutyRule.MEETING_LEADERSHIP)

    assert duty.bearer == Bearer(Role.PRINCIPAL, SCHOOL)
    assert duty.closed_by is not None
    assert duty.closed_by.id == meeting[0].id


@pytest.mark.req("R-249")
def test_a_decision_is_its_owners_task_with_its_day():
    owner = Bearer(Role.HOMEROOM_TEACHER, CLASS)
    task = Decided(UUID(int=77), date(2026, 11, 2), owner, date(2026, 11, 10))

    def duty(**more):
        decided = Decided(task.id, task.on, owner, task.due_on, **more)
        found = want(unit(decided=(decided,)), S0_8, date(2026, 11, 11)).duties
        return next(d for d in found if d.rule is DutyRule.MEETING_DECISION)

    assert duty().bearer == owner
    assert stand_of(duty(), Moment(date(2026, 11, 11))).late_since == date(2026, 11, 11)
    done = duty(done_on=date(2026, 11, 10), done_by=UUID(int=78))
    assert stand_of(done, Moment(date(2026, 11, 11))).late_since is None
    assert done.closed_by is not None


@pytest.mark.req("R-249")
def test_a_decision_of_july_goes_on_in_the_new_school_year():
    owner = Bearer(Role.PRINCIPAL, SCHOOL)
    july = Decided(UUID(int=77), date(2026, 7, 8), owner, date(2026, 9, 10))
    found = want(unit(decided=(july,)), S0_8, date(2026, 9, 1)).duties

    (duty,) = (d for d in found if d.rule is DutyRule.MEETING_DECISION)
    assert duty.opens


@pytest.mark.req("R-239")
def test_a_campaign_is_planned_and_reported_by_whoever_leads_it():
    assert [each.from_on.month for each in campaign_months(S0_8, YEAR)] == [9, 3]
    found = want(unit(), S0_8, date(2026, 9, 3)).duties
    plan = next(d for d in found if d.rule is DutyRule.CAMPAIGN_PLAN)
    report = next(d for d in found if d.rule is DutyRule.CAMPAIGN_REPORT)

    assert plan.due is None
    assert report.due is not None
    assert report.due.on == date(2026, 9, 30)
    assert plan.bearer.role is Role.DROPOUT_OFFICER
    league = want(unit(), shipped("S0-9"), date(2026, 9, 3)).duties
    assert {d.bearer.role for d in league if d.rule.value.startswith("campaign.")} == {
        Role.YOUTH_LEAGUE_SECRETARY
    }
    planned = CampaignFact(UUID(int=9), date(2026, 9, 2))
    done = want(unit(campaigns={date(2026, 9, 1): planned}), S0_8, date(2026, 9, 3)).duties
    assert next(d for d in done if d.rule is DutyRule.CAMPAIGN_PLAN).closed_by is not None


@pytest.mark.req("R-239")
def test_a_month_that_the_plan_does_not_name_is_a_hole():
    found = want(unit(), shipped("S0-3"), date(2026, 11, 20))

    assert ("campaign_months", "to_be_entered") in {(h.key, h.why) for h in found.holes}


@pytest.mark.req("R-240")
def test_the_plans_own_channels_come_first_and_all_known_ones_follow():
    found = channels_of(shipped("S0-9"))

    assert found[:4] == ("broadcast", "blackboard", "slogans", "class_meeting")
    assert len(found) == len(set(found)) == 19


@pytest.mark.req("R-241")
def test_what_a_campaign_did_not_reach_is_named():
    one, two, three = (UUID(int=n) for n in (31, 32, 33))
    told = [Told(frozenset({one}), 40, 60), Told(frozenset({one, two}), 55, 20)]

    found = reach_of(
        told,
        levels_of(shipped("S0-9")),
        units={Reach.VILLAGE: [one], Reach.CLASS: [two, three]},
        households=60,
        persons=90,
    )

    assert [(each.level.value, each.reached, each.of) for each in found] == [
        ("village", 1, 1),
        ("household", 55, 60),
        ("class", 1, 2),
        ("person", 60, 90),
    ]
    assert found[2].not_reached == (three,)
    assert levels_of(S0_8) == ()
