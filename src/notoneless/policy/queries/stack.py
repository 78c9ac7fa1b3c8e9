"""Which adoptions and releases reach a place on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries.units import standing
from notoneless.policy.models import Adoption, PolicyMark, ReleaseAct, RuleValue
from notoneless.policy.models.releases import Verdict
from notoneless.policy.queries.packs import default_packs, national_packs, parse_packs
from notoneless.rules.paths import Line, ancestors
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank, Release
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.wire import from_wire
from notoneless.rules.units import SCHOOLS, UnitKind

NATION = "national"
"""The place of the national layer."""
PRODUCT = "product"
"""The place of figures that ship with the product; nobody's word, so every place's is nearer."""
EVERYWHERE = frozenset({NATION, PRODUCT})

RANKS: Mapping[UnitKind, Rank] = MappingProxyType(
    {
        UnitKind.PROVINCE: Rank.PROVINCE,
        UnitKind.CITY: Rank.CITY,
        UnitKind.COUNTY: Rank.COUNTY,
        UnitKind.BUREAU: Rank.COUNTY,
        UnitKind.TOWNSHIP: Rank.TOWNSHIP,
        UnitKind.CENTRE_SCHOOL: Rank.TOWNSHIP,
        **dict.fromkeys(SCHOOLS, Rank.SCHOOL),
    }
)
"""The kinds of unit that can have a policy of their own, and how near they stand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands on a day, as far as policy asks."""

    paths: tuple[str, ...]
    """One for each line; where the unit has none, that of its county or bureau."""
    mark: UUID | None
    """The county's newest change of policy; ``None`` before the first."""


@dataclass(frozen=True, slots=True)
class Stack:
    """All that is laid upon each other at a place on a day."""

    layers: tuple[Layer, ...]
    releases: tuple[Release, ...]


def standing_of(unit_id: UUID, *, on: date) -> Standing:
    """Where a unit stands in both lines on ``on``; one statement.

    A township answers to its county's bureau in matters of education, and a centre school to
    the county's government, though neither stands below it in its own tree.
    Raises ``Unit.DoesNotExist`` for an unknown unit and for days on which nothing stood.
    """
    county = Unit.objects.filter(pk=unit_id).values("county")[:1]
    tops = Q(unit__county=Subquery(county), unit__kind__in=[UnitKind.COUNTY, UnitKind.BUREAU])
    mark = PolicyMark.objects.filter(scope=OuterRef("unit__county")).values("mark")[:1]
    rows = (
        UnitPlace.objects.filter(standing(on))
        .filter(Q(unit=unit_id) | tops)
        .order_by("unit_id", "line")
        .values_list("unit_id", "line", "path", "unit__kind", Subquery(mark))
    )
    found = list(rows)
    paths = {line: path for unit, line, path, _, _ in found if unit == unit_id}
    homes = {UnitKind.COUNTY: Line.GOVERNMENT, UnitKind.BUREAU: Line.EDUCATION}
    for _, line, path, kind, _ in found:
        if homes.get(UnitKind(kind)) == line:
            paths.setdefault(line, path)
    if not paths:
        raise Unit.DoesNotExist(f"no unit {unit_id} on {on}")
    return Standing(tuple(sorted(paths.values())), found[0][4])


def stack_at(place: Standing, *, on: date) -> Stack:
    """The layers and releases that reach a place on ``on``; four statements at most."""
    paths = {path for below in place.paths for path in ancestors(below)}
    here = UnitPlace.objects.filter(standing(on), path__in=sorted(paths)).values("unit")
    adoptions = Adoption.objects.filter(unit__in=here, from_on__lte=on)
    return Stack((*national_layers(), *layers_of(adoptions, on=on)), tuple(_releases(here, on=on)))


def national_layers() -> list[Layer]:
    """The law and the product's own figures, under every other layer."""
    return [
        Layer(place, Rank.NATIONAL, Line.GOVERNMENT, pack, pack.effective_from)
        for place, packs in ((NATION, national_packs()), (PRODUCT, default_packs()))
        for pack in packs
    ]


def layers_of(adoptions: QuerySet[Adoption], *, on: date) -> list[Layer]:
    """Adoptions as layers with the values of the day ``on``; those never begun are left out."""
    rows = list(
        adoptions.select_related("unit", "ending", "pack").defer("pack__toml").order_by("pk")
    )
    rows = [row for row in rows if (end := end_of(row)) is None or end > row.from_on]
    values = values_on([row.pk for row in rows], on=on)
    packs = parse_packs(row.pack_id for row in rows)
    return [
        Layer(
            place=str(row.unit_id),
            rank=RANKS[UnitKind(row.unit.kind)],
            line=Line(row.line),
            pack=packs[row.pack_id],
            from_on=row.from_on,
            to_on=end_of(row),
            own=values[row.pk],
            without=frozenset(row.without),
        )
        for row in rows
    ]


def end_of(adoption: Adoption) -> date | None:
    """The first day without the adoption, by its own words or because it was given up."""
    ending = getattr(adoption, "ending", None)
    ends = [day for day in (adoption.to_on, ending.to_on if ending else None) if day]
    return min(ends, default=None)


def values_on(adoption_ids: Iterable[UUID], *, on: date) -> dict[UUID, dict[str, OwnValue]]:
    """The places' own values that count on ``on``, by adoption and key."""
    rows = RuleValue.objects.filter(adoption__in=list(adoption_ids), from_on__lte=on)
    found: defaultdict[UUID, dict[str, OwnValue]] = defaultdict(dict)
    for row in rows.order_by("from_on", "number"):
        if row.value is None:
            found[row.adoption_id].pop(row.key, None)
        else:
            found[row.adoption_id][row.key] = own_value(row)
    return found


def own_value(row: RuleValue) -> OwnValue:
    return OwnValue(
        value=from_wire(row.value),
        source=row.source,
        unit=row.unit,
        operator=Operator(row.operator) if row.operator else None,
    )


def _releases(units: QuerySet[UnitPlace, Any], *, on: date) -> list[Release]:
    acts = (
        ReleaseAct.objects.filter(release__unit__in=units, on__lte=on)
        .exclude(verdict=Verdict.REFUSED)
        .select_related("release")
        .order_by(F("release_id"), F("decided_at"))
    )
    granted = {act.release_id: act for act in acts if act.verdict == Verdict.GRANTED}
    withdrawn = {act.release_id: act.on for act in acts if act.verdict == Verdict.WITHDRAWN}
    return [
        Release(
            key=act.release.key,
            value=from_wire(act.release.value),
            instrument=act.release.instrument,
            released_by=str(act.decided_by_id),
            from_on=act.on,
            to_on=withdrawn.get(release_id),
        )
        for release_id, act in granted.items()
    ]
