"""Signing: both sides, in any order, once; guardians with a witness, on their page, on paper."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from notoneless.access.actor import NotAllowed
from notoneless.contracts.models import Contract, Ink, Signature
from notoneless.contracts.queries.figures import figures_of
from notoneless.families.queries.invitations import Visitor
from notoneless.flows.children.classes import move_children
from notoneless.flows.contracts.drawing import Order, draw_contracts
from notoneless.flows.contracts.reading import contract_page, open_ink
from notoneless.flows.contracts.refusals import NotNow, NotYourLine
from notoneless.flows.contracts.signing import (
    Pen,
    SignedLater,
    contracts_of_guardian,
    sign_before_witness,
    sign_many,
    sign_on_page,
    sign_own,
    take_in_paper,
)
from notoneless.flows.families.saying import say_not_mine
from notoneless.journal.models import Entry
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.contracts.signing import NameDiffers, NotAgreed
from notoneless.rules.contracts.terms import USUAL, Effective, Span, Terms
from notoneless.rules.policy.measures import Operator
from notoneless.vault.pictures import EmptySignature, NotAPicture
from tests.contracts.desk import (
    FAMILIES,
    S1_7,
    YEAR,
    draw,
    holder,
    ink,
    of_child,
    of_class,
    scan,
    sign,
    signed_by_both,
    stage,
    with_contracts,
)
from tests.families.desk import visiting
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.django_db
AGREED = Pen(agreed=True)


@pytest.fixture
def v(village: Village) -> Village:
    found = with_contracts(village, S1_7)
    draw(found)
    draw(found, FAMILIES)
    return found


@pytest.mark.req("R-174", "R-176")
def test_it_is_in_force_from_the_day_on_which_both_have_signed(v: Village):
    row = of_class(v)
    sign(v, "qin", row)
    assert stage(row.pk) == "signed_a"

    sign(v, "chen", row, today=TODAY + timedelta(days=3))

    row.refresh_from_db()
    assert (row.stage, row.in_force_on) == ("signed", TODAY + timedelta(days=3))


@pytest.mark.req("R-176")
def test_where_it_begins_with_its_period_it_waits_for_the_first_day(village: Village):
    v = with_contracts(village, S1_7)
    terms = Terms(Span.SCHOOL_YEAR, Effective.FROM_START, 2, goes_on=True)
    august = date(2027, 8, 20)
    order = Order(ContractKind.SCHOOL_CLASS_TEACHER, v.units["primary"].pk, terms)
    draw_contracts(v.actor("qin", today=august), order, today=august, now=NOW)
    row = of_class(v)

    sign(v, "qin", row, today=august)
    sign(v, "chen", row, today=august)

    row.refresh_from_db()
    assert row.in_force_on == date(2027, 9, 1)


def test_the_other_side_may_sign_first(v: Village):
    row = of_class(v)
    sign(v, "chen", row)
    assert stage(row.pk) == "signed_b"
    sign(v, "qin", row)
    assert stage(row.pk) == "signed"


def test_signing_twice_is_once(v: Village):
    row = of_class(v)
    for _ in range(3):
        sign(v, "chen", row)

    assert Signature.objects.filter(contract=row).count() == 1


def test_the_database_refuses_a_second_signature_on_a_line(v: Village):
    row = of_class(v)
    sign(v, "chen", row)
    first = Signature.objects.get()
    again = Signature(
        county_id=first.county_id,
        contract=row,
        party=first.party,
        method="typed",
        text_sha256="0" * 64,
        signed_on=TODAY,
        signed_at=NOW,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_signature_stands_under_the_text_that_was_signed_and_is_journalled(v: Village):
    row = signed_by_both(v)

    assert set(Signature.objects.values_list("text_sha256", flat=True)) == {row.text_sha256}
    assert Entry.objects.filter(kind="contract.signed").count() == 2


@pytest.mark.req("R-174")
def test_a_drawn_signature_is_kept_sealed_and_opens_to_who_sees_the_contract(v: Village):
    row = of_class(v)
    pen = Pen(agreed=True, drawn=ink())
    sign_own(v.actor("chen"), row.pk, pen, today=TODAY, now=NOW)

    kept = Ink.objects.get()
    assert b"PNG" not in bytes(kept.sealed)
    data, kind, child = open_ink(v.actor("qin"), kept.pk, today=TODAY)
    assert (data[1:4], kind, child) == (b"PNG", "image/png", None)
    for stranger in ("zhou", "tan", "ma"):
        with pytest.raises(Ink.DoesNotExist):
            open_ink(v.actor(stranger), kept.pk, today=TODAY)


@pytest.mark.parametrize(
    ("pen", "refusal"),
    [
        (Pen(agreed=False, typed="陈小满"), NotAgreed),
        (Pen(agreed=True, typed="陈小曼"), NameDiffers),
        (AGREED, NameDiffers),
        (Pen(agreed=True, drawn="data:text/html,x"), NotAPicture),
    ],
)
def test_a_signature_needs_the_name_and_the_tick(v: Village, pen: Pen, refusal: type[Exception]):
    with pytest.raises(refusal):
        sign_own(v.actor("chen"), of_class(v).pk, pen, today=TODAY, now=NOW)
    assert Signature.objects.count() == 0


def test_an_empty_drawing_is_no_signature(v: Village):
    blank = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kg"
        "AAAABJRU5ErkJggg=="
    )
    with pytest.raises(EmptySignature):
        sign_own(v.actor("chen"), of_class(v).pk, Pen(True, blank), today=TODAY, now=NOW)


def test_who_sees_a_contract_without_holding_a_line_cannot_sign_and_others_find_none(v: Village):
    row = of_class(v)
    with pytest.raises(NotYourLine):
        sign(v, "he", row)
    for stranger in ("zhou", "tan", "ma", "bao", "wei"):
        with pytest.raises(Contract.DoesNotExist):
            sign(v, stranger, row)


def test_a_contract_whose_year_is_over_is_not_signed_any_more(v: Village):
    row = of_class(v)
    Contract.objects.filter(pk=row.pk).update(to_on=TODAY)
    with pytest.raises(NotNow):
        sign(v, "chen", row)


@pytest.mark.req("R-174")
def test_many_are_signed_with_one_hand(v: Village):
    rows = list(Contract.objects.filter(kind=ContractKind.SCHOOL_CLASS_TEACHER))
    pen = Pen(agreed=True, typed="覃志学")

    done = sign_many(v.actor("qin"), [row.pk for row in rows], pen, today=TODAY, now=NOW)

    assert (done.signed, done.refused) == (2, 0)
    assert {stage(row.pk) for row in rows} == {"signed_a"}
    with pytest.raises(NotAgreed):
        sign_many(v.actor("qin"), [row.pk for row in rows], Pen(False), today=TODAY, now=NOW)


def test_what_is_not_his_among_many_is_counted_and_left(v: Village):
    rows = list(Contract.objects.filter(kind=ContractKind.SCHOOL_CLASS_TEACHER))
    pen = Pen(agreed=True, typed="陈小满")

    done = sign_many(v.actor("chen"), [row.pk for row in rows], pen, today=TODAY, now=NOW)

    assert (done.signed, done.refused) == (1, 1)


# -- guardians -----------------------------------------------------------------------------------


@pytest.mark.req("R-174", "R-180")
def test_a_guardian_signs_on_the_teachers_phone_with_the_teacher_as_witness(v: Village):
    row = of_child(v)
    pen = Pen(agreed=True, drawn=ink())

    sign_before_witness(v.actor("chen"), row.pk, pen, today=TODAY, now=NOW)
    sign_before_witness(v.actor("chen"), row.pk, pen, today=TODAY, now=NOW)

    signature = Signature.objects.get(contract=row)
    assert (signature.party, signature.witness) == (holder(row, "b"), v.people["chen"])
    assert stage(row.pk) == "signed_b"


def test_nobody_else_holds_the_phone(v: Village):
    pen = Pen(agreed=True, typed="吴建国")
    with pytest.raises(Contract.DoesNotExist):
        sign_before_witness(v.actor("zhou"), of_child(v).pk, pen, today=TODAY, now=NOW)
    with pytest.raises(Contract.DoesNotExist):
        sign_before_witness(v.actor("ma"), of_child(v).pk, pen, today=TODAY, now=NOW)
    with pytest.raises(NotYourLine):
        sign_before_witness(v.actor("qin"), of_class(v).pk, pen, today=TODAY, now=NOW)


@pytest.mark.req("R-174", "R-180")
def test_a_guardian_signs_on_his_own_page(v: Village):
    visitor = visiting(v)
    row = of_child(v)
    his = [v.lan.pk, v.children["gang"].pk]
    assert [(e.id, e.is_signed) for e in contracts_of_guardian(visitor, his)] == [(row.pk, False)]

    pen = Pen(agreed=True, typed="吴建国")
    sign_on_page(visitor, row.pk, pen, today=TODAY, now=NOW)
    sign_on_page(visitor, row.pk, pen, today=TODAY, now=NOW)

    signature = Signature.objects.get(contract=row)
    assert (signature.visit_id, signature.witness, signature.entered_by) == (
        visitor.visit_id,
        None,
        None,
    )
    assert contracts_of_guardian(visitor, his)[0].is_signed


def test_another_guardian_another_child_and_one_that_is_not_his_are_not_there(v: Village):
    pen = Pen(agreed=True, typed="吴建国")
    stranger = visiting(v, "gang")
    with pytest.raises(Contract.DoesNotExist):
        sign_on_page(stranger, of_child(v).pk, pen, today=TODAY, now=NOW)

    his: Visitor = visiting(v)
    with pytest.raises(Contract.DoesNotExist):
        sign_on_page(his, of_child(v, "gang").pk, pen, today=TODAY, now=NOW)
    with pytest.raises(Contract.DoesNotExist):
        sign_on_page(his, of_class(v).pk, pen, today=TODAY, now=NOW)
    say_not_mine(his, v.lan.pk, today=TODAY, now=NOW)
    with pytest.raises(v.lan.DoesNotExist):
        sign_on_page(his, of_child(v).pk, pen, today=TODAY, now=NOW)


@pytest.mark.req("R-174", "R-182")
def test_the_signed_paper_counts_as_every_open_line(v: Village):
    row = of_child(v)
    sign(v, "chen", row)
    day = TODAY - timedelta(days=2)

    take_in_paper(v.actor("chen"), row.pk, scan(day), today=TODAY, now=NOW)
    take_in_paper(v.actor("chen"), row.pk, scan(day), today=TODAY, now=NOW)

    row.refresh_from_db()
    assert (row.stage, row.in_force_on) == ("signed", TODAY)
    assert Ink.objects.get().kind == "paper"
    methods = Signature.objects.filter(contract=row).values_list("method", flat=True)
    assert sorted(methods) == ["paper", "typed"]


def test_a_paper_is_not_signed_tomorrow_and_not_taken_in_by_its_signer_alone(v: Village):
    row = of_class(v)
    with pytest.raises(SignedLater):
        take_in_paper(v.actor("qin"), row.pk, scan(TODAY + timedelta(days=1)), today=TODAY, now=NOW)
    with pytest.raises(NotAllowed):
        take_in_paper(v.actor("chen"), row.pk, scan(), today=TODAY, now=NOW)


# -- what signing binds to -----------------------------------------------------------------------


@pytest.mark.req("R-178")
def test_the_figures_bind_once_both_have_signed(v: Village):
    classes = {v.units[key].pk for key in ("primary-1", "primary-2", "junior-1")}
    sign(v, "qin", of_class(v))
    assert figures_of(classes, YEAR) == {}

    row = signed_by_both(v)

    assert figures_of(classes, YEAR) == {
        v.units["primary-1"].pk: {
            "dropout_ceiling_school_pct": (Decimal(1), Operator.AT_MOST, row.pk),
            "retention_target_class_pct": (Decimal(100), Operator.AT_LEAST, row.pk),
        }
    }
    assert figures_of(classes, YEAR - 1) == {}


def test_figures_of_many_units_cost_one_statement(v: Village, django_assert_num_queries):
    signed_by_both(v)
    with django_assert_num_queries(1):
        figures_of({unit.pk for unit in v.units.values()}, YEAR)


def test_the_page_says_whose_hand_it_was(v: Village):
    page = contract_page(v.actor("qin"), signed_by_both(v).pk, today=TODAY)

    hands = [each.signed.by for each in page.parties if each.signed]
    assert hands == ["覃志学", "陈小满"]
    assert (page.is_unsigned, page.mine, USUAL.copies) == (False, (), page.copies)


@pytest.mark.req("R-180")
def test_a_familys_contract_goes_with_the_child_to_its_new_class(v: Village):
    row = of_child(v)
    with pytest.raises(Contract.DoesNotExist):
        contract_page(v.actor("zhou"), row.pk, today=TODAY)

    source, target = v.units["primary-1"].pk, v.units["primary-2"].pk
    qin = v.actor("qin")
    move_children(source, [v.lan.pk], target_id=target, actor=qin, today=TODAY, stamp=v.stamp())

    assert contract_page(v.actor("zhou"), row.pk, today=TODAY).child_id == v.lan.pk
