"""One child, the calendar of 2026-27, and short words for what its days were."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.rules.attendance.days import Mark
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.signs.facts import SignFacts
from notoneless.rules.signs.signs import Signs, signs_of
from notoneless.rules.signs.thresholds import SignRules, sign_rules
from tests.rules.policy.stack import NOVEMBER_20, SEPTEMBER, county
from tests.rules.school_year import AUTUMN_2026, calendar

LAN, CLASS = UUID(int=11), UUID(int=1)
CALENDAR = calendar()
DAYS = CALENDAR.school_days(date(2026, 9, 1), date(2027, 1, 23))
"""School days of the autumn term."""
MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in range(16, 21))
P, A, E, N, U = (
    Mark.PRESENT,
    Mark.UNEXPLAINED,
    Mark.EXCUSED,
    Mark.NO_CLASS,
    Mark.UNKNOWN,
)


def default_policy():
    from notoneless.rules.paths import Line
    from notoneless.rules.policy.adoption import Layer, Rank

    pack = shipped_packs()["signs/2026"]
    layer = Layer("product", Rank.NATIONAL, Line.GOVERNMENT, pack, SEPTEMBER)
    return resolve([layer], NOVEMBER_20)


def policy(*rules):
    return resolve([county("\n".join(rules))], NOVEMBER_20)


RULES: SignRules = sign_rules(default_policy())


def facts(*, until=FRI, missed=(), others=None, days=DAYS, **more) -> SignFacts:
    """A child who was there on every school day up to ``until`` but those in ``missed``.

    ``others`` gives single days other marks; a mark of ``None`` takes the day out of its stay.
    """
    so_far = tuple(day for day in days if day <= until)
    marks = dict.fromkeys(so_far, P) | dict.fromkeys(missed, A) | dict(others or {})
    given = {
        "child_id": LAN,
        "as_of": until,
        "days": so_far,
        "marks": {day: marks[day] for day in marks if marks[day]},
        "next_day": next((day for day in days if day > until), None),
        "term": AUTUMN_2026,
        "class_on": dict.fromkeys(so_far, CLASS),
    }
    return SignFacts(**{**given, **more})


def last(n, until=FRI):
    """The last ``n`` school days up to ``until``."""
    return tuple(day for day in DAYS if day <= until)[-n:]


def look(**of) -> Signs:
    return signs_of(facts(**of), RULES)


def fired(signs: Signs, rule):
    """The sign of a rule, loud or quiet; ``None`` when it did not fire."""
    return next((each for each in signs.fired if each.rule is rule), None)
