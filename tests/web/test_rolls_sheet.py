"""The sheet on a phone: what is shown, what is posted, what comes back when it is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Absence, Roll
from notoneless.attendance.services.leave import NewLeave
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.children.models import Enrolment
from notoneless.flows.rolls.leave import ask_leave
from notoneless.flows.rolls.lessons import mark_missing
from notoneless.journal.models import Reading
from notoneless.places.services.people import assign_lesson
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, NEXT_MON, SAT, THU, at, call, open_school, standing
from tests.attendance.test_queries import adopt_rules, said
from tests.duties.desk import S1_29, adopt_pack
from tests.world import NOW, TERM_START, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-068")]


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


def address(school: Village, day: date = FRI, session: str = "day", at: str = "primary-1") -> str:
    return f"/roll/{school.units[at].pk}/{day}/{session}/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def hidden(answer: Any) -> dict[str, str]:
    """The fields that the page itself has filled: its id and the roll it shows."""
    typed = answer.context["typed"]
    return {"id": str(answer.context["sheet_id"]), "based_on": str(typed.based_on or "")}


def form(school: Village, *missing: str, **more: str) -> dict[str, str]:
    """A sheet as a phone posts it; ``missing`` names children."""
    ticks = {f"c{n}": str(school.children[name].pk) for n, name in enumerate(missing, start=1)}
    return {"id": str(uuid7()), "based_on": "", "noted_at": "", **ticks, **more}


# -- what is shown -----------------------------------------------------------------------------


def test_the_sheet_shows_every_name_unmarked_and_notes_the_reading(school, signed_in):
    answer = signed_in("chen").get(address(school))

    html = text(answer)
    assert "吴小兰" in html
    assert "杨大刚" in html
    assert "䶮雨晴" not in html
    assert not any(row.is_marked for row in answer.context["rows"])
    assert Reading.objects.filter(kind="children.listed", row_count=2).count() == 1


@pytest.mark.req("R-069")
def test_leave_has_marked_its_child_and_lessons_and_yesterday_are_told(school, signed_in):
    call(school, THU, "gang")
    ask_leave(
        school.actor("chen"),
        NewLeave(school.lan.pk, LeaveKind.SICK, FRI, SAT, AskedBy.GUARDIAN, "发烧"),
        today=FRI,
        now=at(FRI, 7),
        approve=True,
    )
    mark = NewLessonMark(uuid7(), school.units["primary-1"].pk, school.children["gang"].pk, FRI, 2)
    mark_missing(school.actor("chen"), mark, noted_at=at(FRI), today=FRI, now=at(FRI))

    answer = signed_in("chen").get(address(school))

    lan, gang = answer.context["rows"]
    assert (lan.is_marked, lan.typed.reason) == (True, "sick")
    assert not gang.is_marked
    assert "已请假" in text(answer)
    assert "缺第 2 节" in text(answer)


def test_every_reason_is_offered_and_the_unexplained_comes_first(school, signed_in):
    offered = [
        reason for reason, _word in signed_in("chen").get(address(school)).context["reasons"]
    ]

    assert offered[0] is Reason.UNEXPLAINED
    assert set(offered) == set(Reason)


@pytest.mark.parametrize("who", ["wei", "lu", "he"])
def test_who_may_only_read_is_led_to_the_result(school, signed_in, who):
    answer = signed_in(who).get(address(school))

    assert answer["Location"] == address(school) + "result/"
    assert signed_in(who).post(address(school), form(school)).status_code == 409
    assert not Roll.objects.exists()


@pytest.mark.parametrize("who", ["tan", "long"])
def test_for_people_of_another_place_there_is_no_such_sheet(school, signed_in, who):
    client = signed_in(who)

    assert client.get(address(school)).status_code == 404
    assert client.post(address(school), form(school, "lan")).status_code == 404
    for page in ("result/", "versions/"):
        assert client.get(address(school) + page).status_code == 404


@pytest.mark.parametrize(
    "wrong", ["2026-13-01/day", "20261120/day", "x/day", "0001-01-01/day", "2026-11-20/noon"]
)
def test_an_address_that_names_no_roll_is_not_found(school, signed_in, wrong):
    there = f"/roll/{school.units['primary-1'].pk}/{wrong}/"
    assert signed_in("chen").get(there).status_code == 404


def test_tomorrow_is_told_to_be_tomorrow(school, signed_in):
    answer = signed_in("chen").get(address(school, SAT))

    assert answer.status_code == 409
    assert "不能提前点名" in text(answer)


def test_a_day_before_anybody_was_in_the_class_is_told_so(school, signed_in):
    answer = signed_in("chen").get(address(school, TERM_START - timedelta(days=3)))

    assert answer.status_code == 409
    assert "ROLL-09" in text(answer)


# -- what is posted ----------------------------------------------------------------------------


def test_all_there_is_one_post_and_leads_to_the_result(school, signed_in):
    client = signed_in("chen")
    answer = client.post(address(school), {**form(school), **hidden(client.get(address(school)))})

    roll = Roll.objects.get()
    assert answer["Location"] == f"{address(school)}result/?sent={roll.pk}"
    assert "全班到齐，2 人" in text(client.get(answer["Location"]))


@pytest.mark.req("R-069")
def test_each_missing_child_keeps_reason_minutes_and_note(school, signed_in):
    signed_in("chen").post(
        address(school),
        form(school, "lan", "gang", why1="late", minutes1="15", why2="sick", note2="发烧 38 度"),
    )

    late, sick = (Absence.objects.get(child=school.children[name]) for name in ("lan", "gang"))
    assert (late.reason, late.minutes_late) == ("late", 15)
    assert (sick.reason, sick.note) == ("sick", "发烧 38 度")


def test_a_reason_nobody_chose_is_unexplained_and_minutes_of_the_absent_are_dropped(
    school, signed_in
):
    signed_in("chen").post(address(school), form(school, "lan", minutes1="20"))

    absence = Absence.objects.get()
    assert (absence.reason, absence.minutes_late) == ("unexplained", 0)


@pytest.mark.req("R-070")
def test_the_result_names_the_missing_and_what_is_to_be_done(school, signed_in):
    adopt_pack(school, S1_29)
    call(school, THU, "lan")
    client = signed_in("chen")
    answer = client.post(address(school), form(school, "lan"))
    page = client.get(answer["Location"])

    assert "到 1 人，应到 2 人" in text(page)
    assert {duty.child_name for duty in page.context["duties"]} == {"吴小兰"}
    assert "接下来要做" in text(page)


def test_a_session_not_held_says_why(school, signed_in):
    client = signed_in("chen")
    answer = client.post(address(school), form(school, state="not_held", not_held_reason="停电"))

    assert standing(school, FRI).state == "not_held"
    assert "没有上课" in text(client.get(answer["Location"]))


def test_not_held_without_a_reason_keeps_the_leave_that_was_marked(school, signed_in):
    answer = signed_in("chen").post(address(school), form(school, state="not_held"))

    assert answer.status_code == 409
    assert "ROLL-04" in text(answer)
    assert answer.context["typed"].is_not_held
    assert not Roll.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "status"), [("0", 302), ("", 302), ("600", 302), ("601", 422), ("一刻", 422)]
)
def test_minutes_are_a_number_up_to_ten_hours(school, signed_in, minutes, status):
    answer = signed_in("chen").post(
        address(school), form(school, "lan", why1="late", minutes1=minutes)
    )

    assert answer.status_code == status
    if status == 422:
        assert "吴小兰：迟到分钟数" in text(answer)
        assert not Roll.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"why1": "hungry"}, {"note1": "长" * 501}, {"c1": "x"}, {"id": "x"}, {"reason": "长" * 201}],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(school, signed_in, wrong):
    answer = signed_in("chen").post(
        address(school), {**form(school, "lan", "gang", why2="sick", note2="咳嗽"), **wrong}
    )

    assert answer.status_code == 422
    assert "已填写的都还在" in text(answer)
    assert "咳嗽" in text(answer)
    assert not Roll.objects.exists()


# -- what a phone sends later, twice, or after things have changed ------------------------------


def test_the_same_form_twice_is_one_roll_and_one_answer(school, signed_in):
    client, sent = signed_in("chen"), form(school, "lan")

    first, second = client.post(address(school), sent), client.post(address(school), sent)

    assert first["Location"] == second["Location"]
    assert Roll.objects.count() == 1


def test_sent_again_with_other_marks_it_becomes_a_correction_with_the_marks_kept(school, signed_in):
    client, sent = signed_in("chen"), form(school, "lan")
    client.post(address(school), sent)

    again = client.post(address(school), {**form(school, "gang"), "id": sent["id"]})

    assert again.status_code == 409
    assert "ROLL-07" in text(again)
    assert [row.line.name for row in again.context["rows"] if row.is_marked] == ["杨大刚"]
    given = hidden(again)
    assert given["id"] != sent["id"]
    assert given["based_on"] == sent["id"]
    client.post(address(school), {**form(school, "gang", reason="点错了人"), **given})
    assert [a.child for a in standing(school, FRI).absences.all()] == [school.children["gang"]]


@pytest.mark.req("R-071")
def test_the_next_morning_the_sheet_asks_why_and_takes_it_with_a_reason(school, signed_in):
    client = signed_in("chen")
    assert "为什么现在才点" in text(client.get(address(school, THU)))

    refused = client.post(address(school, THU), form(school, "lan", why1="sick"))
    assert refused.status_code == 409
    assert "ROLL-05" in text(refused)
    assert refused.context["rows"][0].typed.reason == "sick"

    sent = form(school, "lan", why1="sick", reason="停电")
    assert client.post(address(school, THU), sent).status_code == 302
    assert standing(school, THU).reason == "停电"


@pytest.mark.req("R-071")
def test_noted_in_time_and_sent_the_next_morning_needs_no_reason(school, signed_in):
    sent = form(school, "lan", noted_at=at(THU, 8, 10).isoformat())

    assert signed_in("chen").post(address(school, THU), sent).status_code == 302
    assert standing(school, THU).noted_at == at(THU, 8, 10)


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:00+08:00", "2030-01-01T00:00:00+08:00"])
def test_a_phone_that_has_lost_its_clock_is_timed_by_the_server(school, signed_in, clock):
    signed_in("chen").post(address(school), form(school, noted_at=clock))

    assert standing(school, FRI).noted_at == NOW


def test_a_lost_clock_does_not_make_yesterdays_roll_timely(school, signed_in):
    sent = form(school, noted_at="1970-01-01T00:00:00+08:00")

    assert signed_in("chen").post(address(school, THU), sent).status_code == 409


def test_a_correction_that_arrives_before_its_roll_stays(school, signed_in):
    client = signed_in("chen")
    first = form(school, "lan", noted_at=at(THU, 8).isoformat())
    second = form(school, based_on=first["id"], reason="到了", noted_at=at(THU, 8, 20).isoformat())
    client.post(address(school, THU), second)
    late = client.post(address(school, THU), first)

    assert str(standing(school, THU).pk) == second["id"]
    assert "已存入记录，不改变结果" in text(client.get(late["Location"]))


def test_a_child_who_left_the_class_refuses_the_whole_form_and_keeps_the_rest(school, signed_in):
    Enrolment.objects.filter(child=school.lan).update(to_on=FRI, ended="transferred_out")

    answer = signed_in("chen").post(address(school), form(school, "lan", "gang", why2="sick"))

    assert answer.status_code == 409
    assert "ROLL-01" in text(answer)
    (gang,) = answer.context["rows"]
    assert (gang.is_marked, gang.typed.reason) == (True, "sick")
    assert not Roll.objects.exists()


def test_two_phones_with_different_marks_are_both_kept_and_shown(school, signed_in):
    sheet = form(school, "lan")
    signed_in("chen").post(address(school), sheet)
    answer = signed_in("qin").post(address(school), form(school, "gang"))

    assert "两张都已保存" in text(signed_in("qin").get(answer["Location"]))
    assert str(standing(school, FRI).pk) == sheet["id"]
    assert Roll.objects.count() == 2


def test_a_correction_shows_what_stands_and_asks_why(school, signed_in):
    client = signed_in("chen")
    client.post(address(school), form(school, "lan", why1="late", minutes1="5"))

    assert client.get(address(school))["Location"] == address(school) + "result/"
    page = client.get(address(school) + "?edit=1")
    assert "为什么更正" in text(page)
    assert page.context["rows"][0].typed.minutes == "5"

    refused = client.post(address(school), {**form(school), **hidden(page)})
    assert "ROLL-06" in text(refused)
    taken = client.post(address(school), {**form(school, reason="到了"), **hidden(page)})
    assert taken.status_code == 302
    assert standing(school, FRI).absent_count == 0


def test_a_day_off_asks_to_be_confirmed(school, signed_in):
    with time_machine.travel(at(NEXT_MON), tick=False):
        client = signed_in("chen")
    with time_machine.travel(at(SAT), tick=False):
        page = client.get(address(school, SAT))
        assert "不上课，但确实上课了" in text(page)
        refused = client.post(address(school, SAT), form(school, "lan"))
        assert "ROLL-03" in text(refused)
        assert refused.context["rows"][0].is_marked
        assert client.post(address(school, SAT), form(school, is_confirmed="1")).status_code == 302


# -- whose roll it is --------------------------------------------------------------------------


def test_evening_and_return_list_those_who_sleep_at_school(school, signed_in):
    school.employ("keeper", "管叔", Role.DORMITORY_KEEPER, "primary")
    school.enrol("zhu", "朱住校", "primary-1", is_boarding=True)
    client = signed_in("keeper")

    page = client.get(address(school, session="evening"))
    assert [row.line.name for row in page.context["rows"]] == ["朱住校"]
    client.post(address(school, session="evening"), form(school, "zhu"))
    roll = standing(school, FRI, "evening")
    assert (roll.enrolled_count, roll.absent_count) == (1, 1)
    refused = client.post(address(school), form(school))
    assert "ROLL-08" in text(refused)


def test_a_class_without_boarders_has_an_empty_evening(school, signed_in):
    assert "没有住校生" in text(signed_in("chen").get(address(school, session="evening")))


@pytest.mark.req("R-067")
def test_a_subject_teacher_calls_the_lesson_and_nothing_else(school, signed_in):
    school.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=school.units["primary-1"].pk,
        person_id=school.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=school.stamp("qin"),
    )
    client = signed_in("song")

    assert client.post(address(school, session="lesson-3"), form(school, "lan")).status_code == 302
    assert client.get(address(school)).status_code == 302
    assert "ROLL-08" in text(client.post(address(school), form(school)))


@pytest.mark.req("R-071")
def test_the_afternoon_is_late_by_its_own_hour(school, signed_in):
    adopt_rules(
        school,
        roll_sessions=said(("morning", "afternoon")),
        late_entry_reason=said("after_hour"),
        daily_attendance_report_by=said("09:00"),
    )
    with time_machine.travel(at(FRI, 14, 30), tick=False):
        client = signed_in("chen")
    with time_machine.travel(at(FRI, 14, 30), tick=False):
        sent = client.post(address(school, session="afternoon"), form(school))
        late = client.post(address(school, session="morning"), form(school))
    assert sent.status_code == 302
    assert "ROLL-05" in text(late)


# -- what it costs -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 60])
def test_the_sheet_costs_the_same_for_any_class_and_any_number_of_absentees(
    school, signed_in, django_assert_max_num_queries, size
):
    for n in range(size):
        school.enrol(f"p{n}", f"张第{n}", "primary-1")
    call(school, MON, *[f"p{n}" for n in range(size // 2)])
    call(school, THU, *[f"p{n}" for n in range(size // 2)])
    client = signed_in("chen")
    client.get(address(school))

    with django_assert_max_num_queries(28):
        client.get(address(school))
    with django_assert_max_num_queries(30):
        client.get(address(school, THU) + "result/")
    with django_assert_max_num_queries(28):
        client.get(address(school, THU) + "?edit=1")


def test_the_page_of_a_full_class_stays_light(school, signed_in):
    import gzip

    for n in range(58):
        school.enrol(f"p{n}", f"阿依古丽·买买提江{n}", "primary-1")
    page = signed_in("chen").get(address(school)).content

    assert len(gzip.compress(page, 9)) < 15_000
    assert len(page) < 100_000


def test_ids_on_the_page_are_made_anew_each_time(school, signed_in):
    client = signed_in("chen")
    ids = {hidden(client.get(address(school)))["id"] for _ in range(3)}

    assert len(ids) == 3
    assert all(UUID(each) for each in ids)
