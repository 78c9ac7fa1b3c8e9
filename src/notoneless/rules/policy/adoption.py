"""Who adopted which pack from when, with which values of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from types import MappingProxyType

from notoneless.rules.paths import Line
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Fault, Pack, PackError, Rule
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.rulecheck import as_rule, complaints
from notoneless.rules.policy.wire import Value, to_wire


class Rank(IntEnum):
    """How near to the child a place stands; the nearer rule wins."""

    NATIONAL = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    """Township on the government line, centre school (学区) on the education line."""
    SCHOOL = 5


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value that a place puts in place of its pack's, with the paper that says so."""

    value: Value
    source: str
    unit: str = ""
    """Empty: the pack's unit stays."""
    operator: Operator | None = None
    """``None``: the pack's operator stays."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One adoption: a place takes a pack from a day (inclusive) to a day (exclusive)."""

    place: str
    rank: Rank
    line: Line
    pack: Pack
    from_on: date
    to_on: date | None = None
    own: Mapping[str, OwnValue] = field(default_factory=lambda: MappingProxyType({}))
    without: frozenset[str] = frozenset()
    """Keys of the pack that the place does not take over, say because a second pack has them."""

    @property
    def starts_on(self) -> date:
        """The first day that it counts: adopted and in the pack's period."""
        return max(self.from_on, self.pack.effective_from)

    @property
    def series(self) -> tuple[str, Line, str]:
        """Place, line and system: a later adoption in the same series ends this one."""
        return self.place, self.line, self.pack.system

    def rules(self) -> dict[str, Rule]:
        """The pack's rules as the place has them, by key.

        Raises ``PackError`` where an own value does not fit its parameter.
        """
        kept = {k: rule for k, rule in self.pack.rules.items() if k not in self.without}
        faults = own_faults(self.pack, self.own, named=self.place)
        if faults:
            raise PackError(faults)
        return kept | {key: _own_rule(self.pack, key, own) for key, own in self.own.items()}


@dataclass(frozen=True, slots=True)
class Release:
    """A county's justice office attached the instrument that allows one money rule (R-308).

    It covers the very value it was given for: another amount needs another release.
    """

    key: str
    value: Value
    instrument: str
    released_by: str
    from_on: date
    to_on: date | None = None

    def covers(self, rule: Rule, on: date) -> bool:
        """Whether ``rule`` may be applied on the day ``on``."""
        in_period = self.from_on <= on and (self.to_on is None or on < self.to_on)
        return in_period and self.key == rule.key and to_wire(self.value) == to_wire(rule.value)


def own_faults(pack: Pack, own: Mapping[str, OwnValue], *, named: str) -> tuple[Fault, ...]:
    """What is wrong with a place's own values over ``pack``; empty when all fit.

    ``named`` stands for the file in the faults. A place may also set a parameter of which
    its pack says nothing, but it cannot invent a key.
    """
    faults = []
    for key, value in own.items():
        if key not in PARAMETERS and key not in pack.rules:
            faults.append(Fault(named, 0, key, "key_unknown", "is in neither catalogue nor pack"))
            continue
        row = _own_row(pack, key, value)
        for _, code, sentence in complaints(key, row, pack.system):
            faults.append(Fault(named, 0, key, code, sentence))
    return tuple(sorted(faults))


def _own_rule(pack: Pack, key: str, own: OwnValue) -> Rule:
    rule = as_rule(key, _own_row(pack, key, own))
    before = pack.rules.get(key)
    # A note explains the pack's figure, not the place's own.
    return replace(rule, pid=before.pid) if before else rule


def _own_row(pack: Pack, key: str, own: OwnValue) -> dict[str, object]:
    before = pack.rules.get(key)
    operator = own.operator or (before.operator if before else None)
    row: dict[str, object] = {
        "value": _as_toml(own.value),
        "unit": own.unit or (before.unit if before else ""),
        "operator": str(operator) if operator else "",
        "source": own.source,
    }
    if before and key not in PARAMETERS:
        row |= {
            "kind": str(before.kind),
            "family": before.family,
            "label_zh": before.label_zh,
            "label_en": before.label_en,
            "needs_legal_basis": before.needs_legal_basis,
        }
    return {name: cell for name, cell in row.items() if cell != ""}


def _as_toml(value: Value) -> object:
    if isinstance(value, tuple):
        return [_as_toml(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _as_toml(item) for key, item in value.items()}
    return value
