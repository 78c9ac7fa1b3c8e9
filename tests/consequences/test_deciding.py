"""Exceptions, decisions, the second person, what is carried out."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from notoneless.access.actor import NotAllowed
from notoneless.consequences.models import (
    Confirmation,
    ExceptionStatement,
    Settlement,
    SettlementLine,
)
from notoneless.consequences.queries.settlements import lines_of_bearer
from notoneless.flows.consequences.carrying_out import (
    Done,
    correct_line,
    settle_line,
    settle_lines,
)
from notoneless.flows.consequences.deciding import file_exception, verify_exception
from notoneless.flows.consequences.refusals import (
    AlreadyConfirmed,
    ApproverElsewhere,
    ComputedAnew,
    ConditionUnanswered,
    FiledBefore,
    LinesWait,
    MoreThanComputed,
    NotConfirmed,
    NothingChosen,
    NothingToExcuse,
    NotOnThatDay,
    NotOver,
    OneBearsIt,
    OneMadeIt,
    ReasonMissing,
    RuleIsOff,
    StepNotNow,
)
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.life import LineState, LineStep
from notoneless.rules.consequences.lines import Kind
from tests.consequences.desk import (
    JULY,
    computed,
    confirmed,
    deciding,
    line,
    lines,
    lose,
    moment,
    settling,
)

T, S = LineStep, LineState
YES = {"written_statement": True, "verified": True}


@pytest.fixture
def charged(village):
    """S1-19; class 1 lost two, and the school director had it computed."""
    v = settling(village, "S1-19")
    lose(v, "lan", "gang")
    return v


def filing(v, row, *, by="chen", children=(), day=JULY, text="随父母外出，多次家访未能劝返"):
    file_exception(
        v.actor(by, today=day),
        row.id,
        circumstances=text,
        children=[v.children[each].pk for each in children],
        today=day,
        now=moment(day, 1),
    )


def verifying(v, row, *, by="ning", answers=YES, reason="已到家走访核实", day=JULY):
    actor = v.actor(by, today=day)
    verify_exception(actor, row.id, answers, reason=reason, today=day, now=moment(day, 2))


def paying(v, row, on=JULY, *, by="cui", day=JULY, receipt="收据012"):
    settle_line(v.actor(by, today=day), row.id, Done(on, receipt), today=day, now=moment(day, 4))


def correcting(v, row, on=JULY, *, receipt="收据021", reason="收据写错"):
    done, actor = Done(on, receipt), v.actor("cui", today=JULY)
    correct_line(actor, row.id, done, reason=reason, today=JULY, now=moment(JULY, 5))


def paying_together(v, made, chosen, *, by="cui"):
    done, actor = Done(JULY, "工资表7月"), v.actor(by, today=JULY)
    return settle_lines(actor, made, chosen, done, today=JULY, now=moment(JULY, 4))


# -- the second person ---------------------------------------------------------------------------


@pytest.mark.req("R-199", "R-200")
def test_nothing_takes_effect_before_a_second_person_has_confirmed(charged):
    made = computed(charged)
    before = line(charged, made, Kind.CHARGE, "chen")
    assert not before.is_in_effect

    confirmed(charged, made)

    after = line(charged, made, Kind.CHARGE, "chen")
    assert (after.state, after.is_in_effect, after.fen) == (S.APPROVED, True, -10_000)
    assert not any(each.is_in_effect for each in lines(charged, made) if not each.may_take_effect)


@pytest.mark.req("R-199")
@pytest.mark.parametrize(
    ("made_by", "who", "refused"),
    [
        ("he", "he", OneMadeIt),
        ("cui", "cui", NotAllowed),
        ("cui", "ning", NotAllowed),
        ("cui", "chen", Settlement.DoesNotExist),
        ("cui", "tan", Settlement.DoesNotExist),
        ("cui", "long", Settlement.DoesNotExist),
    ],
)
def test_the_second_person_is_another_and_may(charged, made_by, who, refused):
    made = computed(charged, by=made_by)

    with pytest.raises(refused):
        confirmed(charged, made, by=who)

    assert not Confirmation.objects.exists()


def test_who_bears_a_line_confirms_nothing_of_it(village):
    v = settling(village, "S1-23", released=False)
    lose(v, "lan")
    made = computed(v)
    # The head is named by the veto of the school; the rule is off, so he bears nothing yet.
    assert {each.standing for each in lines(v, made, Kind.VETO)} == {Standing.TO_BE_ENTERED}
    confirmed(v, made, by="qin")


@pytest.mark.req("R-200")
def test_the_policy_says_at_which_level_it_is_approved(village):
    v = settling(village, "S0-4")
    made = computed(v)

    with pytest.raises(OneBearsIt):
        confirmed(v, made, by="qin")
    lose(v, "lan", back="11-10")
    made = computed(v)
    confirmed(v, made, by="he")


def test_below_the_named_level_nobody_approves(village):
    v = settling(village, "S1-26")
    made = computed(v, day=date(2027, 2, 1), term=1)

    with pytest.raises(ApproverElsewhere):
        confirmed(v, made, by="qin", day=date(2027, 2, 1))


def test_a_period_is_confirmed_when_it_is_over(charged):
    day = date(2027, 7, 30)
    made = computed(charged, day=day)

    with pytest.raises(NotOver):
        confirmed(charged, made, day=day)


def test_of_two_who_confirm_at_once_one_is_told(charged):
    made = computed(charged)
    confirmed(charged, made)

    with pytest.raises(AlreadyConfirmed):
        confirmed(charged, made, by="fang")
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation(
            county_id=charged.county_id,
            settlement_id=made,
            by=charged.people["fang"],
            at=moment(JULY),
        ).save()
    assert Confirmation.objects.count() == 1


def test_an_older_computation_is_not_confirmed(charged):
    older = computed(charged)
    lose(charged, "p0")
    computed(charged)

    with pytest.raises(ComputedAnew):
        confirmed(charged, older)


# -- decisions -----------------------------------------------------------------------------------


@pytest.mark.req("R-199")
def test_a_line_is_approved_changed_with_a_reason_or_rejected(charged):
    made = computed(charged)
    mine = line(charged, made, Kind.CHARGE, "chen")

    for step in (T.CHANGE, T.REJECT):
        with pytest.raises(ReasonMissing):
            deciding(charged, mine, step, fen=-5_000, reason="  ")
    deciding(charged, mine, T.CHANGE, fen=-5_000, reason="一名学生随家长外出")
    deciding(charged, line(charged, made, Kind.CHARGE, "tong"), T.REJECT)
    confirmed(charged, made)

    changed = line(charged, made, Kind.CHARGE, "chen")
    assert (changed.state, changed.fen, changed.computed_fen) == (S.CHANGED, -5_000, -10_000)
    assert changed.changed is not None
    assert changed.changed.reason == "一名学生随家长外出"
    assert not line(charged, made, Kind.CHARGE, "tong").is_in_effect


@pytest.mark.parametrize("fen", [-10_001, 1, None])
def test_a_change_takes_off_and_never_adds(charged, fen):
    mine = line(charged, computed(charged), Kind.CHARGE, "chen")

    with pytest.raises(MoreThanComputed):
        deciding(charged, mine, T.CHANGE, fen=fen)


def test_who_bears_or_made_it_decides_nothing(charged):
    made = computed(charged, by="he")
    mine = line(charged, made, Kind.CHARGE, "chen")

    with pytest.raises(OneMadeIt):
        deciding(charged, mine, T.APPROVE, by="he")
    with pytest.raises(NotAllowed):
        deciding(charged, mine, T.APPROVE, by="cui")
    with pytest.raises(NotAllowed):
        deciding(charged, mine, T.APPROVE, by="chen")
    with pytest.raises(SettlementLine.DoesNotExist):
        deciding(charged, mine, T.APPROVE, by="tan")
    deciding(charged, mine, T.APPROVE, by="fang")


def test_a_rule_that_is_off_is_not_decided(village):
    v = settling(village, "S1-19", released=False)
    lose(v, "lan")
    mine = line(v, computed(v), Kind.CHARGE, "chen")

    with pytest.raises(RuleIsOff):
        deciding(v, mine, T.APPROVE)
    with pytest.raises(RuleIsOff):
        filing(v, mine)


@pytest.mark.req("R-202", "R-199")
def test_where_target_and_charge_meet_a_person_decides_before_it_is_confirmed(village):
    v = settling(village, "S0-4")
    for n in range(5, 46):
        v.enrol(f"p{n}", f"学生{n}", "primary-2")
    # 50 pupils in primary-1 and -2 with Yan: one of fifty is exactly two per cent.
    lose(v, "lan")
    for n in range(46, 47):
        v.enrol(f"p{n}", f"学生{n}", "primary-2")
    made = computed(v)
    (charge,) = lines(v, made, Kind.CHARGE)
    assert charge.condition is not None
    assert (charge.condition.over, charge.condition.under) == (1, 50)
    assert (charge.computed_fen, charge.standing) == (-20_000, Standing.TO_BE_DECIDED)

    with pytest.raises(LinesWait):
        confirmed(v, made)
    with pytest.raises(ReasonMissing):
        deciding(v, charge, T.APPROVE, reason="")
    deciding(v, charge, T.REJECT, reason="恰为百分之二，按达标处理")
    confirmed(v, made)

    assert not lines(v, made, Kind.CHARGE)[0].is_in_effect


# -- exceptions ------------------------------------------------------------------------------------


@pytest.mark.req("R-206", "R-216")
def test_an_exception_for_one_of_two_is_verified_and_takes_off_its_part(charged):
    made = computed(charged)
    mine = line(charged, made, Kind.CHARGE, "chen")
    filing(charged, mine, children=["lan"])
    with pytest.raises(LinesWait):
        confirmed(charged, made)
    with pytest.raises(StepNotNow):
        deciding(charged, mine, T.GRANT)

    verifying(charged, mine)
    deciding(charged, mine, T.GRANT)
    confirmed(charged, made)

    freed = line(charged, made, Kind.CHARGE, "chen")
    assert (freed.state, freed.fen) == (S.CHANGED, -5_000)
    # What others bear for the same child has statements of its own.
    assert line(charged, made, Kind.CHARGE, "tong").fen == -10_000


@pytest.mark.req("R-206")
def test_a_granted_exception_lifts_the_veto(charged):
    made = computed(charged)
    veto = line(charged, made, Kind.VETO, "chen")

    filing(charged, veto, children=["lan"])
    verifying(charged, veto)
    deciding(charged, veto, T.GRANT)
    confirmed(charged, made)

    lifted = line(charged, made, Kind.VETO, "chen")
    assert (lifted.state, lifted.is_in_effect) == (S.LIFTED, False)
    assert line(charged, made, Kind.VETO, "primary-1").is_in_effect


@pytest.mark.req("R-216")
def test_an_exception_of_which_a_condition_is_not_met_is_not_granted(charged):
    mine = line(charged, computed(charged), Kind.CHARGE, "chen")
    filing(charged, mine)
    verifying(charged, mine, answers={"written_statement": True, "verified": False})

    with pytest.raises(ConditionUnanswered):
        deciding(charged, mine, T.GRANT)
    deciding(charged, mine, T.APPROVE)


@pytest.mark.req("R-206", "R-217")
def test_a_bearer_or_his_unit_files_and_nobody_else(charged):
    made = computed(charged)
    mine = line(charged, made, Kind.CHARGE, "chen")

    for who in ("zhou", "tan", "long"):
        with pytest.raises(SettlementLine.DoesNotExist):
            filing(charged, mine, by=who)
    with pytest.raises(ReasonMissing):
        filing(charged, mine, text=" ")
    filing(charged, mine)
    filing(charged, mine)
    with pytest.raises((FiledBefore, StepNotNow)):
        filing(charged, mine, text="又想起一件事")
    filing(charged, line(charged, made, Kind.CHARGE, "tong"), by="ning")
    filing(charged, line(charged, made, Kind.VETO, "primary-1"), by="chen")
    assert ExceptionStatement.objects.count() == 3
    with pytest.raises(NothingToExcuse):
        filing(charged, line(charged, made, Kind.REWARD, "zhou"), by="zhou")


def test_nobody_verifies_his_own_exception(charged):
    made = computed(charged)
    mine, his = (line(charged, made, Kind.CHARGE, each) for each in ("chen", "tong"))
    filing(charged, mine)
    filing(charged, his, by="ning")

    with pytest.raises(NotAllowed):
        verifying(charged, mine, by="chen")
    with pytest.raises(OneMadeIt):
        verifying(charged, his, by="ning")
    verifying(charged, his, by="cui")


def test_an_exception_outlives_a_new_computation(charged):
    first = computed(charged)
    filing(charged, line(charged, first, Kind.CHARGE, "chen"), children=["lan"])
    verifying(charged, line(charged, first, Kind.CHARGE, "chen"))
    lose(charged, "p0")

    second = computed(charged)

    carried = line(charged, second, Kind.CHARGE, "chen")
    assert carried.state is S.VERIFIED
    assert carried.statement is not None
    assert carried.statement.circumstances == "随父母外出，多次家访未能劝返"
    deciding(charged, carried, T.GRANT)
    assert line(charged, second, Kind.CHARGE, "chen").fen == -10_000


# -- carried out -----------------------------------------------------------------------------------


@pytest.mark.req("R-200")
def test_a_line_is_settled_once_with_its_receipt(charged):
    made = computed(charged)
    mine = line(charged, made, Kind.CHARGE, "chen")
    with pytest.raises(NotConfirmed):
        paying(charged, mine)
    confirmed(charged, made)
    with pytest.raises(NotOnThatDay):
        paying(charged, mine, date(2027, 7, 30))
    with pytest.raises(NotOnThatDay):
        paying(charged, mine, date(2027, 8, 1))

    paying(charged, mine)

    done = line(charged, made, Kind.CHARGE, "chen")
    assert done.state is S.SETTLED
    assert (done.steps[-1].done_on, done.steps[-1].receipt) == (JULY, "收据012")
    assert done.fen == -10_000
    paying(charged, mine)
    for again in ({"receipt": "013"}, {"by": "ning"}):
        with pytest.raises(StepNotNow):
            paying(charged, mine, **again)
    assert len(line(charged, made, Kind.CHARGE, "chen").steps) == 2


@pytest.mark.req("R-200")
def test_a_wrong_receipt_is_corrected_with_a_reason_and_both_are_kept(charged):
    made = computed(charged)
    confirmed(charged, made)
    mine = line(charged, made, Kind.CHARGE, "chen")
    with pytest.raises(StepNotNow):
        correcting(charged, mine)
    paying(charged, mine)
    with pytest.raises(ReasonMissing):
        correcting(charged, mine, reason=" ")
    with pytest.raises(NotOnThatDay):
        correcting(charged, mine, on=date(2027, 8, 1))

    for _ in range(2):
        correcting(charged, mine)

    done = line(charged, made, Kind.CHARGE, "chen")
    assert [each.receipt for each in done.steps] == ["", "收据012", "收据021"]
    assert (done.state, done.is_in_effect, done.fen) == (S.SETTLED, True, -10_000)


@pytest.mark.req("R-200")
def test_lines_on_one_receipt_are_settled_together_all_or_none(charged):
    made = computed(charged)
    money = [each.id for each in lines(charged, made, Kind.CHARGE, Kind.REWARD) if each.person_id]
    with pytest.raises(NotConfirmed):
        paying_together(charged, made, money)
    other = line(charged, made, Kind.CHARGE, "tong")
    deciding(charged, other, T.REJECT)
    confirmed(charged, made)
    with pytest.raises(StepNotNow):
        paying_together(charged, made, money)
    with pytest.raises(NothingChosen):
        paying_together(charged, made, [])
    with pytest.raises(SettlementLine.DoesNotExist):
        paying_together(charged, made, [made])
    with pytest.raises(Settlement.DoesNotExist):
        paying_together(charged, made, money, by="tan")
    assert not [each for each in lines(charged, made) if each.state is S.SETTLED]

    money.remove(other.id)
    for _ in range(2):
        assert paying_together(charged, made, money) == len(money) == 2

    paid = [each for each in lines(charged, made) if each.state is S.SETTLED]
    assert {each.id for each in paid} == set(money)
    assert {len(each.steps) for each in paid} == {2}


@pytest.mark.req("R-217")
def test_a_bearer_sees_his_own_lines_before_anything_is_decided(charged):
    made = computed(charged)

    mine = lines_of_bearer(charged.people["chen"].pk, (), county_id=charged.county_id)

    assert {each.settlement_id for each in mine} == {made}
    assert {each.kind for each in mine} == {Kind.CHARGE, Kind.VETO}
