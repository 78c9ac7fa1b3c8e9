"""A child and the rows that were merged into it, as rows of signs know them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from notoneless.children.queries import branches


def about(child_ids: Collection[UUID]) -> Q:
    """Rows about these children, or about rows since merged into them."""
    return Q(child__in=branches.about(child_ids))
