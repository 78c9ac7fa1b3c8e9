"""Area events: naming one, its end, what it covers, and where one should be named."""

from __future__ import annotations

import pytest

from notoneless.attendance.models import AreaEvent
from notoneless.duties.models import Duty
from notoneless.rules.attendance.counts import Counts
from notoneless.rules.attendance.events import suggests_event
from tests.attendance.register import FRI, THU, WED, call, open_school, run_of
from tests.attendance.test_queries import adopt_rules, said
from tests.world import Village

pytestmark = pytest.mark.req("R-072")


@pytest.fixture
def school(village: Village, signed_in) -> Village:
    return open_school(village)


def text(answer):
    return answer.content.decode()


def snow(school: Village, unit: str = "primary", **more):
    given = {
        "unit": school.units[unit].pk if unit else "",
        "from_on": "2026-11-18",
        "last_on": "2026-11-19",
        "cause": "大雪封路",
    }
    return {**given, **more}


def test_an_event_is_named_with_its_last_day_inclusive_and_shows_what_it_covers(school, signed_in):
    for day in (WED, THU, FRI):
        call(school, day, "lan")
    client = signed_in("qin")
    answer = client.post("/presence/events/", snow(school))

    event = AreaEvent.objects.get()
    assert (event.from_on, event.to_on) == (WED, FRI)
    html = text(client.get(answer["Location"]))
    assert "大雪封路" in html
    assert "1 个班，2 人次" in html
    assert run_of(school, "lan").proved_days == 1


def test_an_event_ends_once_and_can_be_taken_back(school, signed_in):
    for day in (WED, THU, FRI):
        call(school, day, "lan")
    client = signed_in("qin")
    page = client.post("/presence/events/", snow(school, last_on=""))["Location"]
    assert run_of(school, "lan") is None

    assert client.post(f"{page}end/", {"last_on": "2026-11-17"}).status_code == 409
    assert client.post(f"{page}end/", {"last_on": "?"}).status_code == 422
    client.post(f"{page}end/", {"last_on": "2026-11-19"})
    assert AreaEvent.objects.get().to_on == FRI
    assert "AREA-03" in text(client.post(f"{page}end/", {"last_on": "2026-11-20"}))
    client.post(f"{page}withdraw/")
    assert run_of(school, "lan").proved_days == 3
    assert "已撤销" in text(client.get(page))
    assert client.post(f"{page}withdraw/").status_code == 409


def test_alarms_of_a_school_go_at_once_when_the_cause_is_named(school, signed_in):
    adopt_rules(school, parent_contact_deadline=said("same_day"))
    call(school, FRI, "lan")
    assert Duty.objects.filter(state="open").exists()

    signed_in("qin").post("/presence/events/", snow(school, last_on="2026-11-20"))
    calls = Duty.objects.filter(state="open", rule="guardian_contact")
    assert not calls.exists()


@pytest.mark.parametrize("unit", ["county", "bureau", "shiqiao", "primary"])
def test_the_county_names_one_for_itself_a_township_or_a_school(school, signed_in, unit):
    call(school, THU, "lan")
    answer = signed_in("lu").post("/presence/events/", snow(school, unit))

    assert answer.status_code == 302
    assert run_of(school, "lan") is None


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("qin", "other", 404),
        ("qin", "bureau", 404),
        ("chen", "primary", 409),
        ("xiang", "shiqiao", 409),
        ("shao", "primary", 409),
    ],
)
def test_others_places_and_others_jobs(school, signed_in, who, unit, status):
    assert signed_in(who).post("/presence/events/", snow(school, unit)).status_code == status
    assert not AreaEvent.objects.exists()


def test_an_event_elsewhere_is_not_there(school, signed_in):
    page = signed_in("tan").post("/presence/events/", snow(school, "other"))["Location"]

    for who in ("qin", "chen"):
        client = signed_in(who)
        assert client.get(page).status_code == 404
        assert client.post(f"{page}end/", {"last_on": "2026-11-20"}).status_code == 404
        assert client.post(f"{page}withdraw/").status_code == 404
        assert list(client.get("/presence/events/").context["rows"]) == []
    assert "大雪封路</a>" in text(signed_in("lu").get("/presence/events/"))


def test_a_school_hears_of_the_countys_event_and_cannot_end_it(school, signed_in):
    page = signed_in("lu").post("/presence/events/", snow(school, "bureau"))["Location"]

    html = text(signed_in("qin").get(page))
    assert "大雪封路" in html
    assert "登记结束" not in html
    end = signed_in("qin").post(f"{page}end/", {"last_on": "2026-11-20"})
    assert end.status_code in {404, 409}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"cause": ""}, 422),
        ({"cause": " "}, 422),
        ({"unit": ""}, 422),
        ({"from_on": "x"}, 422),
        ({"last_on": "2026-11-17"}, 409),
    ],
)
def test_a_form_that_cannot_be_comes_back(school, signed_in, more, status):
    answer = signed_in("qin").post("/presence/events/", snow(school, **more))

    assert answer.status_code == status
    assert not AreaEvent.objects.exists()


@pytest.mark.parametrize(
    ("present", "leave", "unexplained", "suggests"),
    [(5, 0, 5, True), (6, 0, 5, False), (0, 0, 4, False), (4, 2, 3, True), (0, 0, 0, False)],
)
def test_half_of_those_called_is_enough_and_four_children_are_never_a_crowd(
    present, leave, unexplained, suggests
):
    counts = Counts(present=present, leave=leave, unexplained=unexplained, unknown=100)

    assert suggests_event(counts) is suggests


def test_a_half_empty_school_is_shown_with_its_numbers_until_the_cause_is_named(school, signed_in):
    for n in range(8):
        school.enrol(f"c{n}", f"张第{n}", "primary-1")
    call(school, FRI, *(f"c{n}" for n in range(5)))
    client = signed_in("qin")

    html = text(client.get("/presence/events/"))
    assert "石桥乡中心小学今天点名 10 人，5 人没到" in html
    assert f"?unit={school.units['primary'].pk}" in html
    assert "今天点名" not in text(signed_in("tan").get("/presence/events/"))
    client.post("/presence/events/", snow(school, from_on="2026-11-20", last_on=""))
    assert "今天点名" not in text(client.get("/presence/events/"))


def test_who_keeps_the_calendar_without_seeing_children_reads_no_name(school, signed_in):
    call(school, THU, "lan")
    client = signed_in("shi")
    page = client.post("/presence/events/", snow(school))["Location"]

    assert "1 个班，1 人次" in text(client.get(page))
    assert "吴小兰" not in text(client.get(page))


def test_the_page_costs_the_same_for_one_event_and_for_thirty(
    school, signed_in, django_assert_max_num_queries
):
    client = signed_in("lu")
    for _ in range(30):
        client.post("/presence/events/", snow(school))
    with django_assert_max_num_queries(24):
        assert "共 30 条" in text(client.get("/presence/events/"))
