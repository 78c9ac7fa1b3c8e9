"""Who has what to do today: by the posts of today, never by name; nobody sees beyond his reach."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.access.actor import NotAllowed
from notoneless.access.queries import county_system
from notoneless.children.models import Child
from notoneless.duties.models import Duty
from notoneless.duties.queries.file import changes_of
from notoneless.duties.queries.in_tray import (
    duties_of_child,
    in_tray,
    late_list,
    late_reports,
    unit_counts,
    unit_duties,
)
from notoneless.duties.queries.rows import Bucket
from notoneless.duties.queries.sweeps import rules_not_applied
from notoneless.places.services.handovers import hand_over
from notoneless.places.services.people import Appointment, appoint, end_post, register_person
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role, Tenure
from tests.attendance.register import FRI, MON, THU, TUE, WED, at, call
from tests.duties.desk import S1_29, S2_5, duty, sweep, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-307")]


@pytest.fixture
def v(village: Village) -> Village:
    """Lan was away on Monday and Tuesday; class 1 is called every day."""
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    return village


def tray(v: Village, name: str, day=TUE):
    return in_tray(v.actor(name, today=day), today=day)


def rules(lines) -> list[str]:
    return sorted(line.rule.value for line in lines.rows)


def test_the_class_teacher_finds_todays_duties_in_her_tray(v: Village):
    found = tray(v, "chen")

    assert rules(found.today) == ["absence.investigate", "absence.visit"]
    assert {(line.child_name, line.bearers, line.bucket) for line in found.today.rows} == {
        ("吴小兰", ("陈小满",), Bucket.TODAY)
    }
    assert (found.overdue.count, found.coming.count) == (0, 0)


def test_the_next_day_they_are_overdue_even_before_the_sweep(v: Village):
    found = tray(v, "chen", WED)

    assert found.overdue.count == 2
    assert {line.days_late for line in found.overdue.rows} == {1}


def test_the_principal_has_none_of_his_own_and_sees_his_units_in_numbers(v: Village):
    found = tray(v, "qin")

    assert (found.overdue.count, found.today.count) == (0, 0)
    assert (found.unit.today, found.unit.overdue) == (2, 0)


def test_what_rose_lies_in_the_tray_of_the_next_level_too(v: Village):
    sweep(v, WED)

    assert rules(tray(v, "qin", WED).overdue) == ["absence.investigate", "absence.visit"]
    assert tray(v, "chen", WED).overdue.count == 2
    assert tray(v, "he", WED).overdue.count == 0
    sweep(v, THU)
    assert tray(v, "he", THU).overdue.count == 2
    assert tray(v, "qin", THU).overdue.count == 2


@pytest.mark.parametrize("name", ["tan", "long", "xiang", "mo", "shi"])
def test_nobody_elsewhere_and_nobody_without_children_sees_a_duty(v: Village, name: str):
    actor = v.actor(name, today=TUE)
    found = in_tray(actor, today=TUE)

    assert (found.today.count, found.overdue.count) == (0, 0)
    if name != "xiang":  # the township stands above the school in its own line
        assert unit_counts(actor, today=TUE).today == 0
        assert late_list(actor, today=WED).count == 0
        assert unit_duties(actor, today=TUE, bucket=Bucket.TODAY).rows == ()


def test_a_unit_out_of_reach_has_no_list(v: Village):
    elsewhere = unit_duties(v.actor("tan", today=WED), today=WED, unit_id=v.units["primary"].pk)
    here = unit_duties(v.actor("he", today=WED), today=WED, unit_id=v.units["primary-1"].pk)
    other = unit_duties(v.actor("he", today=WED), today=WED, unit_id=v.units["primary-2"].pk)

    assert (elsewhere.count, here.count, other.count) == (0, 2, 0)


def test_the_duties_of_a_child_are_shown_to_those_who_may_see_the_child(v: Village):
    call(v, WED)
    lines = duties_of_child(v.actor("chen", today=WED), v.lan.pk, today=WED)

    assert {line.state for line in lines} == {DutyState.DONE}
    with pytest.raises(Child.DoesNotExist):
        duties_of_child(v.actor("tan", today=WED), v.lan.pk, today=WED)


def test_what_a_child_is_owed_stands_by_its_last_day_and_undated_things_after_it(v: Village):
    call(v, WED, "lan")
    call(v, THU, "lan")
    owed = list(Duty.objects.filter(subject_id=v.lan.pk, state=DutyState.OPEN).order_by("pk"))
    for duty_, due_on in zip(owed, (None, FRI, THU), strict=False):
        Duty.objects.filter(pk=duty_.pk).update(
            due_on=due_on, late_since=None, risen_role="", risen_unit=None
        )

    lines = duties_of_child(v.actor("chen", today=THU), v.lan.pk, today=THU)

    days = [line.due_on for line in lines if line.bucket is not Bucket.DONE]
    assert days == sorted(days, key=lambda day: day or FRI.max)
    assert {FRI, None} <= set(days)


def test_a_bearer_whose_access_is_not_approved_sees_the_duty_without_the_name(v: Village):
    post = v.people["chen"].posts.get()
    from notoneless.access.models import AccessApproval

    AccessApproval.objects.filter(post=post).update(withdrawn_on=TUE)
    (line, _) = tray(v, "chen").today.rows

    assert line.child_name == ""


# -- posts ---------------------------------------------------------------------------------------


@pytest.mark.req("R-006", "R-307")
def test_open_duties_follow_the_post_and_not_the_person(v: Village):
    new = register_person(name="龙小燕", stamp=v.stamp())
    v.people["yan-teacher"] = new
    hand_over(v.people["chen"].pk, new.pk, on=WED, stamp=v.stamp("qin"))

    assert tray(v, "chen", WED).overdue.count == 0
    assert tray(v, "yan-teacher", WED).overdue.count == 2
    assert {line.bearers for line in tray(v, "yan-teacher", WED).overdue.rows} == {("龙小燕",)}


def test_a_stand_in_finds_the_duties_of_the_post_while_it_lasts(v: Village):
    post = v.people["chen"].posts.get()
    v.employ("bao", "包远", Role.SUBJECT_TEACHER, "primary")
    appoint(
        Appointment(
            Role.HOMEROOM_TEACHER,
            v.units["primary-1"].pk,
            v.people["bao"].pk,
            Tenure.STAND_IN,
            post.pk,
        ),
        from_on=WED,
        to_on=THU,
        stamp=v.stamp("qin"),
    )

    assert tray(v, "bao", TUE).today.count == 0
    assert tray(v, "bao", WED).overdue.count == 2
    assert tray(v, "chen", WED).overdue.count == 2
    assert tray(v, "bao", THU).overdue.count == 0
    names = {line.bearers for line in tray(v, "chen", WED).overdue.rows}
    assert names == {("陈小满", "包远")}


def test_the_duties_of_a_vacant_post_lie_with_the_next_level_until_somebody_comes(v: Village):
    post = v.people["chen"].posts.get()
    end_post(post.pk, on=TUE, version=post.version, stamp=v.stamp("qin"))

    assert rules(tray(v, "qin").today) == ["absence.investigate", "absence.visit"]
    assert {line.bearers for line in tray(v, "qin").today.rows} == {()}
    v.employ("neu", "欧阳安", Role.SUBJECT_TEACHER, "primary")
    new = Appointment(Role.HOMEROOM_TEACHER, v.units["primary-1"].pk, v.people["neu"].pk)
    appoint(new, from_on=TUE, stamp=v.stamp("qin"))
    assert tray(v, "qin").today.count == 0
    assert tray(v, "neu").today.count == 2


# -- lists ---------------------------------------------------------------------------------------


@pytest.mark.req("R-071")
def test_late_reports_are_counted_by_class_in_the_order_of_names(village: Village):
    under(village, S2_5)
    call(village, MON)
    for day in (TUE, WED):
        call(village, day, today=THU, noted_at=at(THU), now=at(THU, 8, 5), reason="停电")

    counts = late_reports(village.actor("qin", today=FRI), from_on=MON, to_on=FRI, today=FRI)
    assert [(c.unit_name, c.rule, c.late) for c in counts] == [("1", DutyRule.CALL_ROLL, 2)]
    assert late_reports(village.actor("tan", today=FRI), from_on=MON, to_on=FRI, today=FRI) == []


def test_a_changed_duty_tells_its_story_to_those_who_may_see_it(v: Village):
    sweep(v, WED)
    row = duty(DutyRule.VISIT)

    story = changes_of(v.actor("chen", today=WED), row.pk, today=WED)
    assert [(line.kind, line.risen_role) for line in story] == [("rose", Role.PRINCIPAL)]
    with pytest.raises(Duty.DoesNotExist):
        changes_of(v.actor("tan", today=WED), row.pk, today=WED)


def test_a_date_that_may_still_move_is_todays_and_never_overdue(v: Village):
    Duty.objects.update(is_due_provisional=True)

    found = tray(v, "chen", FRI)
    assert (found.overdue.count, found.today.count) == (0, 2)
    assert (found.unit.overdue, found.unit.today) == (0, 2)


def test_a_duty_without_a_date_lies_among_todays(v: Village):
    Duty.objects.update(due_on=None)

    assert tray(v, "chen", FRI).today.count == 2
    assert unit_counts(v.actor("qin", today=FRI), today=FRI).today == 2


def test_the_tray_costs_the_same_whatever_lies_in_it(v: Village):
    def cost() -> int:
        actor = v.actor("chen", today=WED)
        with CaptureQueriesContext(connection) as seen:
            in_tray(actor, today=WED)
        return len(seen)

    few = cost()
    for n in range(12):
        v.enrol(f"kid-{n}", f"石{n}", "primary-1")
    names = [f"kid-{n}" for n in range(12)]
    call(v, WED, *names)
    call(v, THU, *names)

    assert (few, cost()) == (4, 4)


@pytest.mark.req("R-304")
def test_the_county_reads_which_rules_could_not_be_applied(village: Village):
    from tests.duties.desk import adopt_pack
    from tests.policy.desk import give_packs

    give_packs(village)
    adopt_pack(village, S2_5)  # no calendar
    sweep(village, FRI)

    seen = rules_not_applied(village.actor("lu", today=FRI), today=FRI)
    assert {(line.rule, line.key, line.why) for line in seen} == {
        (DutyRule.CALL_ROLL, "calendar", "no_school_year")
    }
    assert len(seen) == 3
    own = rules_not_applied(village.actor("qin", today=FRI), today=FRI)
    assert [line.unit_name for line in own] == ["石桥乡中心小学"]


def test_a_hole_that_is_filled_leaves_the_list(village: Village):
    from tests.duties.desk import adopt_pack
    from tests.places.calendar_desk import give_calendar
    from tests.policy.desk import give_packs

    give_packs(village)
    adopt_pack(village, S2_5)
    sweep(village, FRI)
    give_calendar(village)
    sweep(village, FRI)

    # What the plan itself leaves open is still to be entered.
    left = rules_not_applied(village.actor("lu", today=FRI), today=FRI)
    assert {(line.key, line.why) for line in left} == {
        ("campaign_months", "to_be_entered"),
        ("school_report_within", "to_be_entered"),
    }


def test_somebody_who_may_not_read_policy_is_refused(village: Village):
    v = village
    v.employ("hu", "胡帮", Role.VOLUNTEER, "primary")

    with pytest.raises(NotAllowed):
        rules_not_applied(v.actor("hu", today=FRI), today=FRI)


def test_the_system_reaches_the_whole_county(v: Village):
    system = county_system(v.county_id, today=WED)

    assert unit_counts(system, today=WED).overdue == 2
    assert unit_duties(system, today=WED, limit=1).count == 2
