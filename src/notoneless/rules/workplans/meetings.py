"""How many meetings a plan wants, of whom, by when (R-248)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from notoneless.rules.calendar import ONE_DAY, Period, SchoolYear, days_from
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.workplans.facts import Held
from notoneless.rules.workplans.kinds import Level, MeetingKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some meetings of one kind within some days."""

    kind: MeetingKind
    key: str
    from_on: date
    until: date
    """The last day in time."""
    need: int = 1
    part: int = 0
    """Which part of the term, from 1; 0 where the days are no part of one."""
    parts: int = 0


@dataclass(frozen=True, slots=True)
class MeetingRule:
    key: str
    duty: DutyRule
    level: Level
    """Who holds it."""


MEETINGS: Mapping[MeetingKind, MeetingRule] = MappingProxyType(
    {
        MeetingKind.LEADERSHIP: MeetingRule(
            "leadership_meetings_per_term", DutyRule.MEETING_LEADERSHIP, Level.SCHOOL
        ),
        MeetingKind.OFFICE: MeetingRule(
            "teaching_office_meetings_per_month", DutyRule.MEETING_OFFICE, Level.SCHOOL
        ),
        MeetingKind.CAMPAIGN: MeetingRule(
            "campaign_special_meetings", DutyRule.MEETING_CAMPAIGN, Level.SCHOOL
        ),
        MeetingKind.SUPERVISION: MeetingRule(
            "supervision_meetings_per_year", DutyRule.MEETING_SUPERVISION, Level.BUREAU
        ),
        MeetingKind.REGULAR: MeetingRule(
            "regular_meeting_frequency", DutyRule.MEETING_REGULAR, Level.SCHOOL
        ),
    }
)
"""The kinds of meetings that plans count, and who holds them."""


def meetings_wanted(
    kind: MeetingKind, policy: ResolvedPolicy, year: SchoolYear
) -> tuple[Wanted, ...]:
    """The meetings of one kind that a plan wants in a school year, in their order.

    Those of a leading group stand evenly in the term: of three one at its beginning, one in its
    middle, one at its end. A month's meeting is in time until the month is over, where it has a
    day of term. None where no plan speaks of them. Raises ``PolicyHole`` where the number is still
    to be entered. Source: R-248, S0-8, S2-5.
    """
    key = MEETINGS[kind].key
    if key not in policy.rules:
        return ()
    need = policy.count(key) + (policy.operator(key) is Operator.MORE)
    if need < 1:
        return ()
    if kind is MeetingKind.LEADERSHIP:
        return tuple(part for term in year.terms for part in _parts(term, need))
    if kind is MeetingKind.REGULAR:
        return tuple(Wanted(kind, key, t.from_on, t.to_on - ONE_DAY, need) for t in year.terms)
    if kind is MeetingKind.SUPERVISION:
        return (Wanted(kind, key, year.from_on, year.to_on - ONE_DAY, need),)
    months = tuple(policy.months("campaign_months")) if kind is MeetingKind.CAMPAIGN else None
    return tuple(Wanted(kind, key, a, b, need) for a, b in term_months(year, months))


def term_months(
    year: SchoolYear, only: Collection[int] | None = None
) -> Iterator[tuple[date, date]]:
    """The first and last day of each month with a day of some term in it; ``only`` names months."""
    for first in days_from(year.from_on, year.to_on):
        if first.day != 1 or (only is not None and first.month not in only):
            continue
        last = first.replace(day=monthrange(first.year, first.month)[1])
        if any(first < term.to_on and term.from_on <= last for term in year.terms):
            yield first, last


def met(
    wanted: Sequence[Wanted], held: Collection[Held], *, until: date
) -> dict[Wanted, tuple[Held, ...]]:
    """Which meetings answer which wish: each once, the earliest wish first.

    A meeting held after its days still answers the wish before it, late. Meetings after ``until``
    are not known yet.
    """
    left = sorted((each for each in held if each.on <= until), key=lambda h: (h.on, str(h.id)))
    found: dict[Wanted, tuple[Held, ...]] = {}
    for wish in sorted(wanted, key=lambda each: each.from_on):
        own = [h for h in left if h.kind is wish.kind and wish.from_on <= h.on][: wish.need]
        found[wish] = tuple(own)
        left = [each for each in left if each not in own]
    return found


def _parts(term: Period, parts: int) -> Iterator[Wanted]:
    """A term in so many parts of the same length, as nearly as days allow."""
    days = (term.to_on - term.from_on).days
    cuts = [term.from_on + timedelta(days=days * n // parts) for n in range(parts + 1)]
    key = MEETINGS[MeetingKind.LEADERSHIP].key
    for n in range(parts):
        if cuts[n] < cuts[n + 1]:
            last = cuts[n + 1] - ONE_DAY
            yield Wanted(MeetingKind.LEADERSHIP, key, cuts[n], last, 1, n + 1, parts)
