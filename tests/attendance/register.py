"""The register in the village: a calendar, short words for rolls, and days with names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from uuid_utils.compat import uuid7

from notoneless.attendance.models import AbsenceRun, Roll
from notoneless.flows.rolls.submitting import RollResult, submit_roll
from notoneless.rules.attendance.forms import AbsenceMark, Submission
from notoneless.rules.attendance.sessions import DAY, Reason
from tests.places.calendar_desk import give_calendar
from tests.policy.desk import give_packs
from tests.world import Village

MON, TUE, WED, THU, FRI = (date(2026, 11, 16) + timedelta(days=n) for n in range(5))
SAT = FRI + timedelta(days=1)
NEXT_MON = date(2026, 11, 23)
VILLAGE_TIME = timezone(timedelta(hours=8))


def open_school(village: Village) -> Village:
    """The village with its calendar and the shipped packs; nobody has adopted any."""
    give_calendar(village)
    give_packs(village)
    return village


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of that day on the village's clocks."""
    return datetime.combine(day, time(hour, minute), VILLAGE_TIME).astimezone(timezone.utc)


def sheet(village: Village, day: date, *missing: str, **more: Any) -> Submission:
    """The roll of primary-1 (or ``at=``) on a day; ``missing`` names children.

    ``reasons={"lan": Reason.SICK}`` for other reasons than unexplained.
    """
    reasons = more.pop("reasons", {})
    minutes = more.pop("minutes", {})
    names = [*missing, *(name for name in reasons if name not in missing)]
    given = {
        "id": uuid7(),
        "class_id": village.units[more.pop("at", "primary-1")].pk,
        "day": day,
        "session": DAY,
        "noted_at": at(day),
        "marks": tuple(
            AbsenceMark(
                village.children[name].pk,
                reasons.get(name, Reason.UNEXPLAINED),
                minutes_late=minutes.get(name, 0),
            )
            for name in names
        ),
    }
    return Submission(**{**given, **more})


def send(
    village: Village, form: Submission, *, by: str = "chen", today=None, now=None
) -> RollResult:
    """Hand in a roll: on its own day and moment unless said otherwise."""
    today = today or form.day
    now = now or at(today, 8, 5)
    return submit_roll(village.actor(by, today=today), form, today=today, now=now)


def call(village: Village, day: date, *missing: str, by: str = "chen", **more) -> RollResult:
    """Call the roll of a day on that day."""
    today = more.pop("today", None)
    now = more.pop("now", None)
    return send(village, sheet(village, day, *missing, **more), by=by, today=today, now=now)


def run_of(village: Village, name: str) -> Any:
    return AbsenceRun.objects.filter(child=village.children[name], is_open=True).first()


def standing(village: Village, day: date, session: str = DAY, at: str = "primary-1") -> Any:
    return Roll.objects.filter(
        school_class=village.units[at], day=day, session=session, is_standing=True
    ).first()
