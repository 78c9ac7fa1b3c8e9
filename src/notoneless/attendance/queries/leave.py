"""Leave of my classes: asked, running, owing proof, long, all; and one leave as it was kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun, Leave, LeaveProof
from notoneless.attendance.queries.class_names import (
    ChildAt,
    ClassAt,
    child_at,
    classes_at,
    may_at,
    units_of_school,
)
from notoneless.attendance.queries.members import CHILD, SchoolStanding, registered_on, spells_of
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.children.queries.units import SchoolUnit
from notoneless.rules.attendance.leave import (
    AskedBy,
    LeaveKind,
    LeavePeriod,
    LeaveState,
    is_long,
    proof_due,
)
from notoneless.rules.calendar import NoSuchDay
from notoneless.rules.clocks import Due
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of

PAGE_ROWS = 50


class LeaveList(StrEnum):
    """Which leave a list shows."""

    ASKED = "asked"
    RUNNING = "running"
    """Approved, running or still to begin."""
    PROOF = "proof"
    """Approved, long, and nobody has seen proof."""
    LONG = "long"
    ALL = "all"
    """Of this school year."""


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """One leave as lists show it."""

    id: UUID
    child_id: UUID
    child_name: str
    at: ClassAt | None
    kind: LeaveKind | None
    """``None`` for who may not know whether it is illness."""
    from_on: date
    to_on: date
    """Exclusive."""
    asked_by: AskedBy
    state: LeaveState
    is_long: bool
    due: Due | None
    """By when proof of it is due; ``None`` when none is owed."""
    has_proof: bool

    @property
    def last_on(self) -> date:
        return date.fromordinal(self.to_on.toordinal() - 1)

    @property
    def days(self) -> int:
        """Calendar days."""
        return (self.to_on - self.from_on).days

    @property
    def owes_proof(self) -> bool:
        return self.state is LeaveState.APPROVED and self.due is not None and not self.has_proof

    def is_proof_late(self, today: date) -> bool:
        """Only after the last day in time, and never while that day may still move."""
        due = self.due
        return self.owes_proof and due is not None and not due.is_provisional and today > due.on


@dataclass(frozen=True, slots=True)
class LeaveWanted:
    """Which page of which list."""

    which: LeaveList = LeaveList.ALL
    page: int = 1
    page_rows: int = PAGE_ROWS


@dataclass(frozen=True, slots=True)
class LeavePage:
    """One page of a list, and how long each list is."""

    rows: list[LeaveLine]
    total: int
    page: int
    counts: dict[LeaveList, int]


@dataclass(frozen=True, slots=True)
class StepLine:
    state: LeaveState
    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProofLine:
    issuer: str
    dated_on: date
    from_on: date
    last_on: date
    seen_by: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class LeaveFile:
    """One leave with everything that was written about it."""

    line: LeaveLine
    child: ChildAt
    reason: str | None
    """``None`` for who may not read it."""
    entered_by: str
    recorded_at: datetime
    steps: tuple[StepLine, ...]
    proofs: tuple[ProofLine, ...]


@dataclass(frozen=True, slots=True)
class BeforeAsking:
    """What the form should know about a child before leave is asked for."""

    child: ChildAt
    away_since: date | None
    """The first day of absence that nobody has explained yet."""
    away_until: date | None
    standing: list[tuple[date, date, LeaveState]]
    """Leave asked for or approved that is not over: from, last day, state."""


def leave_page(
    actor: Actor,
    school: SchoolUnit,
    wanted: LeaveWanted,
    *,
    today: date,
    to: Capability = Capability.SEE_CHILDREN,
) -> LeavePage:
    """A page of the leave of children in reach in one school; nine statements.

    ``to`` asks for a further capability, for an export.
    """
    rows = _leaves_of(actor, school.path, to, today)
    standing = standing_of_school(school.id, county_id=actor.county_id)
    lists = _sorted_out(rows, standing, today)
    ids = lists[wanted.which]
    page = min(max(1, wanted.page), max(1, -(-len(ids) // wanted.page_rows)))
    shown = ids[(page - 1) * wanted.page_rows : page * wanted.page_rows]
    lines = _lines(actor, shown, standing, today)
    return LeavePage(lines, len(ids), page, {key: len(found) for key, found in lists.items()})


def leave_file(actor: Actor, leave_id: UUID, *, today: date) -> LeaveFile:
    """One leave of a child in a class in reach; eleven statements.

    Raises ``Leave.DoesNotExist``, ``Child.DoesNotExist``.
    """
    row = Leave.objects.select_related("child", "entered_by").get(
        pk=leave_id, county=actor.county_id
    )
    child = child_at(actor, row.child.merged_into_id or row.child_id, on=today)
    school = standing_of_school(child.at.school_id, county_id=actor.county_id)
    proofs = list(row.proofs.select_related("seen_by").order_by("seen_at", "pk"))
    sees = may_at(actor, Capability.SEE_HEALTH, child.at)
    clock = (*_clock(row.period, school, today), bool(proofs))
    return LeaveFile(
        line=_line(row, child.name, child.at, clock, sees=sees),
        child=child,
        reason=row.reason if sees else None,
        entered_by=row.entered_by.name if row.entered_by else "",
        recorded_at=row.recorded_at,
        steps=tuple(
            StepLine(LeaveState(s.state), s.by.name if s.by else "", s.note, s.at)
            for s in row.steps.select_related("by").order_by("at", "pk")
        ),
        proofs=tuple(
            ProofLine(
                p.issuer,
                p.dated_on,
                p.from_on,
                date.fromordinal(p.to_on.toordinal() - 1),
                p.seen_by.name if p.seen_by else "",
                p.seen_at,
            )
            for p in proofs
        ),
    )


def before_asking(actor: Actor, child_id: UUID, *, today: date) -> BeforeAsking:
    """What to show and fill in when leave is asked for a child; six statements.

    Raises ``Child.DoesNotExist``.
    """
    child = child_at(actor, child_id, on=today)
    run = AbsenceRun.objects.filter(child=child_id, is_open=True).first()
    rows = Leave.objects.filter(
        child=child_id,
        state__in=[LeaveState.ASKED, LeaveState.APPROVED],
        to_on__gt=today,
    ).order_by("from_on")
    return BeforeAsking(
        child,
        run.possible_since if run else None,
        run.last_absent_on if run else None,
        [
            (row.from_on, date.fromordinal(row.to_on.toordinal() - 1), LeaveState(row.state))
            for row in rows
        ],
    )


def _leaves_of(actor: Actor, school_path: str, to: Capability, today: date) -> QuerySet[Leave]:
    """Leave of this school year, or undecided, of children now in classes in reach."""
    members = (
        registered_on(today)
        .filter(county=actor.county_id, school_class__in=units_of_school(actor, school_path, to))
        .annotate(who=CHILD)
        .values("who")
    )
    year = date(school_year_of(today), 8, 1)
    return Leave.objects.filter(
        Q(child__in=members) | Q(child__merged_into__in=members),
        Q(to_on__gt=year) | Q(state=LeaveState.ASKED),
        county=actor.county_id,
    )


def _sorted_out(
    rows: QuerySet[Leave], school: SchoolStanding, today: date
) -> dict[LeaveList, list[UUID]]:
    """Keys of each list; what waits longest comes first, in the list of all the newest."""
    columns = rows.annotate(
        has_proof=Exists(LeaveProof.objects.filter(leave=OuterRef("pk")))
    ).values_list("pk", "kind", "from_on", "to_on", "state", "has_proof")
    lists: dict[LeaveList, list[UUID]] = {key: [] for key in LeaveList}
    for key, kind, from_on, to_on, state, has_proof in columns.order_by("from_on", "pk"):
        lists[LeaveList.ALL].insert(0, key)
        if state == LeaveState.ASKED:
            lists[LeaveList.ASKED].append(key)
        if state != LeaveState.APPROVED:
            continue
        if to_on > today:
            lists[LeaveList.RUNNING].append(key)
        period = LeavePeriod(LeaveKind(kind), from_on, to_on)
        long, due = _clock(period, school, today)
        if long:
            lists[LeaveList.LONG].append(key)
        if due is not None and not has_proof:
            lists[LeaveList.PROOF].append(key)
    return lists


def _lines(
    actor: Actor, ids: Collection[UUID], school: SchoolStanding, today: date
) -> list[LeaveLine]:
    has_proof = Exists(LeaveProof.objects.filter(leave=OuterRef("pk")))
    rows: list[Any] = list(
        Leave.objects.filter(pk__in=ids)
        .select_related("child__merged_into")
        .annotate(has_proof=has_proof)
        .defer("reason")
    )
    whom = {row.pk: row.child.merged_into or row.child for row in rows}
    spells = spells_of({child.pk for child in whom.values()}, on=today)
    classes = dict(spells.exclude(school_class=None).values_list("who", "school_class"))
    at = classes_at(list(classes.values()))
    lines = {}
    for row in rows:
        child = whom[row.pk]
        class_id = classes.get(child.pk)
        here = at.get(class_id) if class_id else None
        sees = here is not None and may_at(actor, Capability.SEE_HEALTH, here)
        clock = (*_clock(row.period, school, today), row.has_proof)
        lines[row.pk] = _line(row, child.name, here, clock, sees=sees)
    return [lines[key] for key in ids if key in lines]


_Clock = tuple[bool, Due | None, bool]
"""Whether the leave is long, until when its proof is due, whether one was seen."""


def _line(row: Leave, name: str, at: ClassAt | None, clock: _Clock, *, sees: bool) -> LeaveLine:
    long, due, has_proof = clock
    return LeaveLine(
        id=row.pk,
        child_id=row.child.merged_into_id or row.child_id,
        child_name=name,
        at=at,
        kind=LeaveKind(row.kind) if sees else None,
        from_on=row.from_on,
        to_on=row.to_on,
        asked_by=AskedBy(row.asked_by),
        state=LeaveState(row.state),
        is_long=long,
        due=due,
        has_proof=has_proof,
    )


def _clock(period: LeavePeriod, school: SchoolStanding, today: date) -> tuple[bool, Due | None]:
    """Whether leave is long, and until when its proof is due; neither where the calendar ends."""
    rules, calendar = school.roll_rules(today), school.calendar(today).calendar
    try:
        return is_long(period, rules, calendar), proof_due(period, rules, calendar)
    except NoSuchDay:
        return False, None
