"""Who somebody is today: account → person → posts → capabilities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max, Q

from notoneless.access.actor import Actor, Holding, system_actor
from notoneless.access.models import AccessApproval, User
from notoneless.places.models import Person, Post, TeachingAssignment, UnitPlace
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Role, capabilities_of
from notoneless.rules.units import UnitKind, home_line


def _holds_on(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on=None) | Q(to_on__gt=day))


def actor_for(user: User, *, today: date) -> Actor | None:
    """The actor behind a signed-in account, with the posts held on ``today``.

    ``None`` for an account without a person (the machine's superuser) and for people who left.
    Costs four statements whatever the number of posts.
    """
    person = Person.objects.filter(pk=user.person_id).first() if user.person_id else None
    if person is None or (person.left_on and person.left_on <= today):
        return None
    return actor_of_person(person, today=today)


def actor_of_person(person: Person, *, today: date) -> Actor:
    """The actor that ``person`` is on ``today``."""
    posts = list(
        Post.objects.filter(_holds_on(today), person=person).select_related("unit").order_by("pk")
    )
    lessons = list(
        TeachingAssignment.objects.filter(_holds_on(today), person=person)
        .select_related("school_class")
        .order_by("pk")
    )
    approved = _approved_until([post.pk for post in posts], on=today)
    paths = _paths(
        {post.unit_id for post in posts}
        | {lesson.school_class_id for lesson in lessons}
        | ({person.county_id} if any(p.unit.kind == UnitKind.BUREAU for p in posts) else set()),
        on=today,
    )
    holdings = [h for post in posts for h in _holdings(post, approved, paths, person.county_id)]
    holdings += _lesson_holdings(lessons, posts, approved, paths)
    return Actor(
        person_id=person.pk,
        county_id=person.county_id,
        name=person.name,
        holdings=tuple(holdings),
    )


def county_system(county_id: UUID, *, today: date) -> Actor:
    """The system at work in one county: reaches everything under it in both lines."""
    paths = UnitPlace.objects.filter(
        _holds_on(today), unit__county=county_id, unit__kind__in=["county", "bureau"]
    ).values_list("path", flat=True)
    return system_actor(county_id=county_id, county_paths=sorted(paths))


def _approved_until(post_ids: Iterable[UUID], *, on: date) -> dict[UUID, date]:
    rows = (
        AccessApproval.objects.filter(post__in=list(post_ids), from_on__lte=on, to_on__gt=on)
        .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
        .values("post")
        .annotate(until=Max("to_on"))
    )
    return {row["post"]: row["until"] for row in rows}


def _paths(unit_ids: set[UUID], *, on: date) -> dict[tuple[UUID, str], str]:
    rows = UnitPlace.objects.filter(_holds_on(on), unit__in=unit_ids)
    return {(unit, line): path for unit, line, path in rows.values_list("unit", "line", "path")}


def _holdings(
    post: Post,
    approved: dict[UUID, date],
    paths: dict[tuple[UUID, str], str],
    county_id: UUID,
) -> list[Holding]:
    until = approved.get(post.pk)
    kind = UnitKind(post.unit.kind)
    here = [paths.get((post.unit_id, home_line(kind)))]
    if kind is UnitKind.BUREAU:
        # A child known only to a village stands in the government line alone.
        here.append(paths.get((county_id, "g")))
    if kind is UnitKind.EDUCATION_OFFICE and (office := paths.get((post.unit_id, "g"))):
        # 基教办 is the township's own office: its people look after the whole township.
        here = [ancestors(office)[-2]]
    return [
        Holding(
            post_id=post.pk,
            role=Role(post.role),
            unit_id=post.unit_id,
            unit_name=post.unit.name,
            path=path,
            # A subject teacher sees the classes taught (below), not the whole school.
            capabilities=capabilities_of(
                Role(post.role),
                is_approved=until is not None and post.role != Role.SUBJECT_TEACHER,
            ),
            approved_until=until.isoformat() if until else "",
            unit_kind=kind,
            unit_stage=post.unit.stage,
            unit_entered_in=post.unit.entered_in,
        )
        for path in here
        if path
    ]


def _lesson_holdings(
    lessons: list[TeachingAssignment],
    posts: list[Post],
    approved: dict[UUID, date],
    paths: dict[tuple[UUID, str], str],
) -> list[Holding]:
    """A class taught is in reach through the teacher's approved post as subject teacher."""
    holdings = []
    for post in posts:
        until = approved.get(post.pk)
        school = paths.get((post.unit_id, "e"))
        if post.role != Role.SUBJECT_TEACHER or school is None:
            continue
        holdings += [
            Holding(
                post_id=post.pk,
                role=Role.SUBJECT_TEACHER,
                unit_id=lesson.school_class_id,
                unit_name=lesson.school_class.name,
                path=path,
                capabilities=capabilities_of(Role.SUBJECT_TEACHER, is_approved=until is not None),
                approved_until=until.isoformat() if until else "",
                unit_kind=UnitKind.CLASS,
                unit_stage=lesson.school_class.stage,
                unit_entered_in=lesson.school_class.entered_in,
            )
            for lesson in lessons
            if (path := paths.get((lesson.school_class_id, "e"))) and path.startswith(school)
        ]
    return holdings
