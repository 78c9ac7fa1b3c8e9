"""The policy of a place and day: cheap to ask, the same for the same rules."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from notoneless.places.models import Unit
from notoneless.places.services.units import move_unit
from notoneless.policy.models import Adoption
from notoneless.policy.models import ResolvedPolicy as KeptPolicy
from notoneless.policy.queries import inforce
from notoneless.policy.queries.inforce import kept_policy, places_named_in, policy_for, unit_names
from notoneless.policy.refusals import AlreadyAdopted, SameRuleTwice
from notoneless.policy.services.adoptions import NewAdoption, adopt, end_adoption
from notoneless.policy.services.kept import keep_policy
from notoneless.policy.services.packs import load_shipped_packs
from notoneless.rules.paths import Line
from tests.policy.desk import (
    EVE,
    NEXT_MONDAY,
    S1_24,
    S1_29,
    S2_5,
    figure,
    rule_at,
    stamp,
    take,
    unit_id,
)
from tests.policy.test_releases import grant, propose
from tests.world import NOW, TODAY, Village, build

pytestmark = pytest.mark.req("R-302")


def test_the_law_holds_where_nobody_adopted_anything(county: Village):
    policy = policy_for(unit_id(county, "primary"), on=TODAY)

    assert {found.origin.pack for found in policy.rules.values()} == {
        "national/2026",
        "cases/2026",
        "signs/2026",
    }


def test_schools_under_the_same_rules_share_one_hash(county: Village):
    take(county, "shiqiao", S1_29)
    take(county, "bureau", S2_5)

    def digest(at: str) -> str:
        return policy_for(unit_id(county, at), on=NEXT_MONDAY).digest

    assert digest("primary") == digest("junior") == digest("primary-1")
    assert digest("primary") != digest("other")


def test_the_hash_changes_with_a_rule_and_comes_back_with_it(county: Village):
    school = unit_id(county, "primary")
    before = policy_for(school, on=NEXT_MONDAY).digest
    adoption = take(county, "shiqiao", S1_29)
    during = policy_for(school, on=NEXT_MONDAY).digest
    end_adoption(adoption.pk, on=NEXT_MONDAY, reason="取消", today=TODAY, stamp=stamp(county))

    assert during != before
    assert policy_for(school, on=NEXT_MONDAY).digest == before


def test_a_policy_is_kept_once_and_read_again_by_its_hash(county: Village):
    take(county, "shiqiao", S1_29)
    policy = policy_for(unit_id(county, "primary"), on=NEXT_MONDAY)

    digests = {keep_policy(policy, now=NOW) for _ in range(3)}

    assert digests == {policy.digest}
    assert KeptPolicy.objects.count() == 1
    assert kept_policy(policy.digest) == policy
    assert places_named_in(policy) == {unit_id(county, "shiqiao")}


def test_names_of_another_countys_places_are_not_told(county: Village):
    ids = {unit_id(county, "shiqiao")}

    assert unit_names(ids, county_id=county.county_id) == {str(min(ids)): "石桥乡"}
    with pytest.raises(Unit.DoesNotExist):
        unit_names(ids, county_id=uuid4())


def test_asking_costs_a_constant_few_statements_and_then_one(
    county: Village, django_assert_max_num_queries, django_assert_num_queries
):
    take(county, "bureau", S2_5, values={"publish_level": figure("county")})
    take(county, "county", S1_24)
    take(county, "shiqiao", S1_29)
    grant(county, propose(county))
    school = unit_id(county, "primary")
    inforce._REMEMBERED.clear()

    with django_assert_max_num_queries(5):
        first = policy_for(school, on=NEXT_MONDAY)
    with django_assert_num_queries(1):
        second = policy_for(school, on=NEXT_MONDAY)
    assert first is second


def test_a_cached_answer_is_never_older_than_the_last_change(county: Village):
    school = unit_id(county, "primary")
    assert not policy_for(school, on=NEXT_MONDAY).is_on("school_month_report_day")

    take(county, "shiqiao", S1_29)
    assert policy_for(school, on=NEXT_MONDAY).is_on("school_month_report_day")
    assert not policy_for(school, on=EVE).is_on("school_month_report_day")


def test_a_school_that_moves_takes_the_rules_of_its_new_township_from_that_day(county: Village):
    take(county, "shiqiao", S1_29)
    moved = NEXT_MONDAY + timedelta(days=7)
    assert rule_at(county, "primary", "contract_signers", on=moved) is not None

    move_unit(
        unit_id(county, "primary"),
        Line.GOVERNMENT,
        parent_id=unit_id(county, "hekou"),
        on=moved,
        stamp=county.stamp(),
    )

    last = moved - timedelta(days=1)
    assert rule_at(county, "primary", "contract_signers", on=last) is not None
    assert rule_at(county, "primary", "contract_signers", on=moved) is None


def test_an_unknown_unit_has_no_policy(county: Village):
    with pytest.raises(Unit.DoesNotExist):
        policy_for(uuid4(), on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_people_adopting_at_the_same_moment_leave_one_adoption():
    if connection.vendor == "sqlite":
        pytest.skip(
            "an in-memory SQLite database has one connection; the suite also runs on PostgreSQL"
        )
    county = build()
    load_shipped_packs(now=NOW)
    start, outcomes = threading.Barrier(2), []

    def work(pack: str) -> None:
        start.wait()
        try:
            new = NewAdoption(unit_id(county, "shiqiao"), pack, NEXT_MONDAY)
            adopt(new, today=TODAY, stamp=stamp(county))
            outcomes.append("adopted")
        except (AlreadyAdopted, SameRuleTwice):
            outcomes.append("refused")
        finally:
            connections.close_all()

    people = [threading.Thread(target=work, args=[pack]) for pack in (S1_24, S1_29)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(outcomes) == ["adopted", "refused"]
    assert Adoption.objects.count() == 1
