"""Payloads as JSON values and back, the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

from notoneless.rules.documents.kinds import DocumentKind, Head
from notoneless.rules.documents.payloads import PAYLOADS
from notoneless.rules.documents.payloads.brought_in import BroughtIn
from notoneless.rules.documents.payloads.parts import Payload

VERSION = 1
MARK = "v"
BROUGHT_IN = "brought_in"
"""The field that only the payload of a paper from before has."""
BEFORE = {"head": Head.LETTER.value}
"""What papers were before they said so."""
T = TypeVar("T")


class NotWired(ValueError):
    """The JSON is no payload of this kind, or of a version that is not known."""


def to_wire(payload: Payload) -> dict[str, object]:
    """What JSON can hold: texts, whole numbers, true and false, lists, nothing; dates as ISO."""
    return {MARK: VERSION, **_wired_fields(payload)}


def from_wire(kind: DocumentKind, raw: Mapping[str, object]) -> Payload:
    """The payload that ``to_wire`` wrote.

    A field that the paper did not have when it was written takes its default; a paper without
    its head is from the time when all letters had that of 信函格式. Raises
    ``NotWired`` for a missing field without one, a field that is not known, a wrong type.
    """
    if raw.get(MARK) != VERSION:
        raise NotWired(f"version {raw.get(MARK)!r} of {kind}")
    told = {**BEFORE, **raw}
    cls = BroughtIn if BROUGHT_IN in raw else PAYLOADS[kind]
    return _built(cls, {key: value for key, value in told.items() if key != MARK})


def _wired_fields(value: object) -> dict[str, object]:
    return {
        field.name: _wired(getattr(value, field.name))
        for field in fields(value)  # type: ignore[arg-type]  # every part is a dataclass
    }


def _wired(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_wired(item) for item in value]
    if is_dataclass(value):
        return _wired_fields(value)
    return value


@cache
def _types(cls: type) -> dict[str, object]:
    return get_type_hints(cls)


def _built(cls: type[T], raw: Mapping[str, object]) -> T:
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]  # dataclasses
    unknown = raw.keys() - known.keys()
    if unknown:
        raise NotWired(f"{cls.__name__} has no {', '.join(sorted(unknown))}")
    lost = [name for name, field in known.items() if field.default is MISSING and name not in raw]
    if lost:
        raise NotWired(f"{cls.__name__} lacks {', '.join(lost)}")
    types = _types(cls)  # type: ignore[arg-type]  # classes are hashable
    return cls(**{name: _read(types[name], value, name) for name, value in raw.items()})


def _read(wanted: object, raw: object, where: str) -> object:
    if isinstance(wanted, UnionType):
        choices = get_args(wanted)
        if raw is None and NoneType in choices:
            return None
        return _read(next(each for each in choices if each is not NoneType), raw, where)
    if get_origin(wanted) is tuple:
        if not isinstance(raw, list):
            raise NotWired(f"{where} is no list")
        return tuple(_read(get_args(wanted)[0], item, where) for item in raw)
    if not isinstance(wanted, type):
        raise NotWired(f"{where} has a type that is not wired")
    return _single(wanted, raw, where)


def _single(wanted: type, raw: object, where: str) -> object:
    if is_dataclass(wanted):
        if not isinstance(raw, Mapping):
            raise NotWired(f"{where} is no mapping")
        return _built(wanted, raw)
    if issubclass(wanted, (date, StrEnum)):
        if not isinstance(raw, str):
            raise NotWired(f"{where} is no text")
        try:
            return date.fromisoformat(raw) if issubclass(wanted, date) else wanted(raw)
        except ValueError as problem:
            raise NotWired(f"{where}: {raw!r}") from problem
    # type() and not isinstance(): True is a kind of 1.
    if type(raw) is not wanted:
        raise NotWired(f"{where} is {type(raw).__name__}")
    return raw
