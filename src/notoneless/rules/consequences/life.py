"""The life of one line: computed, an exception filed and verified, decided, settled (§7.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.consequences.figures import MAY_TAKE_EFFECT, Standing
from notoneless.rules.consequences.lines import GOOD, Kind


class LineState(StrEnum):
    COMPUTED = "computed"
    EXCEPTION_FILED = "exception_filed"
    VERIFIED = "verified"
    """Somebody looked into the exception and answered the policy's conditions."""
    APPROVED = "approved"
    CHANGED = "changed"
    LIFTED = "lifted"
    """The exception was granted and nothing is left of the line (R-206)."""
    REJECTED = "rejected"
    SETTLED = "settled"
    """Paid, deducted or carried out, with its receipt."""


class LineStep(StrEnum):
    FILE = "file"
    VERIFY = "verify"
    GRANT = "grant"
    APPROVE = "approve"
    CHANGE = "change"
    REJECT = "reject"
    SETTLE = "settle"
    CORRECT = "correct"
    """The day or the receipt of what was carried out was written down wrongly."""


DECISIONS = frozenset({LineStep.GRANT, LineStep.APPROVE, LineStep.CHANGE, LineStep.REJECT})
"""What only the approver does."""
DONE = frozenset({LineStep.SETTLE, LineStep.CORRECT})
"""Steps after the confirmation, each with its day."""
IN_EFFECT = frozenset({LineState.APPROVED, LineState.CHANGED, LineState.SETTLED})
"""States in which a line of a confirmed settlement holds."""
PENDING = frozenset({LineState.EXCEPTION_FILED, LineState.VERIFIED})
"""An exception waits: nothing is confirmed over somebody's head."""

_S, _T = LineState, LineStep
_DECIDED: Mapping[LineStep, LineState] = {
    _T.APPROVE: _S.APPROVED,
    _T.CHANGE: _S.CHANGED,
    _T.REJECT: _S.REJECTED,
}
TRANSITIONS: Mapping[LineState, Mapping[LineStep, LineState]] = MappingProxyType(
    {
        _S.COMPUTED: {**_DECIDED, _T.FILE: _S.EXCEPTION_FILED},
        _S.EXCEPTION_FILED: {_T.VERIFY: _S.VERIFIED},
        _S.VERIFIED: {**_DECIDED, _T.GRANT: _S.LIFTED},
        _S.APPROVED: {**_DECIDED, _T.FILE: _S.EXCEPTION_FILED, _T.SETTLE: _S.SETTLED},
        _S.CHANGED: {**_DECIDED, _T.FILE: _S.EXCEPTION_FILED, _T.SETTLE: _S.SETTLED},
        _S.LIFTED: dict(_DECIDED),
        _S.REJECTED: dict(_DECIDED),
        _S.SETTLED: {_T.CORRECT: _S.SETTLED},
    }
)
"""What may follow what. A granted exception that leaves a part of the line changes it instead."""


class Obstacle(StrEnum):
    """Why a step is not open."""

    OFF = "off"
    """The rule has no effect here: there is nothing to decide."""
    NOT_NOW = "not_now"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NOTHING_TO_EXCUSE = "nothing_to_excuse"
    """A reward, or a line that no loss stands behind."""
    TWICE = "twice"
    """One exception a line."""
    UNANSWERED = "unanswered"
    """A condition of the policy is not answered with yes (R-216)."""
    UNNAMED = "unnamed"
    """Nobody is named yet who bears it."""
    MORE_THAN_COMPUTED = "more_than_computed"
    """A change may take off, never add: the legal basis covers the computed figure alone."""


def state_after(state: LineState, step: LineStep, *, is_rest: bool = False) -> LineState:
    """The state that ``step`` leads to. ``is_rest``: a granted exception leaves a part.

    Raises ``KeyError`` where the step may not follow.
    """
    reached = TRANSITIONS[state][step]
    return LineState.CHANGED if step is LineStep.GRANT and is_rest else reached


def fold(steps: Iterable[tuple[LineStep, bool]]) -> LineState:
    """The state after steps in their order, each with ``is_rest``."""
    state = LineState.COMPUTED
    for step, is_rest in steps:
        state = state_after(state, step, is_rest=is_rest)
    return state


def obstacle(
    step: LineStep, state: LineState, *, kind: Kind, standing: Standing, is_confirmed: bool
) -> Obstacle | None:
    """Why ``step`` is not open for a line; ``None`` when it is."""
    if standing not in MAY_TAKE_EFFECT or kind is Kind.ACCOUNTABILITY:
        return Obstacle.OFF
    if step in DONE:
        if not is_confirmed:
            return Obstacle.NOT_CONFIRMED
    elif is_confirmed:
        return Obstacle.CONFIRMED
    if step is LineStep.FILE and kind in GOOD:
        return Obstacle.NOTHING_TO_EXCUSE
    return None if step in TRANSITIONS[state] else Obstacle.NOT_NOW


def waits_for_decision(state: LineState, *, kind: Kind, standing: Standing) -> bool:
    """Whether nothing can be confirmed before a person has decided this line."""
    if state in PENDING:
        return True
    is_left_to_people = standing is Standing.TO_BE_DECIDED and kind is not Kind.ACCOUNTABILITY
    return is_left_to_people and state is LineState.COMPUTED


def unanswered(conditions: Iterable[str], answers: Mapping[str, bool]) -> tuple[str, ...]:
    """Conditions of the policy that nobody has answered with yes; all must be for an exemption."""
    return tuple(each for each in conditions if answers.get(each) is not True)
