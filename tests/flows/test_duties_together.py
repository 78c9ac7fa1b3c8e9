"""A whole day's facts are planned once."""

from __future__ import annotations

from notoneless.duties.models import Duty
from notoneless.flows.cases.looking_after import look_after_cases
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.duties.together import gathered
from notoneless.journal.services import Stamp
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from tests.attendance.register import WED, at
from tests.cases.desk import case_of, take
from tests.cases.story import suspected, visit
from tests.world import Village


def determine(v: Village) -> None:
    take(v, StepKind.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="三日")


def determination() -> Duty:
    return Duty.objects.get(rule=DutyRule.CASE_DETERMINE)


def test_a_step_closes_its_duty_at_the_next_look_where_facts_are_gathered(village: Village):
    suspected(village)
    with gathered():
        determine(village)
        assert determination().state == DutyState.OPEN
        assert case_of(village).planned_at is None
    look_after_cases(village.county_id, today=WED, now=at(WED, 18))
    assert determination().state == DutyState.DONE
    assert case_of(village).planned_at is not None


def test_a_case_that_ends_is_planned_at_once_for_nobody_looks_at_it_again(village: Village):
    suspected(village)
    with gathered():
        take(village, StepKind.CLOSED, by="qin", day=WED, outcome="identity_error")
    assert determination().state == DutyState.DONE


def test_children_wait_and_are_planned_afterwards(village: Village):
    suspected(village)
    before = Duty.objects.filter(state=DutyState.DONE).count()
    with gathered() as waiting:
        visit(village, WED, causes=("weariness",), main_cause="weariness")
        assert Duty.objects.filter(state=DutyState.DONE).count() == before
    assert waiting == {village.children["lan"].pk}
    assert plan_for_children(waiting, today=WED, stamp=Stamp(village.county_id, None, at(WED, 18)))
    assert Duty.objects.get(rule=DutyRule.INVESTIGATE).state == DutyState.DONE


def test_afterwards_everything_is_planned_at_once_again(village: Village):
    suspected(village)
    with gathered():
        pass
    determine(village)
    assert determination().state == DutyState.DONE
