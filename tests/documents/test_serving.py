"""How papers are served, received and filed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from notoneless.documents.models import Service, ServicePictureBytes, Volume, VolumeItem
from notoneless.documents.services import (
    AlreadyServed,
    FiledTwice,
    NewVolume,
    NotStanding,
    ReceivedTwice,
    ServiceEnded,
    end_service,
    file_in,
    open_volume,
    receive,
    serve,
    withdraw,
)
from notoneless.documents.services.archiving import NewItem
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import ServiceMethod
from notoneless.rules.documents.serving import LONGEST_BACK, Proof, ServiceFault, faults_of
from notoneless.vault.pictures import take_signature
from tests.attendance.register import FRI, MON, THU, TUE
from tests.contacts.desk import signature
from tests.documents.desk import K, handed, paper, stamp
from tests.world import Village

pytestmark = pytest.mark.django_db
M, F = ServiceMethod, ServiceFault


def signed():
    return [(Proof.SIGNATURE, take_signature(signature()))]


@pytest.mark.parametrize(
    ("method", "given", "proofs", "lacks"),
    [
        (M.IN_PERSON, {}, (), (F.SIGNED,)),
        (M.IN_PERSON, {}, (Proof.SIGNATURE,), ()),
        (M.IN_PERSON, {}, (Proof.RECEIPT,), ()),
        (M.IN_PERSON, {"receiver_name": ""}, (Proof.RECEIPT,), (F.RECEIVER,)),
        (M.ADULT_RELATIVE, {}, (Proof.RECEIPT,), (F.RELATION,)),
        (M.ADULT_RELATIVE, {"relation": "祖母"}, (Proof.RECEIPT,), ()),
        (M.LEFT_AT_HOME, {"place": "家中"}, (), (F.WITNESSED,)),
        (M.LEFT_AT_HOME, {"place": "家中"}, (Proof.PHOTO,), ()),
        (M.LEFT_AT_HOME, {"place": "家中", "witness": "村委会 刘平"}, (), ()),
        (M.LEFT_AT_HOME, {"witness": "村委会 刘平"}, (), (F.PLACE,)),
        (M.POST, {}, (), (F.POSTED,)),
        (M.POST, {"carrier": "XA123"}, (), ()),
        (M.ELECTRONIC, {}, (), (F.CONSENT,)),
        (M.ELECTRONIC, {"consent": "9月1日当面签字同意"}, (), ()),
        (M.ENTRUSTED, {}, (), (F.ENTRUSTED,)),
        (M.ENTRUSTED, {"carrier": "河口镇人民政府"}, (), ()),
        (M.NOT_SERVED, {}, (), (F.REASON,)),
        (M.NOT_SERVED, {"note": "家中无人"}, (), ()),
    ],
)
def test_each_way_of_serving_needs_what_the_law_asks(method, given, proofs, lacks):
    assert faults_of(handed(method=method, **given), proofs, issued_on=MON, today=FRI) == lacks


@pytest.mark.parametrize(
    ("on", "lacks"),
    [
        (FRI, ()),
        (FRI + timedelta(days=1), (F.IN_FUTURE,)),
        (MON, ()),
        (MON - timedelta(days=1), (F.BEFORE_ISSUE,)),
    ],
)
def test_a_paper_is_served_between_its_date_and_today(on: date, lacks):
    assert faults_of(handed(on=on), [Proof.RECEIPT], issued_on=MON, today=FRI) == lacks


def test_a_service_is_entered_within_a_year():
    on = FRI - LONGEST_BACK
    before = on - timedelta(days=1)

    assert faults_of(handed(on=on), [Proof.RECEIPT], issued_on=on, today=FRI) == ()
    assert faults_of(handed(on=before), [Proof.RECEIPT], issued_on=before, today=FRI) == (
        F.LONG_AGO,
    )


def test_a_served_paper_knows_its_day(village: Village):
    row = paper(village, issued_on=THU)
    serve(row.pk, handed(on=FRI), signed(), stamp=stamp(village))

    row.refresh_from_db()
    assert row.served_on == FRI
    assert Entry.objects.filter(kind="paper.served").count() == 2, "the service and its picture"
    assert verify(village.county_id).findings == []


def test_pictures_lie_sealed(village: Village):
    serve(paper(village).pk, handed(), signed(), stamp=stamp(village))

    kept = ServicePictureBytes.objects.get()
    assert b"PNG" not in bytes(kept.sealed)


def test_several_tries_may_fail_before_one_succeeds(village: Village):
    row = paper(village, issued_on=MON)
    for on in (TUE, THU):
        vain = handed(method=M.NOT_SERVED, on=on, note="家中无人")
        serve(row.pk, vain, stamp=stamp(village))
    serve(row.pk, handed(on=FRI), signed(), stamp=stamp(village))

    row.refresh_from_db()
    assert (row.services.count(), row.served_on) == (3, FRI)


def test_a_served_paper_is_not_served_again(village: Village):
    row = paper(village)
    serve(row.pk, handed(), signed(), stamp=stamp(village))

    with pytest.raises(AlreadyServed):
        serve(row.pk, handed(), signed(), stamp=stamp(village))


def test_a_service_entered_by_mistake_counts_no_more(village: Village):
    row = paper(village)
    first = serve(row.pk, handed(), signed(), stamp=stamp(village))
    end_service(first.pk, reason="登记错了文书", on=FRI, stamp=stamp(village))
    row.refresh_from_db()
    assert row.served_on is None

    serve(row.pk, handed(), signed(), stamp=stamp(village))
    with pytest.raises(ServiceEnded), transaction.atomic():
        end_service(first.pk, reason="再次", on=FRI, stamp=stamp(village))
    assert verify(village.county_id).findings == []


def test_a_withdrawn_paper_is_not_served(village: Village):
    row = paper(village)
    withdraw(row.pk, reason="重复", on=FRI, stamp=stamp(village))

    with pytest.raises(NotStanding):
        serve(row.pk, handed(), signed(), stamp=stamp(village))


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": M.LEFT_AT_HOME, "pictures_count": 0},
        {"method": M.ELECTRONIC},
        {"method": M.ADULT_RELATIVE},
        {"method": M.NOT_SERVED},
        {"is_served": False},
    ],
)
def test_the_database_refuses_a_service_without_its_proof(village: Village, wrong):
    row = serve(paper(village).pk, handed(), signed(), stamp=stamp(village))
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=row.pk).update(**wrong)


def test_a_unit_takes_a_paper_over_or_sends_it_back_with_a_reason(village: Village):
    unit = village.units["shiqiao"].pk
    taken, back = (paper(village, K.DROPOUT_REPORT, office="primary") for _ in range(2))

    assert receive(taken.pk, unit_id=unit, on=FRI, stamp=stamp(village)).is_accepted
    assert not receive(
        back.pk, unit_id=unit, reason="户籍不在本乡", on=FRI, stamp=stamp(village)
    ).is_accepted
    assert verify(village.county_id).findings == []


def test_a_unit_answers_once(village: Village):
    row = paper(village, K.DROPOUT_REPORT, office="primary")
    unit = village.units["shiqiao"].pk
    receive(row.pk, unit_id=unit, on=FRI, stamp=stamp(village))

    with pytest.raises(ReceivedTwice):
        receive(row.pk, unit_id=unit, reason="迟了", on=FRI, stamp=stamp(village))


def volume(v: Village, **more):
    given: dict[str, Any] = {
        "unit_id": v.units["primary"].pk,
        "kind": ArchiveKind.DROPOUT,
        "year": 2026,
        "title": "辍学档案",
        "keeper_id": v.people["wei"].pk,
    }
    return open_volume(NewVolume(**given | more), on=FRI, stamp=stamp(v, "wei"))


@pytest.mark.req("R-298")
def test_volumes_are_numbered_by_unit_kind_and_year(village: Village):
    numbers = [
        volume(village).number,
        volume(village).number,
        volume(village, kind=ArchiveKind.RETURN).number,
        volume(village, year=2027).number,
        volume(village, unit_id=village.units["other"].pk).number,
    ]

    assert numbers == [1, 2, 1, 1, 1]
    assert Volume.objects.filter(keeper=village.people["wei"]).count() == 5


@pytest.mark.req("R-298")
@pytest.mark.parametrize("kind", list(ArchiveKind))
def test_every_kind_of_file_can_be_kept(village: Village, kind):
    assert volume(village, kind=kind).kind == kind


@pytest.mark.req("R-298")
def test_papers_and_other_records_lie_in_a_volume_in_their_order(village: Village):
    kept = volume(village)
    row = paper(village, K.PERSUASION_LETTER, office="primary")
    file_in(kept.pk, NewItem(document_id=row.pk), on=FRI, stamp=stamp(village, "wei"))
    other = NewItem(title="村委会会议记录", dated_on=THU, pages=3)
    file_in(kept.pk, other, on=FRI, stamp=stamp(village, "wei"))

    items = VolumeItem.objects.order_by("position")
    assert [(i.document_id, i.title, i.pages) for i in items] == [
        (row.pk, "", row.pages),
        (None, "村委会会议记录", 3),
    ]
    assert verify(village.county_id).findings == []


def test_a_paper_lies_in_a_volume_once(village: Village):
    kept = volume(village)
    item = NewItem(document_id=paper(village).pk)
    file_in(kept.pk, item, on=FRI, stamp=stamp(village, "wei"))

    with pytest.raises(FiledTwice):
        file_in(kept.pk, item, on=FRI, stamp=stamp(village, "wei"))
