"""The State Council's yearly notice: days off and make-up workdays, and what is not yet known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

FRIDAY = 4


class OfficialKind(StrEnum):
    """What the notice says about one day."""

    OFF = "off"
    WORK = "work"
    """A Saturday or Sunday that is worked to make up for a long holiday (调休上班)."""


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """One day that the notice (or, while provisional, the statute) names."""

    kind: OfficialKind
    name: str
    """The holiday it belongs to, as the office writes it: 国庆节."""


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """Every named day, and the years whose real notice has been loaded.

    A year without a notice is *provisional*: its statutory days are law, but which weekends are
    worked and which weekdays are bridged is not yet known.
    """

    days: Mapping[date, OfficialDay] = field(default_factory=dict)
    noticed_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    def named(self, day: date) -> OfficialDay | None:
        """What the notice says about the day; ``None`` when it is an ordinary day."""
        return self.days.get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day. Never raises: an unknown year counts its weekdays."""
        named = self.days.get(day)
        return day.weekday() <= FRIDAY if named is None else named.kind is OfficialKind.WORK

    def is_provisional(self, day: date) -> bool:
        """Whether the real notice for the day's year is still missing."""
        return day.year not in self.noticed_years

    def with_notice(self, year: int, days: Mapping[date, OfficialDay]) -> OfficialDays:
        """The same table after the notice for ``year`` has replaced whatever stood for that year.

        A notice may also name the last days of December before it (a New Year bridge); those
        are added, and nothing else of the earlier year is touched.
        """
        kept = {day: named for day, named in self.days.items() if day.year != year}
        return OfficialDays(days=kept | dict(days), noticed_years=self.noticed_years | {year})


def changed_days(before: OfficialDays, after: OfficialDays) -> tuple[date, ...]:
    """The days whose official answer differs between two tables, oldest first.

    A day that only stops being provisional is not in it: its answer is the same.
    """
    named: Collection[date] = before.days.keys() | after.days.keys()
    return tuple(
        day for day in sorted(named) if before.is_working_day(day) != after.is_working_day(day)
    )
