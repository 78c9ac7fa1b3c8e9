"""A share as a dot with whiskers, drawn by the server as SVG inside its row of the table.

Not by ECharts: the picture has to stand beside its integer pair and its unit, in each row, on paper
and without script too, and forty charts in a page would weigh on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from notoneless.rules.indicators.ratio import Ratio

WIDTH = 120
MARGIN = 4
STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Axis:
    """From which per cent to which all rows of a column are drawn."""

    least: int
    most: int

    def at(self, per_cent: Decimal) -> str:
        share = (per_cent - self.least) / (self.most - self.least)
        return f"{MARGIN + share * (WIDTH - 2 * MARGIN):.1f}"


@dataclass(frozen=True, slots=True)
class Whiskers:
    """One row's share, and where its drawing stands."""

    ratio: Ratio
    per_cent: str
    """Empty where the share is not known."""
    low: str = ""
    high: str = ""
    """Ends of the interval in per cent."""
    x: str = ""
    x_low: str = ""
    x_high: str = ""


def axis_of(ratios: Iterable[Ratio], *, from_top: bool) -> Axis:
    """An axis that holds every interval: down from 100 where more is better, up from 0 else."""
    found = [ends for ratio in ratios if (ends := ratio.interval()) is not None]
    if not found:
        return Axis(0, 100)
    reach = 100 - min(low for low, _ in found) if from_top else max(high for _, high in found)
    step = next(step for step in STEPS if step >= reach)
    return Axis(100 - step, 100) if from_top else Axis(0, step)


def whiskers(ratio: Ratio, axis: Axis) -> Whiskers:
    ends = ratio.interval()
    if ends is None:
        return Whiskers(ratio, ratio.per_cent())
    low, high = ends
    middle = Decimal(ratio.over * 100) / ratio.under
    return Whiskers(
        ratio,
        ratio.per_cent(),
        f"{low:.1f}",
        f"{high:.1f}",
        axis.at(middle),
        axis.at(low),
        axis.at(high),
    )
