"""What makes one rule complete: known key, fitting value, unit, operator, source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Kind, Rule
from notoneless.rules.policy.parameters import FAMILIES, NUMBERS, PARAMETERS, Parameter
from notoneless.rules.policy.values import misfit
from notoneless.rules.policy.wire import Value, from_wire

Complaint = tuple[str, str, str]
"""Field (empty: the rule as a whole), stable code, sentence."""

_ALWAYS = {"value", "unit", "operator", "source", "pid", "article", "to_be_entered"}
_WORDS = {"note_zh", "note_en"}
_OWN = {"kind", "label_zh", "label_en", "family", "needs_legal_basis"}
_PID = re.compile(r"^P-(S\d-\d+)\.\d{2}$")
_KEY = re.compile(r"^[a-z][a-z0-9_]*$")


def complaints(key: str, row: Mapping[str, Any], system: str) -> Iterator[Complaint]:
    """Everything wrong with one ``[rules.key]`` table of a pack of ``system``."""
    parameter = PARAMETERS.get(key)
    yield from _fields(row, parameter)
    yield from _source(row, system)
    if not _is_value(row.get("value")):
        yield "value", "value_misfit", "value must be a finite number, text, flag, list or table"
    elif parameter is None:
        yield from _own_rule(key, row)
    else:
        yield from _catalogued(row, parameter)
    yield from _presence(row)


def as_rule(key: str, row: Mapping[str, Any]) -> Rule:
    """The rule that a table without complaints describes."""
    parameter = PARAMETERS.get(key)
    operator = row.get("operator")
    return Rule(
        key=key,
        value=from_wire(row.get("value")),
        family=parameter.family if parameter else row["family"],
        source=row["source"],
        unit=row.get("unit", ""),
        operator=Operator(operator) if operator else None,
        pid=tuple(row.get("pid", ())),
        article=row.get("article", ""),
        kind=Kind.PARAMETER if parameter else Kind(row["kind"]),
        needs_legal_basis=(
            parameter.needs_legal_basis if parameter else row.get("needs_legal_basis", False)
        ),
        to_be_entered=row.get("to_be_entered", False),
        note_zh=row.get("note_zh", ""),
        note_en=row.get("note_en", ""),
        label_zh=row.get("label_zh", ""),
        label_en=row.get("label_en", ""),
    )


def is_figure(value: Value) -> bool:
    """Whether a value is a number that needs a unit and an operator (flags are not)."""
    return value is not None and not isinstance(value, (bool, str, tuple, Mapping))


def _is_value(raw: object) -> bool:
    try:
        value = from_wire(raw)
    except TypeError:
        return False
    return not isinstance(value, Decimal) or value.is_finite()


def _fields(row: Mapping[str, Any], parameter: Parameter | None) -> Iterator[Complaint]:
    allowed = _ALWAYS | _WORDS | (set() if parameter else _OWN)
    for name in sorted(set(row) - allowed):
        if parameter and name in _OWN:
            yield name, "catalogue_decides", f"{name} is fixed by the catalogue for this key"
        else:
            yield name, "field_unknown", f"{name} is not a field of a rule"
    for name in sorted(
        (allowed - {"value", "pid", "to_be_entered", "needs_legal_basis"}) & set(row)
    ):
        if not isinstance(row[name], str):
            yield name, "field_not_text", f"{name} must be text"
    for name in sorted({"to_be_entered", "needs_legal_basis"} & set(row)):
        if not isinstance(row[name], bool):
            yield name, "field_not_flag", f"{name} must be true or false"


def _source(row: Mapping[str, Any], system: str) -> Iterator[Complaint]:
    if not str(row.get("source", "")).strip():
        yield "source", "source_missing", "has no source; say where the rule comes from"
    pids = row.get("pid", [])
    if not isinstance(pids, list):
        yield "pid", "pid_malformed", "pid must be a list"
        return
    for pid in pids:
        match = _PID.match(str(pid))
        if match is None:
            yield "pid", "pid_malformed", f"{pid} does not look like P-S1-29.10"
        elif match[1] != system:
            yield "pid", "pid_of_other_system", f"{pid} belongs to another document than {system}"


def _own_rule(key: str, row: Mapping[str, Any]) -> Iterator[Complaint]:
    if "kind" not in row:
        yield "", "key_unknown", "is not in the catalogue; a rule of your own needs a kind"
        return
    if not _KEY.match(key):
        yield "", "key_malformed", "may only hold a-z, 0-9 and _"
    if row["kind"] not in {Kind.RECORD, Kind.PROCEDURE, Kind.DOCUMENT}:
        yield "kind", "kind_unknown", "kind must be record, procedure or document"
    if row.get("family") not in FAMILIES:
        yield "family", "family_unknown", f"family must be one of {', '.join(FAMILIES)}"
    for name in ("label_zh", "label_en"):
        if not row.get(name):
            yield name, "label_missing", f"a rule of your own needs {name}"
    figure = is_figure(from_wire(row.get("value")))
    yield from _measure(row, figure=figure, units=())


def _catalogued(row: Mapping[str, Any], parameter: Parameter) -> Iterator[Complaint]:
    if parameter.expressed_by:
        yield "", "set_per_rule", f"is said by each rule's own {parameter.expressed_by}"
        return
    if "value" in row and (wrong := misfit(parameter, from_wire(row["value"]))):
        yield "value", "value_misfit", f"value {wrong}"
    yield from _measure(row, figure=parameter.type in NUMBERS, units=parameter.units)


def _measure(
    row: Mapping[str, Any], *, figure: bool, units: tuple[str, ...]
) -> Iterator[Complaint]:
    unit, operator = row.get("unit"), row.get("operator")
    if not figure:
        for name in ("unit", "operator"):
            if name in row and "value" in row:
                yield name, f"{name}_without_number", f"has no number, so no {name}"
        return
    is_blank = row.get("to_be_entered") is True
    if unit is None and not is_blank:
        yield "unit", "unit_missing", "has a number without a unit"
    elif unit is not None and units and unit not in units:
        yield "unit", "unit_unknown", f"unit must be one of {', '.join(units)}"
    if operator is None and not is_blank:
        yield "operator", "operator_missing", "has a number without an operator (< <= > >= =)"
    elif operator is not None and operator not in set(Operator):
        yield "operator", "operator_unknown", f"{operator} is none of < <= > >= ="


def _presence(row: Mapping[str, Any]) -> Iterator[Complaint]:
    if row.get("to_be_entered") is True:
        if "value" in row:
            yield "value", "value_and_blank", "has a value, yet says it is to be entered"
    elif "value" not in row:
        yield "", "value_missing", "has no value; write one or to_be_entered = true"
