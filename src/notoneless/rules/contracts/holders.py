"""Who holds a line, who held it before, and whether it is signed (R-177)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from notoneless.rules.contracts.kinds import Side
from notoneless.rules.contracts.states import Line


@dataclass(frozen=True, slots=True)
class Holder:
    """One holder of a line."""

    id: UUID
    side: Side
    position: int
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """How a line came to a holder."""

    old: UUID
    carries: bool
    """The older signature binds the new holder."""


def signature_of(holder: UUID, passed: Mapping[UUID, Passed], signed: Collection[UUID]) -> UUID:
    """The holder whose signature binds the line that ``holder`` holds now.

    Raises ``KeyError`` when nobody's does.
    """
    while holder not in signed:
        came = passed[holder]
        if not came.carries:
            raise KeyError(holder)
        holder = came.old
    return holder


def is_signed(holder: UUID, passed: Mapping[UUID, Passed], signed: Collection[UUID]) -> bool:
    """Whether the holder's line is signed, by himself or by one before him."""
    try:
        signature_of(holder, passed, signed)
    except KeyError:
        return False
    return True


def lines_of(
    holders: Sequence[Holder], passed: Mapping[UUID, Passed], signed: Collection[UUID]
) -> tuple[Line, ...]:
    """The lines of a contract as ``states.fold`` asks for them."""
    return tuple(
        Line(each.side, is_signed(each.id, passed, signed))
        for each in sorted(holders, key=lambda h: (h.side, h.position))
        if each.is_standing
    )
