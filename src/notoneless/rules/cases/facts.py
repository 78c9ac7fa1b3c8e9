"""A case as plain values: its steps, and where they have brought it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.cases.kinds import AWAY, CLOSED, Level, Outcome, Source, State, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.duties.facts import ClassFact, Silence

Said = Mapping[str, object]
NOTHING: Said = MappingProxyType({})
BEFORE = "before"
"""Under which a step that was brought in says when it happened; its own day is that of the entry,
for nothing of before is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """One thing that happened in a case."""

    id: UUID
    kind: StepKind
    on: date
    hour: str = ""
    level: Level = Level.SYSTEM
    unit_id: UUID | None = None
    """Of whoever took it; of the receiver for acceptances and answers."""
    by: UUID | None = None
    paper_id: UUID | None = None
    deadline_on: date | None = None
    """The last day that a notice or order gives, or by which an answer is asked."""
    answers: UUID | None = None
    """The step to which this one is the answer."""
    said: Said = field(default_factory=lambda: NOTHING)

    @property
    def told_on(self) -> date:
        """The day from which the law counts: of what was brought in the day on its paper."""
        before = self.text(BEFORE)
        return date.fromisoformat(before) if before else self.on

    def text(self, name: str) -> str:
        """What was said under a name; empty when nothing was."""
        value = self.said.get(name, "")
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The units that have to do with a child's case."""

    of: ClassFact
    township_id: UUID | None = None
    village_id: UUID | None = None
    community_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """A case with all that its rules look at."""

    id: UUID
    child_id: UUID
    around: Around
    source: Source
    opened_on: date
    away_since: date
    """The first day on which the child was not there, as far as anybody knows."""
    steps: tuple[StepFact, ...]
    """Standing steps, in the order in which they happened."""
    silences: tuple[Silence, ...] = ()
    present_days: tuple[date, ...] = ()
    """School days on which a roll has seen the child since its last return, in order."""
    visits_in_vain: tuple[date, ...] = ()
    """Visits since the child is away that did not bring it back, in order."""
    is_looked_after: bool = True
    """Once it is closed: the child is registered here still and no later case of it was opened."""

    @property
    def standing(self) -> Standing:
        return stand(self.steps)

    def as_of(self, day: date) -> CaseFact:
        """The case as it was at the end of a day, without what came after it."""
        return replace(
            self,
            steps=tuple(step for step in self.steps if step.on <= day),
            present_days=tuple(on for on in self.present_days if on <= day),
            visits_in_vain=tuple(on for on in self.visits_in_vain if on <= day),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where its steps have brought a case."""

    state: State
    since: date
    steps: tuple[StepFact, ...] = field(repr=False)

    def last(self, *kinds: StepKind) -> StepFact | None:
        """The latest step of any of these kinds."""
        return next((step for step in reversed(self.steps) if step.kind in kinds), None)

    def all(self, *kinds: StepKind) -> tuple[StepFact, ...]:
        return tuple(step for step in self.steps if step.kind in kinds)

    def after(self, step: StepFact, *kinds: StepKind) -> StepFact | None:
        """The first step of these kinds that came after ``step``."""
        where = self.steps.index(step) + 1
        return next((each for each in self.steps[where:] if each.kind in kinds), None)

    def all_after(self, step: StepFact, *kinds: StepKind) -> tuple[StepFact, ...]:
        """All steps of these kinds that came after ``step``."""
        where = self.steps.index(step) + 1
        return tuple(each for each in self.steps[where:] if each.kind in kinds)

    def answer_to(self, step: StepFact, *kinds: StepKind) -> StepFact | None:
        """The latest step of these kinds that answers ``step``."""
        found = (s for s in reversed(self.steps) if s.answers == step.id and s.kind in kinds)
        return next(found, None)

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def confirmed_on(self) -> date | None:
        """When the school determined that the child has dropped out (认定)."""
        step = self.last(StepKind.DETERMINED)
        return step.on if step and step.text("result") != "not_dropped_out" else None

    @property
    def returned(self) -> StepFact | None:
        """The return that holds: the last one, unless the child was lost again since."""
        back = self.last(StepKind.RETURNED, StepKind.RETURNED_BY_MEASURE)
        if back is None or self.after(back, StepKind.RELAPSED) is not None:
            return None
        return back

    @property
    def relapses(self) -> int:
        return len(self.all(StepKind.RELAPSED))

    @property
    def outcome(self) -> Outcome | None:
        step = self.last(StepKind.CLOSED)
        return Outcome(step.text("outcome")) if step and not self.is_open else None

    def of_round(self, *kinds: StepKind) -> tuple[StepFact, ...]:
        """Steps of these kinds since the case opened or, after a relapse, since that."""
        relapse = self.last(StepKind.RELAPSED)
        first = self.steps.index(relapse) if relapse else 0
        return tuple(step for step in self.steps[first:] if step.kind in kinds)


def stand(steps: Iterable[StepFact]) -> Standing:
    """Fold a case's standing steps into where it stands; raises ``ValueError`` without any.

    Work on the ladder only climbs: a further visit after the report changes nothing about where
    the case is. A return, a relapse and an end leave the ladder or enter it anew.
    """
    taken = tuple(steps)
    if not taken:
        raise ValueError("a case begins with a step")
    state, since = State.SUSPECTED, taken[0].on
    for step in taken:
        entered = _entered(step)
        if entered is not None and entered is not state and _moves(state, entered, step):
            state, since = entered, step.on
    return Standing(state=state, since=since, steps=taken)


def _entered(step: StepFact) -> State | None:
    if step.kind is StepKind.CLOSED:
        came_back = step.text("outcome") in (Outcome.RETURNED, Outcome.ENFORCED)
        return State.ATTENDING if came_back else State.CLOSED_OTHER
    if step.kind is StepKind.DETERMINED and step.text("result") == "not_dropped_out":
        return None
    return transition_of(step.kind).target


def _moves(state: State, entered: State, step: StepFact) -> bool:
    if step.kind in (StepKind.RELAPSED, StepKind.CLOSED) or entered is State.RETURNED:
        return True
    if entered is State.WATCH:
        return state is State.RETURNED
    if state not in AWAY or entered not in AWAY:
        return False
    return AWAY.index(entered) > AWAY.index(state)
