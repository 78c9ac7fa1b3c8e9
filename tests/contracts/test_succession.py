"""A post changes hands, and what else happens to a contract afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.contracts.models import Contract, Filing, Party, Signature, Succession
from notoneless.contracts.queries.listing import ContractFilter, list_contracts
from notoneless.contracts.services.later import NewFiling
from notoneless.flows.contracts.amending import Clause, amend_contract
from notoneless.flows.contracts.keeping import (
    place_in_archive,
    settle_contract,
    withdraw_contract,
)
from notoneless.flows.contracts.reading import contract_page
from notoneless.flows.contracts.refusals import NoSuccessor, NotNow, WordsMissing
from notoneless.flows.contracts.signing import Pen, sign_own
from notoneless.flows.contracts.succession import (
    proposals,
    succeed_contracts,
)
from notoneless.rules.contracts.terms import USUAL
from tests.contracts.desk import (
    FAMILIES,
    S1_7,
    YEAR,
    draw,
    holder,
    new_teacher,
    of_child,
    of_class,
    sign,
    signed_by_both,
    stage,
    with_contracts,
)
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.django_db
REASON = "陈小满调往中学"


@pytest.fixture
def v(village: Village) -> Village:
    found = with_contracts(village, S1_7)
    draw(found)
    return found


def succeed(
    v: Village, row: Contract, *, by: str = "qin", reason: str = REASON, today: date = TODAY
) -> int:
    actor = v.actor(by, today=today)
    return succeed_contracts(actor, [row.pk], reason, today=today, now=NOW)


@pytest.mark.req("R-177", "P-S1-8.04")
def test_a_signed_contract_goes_on_under_the_new_holder(v: Village):
    row = signed_by_both(v)
    new_teacher(v)

    assert succeed(v, row) == 1

    assert stage(row.pk) == "signed"
    assert holder(row, "b").person == v.people["song"]
    page = contract_page(v.actor("qin"), row.pk, today=TODAY)
    line = page.parties[1]
    assert (line.name, line.signed and line.signed.by) == ("宋一鸣", "陈小满")
    assert [(each.name, each.next_name, each.reason) for each in line.before] == [
        ("陈小满", "宋一鸣", REASON)
    ]


@pytest.mark.req("R-177")
def test_the_chain_shows_every_holder_newest_first(v: Village):
    row = signed_by_both(v)
    new_teacher(v)
    succeed(v, row)
    monday = date(2026, 11, 23)
    new_teacher(v, "jin", "金秋", after="song", on=monday)
    succeed(v, row, reason="再次调整", today=monday)

    line = contract_page(v.actor("qin"), row.pk, today=monday).parties[1]
    assert [each.name for each in line.before] == ["宋一鸣", "陈小满"]
    assert line.signed
    assert line.signed.by == "陈小满"


@pytest.mark.req("R-177")
def test_where_it_does_not_outlast_a_change_the_successor_signs_anew(village: Village):
    v = with_contracts(village, S1_7)
    draw(v, terms=replace(USUAL, goes_on=False))
    row = signed_by_both(v)
    new_teacher(v)
    succeed(v, row)
    assert stage(row.pk) == "signed_a"

    sign(v, "song", row)

    row.refresh_from_db()
    assert (row.stage, row.in_force_on) == ("signed", TODAY)


@pytest.mark.req("R-177")
def test_the_next_holder_of_a_vacant_post_signs(v: Village):
    row = of_class(v)
    Party.objects.filter(contract=row, side="b").update(person=None, post=None)

    assert succeed(v, row) == 1
    sign(v, "chen", row)
    assert stage(row.pk) == "signed_b"


@pytest.mark.req("R-177")
def test_a_change_is_proposed_until_it_is_done(v: Village):
    row = signed_by_both(v)
    assert proposals(v.actor("qin"), today=TODAY) == []
    new_teacher(v)

    found = proposals(v.actor("qin"), today=TODAY)
    assert [(each.contract_id, each.old_name, each.new_name) for each in found] == [
        (row.pk, "陈小满", "宋一鸣")
    ]

    succeed(v, row)
    assert proposals(v.actor("qin"), today=TODAY) == []
    with pytest.raises(NoSuccessor):
        succeed(v, row)
    assert Succession.objects.count() == 1


def test_a_settled_contract_stays_with_who_signed_it(v: Village):
    row = signed_by_both(v)
    settle_contract(v.actor("qin"), row.pk, "达标", today=TODAY, now=NOW)
    new_teacher(v)

    assert proposals(v.actor("qin"), today=TODAY) == []
    with pytest.raises(NotNow):
        succeed(v, row)


def test_who_gave_the_post_up_no_longer_finds_the_contract(v: Village):
    row = signed_by_both(v)
    chen = v.actor("chen")
    new_teacher(v)
    succeed(v, row)

    with pytest.raises(Contract.DoesNotExist):
        contract_page(replace(chen, holdings=()), row.pk, today=TODAY)
    assert contract_page(v.actor("song"), row.pk, today=TODAY).parties[1].is_mine


def test_a_reason_is_needed_and_a_party_does_not_hand_over_by_herself(v: Village):
    row = signed_by_both(v)
    new_teacher(v)
    with pytest.raises(WordsMissing):
        succeed(v, row, reason="  ")
    with pytest.raises(NotAllowed):
        succeed(v, row, by="song")


# -- added clauses -------------------------------------------------------------------------------


@pytest.mark.req("R-303")
def test_an_added_clause_binds_when_both_have_signed_it_and_the_text_stays(v: Village):
    row = signed_by_both(v)
    before = row.text_sha256
    amend_contract(v.actor("qin"), row.pk, Clause("下学期每周家访一次。"), today=TODAY, now=NOW)
    added = contract_page(v.actor("qin"), row.pk, today=TODAY).amendments[0]
    assert added.unsigned == ("覃志学", "陈小满")

    for by in ("qin", "chen", "chen"):
        pen = Pen(agreed=True, typed=v.people[by].name)
        sign_own(v.actor(by), row.pk, pen, amendment_id=added.id, today=TODAY, now=NOW)

    page = contract_page(v.actor("qin"), row.pk, today=TODAY)
    row.refresh_from_db()
    assert page.amendments[0].is_binding
    assert "下学期每周家访一次。" in str(page.sheet)
    assert (row.text_sha256, row.stage) == (before, "signed")
    assert Signature.objects.filter(amendment__isnull=False).count() == 2


def test_what_is_not_signed_yet_is_withdrawn_and_not_amended(v: Village):
    with pytest.raises(NotNow):
        amend_contract(v.actor("qin"), of_class(v).pk, Clause("加一条"), today=TODAY, now=NOW)


# -- archive and end -----------------------------------------------------------------------------


@pytest.mark.req("R-182", "R-298")
def test_number_copies_and_place_are_found_by_party_year_number_and_place(v: Village):
    row = signed_by_both(v)
    for place in ("一号柜", "档案室 2 柜"):
        new = NewFiling("2026-责-07", 2, place)
        place_in_archive(v.actor("qin"), row.pk, new, today=TODAY, now=NOW)

    assert Filing.objects.filter(superseded_at=None).get().place == "档案室 2 柜"
    for text in ("陈小满", "2026-责-07", "2 柜", "中心小学"):
        wanted = ContractFilter(YEAR, text=text)
        found = list_contracts(v.actor("qin"), wanted, today=TODAY)
        assert row.pk in {line.id for line in found.rows}
    old = ContractFilter(YEAR, text="一号柜")
    assert list_contracts(v.actor("qin"), old, today=TODAY).total == 0
    last_year = ContractFilter(YEAR - 1, text="陈小满")
    assert list_contracts(v.actor("qin"), last_year, today=TODAY).total == 0


@pytest.mark.req("R-179", "R-182")
def test_settled_with_the_pupils_of_the_day_and_then_archived(v: Village):
    row = signed_by_both(v)
    for _ in range(2):
        settle_contract(v.actor("qin"), row.pk, "巩固率 100%，达标。", today=TODAY, now=NOW)
    assert stage(row.pk) == "settled"

    new = NewFiling("2026-责-08", 2, "档案室")
    place_in_archive(v.actor("qin"), row.pk, new, today=TODAY, now=NOW)

    page = contract_page(v.actor("qin"), row.pk, today=TODAY)
    assert stage(row.pk) == "archived"
    assert page.end
    assert page.end.pupils_at_end == 2
    assert "2 人" in str(page.sheet)


def test_a_draft_is_withdrawn_with_a_reason_and_can_be_drawn_up_anew(v: Village):
    row = of_class(v)
    with pytest.raises(WordsMissing):
        withdraw_contract(v.actor("qin"), row.pk, "", today=TODAY, now=NOW)
    for _ in range(2):
        withdraw_contract(v.actor("qin"), row.pk, "指标写错", today=TODAY, now=NOW)

    assert draw(v).made == 1
    with pytest.raises(NotNow):
        sign(v, "chen", row)


def test_a_signed_contract_is_not_withdrawn(v: Village):
    with pytest.raises(NotNow):
        withdraw_contract(v.actor("qin"), signed_by_both(v).pk, "后悔", today=TODAY, now=NOW)


@pytest.mark.req("R-180")
def test_the_new_class_teacher_finds_the_families_contracts(v: Village):
    draw(v, FAMILIES)
    row = of_child(v)
    new_teacher(v)

    assert contract_page(v.actor("song"), row.pk, today=TODAY).keeping.keeps
    assert {each.contract_id for each in proposals(v.actor("song"), today=TODAY)} >= {row.pk}
