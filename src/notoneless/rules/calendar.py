"""The school calendar: which days are school days, which are working days, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from notoneless.rules.official import OfficialDays, OfficialKind
from notoneless.rules.units import school_year_of

ONE_DAY = timedelta(days=1)


class NoSuchDay(ValueError):
    """The calendar has no school year for the day, so whether it is a school day has no answer."""


class BadCalendar(ValueError):
    """Parts that cannot stand beside each other: overlapping terms, two answers for one day."""


class Scope(StrEnum):
    """Whose word an override is, in rising rank: the school's outranks the county's."""

    COUNTY = "county"
    CENTRE = "centre"
    SCHOOL = "school"


class DayKind(StrEnum):
    """What a day is at school, and which layer said so."""

    CLASS = "class"
    MAKE_UP = "make_up"
    """A weekend day with class because the notice moved a working day there."""
    ADDED = "added"
    """A day with class by an override of the county or the school."""
    PATTERN_CLASS = "pattern_class"
    """A weekend day with class by the school's weekly pattern."""
    REST = "rest"
    PATTERN_REST = "pattern_rest"
    HOLIDAY = "holiday"
    """A statutory day off, or one bridged by the notice."""
    DROPPED = "dropped"
    """A day without class by an override of the county or the school."""
    CLOSED = "closed"
    """Inside a closure: snow, flood, illness."""
    VACATION = "vacation"
    """Inside the school year, outside every term."""


WITH_CLASS = frozenset({DayKind.CLASS, DayKind.MAKE_UP, DayKind.ADDED, DayKind.PATTERN_CLASS})


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days: a term, a campaign month, a closure with its reason."""

    name: str
    from_on: date
    to_on: date
    """Exclusive."""

    def __post_init__(self) -> None:
        if self.from_on >= self.to_on:
            raise BadCalendar(f"{self.name}: {self.from_on} is not before {self.to_on}")

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day < self.to_on

    def __iter__(self) -> Iterator[date]:
        return days_from(self.from_on, self.to_on)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year, 1 August to 31 July, and its terms in order."""

    begins_in: int
    """The calendar year of its August."""
    terms: tuple[Period, ...]
    campaigns: tuple[Period, ...] = ()
    """Enrolment month, publicity week …: named for the printed year; they change no count."""

    def __post_init__(self) -> None:
        _must_not_overlap(self.terms)
        for term in self.terms:
            if term.from_on < self.from_on or term.to_on > self.to_on:
                raise BadCalendar(f"{term.name} reaches out of the school year {self.begins_in}")

    @property
    def from_on(self) -> date:
        return date(self.begins_in, 8, 1)

    @property
    def to_on(self) -> date:
        return date(self.begins_in + 1, 8, 1)

    def vacations(self) -> tuple[Period, ...]:
        """The stretches after each term, to the next term or the end of the school year.

        Each bears the name of the term that it follows.
        """
        ends = [*(term.from_on for term in self.terms[1:]), self.to_on]
        return tuple(
            Period(term.name, term.to_on, end)
            for term, end in zip(self.terms, ends, strict=True)
            if term.to_on < end
        )


@dataclass(frozen=True, slots=True)
class Override:
    """One day that the county or the school has switched on or off, with its reason."""

    on: date
    scope: Scope
    has_class: bool
    reason: str


@dataclass(frozen=True, slots=True)
class WeeklyPattern:
    """A repeating cycle of days with and without class, in place of the ordinary weekend.

    大小周 and the 10-4 or 11-3 rhythm of mountain boarding schools: ``cycle[0]`` falls on
    ``anchored_on`` and repeats in both directions, but speaks only inside ``period``.
    """

    period: Period
    anchored_on: date
    cycle: tuple[bool, ...]
    rests_on_holidays: bool = True
    """Days off by the notice stay off. When false, the cycle runs through holidays as well."""

    def __post_init__(self) -> None:
        if True not in self.cycle or False not in self.cycle:
            raise BadCalendar(f"{self.period.name}: a cycle needs class days and rest days")

    def has_class(self, day: date) -> bool:
        """Whether the cycle has class on the day; the day must lie in ``period``."""
        return self.cycle[(day - self.anchored_on).days % len(self.cycle)]


@dataclass(frozen=True, slots=True)
class Day:
    """The calendar's answer about one day."""

    on: date
    kind: DayKind
    reason: str = ""
    """The holiday, closure or override in the office's words; empty for an ordinary day."""
    is_provisional: bool = False
    """Whether the answer may still change when the year's real notice is loaded."""

    @property
    def is_school_day(self) -> bool:
        return self.kind in WITH_CLASS


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Everything that decides whether one school has class on a day.

    The higher layer wins: closures; overrides of the school, the centre school, the county; the
    weekly pattern; the official notice; the ordinary weekend. Nothing makes a school day outside
    a term. Source: requirement R-305.
    """

    years: tuple[SchoolYear, ...]
    official: OfficialDays = field(default_factory=OfficialDays)
    overrides: tuple[Override, ...] = ()
    patterns: tuple[WeeklyPattern, ...] = ()
    closures: tuple[Period, ...] = ()
    _by_day: MappingProxyType[tuple[Scope, date], Override] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if len({year.begins_in for year in self.years}) < len(self.years):
            raise BadCalendar("one school year twice")
        _must_not_overlap(tuple(pattern.period for pattern in self.patterns))
        by_day = {(override.scope, override.on): override for override in self.overrides}
        if len(by_day) < len(self.overrides):
            raise BadCalendar("two overrides of one scope for one day")
        object.__setattr__(self, "_by_day", MappingProxyType(by_day))

    def year_of(self, day: date) -> SchoolYear:
        """The school year that holds the day.

        Raises ``NoSuchDay`` when no loaded school year does.
        """
        begins_in = school_year_of(day)
        for year in self.years:
            if year.begins_in == begins_in:
                return year
        raise NoSuchDay(f"{day} lies in no loaded school year")

    def term_of(self, day: date) -> Period | None:
        """The term that holds the day; ``None`` in a vacation. Raises ``NoSuchDay``."""
        return next((term for term in self.year_of(day).terms if day in term), None)

    def week_of_term(self, day: date) -> int | None:
        """The teaching week, Monday to Sunday; the week with the term's first day is 1.

        ``None`` in a vacation. Raises ``NoSuchDay``.
        """
        term = self.term_of(day)
        if term is None:
            return None
        first_monday = term.from_on - timedelta(days=term.from_on.weekday())
        return (day - first_monday).days // 7 + 1

    def day_kind(self, day: date) -> Day:
        """What the day is at this school, why, and whether that may still change.

        Raises ``NoSuchDay`` when no loaded school year holds the day.
        """
        if self.term_of(day) is None:
            return Day(day, DayKind.VACATION)
        answer = self._closed(day) or self._overridden(day) or self._in_pattern(day)
        return answer or self._by_notice(day)

    def is_school_day(self, day: date) -> bool:
        """Whether this school has class on the day. Raises ``NoSuchDay`` as ``day_kind`` does."""
        return self.day_kind(day).is_school_day

    def school_days(self, from_on: date, to_on: date) -> tuple[date, ...]:
        """The school days from ``from_on`` (inclusive) to ``to_on`` (exclusive), oldest first.

        Raises ``NoSuchDay`` when the period reaches a day that no loaded school year holds.
        """
        return tuple(day for day in days_from(from_on, to_on) if self.is_school_day(day))

    def is_provisional(self, day: date) -> bool:
        """Whether loading the year's real notice could still change if the day is a school day.

        A vacation, a closure, an override or a pattern that runs through holidays does not wait
        for the notice. Raises ``NoSuchDay``.
        """
        return self.day_kind(day).is_provisional

    def has_provisional(self, from_on: date, to_on: date) -> bool:
        """Whether any day from ``from_on`` (inclusive) to ``to_on`` (exclusive) is provisional.

        Raises ``NoSuchDay``.
        """
        return any(self.is_provisional(day) for day in days_from(from_on, to_on))

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day: the notice and the weekend, nothing of the school's.

        Never raises. In a year without a notice the weekdays are worked, except the statutory
        days in the table; ``is_working_day_provisional`` says so.
        """
        return self.official.is_working_day(day)

    def is_working_day_provisional(self, day: date) -> bool:
        """Whether the notice that settles if offices work on the day is still missing."""
        return self.official.is_provisional(day)

    def next_working_day(self, day: date) -> date:
        """The day itself when offices work on it, otherwise the first one after it that is worked.

        Where a statute moves the end of a period off a rest day, the caller asks for this.
        """
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def _closed(self, day: date) -> Day | None:
        closure = next((period for period in self.closures if day in period), None)
        return Day(day, DayKind.CLOSED, closure.name) if closure else None

    def _overridden(self, day: date) -> Day | None:
        for scope in reversed(Scope):
            override = self._by_day.get((scope, day))
            if override is not None:
                kind = DayKind.ADDED if override.has_class else DayKind.DROPPED
                return Day(day, kind, override.reason)
        return None

    def _in_pattern(self, day: date) -> Day | None:
        pattern = next((each for each in self.patterns if day in each.period), None)
        if pattern is None:
            return None
        is_open_question = pattern.rests_on_holidays and self.official.is_provisional(day)
        named = self.official.named(day)
        if pattern.rests_on_holidays and named and named.kind is OfficialKind.OFF:
            return Day(day, DayKind.HOLIDAY, named.name, is_open_question)
        if not pattern.has_class(day):
            # Off by the cycle and off by any notice: nothing that is still to come changes it.
            return Day(day, DayKind.PATTERN_REST, pattern.period.name)
        kind = DayKind.PATTERN_CLASS if day.weekday() > 4 else DayKind.CLASS
        return Day(day, kind, pattern.period.name, is_open_question)

    def _by_notice(self, day: date) -> Day:
        is_provisional = self.official.is_provisional(day)
        named = self.official.named(day)
        if named is not None:
            kind = DayKind.MAKE_UP if named.kind is OfficialKind.WORK else DayKind.HOLIDAY
            return Day(day, kind, named.name, is_provisional)
        kind = DayKind.CLASS if day.weekday() <= 4 else DayKind.REST
        return Day(day, kind, "", is_provisional)


def cycle_of(*, on: int, off: int) -> tuple[bool, ...]:
    """A cycle of ``on`` days with class followed by ``off`` days without: 10 and 4, 11 and 3.

    Raises ``BadCalendar`` unless both are at least one.
    """
    if on < 1 or off < 1:
        raise BadCalendar(f"a cycle of {on} and {off} days")
    return (True,) * on + (False,) * off


def days_from(from_on: date, to_on: date) -> Iterator[date]:
    """Every date from ``from_on`` (inclusive) to ``to_on`` (exclusive)."""
    while from_on < to_on:
        yield from_on
        from_on += ONE_DAY


def _must_not_overlap(periods: tuple[Period, ...]) -> None:
    for earlier, later in pairwise(periods):
        if later.from_on < earlier.to_on:
            raise BadCalendar(f"{later.name} begins before {earlier.name} has ended")
