"""On paper and never seen, and away long without proof."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from notoneless.attendance.services.leave import NewLeave
from notoneless.flows.rolls.leave import ask_leave
from notoneless.journal.models import Reading
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.policy.measures import Operator
from tests.attendance.register import FRI, MON, THU, TUE, WED, at, call, open_school
from tests.attendance.test_queries import adopt_rules, said
from tests.world import Village

pytestmark = [pytest.mark.req("R-068"), pytest.mark.req("R-072")]


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def text(answer):
    return answer.content.decode()


def unseen(answer) -> list[str]:
    return [row.name for row in answer.context["rows"]]


def test_who_was_called_and_never_there_is_named_and_a_class_not_called_is_not(school, signed_in):
    for day in (WED, THU):
        call(school, day, "lan")
    answer = signed_in("qin").get("/presence/never-seen/")

    assert unseen(answer) == ["吴小兰"]
    html = text(answer)
    assert "没有人知道" in html
    assert "三年级2班" in html
    assert "䶮雨晴" not in html
    assert Reading.objects.get().row_count == 1


@pytest.mark.parametrize(("called", "is_long"), [(3, False), (4, True)])
def test_a_run_is_long_from_the_figure_of_the_plan_on(school, signed_in, called, is_long):
    adopt_rules(school, phantom_absence_days=said(4, "school_days", Operator.AT_LEAST))
    call(school, date(2026, 11, 13))
    for day in (MON, TUE, WED, THU)[:called]:
        call(school, day, "lan")
    answer = signed_in("qin").get("/presence/never-seen/")

    assert unseen(answer) == []
    assert [row.name for row in answer.context["away"]] == (["吴小兰"] if is_long else [])


def test_long_leave_without_proof_stands_beside_them_with_its_last_day(school, signed_in):
    adopt_rules(
        school,
        long_leave_from=said(5, "school_days", Operator.AT_LEAST),
        leave_proof_within=said(3, "school_days", Operator.AT_MOST),
    )
    call(school, date(2026, 11, 13))
    new = NewLeave(school.lan.pk, LeaveKind.SICK, MON, MON + timedelta(days=14), AskedBy.GUARDIAN)
    ask_leave(school.actor("chen"), new, today=FRI, now=at(FRI), approve=True)

    html = text(signed_in("qin").get("/presence/never-seen/"))
    assert "长假欠证明" in html
    assert '<span class="overdue">11月19日 周四</span>' in html


def test_it_is_for_those_who_see_the_whole_school(school, signed_in):
    there = {"school": school.units["primary"].pk}

    assert signed_in("tan").get("/presence/never-seen/", there).status_code == 404
    assert signed_in("chen").get("/presence/never-seen/", there).status_code == 404
    assert "没有学校或班级" in text(signed_in("chen").get("/presence/never-seen/"))
    assert "按学校计数" in text(signed_in("lu").get("/presence/never-seen/"))
    assert signed_in("shi").get("/presence/never-seen/").status_code == 409


@pytest.mark.req("T08")
def test_the_county_reads_the_same_numbers_school_by_school(school, signed_in):
    adopt_rules(school, phantom_absence_days=said(2, "school_days", Operator.AT_LEAST))
    for day in (WED, THU):
        call(school, day, "lan", "gang")
    call(school, FRI, "lan")
    call(school, FRI, by="tan", at="other-1")
    answer = signed_in("lu").get("/presence/never-seen/")

    rows = {
        row.school.id: (row.unseen, row.phantom, row.uncalled) for row in answer.context["rows"]
    }
    assert rows[school.units["primary"].pk] == (1, 1, 1)  # class 2 was never called
    assert rows[school.units["other"].pk] == (0, 0, 0)
    there = {"school": school.units["primary"].pk}
    assert unseen(signed_in("lu").get("/presence/never-seen/", there)) == ["吴小兰"]


def test_who_was_there_for_half_a_day_only_is_judged_by_the_rules(school, signed_in):
    adopt_rules(
        school,
        roll_sessions=said(("morning", "afternoon")),
        half_days_make_absent_day=said("any_half"),
    )
    call(school, THU, session="morning")
    call(school, THU, "lan", session="afternoon", now=at(THU, 15))
    answer = signed_in("lu").get("/presence/never-seen/")

    assert {row.school.id: row.unseen for row in answer.context["rows"]}[
        school.units["primary"].pk
    ] == 1


def test_the_file_says_what_for(school, signed_in):
    call(school, THU, "lan")
    client = signed_in("qin")

    answer = client.post("/presence/never-seen/export/", {"purpose": "人籍核查"})
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert "人籍核查" in str(rows[0][0])
    assert rows[3][:3] == ("三年级1班", "吴小兰", "开学以来没有见到")
    assert Reading.objects.get().kind == "children.exported"


def test_the_page_costs_the_same_for_one_and_for_sixty(
    school, signed_in, django_assert_max_num_queries
):
    for n in range(60):
        school.enrol(f"c{n}", f"张第{n}", "primary-1")
    call(school, THU, *(f"c{n}" for n in range(60)))
    client = signed_in("qin")
    client.get("/presence/never-seen/")
    with django_assert_max_num_queries(30):
        assert "共 60 人" in text(client.get("/presence/never-seen/"))
