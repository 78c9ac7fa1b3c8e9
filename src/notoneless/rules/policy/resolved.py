"""The policy of one place on one day: what holds, where it came from, what is still open."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NoReturn

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Rank
from notoneless.rules.policy.measures import (
    Duration,
    DurationUnit,
    Operator,
    exceeds,
    holds,
)
from notoneless.rules.policy.pack import Kind, Rule
from notoneless.rules.policy.wire import Value, as_text, from_wire, to_wire


class State(StrEnum):
    """Whether a rule may be applied."""

    IN_FORCE = "in_force"
    TO_BE_ENTERED = "to_be_entered"
    NO_LEGAL_BASIS = "no_legal_basis"
    BELOW_FLOOR = "below_floor"
    """The law offers several values and this is none of them: the place must choose again."""


class PolicyHole(LookupError):
    """A rule was asked for that is absent, not entered, not released or not lawful."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key
        self.why = why
        """``absent``, or one of ``State``."""


class WrongQuestion(TypeError):
    """Code asked for a duration where the policy has a list, and the like: a bug."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which adoption a rule came from."""

    place: str
    rank: Rank
    line: Line
    pack: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """A rule that a nearer place, the stronger line or the law set aside."""

    origin: Origin
    value: Value
    unit: str
    operator: Operator | None
    source: str


@dataclass(frozen=True, slots=True)
class ResolvedRule:
    """One rule as it holds, with its history through the stack."""

    rule: Rule
    origin: Origin
    state: State
    overrode: tuple[Overridden, ...] = ()
    """Strongest first."""
    legal_basis: str = ""
    """The instrument of the release, for a rule that needs one."""
    lifted_by: str = ""
    """The article, where the law's floor replaced the place's value."""


@dataclass(frozen=True)
class ResolvedPolicy:
    """All rules of a place and day. Ask it by key; holes answer with ``PolicyHole``."""

    rules: Mapping[str, ResolvedRule]

    # -- asking ---------------------------------------------------------------------------

    def duration(self, key: str) -> Duration:
        """A clock's length with the days it counts."""
        rule = self._in_force(key)
        if not isinstance(rule.value, int) or rule.unit not in set(DurationUnit):
            self._wrong(key, "a duration")
        return Duration(rule.value, DurationUnit(rule.unit))

    def count(self, key: str) -> int:
        """A whole number: pupils, visits, a day of the month, fen."""
        value = self._in_force(key).value
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(key, "a whole number")
        return value

    def number(self, key: str) -> Decimal:
        """An exact number: a percentage, a ratio."""
        value = self._in_force(key).value
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self._wrong(key, "a number")
        return Decimal(value)

    def flag(self, key: str) -> bool:
        """Yes or no."""
        value = self._in_force(key).value
        if not isinstance(value, bool):
            self._wrong(key, "a flag")
        return value

    def choice(self, key: str) -> str:
        """One code (or a text, or an hour)."""
        value = self._in_force(key).value
        if not isinstance(value, str):
            self._wrong(key, "a choice")
        return value

    def items(self, key: str) -> tuple[str, ...]:
        """Codes in the order of the policy."""
        value = self._in_force(key).value
        if not isinstance(value, tuple):
            self._wrong(key, "a list")
        return tuple(item for item in value if isinstance(item, str))

    def months(self, key: str) -> tuple[int, ...]:
        """Months, 1 to 12, in the order of the policy."""
        value = self._in_force(key).value
        if not isinstance(value, tuple):
            self._wrong(key, "a list of months")
        return tuple(item for item in value if isinstance(item, int))

    def rows(self, key: str) -> tuple[Mapping[str, Value], ...]:
        """A small table."""
        value = self._in_force(key).value
        if not isinstance(value, tuple):
            self._wrong(key, "a table")
        return tuple(item for item in value if isinstance(item, Mapping))

    def operator(self, key: str) -> Operator:
        """How the figure of ``key`` bounds life."""
        operator = self._in_force(key).operator
        if operator is None:
            self._wrong(key, "a bound")
        return operator

    def is_met(self, key: str, figure: int | Decimal) -> bool:
        """Whether ``figure`` stands to the rule's figure as its operator says.

        ``is_met("absence_days_investigate", 2)`` is true under "at least 2".
        """
        return holds(figure, self.operator(key), self.number(key))

    def is_share_met(self, key: str, count: int, base: int) -> bool:
        """The same for ``count`` out of ``base`` against a percentage, exactly."""
        return exceeds(count, base, self.number(key), self.operator(key))

    def is_on(self, key: str) -> bool:
        """Whether the rule exists and may be applied."""
        return key in self.rules and self.rules[key].state is State.IN_FORCE

    # -- what is open ---------------------------------------------------------------------

    @property
    def to_be_entered(self) -> tuple[str, ...]:
        """Keys whose value the place still has to enter (R-304)."""
        return self._keys(State.TO_BE_ENTERED)

    @property
    def switched_off(self) -> tuple[str, ...]:
        """Money and sanction rules without a legal instrument (R-308)."""
        return self._keys(State.NO_LEGAL_BASIS)

    @property
    def below_floor(self) -> tuple[str, ...]:
        """Choices that the law does not offer."""
        return self._keys(State.BELOW_FLOOR)

    # -- keeping --------------------------------------------------------------------------

    @cached_property
    def digest(self) -> str:
        """SHA-256 of ``to_json``, in hexadecimal. Equal rules of equal origin share it."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The whole policy as one text, always the same for the same policy."""
        return as_text({key: _rule_out(rule) for key, rule in self.rules.items()})

    @staticmethod
    def from_json(text: str) -> ResolvedPolicy:
        """The policy that ``to_json`` wrote."""
        return policy_of(_rule_in(key, row) for key, row in json.loads(text).items())

    # -- inside ---------------------------------------------------------------------------

    def _in_force(self, key: str) -> Rule:
        found = self.rules.get(key)
        if found is None:
            raise PolicyHole(key, "absent")
        if found.state is not State.IN_FORCE:
            raise PolicyHole(key, found.state)
        return found.rule

    def _keys(self, state: State) -> tuple[str, ...]:
        return tuple(key for key, found in self.rules.items() if found.state is state)

    def _wrong(self, key: str, what: str) -> NoReturn:
        raise WrongQuestion(f"{key} is not {what}: {self.rules[key].rule.value!r}")


def policy_of(rules: Iterable[ResolvedRule]) -> ResolvedPolicy:
    """A policy of these rules, in order of key."""
    by_key = {resolved.rule.key: resolved for resolved in rules}
    return ResolvedPolicy(MappingProxyType(dict(sorted(by_key.items()))))


def _origin_out(origin: Origin) -> dict[str, object]:
    return {
        "place": origin.place,
        "rank": origin.rank.name.lower(),
        "line": origin.line.name.lower(),
        "pack": origin.pack,
    }


def _origin_in(row: Mapping[str, Any]) -> Origin:
    rank, line = Rank[row["rank"].upper()], Line[row["line"].upper()]
    return Origin(row["place"], rank, line, row["pack"])


def _measured_out(told: Rule | Overridden) -> dict[str, object]:
    return {
        "value": to_wire(told.value),
        "unit": told.unit,
        "operator": told.operator,
        "source": told.source,
    }


def _measured_in(row: Mapping[str, Any]) -> dict[str, Any]:
    operator = row["operator"]
    return {
        "value": from_wire(row["value"]),
        "unit": row["unit"],
        "operator": Operator(operator) if operator else None,
        "source": row["source"],
    }


_PLAIN = ("family", "article", "needs_legal_basis", "to_be_entered")
_WORDS = ("note_zh", "note_en", "label_zh", "label_en")


def _rule_out(found: ResolvedRule) -> dict[str, object]:
    rule = found.rule
    return {
        **_measured_out(rule),
        **{name: getattr(rule, name) for name in _PLAIN + _WORDS},
        "pid": list(rule.pid),
        "kind": rule.kind,
        "origin": _origin_out(found.origin),
        "state": found.state,
        "legal_basis": found.legal_basis,
        "lifted_by": found.lifted_by,
        "overrode": [
            {**_measured_out(item), "origin": _origin_out(item.origin)} for item in found.overrode
        ],
    }


def _rule_in(key: str, row: Mapping[str, Any]) -> ResolvedRule:
    rule = Rule(
        key=key,
        pid=tuple(row["pid"]),
        kind=Kind(row["kind"]),
        **_measured_in(row),
        **{name: row[name] for name in _PLAIN + _WORDS},
    )
    overrode = tuple(
        Overridden(origin=_origin_in(item["origin"]), **_measured_in(item))
        for item in row["overrode"]
    )
    return ResolvedRule(
        rule=rule,
        origin=_origin_in(row["origin"]),
        state=State(row["state"]),
        overrode=overrode,
        legal_basis=row["legal_basis"],
        lifted_by=row["lifted_by"],
    )
