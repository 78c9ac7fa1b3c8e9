"""Who may read, adopt and release policy, and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist

from notoneless.access.actor import NotAllowed
from notoneless.flows import policy as flow
from notoneless.places.services.calendar.terms import NewTerms, set_terms
from notoneless.places.services.people import assign_lesson
from notoneless.policy.models import Adoption
from notoneless.policy.models import ResolvedPolicy as KeptPolicy
from notoneless.policy.refusals import ClosedPeriod, SamePerson
from notoneless.policy.services.adoptions import NewAdoption
from notoneless.policy.services.values import NewValue
from notoneless.rules.calendar import Period
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.resolved import State
from notoneless.rules.roles import Role
from tests.policy.desk import NEXT_MONDAY, S1_29, S2_5, figure, give_packs, rule_at, unit_id
from tests.policy.test_releases import KEY, paper
from tests.world import NOW, TERM_START, TODAY, Village

pytestmark = pytest.mark.req("R-302")


@pytest.fixture
def county(village: Village) -> Village:
    give_packs(village)
    return village


def adopt(v: Village, who: str, at: str = "shiqiao", pack: str = S1_29, **more):
    new = NewAdoption(unit_id(v, at), pack, NEXT_MONDAY, **more)
    return flow.adopt_pack(v.actor(who), new, today=TODAY, now=NOW)


def in_sight(v: Village, who: str) -> set[str]:
    return {place.name for place in flow.places_in_sight(v.actor(who), on=TODAY)}


def test_everyone_reads_the_rules_of_his_own_place_and_below(county: Village):
    assert in_sight(county, "qin") == {"石桥乡中心小学"}
    assert in_sight(county, "chen") == {"石桥乡中心小学"}
    assert in_sight(county, "long") == {"石桥村"}
    assert in_sight(county, "xiang") == {"石桥乡", "石桥乡中心小学", "石桥乡初级中学"}
    assert {"青禾县", "青禾县教育体育局", "河口镇", "石桥乡中心学校"} < in_sight(county, "lu")


def test_a_teacher_of_many_classes_finds_the_school_once_at_the_same_cost(
    county: Village, django_assert_num_queries
):
    song = county.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")

    def teach(at: str):
        assign_lesson(
            school_class=unit_id(county, at),
            person_id=song.pk,
            subject="数学",
            from_on=TERM_START,
            stamp=county.stamp("qin"),
        )

    teach("primary-1")
    chen = county.actor("chen")
    with django_assert_num_queries(3):
        flow.places_in_sight(chen, on=TODAY)
    teach("primary-2")
    teach("junior-1")
    assert in_sight(county, "song") == {"石桥乡中心小学"}
    names = [place.name for place in flow.places_in_sight(county.actor("song"), on=TODAY)]
    assert names == ["石桥乡中心小学"]


def test_a_department_has_no_policy_page(county: Village):
    from notoneless.places.services.units import NewUnit
    from notoneless.rules.units import UnitKind

    county.found("police", NewUnit(UnitKind.DEPARTMENT, "青禾县公安局"), g="county")
    county.employ("gong", "龚平", Role.DEPARTMENT_LIAISON, "police")

    with pytest.raises(NotAllowed):
        flow.places_in_sight(county.actor("gong"), on=TODAY)


def test_another_schools_rules_are_not_there(county: Village):
    with pytest.raises(ObjectDoesNotExist):
        flow.rules_in_force(county.actor("tan"), unit_id(county, "primary"), on=TODAY, now=NOW)


def test_reading_the_rules_keeps_them_under_their_hash_once(county: Village):
    adopt(county, "lu")
    school = unit_id(county, "primary")
    for _ in range(2):
        here = flow.rules_in_force(county.actor("qin"), school, on=NEXT_MONDAY, now=NOW)

    assert KeptPolicy.objects.count() == 1
    kept = flow.rules_kept(county.actor("chen"), here.digest, today=TODAY)
    assert kept.policy == here.policy
    assert set(kept.names.values()) == {"石桥乡"}


def test_a_kept_policy_of_another_county_is_not_there(county: Village):

    adopt(county, "lu")
    here = flow.rules_in_force(
        county.actor("qin"), unit_id(county, "primary"), on=NEXT_MONDAY, now=NOW
    )
    stranger = replace(county.actor("qin"), county_id=uuid4())

    with pytest.raises(ObjectDoesNotExist):
        flow.rules_kept(stranger, here.digest, today=TODAY)
    with pytest.raises(ObjectDoesNotExist):
        flow.rules_kept(county.actor("qin"), "0" * 64, today=TODAY)


@pytest.mark.parametrize("who", ["xiang", "shao", "mo"])
def test_only_who_manages_policy_adopts(county: Village, who: str):
    with pytest.raises(NotAllowed):
        adopt(county, who)
    assert not Adoption.objects.exists()


def test_a_place_out_of_reach_is_not_there_for_adoption_either(county: Village):
    with pytest.raises(ObjectDoesNotExist):
        adopt(county, "tan")


@pytest.mark.parametrize("who", ["lu", "fang"])
def test_the_county_adopts_for_its_townships_and_schools(county: Village, who: str):
    adopt(county, who)
    adopt(county, who, at="bureau", pack=S2_5)

    assert rule_at(county, "primary", "contract_signers") is not None


def test_trying_refuses_what_adopting_would_and_leaves_no_trace(county: Village):
    new = NewAdoption(unit_id(county, "shiqiao"), S1_29, TERM_START)

    adopt(county, "lu", at="other", pack=S2_5)
    later = NOW + timedelta(days=40)
    with pytest.raises(ClosedPeriod):
        flow.try_pack(county.actor("lu"), new, today=TODAY, now=later)
    trial = flow.try_pack(
        county.actor("lu"), replace(new, from_on=NEXT_MONDAY), today=TODAY, now=NOW
    )
    assert len(trial.differences) == len(trial.pack.rules)
    assert set(trial.blanks) == {"contract_period", "dropout_ceiling_external_pct"}
    assert Adoption.objects.count() == 1


@pytest.mark.req("R-304")
def test_only_who_manages_policy_enters_values(county: Village):
    adoption = adopt(county, "lu")
    new = NewValue(adoption, "contract_period", figure("year"), NEXT_MONDAY)

    with pytest.raises(NotAllowed):
        flow.enter_value(county.actor("xiang"), new, today=TODAY, now=NOW)
    with pytest.raises(ObjectDoesNotExist):
        flow.enter_value(county.actor("tan"), new, today=TODAY, now=NOW)
    flow.enter_value(county.actor("lu"), new, today=TODAY, now=NOW)
    assert rule_at(county, "primary", "contract_period").state is State.IN_FORCE


def test_only_who_manages_policy_gives_a_pack_up(county: Village):
    adoption = adopt(county, "lu")

    def end(who: str):
        flow.end_pack(
            county.actor(who), adoption, on=NEXT_MONDAY, reason="换", today=TODAY, now=NOW
        )

    with pytest.raises(NotAllowed):
        end("xiang")
    end("lu")
    assert rule_at(county, "primary", "contract_signers") is None


@pytest.mark.req("R-308")
def test_a_clerk_asks_and_the_bureaus_head_releases(county: Village):
    adopt(county, "lu")
    release = flow.propose(county.actor("lu"), paper(county), today=TODAY, now=NOW)

    def decide(who: str):
        flow.decide(county.actor(who), release, is_granted=True, reason="", today=TODAY, now=NOW)

    for who in ("lu", "mo", "xiang"):
        with pytest.raises(NotAllowed):
            decide(who)
    with pytest.raises(ObjectDoesNotExist):
        decide("tan")
    decide("fang")
    assert rule_at(county, "primary", KEY).state is State.IN_FORCE

    def withdraw(who: str):
        flow.withdraw(
            county.actor(who), release, on=NEXT_MONDAY, reason="废止", today=TODAY, now=NOW
        )

    with pytest.raises(NotAllowed):
        withdraw("lu")
    withdraw("fang")
    assert rule_at(county, "primary", KEY).state is State.NO_LEGAL_BASIS


@pytest.mark.req("R-308")
def test_the_bureaus_head_does_not_grant_what_he_asked_for_himself(county: Village):
    adopt(county, "lu")
    release = flow.propose(county.actor("fang"), paper(county), today=TODAY, now=NOW)

    with pytest.raises(SamePerson):
        flow.decide(county.actor("fang"), release, is_granted=True, reason="", today=TODAY, now=NOW)


@pytest.mark.req("R-308")
@pytest.mark.parametrize("who", ["xiang", "shao"])
def test_who_manages_nothing_proposes_nothing(county: Village, who: str):
    adopt(county, "lu")

    with pytest.raises(NotAllowed):
        flow.propose(county.actor(who), paper(county), today=TODAY, now=NOW)


@pytest.mark.req("R-308")
def test_releases_are_seen_where_they_count(county: Village):
    adopt(county, "lu")
    flow.propose(county.actor("lu"), paper(county), today=TODAY, now=NOW)

    assert len(flow.releases_in_sight(county.actor("qin"), today=TODAY)) == 1
    assert len(flow.releases_in_sight(county.actor("lu"), today=TODAY)) == 1
    assert flow.releases_in_sight(county.actor("tan"), today=TODAY) == []


@pytest.mark.req("R-305", "R-306")
def test_whoever_chooses_the_kind_of_day_sees_what_it_does(county: Village):
    term = Period("第一学期", TERM_START, TERM_START + timedelta(days=140))
    set_terms(
        NewTerms(unit_id(county, "bureau"), 2026, (term,)), version=0, stamp=county.stamp("lu")
    )

    ends = flow.effect_of_units(unit_id(county, "primary"), within=3, started=TODAY, today=TODAY)

    friday = TODAY
    assert ends[DurationUnit.CALENDAR_DAYS].on == friday + timedelta(days=3)
    assert ends[DurationUnit.SCHOOL_DAYS].on == friday + timedelta(days=5)
    assert ends[DurationUnit.WEEKS].on == friday + timedelta(weeks=3)


@pytest.mark.req("R-306")
def test_a_kind_of_day_that_the_calendar_cannot_tell_is_left_out(county: Village):
    ends = flow.effect_of_units(unit_id(county, "primary"), within=3, started=TODAY, today=TODAY)

    assert DurationUnit.SCHOOL_DAYS not in ends
    assert DurationUnit.CALENDAR_DAYS in ends
