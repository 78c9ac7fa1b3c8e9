"""Founding, moving and closing units through the doors of whoever does it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child, ChildPlace
from notoneless.flows.units import ChildrenThere, close_unit, describe_unit, found_unit, move_unit
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries import chain_above, units_below
from notoneless.places.services.units import (
    AlreadyClosed,
    CodeTaken,
    NewUnit,
    StaleVersion,
    StillInUse,
    TooEarly,
    UnderItself,
    WrongParent,
)
from notoneless.rules.paths import Line
from notoneless.rules.units import UnitKind
from tests.world import FOUNDED, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-001")]
MONDAY = TODAY + timedelta(days=3)


def move(village, who, what, line, to, *, on=TODAY):
    move_unit(
        village.units[what].pk,
        line,
        parent_id=village.units[to].pk,
        actor=village.actor(who),
        on=on,
        stamp=village.stamp(who),
    )


def seen(village, who, *, on):
    actor = village.actor(who, today=on)
    ids = set(Child.objects.seen_by(actor, on=on).values_list("pk", flat=True))
    return {key for key, child in village.children.items() if child.pk in ids}


def found_village(village, who, *, above="shiqiao", code="539901102202"):
    return found_unit(
        NewUnit(UnitKind.VILLAGE, "云顶村", code=code),
        parents={Line.GOVERNMENT: village.units[above].pk},
        actor=village.actor(who),
        on=TODAY,
        stamp=village.stamp(who),
    )


def test_a_new_village_stands_under_its_township(village):
    unit = found_village(village, "mo")

    assert [p.name for p in chain_above(unit, Line.GOVERNMENT, on=TODAY)] == [
        "青禾县",
        "石桥乡",
        "云顶村",
    ]
    assert Entry.objects.filter(kind="unit.founded", row_id=unit).exists()


def test_a_township_founds_villages_of_its_own_and_of_no_other(village):
    found_village(village, "xiang")

    with pytest.raises(Unit.DoesNotExist):
        found_village(village, "xiang", above="hekou", code="539901100209")


def test_a_teacher_founds_nothing(village):
    with pytest.raises(Unit.DoesNotExist):
        found_village(village, "chen")
    with pytest.raises(NotAllowed):
        found_village(village, "shao")


def test_submitting_a_new_unit_twice_founds_one(village):
    found_village(village, "mo")

    with pytest.raises(CodeTaken):
        found_village(village, "mo")
    assert Unit.objects.filter(name="云顶村").count() == 1


def test_when_a_school_moves_its_doors_move_with_it_and_earlier_days_keep_the_tree(village):
    assert seen(village, "he", on=MONDAY) == {"lan", "gang", "yan", "peng"}

    move(village, "mo", "primary", Line.EDUCATION, "bureau", on=MONDAY)

    assert seen(village, "he", on=TODAY) == {"lan", "gang", "yan", "peng"}
    assert seen(village, "he", on=MONDAY) == {"peng"}
    assert seen(village, "qin", on=MONDAY) == {"lan", "gang", "yan"}
    assert seen(village, "chen", on=MONDAY) == {"lan", "gang"}
    centre = UnitPlace.objects.get(unit=village.units["centre"]).path
    names = {p.name for p in units_below([centre], on=MONDAY, kinds=[UnitKind.SCHOOL])}
    before = {p.name for p in units_below([centre], on=TODAY, kinds=[UnitKind.SCHOOL])}
    assert (names, before) == ({"石桥乡初级中学"}, {"石桥乡初级中学", "石桥乡中心小学"})


def test_moving_twice_on_one_day_leaves_one_place_in_force_and_a_whole_journal(village):
    move(village, "mo", "primary", Line.EDUCATION, "bureau")
    move(village, "mo", "primary", Line.EDUCATION, "centre")

    assert seen(village, "he", on=TODAY) == {"lan", "gang", "yan", "peng"}
    assert ChildPlace.objects.filter(child=village.lan, to_on=None, line="e").count() == 1
    assert verify(village.county_id).findings == []


def test_a_township_move_takes_the_government_line_only(village):
    move(village, "mo", "primary", Line.GOVERNMENT, "hekou")

    assert seen(village, "xiang", on=TODAY) == {"peng"}
    assert seen(village, "he", on=TODAY) == {"lan", "gang", "yan", "peng"}


def test_a_move_asks_for_both_ends(village):
    with pytest.raises(Unit.DoesNotExist):
        move(village, "he", "primary", Line.EDUCATION, "bureau")


def test_a_move_below_itself_to_a_wrong_kind_or_before_its_time_is_refused(village):
    with pytest.raises(WrongParent):
        move(village, "mo", "primary", Line.EDUCATION, "other")
    with pytest.raises(UnderItself):
        move(village, "mo", "primary", Line.EDUCATION, "primary-1")
    with pytest.raises(TooEarly):
        move(
            village,
            "mo",
            "primary",
            Line.EDUCATION,
            "bureau",
            on=FOUNDED - timedelta(days=1),
        )


def test_a_renamed_unit_keeps_its_place_and_a_stale_page_is_refused(village):
    unit = village.units["primary"]
    changes = {"name": "石桥乡第一小学"}

    def rename(version):
        describe_unit(
            unit.pk,
            version=version,
            actor=village.actor("qin"),
            today=TODAY,
            stamp=village.stamp("qin"),
            changes=changes,
        )

    rename(1)
    with pytest.raises(StaleVersion):
        rename(1)

    unit.refresh_from_db()
    assert (unit.name, unit.version) == ("石桥乡第一小学", 2)


def close(village, key, *, who="mo", on=MONDAY, version=1):
    close_unit(
        village.units[key].pk,
        version=version,
        actor=village.actor(who),
        on=on,
        today=TODAY,
        stamp=village.stamp(who),
    )


def test_a_unit_with_children_or_units_below_is_not_closed(village):
    with pytest.raises(ChildrenThere):
        close(village, "primary-1")
    with pytest.raises(StillInUse):
        close_empty(village)


def close_empty(village):
    village.found("pine", NewUnit(UnitKind.TOWNSHIP, "松林乡", code="539901101000"), g="county")
    village.found("slope", NewUnit(UnitKind.VILLAGE, "松坡村", code="539901101201"), g="pine")
    close(village, "pine")


def test_a_closed_unit_ends_with_its_posts_and_is_closed_once(village):
    close(village, "village")

    long_post = village.people["long"].posts.get()
    assert long_post.to_on == MONDAY
    assert village.actor("long", today=TODAY).holdings
    assert not village.actor("long", today=MONDAY).holdings
    assert verify(village.county_id).findings == []
    with pytest.raises(AlreadyClosed):
        close(village, "village")


def test_closing_from_the_day_of_founding_is_refused(village):
    with pytest.raises(TooEarly):
        close(village, "village", on=date(2020, 9, 1))
