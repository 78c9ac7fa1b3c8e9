"""The parked rows that somebody may decide, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child, StagedRow
from notoneless.children.models.roster import Parking, Verdict
from notoneless.children.queries.units import ClassName, class_name
from notoneless.children.services.parking import DecidedAlready
from notoneless.flows.roster.deciding import first_listing, must_stand_above
from notoneless.flows.roster.schools import known_schools, school_names
from notoneless.rules.masking import mask_id
from notoneless.rules.roles import Capability

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """What one school says about the child."""

    school: str
    class_name: ClassName | None
    class_text: str
    """As the school wrote it, where no class is founded for it yet."""
    since: str
    """ISO date of registration, or the month of entry that the row names."""
    name: str
    born_on: str
    national_id: str
    """Masked."""
    guardian: str


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A child that two schools list."""

    id: int
    file: str
    sheet_row: int
    child_id: UUID
    spell_id: UUID | None
    first: Listing
    later: Listing


def parked_rows(actor: Actor, *, on: date) -> list[ParkedRow]:
    """Parked rows that wait and that ``actor`` may decide, oldest first. Raises ``NotAllowed``."""
    actor.must(Capability.DECIDE_PARKED_ROWS)
    units, names = known_schools(actor.county_id).units, school_names(actor.county_id)
    found: list[ParkedRow] = []
    for row in _waiting(actor).order_by("pk").iterator(chunk_size=MOST_ROWS):
        shown = _shown(row, actor, units, names, on=on)
        found.extend([shown] if shown is not None else [])
        if len(found) == MOST_ROWS:
            break
    return found


def parked_row(actor: Actor, row_id: int, *, on: date) -> ParkedRow:
    """One of them. Raises ``StagedRow.DoesNotExist`` also for one that is not the actor's.

    ``DecidedAlready`` for one that waits no longer.
    """
    actor.must(Capability.DECIDE_PARKED_ROWS)
    units, names = known_schools(actor.county_id).units, school_names(actor.county_id)
    parked = StagedRow.objects.filter(county=actor.county_id, verdict=Verdict.PARKED)
    row = parked.select_related("file", "roster_import").get(pk=row_id)
    shown = _shown(row, actor, units, names, on=on)
    if shown is None:
        raise StagedRow.DoesNotExist()
    if row.parking != Parking.PENDING:
        raise DecidedAlready()
    return shown


def _waiting(actor: Actor) -> QuerySet[StagedRow]:
    rows = StagedRow.objects.filter(
        county=actor.county_id, verdict=Verdict.PARKED, parking=Parking.PENDING
    )
    return rows.select_related("file", "roster_import")


def _shown(
    row: StagedRow, actor: Actor, units: dict[str, UUID], names: dict[str, str], *, on: date
) -> ParkedRow | None:
    try:
        child_id, spell = first_listing(row, units)
        must_stand_above(actor, row, spell, units, on=on)
    except (NotAllowed, StagedRow.DoesNotExist):
        return None
    child = Child.objects.get(pk=child_id)
    first = Listing(
        school=spell.school.name if spell else "",
        class_name=class_name(spell.school_class) if spell else None,
        class_text="",
        since=spell.from_on.isoformat() if spell else "",
        name=child.name,
        born_on=child.born_on.isoformat() if child.born_on else "",
        national_id=mask_id(child.national_id),
        guardian=_guardian_of(child),
    )
    return ParkedRow(
        id=row.pk,
        file=row.file.name,
        sheet_row=row.sheet_row,
        child_id=child_id,
        spell_id=spell.pk if spell else None,
        first=first,
        later=_later(row, names),
    )


def _later(row: StagedRow, names: dict[str, str]) -> Listing:
    sealed: Any = row.values
    values = dict(sealed)
    members = values.get("guardians") or [{}]
    return Listing(
        school=names.get(row.school_code, row.school_code),
        class_name=None,
        class_text=str(values.get("class_text", "")),
        since=str(values.get("entry_month", "")),
        name=str(values.get("name", "")),
        born_on=str(values.get("birth_on", "")),
        national_id=mask_id(str(values.get("id_number", ""))),
        guardian=str(members[0].get("name", "")),
    )


def _guardian_of(child: Child) -> str:
    rows = child.guardians.filter(superseded_at=None).order_by("position")
    return rows.values_list("name", flat=True).first() or ""
