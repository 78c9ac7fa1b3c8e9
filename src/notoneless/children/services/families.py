"""Correct what a child's record says of its family: who is guardian, his number, the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child, ChildRecord, Guardian
from notoneless.children.services.identity import (
    MergedAway,
    in_reach,
    known_without_record,
    supersede_record,
    values_of,
)
from notoneless.journal.services import Stamp
from notoneless.rules.roles import Capability
from notoneless.vault.sealing import blind_index

Member = dict[str, Any]
"""A family member as a record's values hold it."""


@dataclass(frozen=True, slots=True)
class FamilyCorrection:
    """One thing to put right; the others stay."""

    guardian_name: str
    """Whose number it is, or who is no guardian of the child."""
    phone: str | None = None
    """Tidied; ``None`` to leave it."""
    home_address: str | None = None
    """``None`` to leave it."""
    is_removed: bool = False


@transaction.atomic
def correct_family(
    child_id: UUID,
    correction: FamilyCorrection,
    *,
    actor: Actor,
    reason: str,
    today: date,
    stamp: Stamp,
) -> ChildRecord:
    """Correct the family in a child's record; the older record stays, superseded.

    Raises ``Child.DoesNotExist`` (unknown, or not this actor's), ``NotAllowed``, ``MergedAway``.
    """
    seen = Child.objects.seen_by(actor, on=today).filter(pk=child_id)
    child = Child.objects.select_for_update().get(pk__in=seen.values("pk"))
    if not in_reach(child.pk, actor, Capability.CORRECT_CHILDREN, on=today):
        raise NotAllowed(capability=Capability.CORRECT_CHILDREN.value)
    if child.merged_into_id is not None:
        raise MergedAway()
    old = ChildRecord.objects.filter(child=child, superseded_at=None).first()
    values = values_of(old) if old else _known(child)
    if correction.home_address is not None:
        values["home_address"] = correction.home_address
    if correction.is_removed:
        _change_members(child, values, correction.guardian_name, lambda _member: None, stamp)
    elif correction.phone is not None:
        new: Member = {"phone": correction.phone}
        _change_members(
            child, values, correction.guardian_name, lambda member: {**member, **new}, stamp
        )
    return supersede_record(child, old, values, reason=reason, stamp=stamp)


def _change_members(
    child: Child,
    values: dict[str, object],
    name: str,
    change: Callable[[Member], Member | None],
    stamp: Stamp,
) -> None:
    """Put the members of this name through ``change``, in the record and in the rows of today."""
    members = [
        changed
        for member in _members(child, values)
        if (changed := change(member) if member["name"] == name else member) is not None
    ]
    values["guardians"] = members
    Guardian.objects.filter(child=child, superseded_at=None).update(superseded_at=stamp.now)
    Guardian.objects.bulk_create(
        _row(child, position, member) for position, member in enumerate(members, start=1)
    )


def _members(child: Child, values: dict[str, object]) -> list[Member]:
    """The family as the rows of today say it, with what only the record knows of each."""
    recorded: Any = values.get("guardians", ())
    more: dict[str, Member] = {member["name"]: member for member in recorded}
    rows = Guardian.objects.filter(child=child, superseded_at=None).order_by("position")
    return [{**more.get(row.name, {}), **_member(row)} for row in rows]


def _member(row: Guardian) -> Member:
    member: Member = {
        "name": row.name,
        "relation": row.relation,
        "phone": row.phone,
        "id_number": row.national_id,
        "is_guardian": row.is_guardian,
    }
    return {key: value for key, value in member.items() if value}


def _row(child: Child, position: int, member: Member) -> Guardian:
    phone, number = str(member.get("phone", "")), str(member.get("id_number", ""))
    return Guardian(
        county_id=child.county_id,
        child=child,
        position=position,
        name=member["name"],
        relation=str(member.get("relation", "")),
        is_guardian=member.get("is_guardian") is True,
        phone=phone,
        phone_index=blind_index(phone, kind="phone"),
        national_id=number,
        national_id_index=blind_index(number, kind="national_id"),
    )


def _known(child: Child) -> dict[str, object]:
    """What the child's own row knows, where no record stands."""
    known = {
        "name": child.name,
        "sex": child.sex,
        "birth_on": child.born_on.isoformat() if child.born_on else "",
        "id_number": child.national_id,
    }
    return {**known_without_record(child), **{key: text for key, text in known.items() if text}}
