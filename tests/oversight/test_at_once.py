"""Two people in one matter at the same moment, and one form pressed twice at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from notoneless.flows.oversight.pointers import lay_aside, proposals_for
from notoneless.flows.oversight.refusals import FaultBlocked, NoLongerProposed, RaisedAlready
from notoneless.oversight.models import Dismissal, Fault, FaultDecision, FaultFact
from notoneless.rules.faults.kinds import FaultState, FaultStep
from tests.attendance.register import WED, at, sheet
from tests.attendance.register import send as send_roll
from tests.cases.test_at_once import both, side_by_side
from tests.oversight.desk import NO, decided, heard, raised, school, state, take
from tests.world import TODAY, Village, build

pytestmark = [*side_by_side, pytest.mark.req("R-212")]


def pointed_out(v: Village) -> str:
    """Key of a roll that was noted at half past five."""
    send_roll(v, sheet(v, WED, noted_at=at(WED, 5, 30)), by="chen", now=at(WED, 5, 31))
    (found,) = proposals_for(v.actor("gu"), v.units["primary"].pk, today=TODAY)
    return found.key


def test_two_deciders_at_the_same_moment_make_one_decision() -> None:
    v = school(build())
    fault = heard(v, raised(v))

    given = both(
        lambda: decided(v, fault, by="qin"),
        lambda: decided(v, fault, by="he", outcome="not_upheld"),
    )

    assert connection.vendor == "postgresql"
    assert sum(isinstance(each, FaultBlocked) for each in given) == 1
    assert FaultDecision.objects.count() == 1
    assert FaultFact.objects.filter(kind="decided").count() == 1


def test_one_charge_sent_twice_at_the_same_moment_is_one() -> None:
    v, same = school(build()), uuid7()

    given = both(lambda: raised(v, id=same), lambda: raised(v, id=same))

    assert [isinstance(each, Fault) for each in given] == [True, True]
    assert Fault.objects.count() == 1


def test_one_step_sent_twice_at_the_same_moment_is_one() -> None:
    v, same = school(build()), uuid7()
    fault = raised(v)

    def press() -> object:
        return take(v, fault, FaultStep.INVESTIGATED, "gu", words="查阅记录。", step_id=same)

    assert both(press, press) == [same, same]
    assert FaultFact.objects.count() == 1


def test_one_decision_pressed_twice_at_the_same_moment_is_one() -> None:
    v, same = school(build()), uuid7()
    fault = heard(v, raised(v))
    said: dict[str, Any] = {"outcome": "upheld", "words": "情况属实。", "exemption": NO}

    def press() -> object:
        return take(v, fault, FaultStep.DECIDED, "qin", step_id=same, **said)

    assert both(press, press) == [same, same]
    assert FaultDecision.objects.count() == 1


def test_a_decision_and_a_withdrawal_at_the_same_moment_leave_one_of_them() -> None:
    v = school(build())
    fault = heard(v, raised(v))

    given = both(
        lambda: decided(v, fault),
        lambda: take(v, fault, FaultStep.WITHDRAWN, "gu", words="查无实据。"),
    )

    assert sum(isinstance(each, FaultBlocked) for each in given) == 1
    is_decided = FaultDecision.objects.exists()
    assert state(fault) is (FaultState.DECIDED if is_decided else FaultState.WITHDRAWN)


def test_accepting_and_a_review_at_the_same_moment_leave_one_of_them() -> None:
    v = school(build())
    fault = heard(v, raised(v))
    decided(v, fault)
    take(v, fault, FaultStep.SHOWN, "chen")

    given = both(
        lambda: take(v, fault, FaultStep.WAIVED, "chen"),
        lambda: take(v, fault, FaultStep.APPEALED, "chen", words="不服。"),
    )

    assert sum(isinstance(each, FaultBlocked) for each in given) == 1


def test_two_reviewers_at_the_same_moment_make_one_answer() -> None:
    v = school(build())
    fault = heard(v, raised(v))
    decided(v, fault)
    take(v, fault, FaultStep.SHOWN, "chen")
    take(v, fault, FaultStep.APPEALED, "chen", words="不服。")

    def answers(who: str, result: str) -> object:
        return take(v, fault, FaultStep.APPEAL_DECIDED, who, result=result, words="复核过。")

    given = both(lambda: answers("he", "kept"), lambda: answers("fang", "overturned"))

    assert sum(isinstance(each, FaultBlocked) for each in given) == 1
    stands = FaultDecision.objects.filter(superseded_at=None).exists()
    assert state(fault) is (FaultState.DECIDED if stands else FaultState.OVERTURNED)


def test_the_same_records_are_raised_by_one_of_two() -> None:
    v = school(build())
    unit, key = v.units["primary"].pk, pointed_out(v)

    def raise_it(who: str) -> object:
        return raised(v, by=who, unit_id=unit, pointer=key, kind="late_report")

    found = both(lambda: raise_it("gu"), lambda: raise_it("he"))

    refused = [each for each in found if isinstance(each, RaisedAlready | NoLongerProposed)]
    assert len(refused) == 1
    assert Fault.objects.count() == 1


def test_the_same_records_are_laid_aside_by_one_of_two() -> None:
    v = school(build())
    key, unit = pointed_out(v), v.units["primary"].pk

    def aside(who: str) -> object:
        lay_aside(v.actor(who), unit, key, "手机时间不准", today=TODAY, now=at(TODAY))
        return None

    both(lambda: aside("gu"), lambda: aside("he"))

    assert Dismissal.objects.count() == 1
