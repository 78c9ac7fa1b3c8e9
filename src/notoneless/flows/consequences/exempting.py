"""What is left of a line when its exception is granted, drawn from what was frozen."""

from __future__ import annotations

from notoneless.consequences.models import Settlement
from notoneless.consequences.queries.settlements import LineRow
from notoneless.rules.consequences import wire
from notoneless.rules.consequences.figures import figure
from notoneless.rules.consequences.lines import Line
from notoneless.rules.consequences.proposal import exempting, lines_of
from notoneless.rules.policy.resolved import ResolvedPolicy

CONDITIONS = "exemption_conditions"
VERIFIED = ("verified",)
"""Where the policy names no conditions, looking into it is one (经查证属实)."""


def conditions_of(policy: ResolvedPolicy) -> tuple[str, ...]:
    """The conditions under which the policy exempts, in its order (R-216)."""
    found = figure(policy, CONDITIONS)
    return (found.items if found else ()) or VERIFIED


def after_exception(settlement: Settlement, line: LineRow, policy: ResolvedPolicy) -> Line | None:
    """The line without the children that its statement is about; ``None`` when nothing is left.

    Only this line is freed: what others bear for the same children has statements of its own.
    """
    frozen = wire.frozen_in(settlement.frozen)
    excused = line.statement.children if line.statement else frozenset()
    stage = line.stage
    for outcome in frozen.outcomes:
        if outcome.unit != line.unit_id or (outcome.stage or "") != stage:
            continue
        drawn = lines_of(exempting(outcome, excused), policy, frozen.holders_of(outcome.unit))
        rest = next((each for each in drawn if each.key == line.key), None)
        return rest if rest is not None and rest.evidence else None
    return None
