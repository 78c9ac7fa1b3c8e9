"""Matters of accountability as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from notoneless.oversight.models import Fault, FaultFact
from notoneless.places.models import UnitPlace
from notoneless.rules.faults.kinds import FaultState, FaultStep, LinkKind, Measure
from notoneless.rules.faults.life import FaultFacts, StepFact, Turn, turn_of
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One matter in a list; without a word of what is said in it."""

    id: UUID
    unit_id: UUID
    unit_kind: str
    unit_name: str
    unit_stage: str
    unit_entered_in: int | None
    person_id: UUID
    person_name: str
    role: Role
    kind: str
    basis: str
    found_on: date
    state: FaultState
    turn: Turn
    until: date | None
    """Inclusive: until when the one who has the turn has time."""
    raised_by: UUID
    school: str
    """Of a class: its school's name; empty for other units."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step with who took it."""

    id: UUID
    kind: FaultStep
    on: date
    until: date | None
    by_id: UUID
    by_name: str
    by_role: Role | None
    """``None`` for the person charged."""
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LinkLine:
    kind: LinkKind
    target_id: UUID
    on: date | None


@dataclass(frozen=True, slots=True)
class FaultFile:
    """A matter with everything in it; the reader's door says what of it shows."""

    line: FaultLine
    facts: FaultFacts
    told: str
    """What is held against the person."""
    source_kind: str
    source: str
    raised_name: str
    raised_role: Role
    policy_digest: str
    steps: tuple[StepLine, ...]
    links: tuple[LinkLine, ...]

    @property
    def has_measure(self) -> bool:
        """Whether a decision of the present round imposes something."""
        decided = self.facts.last(FaultStep.DECIDED)
        return bool(decided and decided.said.get("measures"))


def lines_of(rows: QuerySet[Fault], *, today: date) -> list[FaultLine]:
    """Newest first, at most ``MOST_LISTED``; four statements."""
    shown = rows.select_related("unit", "person").defer("facts", "source")
    found = list(shown.order_by("-found_on", "-pk")[:MOST_LISTED])
    steps = _steps_of(found)
    schools = _schools_of(found)
    return [_line(row, _facts(row, steps.get(row.pk, [])), schools, today) for row in found]


def file_of(row: Fault, *, today: date) -> FaultFile:
    """Everything in a matter that the caller may open; five statements."""
    row = Fault.objects.select_related("unit", "person", "raised_by").get(pk=row.pk)
    steps = list(row.steps.select_related("by").order_by("number"))
    facts = _facts(row, steps)
    links = row.links.order_by("kind", "on", "pk").values_list("kind", "target_id", "on")
    return FaultFile(
        line=_line(row, facts, _schools_of([row]), today),
        facts=facts,
        told=row.facts,
        source_kind=str(row.source.get("kind", "")),
        source=str(row.source.get("words", "")),
        raised_name=row.raised_by.name,
        raised_role=Role(row.raised_role),
        policy_digest=row.policy_digest,
        steps=tuple(_step(step) for step in steps),
        links=tuple(LinkLine(LinkKind(kind), target, on) for kind, target, on in links),
    )


def facts_of(row: Fault) -> FaultFacts:
    """A matter as the rules see it; one statement."""
    return _facts(row, list(row.steps.order_by("number")))


def measures_done(person_id: UUID, *, county_id: UUID) -> frozenset[Measure]:
    """What was carried out against a person, in all matters together; one statement."""
    rows = FaultFact.objects.filter(
        fault__person=person_id, county=county_id, kind=FaultStep.EXECUTED
    ).exclude(fault__state=FaultState.OVERTURNED)
    codes = {str(code) for row in rows for code in _listed(row.said.get("measures"))}
    return frozenset(measure for measure in Measure if measure in codes)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _steps_of(rows: Iterable[Fault]) -> dict[UUID, list[FaultFact]]:
    found: dict[UUID, list[FaultFact]] = {}
    steps = FaultFact.objects.filter(fault__in=[row.pk for row in rows]).order_by("number")
    for step in steps:
        found.setdefault(step.fault_id, []).append(step)
    return found


def _schools_of(rows: Iterable[Fault]) -> dict[UUID, str]:
    """Names of the schools of those posts that stand at a class; none without such a post.

    A class stands in a grade, a grade in a school; where it stood last counts.
    """
    classes = {row.unit_id for row in rows if row.unit.kind == UnitKind.CLASS}
    if not classes:
        return {}
    stood = UnitPlace.objects.filter(unit__in=classes).order_by("from_on", "pk")
    paths = {unit: ancestors(path)[-3:][0] for unit, path in stood.values_list("unit", "path")}
    named = UnitPlace.objects.filter(path__in=set(paths.values()))
    names = dict(named.values_list("path", "unit__name"))
    return {unit: names.get(path, "") for unit, path in paths.items()}


def _facts(row: Fault, steps: Iterable[FaultFact]) -> FaultFacts:
    return FaultFacts(
        person=row.person_id,
        role=Role(row.role),
        raised_by=row.raised_by_id,
        kind=row.kind,
        found_on=row.found_on,
        steps=tuple(
            StepFact(FaultStep(step.kind), step.on, step.by_id, step.until, dict(step.said))
            for step in steps
        ),
    )


def _line(row: Fault, facts: FaultFacts, schools: Mapping[UUID, str], today: date) -> FaultLine:
    turn, until = turn_of(facts, today=today)
    return FaultLine(
        row.pk,
        row.unit_id,
        row.unit.kind,
        row.unit.name,
        row.unit.stage,
        row.unit.entered_in,
        row.person_id,
        row.person.name,
        Role(row.role),
        row.kind,
        row.basis,
        row.found_on,
        facts.state,
        turn,
        until,
        row.raised_by_id,
        schools.get(row.unit_id, ""),
    )


def _step(row: FaultFact) -> StepLine:
    role = Role(row.by_role) if row.by_role else None
    return StepLine(
        row.pk, FaultStep(row.kind), row.on, row.until, row.by_id, row.by.name, role, dict(row.said)
    )
