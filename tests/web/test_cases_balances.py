"""Pages on which open cases of before are brought in."""

from __future__ import annotations

import io
import re
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notoneless.cases.models import Case
from notoneless.rules.cases.kinds import State
from tests.attendance.register import MON
from tests.cases.test_balance_lists import HEAD, LAN
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-101")]
LIST, ONE = "/cases/balances/", "/cases/balances/new/"


@pytest.fixture
def v(village: Village) -> Village:
    return under(village, S1_29)


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def form(v: Village, **more):
    given = {
        "id": str(uuid4()),
        "child": str(v.lan.pk),
        "away_since": "2026-10-08",
        "state": "notice_served",
        "state_since": "2026-11-13",
        "words": "控辍档案第七卷",
        "return_notice-number": "石政返校通〔2026〕8号",
        "return_notice-office": str(v.units["shiqiao"].pk),
        "return_notice-issued_on": "2026-11-12",
        "return_notice-served_on": "2026-11-13",
        "return_notice-method": "in_person",
        "return_notice-deadline_on": "2026-11-20",
    }
    return given | more


def test_a_child_is_found_and_its_case_brought_in_at_its_step(v, browse):
    browser = browse("wei", MON)
    address = f"{ONE}?child={v.lan.pk}"
    assert address in text(browser.get(LIST, {"q": "吴小兰"}))
    assert address in text(browser.get(f"/children/{v.lan.pk}/cases/"))
    assert "纸质材料已办到哪一步" in text(browser.get(address))

    said = form(v)
    first, second = browser.post(ONE, said), browser.post(ONE, said)

    case = Case.objects.get()
    assert first.url == second.url == f"/cases/{case.pk}/"
    assert case.state == State.NOTICE_SERVED
    assert "返校通知已送达" in text(browser.get(first.url))


@pytest.mark.parametrize(
    "wrong",
    [
        {"return_notice-deadline_on": ""},
        {"return_notice-number": ""},
        {"state": "order_expired"},
        {"return_notice-method": ""},
        {"state": "watch"},
        {"away_since": ""},
        {"words": "卷"},
    ],
)
def test_a_bad_form_keeps_what_was_typed(v, browse, wrong):
    page = browse("wei", MON).post(ONE, form(v, **wrong))

    assert page.status_code == 422
    assert "2026-11-13" in text(page)
    assert not Case.objects.exists()


def test_a_second_case_is_refused_and_leads_to_the_first(v, browse):
    browser = browse("wei", MON)
    browser.post(ONE, form(v))
    page = browser.post(ONE, form(v, away_since="2026-10-09"))

    assert page.status_code == 409
    assert f"/cases/{Case.objects.get().pk}/" in text(page)


def test_a_list_is_previewed_then_entered_and_bad_rows_say_field_and_remedy(v, browse):
    browser = browse("wei", MON)
    rows = "\n".join("\t".join(line) for line in (HEAD, LAN, ["杨大刚", "", "去年", *LAN[3:]]))

    page = text(browser.post(LIST, {"rows": rows}))
    assert "可以补录 1 行，有问题 1 行" in page
    assert "<strong>不在校自</strong>" in page
    assert "2026年9月15日" in page
    assert not Case.objects.exists()

    done = text(browser.post(LIST, {"rows": rows, "enter": "1"}))
    assert "已补录 1 件" in done
    assert f"/cases/{Case.objects.get().pk}/" in done


def test_a_list_comes_as_a_workbook_too(v, browse):
    book = openpyxl.Workbook()
    for line in (HEAD, LAN):
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    file = SimpleUploadedFile("名单.xlsx", kept.getvalue())

    assert "可以补录 1 行" in text(browse("wei", MON).post(LIST, {"file": file}))


def test_an_empty_or_unreadable_list_is_a_bad_form(v, browse):
    browser = browse("wei", MON)

    assert browser.post(LIST, {"rows": ""}).status_code == 422
    broken = SimpleUploadedFile("名单.xlsx", b"no sheet")
    assert browser.post(LIST, {"file": broken}).status_code == 422


def test_too_long_a_list_is_refused_with_a_sentence(v, browse):
    rows = "\n".join("\t".join(LAN) for _ in range(101))
    page = browse("wei", MON).post(LIST, {"rows": rows})

    assert page.status_code == 409
    assert "一次最多 100 行" in text(page)


@pytest.mark.parametrize("name", ["chen", "xiang"])
def test_who_brings_no_rosters_in_has_neither_page_nor_tab(v, browse, name):
    browser = browse(name, MON)

    assert browser.get(LIST).status_code == 409
    assert browser.get(ONE, {"child": str(v.lan.pk)}).status_code == 409
    assert LIST not in text(browser.get("/cases/"))


def test_a_child_elsewhere_is_not_there(v, browse):
    browser = browse("tan", MON)

    assert browser.get(ONE, {"child": str(v.lan.pk)}).status_code == 404
    assert browser.post(ONE, form(v)).status_code == 404
    assert browser.get(ONE).status_code == 404


@pytest.mark.req("R-022")
def test_the_way_stands_on_the_set_up_page(v, browse):
    assert LIST in text(browse("lu", MON).get("/office/"))
