"""Every run of absence of a child, out of the marks of its days."""

from __future__ import annotations

from notoneless.flows.duties.runs import no_show_in, runs_in
from notoneless.rules.attendance.days import Mark
from tests.rules.duties.desk import FRI, LAN, MON, MON2, THU, TUE, WED

A, P, E, N, U = Mark.UNEXPLAINED, Mark.PRESENT, Mark.EXCUSED, Mark.NO_CLASS, Mark.UNKNOWN
DAYS = (MON, TUE, WED, THU, FRI, MON2)


def runs(*marks):
    found = runs_in(LAN, DAYS, dict(zip(DAYS, marks, strict=False)))
    return [(run.days, run.back_on) for run in found]


def test_a_day_without_class_neither_ends_nor_lengthens_a_run():
    assert runs(A, N, A, P) == [((MON, WED), THU)]


def test_a_day_that_nobody_called_ends_a_run_without_a_return():
    assert runs(A, U, A) == [((MON,), None), ((WED,), None)]


def test_leave_ends_a_run_and_only_being_seen_is_being_back():
    assert runs(A, E, E, P, A) == [((MON,), THU), ((FRI,), None)]


def test_a_child_missing_on_the_first_day_is_a_no_show_until_it_is_seen():
    days = dict(zip(DAYS, (A, A, P), strict=False))

    missing = no_show_in(LAN, DAYS, days)
    assert (missing.registration_on, missing.seen_on) == (MON, WED)
    for first in (P, E, U, N):
        assert no_show_in(LAN, DAYS, {MON: first}) is None
    assert no_show_in(LAN, (), {}) is None
