"""Write a report, hand it in, take it over, send it back, correct it (R-227 - R-236)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import must_see
from notoneless.flows.overview.units import unit_seen
from notoneless.flows.workplans.figures import assemble
from notoneless.flows.workplans.known import Known, known_unit
from notoneless.flows.workplans.planning import plan_unit
from notoneless.flows.workplans.refusals import NotAsked, NothingToAccept, TextTooShort
from notoneless.journal.services import Stamp
from notoneless.places.queries import paths_of
from notoneless.places.queries.people import has_designated_person
from notoneless.places.queries.units import unit_facts
from notoneless.places.services.people import NoDesignatedPerson
from notoneless.rules.indicators.periods import Period
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS
from notoneless.rules.workplans.kinds import ReportAct, Stream
from notoneless.rules.workplans.streams import STREAMS, Asked, periods, receivers
from notoneless.rules.workplans.wanted import LEVEL_OF
from notoneless.workplans.models import ReportPeriod
from notoneless.workplans.queries.reports import last_cut, period_row, waiting_at
from notoneless.workplans.services.reports import (
    NewPeriod,
    NewVersion,
    open_period,
    write_verdict,
    write_version,
)

WRITTEN = frozenset({Stream.TERM_START, Stream.SCHOOL_WRITTEN, Stream.TOWNSHIP_WRITTEN})
"""Reports in words; the others may be figures alone."""
SHORTEST = 10
DESIGNATED = "designated_person_required"
SEND = Capability.SEND_RETURNS


@dataclass(frozen=True, slots=True)
class Address:
    """Which report is meant."""

    unit_id: UUID
    stream: Stream
    from_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """What its author sends."""

    id: UUID
    text: str
    reason: str = ""


@dataclass(frozen=True)
class Sheet:
    """A report as its author or its receiver finds it."""

    known: Known
    asked: Asked
    receiver_id: UUID | None
    receiver_name: str
    """Empty where nobody stands above."""
    row: ReportPeriod | None
    may_send: bool
    may_receive: bool
    lacks_person: bool
    """The school names nobody for this work, so that no period opens (R-007)."""


def sheet(actor: Actor, at: Address, *, today: date) -> Sheet:
    """A report with what the actor may do with it; some fifteen statements.

    Raises ``Unit.DoesNotExist`` out of reach, ``NotAsked``.
    """
    unit_seen(actor, at.unit_id, on=today, to=Capability.SEE_CASES)
    known = known_unit(actor.county_id, at.unit_id, on=today)
    asked = _asked(known, at, today)
    row = period_row(at.unit_id, at.stream, at.from_on, county_id=actor.county_id)
    receiver = row.receiver_id if row else _receiver(known, at.stream)
    return Sheet(
        known,
        asked,
        receiver,
        unit_facts(receiver).name if receiver else "",
        row,
        may_send=_holds(actor, at.unit_id, today),
        may_receive=receiver is not None and _holds(actor, receiver, today),
        lacks_person=lacks_person(known, on=today),
    )


def draft_figures(actor: Actor, found: Sheet, *, today: date, now: datetime) -> dict[str, Any]:
    """The figures that would be handed in now."""
    return _figures(actor, found.known, found.asked, today=today, now=now)


def lacks_person(known: Known, *, on: date) -> bool:
    """Whether a report may not be opened, because its school has no designated person (R-007)."""
    asks = known.policy.is_on(DESIGNATED) and known.policy.flag(DESIGNATED)
    if not asks or known.unit.kind not in SCHOOLS:
        return False
    return not has_designated_person(known.unit.id, on=on)


def submit(actor: Actor, at: Address, said: Said, *, today: date, now: datetime) -> ReportPeriod:
    """Hand in a report with the figures of this moment; the same page twice is once.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``NotAsked``, ``NoDesignatedPerson``,
    ``TextTooShort``, ``ReportStands`` when somebody else was quicker, ``VersionUsed``.
    """
    return _hand_in(actor, at, said, ReportAct.SUBMIT, today=today, now=now)


def correct(actor: Actor, at: Address, said: Said, *, today: date, now: datetime) -> ReportPeriod:
    """Put another version, with its reason, beside what was handed in (R-236).

    Raises as ``submit``, and ``ReasonMissing``.
    """
    return _hand_in(actor, at, said, ReportAct.CORRECT, today=today, now=now)


@transaction.atomic
def judge(  # which report, how, why
    actor: Actor, at: Address, act: ReportAct, reason: str, *, today: date, now: datetime
) -> ReportPeriod:
    """The receiver takes the newest version over, or sends it back with a reason.

    Whoever sends returns at the receiving unit, or above it in its line. Raises
    ``Unit.DoesNotExist`` out of reach, ``NotAllowed``, ``ReportStands``, ``ReasonMissing``,
    ``ReportPeriod.DoesNotExist`` for a report that nobody has opened.
    """
    unit_seen(actor, at.unit_id, on=today, to=Capability.SEE_CASES)
    row = _locked(at, actor.county_id)
    if row.receiver_id is None:
        raise NothingToAccept()
    actor.must(SEND, at=paths_of(row.receiver_id, on=today))
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=row.receiver_id)
    write_verdict(row, act, reason.strip(), on=today, stamp=stamp)
    plan_unit(row.unit_id, today=today, stamp=stamp)
    return row


@transaction.atomic
def accept_all(actor: Actor, receiver_id: UUID, *, today: date, now: datetime) -> int:
    """Take over everything that waits at a unit; answers how many.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``NothingToAccept``.
    """
    must_see(actor, receiver_id, on=today)
    actor.must(SEND, at=paths_of(receiver_id, on=today))
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=receiver_id)
    rows = list(waiting_at(receiver_id, county_id=actor.county_id).select_for_update(of=("self",)))
    if not rows:
        raise NothingToAccept()
    for row in rows:
        write_verdict(row, ReportAct.ACCEPT, "", on=today, stamp=stamp)
    return len(rows)


def _hand_in(  # whose, which, what, how
    actor: Actor, at: Address, said: Said, act: ReportAct, *, today: date, now: datetime
) -> ReportPeriod:
    unit_seen(actor, at.unit_id, on=today, to=Capability.SEE_CASES)
    actor.must(SEND, at=paths_of(at.unit_id, on=today))
    known = known_unit(actor.county_id, at.unit_id, on=today)
    asked = _asked(known, at, today)
    if lacks_person(known, on=today):
        raise NoDesignatedPerson(school=known.unit.name)
    text = said.text.strip()
    if at.stream in WRITTEN and len(text) < SHORTEST:
        raise TextTooShort(least=SHORTEST)
    figures = _figures(actor, known, asked, today=today, now=now)
    new = NewVersion(figures, text, said.reason.strip(), said.id)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=known.unit.id)
    try:
        return _write(known, asked, new, act, today=today, stamp=stamp)
    except IntegrityError:
        # Another sending of the same page came first.
        return _write(known, asked, new, act, today=today, stamp=stamp)


@transaction.atomic
def _write(  # of whom, which days, what, how
    known: Known, asked: Asked, new: NewVersion, act: ReportAct, *, today: date, stamp: Stamp
) -> ReportPeriod:
    period = NewPeriod(
        known.unit.id,
        asked.stream,
        asked.from_on,
        asked.until,
        asked.due.on if asked.due else None,
        _receiver(known, asked.stream),
    )
    row = open_period(period, on=today, stamp=stamp)
    write_version(row, new, act, on=today, stamp=stamp)
    plan_unit(known.unit.id, today=today, stamp=stamp)
    return row


def _figures(
    actor: Actor, known: Known, asked: Asked, *, today: date, now: datetime
) -> dict[str, Any]:
    """From the day after the last report's figures ended, so that no day falls between two."""
    until = min(asked.until, today)
    before = last_cut(known.unit.id, asked.stream, before=asked.from_on, county_id=actor.county_id)
    began = date.fromordinal(before.toordinal() + 1) if before else asked.from_on
    period = Period(min(began, until), until)
    return assemble(actor, known.unit.id, period, today=today, now=now)


def _asked(known: Known, at: Address, today: date) -> Asked:
    level = LEVEL_OF.get(known.unit.kind)
    year = known.year(at.from_on) or known.year(today)
    if year is None or level is not STREAMS[at.stream].level:
        raise NotAsked()
    for each in periods(at.stream, known.ground(year)):
        if each.from_on == at.from_on and each.opens_on <= today:
            return each
    raise NotAsked()


def _receiver(known: Known, stream: Stream) -> UUID | None:
    found = known.fact.receiver(receivers(stream, known.policy))
    return found[1] if found else None


def _holds(actor: Actor, unit_id: UUID, today: date) -> bool:
    paths = paths_of(unit_id, on=today)
    return any(actor.may(SEND, at=path) for path in paths)


def _locked(at: Address, county_id: UUID) -> ReportPeriod:
    return ReportPeriod.objects.select_for_update(of=("self",)).get(
        county=county_id, unit=at.unit_id, stream=at.stream.value, from_on=at.from_on
    )
