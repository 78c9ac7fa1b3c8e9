"""Invitations: for one guardian on the screen, for a whole class on paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child, Guardian
from notoneless.children.queries.classes import class_children
from notoneless.children.queries.listing import registrations
from notoneless.children.queries.units import ClassName, ClassUnit, class_in_reach
from notoneless.children.services.identity import MergedAway, in_reach
from notoneless.families.queries.invitations import (
    InvitationLine,
    newest_invitations,
    standing_invitations,
)
from notoneless.families.services.invitations import Made, write_invitation
from notoneless.flows.families.refusals import NobodyToInvite
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.rules.roles import Capability
from notoneless.rules.roster.codes import label_of


@dataclass(frozen=True, slots=True)
class GuardianOf:
    """A guardian whom the record names, and his newest invitation."""

    id: UUID
    name: str
    relation: str
    """The label of GB/T 4761."""
    newest: InvitationLine | None


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child of a class with its guardians; empty where the record names none."""

    id: UUID
    name: str
    guardians: tuple[GuardianOf, ...]


@dataclass(frozen=True, slots=True)
class ClassFamilies:
    unit: ClassUnit
    pupils: tuple[Pupil, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What is shown or printed once: for whom, the link and the code."""

    child_name: str
    guardian_name: str
    school_name: str
    class_name: ClassName | None
    made: Made


def families_of_class(actor: Actor, class_id: UUID, *, today: date, now: datetime) -> ClassFamilies:
    """The children of a class with their guardians and how their invitations stand; ten
    statements. The list is noted as one reading.

    Raises ``Unit.DoesNotExist`` for a class that is out of the actor's reach.
    """
    unit = class_in_reach(actor, class_id, on=today, to=Capability.INVITE_FAMILIES)
    rows = class_children(actor, class_id, on=today)
    ids = [row.id for row in rows]
    _note(actor, f"families class={class_id}", ids, now=now)
    guardians = _guardians(actor, ids, now=now)
    pupils = tuple(Pupil(row.id, row.name, guardians.get(row.id, ())) for row in rows)
    return ClassFamilies(unit, pupils)


def family_of_child(actor: Actor, child_id: UUID, *, today: date, now: datetime) -> Pupil:
    """One child with its guardians and how their invitations stand; three statements.

    Raises ``Child.DoesNotExist`` for a child that is out of the actor's reach.
    """
    child = Child.objects.seen_by(actor, on=today).get(pk=child_id)
    return Pupil(child.pk, child.name, _guardians(actor, [child.pk], now=now).get(child.pk, ()))


@transaction.atomic
def invite_guardian(
    actor: Actor, child_id: UUID, guardian_id: UUID, *, today: date, now: datetime
) -> Slip:
    """Invite one guardian of a child; his older invitation for this child ends.

    Raises ``Child.DoesNotExist`` for a child that is out of the actor's reach, ``NotAllowed``,
    ``MergedAway``, ``NobodyToInvite`` when the record no longer names him.
    """
    seen = Child.objects.seen_by(actor, on=today).filter(pk=child_id)
    child = Child.objects.select_for_update().get(pk__in=seen.values("pk"))
    _must_invite(actor, child.pk, today=today)
    if child.merged_into_id is not None:
        raise MergedAway()
    guardian = _named([child.pk]).filter(pk=guardian_id).first()
    if guardian is None:
        raise NobodyToInvite()
    at = registrations([child.pk]).get(child.pk)
    made = _invite(guardian, today=today, stamp=Stamp(actor.county_id, actor.person_id, now))
    school, school_class = (at.school_name, at.class_name) if at else ("", None)
    return Slip(child.name, guardian.name, school, school_class, made)


@transaction.atomic
def invite_class(
    actor: Actor, class_id: UUID, *, today: date, now: datetime
) -> tuple[list[Slip], list[str]]:
    """Invite every guardian of a class; answers the slips in the order of the class list, and the
    names of children whose record names no guardian.

    Raises ``Unit.DoesNotExist`` for a class that is out of the actor's reach, ``NobodyToInvite``.
    """
    unit = class_in_reach(actor, class_id, on=today, to=Capability.INVITE_FAMILIES)
    rows = class_children(actor, class_id, on=today)
    ids = [row.id for row in rows]
    list(Child.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    guardians: dict[UUID, list[Guardian]] = {}
    for guardian in _named(ids):
        guardians.setdefault(guardian.child_id, []).append(guardian)
    if not guardians:
        raise NobodyToInvite()
    _note(actor, f"family slips class={class_id}", ids, now=now)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=unit.id)
    slips = [
        Slip(
            row.name,
            guardian.name,
            unit.school_name,
            unit.name,
            _invite(guardian, today=today, stamp=stamp),
        )
        for row in rows
        for guardian in guardians.get(row.id, ())
    ]
    return slips, [row.name for row in rows if row.id not in guardians]


def _invite(guardian: Guardian, *, today: date, stamp: Stamp) -> Made:
    older = standing_invitations(guardian.child_id, guardian.name)
    return write_invitation(guardian.child_id, guardian.pk, older=older, on=today, stamp=stamp)


def _must_invite(actor: Actor, child_id: UUID, *, today: date) -> None:
    if not in_reach(child_id, actor, Capability.INVITE_FAMILIES, on=today):
        raise NotAllowed(capability=Capability.INVITE_FAMILIES.value)


def _named(child_ids: Collection[UUID]) -> QuerySet[Guardian]:
    """Guardians whom the records of these children name today; other family is not invited."""
    return Guardian.objects.filter(
        child__in=child_ids, superseded_at=None, is_guardian=True
    ).order_by("child", "position")


def _guardians(
    actor: Actor, child_ids: Collection[UUID], *, now: datetime
) -> dict[UUID, tuple[GuardianOf, ...]]:
    newest = newest_invitations(child_ids, county_id=actor.county_id, now=now)
    found: dict[UUID, tuple[GuardianOf, ...]] = {}
    for row in _named(child_ids).defer("phone", "national_id"):
        each = GuardianOf(
            row.pk,
            row.name,
            label_of("relation", row.relation) if row.relation else "",
            newest.get(row.child_id, {}).get(row.name),
        )
        found[row.child_id] = (*found.get(row.child_id, ()), each)
    return found


def _note(actor: Actor, what: str, child_ids: Collection[UUID], *, now: datetime) -> None:
    if child_ids:
        stamp = Stamp(actor.county_id, actor.person_id, now)
        note_reading("children.listed", stamp=stamp, listed=Listed.of(what, child_ids))
