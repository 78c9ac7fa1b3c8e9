"""Classes split, renumbered, handed over, closed and graduated."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.access.models import AccessApproval
from notoneless.children.models import Child, ChildPlace, Enrolment
from notoneless.children.queries.classes import class_children, count_classes, registered_now
from notoneless.children.queries.units import classes_in_reach
from notoneless.children.services.merging import Half, merge_children
from notoneless.flows.children.classes import (
    ClassNotEmpty,
    HoldsAlready,
    ListChanged,
    NewName,
    NobodyChosen,
    NumberUsed,
    SameClass,
    TooEarly,
    close_class,
    graduate_classes,
    hand_over_class,
    move_children,
    rename_class,
    split_class,
)
from notoneless.journal.models import Entry
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Post, Unit
from notoneless.places.services.units import StaleVersion
from notoneless.rules.roles import Role
from tests.world import FOUNDED, TODAY

pytestmark = pytest.mark.req("R-001", "R-022")
NEXT_AUTUMN = date(2027, 8, 1)
FOUR_YEARS_ON = date(2030, 8, 1)


def by(village, who="wei", today=TODAY):
    now = datetime(today.year, today.month, today.day, tzinfo=timezone.utc)
    stamp = Stamp(village.county_id, village.people[who].pk, now)
    return {"actor": village.actor(who, today=TODAY), "today": today, "stamp": stamp}


def ids(village, *keys):
    return [village.children[key].pk for key in keys]


def in_class(village, unit_id, who="lu"):
    rows = class_children(village.actor(who), unit_id, on=TODAY)
    return {row.name for row in rows}


def split(village, *keys, number="3", who="wei", at="primary-1"):
    return split_class(village.units[at].pk, ids(village, *keys), number=number, **by(village, who))


def test_a_split_makes_a_class_of_the_same_grade_with_the_chosen_children(village):
    fresh = split(village, "gang")

    unit = Unit.objects.get(pk=fresh)
    assert (unit.name, unit.entered_in, unit.stage) == ("3", 2024, "primary")
    assert in_class(village, fresh) == {"杨大刚"}
    assert in_class(village, village.units["primary-1"].pk) == {"吴小兰"}
    assert {place.line for place in unit.places.all()} == {"g", "e"}


def test_a_moved_child_keeps_its_spells_and_the_old_teacher_no_longer_sees_it(village):
    split(village, "gang")

    spells = Enrolment.objects.filter(child=village.children["gang"]).order_by("from_on")
    assert [(s.begun, s.ended) for s in spells] == [
        ("enrolled", "class_changed"),
        ("class_changed", ""),
    ]
    assert spells[0].to_on == spells[1].from_on == TODAY
    seen = Child.objects.seen_by(village.actor("chen"), on=TODAY)
    assert set(seen.values_list("name", flat=True)) == {"吴小兰"}


def test_a_number_in_use_in_the_grade_is_refused(village):
    with pytest.raises(NumberUsed):
        split(village, "gang", number="2")
    with pytest.raises(NumberUsed):
        rename(village, "2")
    assert Unit.objects.filter(kind="class").count() == 4


def test_a_child_of_another_class_on_the_list_is_refused_and_nothing_moves(village):
    with pytest.raises(ListChanged):
        split(village, "gang", "yan")
    with pytest.raises(Child.DoesNotExist):
        split(village, "gang", "far")
    with pytest.raises(NobodyChosen):
        split(village)

    assert not Enrolment.objects.filter(begun="class_changed").exists()


def move(village, *keys, to="primary-2", who="wei", at="primary-1"):
    return move_children(
        village.units[at].pk,
        ids(village, *keys),
        target_id=village.units[to].pk,
        **by(village, who),
    )


def test_children_move_to_another_class_and_the_second_tab_is_told(village):
    assert move(village, "lan", "gang") == 2
    assert in_class(village, village.units["primary-2"].pk) == {"吴小兰", "杨大刚", "䶮雨晴"}

    with pytest.raises(ListChanged):
        move(village, "lan")


def test_nobody_moves_into_the_same_class_or_into_another_school(village):
    with pytest.raises(SameClass):
        move(village, "lan", to="primary-1")
    with pytest.raises(Unit.DoesNotExist):
        move(village, "lan", to="other-1")
    with pytest.raises(Unit.DoesNotExist):
        move(village, "lan", to="other-1", who="lu")


def test_whoever_manages_another_school_finds_no_such_class(village):
    with pytest.raises(Unit.DoesNotExist):
        move(village, "lan", who="tan")
    with pytest.raises(NotAllowed):
        move(village, "lan", who="chen")


def rename(village, number, *, version=1, who="wei"):
    name = NewName(number, "向日葵", version)
    rename_class(village.units["primary-1"].pk, name=name, **by(village, who))


def test_a_class_gets_another_number_and_the_second_tab_is_stale(village):
    rename(village, "5")

    unit = Unit.objects.get(pk=village.units["primary-1"].pk)
    assert (unit.name, unit.short_name) == ("5", "向日葵")
    with pytest.raises(StaleVersion):
        rename(village, "6")
    with pytest.raises(Unit.DoesNotExist):
        rename(village, "6", version=2, who="tan")


def close(village, at="primary-1", who="wei"):
    close_class(village.units[at].pk, **by(village, who))


def test_only_an_empty_class_closes_and_its_posts_end(village):
    with pytest.raises(ClassNotEmpty):
        close(village)
    move(village, "lan", "gang")

    close(village)

    assert Unit.objects.get(pk=village.units["primary-1"].pk).active_to == TODAY
    assert Post.objects.get(role=Role.HOMEROOM_TEACHER).to_on == TODAY
    left = classes_in_reach(village.actor("wei"), on=TODAY)
    assert [unit.name.number for unit in left] == ["2"]


def hand_over(village, to="song", *, from_on=TODAY, who="qin"):
    return hand_over_class(
        village.units["primary-1"].pk,
        village.people[to].pk,
        from_on=from_on,
        **by(village, who),
    )


def test_a_class_changes_hands_on_a_day(village):
    song = village.employ("song", "宋雨", Role.STAFF, "primary")

    assert hand_over(village, from_on=TODAY + timedelta(days=3)) is True

    seen = {
        who: Child.objects.seen_by(village.actor(who, today=day), on=day).count()
        for day in (TODAY + timedelta(days=2),)
        for who in ("chen", "song")
    }
    assert seen == {"chen": 2, "song": 0}
    day = TODAY + timedelta(days=3)
    assert Child.objects.seen_by(village.actor("chen", today=day), on=day).count() == 0
    assert Child.objects.seen_by(village.actor("song", today=day), on=day).count() == 2
    approval = AccessApproval.objects.get(post__person=song, post__role=Role.HOMEROOM_TEACHER)
    assert (approval.from_on, approval.to_on) == (day, NEXT_AUTUMN)


def test_who_may_not_approve_access_hands_over_without_it(village):
    village.employ("song", "宋雨", Role.STAFF, "primary")

    assert hand_over(village, who="wei") is False

    assert Child.objects.seen_by(village.actor("song"), on=TODAY).count() == 0


def test_a_class_is_handed_only_to_staff_of_the_school_and_not_back_in_time(village):
    village.employ("song", "宋雨", Role.STAFF, "primary")

    with pytest.raises(Person.DoesNotExist):
        hand_over(village, "tan")
    with pytest.raises(HoldsAlready):
        hand_over(village, "chen")
    with pytest.raises(TooEarly):
        hand_over(village, from_on=FOUNDED)


def graduate(village, *, today, who="wei", school="primary"):
    return graduate_classes(
        village.units[school].pk,
        school_year=today.year,
        **by(village, who, today),
    )


def test_a_cohort_graduates_after_its_last_grade_and_not_a_year_before(village):
    # The cohort of 2024 is in grade 6 in 2029-30.
    assert graduate(village, today=date(2029, 8, 1)).classes == 0

    done = graduate(village, today=FOUR_YEARS_ON)

    assert (done.classes, done.children) == (2, 3)
    ended = Enrolment.objects.filter(school=village.units["primary"])
    assert {(s.ended, s.to_on) for s in ended} == {("graduated", FOUR_YEARS_ON)}
    assert not Unit.objects.filter(
        pk__in=[village.units[k].pk for k in ("primary-1", "primary-2", "primary-grade")],
        active_to=None,
    ).exists()
    assert Entry.objects.filter(kind="enrolment.ended").count() == 3


def test_graduating_twice_changes_nothing(village):
    graduate(village, today=FOUR_YEARS_ON)

    assert graduate(village, today=FOUR_YEARS_ON).children == 0


def test_graduating_leaves_other_schools_and_other_people_alone(village):
    graduate(village, today=FOUR_YEARS_ON)

    assert Enrolment.objects.filter(to_on=None).count() == 2
    with pytest.raises(Unit.DoesNotExist):
        graduate(village, today=FOUR_YEARS_ON, who="tan")
    with pytest.raises(NotAllowed):
        graduate(village, today=FOUR_YEARS_ON, who="chen")


def test_a_school_year_that_has_not_begun_graduates_nobody(village):
    with pytest.raises(ValueError, match="not begun"):
        graduate_classes(village.units["primary"].pk, school_year=2027, **by(village))


def test_counts_agree_with_the_list_and_a_merged_pair_counts_once(village):
    counts = {c.unit.name.number: c for c in count_classes(village.actor("wei"), on=TODAY)}
    assert (counts["1"].children, counts["1"].boys, counts["1"].girls) == (2, 1, 1)
    assert counts["1"].homeroom == ("陈小满",)
    assert counts["2"].homeroom == ()

    merge_children(
        Half(village.lan.pk, 1),
        Half(village.children["gang"].pk, 1),
        reason="同一人",
        actor=village.actor("lu"),
        today=TODAY,
        stamp=village.stamp("lu"),
    )

    counts = {c.unit.name.number: c for c in count_classes(village.actor("wei"), on=TODAY)}
    assert counts["1"].children == 1
    assert in_class(village, village.units["primary-1"].pk, "wei") == {"吴小兰"}


def test_a_kept_child_without_a_spell_sits_where_the_merged_row_sat(village):
    Enrolment.objects.filter(child=village.lan).delete()
    ChildPlace.objects.filter(child=village.lan).update(unit=village.units["village"])
    merge_children(
        Half(village.lan.pk, 1),
        Half(village.children["yan"].pk, 1),
        reason="同一人",
        actor=village.actor("lu"),
        today=TODAY,
        stamp=village.stamp("lu"),
    )

    unit = village.units["primary-2"].pk
    assert in_class(village, unit) == {"吴小兰"}
    assert registered_now([unit]).count() == 1
