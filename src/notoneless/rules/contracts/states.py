"""The life of a contract: what may follow what, folded from its facts (requirements §7.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.contracts.kinds import Side


class Stage(StrEnum):
    """How far a contract has come by what was done; the calendar is not in it."""

    DRAFT = "draft"
    """Drawn up and frozen; nobody has signed."""
    SIGNED_A = "signed_a"
    SIGNED_B = "signed_b"
    """The other side signed first, as at a parents' meeting."""
    SIGNED = "signed"
    SETTLED = "settled"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What a contract is on a day."""

    DRAFT = "draft"
    SIGNED_A = "signed_a"
    SIGNED_B = "signed_b"
    SIGNED = "signed"
    """By both; its period has not begun."""
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    """Its period ended before both had signed."""
    SETTLED = "settled"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    SIGN = "sign"
    SUCCEED = "succeed"
    AMEND = "amend"
    FILE = "file"
    """Say where the paper lies."""
    SETTLE = "settle"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Transition:
    """What an act needs; where it leads follows from the facts (``fold``)."""

    sources: frozenset[Standing]


_OPEN = frozenset({Standing.DRAFT, Standing.SIGNED_A, Standing.SIGNED_B})
_BOUND = frozenset({Standing.SIGNED, Standing.IN_FORCE})
TRANSITIONS: Mapping[Act, Transition] = MappingProxyType(
    {
        Act.SIGN: Transition(_OPEN),
        Act.SUCCEED: Transition(_OPEN | _BOUND),
        Act.AMEND: Transition(_BOUND),
        Act.FILE: Transition(_BOUND | {Standing.EXPIRED, Standing.SETTLED, Standing.ARCHIVED}),
        Act.SETTLE: Transition(_BOUND | {Standing.EXPIRED}),
        Act.WITHDRAW: Transition(_OPEN | {Standing.LAPSED}),
    }
)


class Ending(StrEnum):
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """One line under a contract: signed by whoever holds it, or by one before him."""

    side: Side
    is_signed: bool


def fold(lines: tuple[Line, ...], *, ending: Ending | None = None, is_filed: bool = False) -> Stage:
    """How far a contract has come. A side has signed when all its lines have."""
    if ending is Ending.WITHDRAWN:
        return Stage.WITHDRAWN
    if ending is Ending.SETTLED:
        return Stage.ARCHIVED if is_filed else Stage.SETTLED
    signed = {side: _has_signed(lines, side) for side in Side}
    if all(signed.values()):
        return Stage.SIGNED
    if signed[Side.A]:
        return Stage.SIGNED_A
    return Stage.SIGNED_B if signed[Side.B] else Stage.DRAFT


def standing_on(
    stage: Stage, *, in_force_on: date | None, to_on: date | None, today: date
) -> Standing:
    """What a contract is today; ``to_on`` is the first day on which it no longer holds."""
    is_over = to_on is not None and today >= to_on
    if stage in {Stage.DRAFT, Stage.SIGNED_A, Stage.SIGNED_B}:
        return Standing.LAPSED if is_over else Standing(stage.value)
    if stage is not Stage.SIGNED:
        return Standing(stage.value)
    if is_over:
        return Standing.EXPIRED
    is_in_force = in_force_on is not None and in_force_on <= today
    return Standing.IN_FORCE if is_in_force else Standing.SIGNED


def may(act: Act, standing: Standing) -> bool:
    """Whether an act is possible now; who may do it is the caller's question."""
    return standing in TRANSITIONS[act].sources


def _has_signed(lines: tuple[Line, ...], side: Side) -> bool:
    own = [line for line in lines if line.side is side]
    return bool(own) and all(line.is_signed for line in own)
