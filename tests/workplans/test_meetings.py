"""Meetings and their decisions, campaigns and how far they came."""

from __future__ import annotations

from datetime import date

import pytest
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.duties.models import Duty
from notoneless.duties.queries.in_tray import own_tray
from notoneless.flows.workplans.below import below
from notoneless.flows.workplans.campaigns import (
    campaign_sheet,
    note_activity,
    plan_campaign,
    report_campaign,
    withdraw_activity,
)
from notoneless.flows.workplans.meetings import (
    SaidDecision,
    SaidMeeting,
    answer_decision,
    meeting_seen,
    note_meeting,
    withdraw_meeting,
)
from notoneless.flows.workplans.refusals import (
    AlreadyWithdrawn,
    CampaignFaulty,
    CampaignUsed,
    DecisionAnswered,
    MeetingAnswered,
    MeetingFaulty,
    MeetingUsed,
)
from notoneless.flows.workplans.year import Stage
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.workplans.models import Activity, Decision, Meeting
from notoneless.workplans.services.campaigns import NewActivity, NewCampaignReport, NewPlan
from tests.duties.desk import sweep
from tests.workplans.desk import moment, working
from tests.world import TERM_START, TODAY, Village

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
MONTH_END = date(2026, 9, 30)


@pytest.fixture
def v(village: Village) -> Village:
    return working(village, "S0-8/2026")


@pytest.fixture
def told(village: Village) -> Village:
    return working(village, "S0-9/2026")


def said(v: Village, *decisions: SaidDecision, on: date = TODAY, **more) -> SaidMeeting:
    given = {
        "id": uuid7(),
        "unit_id": v.units["primary"].pk,
        "kind": MeetingKind.LEADERSHIP,
        "held_on": on,
        "chair_id": v.people["qin"].pk,
        "agenda": "研究期中控辍工作",
        "attendees": (v.people["wei"].pk,),
        "decisions": decisions,
    }
    return SaidMeeting(**{**given, **more})


def task(v: Village, due_on: date, text: str = "逐户走访未到校学生") -> SaidDecision:
    owner = (v.people["chen"].pk, Role.HOMEROOM_TEACHER, v.units["primary-1"].pk)
    return SaidDecision(text, owner, due_on)


def note(v: Village, meeting: SaidMeeting, *, by: str = "qin", on: date = TODAY):
    return note_meeting(v.actor(by, today=on), meeting, today=on, now=moment(on))


@pytest.mark.req("R-248")
def test_a_meeting_held_closes_the_duty_of_its_part_of_term(v):
    sweep(v, date(2026, 9, 2))
    note(v, said(v, on=date(2026, 9, 8)), on=date(2026, 9, 8))

    duty = Duty.objects.get(rule=DutyRule.MEETING_LEADERSHIP, subject_id=v.units["primary"].pk)
    assert (duty.state, duty.bearer_role) == (DutyState.DONE, Role.PRINCIPAL)
    found = below(
        v.actor("he", today=date(2026, 9, 8)),
        v.units["centre"].pk,
        rule=DutyRule.MEETING_LEADERSHIP,
        today=date(2026, 9, 8),
    )
    assert {line.unit.name: line.item.stage for line in found.lines if line.item} == {
        "石桥乡中心小学": Stage.IN_TIME,
        "石桥乡初级中学": Stage.NOW,
    }


@pytest.mark.req("R-249")
def test_a_decision_is_in_its_owners_tray_until_he_says_what_came_of_it(v):
    due = date(2026, 11, 24)
    note(v, said(v, task(v, due)))

    chen = v.actor("chen")
    (line,) = [
        each
        for each in own_tray(chen, today=TODAY).coming.rows
        if each.rule is DutyRule.MEETING_DECISION
    ]
    assert (line.due_on, line.bearers) == (due, ("陈小满",))
    decision = Decision.objects.get()
    with pytest.raises(MeetingFaulty):
        answer_decision(chen, decision.pk, " ", today=TODAY, now=moment(TODAY))
    answer_decision(chen, decision.pk, "三户均已走访", today=TODAY, now=moment(TODAY))
    assert Duty.objects.get(rule=DutyRule.MEETING_DECISION).state == DutyState.DONE
    with pytest.raises(DecisionAnswered):
        answer_decision(chen, decision.pk, "再报一次", today=TODAY, now=moment(TODAY))
    with pytest.raises(Decision.DoesNotExist):
        answer_decision(v.actor("tan"), decision.pk, "冒名", today=TODAY, now=moment(TODAY))
    with pytest.raises(MeetingAnswered):
        withdraw_meeting(
            v.actor("qin"), decision.meeting_id, "写错了", today=TODAY, now=moment(TODAY)
        )


@pytest.mark.req("R-249")
@pytest.mark.parametrize(
    ("lacks", "change"),
    [
        ("agenda", {"agenda": " "}),
        ("held_on", {"held_on": date(2026, 11, 21)}),
        ("people", {"attendees": (uuid7(),)}),
    ],
)
def test_minutes_say_when_who_and_what(v, lacks, change):
    with pytest.raises(MeetingFaulty) as refused:
        note(v, said(v, **change))

    assert refused.value.facts == {"lacks": lacks}


@pytest.mark.req("R-249")
def test_a_task_needs_a_post_here_and_a_day_not_before_the_meeting(v):
    with pytest.raises(MeetingFaulty):
        note(v, said(v, task(v, date(2026, 11, 19))))
    stranger = SaidDecision(
        "走访", (v.people["tan"].pk, Role.PRINCIPAL, v.units["other"].pk), TODAY
    )
    with pytest.raises(MeetingFaulty):
        note(v, said(v, stranger))
    assert not Meeting.objects.exists()


def test_the_same_page_twice_is_one_meeting(v):
    meeting = said(v, task(v, TODAY))

    assert note(v, meeting) == note(v, meeting)
    assert Meeting.objects.count() == Decision.objects.count() == 1
    with pytest.raises(MeetingUsed):
        note(v, said(v, id=meeting.id, kind=MeetingKind.OFFICE))


@pytest.mark.req("R-248")
def test_who_keeps_no_workplan_here_writes_no_minutes(v):
    with pytest.raises(Unit.DoesNotExist):
        note(v, said(v), by="tan")
    with pytest.raises(NotAllowed):
        note(v, said(v), by="wei")
    meeting = note(v, said(v))
    assert meeting_seen(v.actor("shao"), meeting, today=TODAY).chair == "覃志学"
    with pytest.raises(Unit.DoesNotExist):
        meeting_seen(v.actor("tan"), meeting, today=TODAY)


@pytest.mark.req("R-248")
def test_a_meeting_written_down_wrongly_counts_no_more_and_stays(v):
    on = date(2026, 9, 8)
    meeting = note(v, said(v, task(v, on), on=on), on=on)
    qin = v.actor("qin", today=on)

    with pytest.raises(MeetingFaulty):
        withdraw_meeting(qin, meeting, "", today=on, now=moment(on))
    withdraw_meeting(qin, meeting, "会没有开成", today=on, now=moment(on))
    with pytest.raises(AlreadyWithdrawn):
        withdraw_meeting(qin, meeting, "会没有开成", today=on, now=moment(on))

    own = Duty.objects.filter(subject_id=v.units["primary"].pk)
    assert own.get(rule=DutyRule.MEETING_DECISION).state == DutyState.WITHDRAWN
    assert own.get(rule=DutyRule.MEETING_LEADERSHIP).state == DutyState.OPEN
    assert meeting_seen(qin, meeting, today=on).withdrawn == "会没有开成"


def campaign(v: Village, on: date = date(2026, 9, 20)):
    return campaign_sheet(v.actor("qin", today=on), v.units["primary"].pk, SEPTEMBER, today=on)


def act(v: Village, do, new, *, by: str = "qin", on: date = date(2026, 9, 20)):
    do(v.actor(by, today=on), v.units["primary"].pk, SEPTEMBER, new, today=on, now=moment(on))


@pytest.mark.req("R-239")
def test_a_campaign_is_planned_and_reported_and_both_duties_close(told):
    v = told
    sweep(v, date(2026, 9, 2))
    own = Duty.objects.filter(subject_id=v.units["primary"].pk)
    assert {row.rule for row in own.filter(rule__startswith="campaign.")} == {
        DutyRule.CAMPAIGN_PLAN,
        DutyRule.CAMPAIGN_REPORT,
    }

    act(v, plan_campaign, NewPlan("进村入户讲义务教育法", ("broadcast",), 40))
    act(v, report_campaign, NewCampaignReport("共走访三个村。", {}), on=MONTH_END)

    states = dict(own.filter(rule__startswith="campaign.").values_list("rule", "state"))
    assert set(states.values()) == {DutyState.DONE}
    assert own.get(rule=DutyRule.CAMPAIGN_REPORT).late_since is None
    found = below(
        v.actor("lu", today=MONTH_END),
        v.units["bureau"].pk,
        rule=DutyRule.CAMPAIGN_PLAN,
        today=MONTH_END,
    )
    assert (found.done, found.not_yet) == (1, 2)


@pytest.mark.req("R-239")
def test_a_campaign_reported_after_its_month_is_late(told):
    v = told
    after = date(2026, 10, 1)
    sweep(v, date(2026, 9, 2))
    act(v, report_campaign, NewCampaignReport("补报。", {}), on=after)

    duty = Duty.objects.get(rule=DutyRule.CAMPAIGN_REPORT, subject_id=v.units["primary"].pk)
    assert duty.late_since == after


@pytest.mark.req("R-240", "R-241")
def test_what_the_activities_did_not_reach_is_named(told):
    v = told
    _lives(v, "lan", "village")
    first = NewActivity(
        date(2026, 9, 9),
        "class_meeting",
        "三年级1班",
        households=12,
        persons=2,
        units=(v.units["primary-1"].pk,),
    )
    act(v, note_activity, first)
    act(v, plan_campaign, NewPlan("方案", ("slogans",), 40))

    reached = {each.level.value: each for each in campaign(v).reached}
    assert (reached["class"].reached, reached["class"].of) == (1, 2)
    assert reached["class"].not_reached == (v.units["primary-2"].pk,)
    assert reached["village"].not_reached == (v.units["village"].pk,)
    assert (reached["household"].reached, reached["household"].of) == (12, 40)
    assert (reached["person"].reached, reached["person"].of) == (2, 3)

    activity = Activity.objects.get()
    qin = v.actor("qin")
    withdraw_activity(qin, activity.pk, "记错了月份", today=TODAY, now=moment(TODAY))
    assert {each.level.value: each.reached for each in campaign(v).reached}["class"] == 0


@pytest.mark.req("R-240")
def test_an_activity_lies_in_its_month_and_names_own_units(told):
    v = told
    for wrong in (
        NewActivity(date(2026, 10, 1), "slogans"),
        NewActivity(date(2026, 9, 21), "slogans"),
        NewActivity(date(2026, 9, 9), ""),
        NewActivity(date(2026, 9, 9), "slogans", units=(v.units["other-1"].pk,)),
    ):
        with pytest.raises(CampaignFaulty):
            act(v, note_activity, wrong)
    with pytest.raises(Unit.DoesNotExist):
        act(v, note_activity, NewActivity(date(2026, 9, 9), "slogans"), by="tan")
    with pytest.raises(NotAllowed):
        act(v, note_activity, NewActivity(date(2026, 9, 9), "slogans"), by="wei")


def test_an_activity_sent_twice_is_once(told):
    v = told
    new = NewActivity(date(2026, 9, 9), "slogans")
    act(v, note_activity, new)
    act(v, note_activity, new)

    assert Activity.objects.count() == 1
    with pytest.raises(CampaignUsed):
        note_activity(
            v.actor("tan"),
            v.units["other"].pk,
            SEPTEMBER,
            new,
            today=TODAY,
            now=moment(TODAY),
        )


@pytest.mark.req("R-236")
def test_a_second_report_of_a_campaign_gives_its_reason(told):
    v = told
    act(v, report_campaign, NewCampaignReport("第一次", {}), on=MONTH_END)

    with pytest.raises(CampaignFaulty):
        act(v, report_campaign, NewCampaignReport("第二次", {}), on=MONTH_END)
    act(v, report_campaign, NewCampaignReport("第二次", {}, "漏了一个村"), on=MONTH_END)
    assert [each.number for each in campaign(v).file.reports] == [2, 1]


def _lives(v: Village, child: str, village: str) -> None:
    place = UnitPlace.objects.get(unit=v.units[village])
    ChildPlace.objects.create(
        county_id=v.county_id,
        child=v.children[child],
        unit=v.units[village],
        line="g",
        path=place.path,
        relation=Relation.RESIDENCE,
        from_on=TERM_START,
    )
