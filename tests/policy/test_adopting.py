"""A place adopts a pack from a day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from notoneless.policy.models import Adoption, PackVersion
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.queries.preview import differences_with
from notoneless.policy.refusals import (
    AlreadyAdopted,
    AlreadyEnded,
    BelowFloor,
    CannotAdopt,
    ClosedPeriod,
    NationalHolds,
    OutsidePackPeriod,
    ReasonNeeded,
    SameRuleTwice,
    ValueMisfit,
)
from notoneless.policy.services.adoptions import (
    NewAdoption,
    adopt,
    draft_layer,
    end_adoption,
)
from notoneless.policy.services.packs import write_pack
from notoneless.rules.policy.measures import Operator
from tests.policy.desk import (
    EVE,
    NEXT_MONDAY,
    S1_24,
    S1_29,
    S2_5,
    facts,
    figure,
    rule_at,
    stamp,
    take,
    unit_id,
)
from tests.policy.test_packs import OWN
from tests.world import NOW, TERM_START, TODAY, Village

pytestmark = pytest.mark.req("R-302")

YESTERDAY = TODAY - timedelta(days=1)


def test_a_pack_holds_from_its_day_and_not_the_day_before(county: Village):
    take(county, "shiqiao", S1_29)

    assert rule_at(county, "primary", "school_month_report_day", on=EVE) is None
    assert rule_at(county, "primary", "school_month_report_day").rule.value == 23
    assert rule_at(county, "primary", "school_month_report_day", on=date(2027, 5, 1)) is not None


def test_the_end_of_an_adoption_is_its_first_day_without(county: Village):
    end = date(2027, 1, 4)
    take(county, "shiqiao", S1_29, to_on=end)

    last = end - timedelta(days=1)
    assert rule_at(county, "primary", "school_month_report_day", on=last) is not None
    assert rule_at(county, "primary", "school_month_report_day", on=end) is None


def test_a_pack_reaches_the_places_below_and_no_others(county: Village):
    take(county, "shiqiao", S1_29)

    for inside in ("shiqiao", "primary", "primary-1", "village"):
        assert rule_at(county, inside, "school_month_report_day") is not None
    for outside in ("other", "county", "centre"):
        assert rule_at(county, outside, "school_month_report_day") is None


def test_what_the_bureau_adopts_reaches_schools_townships_and_villages(county: Village):
    take(county, "bureau", S2_5)

    for place in ("bureau", "centre", "primary-1", "shiqiao", "village", "county"):
        assert rule_at(county, place, "report_rule").origin.pack == S2_5


def test_what_the_county_adopts_reaches_the_education_line_too(county: Village):
    take(county, "county", S2_5)

    assert rule_at(county, "centre", "report_rule").origin.pack == S2_5


def test_the_nearer_place_wins_and_says_what_it_overrides(county: Village):
    take(county, "bureau", S2_5)
    take(county, "primary", S1_24)

    found = rule_at(county, "primary", "report_rule")

    assert found.origin.pack == S1_24
    assert [item.origin.pack for item in found.overrode] == [S2_5, "cases/2026"]
    assert rule_at(county, "junior", "report_rule").origin.pack == S2_5


def test_a_place_puts_its_own_value_in_place_of_the_packs(county: Village):
    values = {"school_month_report_day": figure(20, "day_of_month", Operator.AT_MOST)}
    take(county, "shiqiao", S1_29, values=values)

    found = rule_at(county, "primary", "school_month_report_day")

    assert (found.rule.value, found.rule.source) == (20, "青禾教〔2026〕9号")


def test_two_packs_with_one_rule_at_one_place_are_refused_by_name(county: Village):
    take(county, "shiqiao", S1_29)

    with pytest.raises(SameRuleTwice) as refused:
        take(county, "shiqiao", S1_24)

    assert "责任书期限" in facts(refused)["rules"].zh
    assert "Term of the contract" in facts(refused)["rules"].en
    assert "三日报告" in facts(refused)["first"].zh
    assert "月报季查" in facts(refused)["second"].zh
    assert Adoption.objects.count() == 1


def test_shared_rules_can_be_left_to_the_other_pack(county: Village):
    take(county, "shiqiao", S1_29)
    with pytest.raises(SameRuleTwice) as refused:
        take(county, "shiqiao", S1_24)

    take(county, "shiqiao", S1_24, without=frozenset(facts(refused)["keys"]))

    assert rule_at(county, "primary", "school_stat_period").origin.pack == S1_29
    assert rule_at(county, "primary", "report_rule").origin.pack == S1_24


def test_rules_that_the_first_pack_left_are_free_for_the_second(county: Village):
    take(county, "primary", S1_24)
    with pytest.raises(SameRuleTwice) as refused:
        take(county, "primary", S1_29)
    shared = frozenset(facts(refused)["keys"])

    take(county, "other", S1_24, without=shared)
    take(county, "other", S1_29)

    assert rule_at(county, "other", "contract_period").origin.pack == S1_29


def test_a_pack_may_end_on_the_day_another_begins(county: Village):
    change = date(2027, 3, 1)
    take(county, "shiqiao", S1_24, from_on=change)

    take(county, "shiqiao", S1_29, to_on=change)

    assert rule_at(county, "primary", "contract_period").origin.pack == S1_29


def test_packs_that_share_rules_may_follow_each_other(county: Village):
    change = date(2027, 3, 1)
    take(county, "shiqiao", S1_29, to_on=change)
    take(county, "shiqiao", S1_24, from_on=change)

    with pytest.raises(SameRuleTwice):
        take(county, "shiqiao", S1_24, from_on=change - timedelta(days=1), to_on=change)
    assert rule_at(county, "primary", "contract_period", on=change).origin.pack == S1_24


def test_a_teaching_point_cannot_contradict_its_own_main_school(county: Village):
    from notoneless.places.services.units import NewUnit
    from notoneless.rules.units import UnitKind

    point = NewUnit(UnitKind.TEACHING_POINT, "云顶教学点", stage="primary")
    county.found("point", point, g="shiqiao", e="primary")
    take(county, "primary", S1_29)

    with pytest.raises(SameRuleTwice):
        take(county, "point", S1_24)
    take(county, "junior", S1_24)


def test_a_later_version_of_the_same_system_ends_the_earlier_one(county: Village):
    second = OWN.replace("QH/2026", "QH/2027").replace("value = 20", "value = 15")
    for text in (OWN, second):
        write_pack(text, name="own.toml", stamp=stamp(county))
    take(county, "shiqiao", "QH/2026")
    change = NEXT_MONDAY + timedelta(days=7)
    take(county, "shiqiao", "QH/2027", from_on=change)

    def value(on: date):
        return rule_at(county, "primary", "school_month_report_day", on=on).rule.value

    assert [value(change - timedelta(days=1)), value(change)] == [20, 15]


def test_sending_the_form_twice_adopts_once(county: Village):
    new = NewAdoption(unit_id(county, "shiqiao"), S1_29, NEXT_MONDAY)

    first = adopt(new, today=TODAY, stamp=stamp(county))
    second = adopt(new, today=TODAY, stamp=stamp(county))

    assert first == second
    assert Entry.objects.filter(kind="policy.adopted").count() == 1


def test_the_second_of_two_people_adopting_at_once_is_told(county: Village):
    take(county, "shiqiao", S1_29)

    with pytest.raises(AlreadyAdopted):
        adopt(
            NewAdoption(unit_id(county, "shiqiao"), S1_29, NEXT_MONDAY),
            today=TODAY,
            stamp=stamp(county, "fang"),
        )


def test_an_adoption_is_in_the_journal_with_the_text_of_its_pack(county: Village):
    adoption = take(county, "shiqiao", S1_29, values={"contract_period": figure("year")})

    kinds = list(
        Entry.objects.filter(kind__startswith="policy.")
        .order_by("id")
        .values_list("kind", "row_id")
    )
    pack = PackVersion.objects.get(pack_id=S1_29)
    assert kinds[0] == ("policy.pack_taken", pack.pk)
    assert kinds[1] == ("policy.adopted", adoption.pk)
    assert kinds[2][0] == "policy.value_set"
    assert adoption.adopted_by_id == county.people["lu"].pk


@pytest.mark.req("R-303")
def test_nobody_adopts_for_days_gone_by(county: Village):
    earlier = NOW - timedelta(days=40)
    take(county, "bureau", S2_5)
    with pytest.raises(ReasonNeeded):
        take(county, "shiqiao", S1_29, from_on=YESTERDAY)
    adopt(
        NewAdoption(unit_id(county, "other"), S1_24, TODAY),
        today=TODAY,
        stamp=stamp(county, now=earlier),
    )

    with pytest.raises(ClosedPeriod):
        take(county, "shiqiao", S1_29, from_on=YESTERDAY, reason="补录")
    assert take(county, "shiqiao", S1_29, from_on=TODAY)


@pytest.mark.req("R-303")
def test_while_a_county_is_set_up_policy_may_begin_earlier_with_a_reason(county: Village):
    take(county, "shiqiao", S1_29, from_on=TERM_START, reason="县里首次设置，方案自开学起执行")

    assert rule_at(county, "primary", "school_month_report_day", on=TERM_START) is not None
    eve = TERM_START - timedelta(days=1)
    assert rule_at(county, "primary", "school_month_report_day", on=eve) is None


@pytest.mark.req("R-303")
def test_a_pack_is_not_adopted_outside_its_own_period(county: Village):
    with pytest.raises(OutsidePackPeriod):
        take(county, "shiqiao", S1_29, from_on=TERM_START - timedelta(days=1), reason="补录")


@pytest.mark.parametrize("place", ["village", "primary-1", "primary-grade"])
def test_villages_and_classes_have_no_policy_of_their_own(county: Village, place: str):
    with pytest.raises(CannotAdopt):
        take(county, place, S1_29)


def test_nobody_adopts_the_law(county: Village):
    with pytest.raises(NationalHolds):
        take(county, "shiqiao", "national/2026")


def test_another_countys_unit_does_not_exist(county: Village):
    foreign = replace(stamp(county), county_id=county.units["shiqiao"].pk)

    with pytest.raises(Unit.DoesNotExist):
        adopt(
            NewAdoption(unit_id(county, "shiqiao"), S1_29, NEXT_MONDAY),
            today=TODAY,
            stamp=foreign,
        )


def test_a_pack_laxer_than_the_law_is_refused_with_the_article(county: Village):
    with pytest.raises(BelowFloor) as refused:
        take(county, "shiqiao", S1_29, values={"school_stat_period": figure("term")})

    assert "常态化报告" in facts(refused)["article"]
    assert "学校" in facts(refused)["rule"].zh


def test_a_value_that_does_not_fit_is_refused_by_the_rules_name(county: Village):
    values = {"school_month_report_day": figure(32, "day_of_month", Operator.AT_MOST)}

    with pytest.raises(ValueMisfit) as refused:
        take(county, "shiqiao", S1_29, values=values)
    assert "学校月报日" in facts(refused)["rules"].zh


def test_a_pack_is_given_up_from_a_day_on(county: Village):
    adoption = take(county, "shiqiao", S1_29)
    gone = NEXT_MONDAY + timedelta(days=3)
    end_adoption(adoption.pk, on=gone, reason="改用新方案", today=TODAY, stamp=stamp(county))

    assert rule_at(county, "primary", "contract_signers", on=gone - timedelta(days=1)) is not None
    assert rule_at(county, "primary", "contract_signers", on=gone) is None
    with pytest.raises(AlreadyEnded):
        end_adoption(adoption.pk, on=gone, reason="再一次", today=TODAY, stamp=stamp(county))


@pytest.mark.req("R-303")
def test_a_pack_is_not_given_up_for_days_gone_by(county: Village):
    take(county, "shiqiao", S1_29, from_on=TERM_START, reason="首次设置")
    adoption = Adoption.objects.get()
    later = stamp(county, now=NOW + timedelta(days=60))

    with pytest.raises(ClosedPeriod):
        end_adoption(
            adoption.pk,
            on=YESTERDAY,
            reason="不用了",
            today=TODAY + timedelta(days=60),
            stamp=later,
        )


def test_a_cancelled_adoption_neither_holds_nor_ends_the_one_before(county: Village):
    write_pack(OWN, name="own.toml", stamp=stamp(county))
    second = OWN.replace("QH/2026", "QH/2027").replace("value = 20", "value = 15")
    write_pack(second, name="own.toml", stamp=stamp(county))
    take(county, "shiqiao", "QH/2026")
    change = NEXT_MONDAY + timedelta(days=7)
    next_one = take(county, "shiqiao", "QH/2027", from_on=change)

    end_adoption(next_one.pk, on=change, reason="取消", today=TODAY, stamp=stamp(county))

    assert rule_at(county, "primary", "school_month_report_day", on=change).rule.value == 20
    take(county, "shiqiao", "QH/2027", from_on=change)
    assert rule_at(county, "primary", "school_month_report_day", on=change).rule.value == 15


def test_a_trial_shows_the_differences_and_writes_nothing(county: Village):
    take(county, "bureau", S2_5)
    new = NewAdoption(unit_id(county, "primary"), S1_24, NEXT_MONDAY)
    layer, _ = draft_layer(new, stamp=stamp(county))

    changes: dict[str, Any] = {
        change.key: change
        for change in differences_with(layer, unit_id=new.unit_id, on=NEXT_MONDAY)
    }

    assert changes["report_rule"].before.origin.pack == S2_5
    assert changes["report_rule"].after.origin.pack == S1_24
    assert changes["absence_days_report"].before is None
    assert "entry_age_years" not in changes
    assert Adoption.objects.count() == 1
    assert policy_for(new.unit_id, on=NEXT_MONDAY).rules["report_rule"].origin.pack == S2_5
