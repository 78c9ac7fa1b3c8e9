"""Yearly implementation plans, and who has neither a group nor a plan."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from notoneless.access.actor import NotAllowed
from notoneless.flows.coverage import save_group
from notoneless.flows.plans import readiness_below, save_plan, withdraw_plan
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.places.models import ImplementationPlan, Unit
from notoneless.places.queries.plans import plan_history, plan_of
from notoneless.places.services.groups import GroupWanted, SeatWanted
from notoneless.places.services.plans import (
    NoApprover,
    NoPlanHere,
    PlanWanted,
    PlanWithdrawn,
)
from notoneless.places.services.units import StaleVersion
from notoneless.rules.groups import GroupKind, Seat
from notoneless.rules.plans import PlanState
from notoneless.rules.roles import Role
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-004")]


def plan(village, who, at="primary", *, basis=None, year=2026, **words):
    wanted = {
        "title": "2026—2027 学年控辍保学实施方案",
        "goals": "一个都不能少",
        "state": PlanState.SUBMITTED,
        **words,
    }
    return save_plan(
        village.units[at].pk,
        PlanWanted(year, **wanted),
        basis=basis,
        actor=village.actor(who),
        stamp=village.stamp(who),
    )


def group_of_village(village):
    village.employ("zhu", "朱村长", Role.VILLAGE_HEAD, "village", approved=False)
    seats = [
        SeatWanted(Seat.HEAD, village.people["zhu"].pk),
        SeatWanted(Seat.MEMBER, village.people["long"].pk),
    ]
    save_group(
        village.units["village"].pk,
        GroupWanted(GroupKind.DROPOUT, seats),
        on=TODAY,
        actor=village.actor("xiang"),
        stamp=village.stamp("xiang"),
    )


def ready(village, who):
    paths = [h.path for h in village.actor(who).holdings]
    rows = readiness_below(paths, county_id=village.county_id, today=TODAY)
    return {row.check.place.name: row for row in rows}


def test_a_village_is_ready_only_with_a_valid_group_and_a_plan_of_this_year(village):
    assert not ready(village, "xiang")["石桥村"].is_ready

    group_of_village(village)
    assert ready(village, "xiang")["石桥村"].check.is_valid
    assert not ready(village, "xiang")["石桥村"].is_ready

    plan(village, "xiang", "village", year=2025)
    assert not ready(village, "xiang")["石桥村"].is_ready

    plan(village, "xiang", "village")
    assert ready(village, "xiang")["石桥村"].is_ready


def test_a_plan_without_a_group_is_not_enough(village):
    plan(village, "qin")
    row = ready(village, "xiang")["石桥乡中心小学"]
    assert row.has_plan
    assert not row.is_ready


def test_those_that_lack_something_come_first_and_strangers_are_not_there(village):
    group_of_village(village)
    plan(village, "long", "village")
    names = list(ready(village, "xiang"))
    assert names[-1] == "石桥村"
    assert set(names) == {"石桥乡", "石桥村", "石桥乡中心小学", "石桥乡初级中学"}


def test_the_list_costs_the_same_however_many_units(village, django_assert_num_queries):
    ready(village, "xiang")
    paths = [h.path for h in village.actor("xiang").holdings]
    with django_assert_num_queries(7):
        readiness_below(paths, county_id=village.county_id, today=TODAY)


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.WITHDRAWN])
def test_a_draft_is_no_plan_yet(village, state):
    plan(village, "qin", state=state)
    assert not ready(village, "lu")["石桥乡中心小学"].has_plan


def test_a_changed_plan_keeps_what_it_was_and_each_step_is_in_the_journal(village):
    first = plan(village, "qin", state=PlanState.DRAFT)
    plan(village, "qin", basis=first, state=PlanState.APPROVED, approver="何开来")

    unit = village.units["primary"].pk
    now, before = plan_history(unit)
    assert (now.state, now.approver, now.by_name) == (PlanState.APPROVED, "何开来", "覃志学")
    assert (before.state, before.is_standing) == (PlanState.DRAFT, False)
    kinds = Entry.objects.filter(kind__startswith="plan.").values_list("kind", flat=True)
    assert sorted(kinds) == ["plan.approved", "plan.draft", "plan.superseded"]
    assert verify(village.county_id).findings == []


def test_a_plan_written_over_past_the_services_is_found(village):
    plan(village, "qin")
    ImplementationPlan.objects.update(goals="另一套目标")
    assert verify(village.county_id).findings


def test_sending_a_plan_twice_is_the_same_as_once(village):
    assert plan(village, "qin") == plan(village, "qin")
    assert ImplementationPlan.objects.count() == 1


def test_two_people_changing_a_plan_at_once_the_second_is_told(village):
    first = plan(village, "qin")
    plan(village, "shi", basis=first, goals="甲")
    with pytest.raises(StaleVersion):
        plan(village, "qin", basis=first, goals="乙")
    assert plan_of(village.units["primary"].pk, 2026).goals == "甲"


def test_the_database_keeps_one_plan_of_a_year_and_wants_an_approver(village):
    row = ImplementationPlan.objects.get(pk=plan(village, "qin"))
    row.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.school_year, row.state = 2027, "approved"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_an_approved_plan_names_who_approved_it(village):
    with pytest.raises(NoApprover):
        plan(village, "qin", state=PlanState.APPROVED)


def test_a_withdrawn_plan_no_longer_counts_and_is_withdrawn_once(village):
    basis = plan(village, "qin")

    def withdraw(who="qin", given=basis):
        withdraw_plan(
            village.units["primary"].pk,
            2026,
            reason="目标有误",
            basis=given,
            actor=village.actor(who),
            stamp=village.stamp(who),
        )

    with pytest.raises(StaleVersion):
        withdraw(given=uuid4())
    with pytest.raises(NotAllowed):
        withdraw("wei")
    withdraw()
    standing = plan_of(village.units["primary"].pk, 2026)
    assert (standing.state, standing.reason) == (PlanState.WITHDRAWN, "目标有误")
    assert not ready(village, "lu")["石桥乡中心小学"].has_plan
    with pytest.raises(PlanWithdrawn):
        withdraw()
    plan(village, "qin", basis=standing.id, goals="新目标")
    assert ready(village, "lu")["石桥乡中心小学"].has_plan


@pytest.mark.parametrize(
    ("who", "at"),
    [
        ("qin", "primary"),
        ("shi", "primary"),
        ("he", "centre"),
        ("he", "primary"),
        ("xiang", "shiqiao"),
        ("xiang", "village"),
        ("long", "village"),
        ("lu", "other"),
        ("lu", "village"),
        ("lu", "bureau"),
    ],
)
def test_each_keeps_the_plans_of_his_own_units(village, who, at):
    plan(village, who, at)


@pytest.mark.parametrize(
    ("who", "at", "why"),
    [
        ("wei", "primary", NotAllowed),
        ("shao", "primary", NotAllowed),
        ("xiang", "primary", NotAllowed),
        ("qin", "other", Unit.DoesNotExist),
        ("tan", "primary", Unit.DoesNotExist),
        ("long", "shiqiao", Unit.DoesNotExist),
        ("qin", "primary-1", NoPlanHere),
    ],
)
def test_nobody_keeps_the_plans_of_others(village, who, at, why):
    with pytest.raises(why):
        plan(village, who, at)
    assert not ImplementationPlan.objects.exists()
