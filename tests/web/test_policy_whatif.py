"""The page that tries another plan on a past period."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.flows.whatif.running import (
    Answer,
    Effect,
    LineDifference,
    Question,
    try_out,
)
from notoneless.flows.whatif.wire import answer_in, answer_out
from notoneless.jobs import whatif as job
from notoneless.journal.models import Reading
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.policy.writing import pack_text
from notoneless.web.policy import whatif as page
from notoneless.web.policy.whatif_words import line_words
from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.duties.desk import S1_24, S1_29, under
from tests.world import Village

pytestmark = pytest.mark.req("R-302", "R-303")
FIXED = "已记录的事实固定不变"


@pytest.fixture
def v(village: Village) -> Village:
    under(village, S1_24)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    call(village, WED)
    return village


def ask(browser, v: Village, *, pack: str = S1_29, at: str = "bureau", since=MON, until=THU):
    asked = {"place": v.units[at].pk, "since": since, "until": until, "other": f"pack:{pack}"}
    return browser.get("/policy/what-if/", asked)


def test_numbers_come_first_and_then_the_children(v: Village, browse):
    answer = ask(browse("lu", FRI), v)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert FIXED in html
    assert "查明缺勤原因" in html
    assert "吴小兰" in html
    assert "多出" in html
    assert html.index("不同的待办") < html.index("吴小兰")
    assert S1_24 in html
    assert Reading.objects.filter(kind="children.listed").count() == 1


def test_the_same_pack_says_that_nothing_differs(v: Village, browse):
    html = ask(browse("lu", FRI), v, pack=S1_24).content.decode()

    assert "两个方案在这段日子里没有不同" in html
    assert not Reading.objects.exists()


def test_the_first_page_proposes_the_last_weeks_and_computes_nothing(v: Village, browse):
    answer = browse("lu", FRI).get("/policy/what-if/")

    assert answer.status_code == 200
    assert 'value="2026-11-19"' in answer.content.decode()
    assert FIXED in answer.content.decode()


def test_a_draft_can_be_tried_before_it_is_proposed(v: Village, browse):
    browser = browse("lu", FRI)
    address = browser.post(f"/policy/drafts/new/{S1_29}/", {"id": uuid7()})["Location"]
    draft = address.rstrip("/").rpartition("/")[2]
    asked = {"place": v.units["primary"].pk, "since": MON, "until": THU, "other": f"draft:{draft}"}

    assert f"draft:{draft}" in browser.get("/policy/what-if/", {"draft": draft}).content.decode()
    assert "查明缺勤原因" in browser.get("/policy/what-if/", asked).content.decode()


@pytest.mark.parametrize(("since", "until", "status"), [(MON, FRI, 409), (THU, MON, 422)])
def test_a_period_that_does_not_fit_is_refused_in_words(v: Village, browse, since, until, status):
    assert ask(browse("lu", FRI), v, since=since, until=until).status_code == status


def test_who_sees_no_children_tries_nothing_and_nobody_beyond_his_reach(v: Village, browse):
    assert browse("shi", FRI).get("/policy/what-if/").status_code == 409
    # A place out of reach is none of the choices.
    assert ask(browse("qin", FRI), v, at="other").status_code == 422
    assert ask(browse("qin", FRI), v, at="primary").status_code == 200


def test_what_follows_for_people_is_shown_to_those_who_settle(v: Village, browse):
    assert "您的岗位看不到奖惩" not in ask(browse("qin", FRI), v, at="primary").content.decode()
    assert "您的岗位看不到奖惩" in ask(browse("wei", FRI), v, at="primary").content.decode()


def test_when_time_is_up_the_page_says_so_and_offers_to_go_on(v: Village, browse, monkeypatch):
    monkeypatch.setattr(page, "SECONDS", -1)

    html = ask(browse("lu", FRI), v).content.decode()

    assert "只比较了 1 所学校，共 3 所" in html
    assert "在后台算完" in html


def test_the_background_computes_the_same_for_its_asker_alone(v: Village, browse, monkeypatch):
    kept = {}

    class Done:
        def __init__(self, *args: str) -> None:
            self.func, self.args, self.success = page.RUN, args, True
            self.result = job.run(*args)

    def later(name: str, *args: str) -> str:
        assert name == page.RUN
        kept["run1"] = Done(*args)
        return "run1"

    monkeypatch.setattr(page, "async_task", later)
    monkeypatch.setattr(page, "fetch", kept.get)
    lu = browse("lu", FRI)
    asked = {"place": v.units["bureau"].pk, "since": MON, "until": THU, "other": f"pack:{S1_29}"}

    assert "正在后台计算" in lu.get("/policy/what-if/runs/run1/").content.decode()
    address = lu.post("/policy/what-if/start/", asked)["Location"]

    html = lu.get(address).content.decode()
    assert "吴小兰" in html
    assert "3 / 3" in html
    assert browse("qin", FRI).get(address).status_code == 404


def test_an_answer_comes_back_from_its_wire_as_it_was(v: Village):
    question = Question(v.units["bureau"].pk, Period(MON, THU), shipped_packs()[S1_29])
    answer = try_out(v.actor("lu", today=FRI), question, today=FRI, is_over=lambda: False)

    assert answer_in(answer_out(answer)) == answer
    assert v.lan.name not in answer_out(answer)
    assert pack_text(question.pack)


def test_a_veto_under_one_plan_alone_is_told_with_what_it_blocks(v: Village):
    off = Effect(
        fen=-5000,
        points="",
        per_cent="",
        honours=(),
        is_on=False,
        is_vacant=False,
        children=(v.lan.pk,),
    )
    veto = Effect(
        fen=None,
        points="",
        per_cent="",
        honours=(),
        is_on=True,
        is_vacant=False,
        children=(v.lan.pk,),
    )
    line = LineDifference("veto", "veto_on_dropout", v.lan.pk, "principal", "覃志学", None, veto)
    charge = LineDifference("charge", "fine", v.lan.pk, "principal", "覃志学", off, None)
    question = Question(v.units["bureau"].pk, Period(MON, THU), shipped_packs()[S1_29])
    answer = Answer(question, "青禾县教育体育局", 1, lines=[line, charge])

    assert answer_in(answer_out(answer)) == answer
    assert not answer.is_same
    told = line_words(line)
    assert (str(told["kind"]), told["bearer"]) == ("一票否决", "覃志学")
    assert (told["before"], told["after"]) == ("没有", "有")
    assert line_words(charge)["before"] == "-50 元（未启用）"


def test_the_page_costs_no_more_for_more_children(v: Village, browse):
    browser = browse("qin", FRI)
    ask(browser, v, at="primary")
    with CaptureQueriesContext(connection) as few:
        ask(browser, v, at="primary")
    for n in range(8):
        v.enrol(f"k{n}", f"石小{n}", "primary-1", sex="1")
    names = [f"k{n}" for n in range(8)]
    call(v, THU, *names)
    with CaptureQueriesContext(connection) as many:
        ask(browser, v, at="primary")

    assert len(many) <= len(few) + 2, (len(few), len(many))
    assert len(few) <= 90, len(few)
