"""The periods in which a school's rewards and charges are settled (``settlement_period``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.places.queries.calendar import calendar_of, calendar_rows, holders_by_path
from notoneless.places.queries.units import Place
from notoneless.rules.calendar import ONE_DAY, SchoolCalendar
from notoneless.rules.indicators.periods import Period, base_day
from notoneless.rules.paths import ancestors
from notoneless.rules.policy.resolved import ResolvedPolicy

PERIOD_KEY = "settlement_period"


@dataclass(frozen=True, slots=True)
class Part:
    """A school year, or one of its terms."""

    school_year: int
    term: int
    """0 for the whole year."""
    name: str
    """Of a term as the calendar calls it."""
    period: Period


def whole_year(school_year: int) -> Period:
    """A school year as it is settled: from the base day to its end, 31 July."""
    return Period(base_day(school_year), date(school_year + 1, 7, 31))


def settles_each_term(policy: ResolvedPolicy) -> bool:
    """Whether the policy settles each term; a year where it says nothing."""
    return policy.is_on(PERIOD_KEY) and policy.choice(PERIOD_KEY) == "term"


def parts_of(
    schools: Sequence[Place],
    policies: Mapping[UUID, ResolvedPolicy],
    school_year: int,
    *,
    county_id: UUID,
    today: date,
) -> dict[UUID, tuple[Part, ...]]:
    """The periods of each school in a year, in their order.

    No statement where all settle by the year, else eight. A school whose calendar has no terms of
    that year has none.
    """
    whole = Part(school_year, 0, "", whole_year(school_year))
    found: dict[UUID, tuple[Part, ...]] = {school.id: (whole,) for school in schools}
    by_term = [school for school in schools if settles_each_term(policies[school.id])]
    if not by_term:
        return found
    by_path = holders_by_path(county_id, on=today)
    above = {
        school.id: [by_path[path] for path in ancestors(school.path) if path in by_path]
        for school in by_term
    }
    ids = {holder.id for holders in above.values() for holder in holders}
    rows = calendar_rows(sorted(ids), county_id=county_id)
    for school_id, holders in above.items():
        found[school_id] = _terms(calendar_of(holders, rows), school_year)
    return found


def _terms(calendar: SchoolCalendar, school_year: int) -> tuple[Part, ...]:
    years = [year for year in calendar.years if year.begins_in == school_year]
    return tuple(
        Part(school_year, n, term.name, Period(term.from_on, term.to_on - ONE_DAY))
        for year in years
        for n, term in enumerate(year.terms, start=1)
    )
