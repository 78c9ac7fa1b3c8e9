"""Each kind's sheet holds what the requirements' table of forms demands of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest

from notoneless.rules.contacts.kinds import RESTRICTED_CAUSES
from notoneless.rules.documents.blocks import (
    Letterhead,
    NumberLine,
    OfficialHead,
    Sheet,
    Stub,
    must_be_printable,
    texts_of,
)
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads import PAYLOADS
from tests.rules.documents.demanded import DEMANDED
from tests.rules.documents.samples import SAMPLES
from tests.rules.documents.variants import emptied, stretched

K = DocumentKind
INSIDE_SCHOOL = {K.VISIT_RECORD, K.CLASS_REPORT}
SERVED = (
    K.PERSUASION_LETTER,
    K.RETURN_NOTICE,
    K.CORRECTION_ORDER,
    K.PENALTY_DECISION,
    K.DEMAND,
)
HEADS = (Letterhead, OfficialHead, NumberLine)
EVERY_KIND = pytest.mark.parametrize("kind", list(DocumentKind))


def words(kind: DocumentKind, **change: Any) -> str:
    return "\n".join(texts_of(blocks_of(replace(SAMPLES[kind], **change))))


@pytest.mark.req("R-103", "R-104", "R-107", "R-110", "R-111", "R-113", "R-119", "R-299")
@EVERY_KIND
def test_a_paper_holds_what_its_form_demands(kind: DocumentKind) -> None:
    text = words(kind)

    assert [word for word in DEMANDED[kind] if word not in text] == []


@EVERY_KIND
def test_every_kind_has_a_title_and_its_office(kind: DocumentKind) -> None:
    sheet = blocks_of(SAMPLES[kind])

    assert sheet.name
    assert SAMPLES[kind].office.name in words(kind)


@pytest.mark.req("R-299")
@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not K.CIVIL_COMPLAINT])
def test_every_paper_has_one_place_for_its_number_and_one_on_its_stub(kind: DocumentKind) -> None:
    sheet = blocks_of(SAMPLES[kind])
    stubs = [block for block in sheet.blocks if isinstance(block, Stub)]

    assert len([b for b in sheet.blocks if isinstance(b, HEADS)]) == 1
    for stub in stubs:
        assert len([b for b in stub.blocks if isinstance(b, NumberLine)]) == 1


@pytest.mark.req("R-110", "R-111")
@pytest.mark.parametrize("kind", SERVED)
def test_a_paper_for_a_guardian_has_a_slip_to_sign_or_to_refuse(
    kind: DocumentKind,
) -> None:
    stub = blocks_of(SAMPLES[kind]).blocks[-1]

    assert isinstance(stub, Stub)
    told = "\n".join(texts_of(Sheet(blocks_of(SAMPLES[kind]).layout, stub.blocks)))
    assert {"张强", "拒收情况"} <= set(told.split("\n"))
    assert "签名只表示收到" in told


@pytest.mark.req("R-110", "R-111", "R-113")
@pytest.mark.parametrize("kind", SERVED)
def test_a_guardian_reads_whom_to_call_what_the_law_says_and_how_to_disagree(
    kind: DocumentKind,
) -> None:
    text = words(kind)

    assert SAMPLES[kind].office.phone in text
    assert f"地址：{SAMPLES[kind].office.address}" in text
    assert "第" in text
    assert re.search("与事实不符|不同意见|陈述和申辩|行政复议", text)
    assert "帮助" in text or kind in {K.PENALTY_DECISION, K.DEMAND}


@EVERY_KIND
def test_nothing_is_printed_twice(kind: DocumentKind) -> None:
    texts = [text for text in texts_of(blocks_of(SAMPLES[kind])) if len(text) > 14]

    assert [text for text, times in Counter(texts).items() if times > 1] == []
    clauses = Counter(
        part for text in texts for part in re.split("[。；\n]", text) if len(part) > 14
    )
    assert [part for part, times in clauses.items() if times > 1] == []


@EVERY_KIND
def test_dates_are_written_out_and_no_money_is_named(kind: DocumentKind) -> None:
    text = words(kind)

    assert re.search(r"\d{4}-\d{2}-\d{2}|\d{4}/\d", text) is None
    assert re.search(r"\d年0|月0\d日", text) is None
    assert re.search("[元¥￥]|罚款", text) is None


@EVERY_KIND
def test_what_may_be_left_out_leaves_no_hole(kind: DocumentKind) -> None:
    text = "\n".join(texts_of(blocks_of(emptied(SAMPLES[kind]))))

    assert "None" not in text
    assert re.search("（）|《》|，，|。。|；；|：。|、、|，。", text) is None


@EVERY_KIND
def test_long_and_rare_names_and_ten_visits_are_printable(kind: DocumentKind) -> None:
    must_be_printable(blocks_of(stretched(SAMPLES[kind])))


@EVERY_KIND
def test_no_paper_outside_the_school_has_room_for_a_restricted_cause(kind: DocumentKind) -> None:
    has_room = "school_only_reason" in {field.name for field in fields(PAYLOADS[kind])}

    assert has_room == (kind in INSIDE_SCHOOL)


@EVERY_KIND
def test_no_paper_of_its_own_names_a_restricted_cause_or_ranks_anybody(kind: DocumentKind) -> None:
    assert set(RESTRICTED_CAUSES) == {"illness", "pregnancy", "violence", "religion"}
    text = "\n".join(texts_of(blocks_of(emptied(SAMPLES[kind]))))
    assert re.search("怀孕|早孕|家暴|宗教|信教|精神病|排名|名次|后进|差生|问题学生", text) is None


@EVERY_KIND
def test_the_child_is_never_blamed(kind: DocumentKind) -> None:
    assert re.search("开除|勒令|退学|强迫|顽劣|屡教不改", words(kind)) is None
