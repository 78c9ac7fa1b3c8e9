"""The figures that a place uses, each with where it stands written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from notoneless.rules.policy.measures import Operator, exceeds, holds
from notoneless.rules.policy.resolved import ResolvedPolicy


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure with its operator and source."""

    key: str
    figure: int | Decimal
    operator: Operator
    unit: str
    source: str

    def is_met(self, count: int) -> bool:
        return holds(count, self.operator, self.figure)

    def is_share_met(self, count: int, base: int) -> bool:
        """``count`` of ``base`` against a percentage, by cross-multiplication; false of nothing."""
        return base > 0 and exceeds(count, base, self.figure, self.operator)


@dataclass(frozen=True, slots=True)
class SignRules:
    """What the place asks; ``None`` where its policy is silent, and that rule never fires."""

    run: Bound | None = None
    share: Bound | None = None
    share_window: int = 20
    guard: Bound | None = None
    term_first: Bound | None = None
    term_second: Bound | None = None
    unregistered: Bound | None = None
    edge_days: Bound | None = None
    edge_share: Bound | None = None
    edge_window: int = 40
    after_break: Bound | None = None
    break_length: Bound | None = None
    failed_tries: Bound | None = None

    @property
    def looks_back(self) -> int:
        """School days before today that some rule needs, the earlier stretch of a trend too."""
        return max(2 * self.share_window, self.edge_window)


def sign_rules(policy: ResolvedPolicy) -> SignRules:
    """The part of a policy that signs need. A rule that is not in force is left out.

    Source: the pack ``signs``, or whatever the place has put in its stead.
    """
    return SignRules(
        run=_bound(policy, "sign_run_days"),
        share=_bound(policy, "sign_share_pct"),
        share_window=_length(policy, "sign_share_window", 20),
        guard=_bound(policy, "sign_guard_days"),
        term_first=_bound(policy, "sign_term_days_first"),
        term_second=_bound(policy, "sign_term_days_second"),
        unregistered=_bound(policy, "sign_unregistered_days"),
        edge_days=_bound(policy, "sign_edge_days"),
        edge_share=_bound(policy, "sign_edge_share_pct"),
        edge_window=_length(policy, "sign_edge_window", 40),
        after_break=_bound(policy, "sign_after_break_times"),
        break_length=_bound(policy, "sign_after_break_length"),
        failed_tries=_bound(policy, "sign_failed_tries"),
    )


def sign_kinds(policy: ResolvedPolicy) -> tuple[str, ...]:
    """The signs that teachers can record there, in the place's order."""
    return policy.items("sign_kinds") if policy.is_on("sign_kinds") else ()


def _bound(policy: ResolvedPolicy, key: str) -> Bound | None:
    if not policy.is_on(key):
        return None
    rule = policy.rules[key].rule
    return Bound(key, policy.number(key), policy.operator(key), rule.unit, rule.source)


def _length(policy: ResolvedPolicy, key: str, otherwise: int) -> int:
    return policy.duration(key).length if policy.is_on(key) else otherwise
