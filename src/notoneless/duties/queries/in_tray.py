"""What somebody has to do, and how the units below stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.duties.models import Duty, DutyChange
from notoneless.duties.queries.rows import Bucket, DutyLine, Lines, lines_of, readable
from notoneless.places.models import Post, UnitPlace
from notoneless.places.queries.units import paths_of, standing
from notoneless.rules.duties.kinds import ChangeKind, ChangeWhy, DutyRule, DutyState
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
class InTray:
    """One person's open duties, and his units' in numbers."""

    overdue: Lines
    today: Lines
    coming: Lines
    unit: UnitCounts


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """How a duty changed, oldest first."""

    kind: ChangeKind
    why: ChangeWhy
    as_of: date
    old_due_on: date | None
    new_due_on: date | None
    risen_role: str


@dataclass(frozen=True, slots=True)
class LateCount:
    """How often a class's reports came late."""

    unit_id: UUID
    unit_name: str
    rule: DutyRule
    late: int


def in_tray(actor: Actor, *, today: date) -> InTray:
    """The actor's own open duties in three lists, and the counts of his units; four statements.

    His are those of the posts he holds today (standing in counts as holding), those that rose to
    him late, and those of vacant posts directly below his. Names show only of children whom he
    may see.
    """
    rows = readable(_mine(actor, on=today)).order_by(F("due_on").asc(nulls_last=True), "pk")
    duties = list(rows[: MOST + 1])
    lines = lines_of(duties[:MOST], actor, today=today)
    return InTray(
        overdue=_lines(lines, Bucket.OVERDUE),
        today=_lines(lines, Bucket.TODAY),
        coming=_lines(lines, Bucket.COMING),
        unit=unit_counts(actor, today=today),
    )


def unit_counts(actor: Actor, *, today: date) -> UnitCounts:
    """How the units in the actor's reach stand; one statement."""
    return UnitCounts(
        **_open_below(actor, on=today).aggregate(
            overdue=Count("pk", filter=_overdue(today)),
            today=Count("pk", filter=_today(today)),
            coming=Count("pk", filter=Q(due_on__gt=today)),
        )
    )


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
    fits = {
        Bucket.OVERDUE: _overdue(today),
        Bucket.TODAY: _today(today),
        Bucket.COMING: Q(due_on__gt=today),
    }[bucket]
    rows = _open_below(actor, on=today, unit_id=unit_id).filter(fits)
    order = (F("due_on").asc(nulls_last=True), "bearer_unit", "pk")
    shown = readable(rows).order_by(*order)[offset : offset + limit]
    return Lines(lines_of(shown, actor, today=today), rows.count())


def late_list(actor: Actor, *, today: date, unit_id: UUID | None = None) -> Lines:
    """What is late in a unit, longest first (R-307)."""
    return unit_duties(actor, today=today, unit_id=unit_id, limit=MOST)


def duties_of_child(actor: Actor, child_id: UUID, *, today: date) -> tuple[DutyLine, ...]:
    """Every duty about a child, open ones first, withdrawn ones left out.

    Raises ``Child.DoesNotExist`` for a child whom the actor may not see.
    """
    Child.objects.seen_by(actor, on=today).only("pk").get(pk=child_id)
    rows = Duty.objects.filter(subject_id=child_id, county=actor.county_id)
    rows = rows.exclude(state=DutyState.WITHDRAWN)
    lines = lines_of(readable(rows).order_by("-opened_on", "pk"), actor, today=today)
    return tuple(sorted(lines, key=lambda line: line.bucket is Bucket.DONE))


def changes_of(actor: Actor, duty_id: UUID, *, today: date) -> list[ChangeLine]:
    """How a duty was re-dated and raised, oldest first.

    Raises ``Duty.DoesNotExist`` for one that is neither the actor's nor below him.
    """
    reach = _mine(actor, on=today, states=tuple(DutyState)) | _below(actor, on=today)
    reach.distinct().only("pk").get(pk=duty_id)
    rows = DutyChange.objects.filter(duty=duty_id).order_by("recorded_at", "pk")
    return [
        ChangeLine(
            ChangeKind(row.kind),
            ChangeWhy(row.why),
            row.as_of,
            row.old_due_on,
            row.new_due_on,
            row.risen_role,
        )
        for row in rows
    ]


def late_reports(actor: Actor, *, from_on: date, to_on: date, today: date) -> list[LateCount]:
    """How often each class reported late from ``from_on`` to ``to_on`` (exclusive), by name of
    class: rolls, absences, dropouts (R-071). Never a ranking."""
    rows = (
        _below(actor, on=today)
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


def _mine(
    actor: Actor, *, on: date, states: Iterable[DutyState] = (DutyState.OPEN,)
) -> QuerySet[Duty]:
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


def _below(actor: Actor, *, on: date, unit_id: UUID | None = None) -> QuerySet[Duty]:
    tops = actor.reach(Capability.SEE_CHILDREN)
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
    return _below(actor, on=on, unit_id=unit_id).filter(state=DutyState.OPEN)


def _overdue(today: date) -> Q:
    return Q(is_due_provisional=False) & (Q(due_on__lt=today) | Q(late_since__lte=today))


def _today(today: date) -> Q:
    is_now = Q(due_on=today) & (Q(late_since=None) | Q(late_since__gt=today))
    return Q(due_on=None) | is_now | Q(is_due_provisional=True, due_on__lt=today)


def _lines(lines: Iterable[DutyLine], bucket: Bucket) -> Lines:
    rows = tuple(line for line in lines if line.bucket is bucket)
    return Lines(rows, len(rows))
