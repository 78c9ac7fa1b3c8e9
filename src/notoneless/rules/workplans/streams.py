"""The streams of reports as a plan wants them: which periods, due when, from whom to whom.

C-20: a set of streams, each of which a plan may switch on. C-41: a weekday is optional. C-42: a
day of the month with its operator; "early in the month" is the first days that a place enters.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from notoneless.rules.calendar import ONE_DAY, SchoolCalendar, SchoolYear, days_from
from notoneless.rules.clocks import Due, due_on
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy
from notoneless.rules.workplans.kinds import Level, Stream

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ABSENT = "absent"
NONE = "none"
"""The plan says that there is no such report."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One report that a plan wants: the days it speaks of, and its last day in time."""

    stream: Stream
    from_on: date
    until: date
    """The last day of which it speaks."""
    opens_on: date
    """From this day it stands among what is to be done."""
    due: Due | None
    """``None``: the plan names no day, or it is still to be entered; nothing can be late."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the periods of one unit's school year follow from."""

    policy: ResolvedPolicy
    calendar: SchoolCalendar
    year: SchoolYear
    is_key_unit: bool = False


@dataclass(frozen=True, slots=True)
class StreamRule:
    """One stream: who sends it, by which rule, to whom."""

    key: str
    """The rule of the plan that switches it on."""
    duty: DutyRule
    level: Level
    """Who sends it."""
    to: tuple[Level, ...]
    """Who receives it: the first of these that stands above the sender."""
    periods: Callable[[Ground], Iterator[Asked]]
    names_receiver: str = ""
    """The rule with which a plan names another receiver."""


def periods(stream: Stream, ground: Ground) -> tuple[Asked, ...]:
    """The reports of one stream in a school year, in their order; none where it is off.

    A stream whose rule is still to be entered has none either: ``why_off`` says so. Raises
    ``NoSuchDay`` where the calendar does not know the year.
    """
    return () if why_off(stream, ground) else tuple(STREAMS[stream].periods(ground))


def why_off(stream: Stream, ground: Ground) -> str:
    """Why a stream is not asked for; empty where it is.

    ``absent``: no plan here speaks of it; ``none``: the plan says that there is none; another word:
    the state of its rule, which somebody has to enter.
    """
    rule = STREAMS[stream]
    found = ground.policy.rules.get(rule.key)
    if found is None:
        return ABSENT
    if not ground.policy.is_on(rule.key):
        return found.state
    if found.rule.value in (False, NONE, ()):
        return NONE
    if stream is Stream.KEY_UNIT and not ground.is_key_unit:
        return KEY_UNIT_ONLY
    return ""


def no_day_because(stream: Stream, policy: ResolvedPolicy) -> PolicyHole | None:
    """The rule with which the plan would name the day of a stream, where that is to be entered."""
    key = _DAYS.get(stream, "")
    if not key or key not in policy.rules or policy.is_on(key):
        return None
    return PolicyHole(key, policy.rules[key].state)


def receivers(stream: Stream, policy: ResolvedPolicy) -> tuple[Level, ...]:
    """Who receives a stream, the first who stands above the sender; the plan's own word first."""
    rule = STREAMS[stream]
    if rule.names_receiver and policy.is_on(rule.names_receiver):
        named = Level(policy.choice(rule.names_receiver))
        return (named, *(level for level in rule.to if level is not named))
    return rule.to


KEY_UNIT_ONLY = "key_unit_only"
"""Only a unit under key management reports so."""


def _class_count(ground: Ground) -> Iterator[Asked]:
    yield from _every(Stream.CLASS_COUNT, ground, ground.policy.choice("class_stat_period"))


def _weekly_info(ground: Ground) -> Iterator[Asked]:
    yield from _weeks(Stream.WEEKLY_INFO, ground, None)


def _school_count(ground: Ground) -> Iterator[Asked]:
    yield from _every(Stream.SCHOOL_COUNT, ground, ground.policy.choice("school_stat_period"))


def _township_count(ground: Ground) -> Iterator[Asked]:
    yield from _months(Stream.TOWNSHIP_COUNT, ground)


def _key_unit(ground: Ground) -> Iterator[Asked]:
    yield from _every(Stream.KEY_UNIT, ground, ground.policy.choice("key_unit_report_period"))


def _term_start(ground: Ground) -> Iterator[Asked]:
    for term in ground.year.terms:
        due = _within("term_start_report_within", term.from_on, ground)
        until = due.on if due else month_end(term.from_on)
        yield Asked(Stream.TERM_START, term.from_on, until, term.from_on, due)


def _school_written(ground: Ground) -> Iterator[Asked]:
    for first, from_on in _named_months("school_report_months", ground):
        due = _within("school_report_within", first, ground)
        until = due.on if due else month_end(first)
        yield Asked(Stream.SCHOOL_WRITTEN, from_on, until, first, due)


def _township_written(ground: Ground) -> Iterator[Asked]:
    for first, from_on in _named_months("town_report_months", ground):
        until = month_end(first)
        yield Asked(Stream.TOWNSHIP_WRITTEN, from_on, until, first, Due(until))


def _every(stream: Stream, ground: Ground, how_often: str) -> Iterator[Asked]:
    if how_often == "weekly":
        yield from _weeks(stream, ground, _weekday(stream, ground.policy))
    elif how_often == "monthly":
        yield from _months(stream, ground)
    elif how_often == "term":
        for term in ground.year.terms:
            last = term.to_on - ONE_DAY
            yield Asked(stream, term.from_on, last, term.from_on, Due(last))


def _weeks(stream: Stream, ground: Ground, weekday: int | None) -> Iterator[Asked]:
    """Weeks, Monday to Sunday, with a school day in them; due on the last of these, or on the
    weekday that the place has entered."""
    monday = ground.year.from_on - timedelta(days=ground.year.from_on.weekday())
    while monday < ground.year.to_on:
        sunday = monday + timedelta(days=6)
        first, after = max(monday, ground.year.from_on), min(sunday + ONE_DAY, ground.year.to_on)
        days = ground.calendar.school_days(first, after)
        if days:
            on = days[-1] if weekday is None else monday + timedelta(days=weekday)
            is_open = weekday is None and ground.calendar.has_provisional(first, after)
            yield Asked(stream, first, after - ONE_DAY, first, Due(on, is_open))
        monday += timedelta(weeks=1)


def _months(stream: Stream, ground: Ground) -> Iterator[Asked]:
    """Months with a day of some term in them, each up to the day on which it is to be reported;
    to be done from its first day of term on.

    Without a day in the plan that is the month's last: a monthly report comes once each month.
    """
    last = _last_in_time(_DAYS.get(stream, ""), ground.policy)
    began = ground.year.from_on
    for first in _firsts(ground.year):
        until = first.replace(day=min(last, monthrange(first.year, first.month)[1]))
        terms = [t for t in ground.year.terms if began < t.to_on and t.from_on <= until]
        if terms:
            opens_on = max(began, terms[0].from_on)
            yield Asked(stream, began, until, opens_on, Due(until))
        began = until + ONE_DAY


def _last_in_time(key: str, policy: ResolvedPolicy) -> int:
    """The last day of the month that is in time: "before the 23rd" ends on the 22nd, "by the 23rd"
    on the 23rd itself."""
    if not key or not policy.is_on(key):
        return 31
    day = policy.count(key)
    return day - 1 if policy.operator(key) is Operator.LESS else day


def _within(key: str, first: date, ground: Ground) -> Due | None:
    """The last of the first days from ``first``, which is counted; ``None`` where no plan says how
    many, or the place has still to enter it."""
    if not ground.policy.is_on(key):
        return None
    length = ground.policy.duration(key)
    return due_on(
        started=first - ONE_DAY,
        within=length.length,
        counted_in=length.unit,
        calendar=ground.calendar,
    )


def _named_months(key: str, ground: Ground) -> Iterator[tuple[date, date]]:
    """The first day of each month that the plan names, and the day from which it is reported."""
    named = ground.policy.months(key)
    began = ground.year.from_on
    for first in _firsts(ground.year):
        if first.month in named:
            yield first, began
            began = month_end(first) + ONE_DAY


def _weekday(stream: Stream, policy: ResolvedPolicy) -> int | None:
    key = "class_stat_weekday"
    if stream is not Stream.CLASS_COUNT or not policy.is_on(key):
        return None
    return WEEKDAYS.index(policy.choice(key))


def _firsts(year: SchoolYear) -> Iterator[date]:
    return (day for day in days_from(year.from_on, year.to_on) if day.day == 1)


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


_DAYS: Mapping[Stream, str] = MappingProxyType(
    {
        Stream.SCHOOL_COUNT: "school_month_report_day",
        Stream.TOWNSHIP_COUNT: "township_month_report_day",
        Stream.SCHOOL_WRITTEN: "school_report_within",
        Stream.TERM_START: "term_start_report_within",
    }
)
"""The rule that names the day of a stream."""
_UP = (Level.CENTRE, Level.TOWNSHIP, Level.BUREAU)
R = DutyRule
STREAMS: Mapping[Stream, StreamRule] = MappingProxyType(
    {
        Stream.CLASS_COUNT: StreamRule(
            "class_stat_period", R.REPORT_CLASS, Level.CLASS, (Level.SCHOOL,), _class_count
        ),
        Stream.WEEKLY_INFO: StreamRule(
            "weekly_info_report", R.REPORT_INFO, Level.CLASS, (Level.SCHOOL,), _weekly_info
        ),
        Stream.SCHOOL_COUNT: StreamRule(
            "school_stat_period",
            R.REPORT_SCHOOL,
            Level.SCHOOL,
            _UP,
            _school_count,
            "school_month_report_to",
        ),
        Stream.TOWNSHIP_COUNT: StreamRule(
            "township_month_report_day",
            R.REPORT_TOWNSHIP,
            Level.TOWNSHIP,
            (Level.BUREAU,),
            _township_count,
        ),
        Stream.TERM_START: StreamRule(
            "term_start_written_report", R.REPORT_TERM_START, Level.SCHOOL, _UP, _term_start
        ),
        Stream.SCHOOL_WRITTEN: StreamRule(
            "school_report_months",
            R.REPORT_SCHOOL_WRITTEN,
            Level.SCHOOL,
            (Level.TOWNSHIP, Level.CENTRE, Level.BUREAU),
            _school_written,
        ),
        Stream.TOWNSHIP_WRITTEN: StreamRule(
            "town_report_months",
            R.REPORT_TOWNSHIP_WRITTEN,
            Level.TOWNSHIP,
            (Level.BUREAU,),
            _township_written,
        ),
        Stream.KEY_UNIT: StreamRule(
            "key_unit_report_period", R.REPORT_KEY_UNIT, Level.SCHOOL, (Level.BUREAU,), _key_unit
        ),
    }
)
