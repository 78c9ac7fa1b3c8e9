"""Unmask a child's numbers for a purpose, and note who did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.children.models import Child, ChildRecord, Guardian
from notoneless.children.queries.doors import why_visible
from notoneless.children.services.identity import values_of
from notoneless.journal.services import Stamp, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.visibility import FieldGroup, may_reveal


class PurposeMissing(Refusal):
    """Numbers are shown only to somebody who says what for."""

    code = "READ-01"


@transaction.atomic
def reveal(
    child_id: UUID, group: FieldGroup, *, purpose: str, actor: Actor, today: date, stamp: Stamp
) -> Mapping[str, str]:
    """The plain numbers of IDENTITY or CONTACT, by column key (``guardian1_phone`` …).

    The reading is noted in the same transaction: no note, no numbers. Raises
    ``Child.DoesNotExist`` when this actor may not reveal them, ``PurposeMissing``.
    """
    doors = why_visible(actor, child_id, on=today)
    if not may_reveal([door.opening for door in doors], group):
        raise Child.DoesNotExist()
    if not purpose.strip():
        raise PurposeMissing()
    child = Child.objects.get(pk=child_id, county=actor.county_id)
    shown = _identity(child) if group is FieldGroup.IDENTITY else _contact(child)
    note_reading(
        "child.revealed",
        stamp=stamp,
        child_id=child.pk,
        fields=sorted(shown),
        purpose=purpose.strip(),
    )
    return shown


def _identity(child: Child) -> dict[str, str]:
    return {"id_number": child.national_id, "student_number": child.student_number}


def _contact(child: Child) -> dict[str, str]:
    record = ChildRecord.objects.filter(child=child, superseded_at=None).first()
    values = values_of(record) if record else {}
    shown = {
        "phone": str(values.get("phone", "") or ""),
        "home_address": str(values.get("home_address", "") or ""),
    }
    guardians = Guardian.objects.filter(child=child, superseded_at=None).order_by("position")
    return shown | {f"guardian{row.position}_phone": row.phone for row in guardians}
