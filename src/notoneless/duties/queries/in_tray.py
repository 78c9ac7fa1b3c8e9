"""What somebody has to do, and how the units below stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.duties.models import Duty
from notoneless.duties.queries.clocks import COUNTED, ClockEnd, ended, is_overdue
from notoneless.duties.queries.rows import Bucket, DutyLine, Lines, lines_of, readable
from notoneless.places.models import Post, UnitPlace
from notoneless.places.queries.units import paths_of, standing
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.paths import below, is_below
from notoneless.rules.roles import Capability, Role

MOST = 500
"""More than a person has ever to do at once; beyond it the list says how many there are."""
REPORTS = (DutyRule.CALL_ROLL, DutyRule.ABSENCE_REPORT, DutyRule.DROPOUT_REPORT)
"""What a class teacher reports; late ones are counted (R-071)."""


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """Open duties of a unit and all below it."""

    overdue: int = 0
    today: int = 0
    coming: int = 0


@dataclass(frozen=True, slots=True)
class OwnTray:
    """One person's open duties."""

    overdue: Lines
    today: Lines
    coming: Lines


@dataclass(frozen=True, slots=True)
class InTray:
    """One person's open duties, and his units' in numbers."""

    overdue: Lines
    today: Lines
    coming: Lines
    unit: UnitCounts


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """Which duties a list shows."""

    is_mine: bool = True
    """False: those of the units in reach."""
    bucket: Bucket | None = Bucket.OVERDUE
    """``None``: every open one."""
    rule: DutyRule | None = None
    unit_id: UUID | None = None
    """Of the units in reach, this one and below."""
    was_late: bool = False
    """Whether open or done: only what was late."""
    opened_from: date | None = None
    opened_to: date | None = None
    """Exclusive."""
    clock: ClockEnd | None = None
    """Whatever its state: only duties whose clock ended so; takes the place of ``bucket``."""
    due_from: date | None = None
    due_to: date | None = None
    """Exclusive; duties without a day are left out where either is given."""
    turn: Role | None = None
    """Only duties that lie with this post now: where they rose, with the post above."""

    def told(self) -> str:
        """How the list was narrowed, for the log of readings."""
        said = ["mine" if self.is_mine else "units", self.bucket.value if self.bucket else "open"]
        said += ["late"] if self.was_late else []
        asked = (self.rule, self.unit_id, self.opened_from, self.clock, self.due_from, self.due_to)
        said += [str(each) for each in (*asked, self.turn) if each]
        return " ".join(["duties", *said])


@dataclass(frozen=True, slots=True)
class LateCount:
    """How often a class's reports came late."""

    unit_id: UUID
    unit_name: str
    rule: DutyRule
    late: int


def in_tray(actor: Actor, *, today: date) -> InTray:
    """The actor's own open duties in three lists, and the counts of his units; four statements."""
    own = own_tray(actor, today=today)
    return InTray(own.overdue, own.today, own.coming, unit_counts(actor, today=today))


def own_tray(actor: Actor, *, today: date) -> OwnTray:
    """The actor's own open duties in three lists; three statements.

    His are those of the posts he holds today (standing in counts as holding), those that rose to
    him late, and those of vacant posts directly below his. Names show only of children whom he
    may see. Beyond ``MOST`` the counts, asked for in one more statement, say how many there are.
    """
    rows = readable(mine(actor, on=today)).order_by(F("due_on").asc(nulls_last=True), "pk")
    duties = list(rows[: MOST + 1])
    lines = lines_of(duties[:MOST], actor, today=today)
    counted = _counted(mine(actor, on=today), today) if len(duties) > MOST else None
    return OwnTray(
        overdue=_lines(lines, Bucket.OVERDUE, counted.overdue if counted else None),
        today=_lines(lines, Bucket.TODAY, counted.today if counted else None),
        coming=_lines(lines, Bucket.COMING, counted.coming if counted else None),
    )


def unit_counts(actor: Actor, *, today: date) -> UnitCounts:
    """How the units in the actor's reach stand; one statement."""
    return _counted(_open_below(actor, on=today), today)


def counts_by_unit(actor: Actor, *, today: date) -> dict[UUID, UnitCounts]:
    """Open duties of each class, school or other unit in the actor's reach that has any; one
    statement."""
    rows = (
        _open_below(actor, on=today)
        .order_by()
        .values("unit")
        .annotate(
            overdue=Count("pk", filter=is_overdue(today)),
            today=Count("pk", filter=_today(today)),
            coming=Count("pk", filter=Q(due_on__gt=today)),
        )
    )
    return {row["unit"]: UnitCounts(row["overdue"], row["today"], row["coming"]) for row in rows}


def unit_duties(
    actor: Actor,
    *,
    today: date,
    bucket: Bucket = Bucket.OVERDUE,
    unit_id: UUID | None = None,
    offset: int = 0,
    limit: int = 50,
) -> Lines:
    """One list of the units in reach, or of ``unit_id`` and below; five statements.

    A unit out of reach has none.
    """
    wanted = DutyFilter(is_mine=False, bucket=bucket, unit_id=unit_id)
    return duty_list(actor, wanted, today=today, offset=offset, limit=limit)


def duty_list(
    actor: Actor,
    wanted: DutyFilter,
    *,
    today: date,
    offset: int = 0,
    limit: int = 50,
    to: Capability = Capability.SEE_CHILDREN,
) -> Lines:
    """One list as it is asked for, the oldest due first, done ones newest first; five statements.

    ``to`` is the capability with which the actor reaches units and is told names.
    """
    rows = _fitting(actor, wanted, on=today, to=to)
    order = (F("due_on").asc(nulls_last=True), "bearer_unit", "pk")
    if wanted.bucket is Bucket.DONE:
        order = (F("done_on").desc(), "bearer_unit", "pk")
    shown = readable(rows).order_by(*order)[offset : offset + limit]
    return Lines(lines_of(shown, actor, today=today, to=to), rows.count())


def duty_counts(actor: Actor, wanted: DutyFilter, *, today: date) -> UnitCounts:
    """How many open duties the list asked for has in each part; one statement."""
    every = replace(wanted, bucket=None, was_late=False, clock=None, due_from=None, due_to=None)
    return _counted(_fitting(actor, every, on=today), today)


def late_list(actor: Actor, *, today: date, unit_id: UUID | None = None) -> Lines:
    """What is late in a unit, longest first (R-307)."""
    return unit_duties(actor, today=today, unit_id=unit_id, limit=MOST)


def duties_of_child(
    actor: Actor, child_id: UUID, *, today: date, to: Capability = Capability.SEE_CHILDREN
) -> tuple[DutyLine, ...]:
    """Every duty about a child: open ones by their last day, those without one after them, then
    those that are done, newest first; withdrawn ones left out.

    Raises ``Child.DoesNotExist`` for a child at whom the actor does not hold ``to``.
    """
    Child.objects.seen_by(actor, on=today, to=to).only("pk").get(pk=child_id)
    rows = Duty.objects.filter(subject_id=child_id, county=actor.county_id)
    rows = rows.exclude(state=DutyState.WITHDRAWN)
    lines = lines_of(readable(rows).order_by("-opened_on", "pk"), actor, today=today)
    is_open = [line for line in lines if line.bucket is not Bucket.DONE]
    is_done = [line for line in lines if line.bucket is Bucket.DONE]
    return (*sorted(is_open, key=lambda line: line.due_on or date.max), *is_done)


def late_reports(actor: Actor, *, from_on: date, to_on: date, today: date) -> list[LateCount]:
    """How often each class reported late from ``from_on`` to ``to_on`` (exclusive), by name of
    class: rolls, absences, dropouts (R-071). Never a ranking."""
    rows = (
        below_actor(actor, on=today)
        .filter(
            rule__in=[rule.value for rule in REPORTS],
            late_since__isnull=False,
            opened_on__gte=from_on,
            opened_on__lt=to_on,
        )
        .exclude(state=DutyState.WITHDRAWN)
        .values("unit", "unit__name", "rule")
        .annotate(late=Count("pk"))
        .order_by("unit__name", "unit", "rule")
    )
    return [
        LateCount(row["unit"], row["unit__name"], DutyRule(row["rule"]), row["late"])
        for row in rows
    ]


def _fitting(
    actor: Actor,
    wanted: DutyFilter,
    *,
    on: date,
    to: Capability = Capability.SEE_CHILDREN,
) -> QuerySet[Duty]:
    states = _states(wanted)
    if wanted.is_mine:
        rows = mine(actor, on=on, states=states)
    else:
        rows = below_actor(actor, on=on, unit_id=wanted.unit_id, to=to).filter(state__in=states)
    return rows.filter(_stands(wanted, on), _said(wanted), _lies_with(wanted.turn))


def _states(wanted: DutyFilter) -> Sequence[str]:
    if wanted.was_late or wanted.clock is not None:
        return COUNTED
    return (DutyState.DONE if wanted.bucket is Bucket.DONE else DutyState.OPEN,)


def _stands(wanted: DutyFilter, on: date) -> Q:
    if wanted.clock is not None:
        return ended(wanted.clock, today=on)
    if wanted.was_late:
        return Q(late_since__isnull=False)
    return Q() if wanted.bucket in {None, Bucket.DONE} else _in_bucket(wanted.bucket, on)


def _lies_with(turn: Role | None) -> Q:
    return Q(risen_role=turn) | Q(risen_role="", bearer_role=turn) if turn else Q()


def _said(wanted: DutyFilter) -> Q:
    """The columns that must be what the filter says."""
    columns = {
        "rule": wanted.rule,
        "opened_on__gte": wanted.opened_from,
        "opened_on__lt": wanted.opened_to,
        "due_on__gte": wanted.due_from,
        "due_on__lt": wanted.due_to,
    }
    return Q(**{name: value for name, value in columns.items() if value is not None})


def mine(actor: Actor, *, on: date, states: Iterable[str] = (DutyState.OPEN,)) -> QuerySet[Duty]:
    """The duties of the posts that the actor holds on ``on``; for queries of duties only."""
    held = Post.objects.filter(
        standing(on),
        role=OuterRef("bearer_role"),
        unit=OuterRef("bearer_unit"),
        person__isnull=False,
    )
    own = Q(pk__in=[])
    for role, unit in {(h.role, h.unit_id) for h in actor.holdings}:
        if role is Role.SUBJECT_TEACHER:
            continue
        own |= Q(bearer_role=role, bearer_unit=unit) | Q(risen_role=role, risen_unit=unit)
        # The next level keeps what rose past it.
        own |= Q(~Exists(held) | Q(risen_unit__isnull=False), heir_role=role, heir_unit=unit)
    return Duty.objects.filter(own, county=actor.county_id, state__in=list(states))


def below_actor(
    actor: Actor,
    *,
    on: date,
    unit_id: UUID | None = None,
    to: Capability = Capability.SEE_CHILDREN,
) -> QuerySet[Duty]:
    """The duties of classes in the actor's reach, or of ``unit_id`` and below; for queries only."""
    tops = actor.reach(to)
    if unit_id is not None:
        own = paths_of(unit_id, on=on)
        tops = tuple(path for path in own if any(is_below(path, top) for top in tops))
    ranges = Q(pk__in=[])
    for top in tops:
        low, high = below(top)
        ranges |= Q(path__gte=low, path__lt=high)
    units = UnitPlace.objects.filter(standing(on), ranges).values("unit")
    return Duty.objects.filter(county=actor.county_id, unit__in=units)


def _open_below(actor: Actor, *, on: date, unit_id: UUID | None = None) -> QuerySet[Duty]:
    return below_actor(actor, on=on, unit_id=unit_id).filter(state=DutyState.OPEN)


def _in_bucket(bucket: Bucket | None, today: date) -> Q:
    if bucket is Bucket.OVERDUE:
        return is_overdue(today)
    return _today(today) if bucket is Bucket.TODAY else Q(due_on__gt=today)


def _counted(rows: QuerySet[Duty], today: date) -> UnitCounts:
    return UnitCounts(
        **rows.aggregate(
            overdue=Count("pk", filter=is_overdue(today)),
            today=Count("pk", filter=_today(today)),
            coming=Count("pk", filter=Q(due_on__gt=today)),
        )
    )


def _overdue(today: date) -> Q:
    return Q(is_due_provisional=False) & (Q(due_on__lt=today) | Q(late_since__lte=today))


def _today(today: date) -> Q:
    is_now = Q(due_on=today) & (Q(late_since=None) | Q(late_since__gt=today))
    return Q(due_on=None) | is_now | Q(is_due_provisional=True, due_on__lt=today)


def _lines(lines: Iterable[DutyLine], bucket: Bucket, count: int | None) -> Lines:
    rows = tuple(line for line in lines if line.bucket is bucket)
    return Lines(rows, len(rows) if count is None else count)
