"""Two rows for one child: merged, parted, and everything as it was."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child, ChildPlace, Enrolment, Merge
from notoneless.children.queries.listing import ChildFilter, list_children
from notoneless.children.services.merging import (
    Half,
    HoldsOthers,
    MergedAlready,
    NumberNowShared,
    PartedAlready,
    WithItself,
    merge_children,
    part_children,
)
from notoneless.journal.models import Entry
from notoneless.places.services.units import StaleVersion
from tests.world import TODAY

pytestmark = pytest.mark.req("R-022")


def half(village, key):
    child = Child.objects.get(pk=village.children[key].pk)
    return Half(child.pk, child.version)


def merge(village, kept="lan", absorbed="far", *, who="lu", halves=None):
    keep, absorb = halves or (half(village, kept), half(village, absorbed))
    return merge_children(
        keep,
        absorb,
        reason="同一儿童，转学前后各录一次",
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


def part(village, row, *, who="lu"):
    return part_children(
        row.pk, reason="系同名", actor=village.actor(who), today=TODAY, stamp=village.stamp(who)
    )


def everything():
    """All rows but versions and what the merge itself leaves behind."""
    return (
        list(Child.objects.order_by("pk").values("pk", "name", "merged_into", "national_id_index")),
        list(ChildPlace.objects.filter(by_merge=None).order_by("pk").values()),
        list(Enrolment.objects.order_by("pk").values()),
        set(ChildPlace.objects.filter(to_on=None).values_list("child", "unit", "line")),
    )


def found(village, text, who="lu"):
    rows = list_children(village.actor(who), ChildFilter(text=text), on=TODAY).rows
    return [row.id for row in rows]


def test_a_search_for_the_merged_child_finds_the_kept_one(village):
    merge(village)

    assert found(village, "罗小河") == [village.lan.pk]
    assert found(village, "luoxiaohe") == [village.lan.pk]
    assert found(village, "吴小兰") == [village.lan.pk]


def test_who_had_to_do_with_either_row_still_sees_the_child(village):
    assert found(village, "吴小兰", who="tan") == []

    merge(village)

    assert found(village, "吴小兰", who="tan") == [village.lan.pk]
    assert found(village, "罗小河", who="tan") == [village.lan.pk]
    assert found(village, "罗小河", who="qin") == [village.lan.pk]


def test_parting_restores_exactly(village):
    before = everything()

    part(village, merge(village))

    assert everything() == before
    assert found(village, "罗小河", who="tan") == [village.children["far"].pk]
    assert found(village, "吴小兰", who="tan") == []


def test_both_are_journalled_and_no_entry_is_lost(village):
    entries = set(Entry.objects.values_list("pk", flat=True))

    row = merge(village)
    part(village, row)

    assert entries < set(Entry.objects.values_list("pk", flat=True))
    for kind in ("child.merged", "child.parted"):
        subjects = Entry.objects.filter(kind=kind, row_id=row.pk).values_list(
            "subject_id", flat=True
        )
        assert set(subjects) == {village.lan.pk, village.children["far"].pk}


def test_a_child_is_not_merged_with_itself(village):
    with pytest.raises(WithItself):
        merge(village, "lan", "lan")


def test_the_second_of_two_clerks_is_told_that_it_changed(village):
    halves = half(village, "lan"), half(village, "far")
    merge(village, halves=halves)

    with pytest.raises(MergedAlready):
        merge(village, halves=halves)
    with pytest.raises(MergedAlready):
        merge(village, halves=halves[::-1])
    assert Merge.objects.count() == 1


def test_a_stale_comparison_is_refused(village):
    halves = half(village, "lan"), half(village, "far")
    Child.objects.filter(pk=village.children["far"].pk).update(version=2)

    with pytest.raises(StaleVersion):
        merge(village, halves=halves)


def test_one_child_may_absorb_two_and_neither_loses_its_way(village):
    first = merge(village, "lan", "far")
    merge(village, "lan", "gang")

    part(village, first)

    assert found(village, "杨大刚") == [village.lan.pk]
    assert found(village, "罗小河") == [village.children["far"].pk]


def test_a_row_that_holds_others_is_not_absorbed(village):
    merge(village, "lan", "far")

    with pytest.raises(HoldsOthers):
        merge(village, "gang", "lan")


def test_a_merge_is_parted_once(village):
    row = merge(village)
    part(village, row)

    with pytest.raises(PartedAlready):
        part(village, row)


def test_parting_is_refused_while_both_would_bear_one_number(village):
    Child.objects.filter(pk=village.children["far"].pk).update(national_id_index="x" * 32)
    row = merge(village)
    Child.objects.filter(pk=village.lan.pk).update(national_id_index="x" * 32)

    with pytest.raises(NumberNowShared):
        part(village, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.filter(pk=village.children["far"].pk).update(merged_into=None)


@pytest.mark.parametrize("who", ["wei", "chen", "he", "xiang"])
def test_only_the_county_merges_even_where_others_see_both(village, who):
    with pytest.raises(NotAllowed):
        merge(village, "lan", "gang", who=who)


def test_a_half_out_of_reach_does_not_exist(village):
    with pytest.raises(Child.DoesNotExist):
        merge(village, "lan", "far", who="wei")


def test_a_merged_pair_is_counted_once(village):
    lists = list_children(village.actor("lu"), ChildFilter(), on=TODAY)

    merge(village)

    assert (
        list_children(village.actor("lu"), ChildFilter(), on=TODAY).counted.number
        == lists.counted.number - 1
    )
