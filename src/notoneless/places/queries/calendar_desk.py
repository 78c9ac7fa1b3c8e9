"""What the calendar's administration page lists: notices, terms, and everything entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from notoneless.places.models import (
    CalendarChange,
    CalendarClosure,
    CalendarOverride,
    CalendarPattern,
    CalendarPeriod,
    CalendarVersion,
    OfficialNotice,
    Person,
    UnitPlace,
)
from notoneless.places.models.calendar import PeriodKind
from notoneless.places.queries.calendar import Holder, terms_standing
from notoneless.places.queries.units import standing
from notoneless.rules.calendar import ONE_DAY, Period
from notoneless.rules.paths import ancestors
from notoneless.rules.units import UnitKind


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """The standing notice of one year."""

    year: int
    version: int
    is_provisional: bool
    source: str
    off_days: int
    work_days: int
    recorded_at: datetime


def notices_standing(county_id: UUID) -> list[NoticeLine]:
    """The county's standing notice of each year, oldest year first; one statement."""
    rows = OfficialNotice.objects.filter(county=county_id).annotate(
        off_days=Count("days", filter=Q(days__kind="off")),
        work_days=Count("days", filter=Q(days__kind="work")),
    )
    by_year = {
        row.year: NoticeLine(
            row.year,
            row.version,
            row.is_provisional,
            row.source,
            row.off_days,
            row.work_days,
            row.recorded_at,
        )
        for row in rows.order_by("year", "version")
    }
    return list(by_year.values())


@dataclass(frozen=True, slots=True)
class TermsSheet:
    """The terms that hold at a unit for one school year, and whose they are."""

    version: int
    """The unit's own latest version, 0 when it never had one."""
    owner: Holder | None
    """The unit whose terms hold; ``None`` when nobody has entered any."""
    terms: tuple[Period, ...] = ()
    campaigns: tuple[Period, ...] = ()


def terms_sheet(holders: list[Holder], school_year: int) -> TermsSheet:
    """The terms for ``school_year`` at the last of ``holders``; see ``holders_of``."""
    latest = terms_standing([holder.id for holder in holders])
    own = latest.get((holders[-1].id, school_year))
    version = own.version if own else 0
    for holder in reversed(holders):
        row = latest.get((holder.id, school_year))
        if row is not None and not row.follows_above:
            periods = CalendarPeriod.objects.filter(calendar=row).order_by("from_on")
            named = [(p.kind, Period(p.name, p.from_on, p.to_on)) for p in periods]
            return TermsSheet(
                version,
                holder,
                tuple(period for kind, period in named if kind == PeriodKind.TERM),
                tuple(period for kind, period in named if kind == PeriodKind.CAMPAIGN),
            )
    return TermsSheet(version, None)


def has_terms(path: str, *, county_id: UUID, school_year: int, on: date) -> bool:
    """Whether terms of ``school_year`` hold at whatever unit stands at ``path`` on ``on``.

    Its own, those of a unit above or of the county's bureau, as in ``terms_sheet``. One statement.
    """
    above = UnitPlace.objects.filter(standing(on), path__in=ancestors(path)).values("unit")
    bureau = Q(unit__county=county_id, unit__kind=UnitKind.BUREAU)
    rows = CalendarVersion.objects.filter(bureau | Q(unit__in=above), school_year=school_year)
    newer = CalendarVersion.objects.filter(
        unit=OuterRef("unit"), school_year=school_year, version__gt=OuterRef("version")
    )
    # Terms are never empty (CALENDAR-03): a version that does not follow above has some.
    return rows.filter(~Exists(newer), follows_above=False).exists()


@dataclass(frozen=True, slots=True)
class Said:
    """One thing entered about a unit's days: an override, a closure or a pattern."""

    id: UUID
    kind: str
    unit: Holder
    from_on: date
    last_on: date
    """Inclusive, as people say it."""
    reason: str
    recorded_at: datetime
    by: str
    has_class: bool | None = None
    cycle: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_because: str = ""


def said_about(holders: list[Holder], *, from_on: date, to_on: date) -> list[Said]:
    """Everything entered for any of ``holders`` that touches the period, by its first day.

    Withdrawn ones are in it. ``to_on`` is exclusive. Four statements.
    """
    units = {holder.id: holder for holder in holders}
    here = Q(unit__in=list(units))
    meets = here & Q(from_on__lt=to_on, to_on__gt=from_on)
    overrides = list(CalendarOverride.objects.filter(here, on__gte=from_on, on__lt=to_on))
    closures = list(CalendarClosure.objects.filter(meets))
    patterns = list(CalendarPattern.objects.filter(meets))
    names = _names([*overrides, *closures, *patterns])
    said = [
        _said(r, "override", units, names, (r.on, r.on), has_class=r.has_class) for r in overrides
    ]
    said += [_said(r, "closure", units, names, (r.from_on, r.to_on - ONE_DAY)) for r in closures]
    said += [
        _said(r, "pattern", units, names, (r.from_on, r.to_on - ONE_DAY), cycle=r.cycle)
        for r in patterns
    ]
    return sorted(said, key=lambda each: (each.from_on, each.recorded_at))


def unplanned_changes(county_id: UUID) -> list[CalendarChange]:
    """Calendar changes after which due dates have not yet been computed anew, oldest first."""
    rows = CalendarChange.objects.filter(county=county_id, planned_at=None)
    return list(rows.order_by("recorded_at", "pk"))


_Row = CalendarOverride | CalendarClosure | CalendarPattern


def _names(rows: list[_Row]) -> dict[UUID | None, str]:
    ids = {row.recorded_by for row in rows} | {row.withdrawn_by for row in rows}
    people = Person.objects.filter(pk__in=[each for each in ids if each])
    return dict(people.values_list("pk", "name"))


def _said(
    row: _Row,
    kind: str,
    units: dict[UUID, Holder],
    names: dict[UUID | None, str],
    span: tuple[date, date],
    **more: object,
) -> Said:
    return Said(
        id=row.pk,
        kind=kind,
        unit=units[row.unit_id],
        from_on=span[0],
        last_on=span[1],
        reason=row.reason,
        recorded_at=row.recorded_at,
        by=names.get(row.recorded_by, ""),
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=names.get(row.withdrawn_by, ""),
        withdrawn_because=row.withdrawn_because,
        **more,  # type: ignore[arg-type]  # has_class or cycle, by the callers above
    )
