"""Values of rules as JSON and back, exact decimals included, the same text every time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

Value = bool | int | Decimal | str | tuple["Value", ...] | Mapping[str, "Value"] | None
"""What a rule may hold. ``None``: not entered yet."""

_DECIMAL = "$decimal"


def to_wire(value: Value) -> object:
    """``value`` in what JSON can hold; 0.80 and 0.8 become the same."""
    if isinstance(value, Decimal):
        return {_DECIMAL: _shortest(value)}
    if isinstance(value, Mapping):
        return {key: to_wire(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [to_wire(item) for item in value]
    return value


def from_wire(raw: object) -> Value:
    """The value that ``to_wire`` wrote. Raises ``TypeError`` for anything else, floats too."""
    if raw is None or isinstance(raw, (bool, int, str, Decimal)):
        return raw
    if isinstance(raw, Mapping):
        if set(raw) == {_DECIMAL}:
            return Decimal(str(raw[_DECIMAL]))
        return {str(key): from_wire(item) for key, item in raw.items()}
    if isinstance(raw, Sequence):
        return tuple(from_wire(item) for item in raw)
    raise TypeError(f"{type(raw).__name__} is no value of a rule")


def as_text(wired: object) -> str:
    """One JSON text for one value: keys sorted, no spaces, letters as they are."""
    return json.dumps(
        wired, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def same(first: Value, second: Value) -> bool:
    """Whether two values are one; unlike ``==`` it tells ``True`` from ``1``."""
    return as_text(to_wire(first)) == as_text(to_wire(second))


def _shortest(value: Decimal) -> str:
    written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in {"-0", ""} else written
