"""What single forms say in their several cases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from notoneless.rules.documents.articles import ORDER_OF_BUREAU
from notoneless.rules.documents.blocks import (
    DraftMark,
    Field,
    Fields,
    Seal,
    Signatures,
    Table,
    texts_of,
)
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.forms.between import TITLES
from notoneless.rules.documents.forms.phrases import day, numbered, sentence
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.lacking import lacking
from notoneless.rules.documents.names import name_of_paper
from notoneless.rules.documents.payloads.between import NEEDED, Matter, Referral
from notoneless.rules.documents.payloads.parts import Heard, Said
from tests.rules.documents.samples import FRIDAY, LAN, SAMPLES, VISITS
from tests.rules.documents.variants import TEN_VISITS

K = DocumentKind
NO_DETAILS: dict[str, Any] = {
    "pupil_name": "",
    "sex": "",
    "born_on": None,
    "absent_since": None,
    "guardian_name": "",
}


def words(kind: DocumentKind, **change: Any) -> str:
    return "\n".join(texts_of(blocks_of(replace(SAMPLES[kind], **change))))


def test_the_register_of_visits_is_the_other_form() -> None:
    register = blocks_of(replace(SAMPLES[K.VISIT_RECORD], form="visit_register"))
    tables = [block for block in register.blocks if isinstance(block, Table)]

    assert register.name == "家访登记表"
    assert [row[1] for row in tables[0].rows] == [
        "2026年11月11日",
        "2026年11月13日",
        "2026年11月16日",
    ]
    assert "柳林村" in texts_of(register)


def test_the_schools_own_reason_stands_beside_the_folded_one_inside_the_school() -> None:
    assert "其他；仅供学校" in words(K.VISIT_RECORD, reason="其他", school_only_reason="仅供学校")
    assert "其他；仅供学校" in words(K.CLASS_REPORT, reason="其他", school_only_reason="仅供学校")


def test_visits_are_told_in_their_order() -> None:
    mixed = (VISITS[2], VISITS[0], VISITS[1])
    sheet = blocks_of(replace(SAMPLES[K.DROPOUT_REPORT], visits=mixed))
    table = next(block for block in sheet.blocks if isinstance(block, Table))

    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    assert [row[1] for row in table.rows] == [day(visit.on) for visit in VISITS]


@pytest.mark.req("R-107")
def test_ten_visits_are_ten_lines() -> None:
    sheet = blocks_of(replace(SAMPLES[K.DROPOUT_REPORT], visits=TEN_VISITS))

    assert len(next(block for block in sheet.blocks if isinstance(block, Table)).rows) == 10


@pytest.mark.parametrize(
    ("said", "sentence_of_it"),
    [
        (Said.SPOKE, "您的意见是"),
        (Said.NOTHING_TO_SAY, "没有需要陈述和申辩的内容"),
        (Said.DID_NOT_APPEAR, "您没有到场"),
    ],
)
def test_an_order_tells_how_the_guardian_was_heard(said: Said, sentence_of_it: str) -> None:
    heard = Heard(on=FRIDAY, said=said, summary="弟弟无人照看")
    text = words(K.CORRECTION_ORDER, statement=heard)

    assert sentence_of_it in text
    assert ("弟弟无人照看" in text) == (said is Said.SPOKE)


def test_a_record_of_somebody_who_stayed_away_is_signed_by_a_witness() -> None:
    sheet = blocks_of(replace(SAMPLES[K.STATEMENT_RECORD], said=Said.DID_NOT_APPEAR, words=""))
    signers = [line.label for b in sheet.blocks if isinstance(b, Signatures) for line in b.lines]

    assert signers == ["见证人", "执法人员", "执法人员"]


def test_the_judge_is_not_addressed_as_you() -> None:
    assert "您" not in words(K.ENFORCEMENT_APPLICATION)


def test_a_complaint_is_a_draft_and_names_the_child_as_no_party() -> None:
    sheet = blocks_of(SAMPLES[K.CIVIL_COMPLAINT])

    assert isinstance(sheet.blocks[0], DraftMark)
    assert not re.search(f"[原被]告：{LAN.name}", words(K.CIVIL_COMPLAINT))


@pytest.mark.parametrize("matter", list(Matter))
def test_a_referral_prints_what_its_matter_needs_and_no_more(matter: Matter) -> None:
    given: dict[str, Any] = {
        "pupil_name": "张兰", "sex": "女", "born_on": LAN.born_on, "student_no": "G539901123",
        "school": "中心小学", "absent_since": FRIDAY, "last_seen_on": FRIDAY - timedelta(days=1),
        "destination": "邻县", "workplace": "作坊", "guardian_name": "张强",
        "guardian_phone": "13900000000", "address": "柳林村三组",
    }  # fmt: skip
    office = replace(SAMPLES[K.REFERRAL].office, phone="", address="")
    paper = Referral(
        office=office,
        written_on=date(2026, 11, 30),
        to="某局",
        matter=matter,
        request="核查",
        answer_by=date(2026, 12, 4),
        **{name: value for name, value in given.items() if name in NEEDED[matter]},
    )
    fields_printed = [
        field.value
        for block in blocks_of(paper).blocks
        if isinstance(block, Fields)
        for row in block.rows
        for field in row
    ]

    wanted = [day(v) if isinstance(v, date) else v for n, v in given.items() if n in NEEDED[matter]]
    assert sorted(fields_printed) == sorted(wanted)
    assert blocks_of(paper).name == TITLES[matter]


def test_a_return_by_an_order_is_told_apart_from_one_of_free_will() -> None:
    assert "经《责令限期改正通知书》" in words(K.RETURN_REPORT)
    assert "自愿返校" in words(K.RETURN_REPORT, by_measure=None)


def test_the_list_is_ordered_by_village_and_says_when_it_is_empty() -> None:
    sheet = blocks_of(SAMPLES[K.RETURNED_LIST])
    table = next(block for block in sheet.blocks if isinstance(block, Table))

    assert [row[1] for row in table.rows] == sorted(row[1] for row in table.rows)
    assert "本期没有辍学和复学的学生" in words(K.RETURNED_LIST, pupils=())


def test_the_watched_days_stand_in_their_order_three_beside_each_other() -> None:
    sheet = blocks_of(SAMPLES[K.WATCH_RECORD])
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    read = [row[column] for column in (0, 2, 4) for row in table.rows if row[column]]

    assert read == [day(each.on) for each in SAMPLES[K.WATCH_RECORD].days]


def test_rows_of_a_form_are_full() -> None:
    for paper in SAMPLES.values():
        for block in blocks_of(paper).blocks:
            if isinstance(block, Fields):
                assert all(sum(field.span for field in row) == block.columns for row in block.rows)


def test_nobody_seals_a_paper_twice() -> None:
    for paper in SAMPLES.values():
        assert sum(isinstance(block, Seal) for block in blocks_of(paper).blocks) <= 1


def test_a_sentence_ends_once_and_a_single_item_has_no_number() -> None:
    assert sentence("已返校") == sentence("已返校。") == "已返校。"
    assert sentence("  ") == ""
    assert numbered(["甲", "", "乙"]) == ("1. 甲。", "2. 乙。")
    assert numbered(["甲"]) == ("甲。",)


def test_a_thing_that_is_no_payload_has_no_form() -> None:
    with pytest.raises(TypeError):
        blocks_of(Field("姓名"))  # type: ignore[arg-type]


def test_the_bureau_orders_by_its_own_article_too() -> None:
    assert "第八十三条" not in words(K.CORRECTION_ORDER)
    assert "第八十三条第二款" in words(K.CORRECTION_ORDER, articles=ORDER_OF_BUREAU)


def test_an_article_that_is_not_in_the_table_is_not_printed() -> None:
    assert "education.999" not in words(K.CORRECTION_ORDER, articles=("education.999",))


def test_a_deadline_says_that_its_day_counts() -> None:
    assert "2026年12月8日前（含当日）" in words(K.CORRECTION_ORDER)


def test_a_request_for_a_check_is_no_handing_over() -> None:
    check = replace(SAMPLES[K.REFERRAL], matter=Matter.PREMISES, **NO_DETAILS)

    assert name_of_paper(check) == "移送函"
    assert name_of_paper(replace(check, matter=Matter.WHEREABOUTS, workplace="")) == "协查函"


def test_a_report_before_any_visit_says_so() -> None:
    assert "经3次联系和劝返，仍未返校" in words(K.DROPOUT_REPORT)
    assert "学校正在联系监护人" in words(K.DROPOUT_REPORT, visits=())
    assert lacking(replace(SAMPLES[K.DROPOUT_REPORT], visits=())) == ()
