"""Rolls as they were handed in, each with who was missing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from notoneless.attendance.models import Roll, RollDecision
from notoneless.children.models import Child
from notoneless.rules.attendance.sessions import BOARDERS, Reason, RollState, lesson_of


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """One child who was missing in a roll, or came late to it."""

    reason: Reason
    minutes_late: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class RollFacts:
    """One roll as it was handed in."""

    id: UUID
    day: date
    session: str
    state: RollState
    not_held_reason: str
    taken_by: str
    reason: str
    noted_at: datetime
    recorded_at: datetime
    is_standing: bool
    is_superseded: bool
    enrolled_count: int
    absent_count: int
    absences: Mapping[UUID, MarkFacts]
    """By child as the roll named it; a row merged away since keeps its own id here."""

    @property
    def is_contending(self) -> bool:
        return not (self.is_standing or self.is_superseded)

    @property
    def is_held(self) -> bool:
        return self.state is RollState.HELD

    @property
    def is_of_whole_class(self) -> bool:
        """Neither a lesson's nor the boarders' own."""
        return self.session not in BOARDERS and lesson_of(self.session) is None

    @property
    def marks(self) -> dict[UUID, Reason]:
        return {child_id: mark.reason for child_id, mark in self.absences.items()}

    @property
    def present_count(self) -> int:
        """Late ones among them."""
        return self.enrolled_count - self.absent_count if self.is_held else 0


@dataclass(frozen=True, slots=True)
class Decided:
    """Somebody let one of several rolls stand."""

    roll_id: UUID
    by: str
    reason: str
    decided_at: datetime


def rolls_where(which: Q) -> tuple[RollFacts, ...]:
    """Rolls with their absences, the standing one first, then those that contend, then what is
    past, newest first; two statements. Whose they are to see is for the caller to ask."""
    rows = Roll.objects.filter(which).select_related("taken_by").prefetch_related("absences")
    facts = [
        RollFacts(
            id=row.pk,
            day=row.day,
            session=row.session,
            state=RollState(row.state),
            not_held_reason=row.not_held_reason,
            taken_by=row.taken_by.name if row.taken_by else "",
            reason=row.reason,
            noted_at=row.noted_at,
            recorded_at=row.recorded_at,
            is_standing=row.is_standing,
            is_superseded=row.superseded_at is not None,
            enrolled_count=row.enrolled_count,
            absent_count=row.absent_count,
            absences={
                a.child_id: MarkFacts(Reason(a.reason), a.minutes_late, a.note)
                for a in row.absences.all()
            },
        )
        for row in rows.order_by("-recorded_at", "pk")
    ]
    return tuple(sorted(facts, key=lambda roll: (not roll.is_standing, roll.is_superseded)))


def names_in(rolls: Iterable[RollFacts]) -> dict[UUID, str]:
    """Names of the children that these rolls name, whatever class they are in now; one statement.

    Who may read the rolls is for the caller to ask.
    """
    ids = {child_id for roll in rolls for child_id in roll.absences}
    return dict(Child.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def decisions_on(rolls: tuple[RollFacts, ...]) -> list[Decided]:
    """How it was decided which of these rolls stands, newest first; one statement."""
    rows = RollDecision.objects.filter(roll__in=[roll.id for roll in rolls]).select_related("by")
    return [
        Decided(row.roll_id, row.by.name if row.by else "", row.reason, row.decided_at)
        for row in rows.order_by("-decided_at", "pk")
    ]
