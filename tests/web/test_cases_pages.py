"""Cases on pages: the list and its board, one case, its steps, opening by hand."""

from __future__ import annotations

import io
import re
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep
from notoneless.journal.models import Reading
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.cases.said import QUESTIONS
from notoneless.web.cases.answers import label_of, option_of
from notoneless.web.cases.obstacles import SENTENCES
from notoneless.web.cases.words import STEPS
from tests.attendance.register import MON, TUE, WED, call
from tests.cases.desk import case_of, look, take
from tests.duties.desk import S1_24, S1_29, under
from tests.world import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(village: Village) -> Village:
    """Lan was away on Monday and Tuesday: her case is open since Tuesday."""
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    look(village, TUE)
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def url(v: Village, more: str = "") -> str:
    return f"/cases/{case_of(v).pk}/{more}"


def test_every_question_option_and_obstacle_has_words():
    for step, questions in QUESTIONS.items():
        assert str(STEPS[step])
        for question in questions:
            assert str(label_of(step, question.name))
            for option in question.options:
                assert str(option_of(step, question.name, option)) != option
    assert set(SENTENCES) >= set(type(next(iter(SENTENCES))))


# -- one case ------------------------------------------------------------------------------------


@pytest.mark.req("R-101", "R-105")
def test_a_case_says_where_it_stands_whose_turn_it_is_and_what_happened(v, browse):
    page = text(browse("chen", TUE).get(url(v)))

    for said in ("吴小兰", "疑似辍学", "轮到谁", "立案", "连续缺勤", "知名", "下一步"):
        assert said in page


def test_a_class_is_called_by_grade_and_number_never_by_its_number_alone(v, browse):
    take(v, StepKind.ASSIGNED, by="chen", day=TUE, person=str(v.people["chen"].pk))

    page = text(browse("chen", TUE).get(url(v)))

    assert "三年级1班 陈小满" in page
    assert "· 1 陈小满" not in page


def test_opening_a_case_is_noted(v, browse):
    browse("chen", TUE).get(url(v))

    assert Reading.objects.get(kind="case.opened").child_id == v.lan.pk


@pytest.mark.parametrize("name", ["tan", "shi", "long"])
@pytest.mark.parametrize("more", ["", "step/determined/", "error/", "answer/", "take-back/"])
def test_a_case_elsewhere_is_not_there(v, browse, name, more):
    browser = browse(name, TUE)
    is_post = more in ("answer/", "take-back/")
    send = browser.post if is_post else browser.get

    assert send(url(v, more)).status_code == 404
    assert send(f"/cases/{uuid4()}/{more}").status_code == 404


def test_a_step_that_is_none_is_not_there(v, browse):
    assert browse("qin", TUE).get(url(v, "step/nonsense/")).status_code == 404
    assert browse("qin", TUE).get(url(v, "step/opened/")).status_code == 404


# -- a step --------------------------------------------------------------------------------------


def sent(page, **more):
    """The form of a page as it would be posted, with answers."""
    own = re.search(r'name="id" value="([^"]+)"', page.content.decode())[1]
    return {"id": own, "on": page.context["today"].isoformat(), **more}


@pytest.mark.req("R-102", "T10")
def test_the_school_determines_and_the_same_form_sent_twice_is_one_step(v, browse):
    browser = browse("qin", WED)
    form = sent(
        browser.get(url(v, "step/determined/")), result="dropped_out", criteria="连续缺勤三天"
    )

    for _ in range(2):
        assert browser.post(url(v, "step/determined/"), form).status_code == 302

    assert CaseStep.objects.filter(kind=StepKind.DETERMINED).count() == 1
    assert case_of(v).state == State.CONFIRMED


def test_what_is_missing_stands_beside_its_field_and_the_rest_is_kept(v, browse):
    browser = browse("qin", WED)
    form = sent(browser.get(url(v, "step/determined/")), result="dropped_out")
    answer = browser.post(url(v, "step/determined/"), form)

    assert answer.status_code == 422
    assert "请填写这一项" in text(answer)
    assert 'value="dropped_out"' in text(answer)
    assert not CaseStep.objects.filter(kind=StepKind.DETERMINED).exists()


def test_a_step_that_somebody_else_has_made_impossible_is_refused_in_a_sentence(v, browse):
    browser = browse("qin", WED)
    form = sent(browser.get(url(v, "step/determined/")), result="dropped_out", criteria="缺勤")
    take(v, StepKind.CLOSED, by="chen", day=WED, outcome="identity_error")
    answer = browser.post(url(v, "step/determined/"), form)

    assert answer.status_code == 409
    assert "刷新页面" in text(answer)


@pytest.mark.req("R-120")
def test_an_identity_error_takes_two_taps(v, browse):
    browser = browse("chen", WED)
    assert "没有学生失学，是信息错误" in text(browser.get(url(v)))
    page = browser.get(url(v, "error/"))
    answer = browser.post(url(v, "error/"), sent(page))

    assert answer.status_code == 302
    assert case_of(v).state == State.CLOSED_OTHER


@pytest.mark.req("R-120")
def test_an_error_that_has_become_impossible_comes_back_with_what_was_typed(v, browse):
    browser = browse("qin", WED)
    form = sent(browser.get(url(v, "error/")), words="点名时看错了一行")
    take(v, StepKind.REPORTED, by="qin", day=WED, reason="外出务工")
    answer = browser.post(url(v, "error/"), form)

    assert answer.status_code == 409
    page = text(answer)
    assert 'data-code="CASE-01"' in page
    assert "点名时看错了一行" in page
    assert f'href="{url(v)}"' in page
    assert case_of(v).state == State.REPORTED


def test_an_order_that_lacks_its_ground_says_what_is_missing(v, browse):
    take(v, StepKind.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="缺勤")
    take(v, StepKind.REPORTED, by="qin", day=WED, reason="外出务工")
    page = text(browse("xiang", WED).get(url(v)))

    assert "签发返校通知书" in page
    assert "书面报告还没有被接收" in page


@pytest.mark.req("R-106")
def test_a_receiver_accepts_or_sends_back_with_a_reason(v, browse):
    take(v, StepKind.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="缺勤")
    report = take(v, StepKind.REPORTED, by="qin", day=WED, reason="外出务工")
    browser = browse("xiang", WED)
    assert "等您接收" in text(browser.get(url(v)))

    data = {"id": uuid7(), "answers": report, "answer": "send_back", "words": ""}
    assert browser.post(url(v, "answer/"), data).status_code == 422
    data["words"] = "没有写家访情况"
    assert browser.post(url(v, "answer/"), data).status_code == 302
    assert "没有写家访情况" in text(browser.get(url(v)))
    again = {"id": uuid7(), "answers": report, "answer": "accept", "words": ""}
    assert browser.post(url(v, "answer/"), again).status_code == 409


def test_the_last_step_is_taken_back_with_a_reason(v, browse):
    person = v.people["chen"].pk
    take(v, StepKind.ASSIGNED, by="qin", day=WED, person=str(person))
    browser = browse("qin", WED)
    step = CaseStep.objects.get(kind=StepKind.ASSIGNED)
    page = text(browser.get(url(v)))
    assert "撤回最后一步" in page

    assert browser.post(url(v, "take-back/"), {"step": step.pk, "reason": ""}).status_code == 422
    data = {"step": step.pk, "reason": "选错了人"}
    assert browser.post(url(v, "take-back/"), data).status_code == 302
    assert "已撤回：选错了人" in text(browser.get(url(v)))


# -- the list ------------------------------------------------------------------------------------


def test_the_list_names_the_case_and_the_board_counts_it(v, browse):
    page = text(browse("qin", TUE).get("/cases/"))

    assert "吴小兰" in page
    assert "各阶段" in page
    assert "共 1 条" in page


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        ("stage=suspected", True),
        ("stage=reported", False),
        ("source=absence", True),
        ("source=tip", False),
        ("alone=1", True),
        ("late=1", False),
        ("q=wxl", True),
        ("q=吴", True),
        ("q=zhang", False),
        ("since=2026-11-17&until=2026-11-17", True),
        ("since=2026-11-18", False),
        ("untold=1", False),
        ("stage=closed", False),
        ("stage=all&sort=-name", True),
        ("whose=mine", False),
        ("stage=nonsense&source=nonsense&since=nonsense", True),
    ],
)
def test_the_list_is_narrowed(v, browse, query, shows):
    page = text(browse("lu", TUE).get(f"/cases/?{query}"))

    assert ("吴小兰" in page) is shows


def test_the_list_of_another_place_is_empty(v, browse):
    assert "现在没有在办的个案" in text(browse("tan", TUE).get("/cases/"))
    assert browse("shi", TUE).get("/cases/").status_code == 409


def test_the_file_asks_what_for_and_is_noted(v, browse):
    browser = browse("qin", TUE)
    assert browser.post("/cases/export/", {"purpose": ""}).status_code == 422
    answer = browser.post("/cases/export/", {"purpose": "核对在办个案"})

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [str(cell.value) for row in book.active for cell in row]
    assert "吴小兰" in cells
    assert any("核对在办个案" in cell for cell in cells)
    assert Reading.objects.filter(kind="cases.exported").exists()


# -- by hand -------------------------------------------------------------------------------------


@pytest.mark.req("R-124")
def test_a_tip_opens_a_case_and_who_told_stays_with_the_leaders(village, browse):
    under(village, S1_24)
    browser = browse("qin", WED)
    page = browser.get(f"/cases/new/?child={village.lan.pk}")
    data = {
        "id": re.search(r'name="id" value="([^"]+)"', page.content.decode())[1],
        "child": village.lan.pk,
        "source": "tip",
        "away_since": MON.isoformat(),
        "words": "邻居覃大姐说孩子去了外地",
    }
    for _ in range(2):
        assert browser.post("/cases/new/", data).status_code == 302
    case = Case.objects.get()

    assert "邻居覃大姐" in text(browser.get(f"/cases/{case.pk}/"))
    assert "邻居覃大姐" not in text(browse("chen", WED).get(f"/cases/{case.pk}/"))


def test_a_second_case_is_refused_and_leads_to_the_first(v, browse):
    browser = browse("qin", WED)
    data = {
        "id": uuid7(),
        "child": v.lan.pk,
        "source": "by_hand",
        "away_since": MON.isoformat(),
        "words": "",
    }
    answer = browser.post("/cases/new/", data)

    assert answer.status_code == 409
    assert url(v) in text(answer)


def test_a_childs_cases_are_a_tab_of_its_file(v, browse):
    browser = browse("chen", WED)

    assert url(v) in text(browser.get(f"/children/{v.lan.pk}/cases/"))
    assert f"/children/{v.lan.pk}/cases/" in text(browser.get(f"/children/{v.lan.pk}/"))
    assert browser.get(f"/cases/of/{v.lan.pk}/?step=determined").url.endswith("/step/determined/")
    assert browse("tan", WED).get(f"/children/{v.lan.pk}/cases/").status_code == 404
