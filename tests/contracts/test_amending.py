"""An added clause changes a target: in force from its last signature, printed, and counted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from notoneless.contracts.models import Amendment, Contract
from notoneless.contracts.queries.figures import figures_of
from notoneless.contracts.queries.listing import ContractFilter, clauses_to_sign
from notoneless.flows.contracts.amending import Clause, amend_contract
from notoneless.flows.contracts.printing import sheets_of
from notoneless.flows.contracts.reading import contract_page
from notoneless.flows.contracts.refusals import (
    FigureInWords,
    FigureLaxer,
    FigureNotHere,
    NotNow,
    WordsMissing,
)
from notoneless.flows.contracts.signing import (
    Pen,
    contract_of_guardian,
    sign_on_page,
    sign_own,
    take_in_paper,
)
from notoneless.flows.contracts.succession import succeed_contracts
from notoneless.flows.overview.units import unit_seen
from notoneless.flows.targets.board import board_of
from notoneless.rules.policy.measures import Operator
from notoneless.rules.roles import Capability
from tests.contracts.desk import (
    FAMILIES,
    S1_7,
    YEAR,
    draw,
    new_teacher,
    of_child,
    scan,
    sign,
    signed_by_both,
    with_contracts,
)
from tests.families.desk import visiting
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-178")]
KEY = "dropout_ceiling_school_pct"
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def v(village: Village) -> Village:
    found = with_contracts(village, S1_7)
    draw(found)
    return found


def amend(v: Village, row: Contract, words: str = "", *, figure: str = "", key: str = KEY) -> UUID:
    clause = Clause(words, key if figure else "", figure)
    amend_contract(v.actor("qin"), row.pk, clause, today=TODAY, now=NOW)
    return Amendment.objects.filter(contract=row).latest("number").pk


def agree(v: Village, row: Contract, clause: UUID, *who: str, today=TODAY) -> None:
    for each in who:
        pen = Pen(agreed=True, typed=v.people[each].name)
        actor = v.actor(each, today=today)
        sign_own(actor, row.pk, pen, amendment_id=clause, today=today, now=NOW)


def bound(v: Village) -> tuple[Decimal, Operator]:
    unit = v.units["primary-1"].pk
    value, operator, _ = figures_of([unit], YEAR)[unit][KEY]
    return value, operator


def test_a_changed_target_binds_from_the_last_signature_on(v: Village):
    row = signed_by_both(v)
    assert bound(v) == (Decimal(1), Operator.AT_MOST)
    clause = amend(v, row, figure="0.5")

    agree(v, row, clause, "qin")
    assert bound(v) == (Decimal(1), Operator.AT_MOST)
    agree(v, row, clause, "chen", today=LATER)

    assert Amendment.objects.get().in_force_on == LATER
    assert bound(v) == (Decimal("0.5"), Operator.AT_MOST)


def test_the_targets_of_the_class_are_measured_against_it_and_both_prints_say_it(v: Village):
    row = signed_by_both(v)
    agree(v, row, amend(v, row, "寒假前家访一遍。", figure="0.5"), "qin", "chen")

    actor = v.actor("qin")
    unit = unit_seen(actor, v.units["primary-1"].pk, on=TODAY, to=Capability.SEE_CASES)
    targets = [each.standing.target for each in board_of(actor, unit, today=TODAY).rows]
    line = {target.key: target for target in targets}[KEY]
    assert line.value == Decimal("0.5")
    assert line.is_from_contract
    assert line.source == str(row.pk)
    sheets, _ = sheets_of(actor, ContractFilter(YEAR, unit_id=v.units["primary-1"].pk), today=TODAY)
    for sheet in (contract_page(actor, row.pk, today=TODAY).sheet, sheets[0][0]):
        assert "改为“不超过0.5%”" in str(sheet)
        assert "寒假前家访一遍。" in str(sheet)


def test_of_two_changes_the_later_holds(v: Village):
    row = signed_by_both(v)
    for figure, today in (("0.5", TODAY), ("0.8", LATER)):
        agree(v, row, amend(v, row, figure=figure), "qin", "chen", today=today)

    assert bound(v)[0] == Decimal("0.8")
    page = contract_page(v.actor("qin"), row.pk, today=LATER)
    assert {each.key: each.said for each in page.changeable}[KEY] == "不超过0.8%"


@pytest.mark.parametrize(
    ("clause", "refusal"),
    [
        (Clause("辍学率放宽到2%。"), FigureInWords),
        (Clause("", KEY, "1.01"), FigureLaxer),
        (Clause("", KEY, "很低"), FigureNotHere),
        (Clause("", KEY, ""), FigureNotHere),
        (Clause("", "enrolment_target_junior_pct", "100"), FigureNotHere),
        (Clause("  "), WordsMissing),
    ],
)
def test_what_no_target_could_read_is_refused(v: Village, clause: Clause, refusal):
    row = signed_by_both(v)

    with pytest.raises(refusal):
        amend_contract(v.actor("qin"), row.pk, clause, today=TODAY, now=NOW)
    assert not Amendment.objects.exists()


def test_as_much_as_the_policy_asks_is_allowed(v: Village):
    clause = amend(v, signed_by_both(v), figure="1")

    assert Amendment.objects.get().pk == clause


def test_a_clause_waits_for_whoever_has_not_signed_it(v: Village):
    row = signed_by_both(v)
    clause = amend(v, row, "每周家访一次。")
    agree(v, row, clause, "qin")

    waits = {who: len(clauses_to_sign(v.actor(who), today=TODAY)) for who in ("qin", "chen")}

    assert waits == {"qin": 0, "chen": 1}


def test_a_clause_in_force_stays_so_under_the_next_holder(v: Village):
    row = signed_by_both(v)
    agree(v, row, amend(v, row, figure="0.5"), "qin", "chen")
    new_teacher(v)
    succeed_contracts(v.actor("qin"), [row.pk], "调动", today=TODAY, now=NOW)

    added = contract_page(v.actor("qin"), row.pk, today=TODAY).amendments[0]
    assert (added.is_binding, added.unsigned) == (True, ())
    assert bound(v)[0] == Decimal("0.5")
    assert clauses_to_sign(v.actor("song"), today=TODAY) == []


def test_an_older_holders_signature_on_a_clause_counts_for_the_next(v: Village):
    row = signed_by_both(v)
    clause = amend(v, row, "每周家访一次。")
    agree(v, row, clause, "chen")
    new_teacher(v)
    succeed_contracts(v.actor("qin"), [row.pk], "调动", today=TODAY, now=NOW)

    assert clauses_to_sign(v.actor("song"), today=TODAY) == []
    agree(v, row, clause, "qin")
    assert Amendment.objects.get().in_force_on == TODAY


def test_a_clause_is_signed_on_paper(v: Village):
    row = signed_by_both(v)
    clause = amend(v, row, "每周家访一次。")
    for _ in range(2):
        paper = scan(TODAY - timedelta(days=1))
        take_in_paper(v.actor("qin"), row.pk, paper, amendment_id=clause, today=TODAY, now=NOW)

    assert Amendment.objects.get().in_force_on == TODAY - timedelta(days=1)


def test_a_guardian_signs_a_clause_on_his_own_page_once_he_has_signed_the_contract(v: Village):
    draw(v, FAMILIES)
    row, visitor = of_child(v), visiting(v)
    pen = Pen(agreed=True, typed="吴建国")
    sign_on_page(visitor, row.pk, pen, today=TODAY, now=NOW)
    with pytest.raises(NotNow):
        amend(v, row, "每天来电一次。")
    sign(v, "chen", row)
    clause = amend(v, row, "每天来电一次。")
    agree(v, row, clause, "chen")

    for _ in range(2):
        sign_on_page(visitor, row.pk, pen, amendment_id=clause, today=TODAY, now=NOW)

    assert contract_of_guardian(visitor, row.pk)[0].pk == row.pk
    assert Amendment.objects.get().in_force_on == TODAY
