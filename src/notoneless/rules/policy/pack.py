"""What a policy pack is: dated rules, each with value, unit, operator and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.wire import Value


class Kind(StrEnum):
    """What a rule is when no parameter of the catalogue stands for it."""

    PARAMETER = "parameter"
    RECORD = "record"
    PROCEDURE = "procedure"
    DOCUMENT = "document"


class Direction(StrEnum):
    """Which way a floor binds. A place may be stricter, never laxer."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    MUST_BE = "must_be"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of a pack. ``value`` is ``None`` exactly while it is to be entered."""

    key: str
    value: Value
    family: str
    source: str
    unit: str = ""
    operator: Operator | None = None
    pid: tuple[str, ...] = ()
    """Ids of the rows in the catalogue of source documents (P-S1-29.10)."""
    article: str = ""
    kind: Kind = Kind.PARAMETER
    needs_legal_basis: bool = False
    to_be_entered: bool = False
    note_zh: str = ""
    note_en: str = ""
    label_zh: str = ""
    """Only for a rule of the pack's own; others take the catalogue's label."""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """A legal bound under which no pack may go."""

    key: str
    direction: Direction
    bound: Value
    article: str
    text_zh: str
    text_en: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One place's or document's policy for one period, from inclusive, to exclusive."""

    id: str
    system: str
    title_zh: str
    title_en: str
    effective_from: date
    effective_to: date | None = None
    rules: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    floors: Mapping[str, Floor] = field(default_factory=lambda: MappingProxyType({}))

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` lies in the pack's period."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in a pack or in a place's own values."""

    file: str
    line: int
    """From 1; 0 where the values did not come from a file."""
    key: str
    code: str
    """Stable word for the edge to translate: ``unit_missing``, ``value_misfit`` …"""
    text: str
    """The mistake in a plain sentence, for logs and for whoever writes the file."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.text}"


class PackError(ValueError):
    """A pack cannot be read. Carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
