"""Drawing up: all of a kind at once, nothing twice, frozen text, vacant posts, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child, Guardian
from notoneless.contracts.models import Contract, Party
from notoneless.flows.contracts.drawing import Order, outlook
from notoneless.flows.contracts.refusals import NobodyToSign, NotThisLayer, WrongCopies
from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from notoneless.places.services.people import end_post
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.contracts.terms import USUAL, Effective, Span, Terms
from notoneless.rules.contracts.text import digest_of, from_wire
from notoneless.rules.policy.measures import Operator
from notoneless.rules.roles import Role
from tests.contracts.desk import (
    CLASSES,
    FAMILIES,
    S1_7,
    S1_8,
    S1_15,
    S1_33,
    contract,
    draw,
    holder,
    of_child,
    of_class,
    with_contracts,
    with_group,
)
from tests.policy.desk import figure, take
from tests.world import TODAY, Village

pytestmark = pytest.mark.django_db
K = ContractKind


@pytest.fixture
def v(village: Village) -> Village:
    return with_contracts(village, S1_7)


@pytest.mark.req("R-173", "R-174")
def test_a_principal_draws_up_his_classes_contracts_with_post_person_and_unit(v: Village):
    drawn = draw(v)

    assert (drawn.made, drawn.stood, drawn.lacking, drawn.vacant) == (2, 0, (), 0)
    row = of_class(v)
    a, b = holder(row, "a"), holder(row, "b")
    assert (a.role, a.person, a.unit) == ("principal", v.people["qin"], v.units["primary"])
    assert (b.role, b.person, b.post) == (
        "homeroom_teacher",
        v.people["chen"],
        v.people["chen"].posts.get(),
    )
    assert (row.stage, row.copies, row.in_force_on) == ("draft", 2, None)
    assert (row.from_on, row.to_on) == (date(2026, 9, 1), date(2027, 9, 1))
    assert row.figures == {
        "dropout_ceiling_school_pct": ["1", "<="],
        "retention_target_class_pct": ["100", ">="],
    }


@pytest.mark.req("R-179")
def test_the_contract_of_a_class_says_grade_class_and_pupils(v: Village):
    draw(v)

    told = from_wire(of_class(v).text).school_class
    assert told is not None
    assert (told.grade, told.school_class, told.pupils_at_start) == ("三年级", "三年级（1）班", 2)


@pytest.mark.req("R-175")
def test_drawing_up_again_makes_nothing_twice(v: Village):
    draw(v)
    before = set(Contract.objects.values_list("pk", "number"))

    again = draw(v)

    assert (again.made, again.stood) == (0, 2)
    assert set(Contract.objects.values_list("pk", "number")) == before


def test_a_class_that_came_later_is_added_and_the_numbers_go_on(v: Village):
    draw(v)
    Contract.objects.filter(pk=of_class(v).pk).update(stage="withdrawn")

    assert draw(v).made == 1
    assert sorted(Contract.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_the_database_refuses_a_second_contract_of_the_same_period(v: Village):
    draw(v)
    row = of_class(v)
    row.pk, row.number, row._state.adding = None, 99, True

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.req("R-303")
def test_the_text_stays_when_the_policy_changes(v: Village):
    draw(v)
    stricter = figure(Decimal("0.5"), "percent", Operator.AT_MOST)
    take(v, "primary", S1_7, values={"dropout_ceiling_school_pct": stricter})

    row = of_class(v)
    assert row.text_sha256 == digest_of(row.text)
    assert "不超过1%" in "".join(each.text for each in from_wire(row.text).clauses)


def test_drawing_up_is_journalled_with_its_lines(v: Village):
    draw(v)

    kinds = list(Entry.objects.filter(kind__startswith="contract.").values_list("kind", flat=True))
    assert sorted(kinds) == ["contract.drawn"] * 2 + ["contract.party"] * 4


@pytest.mark.req("R-180")
def test_families_get_a_contract_each_a_child_without_guardian_is_named(v: Village):
    drawn = draw(v, FAMILIES)

    assert (drawn.made, drawn.lacking) == (2, ("䶮雨晴",))
    row = of_child(v)
    assert (row.unit_a, row.unit_b, row.figures) == (v.units["primary-1"], None, {})
    b = holder(row, "b")
    assert (b.role, b.person, b.guardian.name) == ("guardian", None, "吴建国")
    child = from_wire(row.text).child
    assert child is not None
    assert (child.name, child.school, child.school_class) == (
        "吴小兰",
        "石桥乡中心小学",
        "三年级（1）班",
    )


@pytest.mark.req("R-180")
def test_a_class_teacher_draws_up_her_own_class_only(v: Village):
    assert draw(v, FAMILIES, "primary-1", by="chen").made == 2
    with pytest.raises(Unit.DoesNotExist):
        draw(v, FAMILIES, "primary-2", by="chen")
    with pytest.raises(NotAllowed):
        draw(v, FAMILIES, "primary-1", by="wei")


def test_whoever_is_elsewhere_finds_no_school_and_who_may_not_is_refused(v: Village):
    for by in ("tan", "chen", "bao"):
        with pytest.raises(Unit.DoesNotExist):
            draw(v, by=by)
    with pytest.raises(NotAllowed):
        draw(v, by="wei")
    # The township stands above the school in the other line: it keeps no contracts inside it.
    with pytest.raises(NotAllowed):
        draw(v, by="ma")


@pytest.mark.req("R-173")
def test_the_centre_draws_up_for_its_schools_and_the_bureau_for_those_right_below_it(v: Village):
    centre = draw(v, K.CENTRE_SCHOOL, "centre", by="he")
    bureau = draw(v, K.BUREAU_SCHOOL, "bureau", by="lu")

    assert (centre.made, bureau.made) == (2, 2)
    bound = Contract.objects.filter(kind=K.BUREAU_SCHOOL).values_list("unit_b__name", flat=True)
    assert sorted(bound) == ["河口镇中心小学", "石桥乡中心学校"]


@pytest.mark.req("R-173")
def test_a_post_that_nobody_holds_leaves_its_line_open(v: Village):
    drawn = draw(v, K.CENTRE_SCHOOL, "centre", by="he")

    assert drawn.vacant == 1
    junior = contract(K.CENTRE_SCHOOL, unit_b=v.units["junior"])
    assert holder(junior, "b").person is None


@pytest.mark.req("R-183", "P-S1-8.01", "P-S1-8.05")
def test_a_village_draws_up_for_its_groups(v: Village):
    with_group(v)
    take(v, "shiqiao", S1_8, from_on=TODAY)

    assert draw(v, K.VILLAGE_GROUP, "village", by="bao").made == 1
    row = contract(K.VILLAGE_GROUP)
    assert row.figures == {"enrolment_under16_pct": ["100", ">="]}
    assert (row.line, row.copies, row.goes_on) == ("g", 2, True)
    assert holder(row, "b").person == v.people["luo"]


@pytest.mark.req("R-154", "R-173")
def test_the_county_and_a_township_sign_level_by_level_about_left_behind_children(v: Village):
    county = draw(v, K.LEFT_BEHIND, "county", by="lu")
    township = draw(v, K.LEFT_BEHIND, "shiqiao", by="ma")

    assert (county.made, township.made) == (2, 1)


@pytest.mark.req("R-173", "P-S1-19.12")
def test_a_leader_signs_along_only_where_one_is_attached(v: Village):
    v.employ("gu", "顾明", Role.ATTACHED_TEACHER, "primary-1")
    v.employ("hu", "胡杨", Role.ATTACHED_LEADER, "primary-1")
    v.employ("ji", "纪平", Role.ATTACHED_TEACHER, "primary-2")

    draw(v, K.JOINT)

    def roles(at: str) -> list[str]:
        row = contract(K.JOINT, unit_b=v.units[at])
        rows = Party.objects.filter(contract=row, side="b").order_by("position")
        return list(rows.values_list("role", flat=True))

    assert roles("primary-1") == ["homeroom_teacher", "attached_leader", "attached_teacher"]
    assert roles("primary-2") == ["homeroom_teacher", "attached_teacher"]


@pytest.mark.req("R-173")
def test_a_school_signs_with_each_subject_teacher(v: Village):
    v.employ("kang", "康丽", Role.SUBJECT_TEACHER, "primary")
    v.employ("lin", "林海", Role.SUBJECT_TEACHER, "primary")

    assert draw(v, K.SCHOOL_TEACHER).made == 2
    people = {
        holder(row, "b").person.name for row in Contract.objects.filter(kind=K.SCHOOL_TEACHER)
    }
    assert people == {"康丽", "林海"}


def test_a_unit_that_is_no_party_a_and_one_with_nobody_below_are_refused(v: Village):
    with pytest.raises(NotThisLayer):
        draw(v, K.VILLAGE_GROUP, "primary")
    with pytest.raises(NobodyToSign):
        draw(v, K.VILLAGE_GROUP, "village", by="bao")


@pytest.mark.parametrize("copies", [0, 10])
def test_one_to_nine_copies(v: Village, copies: int):
    with pytest.raises(WrongCopies):
        draw(v, terms=replace(USUAL, copies=copies))


@pytest.mark.req("R-176")
def test_the_policy_wins_over_what_the_drawer_says_who_decides_where_it_is_silent(village: Village):
    v = with_contracts(village, S1_15)
    own = Terms(Span.YEAR, Effective.FROM_START, 5, goes_on=False)

    draw(v, CLASSES, terms=own)

    row = of_class(v)
    # S1-15 names school year and two copies, and nothing about a change of person.
    assert (row.to_on, row.copies, row.goes_on) == (date(2027, 9, 1), 2, False)


@pytest.mark.req("R-176", "P-S1-3.08")
def test_after_the_intake_a_family_signs_once_while_the_pupil_stays(village: Village):
    v = with_contracts(village, "S1-3/2026")
    draw(v, FAMILIES)
    row = of_child(v)
    assert row.to_on is None

    next_year = date(2027, 8, 20)
    assert draw(v, FAMILIES, today=next_year).made == 0


def test_the_outlook_says_what_would_happen_and_writes_nothing(v: Village):
    order = Order(FAMILIES, v.units["primary"].pk, USUAL)

    found = outlook(v.actor("qin"), order, today=TODAY)

    assert (found.others, found.stood, found.lacking) == (3, 0, ("䶮雨晴",))
    assert found.sample is not None
    assert found.wanted is None
    assert Contract.objects.count() == 0


@pytest.mark.req("R-175")
def test_the_outlook_names_the_rule_that_asks_for_it(village: Village):
    v = with_contracts(village, S1_33)

    found = outlook(v.actor("qin"), Order(FAMILIES, v.units["primary"].pk, USUAL), today=TODAY)

    assert found.wanted is not None
    assert "S1-33" in found.wanted.rule.source
    assert found.said.effective is Effective.ON_SIGNATURE


def test_a_class_without_teacher_is_drawn_up_all_the_same(v: Village):
    end_post(v.people["zhou"].posts.get().pk, on=TODAY, stamp=v.stamp())

    assert draw(v).vacant == 1
    assert holder(of_class(v, "primary-2"), "b").person is None


def crowd(v: Village, at: str, number: int, start: int) -> None:
    """Many pupils of a class, each with a guardian."""
    for n in range(start, start + number):
        child = v.enrol(f"{at}-{n}", f"学生{n}", at)
        Guardian.objects.create(
            county_id=v.county_id, child=child, position=1, name=f"家长{n}", is_guardian=True
        )


@pytest.mark.req("R-180")
def test_forty_families_cost_as_many_statements_as_four(v: Village):
    def cost(at: str, by: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            draw(v, FAMILIES, at, by=by)
        return len(seen)

    crowd(v, "primary-1", 4, 100)
    draw(v, CLASSES)
    few = cost("primary-1", "chen")
    crowd(v, "primary-2", 40, 200)
    many = cost("primary-2", "zhou")

    assert Contract.objects.filter(kind=FAMILIES).count() == 46
    assert many <= few + 2
    assert many <= 40


def test_a_child_that_was_merged_away_counts_once(v: Village):
    absorbed = Child.objects.get(pk=v.children["gang"].pk)
    absorbed.merged_into = v.lan
    absorbed.save()

    assert draw(v, FAMILIES).made == 1
