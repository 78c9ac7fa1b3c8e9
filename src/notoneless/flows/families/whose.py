"""Which children stand on a guardian's page; asked anew with every request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from notoneless.children.models import Child, Guardian
from notoneless.children.queries.listing import Registration, registrations
from notoneless.families.queries.invitations import Visitor
from notoneless.families.queries.sayings import SaidLine, not_his, said_by
from notoneless.protection.queries.guardians import kept_from_guardian
from notoneless.rules.families import SaidKind


@dataclass(frozen=True, slots=True)
class HisChild:
    """A child of which the visitor is guardian by the record that stands."""

    id: UUID
    name: str
    guardian_id: UUID
    phone: str
    """The guardian's own, as that child's record has it."""
    registration: Registration
    said: Mapping[SaidKind, SaidLine]


def children_of(visitor: Visitor) -> list[HisChild]:
    """The registered children for whom the records name this guardian; six statements.

    The same name and the same number make the same guardian, all over the county; without a number
    only the child that he was invited for is his. What he said is not his child, and a child that
    is kept from him, is left out without a trace.
    """
    rows = _named(visitor)
    ids = [row.child_id for row in rows]
    if not ids:
        return []
    said = said_by(visitor.name, ids, county_id=visitor.county_id)
    kept = kept_from_guardian(
        ids, name=visitor.name, phones=_phones(visitor, rows), county_id=visitor.county_id
    )
    at = registrations(ids)
    return [
        HisChild(row.child_id, row.child.name, row.pk, row.phone, at[row.child_id], words)
        for row in rows
        if row.child_id in at
        and row.child_id not in kept
        and not not_his(words := said.get(row.child_id, {}))
    ]


def child_of(visitor: Visitor, child_id: UUID) -> HisChild:
    """One child on the visitor's page. Raises ``Child.DoesNotExist`` for every other child."""
    for child in children_of(visitor):
        if child.id == child_id:
            return child
    raise Child.DoesNotExist


def _named(visitor: Visitor) -> list[Guardian]:
    """The rows of today's records that name him, one a child, the child invited for first."""
    same = Q(child=visitor.invited_for)
    if visitor.phones:
        same |= Q(phone_index__in=visitor.phones)
    rows = (
        Guardian.objects.filter(
            same,
            county=visitor.county_id,
            name=visitor.name,
            is_guardian=True,
            superseded_at=None,
            child__merged_into=None,
        )
        .select_related("child")
        .defer("national_id")
        .order_by("child__pinyin", "child", "position")
    )
    found: dict[UUID, Guardian] = {}
    for row in rows:
        found.setdefault(row.child_id, row)
    return sorted(found.values(), key=lambda row: row.child_id != visitor.invited_for)


def _phones(visitor: Visitor, rows: list[Guardian]) -> frozenset[str]:
    return visitor.phones | {row.phone_index for row in rows if row.phone_index}
