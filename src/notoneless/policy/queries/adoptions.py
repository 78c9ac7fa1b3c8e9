"""Adoptions and releases of a place, for its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.policy.models import Adoption, Release, RuleValue
from notoneless.policy.models.releases import Verdict
from notoneless.policy.queries.packs import parse_packs
from notoneless.policy.queries.stack import RANKS, end_of, own_value, values_on
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.wire import Value, from_wire
from notoneless.rules.units import UnitKind


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """One adoption in a place's history."""

    id: UUID
    unit_id: UUID
    unit_name: str
    unit_kind: UnitKind
    line: Line
    pack: Pack
    from_on: date
    to_on: date | None
    """Exclusive; by its own words, because it was given up or because it was replaced."""
    by: str
    """Empty for the system."""
    at: datetime
    reason: str
    end_reason: str
    without: tuple[str, ...]
    own: dict[str, OwnValue]
    """The values of the day that was asked about."""

    @property
    def blanks(self) -> tuple[str, ...]:
        """Rules that stay off because nobody has entered their value (R-304)."""
        return tuple(
            key
            for key, rule in self.pack.rules.items()
            if rule.to_be_entered and key not in self.own and key not in self.without
        )

    def stands_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    @property
    def was_cancelled(self) -> bool:
        """Given up before its first day."""
        return self.to_on is not None and self.to_on <= self.from_on


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One setting of an own value."""

    key: str
    own: OwnValue | None
    from_on: date
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release with what became of it."""

    id: UUID
    unit_id: UUID
    unit_name: str
    key: str
    value: Value
    instrument: str
    issued_on: date
    from_on: date
    proposed_by: str
    proposed_by_id: UUID | None
    proposed_at: datetime
    state: str
    """proposed, granted, refused or withdrawn."""
    decided_by: str
    on: date | None
    """First day with it, or, withdrawn, first day without."""
    reason: str


def adoptions_at(unit_id: UUID, *, county_id: UUID, on: date) -> list[AdoptionLine]:
    """A place's adoptions, the latest first, with the own values of the day ``on``."""
    rows = Adoption.objects.filter(unit=unit_id, county=county_id)
    return _lines(
        rows.select_related("unit", "pack", "ending", "adopted_by")
        .defer("pack__toml")
        .order_by("-from_on", "-adopted_at"),
        on=on,
    )


def adoption_by_id(adoption_id: UUID, *, county_id: UUID, on: date) -> AdoptionLine:
    """One adoption. Raises ``Adoption.DoesNotExist``."""
    row = Adoption.objects.get(pk=adoption_id, county=county_id)
    lines = adoptions_at(row.unit_id, county_id=county_id, on=on)
    return next(line for line in lines if line.id == adoption_id)


def layer_of(line: AdoptionLine) -> Layer:
    """An adoption as a layer, with the values of the day that it was read for."""
    return Layer(
        place=str(line.unit_id),
        rank=RANKS[line.unit_kind],
        line=line.line,
        pack=line.pack,
        from_on=line.from_on,
        to_on=line.to_on,
        own=line.own,
        without=frozenset(line.without),
    )


def values_of(adoption_id: UUID, *, county_id: UUID) -> list[ValueLine]:
    """Every setting of own values in an adoption, the latest first."""
    rows = RuleValue.objects.filter(adoption=adoption_id, adoption__county=county_id)
    return [
        ValueLine(
            key=row.key,
            own=None if row.value is None else own_value(row),
            from_on=row.from_on,
            by=row.set_by.name if row.set_by else "",
            at=row.set_at,
            reason=row.reason,
        )
        for row in rows.select_related("set_by").order_by("-set_at", "-number", "key")
    ]


def releases_in(county_id: UUID, *, units: Iterable[UUID] | None = None) -> list[ReleaseLine]:
    """Releases of a county (or of some of its units), the latest first."""
    rows = Release.objects.filter(county=county_id)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    rows = rows.select_related("unit", "proposed_by").prefetch_related("acts__decided_by")
    return [_release(row) for row in rows.order_by("-proposed_at", "-pk")]


def release_by_id(release_id: UUID, *, county_id: UUID) -> ReleaseLine:
    """One release. Raises ``Release.DoesNotExist``."""
    return _release(Release.objects.get(pk=release_id, county=county_id))


def _lines(rows: Iterable[Adoption], *, on: date) -> list[AdoptionLine]:
    found = list(rows)
    packs = parse_packs(row.pack_id for row in found)
    values = values_on([row.pk for row in found], on=on)
    return [
        AdoptionLine(
            id=row.pk,
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            unit_kind=UnitKind(row.unit.kind),
            line=Line(row.line),
            pack=packs[row.pack_id],
            from_on=row.from_on,
            to_on=_end(row, found),
            by=row.adopted_by.name if row.adopted_by else "",
            at=row.adopted_at,
            reason=row.reason,
            end_reason=row.ending.reason if hasattr(row, "ending") else "",
            without=tuple(row.without),
            own=values[row.pk],
        )
        for row in found
    ]


def _end(row: Adoption, rows: Iterable[Adoption]) -> date | None:
    later = [
        other.from_on
        for other in rows
        if other.pack.system == row.pack.system
        and other.from_on > row.from_on
        and (end_of(other) or date.max) > other.from_on
    ]
    ends = [end_of(row), row.pack.effective_to, *later]
    return min((end for end in ends if end is not None), default=None)


def _release(row: Release) -> ReleaseLine:
    acts = sorted(
        row.acts.all(), key=lambda act: (act.decided_at, act.verdict == Verdict.WITHDRAWN)
    )
    last = acts[-1] if acts else None
    return ReleaseLine(
        id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        key=row.key,
        value=from_wire(row.value),
        instrument=row.instrument,
        issued_on=row.instrument_issued_on,
        from_on=row.from_on,
        proposed_by=row.proposed_by.name if row.proposed_by else "",
        proposed_by_id=row.proposed_by_id,
        proposed_at=row.proposed_at,
        state=last.verdict if last else "proposed",
        decided_by=last.decided_by.name if last else "",
        on=last.on if last else None,
        reason=last.reason if last else "",
    )
