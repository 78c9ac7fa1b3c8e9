"""A table of indicators as cells: each number with the address of what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.flows.indicators.showing import Rate, Shown
from notoneless.flows.overview.units import SHOWN
from notoneless.numbers.queries.table import Line, Span
from notoneless.rules.indicators.counts import CHILDREN, TALLIED, Count
from notoneless.rules.indicators.ratio import Ratio
from notoneless.web.indicators.words import BASES, COUNTS, EXCLUSIONS, INDICATORS, MEANINGS, formula
from notoneless.web.overview.tables import unit_name

UNKNOWN = "—"
LISTED = frozenset({*TALLIED, Count.LEAVERS, Count.PROMOTED, Count.LOST_BETWEEN, Count.ENTRY})
"""Counts that open to children, and those that open to rolls."""
OPENING = LISTED | {Count.ABSENT, Count.ROLLS_MISSING}
KEPT = ("stage", "grade", "period", "since", "until", "known")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number or share as it is shown."""

    label: str
    text: str
    url: str = ""
    note: str = ""
    """What stands in small under it: the pair of a share, or that it was entered."""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    cells: tuple[Cell, ...]


def rows_of(shown: Shown, asked: QueryDict, today: date) -> list[Row]:
    """The lines of a table; a unit below opens to its own table."""
    return [_row(line, shown, asked, today) for line in shown.lines]


def total_of(shown: Shown, asked: QueryDict, today: date) -> Row:
    return _row(shown.table.total, shown, asked, today)


def headings_of(shown: Shown) -> list[str]:
    counts = [str(COUNTS[count]) for count in shown.columns]
    return counts + [str(INDICATORS[rate.indicator.key]) for rate in shown.rates]


def _row(line: Line, shown: Shown, asked: QueryDict, today: date) -> Row:
    is_total = line is shown.table.total
    scope = shown.table.scope_of(line)
    name = _("合计") if is_total else unit_name(line.unit, today)
    if scope.without_class:
        name = _("没有分班的")
    kept = {key: str(asked[key]) for key in KEPT if asked.get(key)}
    kept |= {"unit": str(line.unit.id)} | ({"rest": "1"} if scope.without_class else {})
    opens = not is_total and not scope.without_class and line.unit.kind in SHOWN
    sheet = kept | {"sheet": shown.table.sheet.value}
    counts = tuple(_count(count, line, kept) for count in shown.columns)
    rates = tuple(_rate(rate, line) for rate in shown.rates)
    url = f"{reverse('indicators')}?{urlencode(sheet)}" if opens else ""
    return Row(name, url, counts + rates)


def _count(count: Count, line: Line, kept: dict[str, str]) -> Cell:
    label = str(COUNTS[count])
    number = line.of(Span.PERIOD).get(count)
    if number is None:
        return Cell(label, UNKNOWN)
    if typed := line.typed.get((Span.PERIOD, count)):
        return Cell(label, str(number), note=_("录入：%(source)s") % {"source": typed[0].source})
    address = ""
    if number and count in OPENING:
        query = urlencode(kept | {"count": count.value})
        address = f"{reverse('indicators-behind')}?{query}"
    return Cell(label, str(number), address)


def _rate(rate: Rate, line: Line) -> Cell:
    indicator = rate.indicator
    ratio = indicator.ratio(line.of(rate.span))
    label = str(INDICATORS[indicator.key])
    if not ratio.is_known:
        return Cell(label, UNKNOWN)
    tone = ""
    if indicator.bound is not None:
        is_met = ratio.stands(indicator.bound.operator, indicator.bound.per_cent)
        tone = "" if is_met else "attention"
    return Cell(label, f"{ratio.per_cent()}%", note=_pair(ratio), tone=tone)


def _pair(ratio: Ratio) -> str:
    return f"{ratio.over} / {ratio.under}"


def interval_of(ratio: Ratio) -> str:
    """Between which per cents the share lies 95 times in a hundred; empty when not known."""
    bounds = ratio.interval()
    return f"{bounds[0]}%–{bounds[1]}%" if bounds else ""


def meanings_of(shown: Shown) -> list[dict[str, Any]]:
    """What each column of counts counts."""
    return [
        {"name": COUNTS[c], "means": MEANINGS[c], "is_of_children": c in CHILDREN}
        for c in shown.columns
    ]


def formulas_of(shown: Shown) -> list[dict[str, Any]]:
    """Formula, base, exclusions and source of each rate, from what computes it."""
    total = shown.table.total
    return [
        {
            "name": INDICATORS[rate.indicator.key],
            "formula": formula(rate.indicator),
            "base": BASES[rate.indicator.base],
            "exclusions": [EXCLUSIONS[each] for each in rate.indicator.exclusions],
            "source": rate.indicator.source,
            "pack": rate.indicator.pack,
            "bound": _bound_of(rate),
            "interval": interval_of(rate.indicator.ratio(total.of(rate.span))),
        }
        for rate in shown.rates
    ]


SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "="}


def _bound_of(rate: Rate) -> str:
    bound = rate.indicator.bound
    if bound is None:
        return ""
    return f"{SIGNS[bound.operator.value]} {bound.per_cent.normalize():f}%（{bound.source}）"
