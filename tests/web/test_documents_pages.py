"""Pages of papers: lists, one paper, serving it on a phone, registers, volumes."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from notoneless.documents.models import Document, OfficeWord, OpeningBalance, Service, Volume
from notoneless.documents.services import Receiver, withdraw
from notoneless.journal.models import Reading
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import ReceiverKind, ServiceMethod
from tests.attendance.register import FRI, THU
from tests.contacts.desk import photo, signature
from tests.documents.desk import K, paper, stamp
from tests.world import Village

pytestmark = pytest.mark.django_db


def pdf_pages(answer) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def to_shiqiao(v: Village) -> Receiver:
    return Receiver(kind=ReceiverKind.UNIT, unit_id=v.units["shiqiao"].pk)


@pytest.mark.req("R-299")
def test_a_paper_shows_what_it_says_and_is_noted_as_read(village: Village, browse):
    row = paper(village)
    page = browse("xiang", FRI).get(reverse("paper", args=[row.pk])).content.decode()

    assert row.number_text in page
    assert "张兰" in page, "the sample paper's pupil, from the frozen payload"
    assert Reading.objects.filter(kind="paper.opened", child_id=village.lan.pk).count() == 1


@pytest.mark.req("R-300")
def test_somebody_elses_paper_is_not_there(village: Village, browse):
    row = paper(village)
    browser = browse("tan", FRI)
    names = ("paper", "paper-pdf", "paper-print", "paper-draft", "paper-serve")

    assert {browser.get(reverse(name, args=[row.pk])).status_code for name in names} == {404}


def test_the_pdf_is_what_was_issued(village: Village, browse):
    row = paper(village)
    answer = browse("chen", FRI).get(reverse("paper-pdf", args=[row.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert row.number_text in pdf_pages(answer)[0]
    assert "no-store" in answer["Cache-Control"]


def test_a_complaint_comes_as_a_word_draft_and_a_notice_does_not(village: Village, browse):
    draft, notice = paper(village, K.CIVIL_COMPLAINT), paper(village)
    browser = browse("xiang", FRI)

    assert browser.get(reverse("paper-draft", args=[draft.pk])).content[:2] == b"PK"
    assert browser.get(reverse("paper-draft", args=[notice.pk])).status_code == 404


@pytest.mark.req("R-299")
def test_several_papers_print_as_one(village: Village, browse):
    rows = [paper(village, about=name) for name in ("lan", "gang", "yan")]
    ids = ",".join(str(row.pk) for row in rows)
    answer = browse("xiang", FRI).get(f"{reverse('papers-bound')}?ids={ids}")

    text = "".join(pdf_pages(answer))
    assert [row.number_text in text for row in rows] == [True] * 3


def test_nothing_chosen_to_print_says_so(village: Village, browse):
    assert browse("xiang", FRI).get(reverse("papers-bound")).status_code == 409


@pytest.mark.req("R-301")
def test_the_register_is_narrowed_by_name_number_and_kind(village: Village, browse):
    lan = paper(village)
    gang = paper(village, K.PERSUASION_LETTER, about="gang")
    browser = browse("xiang", FRI)

    def shown(**asked: Any) -> set[str]:
        page = browser.get(reverse("papers"), asked).content.decode()
        return {row.number_text for row in (lan, gang) if str(row.pk) in page}

    assert shown() == {lan.number_text, gang.number_text}
    assert shown(q="杨大刚") == {gang.number_text}
    assert shown(q=lan.number_text) == {lan.number_text}
    assert shown(kind="return_notice") == {lan.number_text}
    assert shown(year="2025") == set()
    assert shown(place=str(village.units["primary"].pk)) == {lan.number_text, gang.number_text}


def test_the_register_leaves_as_a_workbook_with_its_purpose(village: Village, browse):
    row = paper(village)
    browser = browse("xiang", FRI)

    assert browser.post(reverse("papers-export"), {}).status_code == 422
    answer = browser.post(reverse("papers-export"), {"purpose": "上报县局"})
    cells = [
        str(cell.value)
        for line in openpyxl.load_workbook(
            io.BytesIO(b"".join(answer.streaming_content))
        ).active.iter_rows()
        for cell in line
    ]
    assert row.number_text in cells
    assert any("上报县局" in cell for cell in cells)
    assert Reading.objects.get(purpose="上报县局").row_count == 1


def form(**more: Any) -> dict[str, Any]:
    given = {
        "id": str(uuid4()),
        "method": ServiceMethod.IN_PERSON.value,
        "receiver_name": "吴大山",
        "on": FRI.isoformat(),
        "signature": signature(),
    }
    return given | more


def test_a_paper_is_served_on_the_phone_with_a_drawn_signature(village: Village, browse):
    row = paper(village, issued_on=THU)
    browser = browse("xiang", FRI)
    assert row.number_text in browser.get(reverse("papers-to-serve")).content.decode()

    answer = browser.post(reverse("paper-serve", args=[row.pk]), form())
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.served_on == FRI
    assert row.number_text not in browser.get(reverse("papers-to-serve")).content.decode()
    assert "吴大山" in browser.get(reverse("paper", args=[row.pk])).content.decode()


def test_the_same_form_sent_twice_serves_once(village: Village, browse):
    row = paper(village)
    browser, said = browse("xiang", FRI), form()
    first = browser.post(reverse("paper-serve", args=[row.pk]), said)
    second = browser.post(reverse("paper-serve", args=[row.pk]), said)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Service.objects.count() == 1
    other = browser.post(reverse("paper-serve", args=[row.pk]), said | {"place": "村口"})
    assert other.status_code == 409


def test_a_refusal_without_witness_or_picture_is_told_beside_the_field(village: Village, browse):
    row = paper(village)
    browser = browse("xiang", FRI)
    left = form(method="left_at_home", signature="", place="家中")

    answer = browser.post(reverse("paper-serve", args=[row.pk]), left)
    assert answer.status_code == 422
    assert "见证人" in answer.content.decode()
    photos = [SimpleUploadedFile("a.jpg", photo(width=800, height=600), "image/jpeg")]
    answer = browser.post(reverse("paper-serve", args=[row.pk]), left | {"photos": photos})
    assert answer.status_code == 302
    picture = Service.objects.get().pictures.get()
    shown = browser.get(reverse("service-picture", args=[picture.pk]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert browse("tan", FRI).get(reverse("service-picture", args=[picture.pk])).status_code == 404


def test_a_service_entered_by_mistake_is_taken_back(village: Village, browse):
    row = paper(village)
    browser = browse("xiang", FRI)
    browser.post(reverse("paper-serve", args=[row.pk]), form())
    service = Service.objects.get()

    browser.post(reverse("service-end", args=[service.pk]), {"reason": "登记错了"})
    row.refresh_from_db()
    assert row.served_on is None


def test_a_supervisor_reads_papers_but_serves_none(village: Village, browse):
    row = paper(village)
    browser = browse("shao", FRI)

    assert browser.get(reverse("paper", args=[row.pk])).status_code == 200
    assert browser.post(reverse("paper-serve", args=[row.pk]), form()).status_code == 409


def test_only_who_signs_such_papers_withdraws_them(village: Village, browse):
    row = paper(village, K.CORRECTION_ORDER)
    address = reverse("paper-withdraw", args=[row.pk])

    assert browse("qin", FRI).post(address, {"reason": "不该"}).status_code == 409
    assert browse("xiang", FRI).post(address, {"reason": " "}).status_code == 409
    assert browse("xiang", FRI).post(address, {"reason": "孩子已返校"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"
    page = browse("xiang", FRI).get(reverse("paper", args=[row.pk])).content.decode()
    assert "孩子已返校" in page


@pytest.mark.parametrize("answer", ["take", "back"])
def test_the_receiving_unit_takes_a_paper_over_or_sends_it_back(village: Village, browse, answer):
    row = paper(village, K.DROPOUT_REPORT, office="primary", by="qin", receiver=to_shiqiao(village))
    browser = browse("xiang", FRI)
    assert row.number_text in browser.get(reverse("papers-received")).content.decode()

    said = {"answer": answer, "reason": "户籍不在本乡" if answer == "back" else ""}
    assert browser.post(reverse("paper-answer", args=[row.pk]), said).status_code == 302
    assert row.receipt.is_accepted is (answer == "take")
    assert row.number_text not in browser.get(reverse("papers-received")).content.decode()


def test_only_the_receiving_unit_answers_and_sending_back_needs_a_reason(village, browse):
    row = paper(village, K.DROPOUT_REPORT, office="primary", by="qin", receiver=to_shiqiao(village))
    address = reverse("paper-answer", args=[row.pk])

    assert browse("qin", FRI).post(address, {"answer": "take"}).status_code == 409
    browse("xiang", FRI).post(address, {"answer": "back", "reason": " "})
    assert not Document.objects.filter(receipt__isnull=False).exists()


def test_an_office_sets_its_word_and_where_a_register_runs_on_from(village: Village, browse):
    office = village.units["shiqiao"].pk
    browser = browse("xiang", FRI)
    browser.post(reverse("office-word", args=[office]), {"word": "石政"})
    said = {"kind": "return_notice", "last": "17"}
    browser.post(reverse("register-opening", args=[office]), said)

    assert (OfficeWord.objects.get().word, OpeningBalance.objects.get().last) == ("石政", 17)
    assert paper(village).number_text == "石政返校通〔2026〕18号"
    page = browser.get(reverse("registers")).content.decode()
    assert "石政返校通〔2026〕" in page
    again = browser.post(reverse("register-opening", args=[office]), said)
    assert again.status_code == 409


def test_no_other_office_and_no_village_sets_registers(village: Village, browse):
    office = village.units["shiqiao"].pk
    address = reverse("office-word", args=[office])

    assert browse("qin", FRI).post(address, {"word": "石"}).status_code == 404
    assert browse("long", FRI).post(address, {"word": "石"}).status_code == 404
    assert browse("chen", FRI).get(reverse("registers")).status_code == 200


@pytest.mark.req("R-298")
def test_a_school_opens_a_volume_and_files_papers_and_other_records(village: Village, browse):
    row = paper(village, K.PERSUASION_LETTER, office="primary", by="qin")
    browser = browse("qin", FRI)
    said = {
        "unit": village.units["primary"].pk,
        "kind": ArchiveKind.DROPOUT.value,
        "year": "2026",
        "title": "2026年辍学档案",
        "keeper": village.people["wei"].pk,
    }
    assert browser.post(reverse("volume-new"), said).status_code == 302
    kept = Volume.objects.get()
    address = reverse("volume", args=[kept.pk])

    assert browser.post(address, {"number": row.number_text}).status_code == 302
    assert browser.post(address, {"title": "村委会会议记录", "pages": "3"}).status_code == 302
    assert browser.post(address, {"number": "没有这个号"}).status_code == 422
    assert browser.post(address, {}).status_code == 422
    page = browser.get(address).content.decode()
    assert row.number_text in page
    assert "村委会会议记录" in page
    assert "2026年辍学档案" in browser.get(reverse("volumes")).content.decode()
    assert browse("tan", FRI).get(address).status_code == 404


def test_a_withdrawn_paper_says_so_on_its_page_and_in_the_list(village: Village, browse):
    row = paper(village)
    withdraw(row.pk, reason="重复发文", on=FRI, stamp=stamp(village))
    browser = browse("xiang", FRI)

    assert "重复发文" in browser.get(reverse("paper", args=[row.pk])).content.decode()
    assert "已撤回" in browser.get(reverse("papers")).content.decode()
    assert "已撤回" in browser.get(reverse("paper-print", args=[row.pk])).content.decode()


def test_papers_are_in_the_menu_of_those_who_read_some(village: Village, browse):
    address = f'href="{reverse("papers")}"'

    assert address in browse("chen", FRI).get("/").content.decode()
    assert address not in browse("mo", FRI).get("/").content.decode()
    assert browse("mo", FRI).get(reverse("papers")).status_code == 409
