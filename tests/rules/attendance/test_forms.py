"""One class, several phones: what becomes of a roll beside the one that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from notoneless.rules.attendance.forms import AbsenceMark, Standing, Submission, Verdict, judge
from notoneless.rules.attendance.sessions import Reason, is_late

ME, YOU = UUID(int=1), UUID(int=2)
LAN, GANG = UUID(int=11), UUID(int=12)
EIGHT = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
MINE = Submission(UUID(int=21), UUID(int=31), date(2026, 11, 20), "day", EIGHT, (AbsenceMark(LAN),))
OTHER = replace(MINE, id=UUID(int=22), marks=(AbsenceMark(GANG),))


def standing(form: Submission, by: UUID | None = ME, **more) -> Standing:
    given = {
        "id": form.id,
        "digest": form.digest,
        "taken_by": by,
        "noted_at": form.noted_at,
        "based_on": form.based_on,
    }
    return Standing(**{**given, **more})


def test_the_first_stands():
    assert judge(MINE, None, by=ME) is Verdict.FIRST


def test_what_says_the_same_is_the_same_in_whatever_order_it_was_tapped():
    both = (AbsenceMark(LAN, Reason.SICK), AbsenceMark(GANG))
    one, two = replace(MINE, marks=both), replace(OTHER, marks=both[::-1])

    assert judge(two, standing(one), by=YOU) is Verdict.AGREES


def test_another_reason_is_another_roll():
    sick = replace(OTHER, marks=(AbsenceMark(LAN, Reason.SICK),))
    assert judge(sick, standing(MINE), by=YOU) is Verdict.CONTENDING


def test_who_saw_the_standing_roll_corrects_it():
    seen = replace(OTHER, based_on=MINE.id)
    assert judge(seen, standing(MINE), by=YOU) is Verdict.CORRECTION


def test_who_did_not_see_it_contends():
    assert judge(OTHER, standing(MINE), by=YOU) is Verdict.CONTENDING
    assert judge(replace(OTHER, based_on=UUID(int=99)), standing(MINE), by=YOU) is (
        Verdict.CONTENDING
    )


def test_what_the_standing_roll_already_knew_is_outdated():
    assert judge(MINE, standing(OTHER, YOU, based_on=MINE.id), by=ME) is Verdict.OUTDATED


@pytest.mark.parametrize(
    ("minutes", "based_on", "verdict"),
    [
        (-1, None, Verdict.OUTDATED),
        (0, None, Verdict.OUTDATED),
        (1, None, Verdict.CONTENDING),
        (1, UUID(int=99), Verdict.CORRECTION),
    ],
)
def test_ones_own_roll_of_another_minute(minutes: int, based_on, verdict: Verdict):
    form = replace(OTHER, noted_at=EIGHT + timedelta(minutes=minutes), based_on=based_on)

    assert judge(form, standing(MINE), by=ME) is verdict


def test_nobody_is_the_same_person_as_nobody():
    older = replace(OTHER, noted_at=EIGHT - timedelta(minutes=1))
    assert judge(older, standing(MINE, None), by=None) is Verdict.CONTENDING


@pytest.mark.req("R-068")
@pytest.mark.parametrize(
    ("clock", "late"),
    [(time(8, 59), False), (time(9), False), (time(9, 0, 59), False), (time(9, 1), True)],
)
def test_nine_oclock_sharp_is_in_time(clock: time, late: bool):
    assert is_late(clock, time(9)) is late
    assert not is_late(clock, None)


@pytest.mark.parametrize(
    "marks",
    [
        {"minutes_late": -1, "reason": Reason.LATE},
        {"minutes_late": 601, "reason": Reason.LATE},
        {"minutes_late": 5, "reason": Reason.SICK},
        {"note": "长" * 501},
    ],
)
def test_a_mark_of_no_shape_is_no_mark(marks):
    with pytest.raises(ValueError, match=r"."):
        AbsenceMark(LAN, **marks)
    AbsenceMark(LAN, Reason.LATE, minutes_late=600, note="长" * 500)


@pytest.mark.parametrize(
    "odd",
    [
        {"noted_at": datetime(2026, 11, 20)},  # noqa: DTZ001  # that is the point
        {"reason": "长" * 201},
        {"not_held_reason": "停电"},
    ],
)
def test_a_roll_of_no_shape_is_no_roll(odd):
    with pytest.raises(ValueError, match=r"."):
        replace(MINE, **odd)
    replace(MINE, reason="长" * 200)
