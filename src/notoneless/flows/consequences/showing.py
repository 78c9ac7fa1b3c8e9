"""Settlements on somebody's desk: which schools have one, its lines, what is behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child
from notoneless.children.queries.units import ClassName, class_name
from notoneless.consequences.models import Settlement, SettlementLine
from notoneless.consequences.queries.settlements import (
    LineRow,
    SettlementRow,
    frozen_of,
    line_rows,
    lines_of_bearer,
    lines_of_settlement,
    open_counts,
    settlement_row,
    settlement_rows,
    standing_settlements,
)
from notoneless.flows.consequences.approving import (
    approver_level,
    heads,
    is_bearer,
    may_approve,
)
from notoneless.flows.consequences.exempting import conditions_of
from notoneless.flows.consequences.gathering import people_of
from notoneless.flows.consequences.holding import EITHER, reaches
from notoneless.flows.consequences.periods import Part, parts_of
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.places.models import Unit
from notoneless.places.queries.units import Place, units_once_below
from notoneless.policy.queries.inforce import kept_policy
from notoneless.policy.queries.many import policies_of
from notoneless.rules.consequences.life import DECISIONS, LineState, LineStep, obstacle
from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit by its name; of a class what it is called on a day."""

    id: UUID
    kind: UnitKind
    name: str
    class_name: ClassName | None
    stage: str = ""
    entered_in: int | None = None
    """Of a grade or class."""


@dataclass(frozen=True, slots=True)
class Due:
    """One period of a school, and how far its settlement is."""

    school_id: UUID
    school: str
    part: Part
    row: SettlementRow | None
    lines: int
    waiting: int

    def is_over(self, today: date) -> bool:
        return self.part.period.until <= today


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line that the actor bears, with its settlement."""

    line: LineRow
    row: SettlementRow
    units: Mapping[UUID, UnitName]
    policy: ResolvedPolicy


@dataclass(frozen=True, slots=True)
class Opened:
    """A settlement with its lines, the units that they are about, and what the actor may do."""

    row: SettlementRow
    lines: tuple[LineRow, ...]
    outcomes: tuple[Outcome, ...]
    units: Mapping[UUID, UnitName]
    policy: ResolvedPolicy
    may_compute: bool
    may_confirm: bool
    approver: str
    """The level that the policy names."""

    @property
    def school(self) -> UnitName:
        return self.units[self.row.unit_id]

    @property
    def waiting(self) -> int:
        return sum(line.waits for line in self.lines)

    @property
    def steps(self) -> int:
        """How many steps all lines have taken together."""
        return sum(len(line.steps) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Behind:
    """A child behind a line, if it is in the actor's reach."""

    id: UUID
    name: str
    lost_on: date
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One line with everything that traces it."""

    row: SettlementRow
    line: LineRow
    units: Mapping[UUID, UnitName]
    policy: ResolvedPolicy
    children: tuple[Behind, ...]
    hidden: int
    """Children that stand behind it and are not in the actor's reach."""
    open: frozenset[LineStep]
    """Steps that the actor may take now."""
    conditions: tuple[str, ...]
    people: tuple[tuple[UUID, str], ...]
    """Who may be named to bear a line for which the fault named nobody."""
    is_own: bool


def dues(actor: Actor, school_year: int, *, today: date) -> list[Due]:
    """Every period of the schools that the actor settles or approves for, by the schools' names;
    some sixteen statements at most."""
    schools = schools_of(actor, today=today)
    if not schools:
        return []
    found = [school.id for school in schools]
    policies = policies_of(found, county_id=actor.county_id, on=today)
    known = [school for school in schools if school.id in policies]
    parts = parts_of(known, policies, school_year, county_id=actor.county_id, today=today)
    rows = standing_settlements(found, school_year, county_id=actor.county_id)
    standing = {(row.unit_id, row.term): row for row in rows}
    counts = open_counts([row.id for row in rows]) if rows else {}
    return [
        _due(school, part, standing.get((school.id, part.term)), counts)
        for school in known
        for part in parts[school.id]
    ]


def _due(
    school: Place, part: Part, row: SettlementRow | None, counts: Mapping[UUID, tuple[int, int]]
) -> Due:
    lines, waiting = counts.get(row.id, (0, 0)) if row else (0, 0)
    return Due(school.id, school.name, part, row, lines, waiting)


def own_lines(actor: Actor) -> list[OwnLine]:
    """The lines that the actor bears himself, or as the head of a class or school, the newest
    first; some six statements. Raises nothing."""
    if actor.person_id is None:
        return []
    headed = {held.unit_id for held in actor.holdings if heads(actor, held.unit_id)}
    found = lines_of_bearer(actor.person_id, headed, county_id=actor.county_id)
    if not found:
        return []
    rows = settlement_rows({line.settlement_id for line in found}, county_id=actor.county_id)
    policies = {digest: kept_policy(digest) for digest in {row.policy for row in rows.values()}}
    units = unit_names(_units_of(found))
    return [
        OwnLine(line, row, units, policies[row.policy])
        for line in found
        for row in (rows[line.settlement_id],)
    ]


def open_settlement(actor: Actor, settlement_id: UUID, *, today: date) -> Opened:
    """A settlement for who settles or approves for its school; some nine statements.

    Raises ``Settlement.DoesNotExist`` for others.
    """
    row = settlement_row(settlement_id, county_id=actor.county_id)
    if not reaches(actor, row.unit_id, today=today):
        raise Settlement.DoesNotExist
    lines = tuple(lines_of_settlement(settlement_id, county_id=actor.county_id))
    policy = kept_policy(row.policy)
    outcomes = frozen_of(settlement_id).outcomes
    named = {row.unit_id, *(each.unit for each in outcomes), *_units_of(lines)}
    effective = [line for line in lines if line.may_take_effect]
    is_open = not (row.is_confirmed or row.is_replaced)
    return Opened(
        row=row,
        lines=lines,
        outcomes=outcomes,
        units=unit_names(named),
        policy=policy,
        may_compute=is_open and actor.may(Capability.SETTLE),
        may_confirm=is_open and may_approve(actor, row, effective, today=today),
        approver=approver_level(policy),
    )


def open_line(actor: Actor, line_id: UUID, *, today: date, stamp: Stamp) -> OpenedLine:
    """One line for who settles or approves for its school, or bears it; the children behind it
    through the door, noted as one reading.

    Raises ``SettlementLine.DoesNotExist`` for others.
    """
    rows = line_rows(SettlementLine.objects.filter(pk=line_id, county=actor.county_id))
    if not rows:
        raise SettlementLine.DoesNotExist
    (line,) = rows
    row = settlement_row(line.settlement_id, county_id=actor.county_id)
    is_own = is_bearer(actor, [line]) or heads(actor, line.bearing_unit_id)
    works = reaches(actor, row.unit_id, today=today)
    if not (is_own or works):
        raise SettlementLine.DoesNotExist
    policy = kept_policy(row.policy)
    children = _behind(actor, line, today=today, stamp=stamp)
    steps = _open_steps(actor, row, line, today=today, works=works, is_own=is_own)
    return OpenedLine(
        row=row,
        line=line,
        units=unit_names({row.unit_id, *_units_of([line])}),
        policy=policy,
        children=children,
        hidden=len({loss.child for loss in line.evidence}) - len(children),
        open=steps,
        conditions=conditions_of(policy),
        people=_nameable(row, line) if steps & DECISIONS else (),
        is_own=is_own,
    )


def grounds_of(actor: Actor, found: Opened, *, today: date, stamp: Stamp) -> dict[UUID, str]:
    """The names of the children behind a settlement's lines that are in the actor's reach; noted
    as one reading, one statement besides."""
    ids = {loss.child for line in found.lines for loss in line.evidence}
    seen = Child.objects.seen_by(actor, on=today).filter(pk__in=ids)
    names = dict(seen.values_list("pk", "name"))
    if names:
        listed = Listed.of(f"settlement={found.row.id}", list(names))
        note_reading("children.listed", stamp=stamp, listed=listed)
    return names


def schools_of(actor: Actor, *, today: date) -> list[Place]:
    """The schools that the actor settles or approves for, by name; one statement."""
    paths = {path for capability in EITHER for path in actor.reach(capability)}
    if not paths:
        return []
    below = [place for place, _ in units_once_below(paths, on=today) if place.kind in SCHOOLS]
    return sorted(below, key=lambda place: (place.name, place.id))


def must_see_any(actor: Actor) -> None:
    """Raise ``NotAllowed`` for who neither settles nor approves anywhere."""
    if not any(actor.may(each) for each in EITHER):
        raise NotAllowed(capability=Capability.SETTLE.value)


def unit_names(unit_ids: Iterable[UUID]) -> dict[UUID, UnitName]:
    """Units by id; one statement."""
    rows = Unit.objects.filter(pk__in=set(unit_ids))
    return {
        row.pk: UnitName(
            row.pk, UnitKind(row.kind), row.name, class_name(row), row.stage, row.entered_in
        )
        for row in rows
    }


def _units_of(lines: Iterable[LineRow]) -> set[UUID]:
    found = set()
    for line in lines:
        found.add(line.unit_id)
        if line.bearing_unit_id:
            found.add(line.bearing_unit_id)
    return found


def _behind(actor: Actor, line: LineRow, *, today: date, stamp: Stamp) -> tuple[Behind, ...]:
    losses = {loss.child: loss for loss in line.evidence}
    if not losses:
        return ()
    seen = Child.objects.seen_by(actor, on=today).filter(pk__in=losses).order_by("pinyin", "pk")
    found = tuple(
        Behind(pk, name, losses[pk].lost_on, losses[pk].case)
        for pk, name in seen.values_list("pk", "name")
    )
    if found:
        listed = Listed.of(f"settlement line={line.id}", [each.id for each in found])
        note_reading("children.listed", stamp=stamp, listed=listed)
    return found


def _open_steps(
    actor: Actor, row: SettlementRow, line: LineRow, *, today: date, works: bool, is_own: bool
) -> frozenset[LineStep]:
    """What the actor may do with a line now; a page offers nothing that would be refused."""
    if row.is_replaced:
        return frozenset()
    is_filer = line.statement is not None and line.statement.filed_by_id == actor.person_id
    may = {
        LineStep.FILE: bool(line.evidence) and line.statement is None,
        LineStep.VERIFY: works and not is_bearer(actor, [line]) and not is_filer,
        LineStep.SETTLE: works,
        LineStep.CORRECT: works,
        **dict.fromkeys(DECISIONS, works and may_approve(actor, row, [line], today=today)),
    }
    if line.state is LineState.VERIFIED and not _is_excusable(line):
        may[LineStep.GRANT] = False
    return frozenset(
        step
        for step, allowed in may.items()
        if allowed
        and obstacle(
            step, line.state, kind=line.kind, standing=line.standing, is_confirmed=row.is_confirmed
        )
        is None
    )


def _is_excusable(line: LineRow) -> bool:
    verified = [step for step in line.steps if step.step is LineStep.VERIFY]
    return bool(verified) and all(verified[-1].answers.values())


def _nameable(row: SettlementRow, line: LineRow) -> tuple[tuple[UUID, str], ...]:
    """Who may be named for a line that names nobody: people of the class and the school."""
    if line.person_id is not None or line.bearing_unit_id is not None:
        return ()
    return people_of({row.unit_id, line.unit_id}, Period(row.since, row.counted_until))
