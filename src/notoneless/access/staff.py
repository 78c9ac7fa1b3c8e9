"""Counts who holds posts below each unit and how far they can sign in (R-006, R-022)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q

from notoneless.access.models import AccessApproval
from notoneless.places.models import Post, TeachingAssignment
from notoneless.places.queries.setup import owner_path
from notoneless.places.queries.units import once_below, standing, unit_ids_below
from notoneless.rules.coverage import BY_POST, Level
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind, school_year_of

_HELD = Q(post__person__isnull=False)


@dataclass(frozen=True, slots=True)
class SignIns:
    people: int
    with_account: int
    with_own_password: int
    """The others have no account, or only the printed password works."""


@dataclass(frozen=True, slots=True)
class StaffCount:
    """Who holds posts at the units that belong to the one at ``path``; see ``owner_path``."""

    path: str
    people: int
    with_account: int
    to_approve: int
    """Posts that need an approval of access."""
    approved: int
    """Those for which one holds on the day, without an end entered."""
    classes: int
    """Those whose cohort has begun."""
    with_homeroom_teacher: int
    with_lessons: int
    """Those in which somebody teaches."""
    held: tuple[int, ...]
    """How many posts of each wanted set are held."""


def sign_ins_below(paths: Iterable[str], *, on: date) -> SignIns:
    """People who hold a post of ``on`` at or below ``paths``, each once; one statement."""
    units = unit_ids_below(paths, on=on)
    rows = Post.objects.filter(standing(on), unit__in=units, person__isnull=False)
    usable = ~Q(person__user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    own = Q(person__user__is_active=True, person__user__must_change_password=False) & usable
    numbers = rows.aggregate(
        people=Count("person", distinct=True),
        with_account=Count("person", distinct=True, filter=Q(person__user__is_active=True)),
        with_own_password=Count("person", distinct=True, filter=own),
    )
    return SignIns(**numbers)


def staff_counts_below(
    paths: Iterable[str],
    *,
    on: date,
    see_children: Collection[Role],
    wanted: Iterable[Mapping[UnitKind, Role]],
) -> list[StaffCount]:
    """Classes and posts held on ``on`` at or below ``paths``, by the unit they belong to.

    ``see_children``: roles whose posts need an approval. ``wanted``: sets of posts, each the role
    of a kind of unit, to be counted where they are held. One statement.
    """
    rows = (
        once_below(paths, on=on)
        .annotate(post=FilteredRelation("unit__posts", condition=standing(on, of="unit__posts__")))
        .filter(_HELD | Q(unit__kind=UnitKind.CLASS))
        .values_list(owner_path())
        .annotate(
            **_of_people(see_children, on),
            **_of_classes(on),
            **{
                f"held_{number}": Count("post", filter=_is_one_of(posts))
                for number, posts in enumerate(wanted)
            },
        )
        .order_by()
    )
    return [
        StaffCount(path, people, able, asked, approved, classes, led, taught, tuple(held))
        for path, people, able, asked, approved, classes, led, taught, *held in rows
    ]


def _of_people(see_children: Collection[Role], on: date) -> dict[str, Count]:
    active = Q(post__person__user__is_active=True)
    asked = _HELD & Q(post__role__in=sorted(see_children))
    approvals = AccessApproval.objects.filter(
        post=OuterRef("post__pk"), from_on__lte=on, to_on__gt=on, withdrawn_on=None
    )
    return {
        "people": Count("post__person", distinct=True),
        "with_account": Count("post__person", distinct=True, filter=active),
        "to_approve": Count("post", filter=asked),
        "approved": Count("post", filter=asked & Q(Exists(approvals))),
    }


def _of_classes(on: date) -> dict[str, Count]:
    begun = Q(unit__kind=UnitKind.CLASS, unit__entered_in__lte=school_year_of(on))
    roles, _ = BY_POST[Level.CLASS_TEACHER]
    lessons = TeachingAssignment.objects.filter(standing(on), school_class=OuterRef("unit"))
    return {
        "classes": Count("unit", distinct=True, filter=begun),
        "with_homeroom_teacher": Count(
            "unit", distinct=True, filter=begun & _HELD & Q(post__role__in=sorted(roles))
        ),
        "with_lessons": Count("unit", distinct=True, filter=begun & Q(Exists(lessons))),
    }


def _is_one_of(posts: Mapping[UnitKind, Role]) -> Q:
    found = Q(pk__in=[])
    for role in sorted(set(posts.values())):
        kinds = sorted(kind for kind, wanted in posts.items() if wanted is role)
        found |= Q(post__role=role, unit__kind__in=kinds)
    return _HELD & found
