"""Each system's targets at their boundary: on the line, and one child past it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import State
from notoneless.rules.targets.indices import Index
from notoneless.rules.targets.standing import Measure, Verdict, overlaps, standing_of
from notoneless.rules.targets.target import ContractFigure, LineKind, targets_of
from notoneless.rules.units import Stage, UnitKind
from tests.rules.targets.desk import own, policy, standings

P, J = Stage.PRIMARY, Stage.JUNIOR
CLASS, SCHOOL, TOWN = UnitKind.CLASS, UnitKind.SCHOOL, UnitKind.TOWNSHIP
MET, LAST, MISSED = Verdict.MET, Verdict.LAST, Verdict.MISSED
CLEAR, CROSSED = Verdict.CLEAR, Verdict.CROSSED

LINES = [
    # system, rule, unit, stage, lost, of how many, where it stands
    ("S0-3", "dropout_ceiling_primary_pct", TOWN, P, 60, 10_000, LAST),
    ("S0-3", "dropout_ceiling_primary_pct", TOWN, P, 61, 10_000, MISSED),
    ("S0-3", "dropout_ceiling_junior_pct", TOWN, J, 180, 10_000, LAST),
    ("S0-3", "dropout_ceiling_junior_pct", TOWN, J, 181, 10_000, MISSED),
    ("S0-4", "dropout_ceiling_primary_pct", SCHOOL, P, 4, 200, LAST),
    ("S0-4", "penalty_school_primary_from_pct", SCHOOL, P, 4, 200, CROSSED),
    ("S0-4", "penalty_school_primary_from_pct", SCHOOL, P, 3, 200, CLEAR),
    ("S0-4", "dropout_ceiling_junior_pct", SCHOOL, J, 3, 100, LAST),
    ("S0-4", "penalty_school_junior_from_pct", SCHOOL, J, 3, 100, CROSSED),
    ("S0-5", "veto_trigger", CLASS, P, 0, 40, CLEAR),
    ("S0-5", "veto_trigger", CLASS, P, 1, 40, CROSSED),
    ("S1-7", "veto_trigger", CLASS, P, 100, 10_000, CLEAR),
    ("S1-7", "veto_trigger", CLASS, P, 101, 10_000, CROSSED),
    ("S1-7", "retention_target_class_pct", CLASS, P, 100, 10_000, MISSED),
    ("S1-7", "retention_target_class_pct", CLASS, P, 101, 10_000, MISSED),
    ("S1-7", "retention_target_class_pct", CLASS, P, 0, 40, MET),
    ("S1-7", "dropout_ceiling_school_pct", SCHOOL, P, 100, 10_000, LAST),
    ("S1-19", "veto_loss_count", CLASS, P, 1, 40, CLEAR),
    ("S1-19", "veto_loss_count", CLASS, P, 2, 40, CROSSED),
    ("S1-22", "veto_threshold_level1_pct", CLASS, P, 100, 10_000, CLEAR),
    ("S1-22", "veto_threshold_level1_pct", CLASS, P, 150, 10_000, CROSSED),
    ("S1-22", "veto_threshold_level2_pct", CLASS, P, 200, 10_000, CLEAR),
    ("S1-22", "veto_threshold_level2_pct", CLASS, P, 250, 10_000, CROSSED),
    ("S1-25", "veto_trigger", CLASS, P, 1, 47, CROSSED),
    ("S1-30", "veto_threshold_junior_pct", SCHOOL, J, 15, 1_000, CLEAR),
    ("S1-30", "veto_threshold_junior_pct", SCHOOL, J, 16, 1_000, CROSSED),
    ("S1-30", "veto_threshold_primary_pct", SCHOOL, P, 5, 1_000, CLEAR),
    ("S1-30", "veto_threshold_primary_pct", SCHOOL, P, 6, 1_000, CROSSED),
    ("S2-5", "key_unit_threshold_junior_pct", TOWN, J, 80, 10_000, CLEAR),
    ("S2-5", "key_unit_threshold_junior_pct", TOWN, J, 81, 10_000, CROSSED),
    ("S2-5", "key_unit_threshold_primary_pct", TOWN, P, 20, 10_000, CLEAR),
    ("S2-5", "key_unit_threshold_primary_pct", TOWN, P, 21, 10_000, CROSSED),
    ("S2-5", "dropout_ceiling_primary_pct", TOWN, P, 1, 10_000, MISSED),
]


@pytest.mark.req("R-184", "R-187", "R-302")
@pytest.mark.parametrize(("system", "key", "kind", "stage", "lost", "base", "verdict"), LINES)
def test_where_a_unit_stands_on_and_past_each_line(
    system, key, kind, stage, lost, base, verdict
) -> None:
    assert standings(system, lost, base, kind=kind, stage=stage)[key].verdict is verdict


@pytest.mark.req("R-187")
@pytest.mark.parametrize(("stage", "lost", "base"), [(P, 4, 200), (J, 3, 100)])
def test_s0_4_contradicts_itself_at_exactly_two_and_three_per_cent(stage, lost, base) -> None:
    on = overlaps(standings("S0-4", lost, base, stage=stage).values())
    short = overlaps(standings("S0-4", lost - 1, base, stage=stage).values())
    past = overlaps(standings("S0-4", lost + 1, base, stage=stage).values())

    assert [(good.target.kind, bad.target.kind) for good, bad in on] == [
        (LineKind.TARGET, LineKind.CHARGE)
    ]
    assert (short, past) == ([], [])


def test_a_veto_without_its_release_is_shown_as_off() -> None:
    found = standings("S1-30", 6, 1_000, released=False)["veto_threshold_primary_pct"]

    assert (found.verdict, found.target.state) == (Verdict.OFF, State.NO_LEGAL_BASIS)
    assert found.allowed is None


def test_a_target_to_be_entered_says_which() -> None:
    found = standings("S1-22", 0, 100)["dropout_ceiling_school_pct"]

    assert found.verdict is Verdict.OFF
    assert found.target.lacking == "dropout_ceiling_school_pct"


def test_a_plan_that_points_to_a_national_line_asks_for_its_figure() -> None:
    found = standings("S1-25", 0, 100)["dropout_ceiling_external_pct"]

    assert (found.target.kind, found.target.lacking) == (
        LineKind.OUTSIDE,
        "dropout_ceiling_external_pct",
    )


def test_a_veto_left_to_people_is_no_line() -> None:
    assert standings("S1-15", 1, 300)["veto_trigger"].verdict is Verdict.PERSON


PATH = [
    # year of the plan, stage, ceiling of that year
    (1, P, "0"),
    (1, J, "0.8"),
    (2, P, "0"),
    (2, J, "0.4"),
    (3, J, "0"),
    (9, J, "0"),
]


@pytest.mark.req("R-184")
@pytest.mark.parametrize(("year", "stage", "ceiling"), PATH)
def test_targets_by_year_take_the_place_of_the_ceiling(year, stage, ceiling) -> None:
    values = {"target_path_first_year": own(2026)}
    key = f"dropout_ceiling_{stage}_pct"

    found = standings("S2-5", 0, 1_000, stage=stage, year=2025 + year, values=values)[key]

    assert found.target.value == Decimal(ceiling)
    assert found.target.operator is Operator.AT_MOST


def test_without_the_first_year_the_ceiling_stands_and_says_what_is_missing() -> None:
    found = standings("S2-5", 0, 1_000, stage=J)["dropout_ceiling_junior_pct"]

    assert (found.target.value, found.target.lacking) == (
        Decimal("0.8"),
        "target_path_first_year",
    )
    assert found.verdict is MET


@pytest.mark.req("R-189")
@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (Ratio(95, 100), Ratio(95, 100), MET),
        (Ratio(94, 100), Ratio(95, 100), MISSED),
        (Ratio(95, 100), None, Verdict.NOT_KNOWN),
        (Ratio(95, 100), Ratio(0, 0), Verdict.NOT_KNOWN),
    ],
)
def test_the_three_year_rate_may_not_fall(now, before, verdict) -> None:
    targets = targets_of(policy("S1-24"), UnitKind.BUREAU, [J], 2026)
    line = next(each for each in targets if each.index is Index.THREE_YEAR)

    assert standing_of(line, Measure(now), before=before).verdict is verdict


@pytest.mark.req("R-178")
def test_the_figure_of_a_signed_contract_stands_before_the_policys() -> None:
    signed = {
        "dropout_ceiling_school_pct": ContractFigure(Operator.LESS, Decimal(1), "青控责〔2026〕3号")
    }
    targets = targets_of(policy("S1-7"), SCHOOL, [P], 2026, contract=signed)
    line = next(each for each in targets if each.key == "dropout_ceiling_school_pct")
    measure = Measure(Ratio(10, 1_000), 10)

    assert line.is_from_contract
    assert line.policy_says == (Operator.AT_MOST, Decimal(1))
    assert standing_of(line, measure).verdict is MISSED


def test_a_contract_may_set_what_the_policy_does_not() -> None:
    signed = {"completion_target_junior_pct": ContractFigure(Operator.AT_LEAST, Decimal(95), "x")}

    targets = targets_of(policy("S1-7"), SCHOOL, [J], 2026, contract=signed)

    assert [each.value for each in targets if each.index is Index.COMPLETION] == [Decimal(95)]


WHERE = [
    ("S1-24", UnitKind.BUREAU, {Index.ENROLMENT, Index.THREE_YEAR, Index.DISABLED}),
    ("S0-3", UnitKind.COUNTY, {Index.NINE_YEAR, Index.HANDOVER}),
    ("S1-16", SCHOOL, {Index.COMPLETION, Index.ENROLMENT}),
    ("S1-8", TOWN, {Index.UNDER16}),
    ("S1-19", SCHOOL, {Index.ZHONGKAO}),
    ("S1-29", SCHOOL, {Index.CONVERSION}),
    ("S2-5", TOWN, {Index.PROMOTION, Index.HANDOVER, Index.RETENTION}),
]


@pytest.mark.req("R-184")
@pytest.mark.parametrize(("system", "kind", "indices"), WHERE)
def test_every_kind_of_target_is_a_line_at_its_units(system, kind, indices) -> None:
    found = {each.index for each in targets_of(policy(system), kind, [P, J], 2026)}

    assert indices <= found


def test_a_junior_school_has_no_primary_lines() -> None:
    assert not [each for each in targets_of(policy("S2-5"), SCHOOL, [J], 2026) if each.stage is P]
