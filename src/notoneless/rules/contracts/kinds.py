"""Kinds of responsibility contracts, who signs each, and whether the policy asks for one.

Source: requirements R-173, R-174, F-001 to F-014; C-39: signers are data, not read from a title.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any

from notoneless.rules.paths import Line
from notoneless.rules.policy.resolved import ResolvedPolicy, ResolvedRule
from notoneless.rules.roles import Role
from notoneless.rules.units import SCHOOLS, UnitKind

GUARDIAN = "guardian"
"""Who signs for a family; no post."""


class ContractKind(StrEnum):
    BUREAU_SCHOOL = "bureau_school"
    TOWNSHIP_SCHOOL = "township_school"
    COMMUNITY_SCHOOL = "community_school"
    TOWNSHIP_VILLAGE = "township_village"
    VILLAGE_GROUP = "village_group"
    CENTRE_SCHOOL = "centre_school"
    SCHOOL_CLASS_TEACHER = "school_class_teacher"
    SCHOOL_TEACHER = "school_teacher"
    POLITICAL_CLASS_TEACHER = "political_class_teacher"
    JOINT = "joint"
    GUARDIAN = "guardian"
    SUPERVISING_RESPONSIBLE = "supervising_responsible"
    DUAL_LINE = "dual_line"
    LEFT_BEHIND = "left_behind"


class Side(StrEnum):
    A = "a"
    """甲方: who sets the targets."""
    B = "b"
    """乙方: who answers for them."""


class About(StrEnum):
    """What one contract of a kind is drawn up for."""

    UNIT = "unit"
    TEACHER = "teacher"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Layer:
    """A pair of levels that signs."""

    line: Line
    a: frozenset[UnitKind]
    b: frozenset[UnitKind]
    """Empty where the other side is no unit."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One line under a contract."""

    side: Side
    who: str
    """A role, ``head`` or ``guardian``."""
    has_stamp: bool = False
    is_optional: bool = False
    """Only where somebody holds the post."""
    only_if: str = ""
    """``key:value`` that the policy must name."""

    def role_at(self, kind: UnitKind) -> str:
        """The role that signs for a unit of ``kind``; ``guardian`` for a family.

        Raises ``KeyError`` for the head of a kind of unit that signs no contract.
        """
        return HEADS[kind].value if self.who == "head" else self.who


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFacts:
    """What a kind of contract is."""

    kind: ContractKind
    zh: str
    """Printed as its title."""
    en: str
    forms: tuple[str, ...]
    layers: tuple[Layer, ...]
    signers: tuple[Signer, ...]
    about: About = About.UNIT
    wanted: tuple[tuple[str, ...], ...] = ()
    systems: frozenset[str] = frozenset()
    unless: tuple[str, ...] = ()

    def layer_of(self, a: UnitKind, b: UnitKind | None = None) -> Layer | None:
        """The layer in which a unit of kind ``a`` is party A, with ``b`` as B if one is given."""
        fitting = (layer for layer in self.layers if a in layer.a and (b is None or b in layer.b))
        return next(fitting, None)

    def layers_of(self, a: UnitKind) -> tuple[Layer, ...]:
        """All layers in which a unit of kind ``a`` is party A."""
        return tuple(layer for layer in self.layers if a in layer.a)


HEADS: Mapping[UnitKind, Role] = MappingProxyType(
    {
        UnitKind.COUNTY: Role.COUNTY_LEADER,
        UnitKind.BUREAU: Role.BUREAU_HEAD,
        UnitKind.TOWNSHIP: Role.TOWNSHIP_HEAD,
        UnitKind.COMMUNITY: Role.VILLAGE_HEAD,
        UnitKind.VILLAGE: Role.VILLAGE_HEAD,
        UnitKind.GROUP: Role.GROUP_HEAD,
        UnitKind.CENTRE_SCHOOL: Role.CENTRE_HEAD,
        UnitKind.CLASS: Role.HOMEROOM_TEACHER,
        **dict.fromkeys(SCHOOLS, Role.PRINCIPAL),
    }
)
"""Whose post signs for a unit as its head."""


def wanted_by(kind: ContractKind, policy: ResolvedPolicy) -> ResolvedRule | None:
    """The rule of the policy that asks for a kind of contract; ``None`` when nothing does."""
    facts = KINDS[kind]
    if any(names(policy, each) for each in facts.unless):
        return None
    for together in facts.wanted:
        if all(names(policy, each) for each in together):
            return policy.rules[together[0].partition(":")[0]]
    for found in policy.rules.values():
        if found.origin.pack.partition("/")[0] in facts.systems:
            return found
    return None


def signers_of(kind: ContractKind, policy: ResolvedPolicy) -> tuple[Signer, ...]:
    """The lines under a contract of this kind where ``policy`` holds, A before B."""
    return tuple(
        each for each in KINDS[kind].signers if not each.only_if or names(policy, each.only_if)
    )


def names(policy: ResolvedPolicy, told: str) -> bool:
    """Whether the policy's rule names a code (``key:code``), released or not."""
    key, _, code = told.partition(":")
    found = policy.rules.get(key)
    value = found.rule.value if found else None
    return code in value if isinstance(value, tuple) else value == code


def _read() -> dict[ContractKind, KindFacts]:
    text = resources.files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8")
    return {ContractKind(key): _kind(key, row) for key, row in tomllib.loads(text).items()}


def _kind(key: str, row: Mapping[str, Any]) -> KindFacts:
    return KindFacts(
        kind=ContractKind(key),
        zh=row["zh"],
        en=row["en"],
        forms=tuple(row["forms"]),
        layers=tuple(_layer(each) for each in row["layers"]),
        signers=tuple(_signer(each) for each in row["signers"]),
        about=About(row.get("about", "unit")),
        wanted=tuple(tuple(each) for each in row.get("wanted", ())),
        systems=frozenset(row.get("systems", ())),
        unless=tuple(row.get("unless", ())),
    )


def _layer(row: Mapping[str, Any]) -> Layer:
    return Layer(
        Line(row["line"]),
        frozenset(UnitKind(kind) for kind in row["a"]),
        frozenset(UnitKind(kind) for kind in row["b"]),
    )


def _signer(row: Mapping[str, Any]) -> Signer:
    who = row["who"]
    if who not in {"head", GUARDIAN}:
        who = Role(who).value
    return Signer(
        Side(row["side"]),
        who,
        row.get("stamp", False),
        row.get("optional", False),
        row.get("if", ""),
    )


KINDS: Mapping[ContractKind, KindFacts] = MappingProxyType(_read())
