"""Raising a critical flag: by whoever may see the child, or in words where no file is reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor
from notoneless.children.models import Child, Guardian
from notoneless.children.queries.doors import groups_of, why_visible
from notoneless.flows.protection.refusals import NobodyDescribed
from notoneless.flows.protection.silence import silence
from notoneless.journal.services import Stamp
from notoneless.places.queries.people import PersonFacts, people_below
from notoneless.protection.models import CriticalFlag, FlagStep
from notoneless.protection.queries.lines import line_of_actor, line_of_child, paths_of_schools
from notoneless.protection.services import NewConcerned, NewFlag, NewStep, write_flag, write_step
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.life_cycle import StepKind
from notoneless.rules.roles import Capability
from notoneless.rules.roster.codes import label_of
from notoneless.rules.visibility import FieldGroup


def raise_flag(actor: Actor, new: NewFlag, *, today: date, now: datetime) -> UUID:
    """Raise a flag; every contact duty about the child is gone when this returns.

    The same id twice is one flag; words that only the second sending has are added to it. Raises
    ``Child.DoesNotExist`` for a child out of the actor's reach, ``NobodyDescribed``, and
    ``CriticalFlag.DoesNotExist`` when the id is another person's.
    """
    try:
        with transaction.atomic():
            return _raise(actor, new, today=today, now=now)
    except IntegrityError:
        # The other sending was a moment faster; without it the clash was something else.
        with transaction.atomic():
            if not CriticalFlag.objects.filter(pk=new.id).exists():
                raise
            return _raise(actor, new, today=today, now=now)


def _raise(actor: Actor, new: NewFlag, *, today: date, now: datetime) -> UUID:
    stamp = Stamp(actor.county_id, actor.person_id, now)
    stood = CriticalFlag.objects.filter(pk=new.id).first()
    if stood is not None:
        return _again(stood, new, today=today, stamp=stamp)
    if new.child_id is not None:
        child = Child.objects.seen_by(actor, on=today).get(pk=new.child_id)
        new = replace(new, child_id=child.merged_into_id or child.pk)
        line = line_of_child(child.pk, county_id=actor.county_id, on=today)
    elif not new.child_words.strip():
        raise NobodyDescribed()
    else:
        line = line_of_actor(actor, on=today)
    new = replace(new, concerned=_known(new, actor, today=today))
    flag = write_flag(new, line=line, on=today, stamp=stamp)
    if new.police_called or new.receipt:
        step = NewStep(uuid5(flag.pk, "police"), StepKind.POLICE, receipt=new.receipt)
        write_step(flag, step, on=today, stamp=stamp)
    if new.child_id is not None:
        silence([new.child_id], today=today, stamp=stamp)
    return flag.pk


def _again(stood: CriticalFlag, new: NewFlag, *, today: date, stamp: Stamp) -> UUID:
    if stood.reporter_id != stamp.by or stood.county_id != stamp.county_id:
        raise CriticalFlag.DoesNotExist
    more = new.facts.strip()
    step_id = uuid5(stood.pk, more)
    if more and more != stood.facts and not FlagStep.objects.filter(pk=step_id).exists():
        write_step(stood, NewStep(step_id, StepKind.ADDED, words=more), on=today, stamp=stamp)
    return stood.pk


@dataclass(frozen=True, slots=True)
class Reportable:
    """What the form may say about the child it was opened for."""

    id: UUID
    name: str
    born_on: date | None
    """``None`` also where the reader may not see it."""
    sex: str
    guardians: tuple[tuple[UUID, str, str], ...]
    """Key, name and relation (GB/T 4761) of each, for those who may see the family."""


def child_to_report(actor: Actor, child_id: UUID, *, today: date) -> Reportable:
    """A child in reach, as far as the actor may see it; three statements.

    Raises ``Child.DoesNotExist``.
    """
    groups = groups_of(why_visible(actor, child_id, on=today))
    if not groups:
        raise Child.DoesNotExist
    child = Child.objects.get(pk=child_id, county=actor.county_id)
    shows_identity = FieldGroup.IDENTITY in groups
    guardians = (
        Guardian.objects.filter(child=child_id, superseded_at=None).order_by("position")
        if FieldGroup.FAMILY in groups
        else Guardian.objects.none()
    )
    return Reportable(
        child.pk,
        child.name,
        child.born_on if shows_identity else None,
        child.sex if shows_identity else "",
        tuple(
            (row.pk, row.name, label_of("relation", row.relation) if row.relation else "")
            for row in guardians
        ),
    )


def people_to_name(actor: Actor, child_id: UUID | None, *, today: date) -> list[PersonFacts]:
    """The staff of the child's school, or of the actor's own, whom he can name; never himself."""
    if not actor.may(Capability.SEE_DIRECTORY):
        return []
    line = (
        line_of_child(child_id, county_id=actor.county_id, on=today)
        if child_id
        else line_of_actor(actor, on=today)
    )
    found = people_below(paths_of_schools(list(line), on=today), on=today)
    return [person for person in found if person.id != actor.person_id]


def _known(new: NewFlag, actor: Actor, *, today: date) -> tuple[NewConcerned, ...]:
    """Those concerned, with keys that are the child's and the county's; others lose the key."""
    guardians = (
        set(Guardian.objects.filter(child=new.child_id).values_list("pk", flat=True))
        if any(each.guardian_id for each in new.concerned)
        else set()
    )
    people = (
        {person.id for person in people_to_name(actor, new.child_id, today=today)}
        if any(each.person_id for each in new.concerned)
        else set()
    )
    return tuple(
        replace(
            each,
            guardian_id=each.guardian_id
            if each.kind is ConcernedKind.GUARDIAN and each.guardian_id in guardians
            else None,
            person_id=each.person_id
            if each.kind is ConcernedKind.STAFF and each.person_id in people
            else None,
        )
        for each in new.concerned
    )
