"""Enter a school year's terms and campaigns; a new entry is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from notoneless.journal.services import Stamp, record, record_many
from notoneless.places.models import CalendarPeriod, CalendarVersion
from notoneless.places.models.calendar import PeriodKind
from notoneless.places.services.calendar.changes import announce_change, holder_to_change
from notoneless.places.services.units import StaleVersion
from notoneless.rules.calendar import Period, SchoolYear
from notoneless.rules.refusal import Refusal


class TermsOverlap(Refusal):
    code = "CALENDAR-01"


class TermOutsideYear(Refusal):
    """A term must lie between 1 August and 31 July of its school year."""

    code = "CALENDAR-02"


class NoTerms(Refusal):
    code = "CALENDAR-03"


@dataclass(frozen=True, slots=True)
class NewTerms:
    """A school year's terms at a unit, as somebody enters them."""

    unit_id: UUID
    school_year: int
    terms: tuple[Period, ...]
    campaigns: tuple[Period, ...] = ()
    reason: str = ""


@transaction.atomic
def set_terms(new: NewTerms, *, version: int, stamp: Stamp) -> CalendarVersion:
    """Enter the terms as the unit's next version; earlier versions stay.

    ``version`` is the unit's own latest that the page was made from, 0 for none. The same terms
    again are no new version. Raises ``NoTerms``, ``TermsOverlap``, ``TermOutsideYear``,
    ``StaleVersion``, ``Unit.DoesNotExist``.
    """
    terms = tuple(sorted(new.terms, key=lambda term: term.from_on))
    _check(terms, new.school_year)
    row = _next_version(new.unit_id, new.school_year, version, new.reason, stamp)
    periods = [
        CalendarPeriod(calendar=row, kind=kind, name=p.name, from_on=p.from_on, to_on=p.to_on)
        for kind, group in ((PeriodKind.TERM, terms), (PeriodKind.CAMPAIGN, new.campaigns))
        for p in group
    ]
    CalendarPeriod.objects.bulk_create(periods)
    _journal(row, periods, stamp)
    return row


@transaction.atomic
def follow_above(
    unit_id: UUID, school_year: int, *, version: int, reason: str, stamp: Stamp
) -> CalendarVersion:
    """From now on the unit has no terms of its own for the year and follows the unit above.

    Raises ``StaleVersion``, ``Unit.DoesNotExist``.
    """
    row = _next_version(unit_id, school_year, version, reason, stamp, follows_above=True)
    _journal(row, [], stamp)
    return row


def _check(terms: tuple[Period, ...], school_year: int) -> None:
    if not terms:
        raise NoTerms(year=school_year)
    year = SchoolYear(school_year, terms=())
    for term in terms:
        if term.from_on < year.from_on or term.to_on > year.to_on:
            raise TermOutsideYear(term=term.name, first=year.from_on, after=year.to_on)
    for earlier, later in pairwise(terms):
        if later.from_on < earlier.to_on:
            raise TermsOverlap(earlier=earlier.name, later=later.name)


def _next_version(
    unit_id: UUID,
    school_year: int,
    version: int,
    reason: str,
    stamp: Stamp,
    *,
    follows_above: bool = False,
) -> CalendarVersion:
    unit = holder_to_change(unit_id, stamp=stamp)
    rows = CalendarVersion.objects.filter(unit=unit, school_year=school_year)
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    if latest != version:
        raise StaleVersion(what=unit.name)
    return CalendarVersion.objects.create(
        unit=unit,
        school_year=school_year,
        version=latest + 1,
        reason=reason,
        follows_above=follows_above,
        recorded_at=stamp.now,
        recorded_by=stamp.by,
    )


def _journal(row: CalendarVersion, periods: Sequence[CalendarPeriod], stamp: Stamp) -> None:
    year = SchoolYear(row.school_year, terms=())
    subject = ("unit", row.unit_id)
    record("calendar.terms_set", row, subject=subject, happened_on=year.from_on, stamp=stamp)
    record_many(
        "calendar.period_set",
        periods,
        subjects=[subject] * len(periods),
        happened_on=year.from_on,
        stamp=stamp,
    )
    announce_change("terms", row.unit_id, from_on=year.from_on, to_on=year.to_on, stamp=stamp)
