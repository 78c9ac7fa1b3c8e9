"""Labels of keys, units, operators and codes, and a rule taken apart for a sentence.

Sentences are put together at the edge; policy wording is data of the catalogue.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Literal

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.parameters import PARAMETERS, ValueType
from notoneless.rules.policy.wire import Value

Language = Literal["zh", "en"]
Labels = Mapping[str, Mapping[str, str]]


def _read() -> dict[str, Labels]:
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return {name: MappingProxyType(rows) for name, rows in tables.items()}


_LABELS: Mapping[str, Labels] = MappingProxyType(_read())


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in words of one language; the page decides their order."""

    label: str
    operator: str
    """Empty where the rule has no bound, and for a plain "=" of a setting."""
    values: tuple[str, ...]
    """One text for a single value, several for a list; a table's cells row by row."""
    unit: str
    note: str


def label(section: str, code: str, language: Language) -> str:
    """The label of a code: ``label("units", "school_days", "en")``.

    Sections: groups, families, units, operators, ranks, lines, kinds, states, columns,
    sections, codes. A code without a label (a place's own word) is its own label.
    """
    row = _LABELS[section].get(code)
    return row[language] if row else code


def has_label(section: str, code: str) -> bool:
    """Whether a code has a label in both languages."""
    row = _LABELS[section].get(code, {})
    return bool(row.get("zh") and row.get("en"))


def rule_label(rule: Rule, language: Language) -> str:
    """What a rule is called: the catalogue's label, or the pack's own."""
    parameter = PARAMETERS.get(rule.key)
    holder = parameter or rule
    return holder.label_zh if language == "zh" else holder.label_en


def in_words(rule: Rule, language: Language) -> RuleWords:
    """A rule's parts in one language. A rule still to be entered has no values.

    Money is told in yuan; a table's rows are told as "column value" joined by commas.
    """
    parameter = PARAMETERS.get(rule.key)
    is_money = parameter is not None and parameter.type is ValueType.MONEY
    bound = rule.operator if rule.operator is not Operator.EXACTLY else None
    unit = "yuan" if is_money and rule.unit else rule.unit
    return RuleWords(
        label=rule_label(rule, language),
        operator=label("operators", bound, language) if bound else "",
        values=_value_words(rule.value, language, is_money=is_money),
        unit=label("units", unit, language) if unit else "",
        note=rule.note_zh if language == "zh" else rule.note_en,
    )


def _value_words(value: Value, language: Language, *, is_money: bool) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple(_one(item, language) for item in value)
    if is_money and isinstance(value, int):
        return (_yuan(value),)
    return (_one(value, language),)


def _one(value: Value, language: Language) -> str:
    if isinstance(value, bool):
        return label("codes", "yes" if value else "no", language)
    if isinstance(value, str):
        return label("codes", value, language)
    if isinstance(value, Mapping):
        comma = "，" if language == "zh" else ", "
        cells = (f"{label('columns', c, language)} {_one(v, language)}" for c, v in value.items())
        return comma.join(cells)
    return str(value)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
