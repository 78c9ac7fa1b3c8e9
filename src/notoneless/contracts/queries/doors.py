"""Who finds which contract (R-175, R-300)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child, ChildPlace
from notoneless.children.models.places import Relation
from notoneless.contracts.models import Contract, Party
from notoneless.places.queries.units import unit_ids_below
from notoneless.rules.paths import Line, line_of
from notoneless.rules.roles import Capability


def contracts_seen(actor: Actor, *, on: date) -> QuerySet[Contract]:
    """The contracts that the actor may open.

    Whoever keeps contracts at party A or above it in the line in which A stands above B, or at the
    unit that is bound; and whoever holds a line himself. A family's contract opens only together
    with the child, and goes with it to the class in which it is now.
    """
    reach = actor.reach(Capability.KEEP_CONTRACTS)
    kept = Q(unit_b__in=kept_units(actor))
    for line in Line:
        paths = [path for path in reach if line_of(path) is line]
        if paths:
            kept |= Q(line=line, unit_a__in=unit_ids_below(paths, on=on))
    classes = [path for path in reach if line_of(path) is Line.EDUCATION]
    here = ChildPlace.objects.within(classes, on=on).filter(relation=Relation.SCHOOL)
    kept |= Q(Exists(here.filter(child=OuterRef("child"))))
    if actor.person_id is not None:
        kept |= Q(Exists(own_lines(actor).filter(contract=OuterRef("pk"))))
    child = Child.objects.seen_by(actor, on=on).filter(pk=OuterRef("child"))
    return Contract.objects.filter(Q(child=None) | Q(Exists(child)), kept, county=actor.county_id)


def own_lines(actor: Actor) -> QuerySet[Party]:
    """The lines that the actor holds now."""
    return Party.objects.filter(person=actor.person_id, superseded_at=None)


def kept_units(actor: Actor) -> list[object]:
    """Units whose contracts the actor keeps himself, those above and below not among them."""
    return sorted(
        {h.unit_id for h in actor.holdings if Capability.KEEP_CONTRACTS in h.capabilities}, key=str
    )
