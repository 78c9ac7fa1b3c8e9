"""Accountability in the village: who charges whom, and short words for each step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.flows.oversight.raising import Raising, raise_fault
from notoneless.flows.oversight.stepping import Taking
from notoneless.flows.oversight.stepping import take as take_step
from notoneless.oversight.models import Fault, FaultDecision
from notoneless.places.models import Post
from notoneless.policy.models import Release
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.services.releases import NewRelease, decide_release, propose_release
from notoneless.rules.faults.guards import Missing
from notoneless.rules.faults.kinds import FaultState, FaultStep
from notoneless.rules.roles import Role
from tests.attendance.register import at
from tests.duties.desk import under
from tests.policy.desk import stamp
from tests.world import TERM_START, TODAY, Village

NO = {"not_teacher_caused": False, "work_done_in_vain": False, "verified": False}
SAID = "9月以来三次应家访而未家访，无记录。"
LATER = TODAY + timedelta(days=10)


def school(v: Village, pack: str = "S1-29/2026", **more: Any) -> Village:
    """The village under a plan, with a teaching director who hears and a second teacher."""
    under(v, pack, **more)
    v.employ("gu", "顾明远", Role.TEACHING_DIRECTOR, "primary")
    v.employ("zhou", "周思源", Role.HOMEROOM_TEACHER, "primary-2")
    return v


def post_of(v: Village, name: str) -> UUID:
    pk: UUID = Post.objects.filter(person=v.people[name]).values_list("pk", flat=True)[0]
    return pk


def raised(v: Village, about: str = "chen", *, by: str = "gu", **more: Any) -> Fault:
    """Chen is charged with no measures, by the teaching director, on Friday."""
    given: dict[str, Any] = {
        "id": uuid7(),
        "post_id": post_of(v, about),
        "kind": "no_measures",
        "facts": SAID,
        "found_on": TODAY,
    }
    new = Raising(**{**given, **more})
    pk = raise_fault(v.actor(by), new, today=TODAY, now=at(TODAY))
    return Fault.objects.get(pk=pk)


def take(
    v: Village,
    fault: Fault,
    kind: FaultStep,
    by: str,
    *,
    on: date = TODAY,
    until: date | None = None,
    step_id: UUID | None = None,
    **said: Any,
) -> UUID:
    """Somebody takes a step on a day."""
    given = Taking(id=step_id or uuid7(), kind=kind, on=on, until=until, said=said)
    return take_step(v.actor(by, today=on), fault.pk, given, today=on, now=at(on))


def heard(v: Village, fault: Fault, *, by: str = "gu", who: str = "chen") -> Fault:
    """Looked into, notified, and stated by the person."""
    take(v, fault, FaultStep.INVESTIGATED, by, words="查阅家访记录，无登记。")
    take(v, fault, FaultStep.NOTICE_GIVEN, by, until=TODAY + timedelta(days=3))
    take(v, fault, FaultStep.STATED, who, words="路远，未及时登记。")
    return fault


def decided(
    v: Village, fault: Fault, *, by: str = "qin", on: date = TODAY, **more: Any
) -> FaultDecision:
    """Upheld by the principal, without a measure unless said otherwise."""
    said: dict[str, Any] = {"outcome": "upheld", "words": "情况属实。", "exemption": NO, **more}
    step = take(v, fault, FaultStep.DECIDED, by, on=on, **said)
    return FaultDecision.objects.get(step=step)


def final(v: Village, fault: Fault, *, who: str = "chen", on: date = TODAY) -> Fault:
    """Shown to the person, who accepts it."""
    take(v, fault, FaultStep.SHOWN, who, on=on)
    take(v, fault, FaultStep.WAIVED, who, on=on)
    return fault


def state(fault: Fault) -> FaultState:
    return FaultState(Fault.objects.get(pk=fault.pk).state)


def missing(refused: Any) -> list[Missing]:
    """What a refusal caught by pytest says stands in the way."""
    return [each.missing for each in refused.value.obstacles]


def released(v: Village, key: str, *, where: str = "bureau") -> Release:
    """A county rule gets its legal instrument, from the beginning of the term."""
    new = NewRelease(
        unit_id=v.units[where].pk,
        key=key,
        instrument_name="青禾县控辍保学责任追究办法",
        instrument_number="青禾政规〔2026〕3号",
        instrument_issued_on=TERM_START - timedelta(days=30),
        from_on=TERM_START,
    )
    early = TERM_START
    row = propose_release(new, today=early, stamp=stamp(v, "lu", now=at(early)))
    decide_release(
        row.pk, is_granted=True, reason="", today=early, stamp=stamp(v, "fang", now=at(early))
    )
    assert policy_for(v.units[where].pk, on=TODAY).is_on(key)
    return row
