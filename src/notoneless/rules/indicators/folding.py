"""Small cells of a chart are put together, until none could point to a child."""

from __future__ import annotations

from collections.abc import Mapping

from notoneless.rules.indicators.suppression import SMALLEST_SHOWN


def fold_small(counts: Mapping[str, int], *, into: str) -> dict[str, int] | None:
    """The counts with every small one added to ``into``; the sum stays what it was.

    Where ``into`` itself stays small, the next smallest goes into it as well, so that nobody can
    be worked out from the sum. ``None`` where there are too few in all to show any. Source: product
    §Protection.
    """
    shown = {key: n for key, n in counts.items() if key != into and n >= SMALLEST_SHOWN}
    rest = sum(counts.values()) - sum(shown.values())
    while 0 < rest < SMALLEST_SHOWN and shown:
        smallest = min(shown, key=lambda key: (shown[key], key))
        rest += shown.pop(smallest)
    if 0 < rest < SMALLEST_SHOWN:
        return None
    return {**shown, into: rest} if rest else shown
