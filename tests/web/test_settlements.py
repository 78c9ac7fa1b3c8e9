"""Pages of settlements: compute, line by line, exceptions, decisions, paper, honours."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from notoneless.consequences.models import Confirmation, ExceptionStatement, Honour, Settlement
from notoneless.journal.models import Reading
from notoneless.rules.consequences.life import LineState
from notoneless.rules.consequences.lines import Kind
from tests.consequences.desk import JULY, computed, confirmed, line, lines, lose, settling
from tests.world import Village

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return str(answer.content.decode())


@pytest.fixture
def v(village: Village) -> Village:
    """S1-19; class 1 lost two."""
    v = settling(village, "S1-19")
    lose(v, "lan", "gang")
    return v


def at(row) -> str:
    return f"/settlements/lines/{row.id}/"


@pytest.mark.req("R-199", "R-200")
def test_from_computing_to_the_receipt_in_the_browser(v: Village, browse):
    clerk = browse("cui", JULY)
    assert "未核算" in text(clerk.get("/settlements/"))
    address = f"/settlements/schools/{v.units['primary'].pk}/2026/0/"
    made = clerk.post(address)["Location"]
    assert clerk.post(address)["Location"] == made
    page = text(clerk.get(made))
    assert "2 人 × 100 元 × 50%" in page
    assert "−100 元" in page
    assert "流失 2 人，≥ 2 人" in page
    assert "审定整份" not in page

    head = browse("he", JULY, minutes=5)
    assert "审定整份" in text(head.get(made))
    assert "就要由另一位审定" in text(head.get("/settlements/"))
    assert "就要由另一位审定" not in text(clerk.get("/settlements/"))
    assert head.post(f"{made}confirm/", {"seen": 0}).status_code == 302
    assert head.post(f"{made}confirm/", {"seen": 0}).status_code == 302
    other = browse("fang", JULY, minutes=6).post(f"{made}confirm/", {"seen": 0})
    assert other.status_code == 409
    assert "已经审定" in text(other)

    row = line(v, Settlement.objects.get().pk, Kind.CHARGE, "chen")
    clerk = browse("cui", JULY, minutes=9)
    answer = clerk.post(f"{at(row)}settle/", {"done_on": JULY.isoformat(), "receipt": "012"})
    assert answer.status_code == 302
    page = text(clerk.get(at(row)))
    assert "已兑现" in page
    assert "2027-07-31 012" in page
    wrong = {"done_on": JULY.isoformat(), "receipt": "021", "reason": "号码写错"}
    assert clerk.post(f"{at(row)}correct/", {**wrong, "reason": ""}).status_code == 422
    assert clerk.post(f"{at(row)}correct/", wrong).status_code == 302
    assert "2027-07-31 021" in text(clerk.get(at(row)))


@pytest.mark.req("R-200")
def test_several_lines_are_paid_on_one_receipt_in_the_browser(v: Village, browse):
    made = computed(v)
    clerk = browse("cui", JULY)
    assert "同一天、同一张凭证" not in text(clerk.get(f"/settlements/{made}/"))
    confirmed(v, made)
    clerk = browse("cui", JULY, minutes=400)
    page = text(clerk.get(f"/settlements/{made}/"))
    assert "同一天、同一张凭证" in page
    address = f"/settlements/{made}/settle/"
    paid = [line(v, made, Kind.CHARGE, "chen"), line(v, made, Kind.REWARD, "zhou")]
    said = {"done_on": JULY.isoformat(), "receipt": "工资表7月", "lines": [p.id for p in paid]}
    assert clerk.post(address, {**said, "lines": []}).status_code == 422
    for _ in range(2):
        assert clerk.post(address, said).status_code == 302
    page = text(clerk.get(f"/settlements/{made}/"))
    assert page.count("2027-07-31 工资表7月") == 2
    assert browse("tan", JULY).post(address, said).status_code == 404


@pytest.mark.req("R-199")
def test_nobody_decides_or_confirms_over_what_he_has_not_seen(v: Village, browse):
    made = computed(v)
    row = line(v, made, Kind.CHARGE, "chen")
    he = browse("he", JULY)
    rejected = {"step": "reject", "reason": "家长已说明", "seen": 0}
    for _ in range(2):
        assert he.post(f"{at(row)}decide/", rejected).status_code == 302
    late = browse("fang", JULY, minutes=3)
    assert late.post(f"{at(row)}decide/", {"step": "approve", "seen": 0}).status_code == 409
    for seen in ({"seen": 0}, {}):
        assert late.post(f"/settlements/{made}/confirm/", seen).status_code == 409
    assert not Confirmation.objects.exists()
    assert late.post(f"/settlements/{made}/confirm/", {"seen": 1}).status_code == 302


@pytest.mark.req("R-217")
def test_a_bearer_sees_his_own_line_and_files_an_exception(v: Village, browse):
    made = computed(v)
    row = line(v, made, Kind.CHARGE, "chen")
    chen = browse("chen", JULY)

    page = text(chen.get("/settlements/"))
    assert at(row) in page
    assert "核算出来的只是建议" in page
    page = text(chen.get(at(row)))
    assert "吴小兰" in page
    assert "提交特殊情况说明" in page
    assert Reading.objects.filter(kind="children.listed").exists()
    assert chen.get(f"/settlements/{made}/").status_code == 404
    short = chen.post(f"{at(row)}exception/", {"circumstances": ""})
    assert short.status_code == 422
    said = {"circumstances": "随父母外出", "children": [str(v.lan.pk)]}
    assert chen.post(f"{at(row)}exception/", said).status_code == 302
    assert ExceptionStatement.objects.get().circumstances == "随父母外出"
    assert chen.post(f"{at(row)}exception/", said).status_code == 302
    other = {"circumstances": "又一份"}
    assert chen.post(f"{at(row)}exception/", other).status_code == 409
    assert ExceptionStatement.objects.count() == 1
    assert "提交特殊情况说明" not in text(chen.get(at(row))).split("<main")[1].split("经过")[0]


@pytest.mark.req("R-206", "R-216")
def test_an_exception_is_verified_and_granted_in_the_browser(v: Village, browse):
    made = computed(v)
    row = line(v, made, Kind.VETO, "chen")
    browse("chen", JULY).post(f"{at(row)}exception/", {"circumstances": "随父母外出"})
    ning = browse("ning", JULY, minutes=3)
    assert "核实特殊情况" in text(ning.get(at(row)))
    answers = {"is_written_statement": "yes", "is_verified": "yes", "reason": "到家核实"}
    assert ning.post(f"{at(row)}verify/", {"reason": "到家核实"}).status_code == 422
    assert ning.post(f"{at(row)}verify/", answers).status_code == 302
    he = browse("he", JULY, minutes=6)
    assert "同意免除" in text(he.get(at(row)))
    assert he.post(f"{at(row)}decide/", {"step": "grant", "seen": 2}).status_code == 302
    lifted = line(v, made, Kind.VETO, "chen")
    assert lifted.state is LineState.LIFTED
    paper = text(he.get(f"{at(row)}statement/"))
    for said in ("随父母外出", "书面说明：是", "已免除", "（何开来）", "2026—2027 学年"):
        assert said in paper
    assert he.get(f"{at(row)}statement/?pdf=1")["Content-Type"] == "application/pdf"


def test_a_decision_is_checked_before_it_is_written(v: Village, browse):
    row = line(v, computed(v), Kind.CHARGE, "chen")
    he = browse("he", JULY)

    assert (
        he.post(f"{at(row)}decide/", {"step": "change", "amount": "50", "seen": 0}).status_code
        == 422
    )
    assert he.post(f"{at(row)}decide/", {"step": "grant", "seen": 0}).status_code == 422
    more = {"step": "change", "amount": "101", "reason": "再重一点", "seen": 0}
    assert he.post(f"{at(row)}decide/", more).status_code == 409
    less = {"step": "change", "amount": "50", "reason": "初次", "seen": 0}
    assert he.post(f"{at(row)}decide/", less).status_code == 302
    assert line(v, row.settlement_id, Kind.CHARGE, "chen").fen == -5_000


@pytest.mark.parametrize(
    ("who", "status"), [("tan", 404), ("long", 404), ("chen", 404), ("zhou", 404), ("ning", 200)]
)
def test_who_may_open_a_settlement_and_who_may_not(v: Village, browse, who, status):
    made = computed(v)
    client = browse(who, JULY)

    for page in ("", "paper/", "grounds/", "differences/"):
        assert client.get(f"/settlements/{made}/{page}").status_code == status
    if status == 404:
        assert client.post(f"/settlements/{made}/confirm/").status_code == 404
        address = f"/settlements/schools/{v.units['primary'].pk}/2026/0/"
        assert client.post(address).status_code == 404
        foreign = line(v, made, Kind.CHARGE, "tong")
        assert client.get(at(foreign)).status_code == 404
        assert not Confirmation.objects.exists()


@pytest.mark.req("R-200")
def test_the_paper_traces_every_fen_and_names_no_child(v: Village, browse):
    made = computed(v)
    client = browse("ning", JULY)

    paper = text(client.get(f"/settlements/{made}/paper/"))
    assert "2 人 × 100 元 × 50%" in paper
    assert "《青禾县控辍保学奖惩办法》" in paper
    assert "吴小兰" not in paper
    assert "未审定，不生效" in paper
    grounds = text(client.get(f"/settlements/{made}/grounds/"))
    assert "吴小兰" in grounds
    assert client.get(f"/settlements/{made}/paper/?pdf=1").content.startswith(b"%PDF")


@pytest.mark.req("R-200", "R-235")
def test_each_bearers_sum_and_the_spreadsheet_say_the_same_fen(v: Village, browse):
    made = computed(v)
    client = browse("ning", JULY)
    for page in ("", "paper/"):
        said = text(client.get(f"/settlements/{made}/{page}"))
        sums = said[said.index("每人合计") :]
        # Class 2 kept everyone and nobody is attached to it: half of 200 yuan; class 1 lost two.
        assert "+100 元" in sums
        assert "−100 元" in sums
    answer = client.get(f"/settlements/{made}/sheet/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [row for row in book.active.iter_rows(values_only=True) if str(row[0]).isdecimal()]
    figures = [Decimal(str(row[9])) for row in rows if row[9]]
    in_effect = [each for each in lines(v, made, Kind.CHARGE, Kind.REWARD) if each.may_take_effect]
    assert sum(figures) * 100 == sum(each.fen or 0 for each in in_effect) == -10_000
    assert "吴小兰" not in str(rows)


@pytest.mark.req("R-308")
def test_a_rule_without_legal_basis_is_shown_as_off(village: Village, browse):
    v = settling(village, "S1-19", released=False)
    lose(v, "lan")

    page = text(browse("cui", JULY).get(f"/settlements/{computed(v)}/"))

    assert "没有法律依据，不生效" in page
    assert "没有可以生效的事项" in page


def test_later_facts_are_compared(v: Village, browse):
    made = computed(v)
    confirmed(v, made)
    lose(v, "p0")

    page = text(browse("he", JULY).get(f"/settlements/{made}/differences/"))

    assert "−100 元" in page
    assert "−150 元" in page


@pytest.mark.req("R-205")
def test_a_vetoed_teacher_is_refused_an_honour_with_the_reason(v: Village, browse):
    confirmed(v, computed(v))
    clerk = browse("ning", JULY, minutes=30)
    address = clerk.get("/settlements/honours/")["Location"]
    given = {
        "id": str(uuid7()),
        "code": "advanced_title",
        "whom": f"p:{v.people['chen'].pk}",
        "title": "",
    }
    for _ in range(2):
        assert clerk.post(address, given).status_code == 302

    row = Honour.objects.get()
    page = text(clerk.get(address))
    assert "未授予（一票否决）" in page
    assert f"/settlements/lines/{row.refused_by_id}/" in page
    assert clerk.post(address, {**given, "whom": "p:nobody"}).status_code == 422
    assert browse("tan", JULY).get(address).status_code == 404


@pytest.mark.req("R-205", "R-207")
def test_who_chooses_sees_who_is_vetoed_and_who_comes_first(village: Village, browse):
    v = settling(village, "S1-7")
    lose(v, "lan", "gang")
    made = computed(v)
    clerk = browse("ning", JULY, minutes=30)
    address = clerk.get("/settlements/honours/")["Location"]
    assert "同等条件优先）" not in text(clerk.get(address))
    confirmed(v, made)

    page = text(clerk.get(address))

    assert "周思源（零流失，同等条件优先）" in page
    assert "陈小满（本学年被一票否决）" in page


def test_a_settlement_costs_the_same_however_many_lines(v: Village, browse):
    made = computed(v)
    client = browse("ning", JULY)
    client.get(f"/settlements/{made}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/settlements/{made}/")
    for n in range(6):
        v.enrol(f"q{n}", f"后来{n}", "primary-2")
    lose(v, "yan", "q1", "q2")
    more = computed(v)
    assert len(lines(v, more)) > 6
    with CaptureQueriesContext(connection) as many:
        client.get(f"/settlements/{more}/")
    assert len(many) <= len(few) <= 30


def test_the_list_costs_the_same_however_many_schools(v: Village, browse):
    client = browse("fang", JULY)
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/settlements/").status_code == 200
    assert len(seen) <= 30
    page = text(client.get("/settlements/?year=2025"))
    assert "2025—2026" in page
    assert text(client.get("/settlements/?year=abc"))


def test_in_english(v: Village, browse):
    client = browse("ning", JULY)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/settlements/{computed(v)}/"))
    assert "2 children × 100 yuan × 50%" in page
    assert "2 lost, ≥ 2 children" in page


def test_a_term_has_its_own_row(village: Village, browse):
    v = settling(village, "S1-26")
    page = text(browse("cui", date(2027, 2, 1)).get("/settlements/"))
    assert "第一学期" in page
    assert "第二学期" in page
    assert v.units["primary"].name in page
