"""A child and the rows that were merged into it, as rows of signs know them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from notoneless.children.models import Child

WHO = Coalesce("child__merged_into", "child")
"""The child as it is known now."""


def about(child_ids: Collection[UUID]) -> Q:
    """Rows about these children, or about rows since merged into them."""
    ids = list(child_ids)
    rows = Child.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids))
    return Q(child__in=rows.order_by().values("pk"))
