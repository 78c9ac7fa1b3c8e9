"""Several cases at once; what a department sees; lists of a period; what does not fit."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.cases.models import Handover, Referral, SubCase
from notoneless.flows.cases.referring import Answer
from notoneless.flows.cases.referring import answer as write_answer
from notoneless.journal.models import Reading
from notoneless.rules.cases.kinds import StepKind
from tests.attendance.register import MON, TUE, WED, at, call
from tests.cases.desk import case_of, family, look, take
from tests.cases.test_referring import by_school, departments
from tests.documents.test_reading import settle
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(village: Village) -> Village:
    """Lan and Gang have been away on Monday and Tuesday: each has a case since Tuesday."""
    under(departments(village), S1_29)
    call(village, MON, "lan", "gang")
    call(village, TUE, "lan", "gang")
    look(village, TUE)
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def reported(v: Village, *names: str) -> None:
    for name in names:
        more: dict[str, Any] = {"child": name, "by": "qin", "day": WED}
        take(v, StepKind.DETERMINED, result="dropped_out", criteria="缺勤", **more)
        take(v, StepKind.REPORTED, reason="外出务工", **more)


@pytest.mark.req("R-106")
def test_a_township_accepts_several_reports_at_once_and_sending_twice_is_once(v, browse):
    reported(v, "lan", "gang")
    browser = browse("xiang", WED)
    page = browser.get("/cases/tray/")
    ids = re.findall(r'name="handover" value="([^"]+)"', page.content.decode())
    assert len(ids) == 2

    data = {"batch": uuid7(), "handover": ids}
    assert "办成 2 件，没有办成 0 件" in text(browser.post("/cases/tray/accept/", data))
    assert "办成 2 件，没有办成 0 件" in text(browser.post("/cases/tray/accept/", data))
    assert "没有等待接收的报告" in text(browser.get("/cases/tray/"))


def test_what_did_not_go_through_says_why_and_the_rest_went(v, browse):
    reported(v, "lan", "gang")
    browser = browse("xiang", WED)
    ids = list(Handover.objects.filter(to_unit=v.units["shiqiao"]).values_list("pk", flat=True))
    first = {"batch": uuid7(), "handover": ids[:1]}
    browser.post("/cases/tray/accept/", first)
    answer = text(browser.post("/cases/tray/accept/", {"batch": uuid7(), "handover": ids}))

    assert "办成 1 件，没有办成 1 件" in answer
    assert "这件事已有答复" in answer


def test_hand_overs_of_another_unit_are_not_accepted(v, browse):
    reported(v, "lan")
    ids = list(Handover.objects.values_list("pk", flat=True))
    answer = text(browse("tan", WED).post("/cases/tray/accept/", {"handover": ids}))

    assert "没有选择" in answer
    assert not Handover.objects.exclude(state="pending").exists()


def test_nothing_chosen_and_what_is_no_key_are_said(v, browse):
    browser = browse("xiang", WED)

    assert "没有选择" in text(browser.post("/cases/tray/accept/", {"handover": "x"}))
    assert browser.post("/cases/tray/nonsense/", {}).status_code == 404
    assert browse("shi", WED).get("/cases/tray/").status_code == 409


def test_letters_of_a_class_without_a_deadline_are_not_written(v, browse):
    browser = browse("qin", WED)
    assert "还没有劝返书的个案" in text(browser.get("/cases/tray/"))
    data = {"batch": uuid7(), "case": [case_of(v).pk], "deadline": "", "contact": ""}

    assert browser.post("/cases/tray/letters/", data).status_code == 422


def test_a_letter_that_lacks_something_says_what(v, browse):
    data = {"batch": uuid7(), "case": [case_of(v).pk], "deadline": "2026-11-30"}
    page = text(browse("qin", WED).post("/cases/tray/letters/", data))

    assert "办成 0 件，没有办成 1 件" in page
    assert "监护人姓名" in page


def test_letters_of_a_class_are_written_with_one_deadline(v, browse):
    family(family(v, "lan"), "gang")
    browser = browse("qin", WED)
    data = {
        "batch": uuid7(),
        "case": [case_of(v, "lan").pk, case_of(v, "gang").pk],
        "deadline": "2026-11-30",
        "contact": "覃志学 0879-5550202",
    }
    page = text(browser.post("/cases/tray/letters/", data))

    assert "办成 2 件，没有办成 0 件" in page
    assert re.search(r'href="[^"]+\?ids=[0-9a-f-]+,[0-9a-f-]+"', page)


# -- departments ---------------------------------------------------------------------------------


@pytest.fixture
def referral(v: Village) -> Referral:
    said = {
        "kind": "child_labour",
        "to": str(v.units["labour"].pk),
        "asked_for": "请查处用工并送返",
        "whereabouts": "县城砖厂",
        "employer": "某砖厂",
        "contact": "覃志学 0879-5550202",
    }
    by_school(v, StepKind.REFERRED, said)
    return Referral.objects.get()


@pytest.mark.req("R-122")
def test_a_liaison_sees_acknowledges_and_answers_and_no_link_leads_to_the_child(
    v, referral, browse
):
    browser = browse("ou", WED)
    assert "吴小兰" in text(browser.get("/referrals/"))
    page = browser.get(f"/referrals/{referral.pk}/")
    assert "某砖厂" in text(page)
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    assert "/children/" not in main
    assert "/cases/" not in main
    assert Reading.objects.filter(kind="referral.opened", child_id=v.lan.pk).exists()

    assert browser.post(f"/referrals/{referral.pk}/acknowledge/").status_code == 302
    own = re.search(r'name="id" value="([^"]+)"', page.content.decode())[1]
    assert browser.post(f"/referrals/{referral.pk}/", {"id": own}).status_code == 422
    data = {"id": own, "words": "已责令改正"}
    for _ in range(2):
        assert browser.post(f"/referrals/{referral.pk}/", data).status_code == 302
    assert browser.post(f"/referrals/{referral.pk}/", {**data, "id": uuid7()}).status_code == 409
    assert "已责令改正" in text(browse("qin", WED).get(f"/cases/{case_of(v).pk}/"))


@pytest.mark.parametrize("name", ["pan", "long", "tan", "shi"])
def test_a_referral_of_another_unit_is_not_there(v, referral, browse, name):
    browser = browse(name, WED)

    assert browser.get(f"/referrals/{referral.pk}/").status_code == 404
    assert browser.post(f"/referrals/{referral.pk}/", {"words": "已查处"}).status_code == 404
    assert browser.post(f"/referrals/{referral.pk}/acknowledge/").status_code == 404
    assert browser.get(f"/referrals/subcases/{uuid4()}/").status_code == 404


@pytest.mark.req("R-122", "R-300")
@pytest.mark.parametrize("name", ["qin", "he", "lu", "xiang"])
def test_who_asked_and_those_above_follow_a_referral_without_its_fields(v, referral, browse, name):
    browser, address = browse(name, WED), f"/referrals/{referral.pk}/"
    page = text(browser.get(address))
    assert "等待签收" in page
    assert "某砖厂" not in page
    assert "县城砖厂" not in page
    assert "<textarea" not in page
    assert address in text(browser.get(f"/cases/{case_of(v).pk}/"))

    assert browser.post(address, {"id": uuid7(), "words": "已查处"}).status_code == 404
    assert browser.post(f"{address}acknowledge/").status_code == 404
    answer(v, referral)
    page = text(browser.get(address))
    assert "已责令改正" in page
    assert f"/cases/{case_of(v).pk}/" in page
    readings = Reading.objects.filter(kind="referral.opened", person_id=v.people[name].pk)
    assert [reading.fields for reading in readings] == [["answer"]] * 2


def answer(v: Village, referral: Referral) -> None:
    given = Answer(id=uuid7(), said={"words": "已责令改正"})
    ou = v.actor("ou", today=WED)
    write_answer(ou, referral.pk, given, today=WED, now=at(WED, 11))


@pytest.fixture
def subcase(v: Village) -> SubCase:
    labour = str(v.units["labour"].pk)
    said = {"kind": "employer", "to": labour, "about": "某砖厂招用学生"}
    by_school(v, StepKind.SUBCASE_OPENED, said)
    return SubCase.objects.get()


@pytest.mark.req("R-122", "T26")
@pytest.mark.parametrize("name", ["qin", "he", "lu", "xiang"])
def test_those_who_see_the_case_follow_a_sub_case_until_it_is_settled(v, subcase, browse, name):
    browser, address = browse(name, WED), f"/referrals/subcases/{subcase.pk}/"
    assert address in text(browser.get(f"/cases/{case_of(v).pk}/"))
    page = text(browser.get(address))
    assert "某砖厂招用学生" in page
    assert "等待青禾县人社局办结" in page
    assert "<textarea" not in page
    said = {"id": uuid7(), "result": "founded", "finding": "已罚款"}
    assert browser.post(address, said).status_code == 404

    assert browse("ou", WED).post(address, said).status_code == 302
    page = text(browser.get(address))
    assert "已罚款" in page
    assert "等待青禾县人社局办结" not in page
    assert Reading.objects.filter(kind="subcase.opened", person_id=v.people[name].pk).count() == 2


@pytest.mark.req("R-300")
@pytest.mark.parametrize("name", ["pan", "long", "tan", "shi", "chen"])
def test_whose_conduct_is_looked_into_stays_with_the_leaders(v, subcase, browse, name):
    address = f"/referrals/subcases/{subcase.pk}/"

    assert browse(name, WED).get(address).status_code == 404
    if name == "chen":
        assert address not in text(browse(name, WED).get(f"/cases/{case_of(v).pk}/"))


# -- a village -----------------------------------------------------------------------------------


@pytest.mark.req("R-300")
def test_a_village_sees_what_happened_and_not_what_was_said_and_no_court_step(v, browse):
    settle(v, "lan", "village")
    reported(v, "lan")
    case = case_of(v)
    browser = browse("long", WED)
    page = text(browser.get(f"/cases/{case.pk}/"))

    assert "书面报告辍学" in page
    assert "外出务工" not in page
    assert "具体内容由学校和上级掌握" in page
    type(case).objects.filter(pk=case.pk).update(state="judicial")
    assert "司法程序" not in text(browser.get("/cases/")).split("阶段</label>")[0]
    assert "司法程序" not in text(browser.get(f"/cases/{case.pk}/"))
    assert "共 0 条" in text(browser.get("/cases/?stage=judicial"))


# -- lists ---------------------------------------------------------------------------------------


@pytest.mark.req("R-118")
def test_who_was_lost_stands_on_the_list_of_the_period(v, browse):
    reported(v, "lan")
    browser = browse("qin", WED)
    page = text(browser.get("/cases/returned/"))
    assert "吴小兰" in page

    before = text(browser.get("/cases/returned/?from_on=2026-11-01&to_on=2026-11-17"))
    assert "吴小兰" not in before
    bad = browser.get("/cases/returned/?from_on=2026-11-18&to_on=2026-11-17")
    assert bad.status_code == 422
    assert browser.get("/cases/returned/lost/export/").status_code == 200
    assert browser.get("/cases/returned/nonsense/export/").status_code == 404


@pytest.mark.req("R-121")
def test_a_case_closed_as_an_error_while_the_child_stays_away_is_a_question(v, browse):
    take(v, StepKind.CLOSED, by="chen", day=TUE, outcome="identity_error")
    call(v, WED, "lan", "gang")
    page = text(browse("he", WED).get("/cases/compare/"))

    assert "之后点名仍缺勤" in page
    assert browse("chen", WED).get("/cases/compare/").status_code == 409


# -- budgets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [("/cases/", 26), ("/cases/tray/", 60), ("/cases/returned/", 32), ("/cases/compare/", 24)],
)
def test_lists_cost_the_same_however_many_cases(v, browse, path, most):
    browser = browse("qin", WED)
    browser.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(path)

    assert len(asked) <= most, len(asked)


def test_a_case_costs_a_constant_number_of_statements(v, browse):
    browser = browse("qin", WED)
    url = f"/cases/{case_of(v).pk}/"
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)

    assert len(asked) <= 60, len(asked)
