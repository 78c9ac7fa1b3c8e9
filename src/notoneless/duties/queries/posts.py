"""How much lies with a post, for whoever changes its holder."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from notoneless.duties.models import Duty
from notoneless.rules.duties.kinds import DutyState
from notoneless.rules.roles import Role


def open_at_posts(posts: Iterable[tuple[Role, UUID]], *, county_id: UUID) -> int:
    """How many open duties the posts, each a role at a unit, bear; one statement.

    A number without a name in it: whoever changes posts need not see children.
    """
    borne = Q(pk__in=[])
    for role, unit_id in posts:
        borne |= Q(bearer_role=role, bearer_unit=unit_id)
    return Duty.objects.filter(borne, county=county_id, state=DutyState.OPEN).count()
