"""Who is away now, proved and possible apart, by class or counted by school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, AbsenceRun, Leave
from notoneless.attendance.queries.class_names import ClassAt, classes_at, units_of_school
from notoneless.attendance.queries.members import CHILD
from notoneless.attendance.queries.schools import units_in_reach
from notoneless.children.models import ChildPlace
from notoneless.children.queries.branches import about
from notoneless.places.models import UnitPlace
from notoneless.rules.attendance.leave import LeaveState
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.paths import below
from notoneless.rules.roles import Capability

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class AwayChild:
    """A child in a run of unexplained absence."""

    child_id: UUID
    name: str
    at: ClassAt
    proved_days: int
    possible_days: int
    since: date | None
    """The first day of the possible run."""
    last_absent_on: date | None
    last_called_on: date | None
    reason: Reason | None
    """What the newest roll says; ``None`` when only lesson marks or lateness made the day."""
    has_asked: bool
    """Leave is asked for and waits."""

    @property
    def is_proved(self) -> bool:
        """Every school day of the run was called; otherwise it steps over days without a roll."""
        return self.proved_days == self.possible_days

    @property
    def is_reason_known(self) -> bool:
        return self.has_asked or self.reason is Reason.TRUANT


@dataclass(frozen=True, slots=True)
class AwayNamed:
    """A child in a run of unexplained absence, in one line."""

    child_id: UUID
    name: str
    days: int
    """School days, those without a roll among them."""
    since: date | None


@dataclass(frozen=True, slots=True)
class SchoolAway:
    """One school's children away now."""

    school_id: UUID
    school_name: str
    children: int
    proved: int
    """Of them, those whose run has no gap in the rolls."""

    @property
    def possible(self) -> int:
        return self.children - self.proved


def away_in_school(
    actor: Actor, school_path: str, *, to: Capability = Capability.SEE_CHILDREN
) -> list[AwayChild]:
    """Children away in the part of a school that is in reach; by class, the longest first.

    Five statements. ``to`` asks for a further capability, for an export.
    """
    rows = list(
        AbsenceRun.objects.filter(
            county=actor.county_id,
            is_open=True,
            school_class__in=units_of_school(actor, school_path, to),
        ).select_related("child")
    )
    at = classes_at([row.school_class_id for row in rows])
    ids = [row.child_id for row in rows]
    reasons, asked = _newest_reasons(rows), _asked(ids)
    found = [
        AwayChild(
            row.child_id,
            row.child.name,
            at[row.school_class_id],
            row.proved_days,
            row.possible_days,
            row.possible_since,
            row.last_absent_on,
            row.last_called_on,
            reasons.get(row.child_id),
            row.child_id in asked,
        )
        for row in rows
        if row.school_class_id in at
    ]
    pinyin = {row.child_id: row.child.pinyin for row in rows}
    return sorted(
        found, key=lambda r: (r.at.order, -r.possible_days, pinyin[r.child_id], r.child_id)
    )


def away_named(actor: Actor, *, on: date, most: int = MOST_NAMED) -> list[AwayNamed]:
    """Children away without explanation whom the actor sees, through whichever tie; one statement.

    The longest first; a village finds the children who live there, a teacher those of the class.
    """
    near = ChildPlace.objects.within(actor.reach(Capability.SEE_CHILDREN), on=on)
    rows = AbsenceRun.objects.filter(
        Exists(near.filter(child=OuterRef("child"))), county=actor.county_id, is_open=True
    )
    found = rows.select_related("child").order_by("-possible_days", "child__pinyin", "pk")[:most]
    return [
        AwayNamed(row.child_id, row.child.name, row.possible_days, row.possible_since)
        for row in found
    ]


def away_by_school(actor: Actor, *, under: str = "") -> list[SchoolAway]:
    """Counts of the schools in reach that have somebody away, by name; three statements.

    ``under`` keeps the classes at or below a path.
    """
    runs = AbsenceRun.objects.filter(
        county=actor.county_id, is_open=True, school_class__in=units_in_reach(actor)
    )
    if under:
        low, high = below(under)
        inside = UnitPlace.objects.filter(path__gte=low, path__lt=high, to_on=None)
        runs = runs.filter(school_class__in=inside.values("unit"))
    counts = (
        runs.order_by()
        .values_list("school_class")
        .annotate(n=Count("pk"), proved=Count("pk", filter=Q(proved_days=F("possible_days"))))
    )
    rows = list(counts)
    at = classes_at([class_id for class_id, _, _ in rows])
    totals: dict[tuple[str, UUID], list[int]] = defaultdict(lambda: [0, 0])
    for class_id, n, proved in rows:
        if class_id in at:
            total = totals[at[class_id].school_name, at[class_id].school_id]
            total[0] += n
            total[1] += proved
    return [
        SchoolAway(school_id, name, n, proved)
        for (name, school_id), (n, proved) in sorted(totals.items())
    ]


def _newest_reasons(rows: Collection[AbsenceRun]) -> dict[UUID, Reason]:
    """The reason in each child's newest absence; one statement."""
    days = [row.last_absent_on for row in rows if row.last_absent_on]
    if not days:
        return {}
    ids = [row.child_id for row in rows]
    absences = (
        Absence.objects.filter(
            child__in=about(ids),
            day__gte=min(days),
            roll__is_standing=True,
        )
        .exclude(reason=Reason.LATE)
        .annotate(who=CHILD)
        .order_by("day", "session")
    )
    return {who: Reason(reason) for who, reason in absences.values_list("who", "reason")}


def _asked(child_ids: Collection[UUID]) -> set[UUID]:
    rows = Leave.objects.filter(child__in=child_ids, state=LeaveState.ASKED)
    return set(rows.values_list("child", flat=True))
