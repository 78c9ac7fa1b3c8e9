"""The door to papers: through their child, as their office, or as their receiver (R-300)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import ChildPlace
from notoneless.documents.models import Document
from notoneless.places.queries.units import unit_ids_below
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.reach import READS_AS_RECEIVER, TIES, Circle, kinds_of, reads
from notoneless.rules.roles import Capability


def papers_seen(actor: Actor, *, on: date, flags: Collection[UUID] = ()) -> QuerySet[Document]:
    """The papers that the actor may read on day ``on``.

    ``flags``: critical flags that he has, whose report he may read; no list passes any. A child
    that has moved away takes the reading of its papers along; the office keeps its own.
    """
    ways = Q(kind=DocumentKind.MANDATORY_REPORT, file_kind="flag", file_id__in=list(flags))
    for circle in Circle:
        ways |= _within(circle, actor, on=on)
    addressed = reach_of(actor, READS_AS_RECEIVER)
    if addressed:
        ways |= Q(receiver_unit__in=unit_ids_below(addressed, on=on)) & ~_of(Circle.FLAG)
    return Document.objects.filter(ways, county=actor.county_id)


def reach_of(actor: Actor, capabilities: Collection[Capability]) -> tuple[str, ...]:
    """The paths under which the actor has any of these."""
    return tuple(sorted({path for each in capabilities for path in actor.reach(each)}))


def _within(circle: Circle, actor: Actor, *, on: date) -> Q:
    paths = [
        held.path for held in actor.holdings if reads(circle, held.unit_kind, held.capabilities)
    ]
    if not paths:
        return Q(pk__in=[])
    near = ChildPlace.objects.within(paths, on=on).filter(
        Q(child=OuterRef("child")) | Q(child=OuterRef("child__merged_into")),
        relation__in=TIES[circle],
    )
    return _of(circle) & (Q(Exists(near)) | Q(office__in=unit_ids_below(paths, on=on)))


def _of(circle: Circle) -> Q:
    return Q(kind__in=sorted(kinds_of(circle)))
