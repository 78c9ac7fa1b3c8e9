"""Reading a pack from TOML text, with every fault named by file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeGuard

from notoneless.rules.policy.lines import line_of
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.pack import Direction, Fault, Floor, Pack, PackError, Rule
from notoneless.rules.policy.parameters import PARAMETERS, ValueType
from notoneless.rules.policy.rulecheck import Complaint, as_rule, complaints
from notoneless.rules.policy.values import misfit
from notoneless.rules.policy.wire import from_wire

_TOP = {"id", "system", "title_zh", "title_en", "effective_from", "effective_to"}
_FLOOR = {"bound", "direction", "unit", "article", "text_zh", "text_en"}
_AT_LINE = re.compile(r"at line (\d+)")


def read_pack(text: str, file: str) -> Pack:
    """The pack that a TOML text describes; ``file`` is only the name used in messages.

    Raises ``PackError`` with all faults of the text. Decimals are read exactly.
    """
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        at = _AT_LINE.search(str(problem))
        line = int(at[1]) if at else text.count("\n") + 1
        raise PackError((Fault(file, line, "", "toml", f"is not TOML: {problem}"),)) from problem
    faults = tuple(sorted(_faults(tables, text, file)))
    if faults:
        raise PackError(faults)
    return _pack(tables)


def _faults(tables: Mapping[str, Any], text: str, file: str) -> Iterator[Fault]:
    for name, code, sentence in _heading(tables):
        yield Fault(file, line_of(text, "", name), name, code, sentence)
    system = str(tables.get("system", ""))
    for section in ("rules", "floors"):
        rows = tables.get(section, {})
        if not isinstance(rows, dict):
            yield Fault(file, line_of(text, "", section), section, "not_a_table", "must be tables")
            continue
        for key, row in rows.items():
            table = f"{section}.{key}"
            for name, code, sentence in _row(section, key, row, system):
                yield Fault(file, line_of(text, table, name), key, code, sentence)


def _row(section: str, key: str, row: object, system: str) -> Iterator[Complaint]:
    if not isinstance(row, dict):
        yield "", "not_a_table", f"must be a table [{section}.{key}]"
    elif section == "rules":
        yield from complaints(key, row, system)
    else:
        yield from _floor_complaints(key, row)


def _heading(tables: Mapping[str, Any]) -> Iterator[Complaint]:
    for name in sorted(set(tables) - _TOP - {"rules", "floors"}):
        yield name, "field_unknown", f"{name} is not a field of a pack"
    for name in ("id", "system", "title_zh", "title_en"):
        if not isinstance(tables.get(name), str) or not tables[name].strip():
            yield name, "field_missing", f"the pack needs {name} as text"
    if not str(tables.get("id", "")).startswith(f"{tables.get('system')}/"):
        yield "id", "id_malformed", 'id must be the system, "/" and a year or version'
    yield from _period(tables.get("effective_from"), tables.get("effective_to"))


def _period(start: object, end: object) -> Iterator[Complaint]:
    if not _is_day(start):
        yield "effective_from", "day_missing", "effective_from must be a date"
    if end is not None and not _is_day(end):
        yield "effective_to", "day_malformed", "effective_to must be a date or be left out"
    if _is_day(start) and _is_day(end) and end <= start:
        yield "effective_to", "period_empty", "effective_to must lie after effective_from"


def _is_day(value: object) -> TypeGuard[date]:
    # TOML has moments too, and Python counts a moment as a date.
    return isinstance(value, date) and not isinstance(value, datetime)


def _floor_complaints(key: str, row: Mapping[str, Any]) -> Iterator[Complaint]:
    for name in sorted(set(row) - _FLOOR):
        yield name, "field_unknown", f"{name} is not a field of a floor"
    for name in ("article", "text_zh", "text_en"):
        if not str(row.get(name, "")).strip():
            yield name, "source_missing", f"a floor needs {name}"
    if row.get("direction") not in set(Direction):
        yield "direction", "direction_unknown", f"direction must be {', '.join(Direction)}"
        return
    yield from _bound(key, row, Direction(row["direction"]))


def _bound(key: str, row: Mapping[str, Any], direction: Direction) -> Iterator[Complaint]:
    parameter = PARAMETERS.get(key)
    if parameter is None:
        yield "", "key_unknown", "is not in the catalogue, so no floor can bind it"
    elif "bound" not in row:
        yield "", "value_missing", "a floor needs a bound"
    elif direction is Direction.ONE_OF:
        if not isinstance(row["bound"], list) or not row["bound"]:
            yield "bound", "value_misfit", "bound must be a list"
    elif wrong := misfit(parameter, from_wire(row["bound"])):
        yield "bound", "value_misfit", f"bound {wrong}"
    if (
        parameter
        and parameter.type is ValueType.DURATION
        and row.get("unit") not in set(DurationUnit)
    ):
        yield "unit", "unit_missing", "a floor on a duration needs its unit"


def _pack(tables: Mapping[str, Any]) -> Pack:
    rules: dict[str, Rule] = {k: as_rule(k, row) for k, row in tables.get("rules", {}).items()}
    floors = {k: _floor(k, row) for k, row in tables.get("floors", {}).items()}
    return Pack(
        **{name: tables[name] for name in _TOP & set(tables)},
        rules=MappingProxyType(rules),
        floors=MappingProxyType(floors),
    )


def _floor(key: str, row: Mapping[str, Any]) -> Floor:
    return Floor(
        key=key,
        direction=Direction(row["direction"]),
        bound=from_wire(row["bound"]),
        unit=row.get("unit", ""),
        article=row["article"],
        text_zh=row["text_zh"],
        text_en=row["text_en"],
    )
