"""The pages around the sheet: today, result, versions, gaps, lessons, paper."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from notoneless.access.services import approve_access
from notoneless.attendance.models import LessonMark, Roll
from notoneless.flows.rolls.today import CallState, rolls_today
from notoneless.places.models import Post
from notoneless.places.services.people import (
    Appointment,
    appoint,
    assign_lesson,
    register_person,
)
from notoneless.places.services.units import NewUnit
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.roles import Role, Tenure
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, SAT, THU, WED, at, call, open_school, standing
from tests.attendance.test_queries import adopt_rules, said
from tests.web.test_rolls_sheet import address, text
from tests.world import TERM_START, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


@pytest.fixture
def song(school: Village) -> Village:
    """With Song, who teaches mathematics in class 1."""
    school.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=school.units["primary-1"].pk,
        person_id=school.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=school.stamp("qin"),
    )
    return school


def states(school: Village, who: str, now: Any = None) -> dict[str, CallState]:
    """Session → state of the actor's only class today."""
    now = now or at(FRI, 8)
    (only,) = rolls_today(school.actor(who), today=FRI, now=now)
    return {roll.session: roll.state for roll in only.sessions}


# -- my classes today --------------------------------------------------------------------------


@pytest.mark.req("R-068")
def test_a_teacher_finds_the_own_class_with_one_way_into_its_sheet(school, signed_in):
    html = text(signed_in("chen").get("/roll/"))

    assert "三年级1班" in html
    assert "三年级2班" not in html
    assert address(school) in html


@pytest.mark.req("R-068")
@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [(9, 0, CallState.OPEN), (9, 1, CallState.OVERDUE)],
)
def test_nine_sharp_is_in_time_and_a_minute_later_is_not(school, hour, minute, state):
    adopt_rules(school, daily_attendance_report_by=said("09:00"))

    assert states(school, "chen", at(FRI, hour, minute)) == {"day": state}


def test_each_session_of_the_policy_has_its_own_state(school, signed_in):
    adopt_rules(school, roll_sessions=said(("morning", "afternoon")))
    call(school, FRI, "lan", session="morning")

    assert states(school, "chen") == {"morning": CallState.CALLED, "afternoon": CallState.OPEN}
    html = text(signed_in("chen").get("/roll/"))
    assert "08:00 已点" in html
    assert "缺 1 人" in html


def test_what_contends_is_neither_open_nor_settled(school, signed_in):
    call(school, FRI, "lan")
    call(school, FRI, "gang", by="qin")

    assert states(school, "chen") == {"day": CallState.CONTENDED}
    assert "等待裁定" in text(signed_in("chen").get("/roll/"))


def test_a_stand_in_finds_the_class_and_is_told_why(school, signed_in):
    person = register_person(name="代班", stamp=school.stamp())
    school.people["standin"] = person
    post = appoint(
        Appointment(
            Role.HOMEROOM_TEACHER,
            school.units["primary-1"].pk,
            person.pk,
            tenure=Tenure.STAND_IN,
            stands_in_for=Post.objects.get(person=school.people["chen"]).pk,
        ),
        from_on=THU,
        to_on=SAT,
        stamp=school.stamp("qin"),
    )
    approve_access(post.pk, purpose="代班", from_on=THU, to_on=SAT, stamp=school.stamp("qin"))

    html = text(signed_in("standin").get("/roll/"))
    assert "三年级1班" in html
    assert "代班" in html


def test_the_keeper_finds_boarders_in_the_evening_and_on_the_eve_of_a_school_week(school):
    school.employ("keeper", "管叔", Role.DORMITORY_KEEPER, "primary")
    assert rolls_today(school.actor("keeper"), today=FRI, now=at(FRI)) == []
    school.enrol("zhu", "朱住校", "primary-1", is_boarding=True)

    assert states(school, "keeper") == {"evening": CallState.OPEN}
    assert states(school, "keeper", at(FRI, 21, 1)) == {"evening": CallState.OVERDUE}
    sunday = SAT + timedelta(days=1)
    (only,) = rolls_today(school.actor("keeper", today=sunday), today=sunday, now=at(sunday))
    assert [roll.session for roll in only.sessions] == ["return"]


@pytest.mark.req("R-067")
def test_a_subject_teacher_finds_lessons_and_no_roll_of_the_class(song, signed_in):
    html = text(signed_in("song").get("/roll/"))

    assert f"/roll/lesson/{song.units['primary-1'].pk}/" in html
    assert address(song) not in html


def test_on_a_day_off_the_class_can_still_be_called(school, signed_in):
    with time_machine.travel(at(SAT), tick=False):
        html = text(signed_in_on(school, "chen").get("/roll/"))
    assert "今天不上课" in html
    assert address(school, SAT) in html


def signed_in_on(school: Village, who: str):
    from django.test import Client

    client = Client()
    client.force_login(school.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_teacher_without_pupils_is_told_whom_to_ask(school, signed_in):
    new = NewUnit(UnitKind.CLASS, "9", stage="primary", entered_in=2024)
    school.found("primary-9", new, g="primary-grade", e="primary-grade")
    school.employ("new", "新来", Role.HOMEROOM_TEACHER, "primary-9")

    assert "没有要您点名的班级" in text(signed_in("new").get("/roll/"))


def test_who_calls_nothing_is_led_to_what_is_missing_or_refused(school, signed_in):
    school.employ("ou", "欧远", Role.COUNTY_LEADER, "county")

    assert signed_in("he").get("/roll/")["Location"] == "/roll/missing/"
    assert signed_in("ou").get("/roll/").status_code == 409


def test_today_costs_the_same_for_one_class_and_for_many(school, signed_in):
    client = signed_in("qin")
    client.get("/roll/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/roll/")
        return len(seen)

    before = cost()
    for number in "3456":
        new = NewUnit(UnitKind.CLASS, number, stage="primary", entered_in=2024)
        school.found(f"primary-{number}", new, g="primary-grade", e="primary-grade")
        school.enrol(f"one{number}", "甲", f"primary-{number}")
        call(school, FRI, f"one{number}", by="qin", at=f"primary-{number}")
    assert cost() == before <= 16


# -- the result and its versions ---------------------------------------------------------------


def test_a_class_that_was_not_called_is_unknown_and_nobody_is_counted_present(school, signed_in):
    html = text(signed_in("wei").get(address(school) + "result/"))

    assert "还没有点名" in html
    assert "到齐" not in html
    assert "都还不知道" in html


def test_an_uncalled_day_of_the_week_is_never_shown_as_held(school, signed_in):
    call(school, THU)
    week = signed_in("chen").get(address(school)).context["week"]

    shown = {day["on"]: (day["state"], day["label"]) for day in week["days"]}
    assert shown[WED] == ("missing", "未点名")
    assert shown[THU] == ("held", "到齐")
    assert shown[FRI] == ("later", "未点名")


def test_half_a_day_is_half_a_day(school, signed_in):
    adopt_rules(school, roll_sessions=said(("morning", "afternoon")))
    call(school, FRI, session="morning")
    week = signed_in("chen").get(f"/classes/{school.units['primary-1'].pk}/").context["week"]

    friday = next(day for day in week["days"] if day["on"] == FRI)
    assert (friday["state"], friday["label"]) == ("later", "1/2 次")
    assert friday["url"].endswith("/afternoon/")


@pytest.mark.req("R-069")
def test_all_that_was_sent_stays_readable_with_what_differs(school, signed_in):
    first = call(school, FRI, "lan")
    call(school, FRI, "gang", based_on=first.roll_id, reason="认错了")

    page = signed_in("wei").get(address(school) + "versions/")
    assert len(page.context["versions"]) == 2
    assert [line.differs for line in page.context["compared"]] == [True, True]
    assert "认错了" in text(page)
    assert "以这一张为准" not in text(page)


def test_contending_rolls_stand_side_by_side_until_somebody_decides(school, signed_in):
    first = call(school, FRI, "lan")
    second = call(school, FRI, "gang", by="qin")
    client, there = signed_in("chen"), address(school) + "versions/"

    assert "以这一张为准" in text(client.get(there))
    assert client.post(there, {"reason": "核实"}).status_code == 422
    refused = client.post(there, {"roll": str(second.roll_id), "reason": " "})
    assert "ROLL-13" in text(refused)
    assert str(second.roll_id) in refused.context["choice"].roll
    done = client.post(there, {"roll": str(second.roll_id), "reason": "电话核实"})

    assert done.status_code == 302
    assert standing(school, FRI).pk == second.roll_id
    page = text(client.get(there))
    assert "电话核实" in page
    again = client.post(there, {"roll": str(first.roll_id), "reason": "再来"})
    assert "ROLL-12" in text(again)


@pytest.mark.parametrize(("who", "status"), [("wei", 409), ("lu", 409), ("tan", 404)])
def test_only_who_answers_for_the_class_decides(school, signed_in, who, status):
    first = call(school, FRI, "lan")
    call(school, FRI, "gang", by="qin")
    said_ = {"roll": str(first.roll_id), "reason": "核实"}

    assert signed_in(who).post(address(school) + "versions/", said_).status_code == status
    assert Roll.objects.filter(superseded_at=None).count() == 2


def test_a_roll_of_another_sheet_decides_nothing_here(school, signed_in):
    call(school, FRI, "lan")
    call(school, FRI, "gang", by="qin")
    other = call(school, FRI, by="qin", at="primary-2")
    said_ = {"roll": str(other.roll_id), "reason": "核实"}

    answer = signed_in("qin").post(address(school) + "versions/", said_)
    assert "ROLL-12" in text(answer)


def test_what_waits_for_a_decision_is_listed_for_who_may_decide(school, signed_in):
    call(school, FRI, "lan")
    call(school, FRI, "gang", by="qin")

    assert "对照并裁定" in text(signed_in("qin").get("/roll/contended/"))
    assert "对照查看" in text(signed_in("wei").get("/roll/contended/"))
    assert "没有待裁定" in text(signed_in("tan").get("/roll/contended/"))


# -- what is missing ---------------------------------------------------------------------------


@pytest.mark.req("R-068")
def test_missing_rolls_say_since_when_and_who_should(school, signed_in):
    adopt_rules(school, daily_attendance_report_by=said("09:00"))
    call(school, WED)
    with time_machine.travel(at(FRI, 9, 5), tick=False):
        client = signed_in_on(school, "qin")
        page = client.get("/roll/missing/")
    html = text(page)

    assert "过了 09:00" in html
    assert "陈小满" in html
    assert "没有班主任" in html
    assert "最近一次点名 11月18日 周三" in html
    assert "从未点名" in html
    assert "应点 2 次，已点 0 次" in html


@pytest.mark.req("R-068")
@pytest.mark.parametrize(
    ("who", "classes"), [("chen", 1), ("qin", 2), ("he", 3), ("lu", 4), ("tan", 1)]
)
def test_missing_rises_from_the_class_to_the_county(school, signed_in, who, classes):
    page = signed_in(who).get("/roll/missing/", {"day": str(THU)})

    assert page.context["overdue"] == classes


@pytest.mark.parametrize(("school_key", "count"), [("primary", 2), ("other", 0)])
def test_missing_of_one_school_and_of_none_out_of_reach(school, signed_in, school_key, count):
    asked = {"day": str(THU), "school": str(school.units[school_key].pk)}

    assert signed_in("he").get("/roll/missing/", asked).context["overdue"] == count
    assert signed_in("he").get("/roll/missing/", {"school": "x"}).status_code == 404


def test_before_the_hour_nothing_is_missing_and_called_ones_are_not_listed(school, signed_in):
    call(school, THU, at="primary-1")
    html = text(signed_in("chen").get("/roll/missing/"))
    assert "还有 1 次没到时间" in html
    assert "应点的都点了" in text(signed_in("chen").get("/roll/missing/", {"day": str(THU)}))
    assert "这一天不用点名" in text(
        signed_in("chen").get("/roll/missing/", {"day": str(MON - timedelta(days=1))})
    )


def test_missing_goes_out_as_a_workbook_with_its_rows(school, signed_in):
    answer = signed_in("lu").get("/roll/missing/", {"day": str(THU), "format": "xlsx"})
    page = load_workbook(BytesIO(b"".join(answer.streaming_content))).active

    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[2][:2] == ["学校", "班级"]
    assert len(rows) == 3 + 4


def test_missing_is_paged_by_school_and_costs_the_same_for_many(school, signed_in):
    client = signed_in("lu")

    def cost(**more: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/roll/missing/", {"day": str(THU), **more}).status_code == 200
        return len(seen)

    def found(first: int, last: int) -> None:
        for n in range(first, last):
            new = NewUnit(UnitKind.SCHOOL, f"第{n}小学", code=f"21990002{n:02}", stage="primary")
            school.found(f"s{n}", new, g="hekou", e="bureau")
            grade = NewUnit(UnitKind.GRADE, "2024", stage="primary", entered_in=2024)
            school.found(f"s{n}-grade", grade, g=f"s{n}", e=f"s{n}")
            one = NewUnit(UnitKind.CLASS, "1", stage="primary", entered_in=2024)
            school.found(f"s{n}-1", one, g=f"s{n}-grade", e=f"s{n}-grade")
            school.enrol(f"child{n}", "甲", f"s{n}-1")

    found(10, 15)
    cost()
    before = cost()
    found(15, 35)
    cost(), cost(page="2")
    assert cost() == cost(page="2") == before <= 16
    assert len(client.get("/roll/missing/", {"day": str(THU)}).context["page"].object_list) == 20
    last = client.get("/roll/missing/", {"day": str(THU), "page": "99"})
    assert len(last.context["page"].object_list) == 8


# -- lessons -----------------------------------------------------------------------------------


def lesson(school: Village) -> str:
    return f"/roll/lesson/{school.units['primary-1'].pk}/"


@pytest.mark.req("R-067", "T01")
def test_one_tap_marks_and_the_class_teacher_sees_it_at_once(song, signed_in):
    client = signed_in("song")
    tap = f"miss.{song.lan.pk}.{uuid7()}"
    client.post(lesson(song) + "tap/", {"tap": tap, "lesson": "3"})

    mark = LessonMark.objects.get()
    assert (mark.child, mark.lesson, mark.by) == (song.lan, 3, song.people["song"])
    for page in (address(song), "/roll/"):
        html = text(signed_in("chen").get(page))
        assert "第 3 节" in html or "缺第 3 节" in html
        assert "吴小兰" in html


@pytest.mark.req("R-067")
def test_a_tap_by_htmx_answers_the_cell_and_another_takes_it_back(song, signed_in):
    client = signed_in("song")
    tap = f"miss.{song.lan.pk}.{uuid7()}"
    htmx: dict[str, Any] = {"headers": {"HX-Request": "true"}}
    cell = client.post(lesson(song) + "tap/", {"tap": tap, "lesson": "3"}, **htmx)

    html = text(cell)
    assert 'aria-pressed="true"' in html
    assert "<html" not in html
    assert "1 人缺课" in html
    again = client.post(lesson(song) + "tap/", {"tap": tap, "lesson": "3"}, **htmx)
    assert again.status_code == 200
    assert LessonMark.objects.count() == 1
    back = f"back.{song.lan.pk}.{LessonMark.objects.get().pk}"
    assert 'aria-pressed="false"' in text(
        client.post(lesson(song) + "tap/", {"tap": back, "lesson": "3"}, **htmx)
    )
    assert LessonMark.objects.get().withdrawn_at is not None


@pytest.mark.req("R-067")
def test_the_lesson_opened_last_is_offered_first(song, signed_in):
    client = signed_in("song")

    assert client.get(lesson(song)).context["lesson"] == 1
    client.get(lesson(song), {"lesson": "4"})
    assert client.get(lesson(song)).context["lesson"] == 4
    assert client.get(lesson(song), {"lesson": "13"}).context["lesson"] == 4


def test_who_teaches_one_class_is_led_straight_into_it(song, signed_in):
    assert signed_in("song").get("/roll/lesson/")["Location"] == lesson(song)


def test_lessons_of_a_class_not_taught_are_not_found_or_refused(song, signed_in):
    other = f"/roll/lesson/{song.units['primary-2'].pk}/"
    tap = {"tap": f"miss.{song.children['yan'].pk}.{uuid7()}", "lesson": "1"}

    assert signed_in("song").get(other).status_code == 404
    assert signed_in("song").post(other + "tap/", tap).status_code == 404
    assert signed_in("wei").get(lesson(song)).status_code == 409
    assert not LessonMark.objects.exists()


def test_a_child_of_another_class_is_not_marked_by_a_made_up_button(song, signed_in):
    tap = {"tap": f"miss.{song.children['yan'].pk}.{uuid7()}", "lesson": "1"}
    answer = signed_in("song").post(lesson(song) + "tap/", tap)

    assert answer.status_code == 409
    assert "ROLL-01" in text(answer)
    assert signed_in("song").post(lesson(song) + "tap/", {"tap": "x"}).status_code == 302
    assert not LessonMark.objects.exists()


def test_whom_the_roll_has_missing_is_no_news_in_the_lesson(song, signed_in):
    call(song, FRI, "lan", reasons={"gang": Reason.LATE})
    lan, gang = signed_in("song").get(lesson(song)).context["cells"]

    assert (lan.is_missing_today, gang.is_missing_today) == (True, False)


def test_a_tap_costs_the_same_in_a_full_class(song, signed_in, django_assert_max_num_queries):
    for n in range(58):
        song.enrol(f"p{n}", "甲", "primary-1")
    client = signed_in("song")
    client.get(lesson(song))

    with django_assert_max_num_queries(45):
        client.post(
            lesson(song) + "tap/",
            {"tap": f"miss.{song.lan.pk}.{uuid7()}", "lesson": "3"},
            headers={"HX-Request": "true"},
        )


# -- paper -------------------------------------------------------------------------------------


def test_the_paper_has_the_class_and_a_column_for_each_school_day(school, signed_in):
    page = signed_in("chen").get(f"/roll/{school.units['primary-1'].pk}/paper/")

    assert "吴小兰" in text(page)
    assert [day.on for day in page.context["days"]] == [MON + timedelta(days=n) for n in range(5)]


def test_the_paper_has_a_column_for_each_session_and_none_for_holidays(school, signed_in):
    adopt_rules(school, roll_sessions=said(("morning", "afternoon")))
    there = f"/roll/{school.units['primary-1'].pk}/paper/"
    client = signed_in("chen")

    assert client.get(there).context["columns"] == 10
    golden = client.get(there, {"week": "2026-09-28"})  # 1 October begins in it
    assert [day.on.day for day in golden.context["days"]] == [28, 29, 30]
    assert "这一周不上课" in text(client.get(there, {"week": "2027-02-01"}))


def test_on_a_weekend_the_paper_is_next_weeks(school):
    with time_machine.travel(at(SAT), tick=False):
        client = signed_in_on(school, "chen")
        page = client.get(f"/roll/{school.units['primary-1'].pk}/paper/")
    assert page.context["days"][0].on == MON + timedelta(days=7)


@pytest.mark.parametrize(("size", "blocks"), [(30, 1), (31, 2), (60, 2)])
def test_long_classes_stand_in_two_blocks(school, signed_in, size, blocks):
    for n in range(size - 2):
        school.enrol(f"p{n}", "甲", "primary-1")
    page = signed_in("chen").get(f"/roll/{school.units['primary-1'].pk}/paper/")

    assert [len(block) for block in page.context["blocks"]] == (
        [size] if blocks == 1 else [-(-size // 2), size // 2]
    )


def test_paper_of_another_school_is_not_found(school, signed_in):
    assert signed_in("tan").get(f"/roll/{school.units['primary-1'].pk}/paper/").status_code == 404
    assert signed_in("shi").get(f"/roll/{school.units['primary-1'].pk}/paper/").status_code == 409


# -- the first session that is missing -----------------------------------------------------------


@pytest.mark.req("R-068")
def test_the_duty_of_a_missing_roll_opens_the_first_session_that_is_missing(school, signed_in):
    client = signed_in("chen")
    first = f"/roll/{school.units['primary-1'].pk}/{FRI}/"
    assert client.get(first).url == address(school)

    adopt_rules(school, roll_sessions=said(("morning", "afternoon", "evening")))
    assert client.get(first).url == address(school, session="morning")
    call(school, FRI, session="morning")
    assert client.get(first).url == address(school, session="afternoon")
    call(school, FRI, session="afternoon", now=at(FRI, 15))
    assert client.get(first).url == address(school, session="morning")


def test_the_first_session_is_nobodys_whose_class_it_is_not(school, signed_in):
    first = f"/roll/{school.units['primary-1'].pk}"
    assert signed_in("tan").get(f"{first}/{FRI}/").status_code == 404
    assert signed_in("chen").get(f"{first}/{SAT}/").status_code == 409
    assert signed_in("chen").get(f"{first}/nonsense/").status_code == 404


# -- from an absent child to its leave -------------------------------------------------------------


@pytest.mark.req("R-069")
def test_result_and_sheet_lead_to_leave_for_a_child_without_explanation(school, signed_in):
    call(school, FRI, "lan", reasons={"gang": Reason.SICK})
    leave = f"/leave/new/?child={school.lan.pk}"
    for_gang = f"/leave/new/?child={school.children['gang'].pk}"
    result = text(signed_in("chen").get(address(school) + "result/"))

    assert leave in result
    assert for_gang not in result
    assert leave in text(signed_in("chen").get(address(school) + "?edit=1"))
    assert leave not in text(signed_in("shao").get(address(school) + "result/"))
