"""Puts a unit's school calendar together from its own rows and those of the units above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.places.models import (
    CalendarClosure,
    CalendarOverride,
    CalendarPattern,
    CalendarPeriod,
    CalendarVersion,
    OfficialDay,
    OfficialNotice,
    Unit,
    UnitPlace,
)
from notoneless.places.models.calendar import PeriodKind, Withdrawable
from notoneless.places.queries.units import Place, chain_above, standing
from notoneless.rules import calendar as rules
from notoneless.rules import official
from notoneless.rules.paths import Line
from notoneless.rules.units import SCHOOLS, UnitKind

SCOPES: Mapping[UnitKind, rules.Scope] = {
    UnitKind.BUREAU: rules.Scope.COUNTY,
    UnitKind.CENTRE_SCHOOL: rules.Scope.CENTRE,
    **dict.fromkeys(SCHOOLS, rules.Scope.SCHOOL),
}
"""The kinds of unit that hold a calendar, and whose word it is."""

W = TypeVar("W", bound=Withdrawable)


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit whose calendar rows count for the unit asked about."""

    id: UUID
    kind: UnitKind
    name: str

    @property
    def scope(self) -> rules.Scope:
        return SCOPES[self.kind]


def calendar_for(
    unit_id: UUID, *, on: date, known_at: datetime | None = None
) -> rules.SchoolCalendar:
    """The calendar of a unit, as the units stand on ``on``.

    Of a class its school's; of a township, village or the county the bureau's. Terms come from
    the nearest unit that has its own for the school year; overrides and closures from all units
    above; a weekly pattern from the nearest unit that has one. ``known_at`` leaves out what was
    written down later, so that a past answer can be given again. The number of statements does
    not grow with the years or rows.

    Raises ``Unit.DoesNotExist`` for an unknown unit.
    """
    county_id = Unit.objects.values_list("county_id", flat=True).get(pk=unit_id)
    holders = holders_of(unit_id, on=on)
    rows = calendar_rows([h.id for h in holders], county_id=county_id, known_at=known_at)
    return calendar_of(holders, rows)


@dataclass(frozen=True, slots=True)
class CalendarRows:
    """What some units have written down about their calendars, and the county's notices."""

    versions: Mapping[tuple[UUID, int], CalendarVersion]
    periods: Mapping[UUID, Sequence[CalendarPeriod]]
    """By version."""
    overrides: Sequence[CalendarOverride]
    patterns: Sequence[CalendarPattern]
    closures: Sequence[CalendarClosure]
    official: official.OfficialDays

    @property
    def units(self) -> frozenset[UUID]:
        """Those that have written anything: others have the calendar of the units above."""
        rows = (*self.overrides, *self.patterns, *self.closures)
        return frozenset(unit for unit, _year in self.versions) | {row.unit_id for row in rows}


def calendar_rows(
    unit_ids: Sequence[UUID], *, county_id: UUID, known_at: datetime | None = None
) -> CalendarRows:
    """Seven statements, whatever the number of units."""
    versions = terms_standing(unit_ids, known_at=known_at)
    periods: dict[UUID, list[CalendarPeriod]] = {}
    ids = [version.pk for version in versions.values()]
    for period in CalendarPeriod.objects.filter(calendar__in=ids).order_by("from_on"):
        periods.setdefault(period.calendar_id, []).append(period)
    return CalendarRows(
        versions,
        periods,
        overrides=list(_standing(CalendarOverride, unit_ids, known_at)),
        patterns=list(_standing(CalendarPattern, unit_ids, known_at)),
        closures=list(_standing(CalendarClosure, unit_ids, known_at)),
        official=official_days(county_id, known_at=known_at),
    )


def calendar_of(holders: Sequence[Holder], rows: CalendarRows) -> rules.SchoolCalendar:
    """The calendar under ``holders`` (bureau first), from rows that may hold others' too."""
    ids = {holder.id for holder in holders}
    return rules.SchoolCalendar(
        years=_years(holders, rows),
        official=rows.official,
        overrides=_overrides(holders, [row for row in rows.overrides if row.unit_id in ids]),
        patterns=_patterns(holders, [row for row in rows.patterns if row.unit_id in ids]),
        closures=tuple(
            rules.Period(row.reason, row.from_on, row.to_on)
            for row in rows.closures
            if row.unit_id in ids
        ),
    )


def holders_of(unit_id: UUID, *, on: date) -> list[Holder]:
    """The units whose calendar rows count for this one: bureau first, the nearest last.

    A unit outside the education line (a township, a village, the county) has its bureau's. Empty
    only in a county without a bureau.
    """
    holders = _holders(chain_above(unit_id, Line.EDUCATION, on=on))
    if holders:
        return holders
    county = Unit.objects.filter(pk=unit_id).values("county_id")
    bureaus = Unit.objects.filter(county__in=county, kind=UnitKind.BUREAU).order_by("pk")
    above = [Holder(unit.pk, UnitKind.BUREAU, unit.name) for unit in bureaus[:1]]
    chain = _holders(chain_above(unit_id, Line.GOVERNMENT, on=on))
    return above + [holder for holder in chain if holder.kind in SCHOOLS]


def holders_by_path(county_id: UUID, *, on: date) -> dict[str, Holder]:
    """Every unit of the county that holds a calendar, by its path in the education line."""
    rows = UnitPlace.objects.filter(
        standing(on),
        line=Line.EDUCATION,
        unit__county=county_id,
        unit__kind__in=list(SCOPES),
    )
    columns = rows.values_list("path", "unit", "unit__kind", "unit__name")
    return {path: Holder(unit, UnitKind(kind), name) for path, unit, kind, name in columns}


def calendar_holders(county_id: UUID, *, on: date) -> list[Holder]:
    """Every bureau, centre school and school of the county that is active on ``on``."""
    rows = (
        Unit.objects.filter(county=county_id, kind__in=list(SCOPES), active_from__lte=on)
        .exclude(active_to__lte=on)
        .order_by("pinyin", "name")
    )
    order = list(SCOPES)
    holders = [Holder(unit.pk, UnitKind(unit.kind), unit.name) for unit in rows]
    return sorted(holders, key=lambda holder: min(order.index(holder.kind), 2))


def official_days(county_id: UUID, *, known_at: datetime | None = None) -> official.OfficialDays:
    """What the county's standing notices say; two statements."""
    rows = OfficialNotice.objects.filter(_known(known_at), county=county_id)
    notices = {notice.year: notice for notice in rows.order_by("year", "version")}
    days: dict[UUID, dict[date, official.OfficialDay]] = {n.pk: {} for n in notices.values()}
    for row in OfficialDay.objects.filter(notice__in=list(days)).order_by("on"):
        kind = official.OfficialKind(row.kind)
        days[row.notice_id][row.on] = official.OfficialDay(kind, row.name)
    table = official.OfficialDays()
    for year, notice in sorted(notices.items()):
        table = table.with_notice(year, days[notice.pk])
    real = frozenset(year for year, notice in notices.items() if not notice.is_provisional)
    return official.OfficialDays(table.days, real)


def _holders(chain: Iterable[Place]) -> list[Holder]:
    return [Holder(place.id, place.kind, place.name) for place in chain if place.kind in SCOPES]


def _years(holders: Sequence[Holder], rows: CalendarRows) -> tuple[rules.SchoolYear, ...]:
    nearest: dict[int, CalendarVersion] = {}
    for holder in holders:
        for (unit_id, year), version in rows.versions.items():
            if unit_id == holder.id and not version.follows_above:
                nearest[year] = version
    return tuple(
        rules.SchoolYear(
            year,
            terms=_named(rows.periods.get(version.pk, ()), PeriodKind.TERM),
            campaigns=_named(rows.periods.get(version.pk, ()), PeriodKind.CAMPAIGN),
        )
        for year, version in sorted(nearest.items())
    )


def terms_standing(
    unit_ids: Iterable[UUID], *, known_at: datetime | None = None
) -> dict[tuple[UUID, int], CalendarVersion]:
    """The highest version of terms by unit and school year."""
    rows = CalendarVersion.objects.filter(_known(known_at), unit__in=list(unit_ids))
    return {(row.unit_id, row.school_year): row for row in rows.order_by("version")}


def _named(rows: Iterable[CalendarPeriod], kind: PeriodKind) -> tuple[rules.Period, ...]:
    return tuple(rules.Period(r.name, r.from_on, r.to_on) for r in rows if r.kind == kind)


def _standing(
    model: type[W], unit_ids: Sequence[UUID], known_at: datetime | None
) -> QuerySet[W, W]:
    lasting = Q(withdrawn_at=None)
    if known_at is not None:
        lasting |= Q(withdrawn_at__gt=known_at)
    rows: QuerySet[W, W] = model._default_manager.filter(
        lasting, _known(known_at), unit__in=unit_ids
    )
    return rows.order_by("recorded_at", "pk")


def _overrides(
    holders: Sequence[Holder], rows: Iterable[CalendarOverride]
) -> tuple[rules.Override, ...]:
    # A teaching point below a school gives two rows of one scope; the nearer unit's word stands.
    rank = {holder.id: place for place, holder in enumerate(holders)}
    scopes = {holder.id: holder.scope for holder in holders}
    by_day = {
        (scopes[row.unit_id], row.on): rules.Override(
            row.on, scopes[row.unit_id], row.has_class, row.reason
        )
        for row in sorted(rows, key=lambda row: rank[row.unit_id])
    }
    return tuple(by_day.values())


def _patterns(
    holders: Sequence[Holder], rows: Iterable[CalendarPattern]
) -> tuple[rules.WeeklyPattern, ...]:
    by_unit = {
        unit_id: list(group)
        for unit_id, group in groupby(
            sorted(rows, key=lambda row: (str(row.unit_id), row.from_on)), lambda row: row.unit_id
        )
    }
    nearest = next((by_unit[h.id] for h in reversed(holders) if h.id in by_unit), [])
    return tuple(
        rules.WeeklyPattern(
            rules.Period(row.reason, row.from_on, row.to_on),
            row.anchored_on,
            tuple(letter == "1" for letter in row.cycle),
            row.rests_on_holidays,
        )
        for row in nearest
    )


def _known(known_at: datetime | None) -> Q:
    return Q() if known_at is None else Q(recorded_at__lte=known_at)
