"""A school calendar on somebody's desk: what it says, and whether this person may change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.places.queries import paths_of
from notoneless.places.queries.calendar import (
    Holder,
    calendar_for,
    calendar_holders,
    holders_of,
)
from notoneless.rules.calendar import SchoolCalendar, SchoolYear
from notoneless.rules.roles import Capability


class NoCalendarThere(LookupError):
    """No such unit in the actor's county, or one of a kind that holds no calendar."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One unit's calendar as one person sees it. Reading is open to everyone in the county."""

    actor: Actor
    unit: Holder
    holders: list[Holder]
    """The units whose rows count here: bureau first, ``unit`` last."""
    paths: tuple[str, ...]
    today: date

    @property
    def may_change(self) -> bool:
        return any(self.actor.may(Capability.MANAGE_CALENDAR, at=path) for path in self.paths)

    def must_change(self) -> None:
        """Raise ``NotAllowed`` unless the person may change this unit's calendar."""
        self.actor.must(Capability.MANAGE_CALENDAR, at=self.paths)

    def calendar(self) -> SchoolCalendar:
        return calendar_for(self.unit.id, on=self.today)


def open_desk(unit_id: UUID, *, actor: Actor, today: date) -> Desk:
    """The calendar of a bureau, centre school or school of the actor's county.

    Raises ``NoCalendarThere``.
    """
    places = calendar_holders(actor.county_id, on=today)
    unit = next((place for place in places if place.id == unit_id), None)
    holders = holders_of(unit_id, on=today)
    if unit is None or not holders or holders[-1].id != unit.id:
        raise NoCalendarThere(unit_id)
    return Desk(actor, unit, holders, paths_of(unit_id, on=today), today)


def own_desk(*, actor: Actor, today: date) -> Desk:
    """The calendar that holds where the actor's first post is.

    Raises ``NoCalendarThere`` in a county without a bureau.
    """
    for holding in actor.holdings:
        holders = holders_of(holding.unit_id, on=today)
        if holders:
            return open_desk(holders[-1].id, actor=actor, today=today)
    raise NoCalendarThere(actor.county_id)


def county_desk(*, actor: Actor, today: date) -> Desk:
    """The bureau's calendar, where the year's notice is loaded. Raises ``NoCalendarThere``."""
    holders = holders_of(actor.county_id, on=today)
    if not holders:
        raise NoCalendarThere(actor.county_id)
    return open_desk(holders[0].id, actor=actor, today=today)


def count_school_days(calendar: SchoolCalendar, school_year: int) -> int:
    """School days of the whole school year; 0 when no terms are entered."""
    if all(year.begins_in != school_year for year in calendar.years):
        return 0
    year = SchoolYear(school_year, terms=())
    return len(calendar.school_days(year.from_on, year.to_on))
