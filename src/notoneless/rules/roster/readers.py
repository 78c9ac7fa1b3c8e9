"""Reading one cell by the kind of its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from notoneless.rules.identity import (
    id_fault,
    is_phone,
    is_scientific,
    read_student_number,
    tidy_number,
    tidy_phone,
)
from notoneless.rules.roster.cells import is_formula, read_date, read_month, read_number, text_of
from notoneless.rules.roster.codes import label_of, read_code
from notoneless.rules.roster.columns import CellKind, Column, Need
from notoneless.rules.roster.findings import Finding, refuse, warn

LONGEST_TEXT: Final = 500
SHOWN: Final = 20
"""A wrong value is quoted at most this long."""
_REGION: Final = re.compile(r"\d{6}|\d{9}|\d{12}")
_POSTCODE: Final = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one or more cells say."""

    values: Mapping[str, object]
    findings: list[Finding]


_NOTHING: Final = Reading(MappingProxyType({}), [])


def read_cell(column: Column, cell: object) -> Reading:
    """Read one cell; a blank one is a remark where the national form stars the column."""
    text = text_of(cell)
    if not text:
        if column.need is Need.STARRED:
            return Reading({}, [warn("field_missing", column.key)])
        return _NOTHING
    if len(text) > LONGEST_TEXT:
        return Reading({}, [refuse("value_too_long", column.key, longest=str(LONGEST_TEXT))])
    return _READERS[column.kind](column, cell, text)


def _text(column: Column, cell: object, text: str) -> Reading:
    found = [warn("text_like_formula", column.key)] if is_formula(cell) else []
    return Reading({column.key: text}, found)


def _code(column: Column, cell: object, text: str) -> Reading:
    return read_code_cell(column.key, column.table, text)


def _flag(column: Column, cell: object, text: str) -> Reading:
    read = read_code("yes_no", text)
    if read is None:
        return _as_written(column, text, "unknown_value")
    return Reading({column.key: read.code == "1"}, [])


def read_code_cell(key: str, table: str, text: str) -> Reading:
    """Read a cell against a code table; a word that is not on the form is kept as written."""
    read = read_code(table, text)
    ethnic = table == "ethnic"
    if read is None:
        if ethnic and key == "ethnic":
            return Reading({}, [refuse("unknown_ethnic_value", key, value=text[:SHOWN])])
        remark = warn("unknown_value", key, value=text[:SHOWN])
        return Reading({f"{key}_as_written": text}, [remark])
    if not read.is_loose:
        return Reading({key: read.code}, [])
    label = label_of(table, read.code)
    code = "unknown_ethnic_value" if ethnic else "loose_value"
    return Reading({key: read.code}, [warn(code, key, value=text[:SHOWN], taken_as=label)])


def _date(column: Column, cell: object, text: str) -> Reading:
    day = read_date(cell)
    if day is None:
        return _as_written(column, text, "unreadable_value")
    return Reading({column.key: day.isoformat()}, [])


def _month(column: Column, cell: object, text: str) -> Reading:
    month = read_month(cell)
    if month is None:
        return _as_written(column, text, "unreadable_value")
    return Reading({column.key: f"{month[0]}-{month[1]:02}"}, [])


def _number(column: Column, cell: object, text: str) -> Reading:
    number = read_number(cell)
    if number is None:
        return _as_written(column, text, "unreadable_value")
    # A broken number stays text: fingerprints of facts know no floats.
    return Reading({column.key: int(number) if number.is_integer() else str(number)}, [])


def _region(column: Column, cell: object, text: str) -> Reading:
    number = tidy_number(text)
    if _REGION.fullmatch(number) is None:
        return _as_written(column, text, "region_code_wrong")
    return Reading({column.key: number}, [])


def _postcode(column: Column, cell: object, text: str) -> Reading:
    if _POSTCODE.fullmatch(text) is None:
        return _as_written(column, text, "unreadable_value")
    return Reading({column.key: text}, [])


def _phone(column: Column, cell: object, text: str) -> Reading:
    number = tidy_phone(text)
    if not is_phone(number):
        return Reading({f"{column.key}_as_written": text[:40]}, [warn("bad_phone", column.key)])
    return Reading({column.key: number}, [])


def _number_of_person(column: Column, cell: object, text: str) -> Reading:
    """A family member's identity number or the student number; the child's own is not read here."""
    number = tidy_number(text)
    if column.key == "student_number":
        if read_student_number(number) is not None:
            return Reading({column.key: number}, [])
        return Reading(
            {f"{column.key}_as_written": text}, [warn("student_number_wrong", column.key)]
        )
    if is_scientific(number) or id_fault(number) is not None:
        return Reading({f"{column.key}_as_written": text}, [warn("guardian_id_wrong", column.key)])
    return Reading({column.key: number}, [])


def _as_written(column: Column, text: str, code: str) -> Reading:
    return Reading({f"{column.key}_as_written": text}, [warn(code, column.key, value=text[:SHOWN])])


_READERS: Final[Mapping[CellKind, Callable[[Column, object, str], Reading]]] = MappingProxyType(
    {
        CellKind.TEXT: _text,
        CellKind.NAME: _text,
        CellKind.SCHOOL: _text,
        CellKind.CLASS: _text,
        CellKind.CODE: _code,
        CellKind.FLAG: _flag,
        CellKind.DATE: _date,
        CellKind.MONTH: _month,
        CellKind.NUMBER: _number,
        CellKind.REGION: _region,
        CellKind.POSTCODE: _postcode,
        CellKind.PHONE: _phone,
        CellKind.ID: _number_of_person,
    }
)
