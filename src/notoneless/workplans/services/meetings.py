"""The only writers of meetings, their decisions and what came of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.journal.services import Stamp, record
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.workplans.models import (
    Activity,
    Attendee,
    Decision,
    DecisionDone,
    Meeting,
    Withdrawal,
)
from notoneless.workplans.services.rows import record_rows


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What was decided, whose it is, until when."""

    text: str
    owner_role: Role
    owner_unit_id: UUID
    owner_id: UUID | None
    due_on: date


@dataclass(frozen=True, slots=True)
class NewMeeting:
    unit_id: UUID
    kind: MeetingKind
    held_on: date
    chair_id: UUID
    place: str = ""
    agenda: str = ""
    others: str = ""
    attendees: tuple[UUID, ...] = ()
    decisions: tuple[NewDecision, ...] = ()
    id: UUID = field(default_factory=uuid7)


@transaction.atomic(savepoint=False)
def write_meeting(new: NewMeeting, *, stamp: Stamp) -> Meeting:
    """Write down a meeting with who was there and what was decided; some eight statements."""
    row = Meeting(
        id=new.id,
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        kind=new.kind.value,
        held_on=new.held_on,
        place=new.place,
        chair_id=new.chair_id,
        others=new.others,
        agenda=new.agenda,
        recorded_at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    about = ("unit", new.unit_id)
    record("meeting.held", row, subject=about, happened_on=new.held_on, stamp=stamp)
    people = [
        Attendee(county_id=stamp.county_id, meeting=row, person_id=person)
        for person in dict.fromkeys((new.chair_id, *new.attendees))
    ]
    Attendee.objects.bulk_create(people)
    record_rows("meeting.attended", people, about=about, on=new.held_on, stamp=stamp)
    decisions = [_decision(row, number, each) for number, each in enumerate(new.decisions, 1)]
    Decision.objects.bulk_create(decisions)
    record_rows("meeting.decided", decisions, about=about, on=new.held_on, stamp=stamp)
    return row


def _decision(meeting: Meeting, number: int, new: NewDecision) -> Decision:
    return Decision(
        county_id=meeting.county_id,
        meeting=meeting,
        number=number,
        text=new.text,
        owner_role=new.owner_role.value,
        owner_unit_id=new.owner_unit_id,
        owner_id=new.owner_id,
        due_on=new.due_on,
    )


@transaction.atomic(savepoint=False)
def write_done(decision: Decision, note: str, *, on: date, stamp: Stamp) -> DecisionDone:
    """Write down what came of a decision, which the caller has locked."""
    row = DecisionDone(
        county_id=stamp.county_id, decision=decision, note=note, on=on, at=stamp.now, by_id=stamp.by
    )
    row.save()
    about = ("unit", decision.meeting.unit_id)
    record("meeting.done", row, subject=about, happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def withdraw(
    what: Meeting | Activity, unit_id: UUID, reason: str, *, on: date, stamp: Stamp
) -> Withdrawal:
    """Say that a meeting or an activity was written down wrongly; the row stays."""
    is_meeting = isinstance(what, Meeting)
    row = Withdrawal(
        county_id=stamp.county_id,
        meeting_id=what.pk if is_meeting else None,
        activity_id=None if is_meeting else what.pk,
        reason=reason,
        at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    record("workplan.withdrawn", row, subject=("unit", unit_id), happened_on=on, stamp=stamp)
    return row
