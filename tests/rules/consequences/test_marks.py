"""Points, allowance, appraisal, criticism, preference; what no rule may ever do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.proposal import differences, lines_of, restored_by
from tests.rules.consequences.desk import (
    OCTOBER,
    SYSTEMS,
    an_id,
    loss,
    losses,
    of_class,
    of_kind,
    of_school,
    people,
    policy,
)


def lines(system, outcome, *kinds, **more):
    return of_kind(lines_of(outcome, policy(system, **more), people()), *kinds)


@pytest.mark.req("R-203")
@pytest.mark.parametrize(
    ("lost", "standing", "who"),
    [
        (4, None, set()),
        (5, Standing.TO_BE_ENTERED, {"chen", "tang", "ding"}),
    ],
)
def test_above_two_per_cent_points_come_off_once_the_figure_is_entered(lost, standing, who):
    found = lines("S1-22", of_class(200, *losses(lost)), Kind.POINTS)

    assert {line.standing for line in found} == ({standing} if standing else set())
    assert {line.bearer.name for line in found} == who
    entered = lines("S1-22", of_class(200, *losses(lost)), Kind.POINTS, is_entered=True)
    assert {line.points for line in entered} == ({Decimal(-3)} if who else set())


@pytest.mark.req("R-203")
@pytest.mark.parametrize("system", ["S1-1", "S1-5", "S1-7"])
def test_points_for_a_dropout_are_counted_for_each_pupil(system):
    (open_,) = lines(system, of_class(40, *losses(2)), Kind.POINTS)
    assert open_.standing is Standing.TO_BE_ENTERED

    (line,) = lines(system, of_class(40, *losses(2)), Kind.POINTS, is_entered=True)
    assert (line.bearer.name, line.points) == ("chen", Decimal(-4))


@pytest.mark.req("R-203")
def test_a_part_of_the_allowance_is_per_cent_of_what_the_system_does_not_know():
    (line,) = lines("S1-14", of_class(40, loss()), Kind.ALLOWANCE, is_entered=True)

    assert (line.per_cent, line.fen, line.bearer.name) == (Decimal(-20), None, "chen")


@pytest.mark.req("R-207")
@pytest.mark.parametrize("system", ["S1-7", "S1-14"])
def test_teachers_without_a_dropout_come_first_where_all_else_is_equal(system):
    found = lines(system, of_class(40), Kind.PREFERENCE)

    assert "chen" in {line.bearer.name for line in found}
    assert {line.standing for line in found} == {Standing.IN_FORCE}
    assert not lines(system, of_class(40, loss()), Kind.PREFERENCE)


@pytest.mark.req("R-203", "R-209")
def test_what_appraisal_is_linked_to_is_said_without_an_amount():
    (pay, *rest) = lines("S1-25", of_class(40, loss()), Kind.PERFORMANCE_PAY)
    assert (pay.fen, pay.points, pay.honours) == (None, None, ("performance_pay",))
    assert {line.bearer.name for line in (pay, *rest)} == {"chen", "tang", "ding"}
    posts = lines("S1-30", of_school(100, loss()), Kind.POST)
    assert {(line.bearer.name, line.honours) for line in posts} == {
        ("qin", ("promotion",)),
        ("qin", ("post_transfer",)),
    }


@pytest.mark.req("R-203")
def test_criticism_is_for_a_person_to_decide():
    (line,) = lines("S1-25", of_class(40, loss()), Kind.CRITICISM)

    assert line.standing is Standing.TO_BE_DECIDED


@pytest.mark.req("R-218")
@pytest.mark.parametrize("system", ["S1-15", "S1-18", "S1-30"])
def test_the_heads_accountability_is_only_pointed_at(system):
    (line,) = lines(system, of_school(100, *losses(2)), Kind.ACCOUNTABILITY)

    assert (line.bearer.name, line.standing) == ("qin", Standing.TO_BE_DECIDED)
    assert line.fen is None


def test_a_house_rule_about_late_reports_touches_only_what_was_hidden():
    late = loss(known_on=date(2026, 10, 12), reported_on=date(2026, 10, 20))

    assert not lines("S0-5", of_class(40, late), Kind.HOUSE_RULE, is_entered=True)
    hidden = loss(is_concealed=True)
    (line,) = lines("S0-5", of_class(40, hidden), Kind.HOUSE_RULE, is_entered=True)
    assert line.standing is Standing.TO_BE_DECIDED


# -- what no policy may do -------------------------------------------------------------------------

IN_EFFECT = {Standing.IN_FORCE, Standing.TO_BE_DECIDED}


def burden(found):
    """Per bearer: fen, points, vetoes and marks against him; more is worse."""
    worse: Counter[tuple[object, str]] = Counter()
    for line in found:
        if line.standing not in IN_EFFECT:
            continue
        who = line.bearer.person or line.bearer.unit
        if line.kind is Kind.PREFERENCE:
            worse[who, "marks"] -= 1
        elif line.fen is not None or line.points is not None or line.per_cent is not None:
            worse[who, "fen"] -= line.fen or 0
            worse[who, "points"] -= line.points or 0
            worse[who, "per cent"] -= line.per_cent or 0
        elif line.kind is Kind.VETO:
            worse[who, "vetoes"] += 1
        else:
            worse[who, "marks"] += 1
    return worse


def no_worse(now, before):
    return all(now[key] <= before[key] for key in now.keys() | before.keys())


day = st.dates(date(2026, 9, 1), date(2027, 6, 30))
a_loss = st.builds(
    lambda n, lost_on, back, is_concealed, is_caused, is_exempt: loss(
        f"child {n}",
        lost_on=lost_on,
        returned_on=back,
        is_concealed=is_concealed,
        is_teacher_caused=is_caused,
        answerable=an_id("chen") if is_caused else None,
        is_exempt=is_exempt,
    ),
    st.integers(0, 10_000),
    day,
    st.none() | st.just(date(2027, 7, 1)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
some_losses = st.lists(a_loss, min_size=1, max_size=4, unique_by=lambda each: each.child)
bases = st.sampled_from([10, 50, 99, 100, 101, 200, 400])
kinds = st.sampled_from([of_class, of_school])


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.req("R-198")
def test_under_no_policy_does_a_report_or_a_return_make_anybody_worse_off(system):
    rules = policy(system, is_entered=True)

    @given(some_losses, bases, kinds, st.data())
    def holds(found, base, kind, data):
        which = data.draw(st.integers(0, len(found) - 1))
        before = burden(lines_of(kind(base, *found), rules, people()))
        reported = [*found]
        reported[which] = replace(found[which], known_on=OCTOBER, reported_on=OCTOBER)
        assert burden(lines_of(kind(base, *reported), rules, people())) == before
        back = [*found]
        back[which] = replace(found[which], returned_on=date(2027, 7, 1))
        assert no_worse(burden(lines_of(kind(base, *back), rules, people())), before)

    holds()


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.req("R-198")
def test_under_every_policy_a_hidden_loss_costs_at_least_as_much_as_the_same_reported(system):
    rules = policy(system, is_entered=True)

    @given(some_losses, bases, kinds, st.data())
    def holds(found, base, kind, data):
        which = data.draw(st.integers(0, len(found) - 1))
        open_, hidden = [*found], [*found]
        open_[which] = replace(found[which], is_concealed=False, reported_on=OCTOBER)
        hidden[which] = replace(found[which], is_concealed=True, reported_on=None)
        told = burden(lines_of(kind(base, *open_), rules, people()))
        assert no_worse(told, burden(lines_of(kind(base, *hidden), rules, people())))

    holds()


@pytest.mark.req("R-198")
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_line_has_its_own_key_and_no_pupil_bears_one(system):
    children = {an_id(f"child {n}") for n in range(3)}
    for kind in (of_class, of_school):
        found = lines_of(kind(60, *losses(3)), policy(system, is_entered=True), people())
        assert len({line.key for line in found}) == len(found)
        assert not {line.bearer.person for line in found} & children
        assert all(line.source and line.pack for line in found)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_class_whose_children_all_came_back_is_charged_for_nothing(system):
    back = losses(3, returned_on=date(2027, 3, 1))

    for kind in (of_class, of_school):
        rules = policy(system, is_entered=True)
        assert lines_of(kind(60, *back), rules, people()) == lines_of(kind(60), rules, people())


def test_what_returns_restore_can_be_shown():
    back = losses(2, returned_on=date(2027, 3, 1))

    gone, now = restored_by(of_class(50, *back), policy("S1-19"), people(leader=False))

    assert sum(line.fen or 0 for line in gone) == -20_000
    assert sum(line.fen or 0 for line in now) == 20_000
    assert len(differences(gone, now)) == len(gone) + len(now)
    assert differences(now, now) == ()
