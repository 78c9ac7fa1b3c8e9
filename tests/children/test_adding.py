"""Adding one child by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child, ChildRecord, Enrolment, Guardian
from notoneless.children.queries.listing import ChildFilter, list_children
from notoneless.children.services.adding import (
    NewChild,
    NewGuardian,
    PerhapsThere,
    TokenUsed,
    WrongPhone,
    add_child,
)
from notoneless.children.services.identity import (
    NumberTakenElsewhere,
    NumberTakenHere,
    Particulars,
    WrongParticulars,
)
from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from tests.children.test_identity import LAN, number
from tests.world import TODAY

pytestmark = pytest.mark.req("R-022")
WITHOUT_NUMBER = {"id_number": "", "id_kind": "Z"}
NUO = number("20180420", "001")


def new(village, at="primary-1", *, token=None, guardian=None, **changes):
    given = {"name": "韦一诺", "id_number": NUO} | changes
    return NewChild(
        token or uuid7(), Particulars(**given), village.units[at].pk, TODAY, guardian=guardian
    )


def add(village, child, *, who="wei", is_another=False):
    return add_child(
        child,
        is_another=is_another,
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


def test_an_added_child_is_registered_and_seen_by_its_teacher(village):
    key = add(village, new(village, guardian=NewGuardian("韦大山", "51", "154 0000 7001")))

    rows = list_children(village.actor("chen"), ChildFilter(text="韦一诺"), on=TODAY).rows
    assert [row.id for row in rows] == [key]
    assert (rows[0].sex, rows[0].born_on) == ("1", date(2018, 4, 20))
    assert rows[0].registration.school_name == "石桥乡中心小学"
    assert Guardian.objects.get(child=key).phone == "15400007001"
    assert ChildRecord.objects.get(child=key).source == "hand"


def test_adding_is_journalled_with_record_and_spell(village):
    key = add(village, new(village))

    assert set(Entry.objects.filter(subject_id=key).values_list("kind", flat=True)) == {
        "child.recorded",
        "enrolment.begun",
    }


def test_the_same_form_sent_twice_adds_one_child(village):
    form = new(village)

    assert add(village, form) == add(village, form)
    assert Child.objects.filter(name="韦一诺").count() == 1
    assert Enrolment.objects.filter(child=form.token).count() == 1


def test_a_token_does_not_open_or_change_another_child(village):
    with pytest.raises(TokenUsed):
        add(village, new(village, token=add(village, new(village)), name="另一人", id_number=LAN))


def test_a_known_number_in_reach_is_named_and_nothing_is_added(village):
    key = add(village, new(village))

    with pytest.raises(NumberTakenHere) as refusal:
        add(village, new(village, name="韦一若"))

    assert refusal.value.other_id == key
    assert not Child.objects.filter(name="韦一若").exists()


def test_a_known_number_in_another_school_is_only_said_to_be_known(village):
    add(village, new(village, "other-1"), who="tan")

    with pytest.raises(NumberTakenElsewhere):
        add(village, new(village))


def test_the_same_name_and_birth_date_are_shown_before_anything_is_added(village):
    child = new(
        village, name="吴小兰", id_number="", id_kind="Z", sex="2", born_on=date(2018, 3, 12)
    )

    with pytest.raises(PerhapsThere) as refusal:
        add(village, child)

    assert refusal.value.alike == (village.lan.pk,)
    assert refusal.value.elsewhere is False
    assert add(village, child, is_another=True) == child.token


def test_a_namesake_elsewhere_is_hinted_at_without_its_key(village):
    with pytest.raises(PerhapsThere) as refusal:
        add(
            village,
            new(
                village, name="罗小河", id_number="", id_kind="Z", sex="1", born_on=date(2018, 7, 7)
            ),
        )

    assert (refusal.value.alike, refusal.value.elsewhere) == ((), True)


def test_a_class_of_another_school_does_not_exist(village):
    before = Child.objects.count()

    with pytest.raises(Unit.DoesNotExist):
        add(village, new(village, "other-1"))
    with pytest.raises(Unit.DoesNotExist):
        add(village, new(village, "primary"))

    assert Child.objects.count() == before


@pytest.mark.parametrize("who", ["chen", "xiang", "shi", "long"])
def test_only_clerks_add_children(village, who):
    with pytest.raises(NotAllowed):
        add(village, new(village), who=who)


def test_wrong_particulars_and_phones_are_refused(village):
    with pytest.raises(WrongParticulars):
        add(village, new(village, name="<script>"))
    with pytest.raises(WrongPhone):
        add(village, new(village, guardian=NewGuardian("韦大山", "51", "12")))
    assert not Child.objects.filter(id__in=ChildRecord.objects.values("child")).exists()


def test_adding_costs_a_few_statements(village):
    with CaptureQueriesContext(
        connection,
    ) as statements:
        add_child(
            new(village),
            is_another=False,
            actor=village.actor("wei"),
            today=TODAY,
            stamp=village.stamp("wei"),
        )

    assert len(statements) <= 32
