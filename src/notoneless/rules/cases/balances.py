"""The steps that stand for what happened before a place used the system (opening balances)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notoneless.rules.cases.kinds import AWAY, State, StepKind

_RUNGS: Mapping[State, tuple[StepKind, ...]] = MappingProxyType(
    {
        State.SUSPECTED: (),
        State.CONFIRMED: (StepKind.DETERMINED,),
        State.MOBILISING: (StepKind.VISITED,),
        State.PERSUADED_LETTER: (StepKind.LETTER_SERVED,),
        State.REPORTED: (StepKind.REPORTED, StepKind.ACCEPTED),
        State.NOTICE_SERVED: (StepKind.NOTICE_SERVED,),
        State.NOTICE_EXPIRED: (StepKind.NOTICE_EXPIRED,),
        State.ORDERED: (StepKind.STATEMENT_HEARD, StepKind.ORDER_SERVED),
        State.ORDER_EXPIRED: (StepKind.ORDER_EXPIRED,),
        State.PENALISED: (StepKind.PENALTY_SERVED,),
        State.JUDICIAL: (StepKind.SUED,),
    }
)
RUNNING = frozenset({State.NOTICE_SERVED, State.ORDERED})
"""Stages in which a paper's deadline runs: without one it would never run out."""
_ALWAYS = frozenset({State.CONFIRMED, State.REPORTED, State.NOTICE_SERVED})
"""What must have been before anything later; the rest may have been left out."""


def steps_up_to(state: State) -> tuple[StepKind, ...]:
    """The steps that bring a case to a state in which the child is still away, in order.

    The opening is not among them. Raises ``ValueError`` for a state that is no rung.
    """
    if state not in AWAY:
        raise ValueError(f"{state} is no rung of the ladder")
    here = AWAY.index(state)
    rungs = [rung for rung in AWAY[:here] if rung in _ALWAYS] + [state]
    return tuple(step for rung in rungs for step in _RUNGS[rung])
