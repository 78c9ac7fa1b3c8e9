"""Whether two packs would say the same rule at one place in the same days."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.places.models import UnitPlace
from notoneless.places.queries.units import standing
from notoneless.policy.models import Adoption, RuleValue
from notoneless.policy.queries.packs import parse_packs
from notoneless.policy.queries.stack import end_of
from notoneless.policy.refusals import Bilingual, SameRuleTwice, rule_names
from notoneless.rules.paths import ancestors, below
from notoneless.rules.policy.adoption import Layer, Rank
from notoneless.rules.policy.pack import Pack
from notoneless.rules.units import SCHOOLS


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``from_on`` to ``to_on`` (exclusive; ``None``: without end)."""

    from_on: date
    to_on: date | None

    def meets(self, other: Span) -> bool:
        """Whether they share a day."""
        return (other.to_on is None or self.from_on < other.to_on) and (
            self.to_on is None or other.from_on < self.to_on
        )


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another adoption that says some of the same rules in the same days."""

    unit_name: str
    pack: Pack
    keys: frozenset[str]


def overlaps(layer: Layer, *, unit_id: UUID, keys: Collection[str] = ()) -> list[Overlap]:
    """Adoptions of other systems that would clash with ``layer`` at its place.

    ``keys`` narrows the question to some rules; otherwise all of the layer's.
    """
    rows = list(
        Adoption.objects.filter(unit__in=_same_rank(layer, unit_id), line=layer.line)
        .select_related("unit", "ending", "pack")
        .defer("pack__toml")
        .order_by("from_on")
    )
    rows = [row for row in rows if (end_of(row) or date.max) > row.from_on]
    ours = {row.pk for row in rows if _is_series(row, layer, unit_id)}
    span = Span(
        layer.starts_on,
        _first(
            layer.to_on,
            layer.pack.effective_to,
            *(row.from_on for row in rows if row.pk in ours and row.from_on > layer.from_on),
        ),
    )
    packs = parse_packs(row.pack_id for row in rows)
    own = _own_keys(rows)
    asked = set(keys) or set(layer.rules())
    found = []
    for row in rows:
        said = (set(packs[row.pack_id].rules) - set(row.without)) | own.get(row.pk, set())
        if row.pk not in ours and _span(row, rows).meets(span) and asked & said:
            found.append(Overlap(row.unit.name, packs[row.pack_id], frozenset(asked & said)))
    return found


def refuse_clashes(layer: Layer, *, unit_id: UUID, keys: Collection[str] = ()) -> None:
    """Raise ``SameRuleTwice`` naming both packs and the rules they share."""
    for overlap in overlaps(layer, unit_id=unit_id, keys=keys):
        raise SameRuleTwice(
            keys=sorted(overlap.keys),
            rules=rule_names(overlap.keys, layer.pack, overlap.pack),
            unit=overlap.unit_name,
            first=Bilingual(f"《{layer.pack.title_zh}》", layer.pack.title_en),
            second=Bilingual(f"《{overlap.pack.title_zh}》", overlap.pack.title_en),
        )


def _same_rank(layer: Layer, unit_id: UUID) -> set[UUID]:
    """The place itself; for a school also the main school or teaching points of its own."""
    if layer.rank is not Rank.SCHOOL:
        return {unit_id}
    schools = UnitPlace.objects.filter(
        standing(layer.starts_on),
        line=layer.line,
        unit__kind__in=SCHOOLS,
    )
    path = schools.filter(unit=unit_id).values_list("path", flat=True).first()
    if path is None:
        return {unit_id}
    low, high = below(path)
    near = Q(path__in=ancestors(path)) | Q(path__gte=low, path__lt=high)
    return {unit_id, *schools.filter(near).values_list("unit", flat=True)}


def _is_series(row: Adoption, layer: Layer, unit_id: UUID) -> bool:
    return row.unit_id == unit_id and row.pack.system == layer.pack.system


def _span(row: Adoption, rows: Iterable[Adoption]) -> Span:
    later = [
        other.from_on
        for other in rows
        if (other.unit_id, other.pack.system) == (row.unit_id, row.pack.system)
        and other.from_on > row.from_on
    ]
    return Span(row.from_on, _first(end_of(row), row.pack.effective_to, *later))


def _own_keys(rows: Iterable[Adoption]) -> dict[UUID, set[str]]:
    keys: dict[UUID, set[str]] = {}
    values = RuleValue.objects.filter(adoption__in=[row.pk for row in rows], value__isnull=False)
    for adoption, key in values.values_list("adoption", "key"):
        keys.setdefault(adoption, set()).add(key)
    return keys


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
