"""Accountability in the browser: each sees what is his, and a form pressed twice is once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from uuid_utils.compat import uuid7

from notoneless.journal.models import Reading
from notoneless.oversight.models import Dismissal, Fault, FaultDecision, FaultFact
from notoneless.rules.faults.kinds import FaultState, FaultStep
from tests.attendance.register import MON, TUE, WED, at, call, sheet
from tests.attendance.register import send as send_roll
from tests.cases.desk import case_of, look
from tests.duties.desk import adopt_pack
from tests.oversight.desk import (
    SAID,
    decided,
    final,
    heard,
    post_of,
    raised,
    released,
    school,
    state,
    take,
)
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-211", "R-212")]
SignIn = Callable[[str], Client]
DECISION = {
    "on": TODAY.isoformat(),
    "outcome": "upheld",
    "words": "属实。",
    "e_not_teacher_caused": "no",
    "e_work_done_in_vain": "no",
    "e_verified": "yes",
}


@pytest.fixture
def v(village: Village) -> Village:
    return school(village)


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def form(v: Village, **more: object) -> dict[str, object]:
    return {
        "id": str(uuid7()),
        "post": str(post_of(v, "chen")),
        "kind": "no_measures",
        "found_on": TODAY.isoformat(),
        "facts": SAID,
        "source_kind": "guardian",
        "source": "王奶奶来电",
        **more,
    }


# -- raising --------------------------------------------------------------------------------------


def test_a_charge_is_raised_in_one_form_and_pressing_twice_is_once(v: Village, signed_in: SignIn):
    client, sent = signed_in("gu"), form(v)
    assert "顾明远" not in re.findall(r"<option[^>]*>([^<]*)", page(client, "fault-new"))

    answers = [client.post(reverse("fault-new"), sent) for _ in range(2)]

    fault = Fault.objects.get()
    assert [a.headers["Location"] for a in answers] == [reverse("fault", args=[fault.pk])] * 2
    assert fault.source == {"kind": "guardian", "words": "王奶奶来电"}


def test_a_bad_form_keeps_what_was_typed(v: Village, signed_in: SignIn):
    answer = signed_in("gu").post(reverse("fault-new"), form(v, kind="", facts="查明：有三次"))

    assert answer.status_code == 422
    assert "查明：有三次" in answer.content.decode()
    assert not Fault.objects.exists()


def test_a_refusal_says_why_in_words(v: Village, signed_in: SignIn):
    answer = signed_in("gu").post(reverse("fault-new"), form(v, facts="太短"))

    assert answer.status_code == 409
    assert 'data-code="FAULT-10"' in answer.content.decode()


def test_the_form_says_what_the_source_has_lost_and_what_is_not_open(v: Village, signed_in: SignIn):
    text = page(signed_in("gu"), "fault-new")

    assert "原件缺第(4)项" in text
    assert "冷落学生" in text.split("不能提出的")[1]
    assert "冷落学生" not in text.split("不能提出的")[0]


def test_whose_dropout_cases_are_listed_is_noted(v: Village, signed_in: SignIn):
    for day in (MON, TUE):
        call(v, day, "lan")
    look(v, TUE)

    text = page(signed_in("gu"), "fault-new")

    assert "吴小兰" in text
    assert Reading.objects.filter(kind="children.listed", filter="fault cases").count() == 1
    sent = form(v, kind="hidden_figures", cases=[str(case_of(v).pk)])
    assert signed_in("gu").post(reverse("fault-new"), sent).status_code == 302


def test_the_county_chooses_a_unit_first_by_name(v: Village, signed_in: SignIn):
    text = page(signed_in("shao"), "fault-new")

    assert f"?unit={v.units['primary'].pk}" in text
    assert not Fault.objects.exists()


@pytest.mark.parametrize("name", ["fault-new", "fault-proposals"])
@pytest.mark.parametrize("who", ["chen", "wei", "long", "mo"])
def test_who_may_not_raise_faults_is_refused(v: Village, signed_in: SignIn, name: str, who: str):
    page(signed_in(who), name, status=409)


def test_a_unit_out_of_reach_is_not_there(v: Village, signed_in: SignIn):
    for name in ("fault-new", "fault-proposals"):
        answer = signed_in("gu").get(reverse(name), {"unit": str(v.units["other"].pk)})
        assert answer.status_code == 404
        assert signed_in("gu").get(reverse(name), {"unit": "x"}).status_code == 404


# -- seeing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["zhou", "wei", "tan", "long", "mo"])
def test_to_others_a_matter_is_not_there(v: Village, signed_in: SignIn, who: str):
    fault = raised(v)
    client = signed_in(who)

    for name, args in (
        ("fault", [fault.pk]),
        ("fault-step", [fault.pk, "stated"]),
        ("fault-record", [fault.pk]),
        ("fault-notice", [fault.pk]),
    ):
        page(client, name, *args, status=404)
    assert "没有涉及您的事项" in page(client, "faults") or who in ("tan",)


@pytest.mark.req("R-214", "R-217")
def test_the_person_charged_reads_the_facts_and_never_the_source(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v, source="王奶奶来电"))
    client = signed_in("chen")

    assert "未采取控辍措施" in page(client, "faults")
    for name in ("fault", "fault-record"):
        text = page(client, name, fault.pk)
        assert SAID in text
        assert "王奶奶" not in text
        assert "线索来自" not in text


def test_the_paper_bears_no_source_whoever_prints_it(v: Village, signed_in: SignIn):
    fault = raised(v, source="王奶奶来电")

    assert "王奶奶" in page(signed_in("gu"), "fault", fault.pk)
    assert "王奶奶" not in page(signed_in("gu"), "fault-record", fault.pk)


@pytest.mark.req("R-218")
def test_a_principal_charged_meets_his_own_page_and_his_deputies_none(
    v: Village, signed_in: SignIn
):
    fault = raised(v, "qin", by="he", kind="serious_school_dropout", source="县督导组")

    text = page(signed_in("qin"), "fault", fault.pk)

    assert "涉及您本人" in text
    assert "县督导组" not in text
    page(signed_in("gu"), "fault", fault.pk, status=404)
    page(signed_in("qin"), "fault-step", fault.pk, "investigated", status=404)


def test_the_list_says_whose_turn_it_is(v: Village, signed_in: SignIn):
    heard(v, raised(v))

    assert "等我决定" in page(signed_in("qin"), "faults")
    assert "等别人办理" in page(signed_in("gu"), "faults")


def test_a_list_costs_the_same_for_one_and_for_many(
    v: Village, signed_in: SignIn, django_assert_max_num_queries
):
    client = signed_in("qin")
    for about in ("chen", "zhou", "wei"):
        raised(v, about, kind="late_report")
    page(client, "faults")

    with django_assert_max_num_queries(16):
        page(client, "faults")


# -- steps ----------------------------------------------------------------------------------------


@pytest.mark.req("R-217")
def test_the_person_states_his_view_and_twice_is_once(v: Village, signed_in: SignIn):
    fault = raised(v)
    take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅记录。")
    take(v, fault, FaultStep.NOTICE_GIVEN, "gu", until=TODAY + timedelta(days=3))
    client, url = signed_in("chen"), reverse("fault-step", args=[fault.pk, "stated"])
    sent = {"id": str(uuid7()), "on": TODAY.isoformat(), "words": "家中无人，已留条。"}

    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]

    assert FaultFact.objects.filter(fault=fault, kind="stated").count() == 1
    assert state(fault) is FaultState.HEARD


def test_a_decision_is_made_in_one_form(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    client, url = signed_in("qin"), reverse("fault-step", args=[fault.pk, "decided"])
    text = client.get(url).content.decode()
    assert "没有启用" in text
    sent = {**DECISION, "id": str(uuid7())}

    refused = client.post(url, {**sent, "e_verified": ""})
    taken = client.post(url, sent)

    assert refused.status_code == 409
    assert "免责条件要逐项回答" in refused.content.decode()
    assert taken.status_code == 302
    assert state(fault) is FaultState.DECIDED


def test_of_two_deciders_the_second_reads_that_it_was_decided(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    second, url = signed_in("he"), reverse("fault-step", args=[fault.pk, "decided"])
    assert second.get(url).status_code == 200
    decided(v, fault)

    sent = {**DECISION, "id": str(uuid7()), "words": "不属实，理由写了半页。"}
    answer = second.post(url, sent)
    text = answer.content.decode()

    assert answer.status_code == 409
    assert "可能别人刚刚办过" in text
    assert "理由写了半页" in text  # nothing that was typed is lost
    assert FaultFact.objects.filter(fault=fault, kind="decided").count() == 1


def test_an_old_tab_of_a_step_that_is_done_leads_to_the_matter(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    decided(v, fault)
    client = signed_in("he")

    answer = client.get(reverse("fault-step", args=[fault.pk, "decided"]), follow=True)

    assert answer.redirect_chain == [(reverse("fault", args=[fault.pk]), 302)]
    assert "可能别人刚刚办过" in answer.content.decode()


def test_every_form_pressed_twice_is_once_and_leads_to_the_matter(v: Village, signed_in: SignIn):
    fault = raised(v)
    until = (TODAY + timedelta(days=3)).isoformat()
    ways: list[tuple[str, str, dict[str, str]]] = [
        ("gu", "investigated", {"words": "查阅家访记录。"}),
        ("gu", "notice_given", {"until": until}),
        ("gu", "refused", {"silence": "declined", "witness": "石永福"}),
        ("qin", "decided", DECISION),
        ("gu", "shown", {"witness": "石永福"}),
        ("chen", "appealed", {"words": "不服。"}),
        ("he", "appeal_decided", {"result": "kept", "words": "事实清楚。"}),
        ("gu", "executed", {"words": "已谈话。"}),
        ("gu", "taken_further", {"words": "仍没有改正。"}),
        ("gu", "withdrawn", {"words": "另案处理。"}),
    ]
    for who, kind, said in ways:
        client, url = signed_in(who), reverse("fault-step", args=[fault.pk, kind])
        sent = {"id": str(uuid7()), "on": TODAY.isoformat(), **said}

        answers = [client.post(url, sent) for _ in range(2)]

        there = reverse("fault", args=[fault.pk])
        assert [(a.status_code, a.headers.get("Location")) for a in answers] == [(302, there)] * 2
        assert FaultFact.objects.filter(fault=fault, kind=kind).count() == 1, kind
    assert FaultDecision.objects.count() == 1


@pytest.mark.parametrize("kind", ["decided", "investigated", "withdrawn"])
def test_a_step_that_is_another_s_is_refused_whatever_is_sent(
    v: Village, signed_in: SignIn, kind: str
):
    fault = raised(v)
    url = reverse("fault-step", args=[fault.pk, kind])
    sent = {**DECISION, "id": str(uuid7())}

    answer = signed_in("chen").post(url, sent)

    assert answer.status_code in (403, 409)
    assert not FaultFact.objects.exists()


def test_a_decider_who_raised_it_is_offered_no_decision(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v, by="qin"))

    page(signed_in("qin"), "fault-step", fault.pk, "decided", status=404)
    assert page(signed_in("he"), "fault-step", fault.pk, "decided")


def test_what_stands_in_the_way_is_said_with_its_day(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    decided(v, fault)
    take(v, fault, FaultStep.SHOWN, "chen")

    text = page(signed_in("gu"), "fault", fault.pk)

    assert "申请复核的时间还没有过" in text
    assert "2026年12月20日" in text


def test_accepting_and_asking_for_a_review_stand_side_by_side(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    decided(v, fault)
    take(v, fault, FaultStep.SHOWN, "chen")

    text = page(signed_in("chen"), "fault", fault.pk)

    assert "申请复核" in text
    assert 'btn-primary" href' not in text


def primary(text: str) -> list[str]:
    """What stands out among the matter's own steps."""
    return re.findall(r'class="btn btn-primary" href="[^"]+/step/[^"]+">([^<]+)<', text)


def test_the_step_that_is_awaited_of_the_reader_stands_out(v: Village, signed_in: SignIn):
    fault = raised(v)
    assert primary(page(signed_in("gu"), "fault", fault.pk)) == ["登记调查结果"]
    take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅记录。")
    take(v, fault, FaultStep.NOTICE_GIVEN, "gu", until=TODAY + timedelta(days=3))
    assert primary(page(signed_in("chen"), "fault", fault.pk)) == ["陈述和申辩"]
    assert primary(page(signed_in("gu"), "fault", fault.pk)) == []  # the person's turn
    take(v, fault, FaultStep.STATED, "chen", words="路远。")

    own, deciding = (page(signed_in(who), "fault", fault.pk) for who in ("chen", "qin"))

    assert primary(own) == []
    assert "补充陈述" in own
    assert primary(deciding) == ["作出决定"]
    assert "登记本人的书面陈述" in deciding


@pytest.mark.req("R-217")
def test_before_he_signs_the_person_reads_what_was_decided_and_what_follows(
    v: Village, signed_in: SignIn
):
    fault = heard(v, raised(v))
    decided(v, fault, words="三次应访未访，属实。")

    before = page(signed_in("chen"), "fault-step", fault.pk, "shown")
    take(v, fault, FaultStep.SHOWN, "chen")
    accepting = page(signed_in("chen"), "fault-step", fault.pk, "waived")

    for text in (before, accepting):
        assert "三次应访未访，属实。" in text
        assert "看到决定之后30个自然日" in text
    assert "我已看过决定" in before
    assert "看过不等于同意" in before
    assert "不能再申请复核" in accepting


@pytest.mark.parametrize("name", ["fault", "fault-record"])
def test_a_teacher_is_named_with_his_school_and_class(v: Village, signed_in: SignIn, name: str):
    fault = raised(v)

    assert f"{v.units['primary'].name} " in page(signed_in("he"), name, fault.pk)
    assert f"{v.units['primary'].name} " in page(signed_in("he"), "faults")


def test_an_unknown_step_is_not_there(v: Village, signed_in: SignIn):
    page(signed_in("gu"), "fault-step", raised(v).pk, "forgiven", status=404)


# -- papers ---------------------------------------------------------------------------------------


@pytest.mark.req("F-074")
def test_the_record_holds_fault_evidence_and_decision(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    decided(v, fault)
    final(v, fault)

    text = page(signed_in("gu"), "fault-record", fault.pk)

    for said in ("过错责任追究记录", "未采取控辍措施", SAID, "路远", "属实，予以追究", "本人签字"):
        assert said in text


@pytest.mark.req("F-074", "R-217")
@pytest.mark.parametrize("where", ["fault", "fault-record"])
def test_page_and_paper_say_both_times_with_their_source(v: Village, signed_in: SignIn, where: str):
    text = page(signed_in("gu"), where, raised(v).pk)

    assert "不少于3个自然日（产品默认值" in text
    assert "看到决定之后30个自然日（事业单位工作人员处分规定" in text


@pytest.mark.req("R-217")
def test_the_form_of_a_notice_begins_with_the_county_s_own_time(v: Village, signed_in: SignIn):
    own = [("fault_statement_period", 5, "calendar_days", ">=")]
    adopt_pack(v, "cases/2026", from_on=TODAY, own=own)
    fault = raised(v)
    take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅记录。")

    text = page(signed_in("gu"), "fault-step", fault.pk, "notice_given")

    assert "2026-11-25" in text
    assert "不少于5个自然日" in text


@pytest.mark.req("F-075")
def test_a_notice_holds_the_decided_text_and_nothing_else_of_the_matter(
    village: Village, signed_in: SignIn
):
    own = [("fault_catalogue", ("no_measures",), "", "")]
    v = school(village, "S0-3/2026", own=own)
    released(v, "accountability_ladder")
    fault = heard(v, raised(v, facts="吴小兰缺课十天无人家访。"))
    page(signed_in("gu"), "fault-notice", fault.pk, status=404)
    notice = "一名班主任未落实家访，予以通报批评，限一个月整改。"
    decided(v, fault, measures=["notice_of_criticism"], notice=notice)

    text = page(signed_in("gu"), "fault-notice", fault.pk)

    assert notice in text
    assert "吴小兰" not in text
    assert "陈小满" not in text
    assert "决定还没有生效" in text
    final(v, fault)
    assert "决定还没有生效" not in page(signed_in("gu"), "fault-notice", fault.pk)


@pytest.mark.req("F-075", "R-217")
def test_no_notice_is_printed_while_a_review_is_open_nor_of_what_it_overturned(
    village: Village, signed_in: SignIn
):
    v = school(village, "S0-3/2026", own=[("fault_catalogue", ("no_measures",), "", "")])
    released(v, "accountability_ladder")
    fault = heard(v, raised(v))
    decided(v, fault, measures=["notice_of_criticism"], notice="予以通报批评。")
    take(v, fault, FaultStep.SHOWN, "chen")
    take(v, fault, FaultStep.APPEALED, "chen", words="不服。")
    client = signed_in("gu")

    page(client, "fault-notice", fault.pk, status=404)
    assert reverse("fault-notice", args=[fault.pk]) not in page(client, "fault", fault.pk)

    take(v, fault, FaultStep.APPEAL_DECIDED, "he", result="overturned", words="事实不清。")
    page(client, "fault-notice", fault.pk, status=404)


@pytest.mark.req("F-075")
def test_a_talk_has_its_record_to_fill_in(village: Village, signed_in: SignIn):
    own = [("fault_catalogue", ("no_measures",), "", "")]
    v = school(village, "S0-3/2026", own=own)
    released(v, "accountability_ladder")
    fault = heard(v, raised(v))
    decided(v, fault, measures=["admonishing_talk"], skips_because="屡次不改")

    text = page(signed_in("gu"), "fault-notice", fault.pk)

    assert "诫勉谈话记录" in text
    assert "谈话人签字" in text


# -- proposals ------------------------------------------------------------------------------------


def pointed_out(v: Village) -> None:
    send_roll(v, sheet(v, WED, noted_at=at(WED, 5, 30)), by="chen", now=at(WED, 5, 31))


def test_a_proposal_names_the_record_and_nobody(v: Village, signed_in: SignIn):
    pointed_out(v)

    text = page(signed_in("gu"), "fault-proposals")

    assert "点名在学生到校之前就写好了" in text
    assert "06:00" in text  # the bound, with its source
    assert "陈小满" not in text
    (url,) = set(re.findall(r'href="(/roll/[^"]*versions/)"', text))
    assert signed_in("gu").get(url).status_code == 200


def test_one_tap_leads_from_a_proposal_to_the_form_with_its_person(v: Village, signed_in: SignIn):
    pointed_out(v)
    client = signed_in("gu")
    (url,) = re.findall(r'href="(/accountability/new/\?[^"]*)"', page(client, "fault-proposals"))

    text = client.get(url.replace("&amp;", "&")).content.decode()

    assert re.search(rf'<option value="{post_of(v, "chen")}" selected>', text)
    sent = form(v, kind="hidden_figures", source_kind="records")
    assert client.post(url.replace("&amp;", "&"), sent).status_code == 302
    assert Fault.objects.get().pointer
    assert "没有值得核实的记录" in page(client, "fault-proposals")


def test_a_proposal_is_laid_aside_with_a_reason(v: Village, signed_in: SignIn):
    pointed_out(v)
    client, url = signed_in("gu"), reverse("fault-aside", args=[v.units["primary"].pk])
    (key,) = re.findall(r'name="pointer" value="([^"]*)"', page(client, "fault-proposals"))

    assert client.post(url, {"pointer": key, "reason": ""}).status_code == 409
    for _ in range(2):
        assert client.post(url, {"pointer": key, "reason": "手机时间不准"}).status_code == 302

    assert Dismissal.objects.get().reason == "手机时间不准"
    assert "没有值得核实的记录" in page(client, "fault-proposals")


def test_pages_speak_english_too(v: Village, signed_in: SignIn):
    fault = heard(v, raised(v))
    client = signed_in("gu")
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    for name, args in (("faults", []), ("fault", [fault.pk]), ("fault-proposals", [])):
        text = page(client, name, *args)
        assert "Accountability" in text
