"""Write settlements, the steps of their lines, and the second person's confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from notoneless.consequences.models import (
    Confirmation,
    ExceptionStatement,
    LineFact,
    Settlement,
    SettlementLine,
)
from notoneless.journal.services import Stamp, record, record_many
from notoneless.rules.consequences import wire
from notoneless.rules.consequences.life import LineStep
from notoneless.rules.consequences.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSettlement:
    """A settlement as it is computed."""

    unit_id: UUID
    school_year: int
    term: int
    since: date
    until: date
    counted_until: date
    policy: str
    frozen: Mapping[str, object]
    lines: Sequence[Line]
    legal_bases: Mapping[str, str]
    """By key of the policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step in the life of a line."""

    step: LineStep
    reason: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)
    is_rest: bool = False
    fen: int | None = None
    points: Decimal | None = None
    person_id: UUID | None = None
    done_on: date | None = None
    receipt: str = ""


@transaction.atomic(savepoint=False)
def write_settlement(new: NewSettlement, *, on: date, stamp: Stamp) -> Settlement:
    """Write a settlement and its lines; the one that stood for the unit and period ends.

    The caller has locked that one and asked whether ``stamp.by`` may. Raises ``ValueError`` for
    the system, which settles nothing; ``IntegrityError`` when somebody was quicker.
    """
    by = _person(stamp)
    for older in Settlement.objects.filter(
        unit=new.unit_id, school_year=new.school_year, term=new.term, superseded_at=None
    ):
        older.superseded_at = stamp.now
        older.save(update_fields=["superseded_at"])
        record("settlement.replaced", older, subject=_about(older), happened_on=on, stamp=stamp)
    row = Settlement.objects.create(
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        school_year=new.school_year,
        term=new.term,
        since=new.since,
        until=new.until,
        counted_until=new.counted_until,
        policy=new.policy,
        frozen=dict(new.frozen),
        made_by_id=by,
        made_at=stamp.now,
    )
    record("settlement.computed", row, subject=_about(row), happened_on=on, stamp=stamp)
    rows = [_line(row, n, line, new.legal_bases) for n, line in enumerate(new.lines, start=1)]
    SettlementLine.objects.bulk_create(rows)
    _record(row, "settlement.line", rows, on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_steps(
    steps: Sequence[tuple[UUID, int, NewStep]],
    settlement: Settlement,
    *,
    on: date,
    stamp: Stamp,
) -> None:
    """Write steps of lines of one settlement, each with its line and its place among the line's
    steps; the caller has locked the settlement. Raises ``ValueError`` for the system."""
    by = _person(stamp)
    rows = [
        LineFact(
            county_id=stamp.county_id,
            line_id=line_id,
            number=number,
            step=new.step.value,
            is_rest=new.is_rest,
            by_id=by,
            at=stamp.now,
            reason=new.reason,
            answers=dict(new.answers),
            fen=new.fen,
            points=new.points,
            person_id=new.person_id,
            done_on=new.done_on,
            receipt=new.receipt,
        )
        for line_id, number, new in steps
    ]
    LineFact.objects.bulk_create(rows)
    _record(settlement, "settlement.step", rows, on=on, stamp=stamp)


@transaction.atomic(savepoint=False)
def write_statement(
    line_id: UUID,
    settlement: Settlement,
    *,
    circumstances: str,
    children: Sequence[UUID],
    on: date,
    stamp: Stamp,
) -> ExceptionStatement:
    """Write an exception statement on a line. Raises ``ValueError`` for the system."""
    row = ExceptionStatement(
        county_id=stamp.county_id,
        line_id=line_id,
        circumstances=circumstances,
        children=[str(child) for child in children],
        filed_by_id=_person(stamp),
        filed_at=stamp.now,
    )
    row.save()
    about = _about(settlement)
    record("settlement.exception", row, subject=about, happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def carry_statements(older: Settlement, newer: Settlement, *, on: date, stamp: Stamp) -> None:
    """Put exceptions that were filed on a settlement onto the same lines of the one that took its
    place, with their verification; what was decided is decided anew."""
    lines = {line.key: line for line in newer.lines.all()}
    filed = ExceptionStatement.objects.filter(line__settlement=older).select_related("line")
    for statement in filed.order_by("filed_at", "pk"):
        line = lines.get(statement.line.key)
        if line is None:
            continue
        losses = {str(loss.get("child")) for loss in line.evidence}
        copy = ExceptionStatement(
            county_id=stamp.county_id,
            line=line,
            circumstances=statement.circumstances,
            children=[child for child in statement.children if child in losses],
            filed_by_id=statement.filed_by_id,
            filed_at=statement.filed_at,
            carried_from=statement,
        )
        copy.save()
        about = _about(newer)
        record("settlement.exception", copy, subject=about, happened_on=on, stamp=stamp)
        kept = statement.line.facts.filter(step__in=[LineStep.FILE, LineStep.VERIFY])
        rows = [
            LineFact(
                county_id=stamp.county_id,
                line=line,
                number=number,
                step=fact.step,
                by_id=fact.by_id,
                at=fact.at,
                reason=fact.reason,
                answers=fact.answers,
            )
            for number, fact in enumerate(kept.order_by("number"), start=1)
        ]
        LineFact.objects.bulk_create(rows)
        _record(newer, "settlement.step", rows, on=on, stamp=stamp)


@transaction.atomic(savepoint=False)
def write_confirmation(settlement: Settlement, *, on: date, stamp: Stamp) -> Confirmation:
    """The second person confirms. Raises ``ValueError`` for the system, ``IntegrityError`` where
    somebody has confirmed it before."""
    row = Confirmation(
        county_id=stamp.county_id, settlement=settlement, by_id=_person(stamp), at=stamp.now
    )
    row.save()
    about = _about(settlement)
    record("settlement.confirmed", row, subject=about, happened_on=on, stamp=stamp)
    return row


def _record(
    settlement: Settlement,
    kind: str,
    rows: Sequence[SettlementLine] | Sequence[LineFact],
    *,
    on: date,
    stamp: Stamp,
) -> None:
    """Put saved rows into the journal under their settlement; nothing for none."""
    if rows:
        about = [_about(settlement)] * len(rows)
        record_many(kind, rows, subjects=about, happened_on=on, stamp=stamp)


def _about(settlement: Settlement) -> tuple[str, UUID]:
    return "settlement", settlement.pk


def _person(stamp: Stamp) -> UUID:
    if stamp.by is None:
        raise ValueError("a person settles")
    return stamp.by


def _line(
    settlement: Settlement, number: int, line: Line, legal_bases: Mapping[str, str]
) -> SettlementLine:
    return SettlementLine(
        county_id=settlement.county_id,
        settlement=settlement,
        number=number,
        key=line.key,
        kind=line.kind.value,
        rule=line.rule,
        unit_id=line.unit,
        stage=line.stage.value if line.stage else "",
        role=line.bearer.role,
        person_id=line.bearer.person,
        bearing_unit_id=line.bearer.unit,
        standing=line.standing.value,
        lacking=line.lacking,
        fen=line.fen,
        points=line.points,
        per_cent=line.per_cent,
        honours=list(line.honours),
        formula=wire.formula_out(line.formula),
        condition=wire.condition_out(line.condition),
        evidence=[wire.loss_out(loss) for loss in line.evidence],
        source=line.source,
        pid=list(line.pid),
        pack=line.pack,
        legal_basis=legal_bases.get(line.rule, ""),
    )
