"""Correcting a child's name, number, birth date or sex."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child, ChildRecord
from notoneless.children.services.identity import (
    Correction,
    MergedAway,
    NumberTakenElsewhere,
    NumberTakenHere,
    Particulars,
    WrongParticulars,
    correct_particulars,
    values_of,
)
from notoneless.journal.models import Entry
from notoneless.places.services.units import StaleVersion
from notoneless.rules.identity import id_check_digit
from notoneless.vault.sealing import blind_index
from tests.world import NOW, TODAY

pytestmark = pytest.mark.req("R-022")


def number(born_on="20180312", order="002", region="539901"):
    first = f"{region}{born_on}{order}"
    return first + id_check_digit(first)


LAN = number()


def correct(village, child="lan", *, who="wei", version=1, **changes):
    given = {"name": "吴小兰", "id_number": LAN, "sex": "2", "born_on": date(2018, 3, 12)}
    return correct_particulars(
        village.children[child].pk,
        Correction(Particulars(**(given | changes)), version, "看过户口簿"),
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


def test_a_corrected_number_is_on_the_child_and_in_the_record(village):
    row = correct(village)

    lan = Child.objects.get(pk=village.lan.pk)
    assert (lan.national_id, lan.version) == (LAN, 2)
    assert lan.national_id_index == blind_index(LAN, kind="national_id")
    assert values_of(row)["id_number"] == LAN
    assert row.reason == "看过户口簿"
    assert row.by_id == village.people["wei"].pk


def test_the_older_record_stays_and_is_superseded(village):
    first = correct(village)
    later = datetime(2026, 11, 20, 1, 0, tzinfo=timezone.utc)

    correct(village, version=2, name="吴晓兰")

    first.refresh_from_db()
    assert first.superseded_at == NOW
    assert later > NOW
    assert [values_of(r)["name"] for r in ChildRecord.objects.order_by("pk")] == [
        "吴小兰",
        "吴晓兰",
    ]
    assert Child.objects.get(pk=village.lan.pk).pinyin == "wu xiao lan"


def test_a_correction_is_journalled_about_the_child(village):
    row = correct(village)

    entry = Entry.objects.get(kind="child.recorded", subject_id=village.lan.pk)
    assert entry.row_id == row.pk


def test_sex_and_birth_date_are_taken_from_the_number_where_blank(village):
    correct(village, sex="", born_on=None)

    lan = Child.objects.get(pk=village.lan.pk)
    assert (lan.sex, lan.born_on) == ("2", date(2018, 3, 12))


def test_a_number_that_contradicts_the_birth_date_is_refused_with_the_field(village):
    with pytest.raises(WrongParticulars) as refusal:
        correct(village, born_on=date(2018, 3, 13))

    assert refusal.value.faults == (("birth_on", "birth_date_mismatch"),)
    assert not ChildRecord.objects.exists()


def test_a_wrong_check_digit_is_refused(village):
    wrong = LAN[:-1] + ("0" if LAN[-1] != "0" else "1")

    with pytest.raises(WrongParticulars) as refusal:
        correct(village, id_number=wrong)

    assert ("id_number", "id_check_digit") in refusal.value.faults


def test_a_number_can_be_taken_away_from_a_child_without_a_document(village):
    correct(village)

    row = correct(village, version=2, id_number="", id_kind="Z")

    assert "id_number" not in values_of(row)
    assert Child.objects.get(pk=village.lan.pk).national_id_index == ""


def test_a_stale_page_is_refused_and_writes_nothing(village):
    correct(village)

    with pytest.raises(StaleVersion):
        correct(village, version=1, name="别名")

    assert ChildRecord.objects.count() == 1


def test_the_number_of_another_child_in_reach_is_refused_by_name(village):
    correct(village)

    with pytest.raises(NumberTakenHere) as refusal:
        correct(village, "yan", name="䶮雨晴")

    assert refusal.value.other_id == village.lan.pk
    assert refusal.value.may_merge is False


def test_whoever_may_merge_is_told_so(village):
    correct(village)

    with pytest.raises(NumberTakenHere) as refusal:
        correct(village, "yan", who="lu", name="䶮雨晴")

    assert refusal.value.may_merge is True


def test_the_number_of_a_child_out_of_reach_is_refused_without_a_word_about_it(village):
    correct(
        village,
        "far",
        who="lu",
        name="罗小河",
        id_number=number("20180707", "003"),
        sex="1",
        born_on=date(2018, 7, 7),
    )

    with pytest.raises(NumberTakenElsewhere) as refusal:
        correct(village, id_number=number("20180707", "003"), sex="1", born_on=date(2018, 7, 7))

    assert refusal.value.facts == {}


@pytest.mark.parametrize("who", ["tan", "long", "shi"])
def test_a_child_out_of_reach_does_not_exist(village, who):
    with pytest.raises(Child.DoesNotExist):
        correct(village, who=who)


@pytest.mark.parametrize("who", ["chen", "xiang", "shao"])
def test_who_sees_a_child_may_not_therefore_correct_it(village, who):
    with pytest.raises(NotAllowed):
        correct(village, who=who)


def test_a_row_that_was_merged_away_is_not_corrected(village):
    Child.objects.filter(pk=village.lan.pk).update(merged_into=village.children["gang"])

    with pytest.raises(MergedAway):
        correct(village)
