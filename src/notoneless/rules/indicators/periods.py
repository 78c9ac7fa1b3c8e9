"""Over which days something is counted, and on which day its base is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType

from notoneless.rules.units import school_year_of

SchoolYear = NewType("SchoolYear", int)
"""The autumn in which a statistical year begins: 1 September to 31 August."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are counted, both included; ``until`` is the cut-off day.

    Raises ``ValueError`` where the end lies before the beginning.
    """

    from_on: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.from_on:
            raise ValueError(f"{self.until} lies before {self.from_on}")

    @property
    def after(self) -> date:
        """The first day that is no longer counted."""
        return self.until + timedelta(days=1)

    @property
    def statistical_year(self) -> SchoolYear:
        """The year whose beginning its rates are measured on: that of its first day."""
        return statistical_year(self.from_on)

    @property
    def base_day(self) -> date:
        """The day on which its base is counted: 1 September."""
        return base_day(self.statistical_year)

    @property
    def school_year(self) -> int:
        """The school year by which classes are called on its last day."""
        return school_year_of(self.until)

    def up_to(self, today: date) -> Period:
        """The same, as far as it has passed by ``today``."""
        return Period(self.from_on, max(self.from_on, min(self.until, today)))


def statistical_year(day: date) -> SchoolYear:
    """The year of national returns, which turns on 1 September (classes change on 1 August)."""
    return SchoolYear(day.year if day.month >= 9 else day.year - 1)


def base_day(year: int) -> date:
    return date(year, 9, 1)


def year_of(year: int) -> Period:
    """A whole statistical year."""
    return Period(base_day(year), base_day(year + 1) - timedelta(days=1))
