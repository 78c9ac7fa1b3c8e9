"""Volumes of an office, and what lies in one (R-298)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from notoneless.access.actor import Actor
from notoneless.documents.models import Volume, VolumeItem
from notoneless.documents.queries.doors import papers_seen, reach_of
from notoneless.documents.queries.papers import PaperLine, line_of
from notoneless.places.queries.units import unit_ids_below
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.roles import Capability

MOST = 500


@dataclass(frozen=True, slots=True)
class VolumeLine:
    id: UUID
    unit_id: UUID
    unit_name: str
    kind: ArchiveKind
    year: int
    number: int
    title: str
    keeper: str
    items: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A paper that the reader may read, or what else lies there."""

    position: int
    paper: PaperLine | None
    title: str
    dated_on: date | None
    pages: int
    is_hidden: bool = False
    """A paper that is not this reader's: only that it lies here."""


@dataclass(frozen=True, slots=True)
class VolumePage:
    line: VolumeLine
    items: tuple[ItemLine, ...]


def volumes(
    actor: Actor, *, on: date, kind: ArchiveKind | None = None, year: int | None = None
) -> tuple[VolumeLine, ...]:
    """The volumes of the actor's unit and those below, newest year first; one statement."""
    rows = _seen(actor, on=on)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if year is not None:
        rows = rows.filter(year=year)
    return tuple(_line(row) for row in rows.order_by("-year", "kind", "number")[:MOST])


def volume_seen(actor: Actor, volume_id: UUID, *, on: date) -> VolumePage:
    """One volume with its contents; three statements. Raises ``Volume.DoesNotExist``."""
    row = _seen(actor, on=on).get(pk=volume_id)
    items = list(VolumeItem.objects.filter(volume=row).order_by("position"))
    papers = {
        paper.pk: line_of(paper)
        for paper in papers_seen(actor, on=on)
        .filter(pk__in=[item.document_id for item in items if item.document_id])
        .select_related("office", "child", "receiver_unit")
        .defer("payload")
    }
    return VolumePage(_line(row), tuple(_item(item, papers) for item in items))


def _seen(actor: Actor, *, on: date) -> QuerySet[Volume]:
    units = unit_ids_below(reach_of(actor, {Capability.SEE_CASES}), on=on)
    rows = Volume.objects.filter(county=actor.county_id, unit__in=units)
    return rows.select_related("unit", "keeper").annotate(items_count=Count("items"))


def _line(row: Volume) -> VolumeLine:
    return VolumeLine(
        row.pk,
        row.unit_id,
        row.unit.name,
        ArchiveKind(row.kind),
        row.year,
        row.number,
        row.title,
        row.keeper.name,
        getattr(row, "items_count", 0),
    )


def _item(row: VolumeItem, papers: dict[UUID, PaperLine]) -> ItemLine:
    if row.document_id is None:
        return ItemLine(row.position, None, row.title, row.dated_on, row.pages)
    paper = papers.get(row.document_id)
    if paper is None:
        return ItemLine(row.position, None, "", row.dated_on, row.pages, is_hidden=True)
    return ItemLine(row.position, paper, paper.form_name, row.dated_on, row.pages)
