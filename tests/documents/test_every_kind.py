"""Every kind of paper printed: on few sheets, with nothing cut off, and no seal alone."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from notoneless.documents.rendering.docx import docx_of_sheet
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.rules.documents.blocks import NumberLine, texts_of
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentKind
from tests.rules.documents.samples import SAMPLES
from tests.rules.documents.variants import RARE_NAME, emptied, stretched

K = DocumentKind
EVERY_KIND = pytest.mark.parametrize("kind", list(DocumentKind))
PAGES = {
    K.PERSUASION_LETTER: 2,
    K.RETURN_NOTICE: 2,
    K.CORRECTION_ORDER: 4,
    K.PENALTY_DECISION: 4,
    K.DEMAND: 2,
    K.ENFORCEMENT_APPLICATION: 2,
    K.CIVIL_COMPLAINT: 2,
    K.REFERRAL: 2,
    K.ADVICE_REPLY: 2,
    K.RETURN_REPORT: 2,
}
"""Forms and short letters are one page."""
NAMED = [kind for kind in DocumentKind if hasattr(SAMPLES[kind], "guardian")]


def pages(kind: DocumentKind, how=lambda paper: paper) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf_of_sheet(blocks_of(how(SAMPLES[kind])))))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


@pytest.mark.req("R-299")
@EVERY_KIND
def test_a_usual_paper_takes_few_pages(kind: DocumentKind) -> None:
    assert len(pages(kind)) == PAGES.get(kind, 1)


@EVERY_KIND
@pytest.mark.parametrize("how", [emptied, stretched])
def test_no_page_holds_a_seal_and_nothing_else(kind: DocumentKind, how) -> None:
    # A 版记 may have the back of the sheet to itself.
    assert all(len(text) > 30 or "印发" in text for text in pages(kind, how))


@EVERY_KIND
def test_everything_that_a_paper_says_is_on_its_pages(kind: DocumentKind) -> None:
    printed = "".join(pages(kind, stretched))
    sheet = blocks_of(stretched(SAMPLES[kind]))

    for text in set(texts_of(sheet)) - {NumberLine().label}:
        # A letter's number has no label; a page may end inside a paragraph, not in its beginning.
        assert re.sub(r"\s", "", text)[:12] in printed, text


@pytest.mark.parametrize("kind", NAMED)
def test_a_rare_name_is_printed(kind: DocumentKind) -> None:
    if SAMPLES[kind].guardian:
        assert RARE_NAME in "".join(pages(kind, stretched))


@EVERY_KIND
def test_a_paper_can_be_read_on_a_screen_and_worked_over(kind: DocumentKind) -> None:
    for how in (emptied, stretched):
        sheet = blocks_of(how(SAMPLES[kind]))

        assert "None" not in html_of_sheet(sheet)
        assert docx_of_sheet(sheet)
