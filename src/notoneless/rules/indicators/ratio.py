"""Shares as pairs of whole numbers: compared exactly, rounded only to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import gcd

from notoneless.rules.policy.measures import Operator, exceeds

Z = Decimal("1.959963984540054")
"""The 97.5 % point of the normal distribution: an interval that holds 95 times in a hundred."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """``over`` out of ``under``; a share of nothing is not known and neither more nor less.

    Never divided to be compared: 2 of 1,000 is exactly 0.2 %.
    """

    over: int
    under: int

    @property
    def is_known(self) -> bool:
        return self.under > 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ratio):
            return NotImplemented
        if not (self.is_known and other.is_known):
            return self.is_known == other.is_known
        return self.over * other.under == other.over * self.under

    def __hash__(self) -> int:
        if not self.is_known:
            return hash(None)
        shared = gcd(self.over, self.under)
        return hash((self.over // shared, self.under // shared))

    def __lt__(self, other: Ratio) -> bool:
        return self._both_known(other) and self.over * other.under < other.over * self.under

    def __le__(self, other: Ratio) -> bool:
        return self._both_known(other) and self.over * other.under <= other.over * self.under

    def __gt__(self, other: Ratio) -> bool:
        return other < self

    def __ge__(self, other: Ratio) -> bool:
        return other <= self

    def stands(self, operator: Operator, per_cent: int | Decimal) -> bool | None:
        """Whether "this share ``operator`` so many per cent" is true; ``None`` when not known."""
        if not self.is_known:
            return None
        return exceeds(self.over, self.under, per_cent, operator)

    def per_cent(self, places: int = 2) -> str:
        """Digits before and after the point, half away from zero; empty when not known.

        Without the sign %, which stands where the reader's language wants it.
        """
        if not self.is_known:
            return ""
        scale = 10**places
        # Whole numbers throughout, so that a half is a half.
        doubled = abs(self.over) * 200 * scale + self.under
        figure = Decimal(doubled // (2 * self.under)) / scale
        return f"{-figure if self.over < 0 and figure else figure:.{places}f}"

    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Between which per cents the share would lie 95 times in a hundred (Wilson).

        For comparing small units with large ones: one child of twenty and fifty of a thousand are
        both 5 %. Two places, outward never beyond 0 and 100; ``None`` when not known, or when the
        pair is no share of a whole (a residual may be below nothing).
        """
        if not self.is_known or not 0 <= self.over <= self.under:
            return None
        with localcontext() as context:
            context.prec = 30
            share, size = Decimal(self.over) / self.under, Decimal(self.under)
            middle = share + Z * Z / (2 * size)
            spread = Z * (share * (1 - share) / size + Z * Z / (4 * size * size)).sqrt()
            whole = 1 + Z * Z / size
            return _shown((middle - spread) / whole), _shown((middle + spread) / whole)

    def _both_known(self, other: Ratio) -> bool:
        return self.is_known and other.is_known


def _shown(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
