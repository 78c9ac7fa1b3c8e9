"""In what order to visit: a table of points that anybody can read and a county can change.

Points say "go and see this child first", nothing about the child. They are added up from signs
that are loud and from context; no model, no marks, no colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.signs.kinds import Context, SignRule
from notoneless.rules.signs.signs import Signs

RISING = "rising"
TERM_SECOND = "term_second"
_RULE_CODES = {rule: rule.value for rule in SignRule} | {SignRule.TERM_DAYS: "term_first"}
CODES = (*_RULE_CODES.values(), TERM_SECOND, RISING, *(each.value for each in Context))
"""Everything that has points, as ``sign_points_…``."""

Table = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the sum."""

    code: str
    points: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a child stands in the order, and why."""

    reasons: tuple[Reason, ...]
    newest_on: date
    """The newest row of its loud signs."""

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def sort_key(self) -> tuple[int, int]:
        """More points first, then what happened last."""
        return (-self.points, -self.newest_on.toordinal())


def points_table(policy: ResolvedPolicy) -> Table:
    """Points by code; what the place leaves out counts nothing."""
    return {code: policy.count(key) for code in CODES if policy.is_on(key := f"sign_points_{code}")}


def standing(signs: Signs, table: Table) -> Standing | None:
    """A child's place in the order; ``None`` for a child without a loud sign.

    Context counts only beside a sign, so that nobody is visited for being poor or left behind.
    """
    if not signs.loud:
        return None
    reasons = tuple(Reason(code, table[code]) for code in _codes(signs) if table.get(code))
    return Standing(reasons, max(fired.last_on for fired in signs.loud))


def _codes(signs: Signs) -> Iterator[str]:
    for fired in signs.loud:
        is_second = fired.bound is not None and fired.bound.key == "sign_term_days_second"
        yield TERM_SECOND if is_second else _RULE_CODES[fired.rule]
    if signs.trend.is_rising and any(f.rule is SignRule.SHARE for f in signs.loud):
        yield RISING
    for context in Context:
        if context in signs.context:
            yield context.value
