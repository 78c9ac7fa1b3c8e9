"""Which cells of a table of indicators may leave the house: none that could point to a child."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from notoneless.flows.indicators.showing import Shown
from notoneless.numbers.queries.table import Line, Span
from notoneless.rules.indicators.counts import NOT_SUMS, Count
from notoneless.rules.indicators.formulas import Terms
from notoneless.rules.indicators.suppression import Sum, hidden_cells

HIDDEN = "*"
UNKNOWN = "—"


def published(shown: Shown) -> tuple[list[list[str]], list[str]]:
    """The texts of each line and of the whole; ``*`` for whatever is hidden.

    Numbers below ten are hidden, and with them those from which they could be worked out: through
    the sums of columns, through what is left of a base, and through a share beside its base.
    """
    lines = [*shown.lines, shown.table.total]
    counts, sums = _equations(shown, lines)
    hidden = hidden_cells(counts, sums)
    texts = [_texts(shown, line, n, hidden) for n, line in enumerate(lines)]
    return texts[:-1], texts[-1]


def _equations(shown: Shown, lines: list[Line]) -> tuple[dict[Hashable, int], list[Sum]]:
    counts: dict[Hashable, int] = {}
    sums: list[Sum] = []
    for n, line in enumerate(lines):
        for span, found in line.counts.items():
            counts |= {(n, span, count): number for count, number in found.items()}
        sums += _within(shown, line, n, counts)
    whole = len(lines) - 1
    for count in shown.columns:
        parts = tuple((n, Span.PERIOD, count) for n in range(whole))
        key = (whole, Span.PERIOD, count)
        is_sum = count not in NOT_SUMS and {key, *parts} <= counts.keys()
        if is_sum and sum(counts[part] for part in parts) == counts[key]:
            sums.append(Sum(key, parts))
    return counts, sums


def _within(shown: Shown, line: Line, n: int, counts: dict[Hashable, int]) -> list[Sum]:
    """What a line gives away by itself: the pair of each share, and what is left between them."""
    sums: list[Sum] = []
    for rate in shown.rates:
        found = line.of(rate.span)
        ratio = rate.indicator.ratio(found)
        if not ratio.is_known:
            continue
        name = (n, rate.span, rate.indicator.key)
        over, under, rest = (*name, "over"), (*name, "under"), (*name, "rest")
        counts |= {over: ratio.over, under: ratio.under, rest: ratio.under - ratio.over}
        sums.append(Sum(under, (over, rest)))
        for side, terms in ((over, rate.indicator.over), (under, rate.indicator.under)):
            sums += _side(side, terms, (n, rate.span), counts)
    return sums


def _side(
    side: Hashable, terms: Terms, at: tuple[int, Span], counts: dict[Hashable, int]
) -> list[Sum]:
    """One side of a share without signs: itself and what is taken off make what is added."""
    added = tuple((*at, term.count) for term in terms if term.sign > 0)
    taken = tuple((*at, term.count) for term in terms if term.sign < 0)
    whole = (side, "added")
    counts[whole] = sum(counts[cell] for cell in added)
    return [Sum(whole, added), Sum(whole, (side, *taken))]


def _texts(shown: Shown, line: Line, n: int, hidden: frozenset[Hashable]) -> list[str]:
    found = line.of(Span.PERIOD)
    texts = [
        HIDDEN if (n, Span.PERIOD, count) in hidden else _number(found, count)
        for count in shown.columns
    ]
    for rate in shown.rates:
        ratio = rate.indicator.ratio(line.of(rate.span))
        name = (n, rate.span, rate.indicator.key)
        cells = {(*name, "over"), (*name, "under"), (*name, "rest")}
        shows = f"{ratio.per_cent()}%" if ratio.is_known else UNKNOWN
        texts.append(HIDDEN if ratio.is_known and cells & hidden else shows)
    return texts


def _number(counts: Mapping[Count, int], count: Count) -> str:
    return str(counts[count]) if count in counts else UNKNOWN
