"""The set-up checklist, unit by unit."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notoneless.flows.checklist import Task, set_up_of
from notoneless.flows.checklist_units import lacks_below
from notoneless.places.services.units import NewUnit
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.flows.test_plans import plan
from tests.web.test_office_pages import text
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def lacks(village, who):
    found = lacks_below(village.actor(who), today=TODAY)
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
    }
    assert found["石桥乡初级中学"] == {
        Task.HEADS: 1,
        Task.DESIGNATED: 1,
        Task.ACCOUNTS: 1,
        Task.APPROVALS: 1,
        Task.LESSONS: 1,
        Task.GROUPS: 1,
        Task.PLANS: 1,
    }


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
    assert lacks_below(village.actor("qin"), today=TODAY).total == 0


def test_a_school_without_classes_lacks_its_roster(village):
    new = NewUnit(UnitKind.SCHOOL, "新建小学", code="2199000177", stage="primary")
    village.found("new", new, g="shiqiao", e="centre")
    assert Task.ROSTER in lacks(village, "he")["新建小学"]
    assert Task.ROSTER not in lacks(village, "he")["石桥乡中心小学"]


def test_the_table_costs_the_same_however_many_units(
    village, django_assert_num_queries, django_assert_max_num_queries
):
    actor = village.actor("lu")
    lacks_below(actor, today=TODAY)
    with django_assert_max_num_queries(20) as before:
        lacks_below(actor, today=TODAY)
    for number in range(4):
        new = NewUnit(UnitKind.SCHOOL, f"新建{number}小", code=f"21990002{number}", stage="primary")
        village.found(f"new{number}", new, g="shiqiao", e="centre")
    village.found("v2", NewUnit(UnitKind.VILLAGE, "二村", code="539901102299"), g="shiqiao")
    with django_assert_num_queries(len(before)):
        lacks_below(actor, today=TODAY)


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
