"""Both lines of command that answer for one child, with their gaps (R-010, R-017)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.children.queries.listing import Registration
from notoneless.places.queries.coverage import two_lines_for
from notoneless.rules.coverage import TwoLines

HOMES = (Relation.RESIDENCE, Relation.HUKOU)
"""Where a child lives comes before where it is on the household register."""


def chains_of(child_id: UUID, registration: Registration | None, *, on: date) -> TwoLines:
    """The village's and the school's chain for a child that the caller was let see.

    Without a village, or without a school, that chain is all gaps: somebody must look.
    """
    homes = dict(
        ChildPlace.objects.filter(
            Q(to_on=None) | Q(to_on__gt=on), child=child_id, relation__in=HOMES, from_on__lte=on
        )
        .order_by("-from_on")
        .values_list("relation", "unit")
    )
    home = next((homes[relation] for relation in HOMES if relation in homes), None)
    learns_at = (registration.class_id or registration.school_id) if registration else None
    return two_lines_for(home_id=home, class_id=learns_at, on=on)
