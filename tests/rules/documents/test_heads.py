"""信函格式 for letters and notices, 文件格式 for reports up the line, orders and decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from notoneless.rules.documents.blocks import (
    Block,
    Colophon,
    Layout,
    Letterhead,
    OfficialHead,
    PageBreak,
    Sheet,
    Stub,
)
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentKind, Head
from notoneless.rules.documents.payloads.wire import from_wire, to_wire
from tests.rules.documents.samples import SAMPLES

K = DocumentKind
OFFICIAL = (K.CORRECTION_ORDER, K.PENALTY_DECISION, K.RETURN_REPORT, K.DROPOUT_REPORT)
LETTERS = (K.PERSUASION_LETTER, K.RETURN_NOTICE, K.DEMAND, K.REFERRAL, K.ADVICE_REPLY)


def one(sheet: Sheet, kind: type[Block]) -> Any:
    (found,) = [block for block in sheet.blocks if isinstance(block, kind)]
    return found


def as_letter(kind: DocumentKind) -> Any:
    """The paper, called a letter where the plan may also want a form."""
    more = {"form": "dropout_report_letter"} if kind is K.DROPOUT_REPORT else {}
    return replace(SAMPLES[kind], **more)


@pytest.mark.req("R-299")
@pytest.mark.parametrize("kind", OFFICIAL)
def test_reports_orders_and_decisions_have_the_red_mark_and_a_colophon(kind: DocumentKind) -> None:
    paper = as_letter(kind)
    sheet = blocks_of(paper)

    assert sheet.layout is Layout.LETTER
    assert one(sheet, OfficialHead).mark == f"{paper.office.name}文件"
    assert one(sheet, OfficialHead).number == paper.office.number_text
    assert one(sheet, Colophon).office == paper.office.name
    assert one(sheet, Colophon).on


@pytest.mark.req("R-299")
@pytest.mark.parametrize("kind", LETTERS)
def test_letters_and_notices_keep_the_letters_head(kind: DocumentKind) -> None:
    sheet = blocks_of(SAMPLES[kind])

    assert one(sheet, Letterhead).office == SAMPLES[kind].office.name
    assert not [b for b in sheet.blocks if isinstance(b, (OfficialHead, Colophon))]


@pytest.mark.req("R-107", "R-299")
def test_a_report_that_the_plan_calls_a_form_stays_one() -> None:
    sheet = blocks_of(SAMPLES[K.DROPOUT_REPORT])

    assert sheet.layout is Layout.FORM
    assert not [b for b in sheet.blocks if isinstance(b, (OfficialHead, Colophon))]


@pytest.mark.parametrize(
    ("kind", "signer"),
    [(K.RETURN_REPORT, "孙明"), (K.DROPOUT_REPORT, "孙明"), (K.CORRECTION_ORDER, "")],
)
def test_a_report_up_the_line_names_who_answers_for_it(kind: DocumentKind, signer: str) -> None:
    assert one(blocks_of(as_letter(kind)), OfficialHead).signer == signer


def test_what_a_guardian_signs_is_torn_off_after_the_colophon_from_a_sheet_of_its_own() -> None:
    *_, colophon, turn, torn = blocks_of(SAMPLES[K.CORRECTION_ORDER]).blocks

    assert (type(colophon), type(turn), type(torn)) == (Colophon, PageBreak, Stub)


def test_a_mark_that_ends_with_the_word_does_not_say_it_twice() -> None:
    paper = SAMPLES[K.CORRECTION_ORDER]
    office = replace(paper.office, letterhead="青河县石桥镇人民政府文件")
    sheet = blocks_of(replace(paper, office=office))

    assert one(sheet, OfficialHead).mark == "青河县石桥镇人民政府文件"


@pytest.mark.parametrize("kind", OFFICIAL)
def test_a_paper_from_before_stays_as_it_was(kind: DocumentKind) -> None:
    wired = to_wire(as_letter(kind))
    del wired["head"]
    old = from_wire(kind, wired)

    assert old.head is Head.LETTER
    assert not [b for b in blocks_of(old).blocks if isinstance(b, (OfficialHead, Colophon))]
