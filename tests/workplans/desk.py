"""The village under S1-29 or another plan, planned since the term began, with short words."""

from __future__ import annotations

from datetime import date, datetime, timezone
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.duties.models import Duty
from notoneless.duties.models.runs import RunState, SweepRun
from notoneless.flows.workplans.reports import Address, Said, accept_all, correct, judge, submit
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import ReportAct, Stream
from notoneless.workplans.models import ReportPeriod
from tests.duties.desk import adopt_pack
from tests.places.calendar_desk import give_calendar
from tests.policy.desk import give_packs
from tests.world import TERM_START, TODAY, Village

OCTOBER = date(2026, 9, 24)
"""The period that the report of 23 October speaks of begins here."""
NOVEMBER = date(2026, 10, 24)
WEEK = date(2026, 11, 16)


def moment(on: date, hour: int = 1) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=timezone.utc)


def working(v: Village, pack: str = "S1-29/2026", **more) -> Village:
    """Under a plan since the term began, in use since then, with a dropout officer (专人)."""
    give_calendar(v)
    give_packs(v)
    adopt_pack(v, pack, **more)
    SweepRun.objects.create(
        county_id=v.county_id,
        as_of=TERM_START,
        state=RunState.DONE,
        started_at=moment(TERM_START),
        beat_at=moment(TERM_START),
        ended_at=moment(TERM_START),
    )
    v.employ("zhuan", "专春燕", Role.DROPOUT_OFFICER, "primary")
    return v


def of(v: Village, at: str = "primary", stream=Stream.SCHOOL_COUNT, from_on=NOVEMBER) -> Address:
    return Address(v.units[at].pk, stream, from_on)


def class_week(v: Village, at: str = "primary-1") -> Address:
    return of(v, at, Stream.CLASS_COUNT, WEEK)


def send(
    v: Village,
    address: Address,
    *,
    by: str = "zhuan",
    on: date = TODAY,
    text: str = "本月无新增。",
    version: UUID | None = None,
) -> ReportPeriod:
    said = Said(version or uuid7(), text)
    return submit(v.actor(by, today=on), address, said, today=on, now=moment(on))


def mend(v: Village, address: Address, reason: str, *, by: str = "zhuan", on: date = TODAY):
    said = Said(uuid7(), "更正后的说明。", reason)
    return correct(v.actor(by, today=on), address, said, today=on, now=moment(on))


def accepted(v: Village, address: Address, *, by: str = "xiang", on: date = TODAY):
    return judge(v.actor(by, today=on), address, ReportAct.ACCEPT, "", today=on, now=moment(on))


def sent_back(v: Village, address: Address, why: str, *, by: str = "xiang", on: date = TODAY):
    return judge(v.actor(by, today=on), address, ReportAct.SEND_BACK, why, today=on, now=moment(on))


def all_accepted(v: Village, at: str, *, by: str, on: date = TODAY) -> int:
    return accept_all(v.actor(by, today=on), v.units[at].pk, today=on, now=moment(on))


def duty_of(v: Village, rule: DutyRule, occurrence: date, at: str = "primary") -> Duty:
    return Duty.objects.get(rule=rule, occurrence=occurrence.isoformat(), subject_id=v.units[at].pk)
