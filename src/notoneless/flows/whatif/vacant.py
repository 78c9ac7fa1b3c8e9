"""Posts that a plan names and nobody holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from notoneless.places.models import Post
from notoneless.places.queries.units import standing
from notoneless.rules.duties.wants import Bearer
from notoneless.rules.roles import Role


def unheld(bearers: Collection[Bearer], *, on: date) -> set[Bearer]:
    """Those of these posts that nobody holds on a day; one statement."""
    rows = Post.objects.filter(
        standing(on),
        unit__in={each.unit_id for each in bearers},
        role__in={each.role.value for each in bearers},
        person__isnull=False,
    )
    held = {Bearer(Role(role), unit) for role, unit in rows.values_list("role", "unit")}
    return set(bearers) - held
