"""What time and the rolls do to a case by themselves, day by day (T16, T19, T22, T25)."""

from __future__ import annotations

import pytest

from notoneless.rules.attendance.days import Mark
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.cases.passing import Passed, passed
from tests.rules.cases.desk import later, on, opened
from tests.rules.duties.desk import CALENDAR, FRI, MON, MON2, THU, TUE, WED

K = StepKind
PRESENT, AWAY, EXCUSED = Mark.PRESENT, Mark.UNEXPLAINED, Mark.EXCUSED
LOST = opened(TUE, away_since=MON)
REPORTED = LOST.reported(TUE).accepted(WED)
NOTICED = REPORTED.issued("notice", WED).served("notice", THU, until=FRI)
EXPIRED = NOTICED.expired("notice", later(FRI, 1)).heard(MON2)
ORDERED = EXPIRED.issued("order", MON2).served("order", MON2, until=later(MON2, 3))
BACK = LOST.returned(WED)


def next_step(story, day, *, marks=(), suspected=()):
    return passed(story.fact, dict(marks), suspected, CALENDAR, today=day)


# -- a deadline runs out -------------------------------------------------------------------------


@pytest.mark.req("T16", "R-112")
@pytest.mark.parametrize(
    ("story", "last", "kind"),
    [(NOTICED, FRI, K.NOTICE_EXPIRED), (ORDERED, later(MON2, 3), K.ORDER_EXPIRED)],
)
def test_a_deadline_has_run_out_on_the_day_after_its_last_and_not_on_it(story, last, kind):
    assert next_step(story, last) is None
    for days in (1, 20):
        assert next_step(story, later(last, days)) == Passed(kind, later(last, 1))


@pytest.mark.req("T16")
def test_a_deadline_runs_out_once_and_not_for_a_child_that_is_back():
    assert next_step(NOTICED.expired("notice", later(FRI, 1)), MON2) is None
    assert next_step(NOTICED.returned(FRI), MON2) is None
    assert next_step(REPORTED.issued("notice", WED).served("notice", THU), MON2) is None


# -- seen again ----------------------------------------------------------------------------------


@pytest.mark.req("T19")
@pytest.mark.parametrize(
    ("marks", "back_on"),
    [
        ({MON: AWAY, TUE: AWAY}, None),
        ({TUE: AWAY, WED: PRESENT}, WED),
        ({TUE: AWAY, WED: PRESENT, THU: PRESENT}, WED),
        # Seen and gone again: the last word of the rolls counts.
        ({TUE: AWAY, WED: PRESENT, THU: AWAY}, None),
        ({TUE: AWAY, WED: PRESENT, THU: AWAY, FRI: PRESENT}, FRI),
        # Before the case opened nobody asked; leave is no return.
        ({MON: PRESENT}, None),
        ({TUE: PRESENT}, TUE),
        ({TUE: AWAY, WED: EXCUSED}, None),
    ],
)
def test_a_child_is_back_on_the_first_day_after_the_last_one_missed(marks, back_on):
    found = next_step(LOST, FRI, marks=marks)

    assert found == (Passed(K.RETURNED, back_on) if back_on else None)


@pytest.mark.req("T19", "T22")
def test_after_a_relapse_only_what_was_seen_since_counts():
    story = BACK.relapsed(FRI)

    assert next_step(story, FRI, marks={WED: PRESENT, THU: PRESENT}) is None
    assert next_step(story, MON2, marks={WED: PRESENT, MON2: PRESENT}) == Passed(K.RETURNED, MON2)


# -- lost again ----------------------------------------------------------------------------------


@pytest.mark.req("T22")
def test_only_a_suspicion_that_arose_after_the_return_is_a_relapse():
    assert next_step(BACK, FRI, suspected=[TUE]) is None
    assert next_step(BACK, FRI, suspected=[WED]) is None
    assert next_step(BACK, FRI, suspected=[FRI, THU, TUE]) == Passed(K.RELAPSED, THU)
    assert next_step(BACK.placed(THU), FRI, suspected=[FRI]) == Passed(K.RELAPSED, FRI)


@pytest.mark.req("T22")
def test_a_child_that_is_away_and_a_case_that_is_closed_have_no_relapse():
    assert next_step(LOST, FRI, suspected=[WED, THU]) is None
    closed = BACK.placed(WED).closed(THU)
    assert closed.state is State.ATTENDING
    assert next_step(closed, FRI, suspected=[FRI], marks={FRI: PRESENT}) is None


# -- the year ends -------------------------------------------------------------------------------

LAST = on(7, 31, 2027)


@pytest.mark.req("T25")
def test_the_year_has_ended_on_the_day_after_its_last_for_who_is_still_away():
    assert next_step(LOST, LAST) is None
    assert next_step(LOST, later(LAST, 1)) == Passed(K.YEAR_ENDED, LAST)
    assert next_step(BACK, later(LAST, 1)) is None
    assert next_step(opened(later(LAST, 1)), later(LAST, 2)) is None
    assert next_step(opened(LAST), later(LAST, 1)) == Passed(K.YEAR_ENDED, LAST)


@pytest.mark.req("T25")
def test_a_year_ends_once():
    assert next_step(LOST.step("year_ended", LAST), later(LAST, 30)) is None


def test_of_several_the_first_is_taken_first():
    marks = {WED: PRESENT}
    story = NOTICED

    assert next_step(story, MON2, marks=marks) == Passed(K.RETURNED, WED)
    assert next_step(story, MON2, marks={MON2: PRESENT}).kind is K.NOTICE_EXPIRED
