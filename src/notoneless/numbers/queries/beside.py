"""What stands beside the counts of children in a report: contacts made, and villages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count as Rows
from django.db.models import OuterRef, Q, Subquery

from notoneless.attendance.queries.members import registered_on
from notoneless.children.models import ChildPlace, Enrolment
from notoneless.children.models.places import Relation
from notoneless.contacts.models import ContactChild
from notoneless.numbers.queries.registered import children_of, registered
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.places.models import Unit
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period

BY_VILLAGE = (Count.DROPPED, Count.DROPPED_IN_PERIOD, Count.RETURNED, Count.SUSPECTED)
"""What is broken down by village beside who is on the roll (R-233)."""


@dataclass(frozen=True, slots=True)
class VillageLine:
    """Children who live in one village; without an id those of whom nobody has said where."""

    unit_id: UUID | None
    name: str
    counts: dict[Count, int]


def contacts_made(county_id: UUID, leaves: Collection[UUID], period: Period) -> dict[str, int]:
    """Contacts that reached somebody, by kind, each child for itself (人次); one statement.

    Of children who were registered in these classes on the day of the contact.
    """
    day = OuterRef("contact__happened_on")
    there = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=day), child=OuterRef("child"), from_on__lte=day
    )
    rows = (
        ContactChild.objects.filter(
            county=county_id,
            contact__superseded_at=None,
            contact__is_reached=True,
            contact__closed_at__isnull=False,
            contact__happened_on__gte=period.from_on,
            contact__happened_on__lte=period.until,
        )
        .annotate(at=Subquery(there.values("school_class")[:1]))
        .filter(at__in=list(leaves))
        .order_by()
        .values_list("contact__kind")
        .annotate(n=Rows("pk"))
    )
    return dict(rows)


def villages_of(scope: Scope, tree: Tree, leaves: Collection[UUID]) -> list[VillageLine]:
    """Children of these leaves by the village they live in, by name; some seven statements.

    On the roll at the cut-off day, and those lost, suspected and back as the counts count them.
    """
    until = scope.period.until
    roll = registered_on(until).filter(
        Q(school_class__in=list(leaves)) | Q(school_class=None, school__in=list(leaves)),
        county=scope.county_id,
    )
    lives = ChildPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=until),
        relation=Relation.RESIDENCE,
        from_on__lte=until,
        line="g",
        county=scope.county_id,
    )
    of_roll = (
        roll.annotate(at=Subquery(lives.filter(child=OuterRef("child")).values("unit")[:1]))
        .order_by()
        .values_list("at")
        .annotate(n=Rows("pk"))
    )
    counts: dict[UUID | None, dict[Count, int]] = {at: {Count.ON_ROLL: n} for at, n in of_roll}
    found = registered(scope, tree, leaves, today=until)
    lines = dict.fromkeys(leaves, True)
    ids = {count: children_of(found, count, lines, scope, tree) for count in BY_VILLAGE}
    every = set().union(*ids.values())
    home = dict(lives.filter(child__in=every).values_list("child", "unit")) if every else {}
    for count, children in ids.items():
        for child in children:
            own = counts.setdefault(home.get(child), {})
            own[count] = own.get(count, 0) + 1
    names = dict(Unit.objects.filter(pk__in=[at for at in counts if at]).values_list("pk", "name"))
    rows = [VillageLine(at, names.get(at, "") if at else "", n) for at, n in counts.items()]
    return sorted(rows, key=lambda row: (row.unit_id is None, row.name))
