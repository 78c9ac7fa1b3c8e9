"""Reads meetings, their decisions and what came of these."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.rules.workplans.wanted import decision_key
from notoneless.workplans.models import Decision, Meeting

MOST = 200


@dataclass(frozen=True, slots=True)
class DecisionLine:
    id: UUID
    meeting_id: UUID
    number: int
    text: str
    owner: str
    owner_role: Role
    owner_unit_id: UUID
    owner_unit: str
    due_on: date
    done_on: date | None
    note: str
    done_by: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    id: UUID
    unit_id: UUID
    unit_name: str
    kind: MeetingKind
    held_on: date
    place: str
    chair: str
    attendees: tuple[str, ...]
    others: str
    agenda: str
    decisions: tuple[DecisionLine, ...]
    by: str
    recorded_at: datetime
    withdrawn: str
    """Why it was withdrawn; empty while it stands."""

    @property
    def open_decisions(self) -> int:
        return sum(each.done_on is None for each in self.decisions)


def meetings_of(
    unit_ids: Collection[UUID], *, county_id: UUID, from_on: date | None = None
) -> list[MeetingLine]:
    """Meetings of these units, newest first; three statements."""
    rows = Meeting.objects.filter(county=county_id, unit__in=list(unit_ids))
    if from_on is not None:
        rows = rows.filter(held_on__gte=from_on)
    return _lines(rows.order_by("-held_on", "-pk")[:MOST])


def meeting_of(meeting_id: UUID, *, county_id: UUID) -> MeetingLine:
    """One meeting. Raises ``Meeting.DoesNotExist``."""
    found = _lines(Meeting.objects.filter(pk=meeting_id, county=county_id))
    if not found:
        raise Meeting.DoesNotExist
    return found[0]


def decision_of(decision_id: UUID, *, county_id: UUID) -> tuple[DecisionLine, MeetingLine]:
    """A decision with its meeting. Raises ``Decision.DoesNotExist``."""
    row = Decision.objects.only("meeting").get(pk=decision_id, county=county_id)
    meeting = meeting_of(row.meeting_id, county_id=county_id)
    return next(each for each in meeting.decisions if each.id == decision_id), meeting


def decision_named(unit_id: UUID, key: str, *, county_id: UUID) -> UUID | None:
    """The decision of a unit that stands under ``key`` among its duties."""
    rows = Decision.objects.filter(county=county_id, meeting__unit=unit_id)
    ids = rows.values_list("pk", flat=True)
    return next((pk for pk in ids if decision_key(pk.hex) == key), None)


def _lines(rows: QuerySet[Meeting]) -> list[MeetingLine]:
    meetings = list(
        rows.select_related("unit", "chair", "by", "withdrawal").prefetch_related(
            "attendees__person",
        )
    )
    decisions: dict[UUID, list[DecisionLine]] = {}
    found = Decision.objects.filter(meeting__in=[row.pk for row in meetings])
    for each in found.select_related("owner", "owner_unit", "done", "done__by").order_by("number"):
        done = each.done if hasattr(each, "done") else None
        decisions.setdefault(each.meeting_id, []).append(
            DecisionLine(
                id=each.pk,
                meeting_id=each.meeting_id,
                number=each.number,
                text=each.text,
                owner=each.owner.name if each.owner else "",
                owner_role=Role(each.owner_role),
                owner_unit_id=each.owner_unit_id,
                owner_unit=each.owner_unit.name,
                due_on=each.due_on,
                done_on=done.on if done else None,
                note=done.note if done else "",
                done_by=done.by.name if done and done.by else "",
            )
        )
    return [
        MeetingLine(
            id=row.pk,
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            kind=MeetingKind(row.kind),
            held_on=row.held_on,
            place=row.place,
            chair=row.chair.name,
            attendees=tuple(each.person.name for each in row.attendees.all()),
            others=row.others,
            agenda=row.agenda,
            decisions=tuple(decisions.get(row.pk, ())),
            by=row.by.name if row.by else "",
            recorded_at=row.recorded_at,
            withdrawn=row.withdrawal.reason if hasattr(row, "withdrawal") else "",
        )
        for row in meetings
    ]
