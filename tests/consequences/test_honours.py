"""Honours under a veto: refused with its reason, cancelled when it comes later (R-205, R-208)."""

from __future__ import annotations

import pytest
from uuid_utils.compat import uuid7

from notoneless.consequences.models import Honour, HonourCancelled
from notoneless.consequences.queries.honours import honours_of
from notoneless.consequences.services.honours import NewHonour
from notoneless.flows.consequences.honours import codes, record_honour
from notoneless.flows.consequences.refusals import RecordedBefore
from notoneless.places.models import Person, Unit
from notoneless.rules.policy.shipped import shipped_packs
from tests.consequences.desk import JULY, computed, confirmed, lose, moment, settling


@pytest.fixture
def vetoed(village):
    """S1-19, confirmed: class 1, Chen and Tong may not be honoured."""
    v = settling(village, "S1-19")
    lose(v, "lan", "gang")
    confirmed(v, computed(v))
    return v


def honouring(v, whose, code, *, by="cui", title="", key=None, school="primary"):
    person = v.people[whose].pk if whose in v.people else None
    new = NewHonour(
        id=key or uuid7(),
        school_id=v.units[school].pk,
        school_year=2026,
        code=code,
        title=title,
        person_id=person,
        unit_id=None if person else v.units[whose].pk,
    )
    return record_honour(v.actor(by, today=JULY), new, today=JULY, now=moment(JULY, 5))


@pytest.mark.req("R-205")
@pytest.mark.parametrize(
    ("whose", "code", "is_refused"),
    [
        ("chen", "advanced_title", True),
        ("chen", "model_title", False),
        ("tong", "advanced_title", True),
        ("zhou", "advanced_title", False),
        ("primary-1", "excellent_class", True),
        ("primary-2", "excellent_class", False),
    ],
)
def test_a_vetoed_person_or_class_is_refused_what_the_policy_blocks(
    vetoed, whose, code, is_refused
):
    row = honouring(vetoed, whose, code)

    assert (row.refused_by_id is not None) is is_refused
    (shown,) = honours_of(vetoed.units["primary"].pk, 2026, county_id=vetoed.county_id)
    assert shown.is_refused is is_refused
    assert shown.blocked_by == row.refused_by_id


@pytest.mark.req("R-205")
def test_a_veto_that_nobody_has_confirmed_blocks_nothing(village):
    v = settling(village, "S1-19")
    lose(v, "lan", "gang")
    computed(v)

    assert honouring(v, "chen", "advanced_title").refused_by_id is None


@pytest.mark.req("R-208")
def test_a_veto_takes_away_what_was_given_before(village):
    v = settling(village, "S1-19")
    lose(v, "lan", "gang")
    given = honouring(v, "primary-1", "excellent_class")
    kept = honouring(v, "primary-2", "excellent_class")

    confirmed(v, computed(v))

    (cancelled,) = HonourCancelled.objects.all()
    assert cancelled.honour_id == given.pk
    shown = {
        each.id: each for each in honours_of(v.units["primary"].pk, 2026, county_id=v.county_id)
    }
    assert shown[given.pk].is_cancelled
    assert not shown[given.pk].is_refused
    assert not shown[kept.pk].is_cancelled


def test_the_same_form_twice_is_once_and_the_same_honour_twice_is_refused(vetoed):
    key = uuid7()
    honouring(vetoed, "zhou", "advanced_title", key=key)
    honouring(vetoed, "zhou", "advanced_title", key=key)
    assert Honour.objects.count() == 1

    with pytest.raises(RecordedBefore):
        honouring(vetoed, "zhou", "advanced_title")
    honouring(vetoed, "zhou", "advanced_title", title="县级优秀教师")


def test_who_is_elsewhere_neither_records_nor_is_honoured(vetoed):
    with pytest.raises(Unit.DoesNotExist):
        honouring(vetoed, "zhou", "advanced_title", by="tan")
    with pytest.raises(Person.DoesNotExist):
        honouring(vetoed, "tan", "advanced_title")
    with pytest.raises(Unit.DoesNotExist):
        honouring(vetoed, "other-1", "excellent_class")


def test_every_honour_that_a_pack_blocks_can_be_recorded():
    named = {
        code
        for pack in shipped_packs().values()
        for key in ("veto_blocked_honours",)
        if key in pack.rules and isinstance(pack.rules[key].value, tuple)
        for code in pack.rules[key].value or ()
    }
    assert named <= set(codes())
