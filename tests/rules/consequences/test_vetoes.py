"""Vetoes of each system at their boundary: whom they reach, what they block (C-11 to C-13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.proposal import exempting, lines_of
from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.indicators.counts import Count
from notoneless.rules.units import Stage
from tests.rules.consequences.desk import (
    an_id,
    held,
    loss,
    losses,
    of_class,
    of_kind,
    of_school,
    people,
    policy,
    vetoed,
)

CLASS_AND_SUBJECT = {"chen", "tang", "ding"}
BOUNDARIES = [
    # system, stage, base, lost, whom the veto of a class reaches
    ("S0-5", Stage.PRIMARY, 40, 0, set()),
    ("S0-5", Stage.PRIMARY, 40, 1, CLASS_AND_SUBJECT),
    ("S1-25", Stage.PRIMARY, 40, 1, CLASS_AND_SUBJECT | {"class"}),
    ("S1-7", Stage.PRIMARY, 100, 1, set()),
    ("S1-7", Stage.PRIMARY, 99, 1, CLASS_AND_SUBJECT),
    ("S1-19", Stage.PRIMARY, 40, 1, set()),
    ("S1-19", Stage.PRIMARY, 40, 2, {"class", "chen", "liao", "tong"}),
    ("S1-22", Stage.PRIMARY, 200, 2, set()),
    ("S1-22", Stage.PRIMARY, 200, 3, CLASS_AND_SUBJECT),
    ("S1-22", Stage.PRIMARY, 200, 4, CLASS_AND_SUBJECT),
    ("S1-22", Stage.PRIMARY, 200, 5, CLASS_AND_SUBJECT),
    ("S1-30", Stage.JUNIOR, 1000, 15, set()),
    ("S1-30", Stage.JUNIOR, 1000, 16, {"class"}),
    ("S1-30", Stage.PRIMARY, 1000, 5, set()),
    ("S1-30", Stage.PRIMARY, 1000, 6, {"class"}),
    # Systems whose standard is external, with 1 per cent entered.
    ("S1-5", Stage.PRIMARY, 100, 1, set()),
    ("S1-5", Stage.PRIMARY, 99, 1, CLASS_AND_SUBJECT),
    ("S1-16", Stage.JUNIOR, 100, 1, set()),
    ("S1-16", Stage.JUNIOR, 99, 1, {"class", "chen", "liao", "tong"}),
    ("S1-23", Stage.PRIMARY, 100, 1, set()),
    ("S1-23", Stage.PRIMARY, 99, 1, CLASS_AND_SUBJECT),
    ("S1-29", Stage.PRIMARY, 100, 1, set()),
    ("S1-29", Stage.PRIMARY, 99, 1, CLASS_AND_SUBJECT),
    ("S1-32", Stage.PRIMARY, 100, 1, set()),
    ("S1-32", Stage.PRIMARY, 99, 1, {"chen", "deng"}),
]


@pytest.mark.req("R-204", "R-210")
@pytest.mark.parametrize(("system", "stage", "base", "lost", "whom"), BOUNDARIES)
def test_a_class_is_vetoed_beyond_its_line_and_only_whom_the_policy_names(
    system, stage, base, lost, whom
):
    outcome = of_class(base, *losses(lost), stage=stage)

    found = vetoes_of(outcome, policy(system, is_entered=True), people())

    assert vetoed(found) == whom


@pytest.mark.req("R-204", "R-208")
@pytest.mark.parametrize(
    ("system", "stage", "base", "lost", "whom"),
    [
        ("S1-30", Stage.JUNIOR, 1000, 15, set()),
        ("S1-30", Stage.JUNIOR, 1000, 16, {"school"}),
        ("S1-30", Stage.PRIMARY, 1000, 6, {"school"}),
        ("S1-29", Stage.PRIMARY, 100, 1, set()),
        ("S1-29", Stage.PRIMARY, 99, 1, {"school", "qin"}),
        ("S1-23", Stage.PRIMARY, 99, 1, {"qin"}),
        ("S0-5", Stage.PRIMARY, 99, 1, set()),
        ("S1-19", Stage.PRIMARY, 99, 2, set()),
    ],
)
def test_a_school_and_its_head_are_reached_where_the_policy_names_them(
    system, stage, base, lost, whom
):
    outcome = of_school(base, *losses(lost), stage=stage)

    assert vetoed(vetoes_of(outcome, policy(system, is_entered=True), people())) == whom


@pytest.mark.req("R-204")
@pytest.mark.parametrize("system", ["S1-15", "S1-18"])
def test_where_measures_are_judged_a_person_decides(system):
    found = vetoes_of(of_school(300, loss()), policy(system), people())

    assert [(line.bearer.role, line.standing) for line in found] == [
        ("school", Standing.TO_BE_DECIDED)
    ]
    assert vetoes_of(of_school(300), policy(system), people()) == ()


@pytest.mark.req("R-204")
def test_an_external_standard_is_entered_before_anybody_is_vetoed():
    found = vetoes_of(of_class(40, loss()), policy("S1-5"), people())

    assert {(line.standing, line.lacking) for line in found} == {
        (Standing.TO_BE_ENTERED, "dropout_ceiling_external_pct")
    }


def test_a_rate_on_an_unknown_headcount_vetoes_nobody():
    outcome = of_class(0, loss())
    object.__setattr__(outcome, "lacks", Count.BASE)

    found = vetoes_of(outcome, policy("S1-7"), people())

    assert {(line.standing, line.lacking) for line in found} == {
        (Standing.TO_BE_ENTERED, "baseline_kind")
    }


@pytest.mark.req("R-308")
def test_a_veto_without_legal_basis_reaches_nobody():
    found = vetoes_of(of_class(40, loss()), policy("S0-5", is_released=False), people())

    assert len(found) == 3
    assert vetoed(found) == set()


@pytest.mark.req("R-204")
@pytest.mark.parametrize(
    ("system", "honours"),
    [
        ("S0-5", ("model_title", "merit_appraisal", "promotion")),
        ("S1-22", ("merit_appraisal", "advanced_title")),
        ("S1-25", ("excellent_teacher", "excellent_class_teacher", "advanced_class")),
        ("S1-30", ("merit_appraisal", "model_title", "promotion", "post_transfer")),
        ("S1-32", ()),
    ],
)
def test_a_veto_blocks_what_the_policy_names_or_else_everything(system, honours):
    found = vetoes_of(of_class(30, loss()), policy(system, is_entered=True), people())

    assert {line.honours for line in found} == {honours}
    assert {line.blocks_all for line in found} == {not honours}


@pytest.mark.req("R-206")
def test_an_exception_for_one_of_two_lifts_the_veto_that_needs_two():
    outcome = of_class(40, loss("lan"), loss("gang"))

    assert vetoed(vetoes_of(outcome, policy("S1-19"), people()))
    assert not vetoes_of(exempting(outcome, {an_id("lan")}), policy("S1-19"), people())


@pytest.mark.req("R-204")
def test_whoever_caused_it_is_vetoed_by_the_fault_and_nobody_else():
    caused = loss(is_teacher_caused=True, answerable=an_id("tang"))

    found = vetoes_of(of_class(40, caused, loss("gang")), policy("S1-26"), people())

    assert [(line.bearer.person, line.honours) for line in found] == [
        (an_id("tang"), ("excellent_grade", "advanced_title"))
    ]


@pytest.mark.req("R-204")
def test_who_came_after_the_loss_is_not_vetoed():
    teachers = (held("chen", date(2026, 9, 1), date(2026, 12, 1)), held("wu", date(2026, 12, 1)))
    found = vetoes_of(
        of_class(40, loss()), policy("S1-32", is_entered=True), people(class_teacher=teachers)
    )

    assert vetoed(found) == {"chen", "deng"}


@pytest.mark.req("R-203")
def test_hiding_costs_points_and_honours_where_the_policy_says_so():
    hidden = loss(is_concealed=True)

    found = lines_of(of_class(400, hidden), policy("S1-23", is_entered=True), people())

    assert vetoed(found) == {"chen"}
    (points,) = of_kind(found, Kind.POINTS)
    assert (points.points, points.rule) == (Decimal(-5), "points_late_report")
    reported = lines_of(of_class(400, loss()), policy("S1-23", is_entered=True), people())
    assert not of_kind(reported, Kind.POINTS, Kind.VETO)
