"""Reads leading groups and checks how they are composed (R-002, R-003, R-004)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Left, Length

from notoneless.places.models import GroupSeat, LeadingGroup, Post, UnitPlace
from notoneless.places.queries.people import holders_below
from notoneless.places.queries.units import Place, standing, units_below
from notoneless.rules.groups import (
    Composition,
    GroupKind,
    Missing,
    Seat,
    Wanted,
    missing_seats,
)
from notoneless.rules.paths import AFTER_SEPARATOR
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind


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
) -> list[GroupCheck]:
    """What the group of each place lacks under the composition ``wanted`` of it.

    Those without a valid group come first. Three statements.
    """
    listed = {p.id: p for p in places}
    seats = _seated(listed, kind, on=on)
    roles = {seat.role for composition in wanted.values() for seat in composition}
    paths = {unit: place.path for unit, place in listed.items()}
    holders = holders_below(paths, roles, on=on)
    checks = []
    for unit, place in listed.items():
        missing = missing_seats(
            wanted[unit], seated=seats.get(unit, ()), holders=holders.get(unit, {})
        )
        checks.append(GroupCheck(place, unit in seats, tuple(missing)))
    return sorted(checks, key=lambda c: (c.is_valid, c.place.kind.value, c.place.name))


def seated_holders(
    paths: Iterable[str],
    roles: Collection[Role],
    *,
    on: date,
    kind: GroupKind = GroupKind.DROPOUT,
) -> set[tuple[str, Seat, Role]]:
    """In which seats of the groups of the units at ``paths`` there sits somebody with which role.

    Held at the unit or below it, in the line of its path. One statement.
    """
    top, post = "group__unit__places__", "person__posts__"
    rows = GroupSeat.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on),
        standing(on, of="group__"),
        standing(on, of=top),
        standing(on, of=post),
        standing(on, of=f"{post}unit__places__"),
        group__kind=kind,
        group__unit__places__path__in=list(paths),
        person__posts__role__in=list(roles),
        person__posts__unit__places__path__gte=F(f"{top}path"),
        person__posts__unit__places__path__lt=_end(F(f"{top}path")),
    )
    found = rows.values_list(f"{top}path", "seat", f"{post}role").order_by().distinct()
    return {(path, Seat(seat), Role(role)) for path, seat, role in found}


def without_every(
    paths_by_rule: Mapping[Wanted, Collection[str]],
    *,
    on: date,
    kind: GroupKind = GroupKind.DROPOUT,
) -> set[tuple[str, Wanted]]:
    """Units whose group lacks somebody of whom the rule wants every one, as ``missing_seats`` says.

    ``paths_by_rule``: the paths at which each rule is asked about. One statement.
    """
    rules = list(paths_by_rule)
    asked = []
    for number, rule in enumerate(rules):
        seats = GroupSeat.objects.filter(
            Q(to_on=None) | Q(to_on__gt=on),
            standing(on, of="group__"),
            group__kind=kind,
            group__unit=OuterRef(OuterRef("unit")),
            person=OuterRef("person"),
        )
        if rule.seat is not Seat.MEMBER:
            seats = seats.filter(seat=rule.seat)
        unseated = Post.objects.filter(
            ~Exists(seats),
            standing(on),
            standing(on, of="unit__places__"),
            role=rule.role,
            person__isnull=False,
            unit__places__path__gte=OuterRef("path"),
            unit__places__path__lt=_end(OuterRef("path")),
        )
        tops = UnitPlace.objects.filter(standing(on), path__in=list(paths_by_rule[rule]))
        lacking = tops.filter(Exists(unseated)).annotate(rule=Value(number)).order_by()
        asked.append(lacking.values_list("path", "rule"))
    if not asked:
        return set()
    return {(path, rules[number]) for path, number in asked[0].union(*asked[1:])}


def _end(path: F) -> Concat:
    """Where the range of what stands at or below ``path`` ends, as ``paths.below`` says."""
    return Concat(Left(path, Length(path) - 1), Value(AFTER_SEPARATOR))


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
