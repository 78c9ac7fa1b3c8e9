"""Who sees which child."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.access.queries import actor_for, county_system
from notoneless.children.models import Child
from notoneless.places.models import Person
from notoneless.places.services.people import Appointment, appoint, assign_lesson, register_person
from notoneless.rules.roles import Capability, Role
from tests.world import FOUNDED, TERM_START, TODAY, Village

pytestmark = pytest.mark.req("R-001", "R-022")


def seen(village: Village, who: str, *, on: date = TODAY) -> set[str]:
    actor = village.actor(who, today=on)
    ids = set(Child.objects.seen_by(actor, on=on).values_list("pk", flat=True))
    return {key for key, child in village.children.items() if child.pk in ids}


@pytest.mark.parametrize(
    ("who", "children"),
    [
        ("chen", {"lan", "gang"}),
        ("qin", {"lan", "gang", "yan"}),
        ("he", {"lan", "gang", "yan", "peng"}),
        ("xiang", {"lan", "gang", "yan", "peng"}),
        ("tan", {"far"}),
        ("lu", {"lan", "gang", "yan", "peng", "far"}),
        ("long", set()),
        ("shi", set()),
    ],
)
def test_everyone_sees_the_children_below_his_own_unit_and_no_other(
    village: Village, who: str, children: set[str]
) -> None:
    assert seen(village, who) == children


def test_nobody_sees_a_child_before_the_access_is_approved_or_after_it_ends(
    village: Village,
) -> None:
    day_before, last_day = TERM_START - timedelta(days=1), TERM_START + timedelta(days=364)

    assert seen(village, "qin", on=day_before) == set()
    assert seen(village, "qin", on=TERM_START) == {"lan", "gang", "yan"}
    assert seen(village, "qin", on=last_day) == {"lan", "gang", "yan"}
    assert seen(village, "qin", on=last_day + timedelta(days=1)) == set()


@pytest.mark.req("R-009")
def test_a_subject_teacher_sees_the_classes_taught_and_not_the_school(village: Village) -> None:
    village.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assert seen(village, "song") == set()

    assign_lesson(
        school_class=village.units["primary-2"].pk,
        person_id=village.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=village.stamp("qin"),
    )

    assert seen(village, "song") == {"yan"}


def test_an_ended_post_opens_nothing(village: Village) -> None:
    village.people["chen"].posts.update(to_on=TODAY)

    assert seen(village, "chen", on=TODAY - timedelta(days=1)) == {"lan", "gang"}
    assert seen(village, "chen", on=TODAY) == set()


def test_somebody_who_left_is_nobody(village: Village) -> None:
    user = village.account("chen")
    Person.objects.filter(pk=village.people["chen"].pk).update(left_on=TODAY)

    assert actor_for(user, today=TODAY) is None
    assert actor_for(user, today=TODAY - timedelta(days=1)) is not None


def test_one_person_may_hold_posts_in_two_places(village: Village) -> None:
    other = register_person(name="双岗", stamp=village.stamp())
    village.people["both"] = other
    for at in ("primary-2", "other"):
        role = Role.HOMEROOM_TEACHER if "-" in at else Role.STAFF
        appoint(
            Appointment(role, village.units[at].pk, other.pk),
            from_on=FOUNDED,
            stamp=village.stamp(),
        )

    assert len(village.actor("both").holdings) == 2


def test_a_capability_asks_for_its_own_reach(village: Village) -> None:
    tan = village.actor("tan")

    assert Child.objects.seen_by(tan, on=TODAY, to=Capability.REVEAL_IDENTITY).count() == 1
    assert Child.objects.seen_by(tan, on=TODAY, to=Capability.MERGE_CHILDREN).count() == 0


def test_the_system_reaches_the_whole_county(village: Village) -> None:
    actor = county_system(village.county_id, today=TODAY)

    assert Child.objects.seen_by(actor, on=TODAY).count() == len(village.children)


def test_working_out_an_actor_costs_a_constant_few_statements(
    village: Village, django_assert_num_queries
) -> None:
    user = village.account("qin")

    with django_assert_num_queries(5):
        actor_for(user, today=TODAY)
