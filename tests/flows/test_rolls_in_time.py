"""When a class has reported in time: its first roll of the day says it for all."""

from __future__ import annotations

import pytest

from notoneless.flows.duties import planning
from notoneless.rules.duties.kinds import DutyRule
from tests.attendance.register import FRI, at, call
from tests.duties.desk import S2_5, duties, under
from tests.world import Village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    planning._KEPT.clear()
    planning._SINCE.clear()


@pytest.mark.req("R-071")
@pytest.mark.parametrize("is_called_in_time", [True, False])
def test_an_afternoon_is_not_late_for_what_the_morning_reported(
    village: Village, is_called_in_time: bool
):
    halves = ("roll_sessions", ("morning", "afternoon"), "", None)
    under(village, S2_5, own=[halves, ("daily_attendance_report_by", "09:00", "", None)])
    if is_called_in_time:
        call(village, FRI, session="morning")
    call(village, FRI, session="afternoon", noted_at=at(FRI, 14, 10), now=at(FRI, 14, 10))

    assert bool(duties(DutyRule.CALL_ROLL)) is not is_called_in_time


@pytest.mark.req("R-071")
def test_a_correction_after_the_hour_does_not_make_a_timely_report_late(village: Village):
    under(village, S2_5, own=[("daily_attendance_report_by", "09:00", "", None)])
    first = call(village, FRI, "lan")
    later = at(FRI, 10)
    call(village, FRI, based_on=first.roll_id, reason="到了", noted_at=later, now=later)

    assert duties(DutyRule.CALL_ROLL) == []
