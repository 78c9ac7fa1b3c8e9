"""What a reader is shown of contacts about some children: judged child by child, tie by tie."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, Holding
from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import INSIDE_SCHOOLS
from notoneless.rules.visibility import FieldGroup, Opening, groups_shown

TIES = frozenset(
    {
        Relation.SCHOOL,
        Relation.RESIDENCE,
        Relation.HUKOU,
        Relation.HELPER,
        Relation.CASE,
    }
)
"""Ties of those who deal with a family. A referral or a receiving school is told what it needs."""
DEALS_WITH_FAMILIES = frozenset({Capability.SEE_CONTACTS, Capability.LOG_CONTACTS})


@dataclass(frozen=True, slots=True)
class Shown:
    """What the doors to one child show together."""

    is_seen: bool = False
    """That there was a contact, when, by whom, with what result."""
    statements: bool = False
    """What child and guardian said, what was found and promised."""
    restricted: bool = False
    """Restricted causes by their name."""

    def __or__(self, other: Shown) -> Shown:
        return Shown(
            self.is_seen or other.is_seen,
            self.statements or other.statements,
            self.restricted or other.restricted,
        )


NOTHING = Shown()


def shown_of(actor: Actor, child_ids: Collection[UUID], *, on: date) -> dict[UUID, Shown]:
    """What ``actor`` is shown about each child on day ``on``; one statement.

    Children out of reach are not in it. Statements show through a school's tie to somebody who
    sees families; restricted causes only to posts inside the school. A village never sees either.
    """
    places = ChildPlace.objects.within(reach_of(actor), on=on).filter(child__in=list(child_ids))
    found: dict[UUID, Shown] = {}
    for child_id, relation, path in places.values_list("child", "relation", "path"):
        through = (h for h in actor.holdings if is_below(path, h.path))
        found[child_id] = found.get(child_id, NOTHING) | _through(through, relation)
    return {child: shown for child, shown in found.items() if shown.is_seen}


def reach_of(actor: Actor) -> tuple[str, ...]:
    """The paths under which the actor deals with families."""
    return tuple(sorted({path for each in DEALS_WITH_FAMILIES for path in actor.reach(each)}))


def together(shown: Iterable[Shown]) -> Shown:
    """What several children's doors show of a contact about all of them."""
    result = NOTHING
    for each in shown:
        result = result | each
    return result


def _through(holdings: Iterable[Holding], relation: str) -> Shown:
    result = NOTHING
    for held in holdings:
        if not held.capabilities & DEALS_WITH_FAMILIES or relation not in TIES:
            continue
        groups = groups_shown([Opening(relation, held.capabilities)])
        statements = relation == Relation.SCHOOL and FieldGroup.FAMILY in groups
        restricted = statements and held.unit_kind in INSIDE_SCHOOLS
        result = result | Shown(True, statements, restricted)
    return result
