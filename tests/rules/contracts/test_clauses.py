"""Clauses with the figures of the policy; what cannot be filled is left out and said."""

from __future__ import annotations

import re

import pytest

from notoneless.rules.contracts.clauses import CLAUSES, Bound, Part, Written, write_clauses
from notoneless.rules.contracts.kinds import ContractKind, wanted_by
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.units import Stage
from tests.packs.test_first_packs import policy

K = ContractKind


def written(system: str, kind: K, bound: Bound, **more) -> Written:
    return write_clauses(kind, bound, policy(system), **more)


def texts(found: Written, part: Part | None = None) -> str:
    return "\n".join(each.text for each in found.clauses if part in {None, each.part})


def figures(found: Written) -> dict[str, str]:
    return {each.key: f"{each.operator} {each.value}" for each in found.figures}


@pytest.mark.req("R-173", "R-178", "R-187", "P-S1-7.01", "P-S1-7.02")
def test_a_target_is_told_with_its_operator_and_becomes_a_figure():
    found = written("S1-7", K.SCHOOL_CLASS_TEACHER, Bound.CLASS)

    assert "不超过1%" in texts(found)
    assert "班级学生巩固率达到100%" in texts(found)
    assert figures(found) == {
        "dropout_ceiling_school_pct": "<= 1",
        "retention_target_class_pct": ">= 100",
    }


@pytest.mark.req("R-178", "P-S1-16.01", "P-S1-16.02", "P-S1-16.03")
def test_s1_16_binds_the_class_to_three_figures():
    found = written("S1-16", K.SCHOOL_CLASS_TEACHER, Bound.CLASS, stages=[Stage.JUNIOR])

    assert figures(found) == {
        "dropout_ceiling_junior_pct": "<= 2",
        "enrolment_target_junior_pct": ">= 100",
        "completion_target_junior_pct": ">= 90",
    }


@pytest.mark.req("R-184", "P-S1-24.01", "P-S1-24.02")
def test_a_school_of_one_stage_is_bound_to_the_figures_of_that_stage():
    kind = K.SUPERVISING_RESPONSIBLE
    primary = written("S1-24", kind, Bound.SCHOOL, stages=[Stage.PRIMARY])
    junior = written("S1-24", kind, Bound.SCHOOL, stages=[Stage.JUNIOR])
    both = written("S1-24", kind, Bound.SCHOOL)

    assert "enrolment_target_junior_pct" not in figures(primary)
    assert figures(junior)["enrolment_target_junior_pct"] == ">= 99"
    assert figures(both).keys() == figures(primary).keys() | figures(junior).keys()


@pytest.mark.req("R-304", "P-S1-22.09")
def test_a_figure_that_is_to_be_entered_leaves_its_clause_out_and_is_listed():
    found = written("S1-22", K.SCHOOL_CLASS_TEACHER, Bound.CLASS)

    assert "dropout_ceiling_school_pct" not in figures(found)
    assert ("dropout_ceiling_school_pct", "to_be_entered") in {
        (each.key, each.why.value) for each in found.left_out
    }


@pytest.mark.req("R-308", "P-S1-19.04", "P-S1-19.05")
def test_money_without_its_legal_basis_is_in_no_clause_and_is_said_to_be_off():
    found = written("S1-19", K.JOINT, Bound.CLASS)

    assert "元" not in texts(found)
    off = {each.key for each in found.left_out if each.why.value == "no_legal_basis"}
    assert {"reward_class_retention100_yuan", "penalty_lost_one_yuan", "liability_shares"} <= off


@pytest.mark.req("R-181", "P-S1-2.04", "P-S1-33.03", "P-S1-33.04")
@pytest.mark.parametrize("system", ["S1-2", "S1-3", "S1-33"])
@pytest.mark.parametrize(
    "duty",
    [
        "按时送孩子入学",
        "就近入学",
        "责令限期改正",
        "往返路途",
        "体检",
        "和班主任联系",
        "不重男轻女",
        "家庭困难不是不上学的理由",
        "不让未满十六周岁的孩子做工",
        "互相提醒",
        "以身作则",
    ],
)
def test_the_guardians_contract_names_every_duty(system: str, duty: str):
    assert duty in texts(written(system, K.GUARDIAN, Bound.CHILD))


@pytest.mark.req("R-181")
def test_a_guardians_contract_says_what_the_school_does_too_and_threatens_with_nothing_unlawful():
    told = texts(written("S1-3", K.GUARDIAN, Bound.CHILD))

    assert "学校和班主任：" in told
    assert "罚款" not in told


@pytest.mark.req("R-183", "P-S1-8.01", "P-S1-8.03", "P-S1-8.06")
def test_a_village_group_answers_for_everyone_under_sixteen():
    found = written("S1-8", K.VILLAGE_GROUP, Bound.GROUP)

    assert figures(found) == {"enrolment_under16_pct": ">= 100"}
    assert "未满16周岁" in texts(found)
    assert "追究责任：未采取措施" in texts(found)
    assert [each.label for each in found.left_out] == ["原件第二、三条（缺）"]


@pytest.mark.req("R-154")
def test_left_behind_care_has_clauses_of_its_own():
    found = written("S2-2", K.LEFT_BEHIND, Bound.VILLAGE)

    assert "一人一档" in texts(found)
    assert "辍学率" not in texts(found)


def test_reporting_honestly_costs_nothing_in_every_contract_of_staff():
    for bound in set(Bound) - {Bound.CHILD}:
        assert "不受任何追究" in texts(written("S1-7", K.DUAL_LINE, bound))


def test_every_rule_that_a_clause_names_exists():
    known = set(PARAMETERS) | {key for pack in shipped_packs().values() for key in pack.rules}

    assert {key for clause in CLAUSES for key in clause.keys} <= known


@pytest.mark.parametrize("system", sorted({pack.system for pack in shipped_packs().values()}))
def test_no_clause_of_any_document_shows_a_code_or_a_hole(system: str):
    there = policy(system)
    for kind in K:
        for bound in Bound if wanted_by(kind, there) else ():
            found = write_clauses(kind, bound, there)
            told = texts(found)
            assert not re.search(r"[{}]|[a-z]{3,}", told), told
