"""Which clauses a contract has where a policy holds, and which are left out and why (R-173)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any

from notoneless.rules.contracts.kinds import ContractKind, names
from notoneless.rules.contracts.phrases import told
from notoneless.rules.documents.articles import cited
from notoneless.rules.policy.resolved import ResolvedPolicy, State
from notoneless.rules.policy.words import rule_label
from notoneless.rules.units import SCHOOLS, Stage, UnitKind

_HOLE = re.compile(r"\{([^{}]+)\}")


class Part(StrEnum):
    """A chapter of a contract, in the order of its paper."""

    TARGETS = "targets"
    DUTIES = "duties"
    REPORTS = "reports"
    CONDUCT = "conduct"
    FAMILY = "family"
    CONSEQUENCES = "consequences"


class Bound(StrEnum):
    """Whom party B is."""

    SCHOOL = "school"
    CLASS = "class"
    TEACHER = "teacher"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GROUP = "group"
    CHILD = "child"


BOUND_BY: Mapping[UnitKind, Bound] = MappingProxyType(
    {
        **dict.fromkeys(SCHOOLS, Bound.SCHOOL),
        UnitKind.CENTRE_SCHOOL: Bound.SCHOOL,
        UnitKind.CLASS: Bound.CLASS,
        UnitKind.TOWNSHIP: Bound.TOWNSHIP,
        UnitKind.VILLAGE: Bound.VILLAGE,
        UnitKind.GROUP: Bound.GROUP,
    }
)


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as it stands in the file."""

    id: str
    part: Part
    bound: frozenset[Bound]
    zh: str
    kinds: frozenset[ContractKind]
    stage: str = ""
    conditions: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The rules that it needs: its figures and its conditions."""
        figures = (hole for hole in _HOLE.findall(self.zh) if not hole.startswith("law:"))
        return tuple(dict.fromkeys([*figures, *(c.partition(":")[0] for c in self.conditions)]))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a contract, in words."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A target that signing makes binding (R-178)."""

    key: str
    value: Decimal
    operator: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause that the policy cannot fill yet: said on the paper, and not in force."""

    key: str
    label: str
    why: State


@dataclass(frozen=True, slots=True)
class Written:
    clauses: tuple[Clause, ...]
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]


def write_clauses(
    kind: ContractKind, bound: Bound, policy: ResolvedPolicy, *, stages: Sequence[Stage] = ()
) -> Written:
    """The clauses of a contract that binds ``bound`` where ``policy`` holds.

    ``stages``: those of party B; empty for both. A clause whose figure is to be entered or has no
    legal basis is left out and listed; one of which the policy says nothing is not there.
    """
    clauses: list[Clause] = []
    figures: dict[str, Figure] = {}
    left_out: dict[str, LeftOut] = {}
    for each in CLAUSES:
        if not _is_for(each, kind, bound, stages):
            continue
        found = _filled(each, policy, left_out)
        if found:
            clauses.append(Clause(each.part, found))
            if each.part is Part.TARGETS and found != each.otherwise:
                figures |= {
                    key: _figure(key, policy) for key in each.keys if _is_bound(key, policy)
                }
    return Written(tuple(clauses), tuple(figures.values()), tuple(left_out.values()))


def _is_for(clause: ClauseText, kind: ContractKind, bound: Bound, stages: Sequence[Stage]) -> bool:
    if bound not in clause.bound:
        return False
    if not clause.kinds and kind is ContractKind.LEFT_BEHIND:
        return False
    if clause.kinds and kind not in clause.kinds:
        return False
    return not (clause.stage and stages and clause.stage not in stages)


def _filled(clause: ClauseText, policy: ResolvedPolicy, left_out: dict[str, LeftOut]) -> str | None:
    """The clause in words; ``None`` where it is not there. Notes what keeps it out."""
    missing = [key for key in clause.keys if key not in policy.rules]
    if missing or not all(_holds(policy, each) for each in clause.conditions):
        return _with_laws(clause.otherwise) or None
    open_keys = [key for key in clause.keys if policy.rules[key].state is not State.IN_FORCE]
    for key in open_keys:
        found = policy.rules[key]
        left_out.setdefault(key, LeftOut(key, rule_label(found.rule, "zh"), found.state))
    if open_keys:
        return _with_laws(clause.otherwise) or None
    return _HOLE.sub(lambda hole: _fill(hole[1], policy), clause.zh)


def _holds(policy: ResolvedPolicy, condition: str) -> bool:
    key, _, code = condition.partition(":")
    if code:
        return names(policy, condition)
    return policy.rules[key].rule.value is not False


def _fill(hole: str, policy: ResolvedPolicy) -> str:
    if hole.startswith("law:"):
        return cited([hole.removeprefix("law:")])
    return told(policy.rules[hole].rule)


def _with_laws(text: str) -> str:
    return _HOLE.sub(lambda hole: cited([hole[1].removeprefix("law:")]), text)


def _is_bound(key: str, policy: ResolvedPolicy) -> bool:
    return policy.rules[key].rule.operator is not None


def _figure(key: str, policy: ResolvedPolicy) -> Figure:
    return Figure(key, policy.number(key), policy.operator(key).value)


def _read() -> tuple[ClauseText, ...]:
    text = resources.files(__package__).joinpath("clauses.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return tuple(
        _clause(part, name, row) for part in Part for name, row in tables[part.value].items()
    )


def _clause(part: Part, name: str, row: Mapping[str, Any]) -> ClauseText:
    return ClauseText(
        id=f"{part.value}.{name}",
        part=part,
        bound=frozenset(Bound(each) for each in row["for"]),
        zh=row["zh"],
        kinds=frozenset(ContractKind(each) for each in row.get("kinds", ())),
        stage=row.get("stage", ""),
        conditions=tuple(row.get("if", ())),
        otherwise=row.get("otherwise", ""),
    )


CLAUSES: tuple[ClauseText, ...] = _read()
