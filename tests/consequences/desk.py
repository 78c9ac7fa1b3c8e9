"""Settlements in the village: a plan adopted and released, pupils lost, people who settle."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any
from uuid import UUID

from notoneless.consequences.models import LineFact, Settlement
from notoneless.consequences.queries.settlements import LineRow, lines_of_settlement
from notoneless.flows.consequences.deciding import Decision, confirm, decide
from notoneless.flows.consequences.proposing import compute
from notoneless.policy.services.releases import NewRelease, decide_release, propose_release
from notoneless.rules.consequences.life import LineStep
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.roles import Role
from tests.numbers.desk import lost
from tests.places.calendar_desk import give_calendar
from tests.policy.desk import NEXT_MONDAY, give_packs, stamp, take
from tests.world import TODAY, Village

JULY = date(2027, 7, 31)
"""The last day of the school year."""
FEBRUARY = date(2027, 2, 1)
"""The autumn term is over."""


def moment(day: date, hour: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.utc)


def settling(v: Village, system: str, *, released: bool = True, at: str = "bureau") -> Village:
    """A plan in force in the whole county, everything of it released; 45 children in class 1 and
    people for every role."""
    give_calendar(v)
    give_packs(v)
    take(v, at, f"{system}/2026")
    for key, name, role, unit in (
        ("cui", "崔明慧", Role.CENTRE_CLERK, "centre"),
        ("deng", "邓国良", Role.DEPUTY_HOMEROOM_TEACHER, "primary-1"),
        ("tong", "童小兵", Role.ATTACHED_TEACHER, "primary-1"),
        ("zhou", "周思源", Role.HOMEROOM_TEACHER, "primary-2"),
        ("ning", "宁可为", Role.TEACHING_DIRECTOR, "primary"),
    ):
        v.employ(key, name, role, unit)
    if released:
        release_all(v, system, at=at)
    for n in range(5):
        v.enrol(f"p{n}", f"学生{n}", "primary-1")
    return v


def release_all(v: Village, system: str, *, at: str = "bureau") -> None:
    for rule in shipped_packs()[f"{system}/2026"].rules.values():
        if rule.needs_legal_basis and not rule.to_be_entered:
            new = NewRelease(
                unit_id=v.units[at].pk,
                key=rule.key,
                instrument_name="青禾县控辍保学奖惩办法",
                instrument_number="青禾政规〔2026〕3号",
                instrument_issued_on=date(2026, 9, 1),
                from_on=NEXT_MONDAY,
            )
            row = propose_release(new, today=TODAY, stamp=stamp(v, "lu"))
            decide_release(row.pk, is_granted=True, reason="", today=TODAY, stamp=stamp(v, "fang"))


def lose(v: Village, *names: str, **more: Any) -> None:
    for name in names:
        lost(v, name, confirmed="10-12", **more)


def computed(
    v: Village, *, by: str = "cui", day: date = JULY, term: int = 0, at: str = "primary"
) -> UUID:
    actor = v.actor(by, today=day)
    return compute(actor, v.units[at].pk, 2026, term, today=day, now=moment(day))


def lines(v: Village, settlement: UUID, *kinds: Kind) -> list[LineRow]:
    found = lines_of_settlement(settlement, county_id=v.county_id)
    return [line for line in found if not kinds or line.kind in kinds]


def line(v: Village, settlement: UUID, kind: Kind, whose: str) -> LineRow:
    """The only line of a kind that a person, or a unit by its key, bears."""
    bearer = v.people[whose].pk if whose in v.people else v.units[whose].pk
    (found,) = [
        each
        for each in lines(v, settlement, kind)
        if bearer in (each.person_id, each.bearing_unit_id)
    ]
    return found


def steps(settlement: UUID) -> int:
    """How many steps the lines of a settlement have taken."""
    return LineFact.objects.filter(line__settlement=settlement).count()


def deciding(
    v: Village, row: LineRow, step: LineStep, *, by: str = "he", day: date = JULY, **more: Any
) -> None:
    """Decide a line as it stands; ``seen``: as it stood on an older page."""
    given = {"reason": "已核对", "seen": LineFact.objects.filter(line=row.id).count(), **more}
    decide(v.actor(by, today=day), row.id, Decision(step, **given), today=day, now=moment(day, 2))


def confirmed(v: Village, settlement: UUID, *, by: str = "he", day: date = JULY) -> Settlement:
    confirm(
        v.actor(by, today=day), settlement, seen=steps(settlement), today=day, now=moment(day, 3)
    )
    return Settlement.objects.get(pk=settlement)
