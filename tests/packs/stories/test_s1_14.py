"""S1-14: two visits in vain, then three days until the town must know."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule as R
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import on, opened, want
from tests.rules.duties.desk import named, only

SYSTEM = "S1-14"


@pytest.mark.req("R-109", "R-302")
def test_the_second_visit_in_vain_on_the_10th_is_reported_by_the_13th(story):
    rules = story.policy()
    once = opened(on(11, 6)).visited_in_vain(on(11, 9))
    twice = once.visited_in_vain(on(11, 10))

    story.says("P-S1-14.05", named(want(once, rules, on(11, 9)), R.CASE_REPORT), [], at="1 visit")
    duty = only(want(twice, rules, on(11, 10)), R.CASE_REPORT)
    story.says("P-S1-14.05", duty.opened_on, on(11, 10), at="2 visits")
    late = stand_of(duty, Moment(on(11, 13))).late_since
    story.says("P-S1-14.06", late, None, at="3 days")
    late = stand_of(duty, Moment(on(11, 14))).late_since
    story.says("P-S1-14.06", late, on(11, 14), at="4 days")


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(("lost", "base", "is_met"), [(15, 1_000, True), (151, 10_000, False)])
def test_at_most_one_and_a_half_in_a_hundred(story, lost, base, is_met):
    met = story.policy().is_share_met("dropout_ceiling_school_pct", lost, base)

    story.says("P-S1-14.01", met, is_met, at=(lost, base))
