"""Who is away, who never came, whose proof is owed, what lesson teachers saw."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun, Leave, LeaveProof, LessonMark
from notoneless.attendance.queries.history import histories
from notoneless.attendance.queries.members import CHILD, registered_on
from notoneless.attendance.queries.schools import school_seen, units_in_reach
from notoneless.rules.attendance.leave import LeaveState, proof_due
from notoneless.rules.attendance.runs import marks_of
from notoneless.rules.attendance.starts import Unseen, enrolment_week, is_phantom, unseen
from notoneless.rules.calendar import ONE_DAY, NoSuchDay
from notoneless.rules.clocks import Due


@dataclass(frozen=True, slots=True)
class Away:
    """A child with an open run of unexplained absence."""

    child_id: UUID
    name: str
    class_id: UUID
    proved_days: int
    possible_days: int
    longest_proved_days: int
    possible_since: date | None
    last_absent_on: date | None


@dataclass(frozen=True, slots=True)
class NeverSeen:
    """A child on the list whom no roll of this term has seen."""

    child_id: UUID
    class_id: UUID
    unseen: Unseen
    is_in_enrolment_week: bool
    """Still in the week of registration: to be asked after day by day (T08)."""
    is_phantom: bool
    """On the list and not at school (名在人不在)."""


@dataclass(frozen=True, slots=True)
class OwedProof:
    """Long leave whose proof nobody has seen."""

    leave_id: UUID
    child_id: UUID
    due: Due


@dataclass(frozen=True, slots=True)
class LessonMissed:
    """A subject teacher's word, as the class teacher reads it."""

    id: UUID
    child_id: UUID
    child_name: str
    class_id: UUID
    lesson: int
    by: str
    noted_at: datetime


def away_now(actor: Actor, *, class_ids: Collection[UUID] | None = None) -> list[Away]:
    """Children away without explanation in the actor's reach, the longest first; one statement."""
    rows = AbsenceRun.objects.filter(
        county=actor.county_id, is_open=True, school_class__in=units_in_reach(actor)
    )
    if class_ids is not None:
        rows = rows.filter(school_class__in=list(class_ids))
    return [
        Away(
            row.child_id,
            row.child.name,
            row.school_class_id,
            row.proved_days,
            row.possible_days,
            row.longest_proved_days,
            row.possible_since,
            row.last_absent_on,
        )
        for row in rows.select_related("child").order_by("-possible_days", "child__pinyin", "pk")
    ]


def never_seen(actor: Actor, school_id: UUID, *, as_of: date) -> list[NeverSeen]:
    """Children of a school whom no roll has seen since the term, or their own spell, began.

    Four statements. Empty outside terms. Whoever was called missing once, or whose class was never
    called, is in the list; the numbers say which. Raises ``Unit.DoesNotExist``.
    """
    school = school_seen(actor, school_id)
    calendar, policy = school.calendar(as_of), school.policy(as_of)
    term = calendar.calendar.term_of(as_of) if calendar.knows(as_of) else None
    if term is None:
        return []
    spells = registered_on(as_of).filter(county=actor.county_id, school=school_id)
    members = list(
        spells.exclude(school_class=None)
        .annotate(who=CHILD)
        .values_list("who", "school_class", "from_on")
        .order_by("school_class", "who")
    )
    days = calendar.days(term.from_on, as_of + ONE_DAY)
    found = histories(
        [child_id for child_id, _, _ in members],
        county_id=actor.county_id,
        from_on=term.from_on,
        until=as_of,
    )
    rules = school.roll_rules(as_of)
    is_first_week = enrolment_week(as_of, policy, calendar.calendar)
    rows = []
    for child_id, class_id, _ in members:
        marks = marks_of(found.children[child_id], found.classes, days, rules)
        gone = unseen([day for day in days if day in marks], marks)
        if gone is not None and (gone.missed or gone.uncalled):
            rows.append(
                NeverSeen(child_id, class_id, gone, is_first_week, is_phantom(gone, policy))
            )
    return rows


def owed_proofs(actor: Actor, school_id: UUID, *, as_of: date) -> list[OwedProof]:
    """Long leave begun by ``as_of`` without a proof on record, the earliest due first.

    Three statements. Raises ``Unit.DoesNotExist``.
    """
    school = school_seen(actor, school_id)
    rules, calendar = school.roll_rules(as_of), school.calendar(as_of).calendar
    members = registered_on(as_of).filter(county=actor.county_id, school=school_id)
    rows = Leave.objects.filter(
        ~Exists(LeaveProof.objects.filter(leave=OuterRef("pk"))),
        child__in=members.values("child"),
        state=LeaveState.APPROVED,
        from_on__lte=as_of,
    )
    owed = []
    for row in rows.order_by("from_on", "pk"):
        try:
            due = proof_due(row.period, rules, calendar)
        except NoSuchDay:
            continue  # the calendar of that year is still to come; the sweep asks again
        if due is not None:
            owed.append(OwedProof(row.pk, row.child_id, due))
    return sorted(owed, key=lambda row: row.due.on)


def lessons_missed(actor: Actor, *, day: date) -> list[LessonMissed]:
    """What subject teachers reported on ``day`` in classes in reach, newest first (R-067)."""
    rows = LessonMark.objects.filter(
        county=actor.county_id, day=day, withdrawn_at=None, school_class__in=units_in_reach(actor)
    )
    return [
        LessonMissed(
            row.pk,
            row.child_id,
            row.child.name,
            row.school_class_id,
            row.lesson,
            row.by.name if row.by else "",
            row.noted_at,
        )
        for row in rows.select_related("child", "by").order_by("-noted_at", "pk")
    ]
