"""Who reads contracts without keeping them: supervision, vice principals (R-175, R-300)."""

from __future__ import annotations

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.contracts.models import Contract
from notoneless.contracts.queries.doors import contracts_kept, contracts_seen
from notoneless.flows.contracts.keeping import withdraw_contract
from notoneless.flows.contracts.succession import proposals
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.roles import Role
from tests.contracts.desk import (
    CLASSES,
    FAMILIES,
    S1_7,
    S1_15,
    contract,
    draw,
    new_teacher,
    of_class,
    signed_by_both,
    with_contracts,
)
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-175", "R-300")]
READERS = ("shao", "gu")


@pytest.fixture
def v(village: Village) -> Village:
    """The school has a vice principal; contracts of its classes, families and of the centre."""
    found = with_contracts(village, S1_7)
    found.employ("gu", "顾念慈", Role.VICE_PRINCIPAL, "primary")
    draw(found)
    draw(found, FAMILIES)
    return found


@pytest.mark.parametrize("who", READERS)
def test_they_change_nothing(v: Village, who: str):
    with pytest.raises(NotAllowed):
        withdraw_contract(v.actor(who), of_class(v).pk, "写错", today=TODAY, now=NOW)


@pytest.mark.parametrize("who", ["wei", "shi", "mo", "tan", "long"])
def test_others_read_none(v: Village, who: str):
    assert not contracts_seen(v.actor(who), on=TODAY).exists()


def test_a_vice_principal_reads_her_own_schools_alone_also_where_it_is_bound(v: Village):
    seen = contracts_seen(v.actor("gu"), on=TODAY)

    assert {row.unit_a_id for row in seen if row.unit_b_id} == {v.units["primary"].pk}
    assert seen.count() == Contract.objects.count()


def test_a_change_is_proposed_to_whoever_may_hand_it_over_alone(v: Village):
    row = signed_by_both(v)
    new_teacher(v)

    def told(who: str) -> set[ContractKind]:
        return {each.kind for each in proposals(v.actor(who), today=TODAY)}

    assert told("qin") == {CLASSES, FAMILIES}
    assert told("song") == {FAMILIES}  # her class is party A of its families' contracts
    assert told("gu") == told("shao") == set()
    assert row in contracts_kept(v.actor("qin"), on=TODAY)


def test_what_the_centre_drew_up_is_read_by_the_school_that_it_binds(village: Village):
    v = with_contracts(village, S1_15, at="centre")
    v.employ("gu", "顾念慈", Role.VICE_PRINCIPAL, "primary")
    draw(v, ContractKind.CENTRE_SCHOOL, "centre", by="he")
    row = contract(ContractKind.CENTRE_SCHOOL, unit_b=v.units["primary"])

    for who, keeps in (("he", True), ("qin", False), ("gu", False), ("shao", False)):
        assert row in contracts_seen(v.actor(who), on=TODAY), who
        assert (row in contracts_kept(v.actor(who), on=TODAY)) is keeps, who
