"""What a guardian says changes no record; the school decides it once, and then the record does."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child, ChildRecord, Guardian
from notoneless.children.models.child import RecordSource
from notoneless.children.services.adding import WrongPhone
from notoneless.children.services.identity import values_of
from notoneless.families.models import Saying, SayingVerdict
from notoneless.families.queries.sayings import items_of_child, items_to_decide
from notoneless.flows.families.deciding import decide_item
from notoneless.flows.families.refusals import AddressUnsaid, AlreadyDecided
from notoneless.flows.families.saying import say_not_mine, say_wrong
from notoneless.flows.families.waiting import from_families
from notoneless.journal.insert_only import WrittenOnce
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.journal.services import seal
from notoneless.rules.families import SaidKind, Verdict
from tests.families.desk import (
    HOME,
    OTHER_PHONE,
    PHONE,
    guardian,
    merged,
    names,
    recorded,
    visiting,
    with_families,
)
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.django_db
NEW_PHONE = "13811112222"


@pytest.fixture
def v(village: Village) -> Village:
    return with_families(village)


def not_mine(v: Village, visitor, child: str = "lan") -> None:
    say_not_mine(visitor, v.children[child].pk, today=TODAY, now=NOW)


def wrong(v: Village, visitor, kind: SaidKind, value: str) -> None:
    say_wrong(visitor, v.lan.pk, kind, value, today=TODAY, now=NOW)


def items(v: Village, key: str = "wei"):
    return items_to_decide(v.actor(key), on=TODAY)


def decide(v: Village, verdict: Verdict, *, by: str = "wei") -> None:
    saying = Saying.objects.get()
    decide_item(v.actor(by), saying.pk, verdict, today=TODAY, now=NOW)


def guardians(v: Village, child: str = "lan") -> list[tuple[str, str]]:
    rows = Guardian.objects.filter(child=v.children[child], superseded_at=None)
    return list(rows.order_by("position").values_list("name", "phone"))


def values(v: Village) -> dict[str, Any]:
    return values_of(ChildRecord.objects.get(child=v.lan, superseded_at=None))


# -- not my child --------------------------------------------------------------------------------


def test_not_my_child_hides_it_at_once_and_waits_for_the_clerk(v: Village):
    visitor = visiting(v)
    not_mine(v, visitor)

    assert names(visitor) == ["彭家乐"]
    assert guardians(v) == [("吴建国", PHONE)], "nothing is overwritten"
    [item] = items(v)
    assert (item.child_name, item.guardian_name, item.kind) == (
        "吴小兰",
        "吴建国",
        SaidKind.NOT_MINE,
    )
    assert from_families(v.actor("wei"), today=TODAY).items == 1


def test_said_twice_the_child_is_already_gone_and_there_is_one_item(v: Village):
    visitor = visiting(v)
    not_mine(v, visitor)

    with pytest.raises(Child.DoesNotExist):
        not_mine(v, visitor)
    assert Saying.objects.count() == 1


def test_a_newer_invitation_does_not_bring_the_child_back(v: Village):
    not_mine(v, visiting(v))

    assert names(visiting(v)) == ["彭家乐"]


def test_the_clerk_takes_the_guardian_off_the_record(v: Village):
    guardian(v, "lan", "李桂香", OTHER_PHONE)
    recorded(v, "lan")
    not_mine(v, visiting(v))

    decide(v, Verdict.ACCEPTED)

    assert guardians(v) == [("李桂香", OTHER_PHONE)]
    assert guardians(v, "peng") == [("吴建国", PHONE)], "of the other child he is guardian still"
    [member] = values(v)["guardians"]
    assert (member["name"], member["relation_note"]) == ("李桂香", "亲生")
    assert items(v) == []


def test_a_roster_that_names_him_again_does_not_show_him_the_child(v: Village):
    not_mine(v, visiting(v))
    decide(v, Verdict.ACCEPTED)
    guardian(v, "lan", "吴建国", PHONE)

    assert names(visiting(v)) == ["彭家乐"]


def test_the_clerk_finds_the_record_right_and_the_child_shows_again(v: Village):
    visitor = visiting(v)
    not_mine(v, visitor)
    decide(v, Verdict.KEPT)

    assert names(visitor) == ["吴小兰", "彭家乐"]
    assert guardians(v) == [("吴建国", PHONE)]
    not_mine(v, visitor)
    assert len(items(v)) == 1, "he may say it again"


def test_the_word_about_a_row_that_was_merged_away_counts_for_the_kept_child(v: Village):
    v.enrol("double", "吴小兰", "primary-1", sex="2")
    guardian(v, "double", "吴建国", PHONE)
    visitor = visiting(v, "double")
    not_mine(v, visitor, "double")
    merged(v, "double")

    assert names(visitor) == ["彭家乐"]
    [item] = items(v)
    assert item.child_id == v.lan.pk
    decide(v, Verdict.ACCEPTED)
    assert guardians(v) == []


# -- a number or an address is wrong -------------------------------------------------------------


def test_his_number_changes_only_when_the_clerk_has_looked(v: Village):
    recorded(v, "lan")
    visitor = visiting(v)
    wrong(v, visitor, SaidKind.PHONE, "138-1111 2222")
    assert guardians(v) == [("吴建国", PHONE)]
    assert items(v)[0].value == NEW_PHONE

    decide(v, Verdict.ACCEPTED)

    assert guardians(v) == [("吴建国", NEW_PHONE)]
    assert values(v)["guardians"][0]["phone"] == NEW_PHONE
    assert values(v)["home_address"] == HOME
    assert names(visitor) == ["吴小兰", "彭家乐"], "the page outlives the correction"


def test_the_address_changes_only_when_the_clerk_has_looked(v: Village):
    recorded(v, "lan")
    wrong(v, visiting(v), SaidKind.ADDRESS, " 青禾县石桥乡  大湾村一组 ")
    assert values(v)["home_address"] == HOME

    decide(v, Verdict.ACCEPTED)

    newest = ChildRecord.objects.get(child=v.lan, superseded_at=None)
    assert values(v)["home_address"] == "青禾县石桥乡 大湾村一组"
    assert (newest.source, newest.by) == (RecordSource.CORRECTION, v.people["wei"])
    assert ChildRecord.objects.filter(child=v.lan).count() == 2, "the older record stays"


def test_a_child_without_a_record_loses_nothing_by_the_first(v: Village):
    wrong(v, visiting(v), SaidKind.ADDRESS, "大湾村一组")
    decide(v, Verdict.ACCEPTED)

    lan = Child.objects.get(pk=v.lan.pk)
    assert (lan.name, lan.sex, lan.born_on) == (v.lan.name, v.lan.sex, v.lan.born_on)


def test_while_one_word_waits_a_second_is_not_taken(v: Village):
    visitor = visiting(v)
    wrong(v, visitor, SaidKind.PHONE, NEW_PHONE)
    wrong(v, visitor, SaidKind.PHONE, "13833334444")

    assert [item.value for item in items(v)] == [NEW_PHONE]


@pytest.mark.parametrize("value", ["", "12345", "1381111222x"])
def test_what_is_no_number_is_refused_at_once(v: Village, value: str):
    with pytest.raises(WrongPhone):
        wrong(v, visiting(v), SaidKind.PHONE, value)


@pytest.mark.parametrize(("value", "is_taken"), [("一", False), ("一组", True), ("村" * 200, True)])
def test_an_address_has_two_to_two_hundred_signs(v: Village, value: str, is_taken: bool):
    visitor = visiting(v)
    if is_taken:
        wrong(v, visitor, SaidKind.ADDRESS, value)
    else:
        with pytest.raises(AddressUnsaid):
            wrong(v, visitor, SaidKind.ADDRESS, value)
    with pytest.raises(AddressUnsaid):
        wrong(v, visitor, SaidKind.ADDRESS, "村" * 201)


def test_what_he_says_lies_sealed(v: Village):
    wrong(v, visiting(v), SaidKind.PHONE, NEW_PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM families_saying")
        [(stored,)] = cursor.fetchall()

    assert NEW_PHONE.encode() not in bytes(stored)


# -- who decides ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["chen", "xiang", "shao"])
def test_who_may_not_correct_the_child_decides_nothing(v: Village, key: str):
    not_mine(v, visiting(v))

    assert items(v, key) == []
    with pytest.raises(NotAllowed):
        decide(v, Verdict.ACCEPTED, by=key)


@pytest.mark.parametrize("key", ["zhou", "tan", "hao"])
def test_elsewhere_there_is_no_such_child(v: Village, key: str):
    not_mine(v, visiting(v))

    assert items(v, key) == []
    assert from_families(v.actor(key), today=TODAY).items == 0
    with pytest.raises(Child.DoesNotExist):
        decide(v, Verdict.KEPT, by=key)


def test_it_is_decided_once_and_never_changed(v: Village):
    not_mine(v, visiting(v))
    decide(v, Verdict.KEPT)

    with pytest.raises(AlreadyDecided):
        decide(v, Verdict.ACCEPTED)
    for row in (Saying.objects.get(), SayingVerdict.objects.get()):
        with pytest.raises(WrittenOnce):
            row.save()
    assert guardians(v) == [("吴建国", PHONE)]


def test_every_word_and_verdict_is_in_the_journal_and_the_journal_is_whole(v: Village):
    wrong(v, visiting(v), SaidKind.PHONE, NEW_PHONE)
    decide(v, Verdict.ACCEPTED)

    rows = Entry.objects.filter(subject_id=v.lan.pk, kind__startswith="family.")
    assert list(rows.order_by("recorded_at", "id").values_list("kind", "actor_id")) == [
        ("family.invited", v.people["chen"].pk),
        ("family.opened", None),
        ("family.said", None),
        ("family.decided", v.people["wei"].pk),
    ]
    [line] = items_of_child(v.lan.pk, county_id=v.county_id)
    assert (line.verdict, line.decided_by) == (Verdict.ACCEPTED, "韦素芬")
    seal(v.county_id, now=NOW, thorough=True)
    assert verify(v.county_id).findings == []
