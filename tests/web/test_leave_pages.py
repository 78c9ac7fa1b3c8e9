"""The leave pages: lists, one leave, deciding, proof."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook

from notoneless.attendance.models import Leave, LeaveProof
from notoneless.attendance.services.leave import NewLeave
from notoneless.flows.rolls.leave import ask_leave
from notoneless.journal.models import Reading
from notoneless.places.services.people import assign_lesson
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.policy.measures import Operator
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, NEXT_MON, SAT, THU, WED, at, call, open_school, run_of
from tests.attendance.test_queries import adopt_rules, said
from tests.world import TERM_START, Village

pytestmark = pytest.mark.req("R-069")


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def ask(school: Village, child: str = "lan", *, by: str = "chen", **more) -> UUID:
    approve = more.pop("approve", False)
    given = {
        "child_id": school.children[child].pk,
        "kind": LeaveKind.SICK,
        "from_on": FRI,
        "to_on": SAT,
        "asked_by": AskedBy.GUARDIAN,
        "reason": "发烧",
    }
    new = NewLeave(**{**given, **more})
    return ask_leave(school.actor(by), new, today=FRI, now=at(FRI), approve=approve)


def text(answer):
    return answer.content.decode()


def test_a_teacher_reads_what_waits_and_how_long_each_list_is(school, signed_in):
    ask(school)
    ask(school, "gang", approve=True)

    html = text(signed_in("chen").get("/leave/"))
    assert "共 1 条" in html
    assert "吴小兰" in html
    assert "杨大刚" not in html
    assert "病假" in html
    html = text(signed_in("chen").get("/leave/", {"which": "running"}))
    assert "杨大刚" in html
    assert "吴小兰" not in html
    assert "共 2 条" in text(signed_in("chen").get("/leave/", {"which": "all"}))


def test_each_view_of_a_list_is_one_reading(school, signed_in):
    ask(school)
    signed_in("chen").get("/leave/")

    row = Reading.objects.get()
    assert (row.kind, row.row_count) == ("children.listed", 1)
    assert row.filter.startswith("leave asked")


def test_whoever_has_many_schools_chooses_one(school, signed_in):
    ask(school)
    client = signed_in("lu")

    assert "先选一所学校" in text(client.get("/leave/"))
    html = text(client.get("/leave/", {"school": school.units["primary"].pk}))
    assert "吴小兰" in html
    html = text(client.get("/leave/", {"school": school.units["other"].pk}))
    assert "吴小兰" not in html


def test_a_subject_teacher_reads_that_a_child_is_away_and_never_that_it_is_ill(school, signed_in):
    leave = ask(school, approve=True)
    school.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=school.units["primary-1"].pk,
        person_id=school.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=school.stamp("qin"),
    )
    client = signed_in("song")

    for html in (
        text(client.get("/leave/", {"which": "running"})),
        text(client.get(f"/leave/{leave}/")),
    ):
        assert "吴小兰" in html
        assert "病假" not in html
        assert "发烧" not in html
    assert client.post(f"/leave/{leave}/decide/", {"verdict": "withdrawn"}).status_code == 409
    assert Leave.objects.get().state == "approved"


def test_the_wrong_place_finds_no_leave(school, signed_in):
    leave = ask(school)
    for who in ("tan", "long"):
        client = signed_in(who)
        assert client.get(f"/leave/{leave}/").status_code == 404
        assert client.post(f"/leave/{leave}/decide/", {"verdict": "approved"}).status_code == 404
        assert client.post(f"/leave/{leave}/proof/", {}).status_code == 404
    assert (
        signed_in("tan").get("/leave/", {"school": school.units["primary"].pk}).status_code == 404
    )
    assert "吴小兰" not in text(signed_in("tan").get("/leave/", {"which": "all"}))
    assert signed_in("chen").get("/leave/", {"which": "x"}).status_code == 404
    assert Leave.objects.get().state == "asked"


def test_reading_is_not_deciding(school, signed_in):
    leave = ask(school)
    client = signed_in("shao")

    assert "发烧" in text(client.get(f"/leave/{leave}/"))
    assert client.post(f"/leave/{leave}/decide/", {"verdict": "approved"}).status_code == 409
    assert Leave.objects.get().state == "asked"


def test_leave_is_approved_once_and_withdrawn(school, signed_in):
    leave = ask(school)
    client = signed_in("qin")

    answer = client.post(f"/leave/{leave}/decide/", {"verdict": "approved", "note": "已核"})
    assert answer.status_code == 302
    assert "已核" in text(client.get(f"/leave/{leave}/"))
    answer = client.post(f"/leave/{leave}/decide/", {"verdict": "approved"})
    assert answer.status_code == 409
    assert "LEAVE-03" in text(answer)
    client.post(f"/leave/{leave}/decide/", {"verdict": "withdrawn"})
    assert Leave.objects.get().state == "withdrawn"
    assert client.post(f"/leave/{leave}/decide/", {"verdict": "asked"}).status_code == 404


@pytest.fixture
def strict(school: Village) -> Village:
    """Leave from three school days on needs proof within three school days."""
    adopt_rules(
        school,
        long_leave_from=said(3, "school_days", Operator.AT_LEAST),
        leave_proof_within=said(3, "school_days", Operator.AT_MOST),
    )
    return school


@pytest.mark.parametrize(("days", "is_long"), [(2, False), (3, True)])
def test_leave_is_long_from_the_figure_of_the_plan_on(strict, signed_in, days, is_long):
    leave = ask(strict, from_on=WED, to_on=WED + timedelta(days=days), approve=True)
    client = signed_in("chen")

    assert ("欠证明" in text(client.get("/leave/"))) is True
    html = text(client.get("/leave/", {"which": "proof"}))
    assert ("吴小兰" in html) is is_long
    assert ("长假要有证明" in text(client.get(f"/leave/{leave}/"))) is is_long


@pytest.mark.parametrize(
    ("begun", "is_late"), [(date(2026, 11, 17), False), (date(2026, 11, 16), True)]
)
def test_proof_is_late_only_after_its_last_day(strict, signed_in, begun, is_late):
    """Three school days after Tuesday end on Friday, which is today and still in time."""
    leave = ask(strict, from_on=begun, to_on=date(2026, 12, 1), approve=True)
    client = signed_in("chen")

    assert ("已逾期" in text(client.get(f"/leave/{leave}/"))) is is_late
    assert ("已逾期" in text(client.get("/leave/", {"which": "proof"}))) is is_late


def proof(**more):
    given = {
        "issuer": "县人民医院",
        "dated_on": "2026-11-19",
        "from_on": "2026-11-20",
        "last_on": "2026-11-27",
    }
    return {**given, **more}


def test_seeing_the_proof_stops_its_clock_and_keeps_no_paper(strict, signed_in):
    leave = ask(strict, to_on=FRI + timedelta(days=10), approve=True)
    client = signed_in("chen")

    assert client.post(f"/leave/{leave}/proof/", proof()).status_code == 302
    html = text(client.get(f"/leave/{leave}/"))
    assert "县人民医院" in html
    assert "长假要有证明" not in html
    assert "吴小兰" not in text(client.get("/leave/", {"which": "proof"}))
    seen = LeaveProof.objects.get()
    assert seen.to_on == date(2026, 11, 28)
    columns = {field.name for field in LeaveProof._meta.fields}
    assert not columns & {"file", "photo", "picture", "diagnosis"}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"issuer": ""}, 422),
        ({"last_on": "2026-11-19"}, 422),
        ({"dated_on": "2026-13-01"}, 422),
        ({"dated_on": "2026-11-21"}, 409),
    ],
)
def test_a_proof_that_cannot_be_is_said_in_words(school, signed_in, more, status):
    leave = ask(school, approve=True)
    answer = signed_in("chen").post(f"/leave/{leave}/proof/", proof(**more))

    assert answer.status_code == status
    assert not LeaveProof.objects.exists()


def test_proof_is_of_leave_that_stands(school, signed_in):
    leave = ask(school)
    answer = signed_in("chen").post(f"/leave/{leave}/proof/", proof())

    assert answer.status_code == 409
    assert "LEAVE-04" in text(answer)


def test_the_list_leaves_as_a_marked_file_for_a_purpose(school, signed_in):
    ask(school)
    client = signed_in("chen")
    assert client.post("/leave/export/", {"purpose": ""}).status_code == 422

    answer = client.post("/leave/export/?which=asked", {"purpose": "班级存档"})
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = [row[0] for row in book.active.iter_rows(values_only=True)]
    assert "班级存档" in rows[0]
    assert "陈小满" in rows[0]
    assert "内部资料" in rows[1]
    assert Reading.objects.get(kind="children.exported").purpose == "班级存档"
    assert signed_in("long").post("/leave/export/", {"purpose": "看看"}).status_code == 409


def test_the_list_costs_the_same_for_one_leave_and_for_forty(
    strict, signed_in, django_assert_max_num_queries
):
    client = signed_in("qin")
    ask(strict, approve=True)
    client.get("/leave/", {"which": "all"})  # calendar and policy are remembered from here on
    for n in range(40):
        strict.enrol(f"c{n}", f"张第{n}", "primary-1")
        ask(strict, f"c{n}", by="qin", from_on=THU, to_on=NEXT_MON)

    with django_assert_max_num_queries(20):
        assert "共 41 条" in text(client.get("/leave/", {"which": "all"}))


@pytest.mark.req("R-072")
def test_a_withdrawn_leave_gives_its_absence_back(school, signed_in):
    call(school, THU, "lan")
    leave = ask(school, from_on=THU, to_on=FRI, approve=True)
    assert run_of(school, "lan") is None

    signed_in("chen").post(f"/leave/{leave}/decide/", {"verdict": "withdrawn"})
    assert run_of(school, "lan").proved_days == 1
