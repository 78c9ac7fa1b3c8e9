"""The set-up checklist, unit by unit."""

from __future__ import annotations

from collections import Counter

import pytest
from django.urls import reverse

from notoneless.flows.checklist import set_up_of
from notoneless.flows.checklist_units import Task
from notoneless.flows.coverage import save_group
from notoneless.flows.plans import readiness_below
from notoneless.places.services.groups import GroupWanted, SeatWanted
from notoneless.places.services.people import Appointment, appoint
from notoneless.places.services.units import NewUnit
from notoneless.rules.groups import GroupKind, Seat
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.flows.test_plans import plan
from tests.web.test_office_pages import text
from tests.world import TERM_START, TODAY

pytestmark = pytest.mark.django_db


def lacks(village, who):
    found = set_up_of(village.actor(who), today=TODAY)
    return {row.place.name: dict(row.lacks) for row in found.rows}


@pytest.mark.req("R-022")
def test_each_unit_below_says_what_it_lacks(village):
    for key in ("qin", "wei", "chen"):
        village.account(key)
    village.employ("song", "宋雨", Role.HOMEROOM_TEACHER, "junior-1", approved=False)

    found = lacks(village, "he")

    assert set(found) == {"石桥乡中心小学", "石桥乡初级中学"}
    assert found["石桥乡中心小学"] == {
        Task.DESIGNATED: 1,
        Task.ACCOUNTS: 1,  # the administrator
        Task.HOMEROOMS: 1,  # class 2
        Task.LESSONS: 2,
        Task.GROUPS: 1,
        Task.PLANS: 1,
        Task.TELEPHONES: 1,
    }
    assert found["石桥乡初级中学"] == {
        Task.HEADS: 1,
        Task.DESIGNATED: 1,
        Task.ACCOUNTS: 1,
        Task.APPROVALS: 1,
        Task.LESSONS: 1,
        Task.GROUPS: 1,
        Task.PLANS: 1,
        Task.TELEPHONES: 1,
    }


@pytest.mark.req("R-022")
def test_each_step_is_the_sum_of_what_the_units_lack(village):
    village.account("qin")
    found = set_up_of(village.actor("he"), today=TODAY)
    lacking = {step.task: step.total - step.done for step in found.steps}
    by_unit = sum((Counter(dict(row.lacks)) for row in found.rows), Counter())
    # The centre school itself has its head; its account, group and telephone are nobody's row.
    own = {Task.ACCOUNTS: 1, Task.GROUPS: 1, Task.TELEPHONES: 1}
    for task in Task:
        if task in lacking and task not in {Task.PASSWORDS, Task.CALENDAR, Task.POLICY}:
            assert lacking[task] == by_unit[task] + own.get(task, 0), task


def test_who_has_posts_at_two_schools_counts_once_in_all_and_shows_at_both(village):
    before = set_up_of(village.actor("he"), today=TODAY)
    person = village.people["wei"]
    appoint(
        Appointment(Role.STATUS_CLERK, village.units["junior"].pk, person.pk),
        from_on=TERM_START,
        stamp=village.stamp(),
    )
    after = set_up_of(village.actor("he"), today=TODAY)

    def accounts(found):
        (step,) = [step for step in found.steps if step.task is Task.ACCOUNTS]
        return step.total, [dict(row.lacks).get(Task.ACCOUNTS, 0) for row in found.rows]

    total, (primary, junior) = accounts(before)
    assert accounts(after) == (total, [primary, junior + 1])


@pytest.mark.parametrize(("who", "valid"), [("lu", 1), ("xiang", 1), ("he", 0)])
def test_the_groups_page_and_the_checklist_tell_the_same(village, who, valid):
    head = village.employ("zhu", "朱村长", Role.VILLAGE_HEAD, "village", approved=False)
    seats = [SeatWanted(Seat.HEAD, head.pk), SeatWanted(Seat.MEMBER, village.people["long"].pk)]
    save_group(
        village.units["village"].pk,
        GroupWanted(GroupKind.DROPOUT, seats),
        on=TODAY,
        actor=village.actor("xiang"),
        stamp=village.stamp("xiang"),
    )
    paths = [held.path for held in village.actor(who).holdings]
    rows = readiness_below(paths, county_id=village.county_id, today=TODAY)
    found = set_up_of(village.actor(who), today=TODAY)
    (step,) = [step for step in found.steps if step.task is Task.GROUPS]
    assert (step.done, step.total) == (sum(r.check.is_valid for r in rows), len(rows))
    assert step.done == valid


@pytest.mark.req("R-004")
def test_a_plan_handed_in_leaves_the_checklist_of_all_above(village):
    def counted(who):
        steps = {
            s.task: (s.done, s.total) for s in set_up_of(village.actor(who), today=TODAY).steps
        }
        return steps[Task.PLANS], "石桥乡中心小学" in [
            name for name, found in lacks(village, who).items() if Task.PLANS in found
        ]

    assert (counted("xiang"), counted("lu")) == (((0, 3), True), ((0, 4), True))
    plan(village, "qin")
    assert (counted("xiang"), counted("lu")) == (((1, 3), False), ((1, 4), False))


def test_the_township_sees_its_villages_and_the_school_nobody_below(village):
    assert Task.COVERAGE in lacks(village, "xiang")["石桥村"]
    assert "河口镇中心小学" not in lacks(village, "xiang")
    assert set_up_of(village.actor("qin"), today=TODAY).looked_at == 0


def test_a_school_without_classes_lacks_its_roster(village):
    new = NewUnit(UnitKind.SCHOOL, "新建小学", code="2199000177", stage="primary")
    village.found("new", new, g="shiqiao", e="centre")
    assert Task.ROSTER in lacks(village, "he")["新建小学"]
    assert Task.ROSTER not in lacks(village, "he")["石桥乡中心小学"]


def test_the_table_costs_the_same_however_many_units(
    village, django_assert_num_queries, django_assert_max_num_queries
):
    actor = village.actor("lu")
    set_up_of(actor, today=TODAY)
    with django_assert_max_num_queries(9) as before:
        set_up_of(actor, today=TODAY)
    for number in range(4):
        new = NewUnit(UnitKind.SCHOOL, f"新建{number}小", code=f"21990002{number}", stage="primary")
        village.found(f"new{number}", new, g="shiqiao", e="centre")
    village.found("v2", NewUnit(UnitKind.VILLAGE, "二村", code="539901102299"), g="shiqiao")
    with django_assert_num_queries(len(before)):
        set_up_of(actor, today=TODAY)


def test_what_is_missing_at_a_village_group_or_a_community_shows_at_the_unit_above(village):
    village.found("group", NewUnit(UnitKind.GROUP, "一组"), g="village")
    village.found(
        "community", NewUnit(UnitKind.COMMUNITY, "新街社区", code="539901101"), g="shiqiao"
    )
    found = lacks(village, "lu")
    assert found["石桥村"][Task.COVERAGE] == 2
    assert found["石桥乡"][Task.GROUPS] == 2
    assert not {"一组", "新街社区"} & set(found)


def test_a_class_whose_cohort_has_not_begun_needs_nobody_yet(village):
    grade = NewUnit(UnitKind.GRADE, "2027", stage="primary", entered_in=TODAY.year + 1)
    village.found("next", grade, g="primary", e="primary")
    before = lacks(village, "he")
    coming = NewUnit(UnitKind.CLASS, "1", stage="primary", entered_in=TODAY.year + 1)
    village.found("next-1", coming, g="next", e="next")
    assert lacks(village, "he") == before


def test_the_page_shows_the_table_with_links_that_one_may_follow(village, signed_in):
    browser = signed_in("he")
    page = text(browser.get(reverse("office")))
    assert "各单位还缺什么" in page
    school = village.units["primary"].pk
    assert reverse("plan", args=[school]) in page
    for route in ("plan", "lessons", "appoint"):
        assert browser.get(reverse(route, args=[school])).status_code == 200
    assert reverse("plan", args=[school]) not in text(signed_in("xiang").get(reverse("office")))
    assert "各单位还缺什么" not in text(signed_in("qin").get(reverse("office")))


def test_a_long_table_is_paged(village, signed_in):
    for number in range(40):
        new = NewUnit(UnitKind.VILLAGE, f"第{number:02}村", code=f"5399011023{number:02}")
        village.found(f"v{number}", new, g="shiqiao")
    browser = signed_in("xiang")
    assert "第39村" not in text(browser.get(reverse("office")))
    assert "第39村" in text(browser.get(reverse("office") + "?page=2"))


@pytest.mark.req("R-294")
def test_the_county_is_asked_to_name_a_child_protection_post(village, signed_in):
    def named(who):
        steps = set_up_of(village.actor(who), today=TODAY).steps
        return [(step.done, step.total) for step in steps if step.task is Task.PROTECTION]

    assert (named("lu"), named("qin")) == ([(0, 1)], [])
    assert "县局指定儿童保护专岗" in signed_in("lu").get("/office/").content.decode()
    village.employ("deng", "邓守义", Role.CHILD_PROTECTION_OFFICER, "bureau")
    assert named("lu") == [(1, 1)]
