"""Settlements as they stand, their lines with what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.consequences.models import LineFact, Settlement, SettlementLine
from notoneless.rules.consequences import wire
from notoneless.rules.consequences.amounts import Formula
from notoneless.rules.consequences.figures import MAY_TAKE_EFFECT, Condition, Standing
from notoneless.rules.consequences.life import (
    IN_EFFECT,
    LineState,
    LineStep,
    fold,
    waits_for_decision,
)
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.outcome import Loss


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step that was taken."""

    step: LineStep
    by_id: UUID
    by: str
    at: datetime
    reason: str
    answers: Mapping[str, bool]
    is_rest: bool
    fen: int | None
    points: Decimal | None
    person_id: UUID | None
    person: str
    done_on: date | None
    receipt: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An exception as it was filed."""

    circumstances: str
    children: frozenset[UUID]
    filed_by_id: UUID
    filed_by: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its life so far."""

    id: UUID
    settlement_id: UUID
    number: int
    key: str
    kind: Kind
    rule: str
    unit_id: UUID
    stage: str
    role: str
    person_id: UUID | None
    """Who bears it: as drawn, or as named by the approver."""
    person: str
    bearing_unit_id: UUID | None
    standing: Standing
    lacking: str
    computed_fen: int | None
    computed_points: Decimal | None
    per_cent: Decimal | None
    honours: tuple[str, ...]
    formula: Formula
    condition: Condition | None
    evidence: tuple[Loss, ...]
    source: str
    pid: tuple[str, ...]
    pack: str
    legal_basis: str
    state: LineState
    steps: tuple[StepLine, ...]
    statement: Statement | None

    @property
    def may_take_effect(self) -> bool:
        """Whether its rule is on; the head's accountability is a matter of its own."""
        return self.standing in MAY_TAKE_EFFECT and self.kind is not Kind.ACCOUNTABILITY

    @property
    def changed(self) -> StepLine | None:
        """The change that holds, by the approver or by a granted exception."""
        if self.state not in (LineState.CHANGED, LineState.SETTLED):
            return None
        changes = (LineStep.CHANGE, LineStep.GRANT)
        decided = [s for s in self.steps if s.step in (*changes, LineStep.APPROVE)]
        return decided[-1] if decided and decided[-1].step in changes else None

    @property
    def fen(self) -> int | None:
        """What it comes to as it stands now."""
        return self.changed.fen if self.changed and self.is_money else self.computed_fen

    @property
    def points(self) -> Decimal | None:
        if self.changed and self.computed_points is not None:
            return self.changed.points
        return self.computed_points

    @property
    def is_money(self) -> bool:
        return self.computed_fen is not None

    @property
    def waits(self) -> bool:
        """Whether nothing can be confirmed before somebody has acted on it."""
        return waits_for_decision(self.state, kind=self.kind, standing=self.standing)

    @property
    def is_in_effect(self) -> bool:
        """Whether it holds once the settlement is confirmed."""
        return self.may_take_effect and self.state in IN_EFFECT


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A settlement without its lines."""

    id: UUID
    unit_id: UUID
    school_year: int
    term: int
    since: date
    until: date
    counted_until: date
    policy: str
    made_by_id: UUID
    made_by: str
    made_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    is_replaced: bool

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


_SEEN = ("made_by", "confirmation__by")


def settlement_row(settlement_id: UUID, *, county_id: UUID) -> SettlementRow:
    """One settlement; one statement. Raises ``Settlement.DoesNotExist``."""
    rows = Settlement.objects.filter(county=county_id).defer("frozen").select_related(*_SEEN)
    return _row(rows.get(pk=settlement_id))


def settlement_rows(
    settlement_ids: Collection[UUID], *, county_id: UUID
) -> dict[UUID, SettlementRow]:
    """Several settlements by id; one statement."""
    rows = Settlement.objects.filter(pk__in=settlement_ids, county=county_id)
    return {row.pk: _row(row) for row in rows.defer("frozen").select_related(*_SEEN)}


def standing_settlements(
    unit_ids: Collection[UUID], school_year: int, *, county_id: UUID
) -> list[SettlementRow]:
    """What stands for these units and the year, by term; one statement."""
    rows = Settlement.objects.filter(
        unit__in=unit_ids, school_year=school_year, county=county_id, superseded_at=None
    )
    found = rows.defer("frozen").select_related(*_SEEN).order_by("term")
    return [_row(row) for row in found]


def frozen_of(settlement_id: UUID) -> wire.Frozen:
    """What a settlement was drawn from; one statement."""
    return wire.frozen_in(Settlement.objects.only("frozen").get(pk=settlement_id).frozen)


def lines_of_settlement(settlement_id: UUID, *, county_id: UUID) -> list[LineRow]:
    """The lines of a settlement in their order with what became of each; two statements."""
    rows = SettlementLine.objects.filter(settlement=settlement_id, county=county_id)
    return line_rows(rows.order_by("number"))


def lines_of_bearer(
    person_id: UUID, unit_ids: Collection[UUID], *, county_id: UUID
) -> list[LineRow]:
    """A person's own lines, and those of units that he heads, of every settlement that stands,
    the newest first; two statements.

    Those that a decision named him for are among them.
    """
    named = LineFact.objects.filter(person=person_id).values("line")
    rows = SettlementLine.objects.filter(
        Q(person=person_id) | Q(bearing_unit__in=unit_ids) | Q(pk__in=named),
        county=county_id,
        settlement__superseded_at=None,
    )
    return line_rows(rows.order_by("-settlement__until", "-settlement__pk", "number"))


def line_rows(rows: QuerySet[SettlementLine]) -> list[LineRow]:
    """Lines with their steps; two statements."""
    lines = list(rows.select_related("person", "statement__filed_by"))
    facts: defaultdict[UUID, list[LineFact]] = defaultdict(list)
    found = LineFact.objects.filter(line__in=[line.pk for line in lines])
    for fact in found.select_related("by", "person").order_by("line", "number"):
        facts[fact.line_id].append(fact)
    return [_line(line, facts[line.pk]) for line in lines]


def waiting(lines: Iterable[LineRow]) -> list[LineRow]:
    """Lines without whose decision nothing is confirmed."""
    return [line for line in lines if line.waits]


def open_counts(settlement_ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Of each settlement how many lines may take effect, and how many of them wait for a person;
    two statements."""
    rows = SettlementLine.objects.filter(
        settlement__in=settlement_ids, standing__in=[each.value for each in MAY_TAKE_EFFECT]
    ).exclude(kind=Kind.ACCOUNTABILITY)
    steps: defaultdict[UUID, list[tuple[LineStep, bool]]] = defaultdict(list)
    facts = LineFact.objects.filter(line__settlement__in=settlement_ids)
    for line, step, is_rest in facts.order_by("line", "number").values_list(
        "line", "step", "is_rest"
    ):
        steps[line].append((LineStep(step), is_rest))
    found: dict[UUID, tuple[int, int]] = {}
    for pk, settlement, kind, standing in rows.values_list("pk", "settlement", "kind", "standing"):
        waits = waits_for_decision(fold(steps[pk]), kind=Kind(kind), standing=Standing(standing))
        lines, open_ = found.get(settlement, (0, 0))
        found[settlement] = lines + 1, open_ + waits
    return found


def _row(row: Settlement) -> SettlementRow:
    confirmation = getattr(row, "confirmation", None)
    return SettlementRow(
        row.pk,
        row.unit_id,
        row.school_year,
        row.term,
        row.since,
        row.until,
        row.counted_until,
        row.policy,
        row.made_by_id,
        row.made_by.name,
        row.made_at,
        confirmation.by.name if confirmation else "",
        confirmation.at if confirmation else None,
        row.superseded_at is not None,
    )


def _line(row: SettlementLine, facts: list[LineFact]) -> LineRow:
    steps = tuple(_step(fact) for fact in facts)
    named = next((step for step in reversed(steps) if step.person_id), None)
    said = getattr(row, "statement", None)
    return LineRow(
        id=row.pk,
        settlement_id=row.settlement_id,
        number=row.number,
        key=row.key,
        kind=Kind(row.kind),
        rule=row.rule,
        unit_id=row.unit_id,
        stage=row.stage,
        role=row.role,
        person_id=named.person_id if named else row.person_id,
        person=named.person if named else (row.person.name if row.person else ""),
        bearing_unit_id=row.bearing_unit_id,
        standing=Standing(row.standing),
        lacking=row.lacking,
        computed_fen=row.fen,
        computed_points=row.points,
        per_cent=row.per_cent,
        honours=tuple(row.honours),
        formula=wire.formula_in(row.formula),
        condition=wire.condition_in(row.condition),
        evidence=tuple(wire.loss_in(each) for each in row.evidence),
        source=row.source,
        pid=tuple(row.pid),
        pack=row.pack,
        legal_basis=row.legal_basis,
        state=fold((step.step, step.is_rest) for step in steps),
        steps=steps,
        statement=Statement(
            said.circumstances,
            frozenset(UUID(child) for child in said.children),
            said.filed_by_id,
            said.filed_by.name,
            said.filed_at,
        )
        if said
        else None,
    )


def _step(fact: LineFact) -> StepLine:
    return StepLine(
        LineStep(fact.step),
        fact.by_id,
        fact.by.name,
        fact.at,
        fact.reason,
        fact.answers,
        fact.is_rest,
        fact.fen,
        fact.points,
        fact.person_id,
        fact.person.name if fact.person else "",
        fact.done_on,
        fact.receipt,
    )
