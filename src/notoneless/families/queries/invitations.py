"""Invitations of some children, and whom a visit belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from notoneless.children.models import Guardian
from notoneless.families.models import Invitation, Visit
from notoneless.families.services.invitations import key_index
from notoneless.rules.families import InvitationState, invitation_state, is_visit_over


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """The newest invitation of one guardian of a child."""

    id: UUID
    guardian_name: str
    state: InvitationState
    made_at: datetime
    made_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """The guardian who looks at his page."""

    visit_id: UUID
    county_id: UUID
    name: str
    invited_for: UUID
    """The child that the invitation was made for, as it is known now."""
    phones: frozenset[str]
    """Blind indexes of the numbers under which that child's records know him; never empty text."""


def newest_invitations(
    child_ids: Collection[UUID], *, county_id: UUID, now: datetime
) -> dict[UUID, dict[str, InvitationLine]]:
    """The newest invitation of each guardian of these children, by child and his name; one
    statement."""
    rows = (
        Invitation.objects.filter(child__in=child_ids, county=county_id)
        .annotate(is_used=Exists(Visit.objects.filter(invitation=OuterRef("pk"))))
        .select_related("guardian", "made_by")
        .order_by("-made_at", "-pk")
    )
    found: defaultdict[UUID, dict[str, InvitationLine]] = defaultdict(dict)
    for row in rows:
        line = InvitationLine(
            row.pk,
            row.guardian.name,
            invitation_state(row.facts(is_used=row.is_used), now=now),
            row.made_at,
            row.made_by.name,
            row.expires_at,
        )
        found[row.child_id].setdefault(row.guardian.name, line)
    return dict(found)


def standing_invitations(child_id: UUID, name: str) -> list[UUID]:
    """Invitations of a child's guardian of this name that have not ended; one statement."""
    rows = Invitation.objects.filter(child=child_id, guardian__name=name, ended_at=None)
    return list(rows.values_list("pk", flat=True))


def visitor_of(secret: str, *, now: datetime) -> tuple[Visitor, datetime] | None:
    """Who holds this secret, and when he looked last; ``None`` when his visit is over.

    Two statements. A number that the school corrected since counts beside the older one.
    """
    visit = (
        Visit.objects.filter(key_index=key_index(secret), left_at=None)
        .select_related("invitation__guardian", "invitation__child")
        .first()
    )
    if visit is None or is_visit_over(began_at=visit.began_at, seen_at=visit.seen_at, now=now):
        return None
    guardian, child = visit.invitation.guardian, visit.invitation.child
    kept = child.merged_into_id or child.pk
    now_known = Guardian.objects.filter(child=kept, name=guardian.name, superseded_at=None)
    phones = {guardian.phone_index, *now_known.values_list("phone_index", flat=True)} - {""}
    visitor = Visitor(visit.pk, visit.county_id, guardian.name, kept, frozenset(phones))
    return visitor, visit.seen_at
