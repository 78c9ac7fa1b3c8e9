"""Who finds which contract (R-175, R-300)."""

from __future__ import annotations

from collections.abc import Iterable
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

    Whoever reads contracts at party A or above it in the line in which A stands above B, or at the
    unit that is bound; and whoever holds a line himself. A family's contract opens only together
    with the child, and goes with it to the class in which it is now.
    """
    reach = actor.reach(Capability.SEE_CONTRACTS)
    kept = Q(unit_b__in=_units(actor, Capability.SEE_CONTRACTS)) | _drawn_below(reach, on=on)
    classes = [path for path in reach if line_of(path) is Line.EDUCATION]
    here = ChildPlace.objects.within(classes, on=on).filter(relation=Relation.SCHOOL)
    kept |= Q(Exists(here.filter(child=OuterRef("child"))))
    if actor.person_id is not None:
        kept |= Q(Exists(own_lines(actor).filter(contract=OuterRef("pk"))))
    child = Child.objects.seen_by(actor, on=on).filter(pk=OuterRef("child"))
    return Contract.objects.filter(Q(child=None) | Q(Exists(child)), kept, county=actor.county_id)


def contracts_kept(actor: Actor, *, on: date) -> QuerySet[Contract]:
    """Those of them that the actor may change: he keeps contracts at party A, or above it."""
    reach = actor.reach(Capability.KEEP_CONTRACTS)
    return contracts_seen(actor, on=on).filter(_drawn_below(reach, on=on))


def _drawn_below(reach: Iterable[str], *, on: date) -> Q:
    """Contracts whose party A stands at or below these paths, each in its own line."""
    found = Q(pk__in=[])
    paths = list(reach)
    for line in Line:
        of_line = [path for path in paths if line_of(path) is line]
        if of_line:
            found |= Q(line=line, unit_a__in=unit_ids_below(of_line, on=on))
    return found


def own_lines(actor: Actor) -> QuerySet[Party]:
    """The lines that the actor holds now."""
    return Party.objects.filter(person=actor.person_id, superseded_at=None)


def kept_units(actor: Actor) -> list[object]:
    """Units whose contracts the actor keeps himself, those above and below not among them."""
    return _units(actor, Capability.KEEP_CONTRACTS)


def _units(actor: Actor, capability: Capability) -> list[object]:
    return sorted({h.unit_id for h in actor.holdings if capability in h.capabilities}, key=str)
