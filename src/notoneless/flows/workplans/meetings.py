"""Note a meeting, turn its decisions into tasks, say what came of one (R-248, R-249)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from notoneless.access.actor import Actor, NotAllowed
from notoneless.access.reach import must_see
from notoneless.flows.workplans.planning import plan_unit
from notoneless.flows.workplans.refusals import (
    AlreadyWithdrawn,
    DecisionAnswered,
    MeetingAnswered,
    MeetingFaulty,
    MeetingUsed,
)
from notoneless.journal.services import Stamp
from notoneless.places.models import Post
from notoneless.places.queries import paths_of
from notoneless.places.queries.units import standing, unit_ids_below
from notoneless.rules.roles import CEILING, Capability, Role
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.workplans.models import Decision, Meeting
from notoneless.workplans.queries.meetings import MeetingLine, decision_of, meeting_of
from notoneless.workplans.services.meetings import (
    NewDecision,
    NewMeeting,
    withdraw,
    write_done,
    write_meeting,
)

KEEP = Capability.KEEP_WORKPLANS
READ = (KEEP, Capability.SEE_CASES)
NO_TASKS = frozenset({Role.SUBJECT_TEACHER, Role.VOLUNTEER, Role.MENTOR, Role.SUPERVISOR})
"""Posts whose in-tray bears no duties."""
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class PostHeld:
    """Somebody who can be there, or have a task."""

    person_id: UUID
    name: str
    role: Role
    unit_id: UUID
    unit_name: str


@dataclass(frozen=True, slots=True)
class SaidDecision:
    """What was decided, and which post has it: person, role and unit as the page offered them."""

    text: str
    owner: tuple[UUID, Role, UUID]
    due_on: date


@dataclass(frozen=True, slots=True)
class SaidMeeting:
    id: UUID
    unit_id: UUID
    kind: MeetingKind
    held_on: date
    chair_id: UUID
    place: str = ""
    agenda: str = ""
    others: str = ""
    attendees: tuple[UUID, ...] = ()
    decisions: tuple[SaidDecision, ...] = ()


def may_keep(actor: Actor, unit_id: UUID, *, on: date) -> bool:
    """Whether the actor writes down the meetings and campaigns of a unit."""
    return any(actor.may(KEEP, at=path) for path in paths_of(unit_id, on=on))


def must_read(actor: Actor, unit_id: UUID, *, on: date) -> None:
    """Raise ``Unit.DoesNotExist`` out of reach, ``NotAllowed`` for who neither keeps a unit's
    workplan nor sees its cases."""
    must_see(actor, unit_id, on=on)
    paths = paths_of(unit_id, on=on)
    if not any(actor.may(each, at=path) for each in READ for path in paths):
        raise NotAllowed(capability=KEEP.value)


def must_keep(actor: Actor, unit_id: UUID, *, on: date) -> None:
    """Raise ``Unit.DoesNotExist`` out of reach, ``NotAllowed`` for who may not write there."""
    must_see(actor, unit_id, on=on)
    actor.must(KEEP, at=paths_of(unit_id, on=on))


def posts_at(unit_id: UUID, *, on: date) -> list[PostHeld]:
    """Who holds a post at a unit or, in its classes and grades, below it; two statements.

    Of a unit above schools its own posts and the heads of the units below it.
    """
    paths = paths_of(unit_id, on=on)
    heads = [role for role in Role if Capability.APPROVE_ACCESS in CEILING[role]]
    below = Q(unit__in=unit_ids_below(paths, on=on)) & (
        Q(role__in=heads) | Q(unit__kind__in=["class", "grade"])
    )
    rows = (
        Post.objects.filter(standing(on), Q(unit=unit_id) | below, person__isnull=False)
        .select_related("person", "unit")
        .order_by("unit__kind", "role", "person__pinyin", "pk")
    )
    return [
        PostHeld(row.person_id, row.person.name, Role(row.role), row.unit_id, row.unit.name)
        for row in rows[:400]
        if row.person is not None and row.person_id is not None
    ]


def note_meeting(actor: Actor, said: SaidMeeting, *, today: date, now: datetime) -> UUID:
    """Write down a meeting; its decisions are then in their owners' in-trays. Twice is once.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``MeetingFaulty``, ``MeetingUsed``.
    """
    must_keep(actor, said.unit_id, on=today)
    known = Meeting.objects.filter(pk=said.id).first()
    if known is not None:
        return _same(known, said, actor)
    new = _checked(said, today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=said.unit_id)
    try:
        with transaction.atomic():
            row = write_meeting(new, stamp=stamp)
            plan_unit(said.unit_id, today=today, stamp=stamp)
    except IntegrityError:
        # Another sending of the same page came first.
        return _same(Meeting.objects.get(pk=said.id), said, actor)
    return row.pk


@transaction.atomic
def answer_decision(
    actor: Actor, decision_id: UUID, note: str, *, today: date, now: datetime
) -> None:
    """Whoever has the task, or keeps the unit's workplan, says what came of it; once.

    Raises ``Decision.DoesNotExist`` for anybody else, ``MeetingFaulty``, ``DecisionAnswered``.
    """
    task_seen(actor, decision_id, today=today)
    row = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .get(pk=decision_id, county=actor.county_id)
    )
    if hasattr(row, "done"):
        raise DecisionAnswered()
    if len(note.strip()) < SHORTEST:
        raise MeetingFaulty(lacks="note")
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=row.meeting.unit_id)
    write_done(row, note.strip(), on=today, stamp=stamp)
    plan_unit(row.meeting.unit_id, today=today, stamp=stamp)


@transaction.atomic
def withdraw_meeting(
    actor: Actor, meeting_id: UUID, reason: str, *, today: date, now: datetime
) -> None:
    """A meeting was written down wrongly: it counts no more, its tasks go, the row stays.

    Raises ``Meeting.DoesNotExist``, ``Unit.DoesNotExist``, ``NotAllowed``, ``MeetingFaulty``
    without a reason, ``AlreadyWithdrawn``, ``MeetingAnswered`` when a task was answered.
    """
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id, county=actor.county_id)
    must_keep(actor, row.unit_id, on=today)
    if hasattr(row, "withdrawal"):
        raise AlreadyWithdrawn()
    if row.decisions.filter(done__isnull=False).exists():
        raise MeetingAnswered()
    if len(reason.strip()) < SHORTEST:
        raise MeetingFaulty(lacks="reason")
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=row.unit_id)
    withdraw(row, row.unit_id, reason.strip(), on=today, stamp=stamp)
    plan_unit(row.unit_id, today=today, stamp=stamp)


def meeting_seen(actor: Actor, meeting_id: UUID, *, today: date) -> MeetingLine:
    """One meeting for who reads the unit's workplan.

    Raises ``Meeting.DoesNotExist``, ``Unit.DoesNotExist``, ``NotAllowed``.
    """
    found = meeting_of(meeting_id, county_id=actor.county_id)
    must_read(actor, found.unit_id, on=today)
    return found


def task_seen(actor: Actor, decision_id: UUID, *, today: date) -> MeetingLine:
    """The meeting of a task, for its owner and whoever reads the unit's workplan.

    Raises ``Decision.DoesNotExist`` for anybody else.
    """
    task, meeting = decision_of(decision_id, county_id=actor.county_id)
    own = (task.owner_role, task.owner_unit_id)
    is_own = any((held.role, held.unit_id) == own for held in actor.holdings)
    paths = paths_of(meeting.unit_id, on=today)
    if is_own or any(actor.may(KEEP, at=path) for path in paths):
        return meeting
    raise Decision.DoesNotExist


def _checked(said: SaidMeeting, today: date) -> NewMeeting:
    posts = {
        (each.person_id, each.role, each.unit_id): each
        for each in posts_at(said.unit_id, on=today)
        if each.role not in NO_TASKS
    }
    people = {person for person, _, _ in posts} | {
        each.person_id for each in posts_at(said.unit_id, on=said.held_on)
    }
    if said.held_on > today:
        raise MeetingFaulty(lacks="held_on")
    if said.chair_id not in people or not set(said.attendees) <= people:
        raise MeetingFaulty(lacks="people")
    if len(said.agenda.strip()) < SHORTEST:
        raise MeetingFaulty(lacks="agenda")
    decisions = []
    for each in said.decisions:
        if each.owner not in posts or len(each.text.strip()) < SHORTEST:
            raise MeetingFaulty(lacks="decision")
        if each.due_on < said.held_on:
            raise MeetingFaulty(lacks="due_on")
        person, role, unit = each.owner
        decisions.append(NewDecision(each.text.strip(), role, unit, person, each.due_on))
    return NewMeeting(
        unit_id=said.unit_id,
        kind=said.kind,
        held_on=said.held_on,
        chair_id=said.chair_id,
        place=said.place.strip(),
        agenda=said.agenda.strip(),
        others=said.others.strip(),
        attendees=said.attendees,
        decisions=tuple(decisions),
        id=said.id,
    )


def _same(known: Meeting, said: SaidMeeting, actor: Actor) -> UUID:
    written = (known.county_id, known.unit_id, known.kind, known.held_on, known.by_id)
    if written != (actor.county_id, said.unit_id, said.kind, said.held_on, actor.person_id):
        raise MeetingUsed()
    return known.pk
