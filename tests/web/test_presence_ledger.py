"""The ledger of work against dropping out: dated entries of any period, on paper and as a file."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from notoneless.attendance.services.events import NewEvent
from notoneless.attendance.services.leave import NewLeave
from notoneless.flows.rolls.events import begin_area_event
from notoneless.flows.rolls.leave import ask_leave
from notoneless.journal.models import Reading
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.contacts.kinds import Kind
from tests.attendance.register import FRI, SAT, THU, WED, at, call, open_school
from tests.contacts.desk import log
from tests.world import Village

pytestmark = pytest.mark.req("R-073")


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    v = open_school(village)
    call(v, WED, "lan")
    call(v, THU, reasons={"lan": Reason.SICK, "gang": Reason.TRUANT})
    new = NewLeave(v.lan.pk, LeaveKind.SICK, THU, SAT, AskedBy.GUARDIAN)
    ask_leave(v.actor("chen"), new, today=FRI, now=at(FRI), approve=True)
    snow = NewEvent(v.units["primary"].pk, FRI, None, "大雪封路")
    begin_area_event(v.actor("qin"), snow, today=FRI, now=at(FRI))
    return v


def text(answer):
    return answer.content.decode()


def entries(answer) -> list[tuple[str, str, str]]:
    return [(f"{row.on:%m-%d}", row.kind, row.child_name) for row in answer.context["rows"]]


def test_visits_stand_in_it_with_who_went_and_what_came_of_it(school, signed_in):
    log(school, "lan", kind=Kind.VISIT, happened_on=THU, together=(("qin", "principal"),))
    log(school, "lan", kind=Kind.CALL, happened_on=THU)
    answer = signed_in("qin").get("/presence/ledger/", PERIOD)

    (visit,) = [row for row in answer.context["rows"] if row.kind == "visit"]
    assert (visit.on, visit.child_name, visit.what) == (THU, "吴小兰", "上门家访")
    assert visit.by == "陈小满、覃志学"
    days = [row.on for row in answer.context["rows"]]
    assert days == sorted(days)


PERIOD = {"from_on": "2026-11-17", "last_on": "2026-11-20"}


def test_absence_leave_causes_and_days_without_a_roll_stand_by_date(school, signed_in):
    answer = signed_in("qin").get("/presence/ledger/", PERIOD)

    assert entries(answer) == [
        ("11-17", "gap", ""),
        ("11-18", "absence", "吴小兰"),
        ("11-19", "absence", "吴小兰"),
        ("11-19", "absence", "杨大刚"),
        ("11-19", "leave", "吴小兰"),
        ("11-20", "event", ""),
        ("11-20", "gap", ""),
    ]
    html = text(answer)
    assert answer.context["rows"][4].class_words == "三年级1班"
    assert "旷课" in html
    assert "病假，2026-11-19 至 2026-11-20，已批准" in html
    assert "大雪封路" in html


def test_both_ends_of_the_period_are_in_it(school, signed_in):
    one = {"from_on": "2026-11-18", "last_on": "2026-11-18"}

    assert entries(signed_in("qin").get("/presence/ledger/", one)) == [
        ("11-18", "absence", "吴小兰")
    ]


@pytest.mark.parametrize(
    "period",
    [
        {"from_on": "2026-11-20", "last_on": "2026-11-19"},
        {"from_on": "2025-11-18", "last_on": "2026-11-20"},
        {"from_on": "x", "last_on": "2026-11-20"},
    ],
)
def test_a_period_that_cannot_be_is_said_in_words(school, signed_in, period):
    answer = signed_in("qin").get("/presence/ledger/", period)

    assert answer.status_code == 422
    assert list(answer.context["rows"]) == []


def test_on_paper_it_is_the_whole_period_and_one_reading(school, signed_in):
    html = text(signed_in("qin").get("/presence/ledger/print/", PERIOD))

    assert "控辍保学工作台账" in html
    assert "内部资料" in html
    assert "共 7 条" in html
    assert Reading.objects.get().row_count == 2


def test_as_a_file_it_is_marked_with_what_for(school, signed_in):
    client = signed_in("qin")
    address = "/presence/ledger/export/?from_on=2026-11-17&last_on=2026-11-20"
    assert client.post(address, {"purpose": ""}).status_code == 422

    answer = client.post(address, {"purpose": "迎检"})
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert "迎检" in rows[0][0]
    assert len(rows) == 3 + 7
    assert rows[4][:4] == ("2026-11-18", "缺勤", "三年级1班", "吴小兰")


def test_it_is_for_those_who_see_the_whole_school(school, signed_in):
    there = {"school": school.units["primary"].pk}

    for page in ("", "print/", "export/"):
        assert signed_in("tan").get(f"/presence/ledger/{page}", there).status_code == 404
        assert signed_in("chen").get(f"/presence/ledger/{page}", there).status_code in {404, 409}
    assert "先选一所学校" in text(signed_in("lu").get("/presence/ledger/"))
    assert "吴小兰" in text(signed_in("lu").get("/presence/ledger/", {**there, **PERIOD}))
    assert signed_in("shi").get("/presence/ledger/").status_code == 409


def test_the_ledger_costs_the_same_for_few_and_for_many(
    school, signed_in, django_assert_max_num_queries
):
    for n in range(60):
        school.enrol(f"c{n}", f"张第{n}", "primary-2")
    call(school, FRI, *(f"c{n}" for n in range(60)), by="qin", at="primary-2")
    client = signed_in("qin")
    client.get("/presence/ledger/", PERIOD)
    with django_assert_max_num_queries(22):
        assert "共 66 条" in text(client.get("/presence/ledger/", PERIOD))
