"""Leading groups 领导小组: their seats, and whether one is composed as the rule asks (R-003)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind


class GroupKind(StrEnum):
    DROPOUT = "dropout"
    CARE = "care"


class Seat(StrEnum):
    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
    OFFICE_DIRECTOR = "office_director"
    OFFICE_DEPUTY = "office_deputy"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One sentence of a composition rule."""

    seat: Seat
    role: Role
    is_every: bool
    """Each holder of the role sits in the group; otherwise one is enough."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A seat that the rule asks for and the group does not have."""

    seat: Seat
    role: Role
    person_id: UUID | None
    """Who should sit there; ``None`` when nobody holds the role, or any holder would do."""
    person_name: str = ""


Composition = tuple[Wanted, ...]


UNCHECKED = "none"
"""The place's rule that asks for a group and not for how it is composed."""


def shipped_compositions() -> Mapping[UnitKind, Composition]:
    """The compositions as shipped, by kind of unit; kinds that need no group are absent."""
    return compositions_under("")


@lru_cache(maxsize=8)
def compositions_under(rule: str) -> Mapping[UnitKind, Composition]:
    """The compositions by kind of unit under a place's ``leading_group_rule``.

    ``head_mayor`` and the like set those of the kinds that they speak of and leave the shipped
    ones to the others: where the mayor heads the township's group, each school's principal still
    heads the school's (P-S0-3.06, P-S0-3.16). Empty: as shipped. ``UNCHECKED``: a group, with
    whoever sits in it.
    """
    tables = tomllib.loads(files(__package__).joinpath("leading_groups.toml").read_text("utf-8"))
    found: dict[UnitKind, Composition] = {}
    for own in ("", rule):
        for table in tables.values():
            if table.get("rule", "") == own:
                found.update(dict.fromkeys(map(UnitKind, table["kinds"]), _composition(table)))
    return dict.fromkeys(found, ()) if rule == UNCHECKED else found


def _composition(table: Mapping[str, Any]) -> Composition:
    return tuple(
        Wanted(Seat(row["seat"]), Role(row["role"]), row["who"] == "every")
        for row in table["seats"]
    )


def missing_seats(
    rule: Composition,
    *,
    seated: Collection[tuple[Seat, UUID]],
    holders: Mapping[Role, Collection[tuple[UUID, str]]],
) -> list[Missing]:
    """What the group lacks under ``rule``, in the rule's order.

    ``seated`` says who sits where, ``holders`` who holds each role in the unit or below it. A
    head may also take a lower seat's place: whoever sits at all counts for a member's seat.
    """
    everybody = {person for _, person in seated}
    missing: list[Missing] = []
    for wanted in rule:
        here = everybody if wanted.seat is Seat.MEMBER else _in(wanted.seat, seated)
        people = holders.get(wanted.role, ())
        if not people:
            if not wanted.is_every:
                missing.append(Missing(wanted.seat, wanted.role, None))
        elif wanted.is_every:
            missing += [
                Missing(wanted.seat, wanted.role, person, name)
                for person, name in people
                if person not in here
            ]
        elif not any(person in here for person, _ in people):
            missing.append(_any_of(wanted, people))
    return missing


def _in(seat: Seat, seated: Collection[tuple[Seat, UUID]]) -> set[UUID]:
    return {person for taken, person in seated if taken is seat}


def _any_of(wanted: Wanted, people: Collection[tuple[UUID, str]]) -> Missing:
    if len(people) == 1:
        ((person, name),) = people
        return Missing(wanted.seat, wanted.role, person, name)
    return Missing(wanted.seat, wanted.role, None)
