"""Flags in the village: officers at the school, the township and the bureau, short words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.flows.protection.handling import answer_closing, note_step, propose_closing
from notoneless.flows.protection.raising import raise_flag
from notoneless.protection.models import CriticalFlag
from notoneless.protection.queries.doors import seen_by
from notoneless.protection.services import NewConcerned, NewFlag, NewStep
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.life_cycle import Ground, StepKind
from notoneless.rules.protection.situations import Situation
from notoneless.rules.roles import Role
from tests.world import NOW, TODAY, Village

OFFICERS = {
    "an": ("安若兰", "primary"),
    "bai": ("白建平", "primary"),
    "cen": ("岑玉梅", "shiqiao"),
    "deng": ("邓守义", "bureau"),
}


def name_officers(v: Village, *keys: str) -> Village:
    """Child-protection officers with a sign-in and approved access."""
    for key in keys or OFFICERS:
        name, at = OFFICERS[key]
        v.employ(key, name, Role.CHILD_PROTECTION_OFFICER, at)
        v.account(key)
    return v


def concerned(kind: str, **more: Any) -> NewConcerned:
    return NewConcerned(ConcernedKind(kind), **more)


def staff(v: Village, key: str) -> NewConcerned:
    return concerned("staff", person_id=v.people[key].pk)


def report(child: UUID | None, *people: NewConcerned, **more: Any) -> NewFlag:
    given: dict[str, Any] = {
        "id": uuid7(),
        "situation": Situation.VIOLENCE,
        "facts": "手臂有多处旧伤，说是摔的。",
        "child_id": child,
        "concerned": people,
    }
    return NewFlag(**{**given, **more})


def raised(
    v: Village,
    *people: NewConcerned,
    by: str = "chen",
    on: date = TODAY,
    now: datetime = NOW,
    **more: Any,
) -> UUID:
    """A flag about 吴小兰 (or ``child_id=``), raised by Chen."""
    child = more.pop("child_id", v.lan.pk)
    new = report(child, *people, **more)
    return raise_flag(v.actor(by, today=on), new, today=on, now=now)


def knows(v: Village, key: str, flag: UUID, on: date = TODAY) -> bool:
    return seen_by(v.actor(key, today=on), on=on).filter(pk=flag).exists()


def who_knows(v: Village, flag: UUID) -> set[str]:
    """Everybody in the village who may know of a flag."""
    return {key for key in v.people if knows(v, key, flag)}


def step(kind: StepKind, **more: Any) -> NewStep:
    return NewStep(**{"id": uuid7(), "kind": kind, **more})


def note(v: Village, key: str, flag: UUID, kind: StepKind, *, on=TODAY, now=NOW, **more: Any):
    note_step(v.actor(key, today=on), flag, step(kind, **more), today=on, now=now)


def propose(v: Village, key: str, flag: UUID, ground=Ground.MISTAKE, *, on=TODAY, now=NOW):
    new = step(StepKind.PROPOSED, words="报错了孩子", ground=ground.value)
    propose_closing(v.actor(key, today=on), flag, new, today=on, now=now)
    return new.id


def answer(v: Village, key: str, flag: UUID, proposal: UUID, *, agrees=True, on=TODAY, now=NOW):
    kind = StepKind.CLOSED if agrees else StepKind.REFUSED
    new = step(kind, words="核对过", answers=proposal)
    answer_closing(v.actor(key, today=on), flag, new, today=on, now=now)


def close(v: Village, flag: UUID, *, by=("an", "bai"), on=TODAY, now=NOW) -> None:
    proposal = propose(v, by[0], flag, on=on, now=now)
    answer(v, by[1], flag, proposal, on=on, now=now)


def flag_row(flag: UUID) -> CriticalFlag:
    return CriticalFlag.objects.get(pk=flag)
