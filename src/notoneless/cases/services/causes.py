"""The cause that a case is listed under; what was said stays with the contact."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from notoneless.cases.models import Case
from notoneless.rules.cases.kinds import AWAY


def note_cause(child_ids: Collection[UUID], cause: str, *, county_id: UUID) -> None:
    """Note the newest known cause, folded, on the open cases of these children; one statement."""
    Case.objects.filter(child__in=list(child_ids), county=county_id, state__in=AWAY).update(
        main_cause=cause
    )
