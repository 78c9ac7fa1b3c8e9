"""A paper is numbered, printed, kept and journalled in one step, and never changed after."""

from __future__ import annotations

import hashlib
import io
import threading
from dataclasses import replace as changed
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from uuid_utils.compat import uuid7

from notoneless.documents.models import Document, DocumentBytes, NumberRegister
from notoneless.documents.services import (
    NotStanding,
    PaperIncomplete,
    RegisterInUse,
    call_office,
    issue,
    replace,
    set_opening,
    withdraw,
)
from notoneless.documents.services.issuing import COLUMN
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.rules.documents.kinds import DocumentKind, DocumentState
from notoneless.rules.documents.payloads.wire import from_wire
from notoneless.vault.sealing import unseal_bytes
from tests.attendance.register import FRI, MON, THU
from tests.documents.desk import K, new, paper, stamp
from tests.rules.documents.samples import SAMPLES
from tests.world import Village, build

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 4)


def text_of(row):
    (kept,) = DocumentBytes.objects.filter(document=row)
    pdf = unseal_bytes(bytes(kept.sealed), column=f"{COLUMN}.{row.pk}")
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.req("R-299")
def test_a_paper_gets_the_next_number_of_its_office_series_and_year(village: Village):
    call_office(village.units["shiqiao"].pk, "石政", on=FRI, stamp=stamp(village))

    numbers = [paper(village).number_text for _ in range(2)]
    other_series = paper(village, K.CORRECTION_ORDER).number_text
    other_office = paper(village, office="hekou").number_text
    next_year = paper(village, issued_on=NEXT_YEAR).number_text

    assert numbers == ["石政返校通〔2026〕1号", "石政返校通〔2026〕2号"]
    assert other_series == "石政责改〔2026〕1号"
    assert other_office == "河口镇返校通〔2026〕1号"
    assert next_year == "石政返校通〔2027〕1号"


@pytest.mark.req("R-299")
def test_the_number_is_printed_on_the_paper_and_kept_in_the_payload(village: Village):
    row = paper(village)

    assert row.number_text in text_of(row)
    assert from_wire(K.RETURN_NOTICE, row.payload).office.number_text == row.number_text


def test_the_bytes_are_sealed_for_their_row_and_known_by_their_hash(village: Village):
    row = paper(village)
    kept = DocumentBytes.objects.get(document=row)

    assert b"%PDF" not in bytes(kept.sealed)
    pdf = unseal_bytes(bytes(kept.sealed), column=f"{COLUMN}.{row.pk}")
    assert hashlib.sha256(pdf).hexdigest() == row.pdf_sha256


def test_issuing_is_in_the_journal_under_its_child(village: Village):
    row = paper(village)

    entry = Entry.objects.get(kind="paper.issued")
    assert (entry.row_id, entry.subject_id) == (row.pk, village.lan.pk)
    assert verify(village.county_id).findings == []


def test_an_altered_payload_is_found_by_verify(village: Village):
    row = paper(village)
    row.payload["return_by"] = "2027-01-01"
    row.save(update_fields=["payload"])

    assert verify(village.county_id).findings != []


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_kind_of_paper_can_be_issued(village: Village, kind: DocumentKind):
    row = paper(village, kind)

    assert row.pages >= 1
    assert from_wire(kind, row.payload) == changed(
        SAMPLES[kind], office=changed(SAMPLES[kind].office, number_text=row.number_text)
    )


def test_a_paper_that_lacks_something_is_refused_and_uses_no_number(village: Village):
    with pytest.raises(PaperIncomplete) as refused:
        paper(village, K.CORRECTION_ORDER, says={"facts": (), "correct_by": None})

    assert refused.value.facts["lacks"] == ("facts", "correct_by")
    assert paper(village, K.CORRECTION_ORDER).number == 1


def test_a_number_comes_back_when_the_transaction_fails(village: Village):
    with transaction.atomic():
        paper(village)
        transaction.set_rollback(True)

    assert paper(village).number == 1


def test_a_paper_costs_few_statements(village: Village):
    paper(village)
    with CaptureQueriesContext(connection) as made:
        paper(village)

    assert len(made) <= 9


@pytest.mark.req("R-299")
def test_a_register_runs_on_from_the_last_number_given_by_hand(village: Village):
    office = village.units["shiqiao"].pk
    set_opening(office, "返校通", 2026, last=17, on=FRI, stamp=stamp(village))

    assert paper(village).number == 18


@pytest.mark.parametrize("before", ["paper", "opening"])
def test_an_opening_balance_is_set_once_and_before_the_first_paper(village: Village, before):
    office = village.units["shiqiao"].pk
    if before == "paper":
        paper(village)
    else:
        set_opening(office, "返校通", 2026, last=0, on=FRI, stamp=stamp(village))

    with pytest.raises(RegisterInUse):
        set_opening(office, "返校通", 2026, last=5, on=FRI, stamp=stamp(village))


def test_a_new_office_word_leaves_earlier_numbers_as_they_are(village: Village):
    first = paper(village)
    call_office(village.units["shiqiao"].pk, "石政", on=FRI, stamp=stamp(village))
    second = paper(village)

    first.refresh_from_db()
    assert (first.number_text, second.number_text) == (
        "石桥乡返校通〔2026〕1号",
        "石政返校通〔2026〕2号",
    )


def test_a_withdrawn_paper_keeps_its_number_and_says_why(village: Village):
    row = paper(village, issued_on=THU)
    withdraw(row.pk, reason="孩子已返校", on=FRI, stamp=stamp(village))

    row.refresh_from_db()
    assert (row.state, row.ended_reason, row.ended_on) == ("withdrawn", "孩子已返校", FRI)
    assert paper(village).number == 2
    assert verify(village.county_id).findings == []


def test_a_paper_that_ended_cannot_end_again(village: Village):
    row = paper(village)
    withdraw(row.pk, reason="重复", on=FRI, stamp=stamp(village))

    with pytest.raises(NotStanding), transaction.atomic():
        withdraw(row.pk, reason="再次", on=FRI, stamp=stamp(village))
    with pytest.raises(NotStanding):
        replace(row.pk, new(village), reason="再次", stamp=stamp(village))


def test_a_replaced_paper_points_to_the_new_one(village: Village):
    old = paper(village, issued_on=MON)
    row = replace(old.pk, new(village), reason="姓名有误", stamp=stamp(village))

    old.refresh_from_db()
    assert (old.state, row.replaces_id, row.number) == (DocumentState.REPLACED, old.pk, 2)
    assert verify(village.county_id).findings == []


def test_a_replacement_that_cannot_be_issued_leaves_the_old_paper_standing(village: Village):
    old = paper(village)
    broken = new(village, says={"return_by": None})
    with pytest.raises(PaperIncomplete), transaction.atomic():
        replace(old.pk, broken, reason="期限有误", stamp=stamp(village))

    old.refresh_from_db()
    assert old.state == DocumentState.ISSUED


def test_another_countys_paper_is_not_there(village: Village):
    row = paper(village)
    stranger = changed(stamp(village), county_id=uuid7())

    with pytest.raises(Document.DoesNotExist):
        withdraw(row.pk, reason="不该", on=FRI, stamp=stranger)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"state": "withdrawn"},
        {"receiver_kind": "unit"},
        {"file_kind": "case"},
        {"deadline_on": MON},
    ],
)
def test_the_database_refuses_what_no_paper_is(village: Village, wrong):
    row = paper(village)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_refuses_the_same_number_twice(village: Village):
    paper(village)
    other = paper(village)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(number=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="bench/documents.py does it on a file")
def test_papers_issued_at_once_have_every_number_once():
    v = build()
    start, failures = threading.Barrier(4), []

    def work():
        try:
            start.wait()
            for _ in range(5):
                with transaction.atomic():
                    issue(new(v), stamp=stamp(v))
        except BaseException as problem:  # noqa: BLE001 - told below
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    numbers = Document.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 21))
    assert NumberRegister.objects.get().last == 20
