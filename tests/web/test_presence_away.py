"""Who is away now: proved and possible apart, by class, by school, as a file."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from notoneless.attendance.services.leave import NewLeave
from notoneless.flows.rolls.leave import ask_leave
from notoneless.journal.models import Reading
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.attendance.sessions import Reason
from tests.attendance.register import FRI, MON, SAT, THU, TUE, WED, at, call, open_school
from tests.world import Village

pytestmark = pytest.mark.req("R-072")


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def text(answer):
    return answer.content.decode()


def names(answer) -> list[str]:
    return [row.name for row in answer.context["rows"]]


def test_the_longest_away_stands_first_in_its_class(school, signed_in):
    for day in (WED, THU, FRI):
        call(school, day, "lan", *(["gang"] if day == FRI else []))
    answer = signed_in("chen").get("/presence/away/")

    assert names(answer) == ["吴小兰", "杨大刚"]
    html = text(answer)
    assert "3 天" in html
    assert "11月18日 周三" in html
    assert "原因未明" in html


def test_runs_that_step_over_a_day_without_a_roll_stand_apart(school, signed_in):
    call(school, MON, "lan")
    call(school, TUE, "lan")
    for day in (THU, FRI):
        call(school, day, "lan", "gang")
    client = signed_in("qin")

    assert names(client.get("/presence/away/")) == ["杨大刚"]
    answer = client.get("/presence/away/", {"which": "possible"})
    assert names(answer) == ["吴小兰"]
    assert "已证实 2 天，可能 4 天" in text(answer)


def test_a_reason_is_known_when_it_is_truancy_or_leave_that_waits(school, signed_in):
    call(school, FRI, "gang", reasons={"lan": Reason.TRUANT})
    new = NewLeave(school.children["gang"].pk, LeaveKind.SICK, FRI, SAT, AskedBy.GUARDIAN)
    ask_leave(school.actor("chen"), new, today=FRI, now=at(FRI, 9))

    html = text(signed_in("chen").get("/presence/away/"))
    assert "旷课" in html
    assert "请假待批" in html
    assert "原因未明" not in html


def test_the_county_reads_counts_that_open_to_lists(school, signed_in):
    call(school, FRI, "lan", "gang")
    call(school, FRI, "far", by="tan", at="other-1")
    client = signed_in("lu")

    answer = client.get("/presence/away/")
    html = text(answer)
    assert "2 所学校，共 3 人" in html
    assert "吴小兰" not in html
    assert [row.school_name for row in answer.context["rows"]] == sorted(
        ["石桥乡中心小学", "河口镇中心小学"]
    )
    assert not Reading.objects.exists()
    there = client.get("/presence/away/", {"school": school.units["other"].pk})
    assert names(there) == ["罗小河"]
    assert Reading.objects.get().row_count == 1


@pytest.mark.parametrize("who", ["tan", "chen"])
def test_another_school_is_not_there(school, signed_in, who):
    key = "primary" if who == "tan" else "other"
    there = {"school": school.units[key].pk}

    for page in ("away/", "away/export/", "arrivals/"):
        assert signed_in(who).get(f"/presence/{page}", there).status_code == 404


def test_a_teacher_sees_the_own_class_and_a_village_nobody(school, signed_in):
    call(school, FRI, "lan")
    call(school, FRI, "yan", by="qin", at="primary-2")

    assert names(signed_in("chen").get("/presence/away/")) == ["吴小兰"]
    html = text(signed_in("long").get("/presence/away/"))
    assert "吴小兰" not in html
    assert signed_in("shi").get("/presence/away/").status_code == 409


def test_only_who_calls_rolls_is_offered_to_write_leave_down(school, signed_in):
    call(school, FRI, "lan")

    assert "补登请假" in text(signed_in("chen").get("/presence/away/"))
    assert "补登请假" not in text(signed_in("wei").get("/presence/away/"))


def test_the_file_is_marked_and_asks_what_for(school, signed_in):
    call(school, FRI, "lan", "gang")
    client = signed_in("qin")
    assert client.post("/presence/away/export/", {"purpose": " "}).status_code == 422

    answer = client.post("/presence/away/export/", {"purpose": "晨会"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert "晨会" in rows[0][0]
    assert [row[1] for row in rows[3:]] == ["吴小兰", "杨大刚"]
    assert Reading.objects.get(kind="children.exported").row_count == 2
    assert signed_in("long").post("/presence/away/export/", {"purpose": "x"}).status_code == 409


def test_the_menu_leads_here_for_those_with_classes_and_not_for_a_village(school, signed_in):
    for who, shows in (("chen", True), ("qin", True), ("lu", True), ("mo", True), ("long", False)):
        html = text(signed_in(who).get("/"))
        assert ('href="/presence/"' in html) is shows, who
    assert signed_in("chen").get("/presence/")["Location"] == "/presence/away/"
    assert signed_in("mo").get("/presence/")["Location"] == "/presence/events/"
    html = text(signed_in("chen").get("/leave/"))
    assert '<a href="/presence/" aria-current="page">' in html


def test_the_list_costs_the_same_for_two_and_for_sixty(
    school, signed_in, django_assert_max_num_queries
):
    client = signed_in("qin")
    for n in range(60):
        school.enrol(f"c{n}", f"张第{n}", "primary-1")
    call(school, FRI, *(f"c{n}" for n in range(60)))
    with django_assert_max_num_queries(21):
        assert "共 60 人" in text(client.get("/presence/away/"))
    county = signed_in("lu")
    with django_assert_max_num_queries(15):
        assert "共 60 人" in text(county.get("/presence/away/"))
