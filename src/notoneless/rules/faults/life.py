"""What may follow what in a matter of accountability, and who does it (requirements §7.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.faults.kinds import AppealResult, FaultState, FaultStep, Outcome
from notoneless.rules.roles import Role


class Who(StrEnum):
    """Whose a step is."""

    HEARER = "hearer"
    """Whoever may raise faults at the post's unit."""
    DECIDER = "decider"
    PERSON = "person"
    PERSON_OR_HEARER = "person_or_hearer"
    """The person himself, or a hearer who takes in his paper."""


@dataclass(frozen=True, slots=True)
class Way:
    """From which states a step leads where."""

    who: Who
    after: frozenset[FaultState]
    to: FaultState
    otherwise: FaultState | None = None
    """Where a decision leads that upholds nothing, or a review that overturns."""


S, F = FaultState, FaultStep
_BEFORE_DECISION = frozenset({S.FOUND, S.INVESTIGATED, S.HEARING, S.HEARD})
WAYS: Mapping[FaultStep, Way] = MappingProxyType(
    {
        F.INVESTIGATED: Way(Who.HEARER, frozenset({S.FOUND}), S.INVESTIGATED),
        F.NOTICE_GIVEN: Way(Who.HEARER, frozenset({S.INVESTIGATED}), S.HEARING),
        F.STATED: Way(Who.PERSON_OR_HEARER, frozenset({S.HEARING, S.HEARD}), S.HEARD),
        F.REFUSED: Way(Who.HEARER, frozenset({S.HEARING}), S.HEARD),
        F.DECIDED: Way(Who.DECIDER, frozenset({S.HEARD}), S.DECIDED, S.NOT_UPHELD),
        F.SHOWN: Way(Who.PERSON_OR_HEARER, frozenset({S.DECIDED}), S.DECIDED),
        F.WAIVED: Way(Who.PERSON, frozenset({S.DECIDED}), S.DECIDED),
        F.APPEALED: Way(Who.PERSON_OR_HEARER, frozenset({S.DECIDED}), S.APPEALED),
        F.APPEAL_DECIDED: Way(Who.DECIDER, frozenset({S.APPEALED}), S.DECIDED, S.OVERTURNED),
        F.EXECUTED: Way(Who.HEARER, frozenset({S.DECIDED}), S.EXECUTED),
        F.TAKEN_FURTHER: Way(Who.HEARER, frozenset({S.EXECUTED}), S.INVESTIGATED),
        F.WITHDRAWN: Way(Who.HEARER, _BEFORE_DECISION, S.WITHDRAWN),
    }
)


@dataclass(frozen=True, slots=True)
class StepFact:
    """One step that was taken, or is about to be."""

    kind: FaultStep
    on: date
    by: UUID
    until: date | None = None
    """The last day of the time that it gives, inclusive."""
    said: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FaultFacts:
    """A matter as the rules see it; steps in their order."""

    person: UUID
    role: Role
    raised_by: UUID
    kind: str
    found_on: date
    steps: tuple[StepFact, ...] = ()

    @property
    def state(self) -> FaultState:
        return state_of(self.steps)

    def last(self, *kinds: FaultStep) -> StepFact | None:
        """The newest step of these kinds in the present round."""
        return next((step for step in reversed(self.round) if step.kind in kinds), None)

    @property
    def round(self) -> tuple[StepFact, ...]:
        """The steps since it was last taken further: every measure has a hearing of its own."""
        starts = [n for n, step in enumerate(self.steps) if step.kind is F.TAKEN_FURTHER]
        return self.steps[starts[-1] :] if starts else self.steps


def state_of(steps: Iterable[StepFact]) -> FaultState:
    """The fold of the steps. Raises ``ValueError`` when one could not follow the one before."""
    state = S.FOUND
    for step in steps:
        way = WAYS[step.kind]
        if state not in way.after:
            raise ValueError(f"{step.kind} does not follow {state}")
        state = target(step)
    return state


def target(step: StepFact) -> FaultState:
    """Where a step leads."""
    way = WAYS[step.kind]
    told = step.said.get("outcome") or step.said.get("result")
    ends_well = told in (None, Outcome.UPHELD, AppealResult.KEPT)
    return way.to if ends_well or way.otherwise is None else way.otherwise


class Turn(StrEnum):
    """Who has to do something next."""

    HEARER = "hearer"
    PERSON = "person"
    DECIDER = "decider"
    REVIEWER = "reviewer"
    NOBODY = "nobody"


def turn_of(facts: FaultFacts, *, today: date) -> tuple[Turn, date | None]:
    """Whose turn it is, and until which day (inclusive) where a time runs."""
    state = facts.state
    if state is S.HEARING:
        notice = facts.last(F.NOTICE_GIVEN)
        until = notice.until if notice else None
        is_over = until is not None and today > until
        return (Turn.HEARER, None) if is_over else (Turn.PERSON, until)
    if state is S.DECIDED:
        return _after_decision(facts, today)
    turns = {
        S.FOUND: Turn.HEARER,
        S.INVESTIGATED: Turn.HEARER,
        S.HEARD: Turn.DECIDER,
        S.APPEALED: Turn.REVIEWER,
    }
    return turns.get(state, Turn.NOBODY), None


def _after_decision(facts: FaultFacts, today: date) -> tuple[Turn, date | None]:
    shown = facts.last(F.SHOWN)
    if shown is None or is_final(facts, today=today):
        return Turn.HEARER, None
    return Turn.PERSON, shown.until


def is_final(facts: FaultFacts, *, today: date) -> bool:
    """Whether the decision can be carried out: seen, and accepted, kept in a review, or unasked
    for review until its time was over (R-217)."""
    if facts.state is not S.DECIDED:
        return facts.state is S.EXECUTED
    shown = facts.last(F.SHOWN)
    if shown is None:
        return False
    if facts.last(F.WAIVED, F.APPEAL_DECIDED) is not None:
        return True
    return shown.until is not None and today > shown.until
