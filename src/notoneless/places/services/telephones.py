"""Write down under which telephone a unit is reached (R-017)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Unit, UnitTelephone
from notoneless.places.services.units import StaleVersion
from notoneless.rules.refusal import Refusal
from notoneless.rules.telephones import HAVE_TELEPHONE, Telephone, is_number
from notoneless.rules.units import UnitKind


class NotANumber(Refusal):
    """Nobody can call this."""

    code = "TELEPHONE-01"


class NoTelephoneHere(Refusal):
    """Units of this kind have no telephone of their own."""

    code = "TELEPHONE-02"


@transaction.atomic
def save_telephone(
    unit_id: UUID, wanted: Telephone, *, basis: UUID | None, stamp: Stamp
) -> UnitTelephone:
    """Let a unit be reached as ``wanted`` from now on; papers of before keep what they say.

    ``basis`` is the row that the page was made from, ``None`` when there was none. The same words
    again change nothing. Raises ``NotANumber``, ``NoTelephoneHere``, ``StaleVersion``.
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id, county=stamp.county_id)
    if UnitKind(unit.kind) not in HAVE_TELEPHONE:
        raise NoTelephoneHere(unit=unit.name)
    if not is_number(wanted.phone):
        raise NotANumber()
    standing = UnitTelephone.objects.filter(unit=unit, superseded_at=None).first()
    if standing and wanted == Telephone(standing.phone, standing.contact, standing.address):
        return standing
    if (standing.pk if standing else None) != basis:
        raise StaleVersion(what=unit.name)
    on, subject = timezone.localtime(stamp.now).date(), ("unit", unit.pk)
    if standing is not None:
        standing.superseded_at = stamp.now
        standing.save(update_fields=["superseded_at"])
        record("telephone.superseded", standing, subject=subject, happened_on=on, stamp=stamp)
    row = UnitTelephone.objects.create(
        county_id=stamp.county_id,
        unit=unit,
        phone=wanted.phone,
        contact=wanted.contact,
        address=wanted.address,
        recorded_at=stamp.now,
        recorded_by=stamp.by,
    )
    record("telephone.saved", row, subject=subject, happened_on=on, stamp=stamp)
    return row
