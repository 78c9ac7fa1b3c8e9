"""Which measures a decision may bring, by the place's plan, and in which order (R-203, R-213).

A measure is offered only where the plan names it and its legal instrument is attached (R-308); what
is off is shown as off with the reason. Handing over to the authority that the law names is always
open, and so is a decision that finds the fault and adds no measure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from notoneless.rules.faults.catalogue import entry_of
from notoneless.rules.faults.kinds import Measure
from notoneless.rules.policy.resolved import ResolvedPolicy, State

LADDER = "accountability_ladder"
LINKS = "appraisal_links"
CONCEALMENT = "concealment_effect"
MONEY = "money_rule_targets"
_LINKED = {
    "performance_pay": Measure.PERFORMANCE_PAY,
    "bonus": Measure.BONUS,
    "allowance": Measure.ALLOWANCE,
    "post_transfer": Measure.POST_TRANSFER,
}
PUBLISHED = frozenset({Measure.NOTICE_OF_CRITICISM})
"""Made known beyond the person: its text must name no child."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A measure as it stands at a place."""

    measure: Measure
    source: str = ""
    rung: int | None = None
    """Its place in the ladder, from 0; ``None`` for one that stands beside it."""
    off: str = ""
    """Why it cannot be used: a ``State``, or ``no_money_rule``; empty when it can."""


def measures(policy: ResolvedPolicy, kind: str) -> tuple[Offered, ...]:
    """Every measure that the plan names for a fault of ``kind``, the ladder first in its order.

    Values of the plan that are no measure of the catalogue are left out: the county sees them as
    its own on the policy page. Source: ``accountability_ladder``, ``appraisal_links``,
    ``concealment_effect``.
    """
    found = [
        Offered(measure, _source(policy, LADDER), rung, _off(policy, LADDER, measure))
        for rung, measure in enumerate(_rungs(policy))
    ]
    if entry_of(kind).conceals and "points_off" in _values(policy, CONCEALMENT):
        off = _off(policy, CONCEALMENT, Measure.POINTS_OFF)
        found.append(Offered(Measure.POINTS_OFF, _source(policy, CONCEALMENT), off=off))
    for code in _values(policy, LINKS):
        if code in _LINKED:
            off = _off(policy, LINKS, _LINKED[code])
            found.append(Offered(_LINKED[code], _source(policy, LINKS), off=off))
    return (*found, Offered(Measure.LEGAL_PROCEDURE))


def off_among(offered: Iterable[Offered], chosen: Collection[Measure]) -> tuple[Measure, ...]:
    """Those chosen that the plan does not let anybody use."""
    usable = {each.measure for each in offered if not each.off}
    return tuple(measure for measure in chosen if measure not in usable)


def skipped(
    offered: Iterable[Offered], chosen: Collection[Measure], done: Collection[Measure]
) -> tuple[Measure, ...]:
    """Rungs below the highest chosen one that neither were taken before nor are chosen now.

    ``done``: measures carried out against the same person in this matter or an earlier one. The
    plan's order holds; a decision that passes over a rung has to say why.
    """
    rungs = [each.measure for each in offered if each.rung is not None]
    top = max((n for n, measure in enumerate(rungs) if measure in chosen), default=-1)
    reached = max((n for n, measure in enumerate(rungs) if measure in done), default=-1)
    return tuple(m for m in rungs[reached + 1 : max(top, 0)] if m not in chosen)


def _rungs(policy: ResolvedPolicy) -> list[Measure]:
    known = {measure.value for measure in Measure}
    return [Measure(code) for code in _values(policy, LADDER) if code in known]


def _values(policy: ResolvedPolicy, key: str) -> tuple[str, ...]:
    found = policy.rules.get(key)
    value = found.rule.value if found else None
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, tuple) else ()


def _source(policy: ResolvedPolicy, key: str) -> str:
    return policy.rules[key].rule.source


def _off(policy: ResolvedPolicy, key: str, measure: Measure) -> str:
    state = policy.rules[key].state
    if state is not State.IN_FORCE:
        return state.value
    if measure is Measure.ECONOMIC_SANCTION and "staff" not in _in_force(policy, MONEY):
        return "no_money_rule"
    return ""


def _in_force(policy: ResolvedPolicy, key: str) -> tuple[str, ...]:
    return policy.items(key) if policy.is_on(key) else ()
