"""How long a child has been away without explanation, in school days of its own class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from notoneless.rules.attendance.days import DayFacts, Mark, Missed, day_mark, plain_mark
from notoneless.rules.attendance.sessions import RollRules, RollState
from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.clocks import days_between
from notoneless.rules.policy.measures import DurationUnit


@dataclass(frozen=True, slots=True)
class Run:
    """Unexplained school days in a row, oldest first."""

    days: tuple[date, ...] = ()
    stopped_by_uncalled: date | None = None
    """The school day whose roll was never called, if that is what ended the count."""

    def __len__(self) -> int:
        return len(self.days)

    @property
    def since(self) -> date | None:
        return self.days[0] if self.days else None


@dataclass(frozen=True, slots=True)
class Runs:
    """Where a child stands on a day."""

    proved: Run = field(default_factory=Run)
    """Every day of it was called. Feeds statutory clocks."""
    possible: Run = field(default_factory=Run)
    """Steps over days without a roll. Feeds alarms and nothing else."""
    longest_proved: int = 0
    """The longest proved stretch inside the possible run: a gap in the rolls does not undo it."""
    last_called_on: date | None = None

    @property
    def is_away(self) -> bool:
        return bool(self.possible.days)

    @property
    def last_absent_on(self) -> date | None:
        return self.possible.days[-1] if self.possible.days else None


def proved_run(days: Sequence[date], marks: Mapping[date, Mark]) -> Run:
    """Unexplained days in a row, backwards from the newest called day among ``days``.

    ``days`` are the school days of the child's class up to the day asked about, oldest first: what
    is not a school day can neither lengthen nor break a run. A day that ends in a present or
    excused mark stops it, a day never called stops it and is named. Days after the newest roll
    (today's roll is not called yet) are left out. Source: R-072.
    """
    return _run(days, marks, steps_over=False)


def possible_run(days: Sequence[date], marks: Mapping[date, Mark]) -> Run:
    """The same, stepping over days that nobody called; such days are never counted."""
    return _run(days, marks, steps_over=True)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Unexplained days in a row, wherever in the year, as a possible run counts them."""

    days: tuple[date, ...]
    """Called, and the child was not there. Oldest first, never empty."""
    uncalled: tuple[date, ...] = ()
    """Days between them that nobody called: nothing is known of those."""

    @property
    def is_proved(self) -> bool:
        return not self.uncalled


def stretches(days: Sequence[date], marks: Mapping[date, Mark]) -> tuple[Stretch, ...]:
    """Every run of unexplained absence among ``days``, oldest first; see ``proved_run``."""
    found: list[Stretch] = []
    away: list[date] = []
    between: list[date] = []
    waiting: list[date] = []
    for day in days:
        mark = marks.get(day, Mark.UNKNOWN)
        if mark is Mark.UNEXPLAINED:
            between += waiting
            away.append(day)
            waiting = []
        elif mark is Mark.UNKNOWN and away:
            waiting.append(day)
        elif mark in {Mark.PRESENT, Mark.EXCUSED} and away:
            found.append(Stretch(tuple(away), tuple(between)))
            away, between, waiting = [], [], []
    return (*found, Stretch(tuple(away), tuple(between))) if away else tuple(found)


def runs_of(days: Sequence[date], marks: Mapping[date, Mark]) -> Runs:
    """Both runs of a child; see ``proved_run`` for what ``days`` are."""
    possible = possible_run(days, marks)
    called = [day for day in days if marks.get(day, Mark.UNKNOWN) is not Mark.UNKNOWN]
    return Runs(
        proved=proved_run(days, marks),
        possible=possible,
        longest_proved=_longest_stretch(possible, days, marks),
        last_called_on=called[-1] if called else None,
    )


def away_for(run: Run, *, until: date, counted_in: DurationUnit, calendar: SchoolCalendar) -> int:
    """The length of a run in the policy's kind of day (``day_basis``).

    In school days only days with a mark count. In other units the days from the first missed day
    to ``until``, both counted: away since Thursday is five calendar days on Monday. 0 for no run.
    Raises ``NoSuchDay`` as the clocks do.
    """
    if run.since is None:
        return 0
    if counted_in is DurationUnit.SCHOOL_DAYS:
        return len(run)
    first = calendar.is_working_day(run.since) or counted_in is not DurationUnit.WORKING_DAYS
    after = days_between(started=run.since, until=until, counted_in=counted_in, calendar=calendar)
    return after + first if counted_in in _DAILY else after


_DAILY = frozenset({DurationUnit.CALENDAR_DAYS, DurationUnit.WORKING_DAYS})


@dataclass(frozen=True, slots=True)
class Stay:
    """A child in a class for a period."""

    class_id: object
    from_on: date
    to_on: date | None
    """Exclusive."""

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class ChildHistory:
    """What is on record about one child's attendance."""

    stays: tuple[Stay, ...] = ()
    missed: Mapping[date, Mapping[str, Missed]] = field(default_factory=dict)
    """By day and session, from standing rolls of whatever class, and lesson teachers' marks."""
    leaves: tuple[tuple[date, date], ...] = ()
    """Approved leave: from inclusive, to exclusive."""

    def class_on(self, day: date) -> object | None:
        """The class that the child was registered in on that day."""
        for stay in self.stays:
            if day in stay:
                return stay.class_id
        return None

    def is_on_leave(self, day: date) -> bool:
        return any(from_on <= day < to_on for from_on, to_on in self.leaves)


@dataclass(frozen=True, slots=True)
class ClassHistory:
    """What is on record about one class's rolls."""

    called: Mapping[date, Mapping[str, RollState]] = field(default_factory=dict)
    events: tuple[tuple[date, date | None], ...] = ()
    """Area events that cover the class: from inclusive, to exclusive."""

    def is_under_event(self, day: date) -> bool:
        return any(a <= day and (b is None or day < b) for a, b in self.events)


_NOTHING = ClassHistory()


def marks_of(
    child: ChildHistory,
    classes: Mapping[object, ClassHistory],
    days: Sequence[date],
    rules: RollRules,
) -> dict[date, Mark]:
    """What each of ``days`` was for the child; days on which it was in no class are left out."""
    marks = {}
    for day in days:
        class_id = child.class_on(day)
        if class_id is None:
            continue
        at = classes.get(class_id, _NOTHING)
        called, missed = at.called.get(day, {}), child.missed.get(day)
        if not missed and (plain := plain_mark(called)) is not None:
            marks[day] = plain
            continue
        facts = DayFacts(
            called=called,
            missed=missed or {},
            on_leave=child.is_on_leave(day),
            under_event=at.is_under_event(day),
        )
        marks[day] = day_mark(facts, rules)
    return marks


def runs_in_history(
    child: ChildHistory,
    classes: Mapping[object, ClassHistory],
    days: Sequence[date],
    rules: RollRules,
) -> Runs:
    """Both runs of a child from what is on record; ``days`` as in ``proved_run``."""
    marks = marks_of(child, classes, days, rules)
    return runs_of([day for day in days if day in marks], marks)


def _run(days: Sequence[date], marks: Mapping[date, Mark], *, steps_over: bool) -> Run:
    found: list[date] = []
    begun = False
    for day in reversed(days):
        mark = marks.get(day, Mark.UNKNOWN)
        if mark is Mark.UNKNOWN:
            if begun and not steps_over:
                return Run(tuple(reversed(found)), stopped_by_uncalled=day)
            continue
        if mark is Mark.NO_CLASS:
            continue
        begun = True
        if mark is not Mark.UNEXPLAINED:
            break
        found.append(day)
    return Run(tuple(reversed(found)))


def _longest_stretch(run: Run, days: Sequence[date], marks: Mapping[date, Mark]) -> int:
    if run.since is None:
        return 0
    longest = now = 0
    for day in days:
        if day < run.since:
            continue
        mark = marks.get(day, Mark.UNKNOWN)
        if mark is Mark.UNEXPLAINED:
            now += 1
        elif mark is Mark.UNKNOWN:
            now = 0
        longest = max(longest, now)
    return longest
