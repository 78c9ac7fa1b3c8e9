"""Offices that number papers: their words, their registers of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from notoneless.access.actor import Actor
from notoneless.documents.models import Document, NumberRegister, OfficeWord
from notoneless.documents.queries.doors import reach_of
from notoneless.places.queries.units import Place, units_once_below
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.names import NAMING
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind

SILENT_SERIES = NAMING[DocumentKind.MANDATORY_REPORT].series
"""Its register would tell that there was a report."""
WITH_REGISTERS = SCHOOLS | {
    UnitKind.CENTRE_SCHOOL,
    UnitKind.EDUCATION_OFFICE,
    UnitKind.TOWNSHIP,
    UnitKind.COMMUNITY,
    UnitKind.VILLAGE,
    UnitKind.BUREAU,
    UnitKind.DEPARTMENT,
}


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """A unit that numbers papers."""

    id: UUID
    name: str
    word: str
    """What its numbers begin with; its name where nobody has said."""
    is_word_said: bool


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A series of one office and year."""

    series: str
    year: int
    last: int
    opening: int | None
    """The last number given by hand, if somebody has said."""
    papers: int


def offices(actor: Actor, *, on: date) -> tuple[OfficeLine, ...]:
    """The units whose registers the actor reads, his own first; two statements."""
    paths = reach_of(actor, {Capability.SEE_CASES})
    own = {held.unit_id for held in actor.holdings}
    found = [place for place, _ in units_once_below(paths, on=on) if place.kind in WITH_REGISTERS]
    words = _words(found)
    found.sort(key=lambda place: (place.id not in own, place.kind.value, place.code, place.name))
    return tuple(
        OfficeLine(place.id, place.name, words.get(place.id, place.name), place.id in words)
        for place in found
    )


def registers_of(office_id: UUID, year: int) -> tuple[RegisterLine, ...]:
    """The registers of an office that the actor was shown by ``offices``; two statements."""
    rows = (
        NumberRegister.objects.filter(office=office_id, year=year)
        .exclude(series=SILENT_SERIES)
        .select_related("opening")
        .order_by("series")
    )
    counted: dict[str, int] = {}
    papers = Document.objects.filter(office=office_id, year=year)
    for series in papers.values_list("series", flat=True):
        counted[series] = counted.get(series, 0) + 1
    return tuple(
        RegisterLine(row.series, row.year, row.last, _opening(row), counted.get(row.series, 0))
        for row in rows
    )


def _opening(row: NumberRegister) -> int | None:
    opening = getattr(row, "opening", None)
    return opening.last if opening else None


def _words(places: Iterable[Place]) -> dict[UUID, str]:
    newest = OfficeWord.objects.filter(office=OuterRef("office")).order_by("-recorded_at", "-pk")
    rows = OfficeWord.objects.filter(
        office__in=[place.id for place in places], pk=Subquery(newest.values("pk")[:1])
    )
    return dict(rows.values_list("office", "word"))
