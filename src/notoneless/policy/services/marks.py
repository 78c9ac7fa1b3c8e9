"""One change of a county's policy after the other."""

from __future__ import annotations

from uuid import UUID, uuid4

from notoneless.policy.models import PolicyMark


def begin_change(county_id: UUID) -> None:
    """Wait for whoever is changing the county's policy, then mark every cached answer old.

    Call it first in the transaction of a change.
    """
    PolicyMark.objects.get_or_create(scope=county_id, defaults={"mark": uuid4()})
    row = PolicyMark.objects.select_for_update().get(scope=county_id)
    row.mark = uuid4()
    row.save(update_fields=["mark"])
