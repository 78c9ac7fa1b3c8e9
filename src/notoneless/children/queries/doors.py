"""Why somebody may see a child: the tie that was found, and the post in whose reach it lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.children.models import ChildPlace
from notoneless.children.queries.units import ClassName, class_name
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability, Role
from notoneless.rules.visibility import FieldGroup, Opening, groups_shown


@dataclass(frozen=True, slots=True)
class Door:
    """One answer to "why may I see this child?"."""

    relation: str
    unit_name: str
    class_name: ClassName | None
    """Of the unit, where it is a class."""
    since: date
    is_lent: bool
    """The tie belongs to a row that was merged into this child."""
    role: Role
    post_unit: str
    approved_until: str
    capabilities: frozenset[Capability]

    @property
    def opening(self) -> Opening:
        return Opening(self.relation, self.capabilities)


def why_visible(actor: Actor, child_id: UUID, *, on: date) -> tuple[Door, ...]:
    """Every tie that opens this child to ``actor`` on day ``on``, the widest first; one statement.

    Empty when the child is unknown, of another county, or out of reach: not to be told apart.
    """
    places = ChildPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on),
        child=child_id,
        child__county=actor.county_id,
        from_on__lte=on,
    ).select_related("unit")
    doors: dict[tuple[str, UUID, UUID], Door] = {}
    for place in places:
        for holding in actor.holdings:
            if Capability.SEE_CHILDREN not in holding.capabilities:
                continue
            if is_below(place.path, holding.path):
                # A school stands in both lines: one answer, not two.
                doors.setdefault(
                    (place.relation, place.unit_id, holding.post_id),
                    Door(
                        relation=place.relation,
                        unit_name=place.unit.name,
                        class_name=class_name(place.unit),
                        since=place.from_on,
                        is_lent=place.by_merge_id is not None,
                        role=holding.role,
                        post_unit=holding.unit_name,
                        approved_until=holding.approved_until,
                        capabilities=holding.capabilities,
                    ),
                )
    return tuple(sorted(doors.values(), key=lambda d: -len(groups_shown([d.opening]))))


def groups_of(doors: Iterable[Door]) -> frozenset[FieldGroup]:
    """What these doors show together."""
    return groups_shown(door.opening for door in doors)
