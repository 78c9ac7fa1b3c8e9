"""Reading a pack from TOML text, with every fault named by file, line and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeGuard

from notoneless.rules.policy.floors import breaches
from notoneless.rules.policy.lines import line_of
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.pack import Direction, Fault, Floor, Pack, PackError, Rule
from notoneless.rules.policy.parameters import PARAMETERS, ValueType
from notoneless.rules.policy.rulecheck import Complaint, as_rule, complaints
from notoneless.rules.policy.tolerant import Tables, read_tables
from notoneless.rules.policy.values import misfit
from notoneless.rules.policy.wire import from_wire

_TOP = {"id", "system", "title_zh", "title_en", "effective_from", "effective_to"}
_FLOOR = {"bound", "direction", "unit", "article", "text_zh", "text_en"}
_LONGEST = {"id": 60, "system": 30, "title_zh": 100, "title_en": 150}
_ID = re.compile(r"^[\w.-]+/[\w.-]+$")
RESERVED = frozenset({"national", "signs", "cases"})
"""Systems that come with the product and hold everywhere; no county writes one."""


def read_pack(text: str, file: str) -> Pack:
    """The pack that a TOML text describes; ``file`` is only the name used in messages.

    Raises ``PackError`` with all faults of the text. Decimals are read exactly.
    """
    return _read(text, file, ())


def read_local_pack(text: str, file: str, *, floors: Mapping[str, Floor]) -> Pack:
    """The same for a pack that a county writes: it brings no law and goes below none (R-303).

    Raises ``PackError`` with all faults, those of law among them.
    """
    read = read_tables(text)
    return _read(text, file, _local_faults(read, file, floors))


def _read(text: str, file: str, more: Iterable[Fault]) -> Pack:
    read = read_tables(text)
    faults = tuple(sorted({*_unread(read, file), *_faults(read, file), *more}))
    if faults:
        raise PackError(faults)
    return _pack(read.tables)


def _unread(read: Tables, file: str) -> Iterator[Fault]:
    for each in read.unread:
        key = each.path[1] if each.path[:1] in {("rules",), ("floors",)} and each.path[1:] else ""
        yield Fault(file, each.line, key or ".".join(each.path), each.code, each.text)


def _faults(read: Tables, file: str) -> Iterator[Fault]:
    for name, code, sentence in _heading(read.tables):
        if not (read.is_hurt((name,)) or _may_be_lost(read, (), code)):
            yield Fault(file, line_of(read.found, (), name), name, code, sentence)
    system = str(read.tables.get("system", ""))
    for section in ("rules", "floors"):
        rows = read.tables.get(section, {})
        if not isinstance(rows, dict):
            line = line_of(read.found, (), section)
            yield Fault(file, line, section, "not_a_table", "must be tables")
            continue
        for key, row in rows.items():
            for name, code, sentence in _row(section, key, row, system):
                if not _may_be_lost(read, (section, key), code):
                    line = line_of(read.found, (section, key), name)
                    yield Fault(file, line, key, code, sentence)


def _may_be_lost(read: Tables, table: tuple[str, ...], code: str) -> bool:
    """Whether what is missing may stand in a line that could not be read."""
    return bool(table) and code.endswith("_missing") and read.is_hurt(table)


def _local_faults(read: Tables, file: str, floors: Mapping[str, Floor]) -> Iterator[Fault]:
    if read.tables.get("system") in RESERVED:
        line = line_of(read.found, (), "system")
        yield Fault(file, line, "system", "system_reserved", "is the product's own")
    if "floors" in read.tables:
        line = line_of(read.found, ("floors",))
        yield Fault(file, line, "floors", "floors_of_law", "only the national pack has floors")
    system = str(read.tables.get("system", ""))
    rules = read.tables.get("rules", {})
    sound = [
        as_rule(key, row)
        for key, row in (rules.items() if isinstance(rules, dict) else ())
        if isinstance(row, dict) and not any(complaints(key, row, system))
    ]
    for breach in breaches(sound, floors):
        line = line_of(read.found, ("rules", breach.key), "value")
        floor = breach.floor
        sentence = f"breaks {floor.article}: must be {floor.direction} {floor.bound} {floor.unit}"
        yield Fault(file, line, breach.key, "below_floor", sentence.rstrip())


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
        elif len(tables[name]) > _LONGEST[name]:
            yield name, "too_long", f"{name} may have {_LONGEST[name]} characters at most"
    text = str(tables.get("id", ""))
    if not text.startswith(f"{tables.get('system')}/") or not _ID.match(text):
        yield "id", "id_malformed", 'id must be the system, "/" and a year or version'
    yield from _period(tables.get("effective_from"), tables.get("effective_to"))


def _period(start: object, end: object) -> Iterator[Complaint]:
    if not is_day(start):
        yield "effective_from", "day_missing", "effective_from must be a date"
    if end is not None and not is_day(end):
        yield "effective_to", "day_malformed", "effective_to must be a date or be left out"
    if is_day(start) and is_day(end) and end <= start:
        yield "effective_to", "period_empty", "effective_to must lie after effective_from"


def is_day(value: object) -> TypeGuard[date]:
    """Whether a value of a text is a date without an hour."""
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
