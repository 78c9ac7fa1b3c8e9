"""A person decides about a child that two schools list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Enrolment, StagedRow
from notoneless.children.models.roster import ParkedDecision
from notoneless.children.queries.identities import known_children
from notoneless.children.services.parking import MovedMeanwhile, lock_pending, note_decision
from notoneless.children.services.roster_rows import Grounds, seat_of
from notoneless.children.services.rostered import apply_decided_row
from notoneless.flows.roster.schools import classes_of, found_school, known_schools, villages_of
from notoneless.journal.services import Stamp
from notoneless.places.queries import paths_of
from notoneless.rules.roles import Capability

__all__ = ["Choice", "ParkedDecision", "decide_parked", "first_listing", "must_stand_above"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form asks about a parked row."""

    row_id: int
    decision: ParkedDecision
    spell_id: UUID | None
    """The child's registration that the page showed; another one by now is a stale page."""
    reason: str


@transaction.atomic
def decide_parked(choice: Choice, *, actor: Actor, today: date, now: datetime) -> UUID:
    """Decide a parked row; answers the child that was listed first.

    KEEP leaves everything as it is. MOVE registers the child at the later school from today, with
    what its row says. OTHER_CHILD leaves the child alone: the later school corrects the identity
    number and brings the row again.

    Raises ``StagedRow.DoesNotExist`` (unknown, or not the actor's), ``NotAllowed`` unless the
    actor stands above both schools, ``DecidedAlready``, ``MovedMeanwhile``, ``ReasonMissing``.
    """
    actor.must(Capability.DECIDE_PARKED_ROWS)
    row = lock_pending(choice.row_id, county_id=actor.county_id)
    schools = known_schools(actor.county_id).units
    child_id, spell = first_listing(row, schools)
    must_stand_above(actor, row, spell, schools, on=today)
    if (spell.pk if spell else None) != choice.spell_id:
        raise MovedMeanwhile()
    stamp = Stamp(
        county_id=actor.county_id,
        by=actor.person_id,
        now=now,
        unit_id=row.roster_import.unit_id,
    )
    note_decision(row, child_id, choice.decision, reason=choice.reason, stamp=stamp)
    if choice.decision is ParkedDecision.MOVE:
        _move(row, child_id, schools, today=today, stamp=stamp)
    return child_id


def first_listing(row: StagedRow, schools: dict[str, UUID]) -> tuple[UUID, Enrolment | None]:
    """The child that a parked row is taken for, and its registration of now.

    Raises ``StagedRow.DoesNotExist`` when the child is not on record (its import was cancelled).
    """
    known = known_children(
        {row.identity: dict(row.values)}, county_id=row.county_id, schools=schools
    ).get(row.identity)
    child_id = known.child_id if known is not None else row.child_id
    if child_id is None:
        raise StagedRow.DoesNotExist()
    spell = Enrolment.objects.filter(child=child_id, to_on=None).select_related("school").first()
    return child_id, spell


def must_stand_above(
    actor: Actor,
    row: StagedRow,
    spell: Enrolment | None,
    schools: dict[str, UUID],
    *,
    on: date,
) -> None:
    """Only who looks after both schools may decide between them. Raises ``NotAllowed``."""
    units = [spell.school_id] if spell else []
    later = schools.get(row.school_code)
    if later is None and not actor.may(
        Capability.DECIDE_PARKED_ROWS, at=_county_path(actor, on=on)
    ):
        raise NotAllowed(capability=Capability.DECIDE_PARKED_ROWS.value)
    for unit in (*units, *([later] if later else [])):
        actor.must(Capability.DECIDE_PARKED_ROWS, at=paths_of(unit, on=on) or ("-",))


def _county_path(actor: Actor, *, on: date) -> str:
    return next(iter(paths_of(actor.county_id, on=on)), "-")


def _move(
    row: StagedRow, child_id: UUID, schools: dict[str, UUID], *, today: date, stamp: Stamp
) -> None:
    values = dict(row.values)
    school_id = schools.get(row.school_code) or found_school(
        row.school_code,
        name=str(values.get("school_name", "")),
        both_stages=False,
        on=today,
        stamp=stamp,
    )
    grounds = Grounds(
        school_id=school_id,
        school_code=row.school_code,
        schools=schools,
        classes=classes_of(school_id, {seat_of(values)}, stamp=stamp),
        villages=villages_of(stamp.county_id),
        term_start=today,
        today=today,
    )
    apply_decided_row(row, child_id, grounds, stamp=stamp)
