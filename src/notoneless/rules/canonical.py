"""Canonical bytes: one value, one byte string, on every machine and both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

Fact = object
"""None, bool, int, str, bytes, Decimal, date, datetime or UUID, or lists and mappings of these."""


class NotCanonical(TypeError):
    """A value has no agreed bytes (a float, a naive datetime, a key that is no text)."""


def canonical(value: Fact) -> bytes:
    """Write ``value`` as bytes that no other value shares and that never change.

    Each value is a type letter, its length in decimal, a colon and its content, so no two
    values run into each other. Text keeps its exact code points: normalising would hide an
    edit between two spellings that look alike. Moments become UTC with microseconds, which
    is what both databases keep; decimals lose trailing zeros, which databases pad; mappings
    are sorted by their keys' bytes; enumeration members count as their plain value.

    Raises ``NotCanonical`` for floats, naive datetimes, not-a-number, lone surrogates, keys
    that are not text, and every other type.
    """
    letter, content = _tagged(value)
    return letter + str(len(content)).encode() + b":" + content


def _tagged(value: Fact) -> tuple[bytes, bytes]:
    if value is None:
        return b"n", b""
    if isinstance(value, Mapping):
        return b"m", _mapping(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return b"y", bytes(value)
    if isinstance(value, str):
        return b"s", _text(value)
    if isinstance(value, Sequence):
        return b"l", b"".join(canonical(item) for item in value)
    return _scalar(value)


def _scalar(value: Fact) -> tuple[bytes, bytes]:
    # bool before int and datetime before date: the first is a kind of the second.
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, int):
        return b"i", int.__repr__(value).encode()
    if isinstance(value, Decimal):
        return b"d", _decimal(value)
    if isinstance(value, datetime):
        return b"t", _moment(value)
    if isinstance(value, date):
        return b"a", value.isoformat().encode()
    if isinstance(value, UUID):
        return b"u", value.hex.encode()
    raise NotCanonical(f"{type(value).__name__} has no canonical bytes")


def _mapping(value: Mapping[object, Fact]) -> bytes:
    pairs: list[tuple[bytes, Fact]] = []
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"key {key!r} is not text")
        pairs.append((canonical(key), item))
    return b"".join(key + canonical(item) for key, item in sorted(pairs, key=_first))


def _first(pair: tuple[bytes, Fact]) -> bytes:
    return pair[0]


def _text(value: str) -> bytes:
    try:
        return value.encode()
    except UnicodeEncodeError as problem:
        raise NotCanonical("text holds half a character (a lone surrogate)") from problem


def _decimal(value: Decimal) -> bytes:
    if not value.is_finite():
        raise NotCanonical(f"{value} is not a number")
    sign, digits, exponent = value.as_tuple()
    written = "".join(map(str, digits)).lstrip("0")
    if not written:
        return b"0"
    kept = written.rstrip("0")
    # By hand: Decimal.normalize() would round to the precision of the running context.
    power = int(exponent) + len(written) - len(kept)
    return f"{'-' if sign else ''}{kept}e{power}".encode()


def _moment(value: datetime) -> bytes:
    if value.utcoffset() is None:
        raise NotCanonical(f"{value} has no time zone")
    try:
        in_utc = value.astimezone(UTC)
    except OverflowError as problem:
        raise NotCanonical(f"{value} lies outside the calendar in UTC") from problem
    return in_utc.replace(tzinfo=None).isoformat(timespec="microseconds").encode()
