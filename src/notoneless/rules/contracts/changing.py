"""A target changed by an added clause: its words, and how strict it must be (R-178)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from notoneless.rules.contracts.phrases import told
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.words import rule_label

PERCENT = "percent"
WHOLE = Decimal(100)
_PER_CENT = re.compile(r"[0-9０-９]\s*[%％‰]|百分之|千分之")


def names_per_cent(words: str) -> bool:
    """Whether a text names a per cent: a figure that nothing could count with."""
    return _PER_CENT.search(words) is not None


def per_cent_in(text: str) -> Decimal | None:
    """What was typed as a number of per cent, 0 to 100; ``None`` where it is none."""
    try:
        found = Decimal(text.strip().rstrip("%％"))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found <= WHOLE else None


def is_as_strict(operator: Operator, new: Decimal, asked: Decimal) -> bool:
    """Whether bounding by ``new`` asks at least as much as bounding by ``asked``.

    A contract may be stricter than the policy of its parties, never laxer.
    """
    if operator in {Operator.AT_MOST, Operator.LESS}:
        return new <= asked
    if operator in {Operator.AT_LEAST, Operator.MORE}:
        return new >= asked
    return new == asked


def said(rule: Rule, operator: Operator, value: Decimal) -> str:
    """A figure of a rule's kind with its operator: 不超过0.8%."""
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return told(replace(rule, value=plain, operator=operator))


def change_words(rule: Rule, operator: Operator, new: Decimal) -> str:
    """The sentence of an added clause that changes a target."""
    label = rule_label(rule, "zh")
    return f"“{label}”改为“{said(rule, operator, new)}”，从各方都签字之日起按此考核。"
