"""A figure of the policy as the words of a clause, with its operator."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notoneless.rules.policy.measures import DurationUnit, Operator
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.wire import Value
from notoneless.rules.policy.words import RuleWords, in_words, label

SHARES: Mapping[Operator | None, str] = MappingProxyType(
    {
        Operator.AT_MOST: "不超过",
        Operator.LESS: "低于",
        Operator.AT_LEAST: "不低于",
        Operator.MORE: "高于",
        Operator.EXACTLY: "为",
        None: "为",
    }
)
COUNTS: Mapping[Operator | None, str] = MappingProxyType(
    {
        Operator.AT_MOST: "不超过",
        Operator.LESS: "不到",
        Operator.AT_LEAST: "不少于",
        Operator.MORE: "超过",
        Operator.EXACTLY: "",
        None: "",
    }
)
SPANS: Mapping[Operator | None, str] = MappingProxyType(
    {
        Operator.AT_MOST: "",
        Operator.LESS: "不满",
        Operator.AT_LEAST: "满",
        Operator.MORE: "超过",
        Operator.EXACTLY: "",
        None: "",
    }
)
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "visits": "次",
        "visits_per_pupil": "次",
        "talks_per_pupil": "次",
        "person_visits": "人次",
        "pupils": "人",
        "checks": "次",
    }
)
"""Shorter in a sentence than in a table."""
AGES = frozenset({"work_ban_under_age_years", "entry_age_years", "entry_age_deferred_max_years"})
WHOLE, NONE = "100", "0"


def told(rule: Rule) -> str:
    """The rule's value in Chinese, as it stands in a sentence: 不超过1%, 满3个上课日, 80元."""
    words = in_words(rule, "zh")
    if rule.unit == "percent" and not isinstance(rule.value, tuple):
        return _share(rule, words)
    if rule.key in AGES:
        return f"{SPANS[rule.operator].replace('不满', '未满')}{words.values[0]}周岁"
    if rule.unit in set(DurationUnit):
        return f"{SPANS[rule.operator]}{words.values[0]}{words.unit}"
    if rule.unit == "fen":
        return f"{words.values[0]}元"
    if isinstance(rule.value, tuple):
        return _list(rule, words)
    if rule.unit:
        return f"{COUNTS[rule.operator]}{words.values[0]}{UNITS.get(rule.unit, words.unit)}"
    return words.values[0]


def _share(rule: Rule, words: RuleWords) -> str:
    figure = words.values[0]
    if figure == NONE and rule.operator in {Operator.AT_MOST, Operator.EXACTLY}:
        return "为零"
    if figure == WHOLE and rule.operator in {Operator.AT_LEAST, Operator.EXACTLY}:
        return "达到100%"
    return f"{SHARES[rule.operator]}{figure}%"


def _list(rule: Rule, words: RuleWords) -> str:
    items = rule.value if isinstance(rule.value, tuple) else ()
    if all(isinstance(item, int) for item in items):
        return "、".join(f"{value}月" for value in words.values)
    rows = [item for item in items if isinstance(item, Mapping)]
    return "、".join(_row(row) for row in rows) if rows else "、".join(words.values)


def _row(row: Mapping[str, Value]) -> str:
    """A row of shares: 班主任 40%."""
    return "".join(
        label("codes", cell, "zh") if isinstance(cell, str) else f"{cell}%" for cell in row.values()
    )
