"""S0-5: not overnight. Nobody is lost, no grade is repeated without the bureau."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.facts import WordFact
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Moment
from tests.rules.consequences.desk import losses, of_class, people, vetoed
from tests.rules.duties.desk import LAN, MON, TUE, WED, facts, only, report, want

SYSTEM = "S0-5"


@pytest.mark.req("R-071", "R-302")
@pytest.mark.parametrize(("made", "hour", "is_late"), [(MON, "23:50", False), (TUE, "00:10", True)])
def test_known_at_three_it_is_reported_before_midnight(story, made, hour, is_late):
    known = facts(words=(WordFact(LAN, MON),), reports=(report(made, hour),))
    duty = only(want(known, story.policy(), WED), DutyRule.DROPOUT_REPORT)

    late = bool(stand_of(duty, Moment(WED)).late_since)
    story.says("P-S0-5.03", late, is_late, at=hour)


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(("kept", "is_met"), [(399, False), (400, True)])
def test_all_four_hundred_stay(story, kept, is_met):
    met = story.policy().is_share_met("retention_target_school_pct", kept, 400)

    story.says("P-S0-5.01", met, is_met, at=(kept, 400))


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(
    ("base", "lost", "whom"), [(40, 0, set()), (40, 1, {"chen", "tang", "ding"})]
)
def test_the_veto_reaches_whom_the_plan_names_past_its_line(story, base, lost, whom):
    rules = story.policy()
    found = vetoed(vetoes_of(of_class(base, *losses(lost)), rules, people()))

    story.says("P-S0-5.08", found, whom, at=f"{lost} of {base}")
