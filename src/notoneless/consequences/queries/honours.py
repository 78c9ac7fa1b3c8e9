"""Honours of a school and year, and the confirmed vetoes that block them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.consequences.models import Honour, SettlementLine
from notoneless.consequences.queries.settlements import LineRow, line_rows
from notoneless.rules.consequences.figures import MAY_TAKE_EFFECT
from notoneless.rules.consequences.lines import Kind


@dataclass(frozen=True, slots=True)
class HonourLine:
    """An honour recorded, refused or cancelled."""

    id: UUID
    code: str
    title: str
    person_id: UUID | None
    person: str
    unit_id: UUID | None
    by: str
    at: datetime
    blocked_by: UUID | None
    """The line of the veto that refused it, or took it away later."""
    is_cancelled: bool

    @property
    def is_refused(self) -> bool:
        return self.blocked_by is not None and not self.is_cancelled


def honours_of(school_id: UUID, school_year: int, *, county_id: UUID) -> list[HonourLine]:
    """Honours of a school's people and classes in a year, the newest first; one statement."""
    rows = Honour.objects.filter(county=county_id, school=school_id, school_year=school_year)
    found = rows.select_related("person", "by", "cancelled").order_by("-at", "-pk")
    return [_line(row) for row in found]


def vetoes_in_effect(
    school_year: int,
    *,
    county_id: UUID,
    person_id: UUID | None = None,
    unit_id: UUID | None = None,
    school_id: UUID | None = None,
) -> list[LineRow]:
    """Vetoes of confirmed settlements of the year that hold: on a person, on a unit, or all of a
    school's; two statements."""
    rows = _in_effect(school_year, county_id, Kind.VETO)
    if person_id is not None:
        rows = rows.filter(Q(person=person_id) | Q(facts__person=person_id)).distinct()
    if unit_id is not None:
        rows = rows.filter(bearing_unit=unit_id)
    if school_id is not None:
        rows = rows.filter(settlement__unit=school_id)
    return [line for line in line_rows(rows.order_by("number")) if line.is_in_effect]


@dataclass(frozen=True, slots=True)
class Marked:
    """Bearers by id, as the confirmed settlements of a school and year have marked them."""

    vetoed: frozenset[UUID]
    preferred: frozenset[UUID]
    """First where all else is equal (R-207)."""


def marked_in(school_id: UUID, school_year: int, *, county_id: UUID) -> Marked:
    """Whom a school's year has vetoed, and who comes first where all else is equal; two
    statements."""
    rows = _in_effect(school_year, county_id, Kind.VETO, Kind.PREFERENCE)
    found: dict[Kind, set[UUID]] = {Kind.VETO: set(), Kind.PREFERENCE: set()}
    for line in line_rows(rows.filter(settlement__unit=school_id)):
        who = line.person_id or line.bearing_unit_id
        if who is not None and line.is_in_effect:
            found[line.kind].add(who)
    vetoed = found[Kind.VETO]
    return Marked(frozenset(vetoed), frozenset(found[Kind.PREFERENCE] - vetoed))


def blocks(line: LineRow, code: str) -> bool:
    """Whether a veto blocks an honour: one it names, or every one where it names none."""
    return not line.honours or code in line.honours


def _in_effect(school_year: int, county_id: UUID, *kinds: Kind) -> QuerySet[SettlementLine]:
    """Lines of confirmed settlements of a year that may take effect, whatever became of each."""
    return SettlementLine.objects.filter(
        county=county_id,
        kind__in=kinds,
        standing__in=[each.value for each in MAY_TAKE_EFFECT],
        settlement__school_year=school_year,
        settlement__superseded_at=None,
        settlement__confirmation__isnull=False,
    )


def _line(row: Honour) -> HonourLine:
    cancelled = getattr(row, "cancelled", None)
    return HonourLine(
        row.pk,
        row.code,
        row.title,
        row.person_id,
        row.person.name if row.person else "",
        row.unit_id,
        row.by.name,
        row.at,
        cancelled.line_id if cancelled else row.refused_by_id,
        cancelled is not None,
    )
