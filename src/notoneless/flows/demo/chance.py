"""How children of a rural county are away: pure shapes, the same for the same keys.

Source: national-rules §10.4. The shapes are those of a million school-days in New York (Mondays and
Fridays, the days around a break, the months) and of 146 rural pupils in New South Wales (negative
binomial, k near 1: few children are away often); the height is that of rural China, 97 to 99 of a
hundred there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from struct import unpack
from types import MappingProxyType

from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.units import Stage

BEGINS_AWAY = 0.0096
"""Of a hundred children so many begin an absence on an ordinary day; each lasts 1.6 days."""
MOST_LIKELY = 0.3
"""However often a child is away, no day is more likely than that."""
ON_WEEKDAY = (1.10, 0.89, 0.92, 0.94, 1.20, 1.10, 1.15)
"""Monday to Sunday, how many absences begin: with those that go on, as many are
missing as §10.4 says. A make-up Saturday or Sunday is as a Monday or Friday."""
IN_MONTH = MappingProxyType({10: 0.87, 2: 1.16, 3: 1.08, 6: 1.25})
BEFORE_A_BREAK, AFTER_A_BREAK = 1.45, 1.45
"""How many absences begin, whatever weekday and month it is. With those that go on, and with the
children who are in cases, a quarter and a tenth more are missing than on the term's other days."""
BREAK = timedelta(days=4)
"""From so many days between two school days on, children leave early and come late."""
FIRST_DAYS = (1.5, 1.3, 1.15)
"""The first days of a term: some are not back yet."""
IN_JUNIOR = 1.2
LENGTHS = (0.66, 0.86, 0.94, 0.98, 1.0)
"""How many absences have ended after one, two, three … school days."""
LATE = 0.004
FOLLOWS = 0.35
"""How often a friend comes along with one who takes a day for himself."""
REASONS = (
    (0.66, Reason.SICK),
    (0.965, Reason.PERSONAL),
    (0.985, Reason.UNEXPLAINED),
    (1.0, Reason.OFFICIAL),
)
"""Up to which part of absences which reason is given."""


@dataclass(frozen=True, slots=True)
class Draw:
    """An absence that begins."""

    reason: Reason
    days: int
    """School days."""


@dataclass(frozen=True, slots=True)
class Outbreak:
    """An illness that goes round in one school."""

    school: str
    """学校标识码."""
    peak_on: date
    days: int
    """From beginning to end; half of them before the peak."""
    height: float
    """So many of a hundred fall ill on the worst day."""

    def begins(self, school: str, day: date) -> float:
        """How likely it is to fall ill of it on a day."""
        apart = abs((day - self.peak_on).days) / (self.days / 2)
        return self.height * (1 - apart) if school == self.school and apart < 1 else 0.0


OUTBREAKS = (
    Outbreak("2199000107", date(2026, 10, 28), 18, 0.055),
    Outbreak("3199000106", date(2026, 12, 16), 16, 0.045),
)


def uniforms(*key: object) -> tuple[float, float, float, float]:
    """Four numbers from 0 to 1 that depend on the key alone; far cheaper than a generator."""
    digest = sha256("|".join(map(str, key)).encode()).digest()
    a, b, c, d = unpack(">4Q", digest)
    return a / 2**64, b / 2**64, c / 2**64, d / 2**64


@lru_cache(maxsize=8192)
def of_a_child(child_key: str, day: date) -> tuple[float, float, float, float]:
    """A child's luck of a day."""
    return uniforms("child", child_key, day)


def weight_of(child_key: str) -> float:
    """How much likelier than others a child is to be away: exponential with mean 1, which makes
    counts of absences negative binomial with k = 1."""
    return -math.log(1.0 - uniforms("weight", child_key)[0])


def of_the_day(day: date, days: Sequence[date]) -> float:
    """How much likelier an absence begins on ``day`` than on another of the school ``days``."""
    at = days.index(day)
    factor = _around_a_break(at, days) or ON_WEEKDAY[day.weekday()] * IN_MONTH.get(day.month, 1.0)
    since_term = _since_vacation(at, days)
    return factor * (FIRST_DAYS[since_term] if since_term < len(FIRST_DAYS) else 1.0)


@lru_cache(maxsize=1024)
def of_the_village(village_key: str, day: date) -> float:
    """A market, a wedding, a landslide: each week some villages have more children away."""
    year, week, _ = day.isocalendar()
    return 0.6 + 0.4 * -math.log(1.0 - uniforms("village", village_key, year, week)[0])


def begins(child_key: str, day: date, likely: float) -> Draw | None:
    """The absence of a child that begins on a day, where ``likely`` is how likely one is."""
    first, second, third, _ = of_a_child(child_key, day)
    if first >= min(likely, MOST_LIKELY):
        return None
    return Draw(reason_of(second), length_of(third))


def comes_along(child_key: str, day: date) -> bool:
    """Whether a child stays away with a friend who does."""
    return uniforms("along", child_key, day)[0] < FOLLOWS


def is_late(child_key: str, day: date, weight: float) -> int:
    """By how many minutes a child is late that day; 0 in time, -1 when nobody saw the clock."""
    _, second, third, fourth = of_a_child(child_key, day)
    if fourth >= LATE * (0.5 + weight / 2):
        return 0
    return -1 if second < 0.5 else 5 + 5 * int(third * 6)


def reason_of(part: float) -> Reason:
    """The reason at a part (0 to 1) of all absences."""
    return next(reason for until, reason in REASONS if part < until)


def length_of(part: float) -> int:
    """The length in school days at a part (0 to 1) of all absences."""
    return next(n for n, until in enumerate(LENGTHS, start=1) if part < until)


def height_of(stage: Stage) -> float:
    """How likely an absence begins on an ordinary day, at a stage."""
    return BEGINS_AWAY * (IN_JUNIOR if stage is Stage.JUNIOR else 1.0)


def _around_a_break(at: int, days: Sequence[date]) -> float:
    """Nought on an ordinary day."""
    is_last = at + 1 < len(days) and days[at + 1] - days[at] > BREAK
    is_first = at > 0 and days[at] - days[at - 1] > BREAK
    return max(BEFORE_A_BREAK * is_last, AFTER_A_BREAK * is_first)


def _since_vacation(at: int, days: Sequence[date]) -> int:
    """How many school days of the term came before; beyond the first few it does not matter."""
    for back in range(len(FIRST_DAYS)):
        if at - back <= 0 or days[at - back] - days[at - back - 1] > timedelta(days=14):
            return back
    return len(FIRST_DAYS)
