"""Parts of an appraisal, each by itself, and the score where a policy says how to add them.

Parts are outcomes and evidence, never keystrokes or pupils' marks; no person is put in an order.
Source: R-191 to R-193.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.resolved import ResolvedPolicy, State


class Part(StrEnum):
    """What an appraisal looks at."""

    KEPT = "kept"
    REPORTED = "reported"
    """Reports to the school that were in time, of those made."""
    VISITED = "visited"
    """Visits that were owed and done, of those owed."""
    RETURNED = "returned"
    """Children that came back, of those determined."""
    ENROLMENT = "enrolment"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Points:
    """One rule about points: what it takes off."""

    key: str
    times: int
    each: Decimal | None
    """``None`` while it is to be entered."""
    state: State
    source: str

    @property
    def off(self) -> Decimal | None:
        """Points taken off; ``None`` where the rule may not be applied."""
        if self.state is not State.IN_FORCE or self.each is None:
            return None
        return self.each * self.times


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A class teacher's appraisal in parts: no sum is made where the policy names none."""

    parts: tuple[tuple[Part, Ratio], ...]
    points: tuple[Points, ...]

    @property
    def off(self) -> Decimal | None:
        """All points taken off; ``None`` where no rule about points is in force."""
        known = [each.off for each in self.points if each.off is not None]
        return sum(known, Decimal(0)) if known else None


def appraisal_of(
    outcome: Outcome,
    policy: ResolvedPolicy,
    *,
    reports: Ratio,
    visits: Ratio,
) -> Appraisal:
    """The parts of a class's appraisal, and the points that the policy takes off.

    A returned child takes nothing off, nor does one whose exception was granted. Raises nothing.
    """
    back, lost = len(outcome.returned), len(outcome.lost)
    parts = (
        (Part.KEPT, Ratio(outcome.base - lost, outcome.base)),
        (Part.REPORTED, reports),
        (Part.VISITED, visits),
        (Part.RETURNED, Ratio(back, back + lost)),
    )
    charged = sum(1 for loss in outcome.lost if not loss.is_exempt)
    late = reports.under - reports.over
    times = {"points_dropout_class": charged, "points_late_report": late}
    points = [
        Points(
            key,
            number,
            Decimal(str(rule.value)) if rule.value is not None else None,
            policy.rules[key].state,
            rule.source,
        )
        for key, number in times.items()
        if key in policy.rules
        for rule in (policy.rules[key].rule,)
    ]
    return Appraisal(parts, tuple(points))


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's part of the yearly assessment."""

    parts: tuple[tuple[Part, Ratio], ...]
    weight: Decimal | None
    """Points out of a hundred that dropout control has; ``None`` while it is to be entered."""
    source: str = ""

    @property
    def score(self) -> Decimal | None:
        """Weight × the mean of the parts that are known, to two places; ``None`` where the weight
        is to be entered or no part is known."""
        known = [part for _, part in self.parts if part.is_known]
        if self.weight is None or not known:
            return None
        mean = sum((Fraction(p.over, p.under) for p in known), Fraction(0)) / len(known)
        exact = Fraction(self.weight) * mean
        figure = Decimal(exact.numerator) / Decimal(exact.denominator)
        return figure.quantize(Decimal("0.01"), ROUND_HALF_UP)


def unit_score(
    outcome: Outcome, policy: ResolvedPolicy, *, enrolment: Sequence[Ratio] = ()
) -> UnitScore | None:
    """The degree of popularisation (enrolment and retention) under the policy's weight; ``None``
    where the policy knows no such weight."""
    rule = policy.rules.get("assessment_weight")
    if rule is None:
        return None
    kept = Ratio(outcome.base - len(outcome.lost), outcome.base)
    parts = [(Part.RETENTION, kept), *((Part.ENROLMENT, each) for each in enrolment)]
    weight = policy.number("assessment_weight") if policy.is_on("assessment_weight") else None
    return UnitScore(tuple(parts), weight, rule.rule.source)
