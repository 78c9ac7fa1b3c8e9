"""Reads leading groups and checks how they are composed (R-002, R-003, R-004)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.places.models import LeadingGroup
from notoneless.places.queries.people import holders_below
from notoneless.places.queries.units import Place, standing, units_below
from notoneless.rules.groups import Composition, GroupKind, Missing, Seat, missing_seats
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

Holders = Mapping[UUID, Mapping[Role, Sequence[tuple[UUID, str]]]]
"""Who holds which role at a unit or below it: id and name."""


@dataclass(frozen=True, slots=True)
class SeatFacts:
    seat: Seat
    person_id: UUID
    person_name: str
    phone: str
    """In the clear: mask it before it is shown."""
    post_title: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class GroupFacts:
    id: UUID
    kind: GroupKind
    office_seat: str
    from_on: date
    version: int
    seats: tuple[SeatFacts, ...]
    """Those of the day, head first."""
    former: tuple[SeatFacts, ...]


@dataclass(frozen=True, slots=True)
class GroupCheck:
    """Whether a unit has a valid group."""

    place: Place
    has_group: bool
    missing: tuple[Missing, ...]

    @property
    def is_valid(self) -> bool:
        return self.has_group and not self.missing


def group_of(unit_id: UUID, kind: GroupKind, *, on: date) -> GroupFacts | None:
    """The unit's group on ``on`` with who sits and who sat in it."""
    row = (
        LeadingGroup.objects.filter(standing(on), unit=unit_id, kind=kind)
        .prefetch_related("seats__person")
        .first()
    )
    if row is None:
        return None
    order = list(Seat)
    seats = sorted(
        (
            SeatFacts(
                Seat(s.seat),
                s.person_id,
                s.person.name,
                s.person.phone,
                s.post_title,
                s.from_on,
                s.to_on,
            )
            for s in row.seats.all()
        ),
        key=lambda s: (order.index(s.seat), s.from_on, s.person_name),
    )
    return GroupFacts(
        id=row.pk,
        kind=GroupKind(row.kind),
        office_seat=row.office_seat,
        from_on=row.from_on,
        version=row.version,
        seats=tuple(s for s in seats if s.to_on is None or s.to_on > on),
        former=tuple(s for s in seats if s.to_on is not None and s.to_on <= on),
    )


def check_groups(
    paths: Iterable[str],
    *,
    on: date,
    rules: Mapping[UnitKind, Composition],
    kind: GroupKind = GroupKind.DROPOUT,
) -> list[GroupCheck]:
    """Every unit at or below ``paths`` that ``rules`` want a group of, with what it lacks.

    A constant number of statements. Source: R-003, R-004.
    """
    places = units_below(paths, on=on, kinds=rules) if rules else []
    return check_places(places, {p.id: rules[p.kind] for p in places}, on=on, kind=kind)


def check_places(
    places: Iterable[Place],
    wanted: Mapping[UUID, Composition],
    *,
    on: date,
    kind: GroupKind = GroupKind.DROPOUT,
    holders_of: Callable[[Collection[Role]], Holders] | None = None,
) -> list[GroupCheck]:
    """What the group of each place lacks under the composition ``wanted`` of it.

    Those without a valid group come first. Three statements; one for a caller who knows already
    who holds the wanted roles at each place or below it, and says so by ``holders_of``.
    """
    listed = {p.id: p for p in places}
    seats = _seated(listed, kind, on=on)
    roles = {seat.role for composition in wanted.values() for seat in composition}
    paths = {unit: place.path for unit, place in listed.items()}
    holders = holders_of(roles) if holders_of else holders_below(paths, roles, on=on)
    checks = []
    for unit, place in listed.items():
        missing = missing_seats(
            wanted[unit], seated=seats.get(unit, ()), holders=holders.get(unit, {})
        )
        checks.append(GroupCheck(place, unit in seats, tuple(missing)))
    return sorted(checks, key=lambda c: (c.is_valid, c.place.kind.value, c.place.name))


def _seated(
    unit_ids: Iterable[UUID], kind: GroupKind, *, on: date
) -> dict[UUID, list[tuple[Seat, UUID]]]:
    """Who sits where in the units' groups of ``on``; units without a group are not in it."""
    rows = LeadingGroup.objects.filter(standing(on), unit__in=list(unit_ids), kind=kind)
    seated: dict[UUID, list[tuple[Seat, UUID]]] = {}
    for unit, seat, person, to_on in rows.values_list(
        "unit", "seats__seat", "seats__person", "seats__to_on"
    ):
        here = seated.setdefault(unit, [])
        if seat and (to_on is None or to_on > on):
            here.append((Seat(seat), person))
    return seated
