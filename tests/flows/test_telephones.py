"""Offices' telephones: kept as facts, printed on papers, proposed where a form asks for one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from notoneless.access.actor import NotAllowed
from notoneless.documents.models import Document
from notoneless.flows.cases.papers.people import office_of
from notoneless.flows.cases.papers.proposals import proposals
from notoneless.flows.telephones import save_telephone
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.places.models import Unit, UnitTelephone
from notoneless.places.queries.telephones import telephone_of
from notoneless.places.services.telephones import NotANumber, NoTelephoneHere
from notoneless.places.services.units import StaleVersion
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.telephones import Telephone, is_number
from tests.attendance.register import FRI, THU, WED
from tests.cases.desk import payload_in, take
from tests.cases.story import acting, known, reported, suspected

OFFICE = Telephone("0879-5550202", "李干事", "石桥乡街道1号")


def say(village, who="xiang", at="shiqiao", told=OFFICE, basis=None):
    return save_telephone(
        village.units[at].pk,
        told,
        basis=basis,
        actor=village.actor(who),
        stamp=village.stamp(who),
    )


@pytest.mark.req("R-017")
@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0879-5550202", True),
        ("0879 5550202转801", True),
        ("12345", False),
        ("123456", True),
        ("办公室", False),
        ("0879-555020a", False),
        ("0879-5550202转", False),
    ],
)
def test_a_telephone_has_six_digits_and_perhaps_an_extension(text, is_one):
    assert is_number(text) is is_one


@pytest.mark.req("R-299")
@pytest.mark.parametrize("phone", ["0879-5550202", "0879-5550202转801", "13900000000"])
def test_what_a_form_proposes_reads_back_as_contact_and_number(phone):
    office = office_of("石桥乡人民政府", f"李干事 {phone}", {})

    assert (office.contact, office.phone) == ("李干事", phone)


@pytest.mark.req("R-299")
def test_a_name_typed_alone_keeps_the_offices_number_and_address():
    kept = {"contact": "李干事", "phone": "0879-5550202", "address": "石桥乡街道1号"}
    office = office_of("石桥乡人民政府", "王主任", kept)

    assert (office.contact, office.phone) == ("王主任", "0879-5550202")
    assert office.address == "石桥乡街道1号"


@pytest.mark.django_db
@pytest.mark.req("R-017")
def test_a_telephone_is_a_fact_and_the_one_before_keeps_its_row(village):
    first = say(village)
    assert say(village) == first, "the same words again are no new fact"

    second = say(village, told=Telephone("0879-5550203"), basis=first)

    rows = UnitTelephone.objects.order_by("recorded_at", "pk")
    assert [(row.pk, row.superseded_at is None) for row in rows] == [(first, False), (second, True)]
    kinds = Entry.objects.filter(kind__startswith="telephone").values_list("kind", flat=True)
    assert sorted(kinds) == ["telephone.saved", "telephone.saved", "telephone.superseded"]
    assert verify(village.county_id).is_whole
    told = telephone_of(village.units["shiqiao"].pk)
    assert told is not None
    assert told.told == Telephone("0879-5550203")


@pytest.mark.django_db
@pytest.mark.req("R-017")
def test_who_signs_an_offices_papers_or_administers_it_says_how_it_is_reached(village):
    say(village, "qin", "primary")
    say(village, "lu", "bureau")
    say(village, "xiang", "village")

    with pytest.raises(NotAllowed):
        say(village, "chen", "primary-1")
    with pytest.raises(NotAllowed):
        say(village, "wei", "primary")
    with pytest.raises(NotAllowed):
        say(village, "long", "village", told=Telephone("123456"))
    with pytest.raises(Unit.DoesNotExist):
        say(village, "tan", "primary")


@pytest.mark.django_db
@pytest.mark.req("R-017")
def test_no_number_a_class_and_a_stale_page_are_refused(village):
    with pytest.raises(NotANumber):
        say(village, told=Telephone("办公室"))
    with pytest.raises(NoTelephoneHere):
        say(village, "qin", "primary-1")
    say(village)
    with pytest.raises(StaleVersion):
        say(village, told=Telephone("0879-5550203"))
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitTelephone.objects.create(
            county_id=village.county_id,
            unit=village.units["shiqiao"],
            phone="123456",
            recorded_at=village.stamp().now,
        )


def contact_proposed(village):
    by = acting(village, "xiang", Level.TOWNSHIP, THU)
    return proposals(known(village, THU), StepKind.NOTICE_ISSUED, THU, by).get("contact", "")


@pytest.mark.django_db
@pytest.mark.req("R-299", "R-111")
def test_the_offices_telephone_stands_in_the_form_before_anybody_types(village):
    reported(village)
    assert contact_proposed(village) == ""

    say(village)

    assert contact_proposed(village) == "李干事 0879-5550202"


@pytest.mark.django_db
@pytest.mark.req("R-299", "R-111")
def test_a_notice_prints_the_offices_telephone_without_its_being_typed(village):
    reported(village)
    say(village)
    take(village, StepKind.NOTICE_ISSUED, by="xiang", day=THU, deadline="2026-11-27", contact="")

    office = payload_in(Document.objects.get(kind="return_notice")).office
    assert (office.contact, office.phone, office.address) == (
        "李干事",
        "0879-5550202",
        "石桥乡街道1号",
    )


@pytest.mark.django_db
@pytest.mark.req("R-299")
def test_what_the_office_says_goes_before_what_its_last_paper_told(village):
    suspected(village)
    deadline = FRI.isoformat()
    take(village, StepKind.LETTER_ISSUED, by="qin", day=WED, deadline=deadline, contact="赵 111111")
    by = acting(village, "qin", Level.SCHOOL, WED)

    def proposed():
        return proposals(known(village, WED), StepKind.LETTER_ISSUED, WED, by)["contact"]

    assert proposed() == "赵 111111", "the office's last paper, while nobody has said"
    say(village, "qin", "primary", Telephone("0879-5550231", "教导处"))
    assert proposed() == "教导处 0879-5550231"
