"""Appointing, standing in, handing over, lessons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from notoneless.access.actor import NotAllowed
from notoneless.access.reach import FromAboveOnly, OnOneself
from notoneless.flows.posts import (
    LessonWanted,
    NewPerson,
    Term,
    appoint,
    assign_lessons,
    end_post,
    hand_over,
    stand_in,
)
from notoneless.journal.queries import verify
from notoneless.places.models import Person, Post, TeachingAssignment, Unit
from notoneless.places.queries.people import (
    has_designated_person,
    lessons_at,
    posts_at,
    responsible_history,
    vacancies,
)
from notoneless.places.services.handovers import NothingToHandOver, ToOneself
from notoneless.places.services.people import (
    AlreadyHeld,
    Appointment,
    NotThatPost,
    PersonThere,
    PostEnded,
    PostTaken,
    RoleNotHere,
)
from notoneless.places.services.units import NewUnit, StaleVersion
from notoneless.rules.roles import Role, Tenure
from notoneless.rules.units import UnitKind
from tests.world import TODAY

pytestmark = pytest.mark.django_db
MONDAY = TODAY + timedelta(days=3)


def put(village, who, role, at, person, *, newcomer=None, tenure=Tenure.FULL, on=TODAY):
    return appoint(
        Appointment(role, village.units[at].pk, person and village.people[person].pk, tenure),
        Term(on),
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
        newcomer=newcomer,
    )


@pytest.mark.req("R-006", "R-022")
def test_a_principal_appoints_a_class_teacher_and_the_earlier_one_stays_in_the_history(village):
    chen = village.people["chen"].posts.get()
    end_post(
        chen.pk,
        version=1,
        leave_vacant=True,
        on=TODAY,
        actor=village.actor("qin"),
        stamp=village.stamp("qin"),
    )
    put(village, "qin", Role.HOMEROOM_TEACHER, "primary-1", "wei")

    history = responsible_history(village.units["primary-1"].pk, UnitKind.CLASS)
    assert [(p.person_name, p.to_on) for p in history] == [("韦素芬", None), ("陈小满", TODAY)]
    standing = posts_at(village.units["primary-1"].pk, on=TODAY + timedelta(days=1))
    assert [p.person_name for p in standing] == ["韦素芬"]


def test_a_newcomer_is_registered_once(village):
    newcomer = NewPerson("宋雨", phone="15400000999")
    put(village, "qin", Role.STAFF, "primary", None, newcomer=newcomer)

    with pytest.raises(PersonThere):
        put(village, "qin", Role.STAFF, "primary", None, newcomer=newcomer)
    assert Person.objects.filter(name="宋雨").count() == 1


def test_a_second_head_teacher_or_the_same_post_twice_is_refused(village):
    with pytest.raises(PostTaken):
        put(village, "qin", Role.HOMEROOM_TEACHER, "primary-1", "wei")
    put(village, "qin", Role.STAFF, "primary", "chen")
    with pytest.raises(AlreadyHeld):
        put(village, "qin", Role.STAFF, "primary", "chen")
    with pytest.raises(RoleNotHere):
        put(village, "qin", Role.HOMEROOM_TEACHER, "primary", "chen")


def test_the_database_itself_refuses_the_same_post_twice(village):
    post = village.people["chen"].posts.get()
    with pytest.raises(IntegrityError):
        Post.objects.create(
            unit=post.unit, role=post.role, person=post.person, from_on=post.from_on
        )


@pytest.mark.req("R-022")
def test_nobody_appoints_out_of_reach_without_the_right_himself_or_his_own_head(village):
    with pytest.raises(Unit.DoesNotExist):
        put(village, "qin", Role.STAFF, "other", "chen")
    with pytest.raises(NotAllowed):
        put(village, "chen", Role.DEPUTY_HOMEROOM_TEACHER, "primary-1", "wei")
    with pytest.raises(OnOneself):
        put(village, "shi", Role.STATUS_CLERK, "primary", "shi")
    with pytest.raises(FromAboveOnly):
        put(village, "shi", Role.PRINCIPAL, "primary", "wei", tenure=Tenure.ACTING)
    with pytest.raises(NotAllowed):
        put(village, "xiang", Role.STAFF, "primary", "chen")


def test_a_centre_school_appoints_the_acting_principal(village):
    put(village, "he", Role.PRINCIPAL, "primary", "wei", tenure=Tenure.ACTING)

    held = {(p.person_name, p.tenure) for p in posts_at(village.units["primary"].pk, on=TODAY)}
    assert {("覃志学", "full"), ("韦素芬", "acting")} <= held


def test_a_stand_in_names_the_post_and_inherits_its_role(village):
    chen = village.people["chen"].posts.get()
    stand_in(
        chen.pk,
        person_id=village.people["wei"].pk,
        term=Term(TODAY, MONDAY),
        actor=village.actor("qin"),
        today=TODAY,
        stamp=village.stamp("qin"),
    )

    post = Post.objects.get(tenure="stand_in")
    assert (post.stands_in_for_id, post.role, post.unit_id) == (chen.pk, chen.role, chen.unit_id)
    assert Role.HOMEROOM_TEACHER in village.actor("wei").roles()
    assert Role.HOMEROOM_TEACHER not in village.actor("wei", today=MONDAY).roles()
    with pytest.raises(NotThatPost):
        appoint(
            Appointment(
                Role.STAFF,
                village.units["primary"].pk,
                village.people["wei"].pk,
                Tenure.STAND_IN,
                chen.pk,
            ),
            Term(TODAY),
            actor=village.actor("qin"),
            today=TODAY,
            stamp=village.stamp("qin"),
        )


def test_ending_a_post_from_a_stale_page_or_twice_is_refused(village):
    chen = village.people["chen"].posts.get()

    def end(version):
        end_post(
            chen.pk,
            version=version,
            leave_vacant=False,
            on=MONDAY,
            actor=village.actor("qin"),
            stamp=village.stamp("qin"),
        )

    end(1)
    with pytest.raises(StaleVersion):
        end(1)
    with pytest.raises(PostEnded):
        end(2)


@pytest.mark.req("R-007")
def test_posts_nobody_holds_are_listed_and_a_school_without_its_designated_person_is_known(
    village,
):
    path = [h.path for h in village.actor("qin").holdings]
    found = {(v.place.name, v.role) for v in vacancies(path, on=TODAY)}

    assert ("石桥乡中心小学", Role.DROPOUT_OFFICER) in found
    assert ("2", Role.HOMEROOM_TEACHER) in found
    assert ("1", Role.HOMEROOM_TEACHER) not in found
    school = village.units["primary"].pk
    assert not has_designated_person(school, on=TODAY)
    put(village, "qin", Role.DROPOUT_OFFICER, "primary", "wei")
    assert has_designated_person(school, on=TODAY)
    assert not has_designated_person(school, on=TODAY - timedelta(days=1))


def pass_on(village, who, giver, taker, *, on=MONDAY):
    return hand_over(
        village.people[giver].pk,
        village.people[taker].pk,
        on=on,
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


def teach(village, who, *cells, school="primary"):
    return assign_lessons(
        village.units[school].pk,
        [
            LessonWanted(village.units[at].pk, subject, p and village.people[p].pk)
            for at, subject, p in cells
        ],
        on=TODAY,
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


def test_a_leavers_load_goes_to_another_from_a_day_on_without_the_approval(village):
    teach(village, "qin", ("primary-2", "数学", "chen"))

    assert pass_on(village, "qin", "chen", "wei") == 1

    assert village.actor("chen", today=TODAY).holdings
    assert not village.actor("chen", today=MONDAY).holdings
    wei = village.actor("wei", today=MONDAY)
    new = next(h for h in wei.holdings if h.role is Role.HOMEROOM_TEACHER)
    assert new.approved_until == ""
    lessons = lessons_at([village.units["primary-2"].pk], on=MONDAY)
    assert [(x.person_name, x.subject) for x in lessons] == [("韦素芬", "数学")]
    assert verify(village.county_id).findings == []
    with pytest.raises(NothingToHandOver):
        pass_on(village, "qin", "chen", "wei")


def test_handing_over_costs_the_same_however_much_is_carried(
    village, django_assert_max_num_queries
):
    for number in "3456":
        village.found(
            f"primary-{number}",
            NewUnit(UnitKind.CLASS, number, stage="primary", entered_in=2024),
            g="primary-grade",
            e="primary-grade",
        )
        put(village, "qin", Role.DEPUTY_HOMEROOM_TEACHER, f"primary-{number}", "chen")
        teach(village, "qin", (f"primary-{number}", "语文", "chen"))

    from notoneless.places.services import handovers

    with django_assert_max_num_queries(19):
        handovers.hand_over(
            village.people["chen"].pk,
            village.people["wei"].pk,
            on=MONDAY,
            stamp=village.stamp("qin"),
        )


def test_a_load_is_not_handed_to_oneself_by_oneself_or_from_elsewhere(village):
    with pytest.raises(ToOneself):
        pass_on(village, "qin", "chen", "chen")
    with pytest.raises(OnOneself):
        pass_on(village, "qin", "chen", "qin")
    with pytest.raises(Unit.DoesNotExist):
        pass_on(village, "qin", "tan", "wei")


@pytest.mark.req("R-009")
def test_the_matrix_of_lessons_changes_only_what_was_changed(village):
    cells = [("primary-1", "数学", "wei"), ("primary-2", "数学", "wei")]
    assert teach(village, "qin", *cells) == 2
    assert teach(village, "qin", *cells) == 0
    assert teach(village, "qin", ("primary-1", "数学", "chen"), ("primary-2", "数学", None)) == 2

    assert TeachingAssignment.objects.count() == 3
    assert TeachingAssignment.objects.get(to_on=None).person.name == "陈小满"
    with pytest.raises(Unit.DoesNotExist):
        teach(village, "qin", ("other-1", "数学", "wei"))
