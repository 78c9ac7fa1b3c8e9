"""The catalogue of what a policy may set: every parameter with type, unit, family, labels."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any

from notoneless.rules.paths import Line
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.wire import Value, from_wire


class ValueType(StrEnum):
    """What kind of value a parameter takes, and how it is checked."""

    FLAG = "flag"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    """Exact decimal from 0 to 100."""
    DURATION = "duration"
    """Whole number; the unit says which days."""
    MONEY = "money"
    """Whole fen, never yuan."""
    DAY_OF_MONTH = "day_of_month"
    MONTH = "month"
    CHOICE = "choice"
    ITEMS = "items"
    """Codes in order, none twice; open lists take a place's own words too."""
    MONTHS = "months"
    ROWS = "rows"
    """A small table with named columns."""
    TEXT = "text"
    SCHOOL_YEAR = "school_year"
    """The year in which the school year begins."""
    HOUR = "hour"
    """Local time of day as "09:00"."""


NUMBERS = frozenset(
    {
        ValueType.INTEGER,
        ValueType.DECIMAL,
        ValueType.PERCENT,
        ValueType.DURATION,
        ValueType.MONEY,
        ValueType.DAY_OF_MONTH,
        ValueType.ROWS,
    }
)
"""Types whose rules need a unit and an operator."""

_FIXED_UNITS = {
    ValueType.PERCENT: ("percent",),
    ValueType.MONEY: ("fen",),
    ValueType.DAY_OF_MONTH: ("day_of_month",),
    ValueType.DURATION: tuple(DurationUnit),
}

STATUTE = "statute"
"""The group of clocks and limits that the law itself names, beyond the 166 of the plans."""
SIGNS = "signs"
"""Early signs: figures of the product's own, which no plan and no law names."""
CASEWORK = "casework"
"""The same for work on cases."""
OUR_OWN = frozenset({SIGNS, CASEWORK})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a policy may say."""

    key: str
    group: str
    type: ValueType
    family: str
    label_zh: str
    label_en: str
    units: tuple[str, ...] = ()
    """Units a rule may choose from; empty where the value has none."""
    values: tuple[str, ...] = ()
    """The codes of a choice or list."""
    is_open: bool = False
    """A list that also takes words of the place's own."""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Of ``ROWS``: column → integer, percent, text or stage (a code of ``Stage``)."""
    suggestion: Value = None
    """A hint for the form that enters a value. Never applied as policy."""
    needs_legal_basis: bool = False
    """Money or sanction: off until a legal instrument is attached (R-308)."""
    part_of: str = ""
    """The parameter that this one completes (a flag's hour, a reference's figure)."""
    expressed_by: str = ""
    """``unit`` or ``operator``: every rule says it itself, a pack cannot set it as a whole."""


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that belong together, and the line of command that decides them."""

    code: str
    line: Line


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _parameter(group: str, key: str, row: Mapping[str, Any]) -> Parameter:
    kind = ValueType(row["type"])
    return Parameter(
        key=key,
        group=group,
        type=kind,
        family=row["family"],
        label_zh=row["zh"],
        label_en=row["en"],
        units=tuple(row.get("units", _FIXED_UNITS.get(kind, ()))),
        values=tuple(row.get("values", ())),
        is_open=row.get("open", False),
        columns=MappingProxyType(row.get("columns", {})),
        suggestion=from_wire(row.get("suggest")),
        needs_legal_basis=row.get("legal", False),
        part_of=row.get("part_of", ""),
        expressed_by=row.get("expressed_by", ""),
    )


def _read_parameters() -> dict[str, Parameter]:
    tables = _read("parameters.toml")
    return {
        key: _parameter(group, key, row)
        for group, rows in tables.items()
        for key, row in rows.items()
    }


def _read_families() -> dict[str, Family]:
    rows = _read("families.toml")
    return {code: Family(code, Line[line.upper()]) for code, line in rows.items()}


FAMILIES: Mapping[str, Family] = MappingProxyType(_read_families())
PARAMETERS: Mapping[str, Parameter] = MappingProxyType(_read_parameters())
