"""The first page: what I have to do, my classes and units today, then who I am here."""

from __future__ import annotations

import pytest

from notoneless.flows.checklist import set_up_of
from notoneless.flows.checklist_units import Task
from notoneless.rules.roles import Role
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]


def text(page):
    return page.content.decode()


def test_a_teacher_sees_posts_reach_and_no_checklist(signed_in):
    page = text(signed_in("chen").get("/"))
    assert "陈小满" in page
    assert "班主任" in page
    assert "三年级1班" in page
    assert "2027-09-01 前有效" in page
    assert "启用清单" not in page


def test_an_administrator_sees_how_far_the_set_up_has_come(signed_in):
    page = text(signed_in("shi").get("/"))
    assert "启用清单" in page
    assert "不看儿童信息" in page


def test_who_waits_for_approval_is_told(village, signed_in):
    village.employ("song", "宋雨", Role.HOMEROOM_TEACHER, "primary-2", approved=False)
    assert "等待负责人批准" in text(signed_in("song").get("/"))


def test_steps_are_counted_from_what_is_on_record(village):
    def steps(who):
        return {s.task: (s.done, s.total) for s in set_up_of(village.actor(who), today=TODAY).steps}

    school = steps("shi")
    assert school[Task.HEADS] == (1, 1)
    assert school[Task.DESIGNATED] == (0, 1)
    assert school[Task.HOMEROOMS] == (1, 2)
    assert school[Task.GROUPS] == (0, 1)
    assert school[Task.ACCOUNTS] == (0, 4)
    assert Task.TOWNSHIPS not in school
    county = steps("mo")
    assert county[Task.TOWNSHIPS] == (2, 2)
    assert county[Task.HEADS] == (4, 7)
    village.account("wei")
    assert steps("shi")[Task.ACCOUNTS] == (1, 4)


@pytest.mark.parametrize("url", ["/", "/office/"])
def test_the_first_pages_cost_few_statements(signed_in, django_assert_max_num_queries, url):
    browser = signed_in("lu")
    browser.get(url)  # the first look after a change of policy puts it together
    with django_assert_max_num_queries(19):
        browser.get(url)


def test_the_first_page_walks_no_units(signed_in, monkeypatch):
    monkeypatch.setattr("notoneless.flows.checklist.sum_units", None)
    assert "看还差什么" in text(signed_in("lu").get("/"))


def test_the_checklist_links_only_to_what_the_reader_may_do(signed_in):
    page = text(signed_in("shi").get("/office/"))
    assert "看空缺" in page
    assert "去审批" not in page
    assert "去审批" in text(signed_in("qin").get("/office/"))
