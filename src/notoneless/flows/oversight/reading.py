"""Matters of accountability as somebody sees them: his own, those he hears, those he decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.models import Roll
from notoneless.cases.models import Case
from notoneless.cases.queries.doors import cases_seen
from notoneless.flows.oversight.deciding import Choices, choices_for
from notoneless.flows.oversight.refusals import FaultBlocked
from notoneless.flows.oversight.times import statement_until, times_for
from notoneless.oversight.queries.doors import (
    DECIDES,
    HEARS,
    Door,
    door_of,
    faults_of_others,
    faults_seen,
)
from notoneless.oversight.queries.lines import FaultFile, FaultLine, file_of, lines_of
from notoneless.places.queries.units import paths_of, unit_ids_below
from notoneless.rules.faults.guards import Obstacle, obstacles, open_steps
from notoneless.rules.faults.kinds import ENDED, FaultStep, LinkKind
from notoneless.rules.faults.life import WAYS, StepFact, Turn, Who
from notoneless.rules.faults.times import Times

MOST_CASES = 100


@dataclass(frozen=True, slots=True)
class FaultLists:
    """What the first page shows; a matter stands in one list only."""

    own: tuple[FaultLine, ...]
    """Held against the reader himself."""
    to_hear: tuple[FaultLine, ...]
    to_decide: tuple[FaultLine, ...]
    others: tuple[FaultLine, ...]
    """Where somebody else has the turn."""
    ended: tuple[FaultLine, ...]


@dataclass(frozen=True, slots=True)
class RollAt:
    """Where a roll's page is."""

    class_id: UUID
    day: date
    session: str


@dataclass(frozen=True, slots=True)
class FaultShown:
    """One matter as its reader may see it."""

    file: FaultFile
    doors: frozenset[Door]
    ready: tuple[FaultStep, ...]
    """Steps that the reader can take today."""
    waiting: tuple[tuple[FaultStep, tuple[Obstacle, ...]], ...]
    """Steps that are his, with what still stands in the way."""
    rolls: Mapping[UUID, RollAt]
    shows_source: bool
    times: Times
    """What the plan of the matter gives its person."""

    @property
    def is_own(self) -> bool:
        return Door.OWN in self.doors


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A dropout case that a matter can be about."""

    id: UUID
    child_id: UUID
    child_name: str
    opened_on: date


def fault_lists(actor: Actor, *, today: date) -> FaultLists:
    """Every matter that the actor may open, by whose turn it is; six statements.

    Who has no such post sees his own alone, and nothing where nothing is held against him.
    """
    lines = lines_of(faults_seen(actor, on=today), today=today)
    hears = _ids(actor, HEARS, today) if actor.may(HEARS) else set()
    decides = _ids(actor, DECIDES, today) if actor.may(DECIDES) else set()
    own, hear, decide, others, ended = [], [], [], [], []
    for line in lines:
        if line.person_id == actor.person_id:
            own.append(line)
        elif line.state in ENDED:
            ended.append(line)
        elif _decides_now(line, actor, decides):
            decide.append(line)
        elif line.turn is Turn.HEARER and line.id in hears | decides:
            hear.append(line)
        else:
            others.append(line)
    return FaultLists(tuple(own), tuple(hear), tuple(decide), tuple(others), tuple(ended))


def fault_shown(actor: Actor, fault_id: UUID, *, today: date) -> FaultShown:
    """One matter; eleven statements. The person charged never sees where it came from.

    Raises ``Fault.DoesNotExist`` for a matter out of reach.
    """
    row = faults_seen(actor, on=today).get(pk=fault_id)
    doors = door_of(actor, row, on=today)
    file = file_of(row, today=today)
    shows_source = Door.OWN not in doors and (
        Door.DECIDER in doors or file.line.raised_by == actor.person_id
    )
    if not shows_source:
        file = replace(file, source="", source_kind="")
    ready, waiting = _steps(actor, file, doors, today)
    times = times_for(row.policy_digest)
    return FaultShown(file, doors, ready, waiting, _rolls(file), shows_source, times)


def notice_until(shown: FaultShown, *, on: date) -> date | None:
    """What a notice of ``on`` names as the last day at the earliest; ``None`` where the time runs
    past the calendar."""
    try:
        return statement_until(shown.times, shown.file.line.unit_id, on=on)
    except FaultBlocked:
        return None


def decision_choices(actor: Actor, fault_id: UUID, *, today: date) -> Choices:
    """What a decision about a matter can say. Raises ``Fault.DoesNotExist``."""
    row = faults_seen(actor, on=today).get(pk=fault_id)
    return choices_for(row, file_of(row, today=today).facts, today=today)


def cases_at(actor: Actor, unit_id: UUID, *, today: date) -> list[CaseChoice]:
    """Dropout cases of a unit's children that the actor may see, newest first; two statements."""
    units = unit_ids_below(paths_of(unit_id, on=today), on=today)
    seen = cases_seen(actor, on=today)
    rows = Case.objects.none()
    for column in ("school", "township", "village"):
        rows = rows | seen.filter(**{f"{column}__in": units})
    columns = ("pk", "child", "child__name", "opened_on")
    found = rows.order_by("-opened_on", "-pk").values_list(*columns)[:MOST_CASES]
    return [CaseChoice(*row) for row in found]


def _ids(actor: Actor, capability: object, today: date) -> set[UUID]:
    rows = faults_of_others(actor, HEARS if capability is HEARS else DECIDES, on=today)
    return set(rows.values_list("pk", flat=True))


def _decides_now(line: FaultLine, actor: Actor, decides: set[UUID]) -> bool:
    turns = (Turn.DECIDER, Turn.REVIEWER)
    return line.turn in turns and line.id in decides and line.raised_by != actor.person_id


def _steps(
    actor: Actor, file: FaultFile, doors: frozenset[Door], today: date
) -> tuple[tuple[FaultStep, ...], tuple[tuple[FaultStep, tuple[Obstacle, ...]], ...]]:
    if actor.person_id is None:
        return (), ()
    ready: list[FaultStep] = []
    waiting: list[tuple[FaultStep, tuple[Obstacle, ...]]] = []
    for step in open_steps(file.facts, by=actor.person_id):
        if not _is_theirs(step, doors):
            continue
        found = _standing_in_the_way(actor.person_id, file, step, today)
        if found:
            waiting.append((step, found))
        else:
            ready.append(step)
    return tuple(ready), tuple(waiting)


def _is_theirs(step: FaultStep, doors: frozenset[Door]) -> bool:
    who = WAYS[step].who
    if Door.OWN in doors:
        return who in (Who.PERSON, Who.PERSON_OR_HEARER)
    return who is not Who.PERSON and (who is not Who.DECIDER or Door.DECIDER in doors)


def _standing_in_the_way(
    by: UUID, file: FaultFile, step: FaultStep, today: date
) -> tuple[Obstacle, ...]:
    """What no answer of the form can remove."""
    taking = StepFact(step, today, by, until=today, said={"witness": "?"})
    return obstacles(taking, file.facts, least_until=today)


def _rolls(file: FaultFile) -> dict[UUID, RollAt]:
    ids = [link.target_id for link in file.links if link.kind is LinkKind.ROLL]
    return rolls_at(ids)


def rolls_at(ids: list[UUID]) -> dict[UUID, RollAt]:
    """Where rolls lie, by id; one statement, none where there are none."""
    if not ids:
        return {}
    rows = Roll.objects.filter(pk__in=ids).values_list("pk", "school_class", "day", "session")
    return {pk: RollAt(unit, day, session) for pk, unit, day, session in rows}
