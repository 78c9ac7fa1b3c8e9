"""Whether a value fits its parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from notoneless.rules.policy.parameters import Parameter, ValueType
from notoneless.rules.policy.wire import Value
from notoneless.rules.units import Stage

_HOUR = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


def misfit(parameter: Parameter, value: Value) -> str:
    """What is wrong with ``value`` for ``parameter``, as half a sentence; empty when it fits."""
    return _CHECKS[parameter.type](parameter, value)


def _whole(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Value) -> bool:
    return _whole(value) or (isinstance(value, Decimal) and value.is_finite())


def _between(low: int, high: int | None = None) -> Callable[[Parameter, Value], str]:
    def check(_: Parameter, value: Value) -> str:
        if not _whole(value) or not isinstance(value, int):
            return "must be a whole number"
        if value < low or (high is not None and value > high):
            return f"must be at least {low}" + ("" if high is None else f" and at most {high}")
        return ""

    return check


def _decimal(_: Parameter, value: Value) -> str:
    if not _number(value) or not isinstance(value, (int, Decimal)):
        return "must be an exact number"
    return "must not be negative" if value < 0 else ""


def _percent(parameter: Parameter, value: Value) -> str:
    if wrong := _decimal(parameter, value):
        return wrong
    over = isinstance(value, (int, Decimal)) and value > 100
    return "must be a percentage from 0 to 100" if over else ""


def _flag(_: Parameter, value: Value) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _text(_: Parameter, value: Value) -> str:
    return "" if isinstance(value, str) and value.strip() else "must be text"


def _stage(_: Parameter, value: Value) -> str:
    fits = isinstance(value, str) and value in set(Stage)
    return "" if fits else f"must be one of {', '.join(Stage)}"


def _hour(_: Parameter, value: Value) -> str:
    fits = isinstance(value, str) and _HOUR.match(value)
    return "" if fits else 'must be a time of day as "09:00"'


def _choice(parameter: Parameter, value: Value) -> str:
    if isinstance(value, str) and value in parameter.values:
        return ""
    return f"must be one of {', '.join(parameter.values)}"


def _items(parameter: Parameter, value: Value) -> str:
    if not isinstance(value, tuple) or not all(isinstance(i, str) and i.strip() for i in value):
        return "must be a list of texts"
    if len(set(map(str, value))) != len(value):
        return "names an item twice"
    unknown = [str(item) for item in value if item not in parameter.values]
    if unknown and not parameter.is_open:
        return f"does not know {', '.join(unknown)}; it takes {', '.join(parameter.values)}"
    return ""


def _months(parameter: Parameter, value: Value) -> str:
    if not isinstance(value, tuple) or any(_between(1, 12)(parameter, item) for item in value):
        return "must be a list of months from 1 to 12"
    return "names a month twice" if len({str(item) for item in value}) != len(value) else ""


def _rows(parameter: Parameter, value: Value) -> str:
    if not isinstance(value, tuple):
        return "must be a list of tables"
    for row in value:
        if not isinstance(row, Mapping) or set(row) != set(parameter.columns):
            return f"needs rows with exactly {', '.join(parameter.columns)}"
        for column, kind in parameter.columns.items():
            if wrong := _CELLS[kind](parameter, row[column]):
                return f"{column} {wrong}"
    return ""


_CELLS: dict[str, Callable[[Parameter, Value], str]] = {
    "integer": _between(0),
    "percent": _percent,
    "text": _text,
    "stage": _stage,
}

_CHECKS: dict[ValueType, Callable[[Parameter, Value], str]] = {
    ValueType.FLAG: _flag,
    ValueType.INTEGER: _between(0),
    ValueType.DECIMAL: _decimal,
    ValueType.PERCENT: _percent,
    ValueType.DURATION: _between(0),
    ValueType.MONEY: _between(0),
    ValueType.DAY_OF_MONTH: _between(1, 31),
    ValueType.MONTH: _between(1, 12),
    ValueType.CHOICE: _choice,
    ValueType.ITEMS: _items,
    ValueType.MONTHS: _months,
    ValueType.ROWS: _rows,
    ValueType.TEXT: _text,
    ValueType.SCHOOL_YEAR: _between(1986, 2200),
    ValueType.HOUR: _hour,
}
