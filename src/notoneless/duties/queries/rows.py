"""A duty as pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.units import ClassName, class_name
from notoneless.duties.models import Duty
from notoneless.places.models import Post
from notoneless.rules.duties.kinds import DutyRule, DutyState, EvidenceKind, MatterKind
from notoneless.rules.roles import Capability, Role


class Bucket(StrEnum):
    """Where a duty stands in an in-tray."""

    OVERDUE = "overdue"
    TODAY = "today"
    """Due today, without a date, or past a date that may still move."""
    COMING = "coming"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty with everything a list says about it."""

    id: UUID
    rule: DutyRule
    matter_id: UUID
    matter_kind: MatterKind
    title: str
    child_id: UUID | None
    child_name: str
    """Empty where the reader may not see the child."""
    unit_id: UUID
    """The class."""
    class_name: ClassName | None
    school_name: str
    bearer_role: Role
    bearer_unit_id: UUID
    bearer_unit_name: str
    bearers: tuple[str, ...]
    """Who holds the post today, stand-ins too; empty while it is vacant."""
    state: DutyState
    bucket: Bucket
    opened_on: date
    due_on: date | None
    due_hour: str
    is_due_provisional: bool
    days_late: int
    """Calendar days since the first late day, that day included; 0 when not late."""
    late_since: date | None
    """The first late day, kept when it was met late."""
    is_reminded: bool
    """The day of its reminder has come."""
    clock: Mapping[str, object]
    policy_digest: str
    evidence: EvidenceKind
    risen_role: Role | None
    risen_unit_name: str
    done_on: date | None
    done_hour: str
    closed_by: EvidenceKind | None
    """What kind of record closed it."""
    have: int | None
    need: int | None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a list with how many there are in all."""

    rows: tuple[DutyLine, ...] = ()
    count: int = 0


def lines_of(
    rows: Iterable[Duty], actor: Actor, *, today: date, to: Capability = Capability.SEE_CHILDREN
) -> tuple[DutyLine, ...]:
    """Rows as lines: three statements, however many. Children are named to whom holds ``to``."""
    duties = list(rows)
    names = _names(duties, actor, on=today, to=to)
    holders = holders_of(duties, on=today)
    return tuple(
        _line(row, names, holders.get((row.bearer_role, row.bearer_unit_id), ()), today=today)
        for row in duties
    )


def readable(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    return rows.select_related("matter", "bearer_unit", "unit", "heir_unit", "risen_unit")


def holders_of(rows: Iterable[Duty], *, on: date) -> dict[tuple[str, UUID], tuple[str, ...]]:
    """Who holds the bearers' posts on ``on``, by role and unit."""
    wanted = {(row.bearer_role, row.bearer_unit_id) for row in rows}
    if not wanted:
        return {}
    posts = Post.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on),
        from_on__lte=on,
        unit__in={unit for _, unit in wanted},
        role__in={role for role, _ in wanted},
        person__isnull=False,
    ).values_list("role", "unit", "person__name")
    found: dict[tuple[str, UUID], tuple[str, ...]] = {}
    for role, unit, name in posts.order_by("tenure", "pk"):
        found[(role, unit)] = (*found.get((role, unit), ()), name)
    return found


def bucket_of(row: Duty, *, today: date) -> Bucket:
    if row.state != DutyState.OPEN:
        return Bucket.DONE
    if row.due_on is None:
        return Bucket.TODAY
    is_past = row.due_on < today or (row.late_since is not None and row.late_since <= today)
    if is_past:
        return Bucket.TODAY if row.is_due_provisional else Bucket.OVERDUE
    return Bucket.TODAY if row.due_on == today else Bucket.COMING


def _names(rows: Iterable[Duty], actor: Actor, *, on: date, to: Capability) -> dict[UUID, str]:
    ids = {row.matter.child_id for row in rows if row.matter.child_id}
    if not ids:
        return {}
    seen = Child.objects.seen_by(actor, on=on, to=to).filter(pk__in=ids)
    return dict(seen.values_list("pk", "name"))


def _line(
    row: Duty, names: Mapping[UUID, str], bearers: tuple[str, ...], *, today: date
) -> DutyLine:
    child = row.matter.child_id
    bucket = bucket_of(row, today=today)
    late = bucket is Bucket.OVERDUE and row.due_on is not None
    return DutyLine(
        id=row.pk,
        rule=DutyRule(row.rule),
        matter_id=row.matter_id,
        matter_kind=MatterKind(row.matter.kind),
        title=row.matter.title,
        child_id=child,
        child_name=names.get(child, "") if child else "",
        unit_id=row.unit_id,
        class_name=class_name(row.unit),
        school_name=_school_name(row),
        bearer_role=Role(row.bearer_role),
        bearer_unit_id=row.bearer_unit_id,
        bearer_unit_name=row.bearer_unit.name,
        bearers=bearers,
        state=DutyState(row.state),
        bucket=bucket,
        opened_on=row.opened_on,
        due_on=row.due_on,
        due_hour=row.due_hour,
        is_due_provisional=row.is_due_provisional,
        days_late=(today - row.due_on).days if late and row.due_on else 0,
        late_since=row.late_since,
        is_reminded=row.remind_on is not None and row.remind_on <= today,
        clock=row.clock,
        policy_digest=row.policy_digest,
        evidence=EvidenceKind(row.evidence),
        risen_role=Role(row.risen_role) if row.risen_role else None,
        risen_unit_name=row.risen_unit.name if row.risen_unit else "",
        done_on=row.done_on,
        done_hour=row.done_hour,
        closed_by=EvidenceKind(row.closed_by_kind) if row.closed_by_kind else None,
        have=row.have,
        need=row.need,
    )


def _school_name(row: Duty) -> str:
    """Principals bear a class's duties or inherit them: their unit is the school."""
    if row.bearer_role == Role.PRINCIPAL:
        return row.bearer_unit.name
    if row.heir_unit is not None and row.heir_role == Role.PRINCIPAL:
        return row.heir_unit.name
    return ""
