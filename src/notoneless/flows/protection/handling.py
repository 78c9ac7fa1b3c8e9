"""What reporter and officers do about a flag: more facts, steps, closing by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.flows.protection.refusals import (
    ClosingProposed,
    FlagClosed,
    NothingProposed,
    PoliceNotTold,
    SamePerson,
)
from notoneless.flows.protection.silence import silence
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.protection.models import CriticalFlag, FlagChild, FlagConcerned, FlagStep
from notoneless.protection.queries.doors import as_officer, seen_by
from notoneless.protection.queries.flags import FlagPage, Rows, flag_page, flags_of
from notoneless.protection.services import (
    NewConcerned,
    NewStep,
    add_children,
    add_concerned,
    write_step,
)
from notoneless.rules.protection.life_cycle import (
    BY_REPORTER,
    FlagState,
    Ground,
    StepKind,
    needs_police,
    state_of,
)


class _Sight(Protocol):
    def __call__(self, actor: Actor, *, on: date) -> QuerySet[CriticalFlag]: ...


ANSWERS = frozenset({StepKind.CLOSED, StepKind.REFUSED})


@transaction.atomic
def read_flags(actor: Actor, *, today: date, now: datetime) -> tuple[Rows, Rows]:
    """The flags that the actor has as an officer, and his own; reading the former is noted."""
    office, own = flags_of(actor, on=today, now=now)
    shown = [row.id for row in (*office.open, *office.closed)]
    if shown:
        note_reading(
            "protection.listed",
            stamp=Stamp(actor.county_id, actor.person_id, now),
            listed=Listed.of("", shown),
        )
    return office, own


@transaction.atomic
def read_flag(actor: Actor, flag_id: UUID, *, today: date, now: datetime) -> FlagPage:
    """One flag; reading it is noted as a list of that flag, so that no child's page shows it.

    Raises ``CriticalFlag.DoesNotExist`` for whoever may not know of it.
    """
    page = flag_page(actor, flag_id, on=today, now=now)
    note_reading(
        "protection.read",
        stamp=Stamp(actor.county_id, actor.person_id, now),
        listed=Listed.of("", [flag_id]),
    )
    return page


@transaction.atomic
def note_step(actor: Actor, flag_id: UUID, new: NewStep, *, today: date, now: datetime) -> None:
    """Write down more facts or what was done; the same id twice is once.

    By an officer who has the flag; more facts and the police by its reporter, too. Raises
    ``CriticalFlag.DoesNotExist``, ``FlagClosed``.
    """
    if new.kind in ANSWERS or new.kind is StepKind.PROPOSED:
        raise ValueError(f"{new.kind} has a function of its own")
    sight = seen_by if new.kind in BY_REPORTER else as_officer
    flag = _lock(actor, flag_id, on=today, as_=sight)
    if FlagStep.objects.filter(pk=new.id, flag=flag).exists():
        return
    _must_be_open(flag)
    if new.kind is StepKind.SEEN and FlagStep.objects.filter(flag=flag, kind=new.kind).exists():
        return
    write_step(flag, new, on=today, stamp=_stamp(actor, now))


@transaction.atomic
def name_concerned(
    actor: Actor, flag_id: UUID, person: NewConcerned, *, today: date, now: datetime
) -> None:
    """Add somebody whom the flag concerns; whoever is named loses sight of it at once.

    By an officer who has it; never the officer himself. Raises ``CriticalFlag.DoesNotExist``,
    ``FlagClosed``.
    """
    flag = _lock(actor, flag_id, on=today, as_=as_officer)
    _must_be_open(flag)
    if person.person_id == actor.person_id:
        person = replace(person, person_id=None)
    same = FlagConcerned.objects.filter(
        flag=flag, kind=person.kind, person=person.person_id, guardian=person.guardian_id
    )
    if any(row.words == person.words for row in same):
        return
    add_concerned(flag, [person], on=today, stamp=_stamp(actor, now))
    _silence(flag, today=today, now=now)


@transaction.atomic
def find_child(actor: Actor, flag_id: UUID, child_id: UUID, *, today: date, now: datetime) -> None:
    """An officer knows which child of his reach the reporter's words mean; silence begins.

    Raises ``CriticalFlag.DoesNotExist``, ``Child.DoesNotExist``, ``FlagClosed``.
    """
    flag = _lock(actor, flag_id, on=today, as_=as_officer)
    child = Child.objects.seen_by(actor, on=today).get(pk=child_id)
    _must_be_open(flag)
    kept = child.merged_into_id or child.pk
    if not FlagChild.objects.filter(flag=flag, child=kept).exists():
        add_children(flag, [kept], on=today, stamp=_stamp(actor, now))
        _silence(flag, today=today, now=now)


@transaction.atomic
def propose_closing(
    actor: Actor, flag_id: UUID, new: NewStep, *, today: date, now: datetime
) -> None:
    """One officer holds, with grounds, that a flag can be closed; a second one must agree.

    Raises ``CriticalFlag.DoesNotExist``, ``FlagClosed``, ``PoliceNotTold``, ``ClosingProposed``.
    """
    flag = _lock(actor, flag_id, on=today, as_=as_officer)
    if FlagStep.objects.filter(pk=new.id, flag=flag).exists():
        return
    steps = _must_be_open(flag)
    if state_of(steps) is FlagState.CLOSING:
        raise ClosingProposed()
    if needs_police(Ground(new.ground)) and StepKind.POLICE not in steps:
        raise PoliceNotTold()
    write_step(flag, replace(new, kind=StepKind.PROPOSED), on=today, stamp=_stamp(actor, now))


@transaction.atomic
def answer_closing(
    actor: Actor, flag_id: UUID, new: NewStep, *, today: date, now: datetime
) -> None:
    """A second officer closes the flag or keeps it open; closed, its silence ends at once.

    ``new`` is CLOSED or REFUSED and names the proposal it answers. Never by who proposed it,
    never by anybody concerned. Raises ``CriticalFlag.DoesNotExist``, ``SamePerson``,
    ``FlagClosed``, ``NothingProposed``.
    """
    if new.kind not in ANSWERS:
        raise ValueError(f"{new.kind} answers nothing")
    flag = _lock(actor, flag_id, on=today, as_=as_officer)
    if FlagStep.objects.filter(pk=new.id, flag=flag).exists():
        return
    _must_be_open(flag)
    proposal = FlagStep.objects.filter(
        pk__in=[new.answers], flag=flag, kind=StepKind.PROPOSED, answer__isnull=True
    ).first()
    if proposal is None:
        raise NothingProposed()
    if proposal.by_id == actor.person_id:
        raise SamePerson()
    write_step(flag, new, on=today, stamp=_stamp(actor, now))
    if new.kind is StepKind.CLOSED:
        _silence(flag, today=today, now=now)


def _lock(actor: Actor, flag_id: UUID, *, on: date, as_: _Sight) -> CriticalFlag:
    """The flag, locked, and then asked again whether the actor may know of it."""
    CriticalFlag.objects.select_for_update().get(pk=flag_id, county=actor.county_id)
    return as_(actor, on=on).get(pk=flag_id)


def _must_be_open(flag: CriticalFlag) -> list[StepKind]:
    rows = FlagStep.objects.filter(flag=flag).order_by("recorded_at", "pk")
    steps = [StepKind(kind) for kind in rows.values_list("kind", flat=True)]
    if state_of(steps) is FlagState.CLOSED:
        raise FlagClosed()
    return steps


def _silence(flag: CriticalFlag, *, today: date, now: datetime) -> None:
    children = FlagChild.objects.filter(flag=flag).values_list("child", flat=True)
    silence(list(children), today=today, stamp=Stamp(flag.county_id, None, now))


def _stamp(actor: Actor, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now)
