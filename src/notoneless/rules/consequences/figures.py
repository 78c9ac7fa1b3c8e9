"""A rule's figure, read whether it may be applied or not: what is off is shown as off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator, holds
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.resolved import ResolvedPolicy, ResolvedRule, State


class Standing(StrEnum):
    """Whether a line may take effect, or why not; the graver reason comes first."""

    TO_BE_ENTERED = "to_be_entered"
    BELOW_FLOOR = "below_floor"
    NO_LEGAL_BASIS = "no_legal_basis"
    OUT_OF_REACH = "out_of_reach"
    """The place's money rules do not reach such a bearer (C-37)."""
    BAD_SHARES = "bad_shares"
    """The shares of liability do not add to 100 per cent (R-201)."""
    VACANT = "vacant"
    """Nobody held the role: nobody else answers in its place."""
    TO_BE_DECIDED = "to_be_decided"
    """The rule leaves it to a person; without a decision it has no effect."""
    IN_FORCE = "in_force"


MAY_TAKE_EFFECT = frozenset({Standing.IN_FORCE, Standing.TO_BE_DECIDED})
_GRAVEST_FIRST = tuple(Standing)
_OF_STATE = {
    State.IN_FORCE: Standing.IN_FORCE,
    State.TO_BE_ENTERED: Standing.TO_BE_ENTERED,
    State.NO_LEGAL_BASIS: Standing.NO_LEGAL_BASIS,
    State.BELOW_FLOOR: Standing.BELOW_FLOOR,
}


def gravest(*standings: Standing) -> Standing:
    """The strongest reason why a line has no effect; in force when there is none."""
    return min(standings, key=_GRAVEST_FIRST.index, default=Standing.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A rule with its value, released or not."""

    key: str
    resolved: ResolvedRule

    @property
    def rule(self) -> Rule:
        return self.resolved.rule

    @property
    def standing(self) -> Standing:
        return _OF_STATE[self.resolved.state]

    @property
    def pack(self) -> str:
        return self.resolved.origin.pack

    @property
    def number(self) -> Decimal | None:
        """``None`` while it is to be entered."""
        value = self.rule.value
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return Decimal(value)
        return None

    @property
    def fen(self) -> int | None:
        """Money; ``None`` while it is to be entered."""
        number = self.number
        return None if number is None else int(number)

    @property
    def word(self) -> str:
        """A choice; empty while it is to be entered."""
        return self.rule.value if isinstance(self.rule.value, str) else ""

    @property
    def items(self) -> tuple[str, ...]:
        """Codes in the order of the policy; none while they are to be entered."""
        value = self.rule.value
        return (
            tuple(each for each in value if isinstance(each, str))
            if isinstance(value, tuple)
            else ()
        )

    @property
    def rows(self) -> tuple[Mapping[str, object], ...]:
        value = self.rule.value
        return (
            tuple(each for each in value if isinstance(each, Mapping))
            if isinstance(value, tuple)
            else ()
        )

    def about(self, over: int, under: int | None = None) -> Condition:
        """The question whether ``over`` (of ``under``) stands to this figure as it says."""
        return Condition(self.key, over, under, self.rule.operator, self.number)


@dataclass(frozen=True, slots=True)
class Condition:
    """Why a line was drawn: “2 / 100 ≥ 2 %”, “流失 2 人 ≥ 2 人”."""

    key: str
    over: int
    under: int | None
    """The base of a share; ``None`` for a plain count."""
    operator: Operator | None
    bound: Decimal | None
    """Per cents or pupils; ``None`` where the figure is to be entered or there is none."""

    @property
    def lacks_base(self) -> bool:
        """Whether it is a share of a headcount that nobody has entered."""
        return self.under is not None and self.under <= 0

    @property
    def is_met(self) -> bool | None:
        """``None`` when the figure, or the share, is not known."""
        if self.bound is None or self.operator is None:
            return None
        if self.under is None:
            return holds(self.over, self.operator, self.bound)
        return Ratio(self.over, self.under).stands(self.operator, self.bound)


def figure(policy: ResolvedPolicy, key: str) -> Figure | None:
    """The figure of ``key``; ``None`` where the policy says nothing about it."""
    found = policy.rules.get(key)
    return None if found is None else Figure(key, found)


def first_figure(policy: ResolvedPolicy, *keys: str) -> Figure | None:
    """The first of several figures that the policy has."""
    return next((found for key in keys if (found := figure(policy, key)) is not None), None)
