"""Counts what stands below each unit that is set up by itself, without loading it (R-022)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Left, Length

from notoneless.places.models import (
    Coverage,
    ImplementationPlan,
    LeadingGroup,
    Post,
    UnitTelephone,
)
from notoneless.places.queries.coverage import OWN_LEVELS
from notoneless.places.queries.units import Place, once_below, standing
from notoneless.rules.coverage import BY_POST
from notoneless.rules.groups import GroupKind
from notoneless.rules.paths import STEP, Line, line_of
from notoneless.rules.plans import VALID
from notoneless.rules.units import STEPS_TO_OWNER, UnitKind

_COUNTED = frozenset({UnitKind.GRADE, UnitKind.CLASS, UnitKind.GROUP})
"""Kinds of which there are too many to be looked at one by one."""
_COVERED = frozenset({UnitKind.VILLAGE, UnitKind.GROUP})


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit, and whether it has a leading group, a valid plan of the year and a telephone."""

    place: Place
    has_group: bool
    """Composed as it should be or not."""
    has_plan: bool
    has_telephone: bool


@dataclass(frozen=True, slots=True)
class CoverCount:
    """The village at ``path`` with its groups: how many they are, and how many are covered."""

    path: str
    total: int
    covered: int
    """Those that name somebody at each level of their own."""


def owner_path() -> Combinable:
    """Of rows of ``UnitPlace``: where the unit stands by which theirs is set up.

    Its own path if it is set up by itself; above all such units, that of a unit which is not.
    """
    steps: dict[int, list[UnitKind]] = {}
    for kind, number in STEPS_TO_OWNER.items():
        steps.setdefault(number, []).append(kind)
    cut = Case(
        *(When(unit__kind__in=kinds, then=Value(n * STEP)) for n, kinds in steps.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Left("path", Length("path") - cut)


def states_below(paths: Iterable[str], *, on: date, school_year: int) -> list[UnitState]:
    """Units at or below ``paths`` once each, without grades, classes and village groups.

    Those are in it only where one of ``paths`` is theirs. One statement.
    """
    paths = list(paths)
    plans = ImplementationPlan.objects.filter(
        unit=OuterRef("unit"), school_year=school_year, superseded_at=None, state__in=list(VALID)
    )
    groups = LeadingGroup.objects.filter(
        standing(on), unit=OuterRef("unit"), kind=GroupKind.DROPOUT
    )
    telephones = UnitTelephone.objects.filter(unit=OuterRef("unit"), superseded_at=None)
    looked_at = Q(path__in=paths) | ~Q(unit__kind__in=list(_COUNTED))
    columns = (
        once_below(paths, on=on)
        .filter(looked_at)
        .values_list(
            "unit",
            "unit__kind",
            "unit__name",
            "path",
            "unit__is_complete",
            Exists(groups),
            Exists(plans),
            Exists(telephones),
        )
    )
    return [
        UnitState(Place(unit, UnitKind(kind), name, path, is_complete=is_complete), *has)
        for unit, kind, name, path, is_complete, *has in columns
    ]


def covers_below(paths: Iterable[str], *, on: date) -> list[CoverCount]:
    """Villages and groups at or below ``paths`` that name who covers them (R-008); one statement.

    By village; a group whose village is out of reach too.
    """
    # Neither stands in the other line.
    own = [path for path in paths if line_of(path) is Line.GOVERNMENT]
    rows = (
        once_below(own, on=on)
        .filter(unit__kind__in=sorted(_COVERED))
        .values_list(owner_path())
        .annotate(total=Count("pk"), covered=Count("pk", filter=_named(0, on) & _named(1, on)))
        .order_by()
    )
    return [CoverCount(*row) for row in rows]


def _named(position: int, on: date) -> Q:
    """Whether somebody is named at this one of the levels that a unit's kind must name."""
    entered, posts = Q(pk__in=[]), Q(pk__in=[])
    for kind in sorted(_COVERED):
        level = OWN_LEVELS[kind][position]
        roles, kinds = BY_POST[level]
        entered |= Q(unit__kind=kind, level=level)
        if kind in kinds:
            posts |= Q(unit__kind=kind, role__in=sorted(roles))
    here = Q(unit=OuterRef("unit"))
    covers = Coverage.objects.filter(entered, here, standing(on))
    held = Post.objects.filter(posts, here, standing(on), person__isnull=False)
    return Q(Exists(covers)) | Q(Exists(held))
