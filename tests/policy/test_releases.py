"""Money and sanctions stay off until an instrument is attached and two people agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from notoneless.journal.models import Entry
from notoneless.policy.models import Release
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.refusals import (
    AlreadyDecided,
    AlreadyProposed,
    BelowFloor,
    ClosedPeriod,
    InstrumentFromTheFuture,
    NeverOnPupils,
    NothingToRelease,
    SamePerson,
)
from notoneless.policy.services.packs import write_pack
from notoneless.policy.services.releases import (
    NewRelease,
    decide_release,
    propose_release,
    withdraw_release,
)
from notoneless.policy.services.values import NewValue, set_value
from notoneless.rules.policy.resolved import State
from tests.policy.desk import EVE, NEXT_MONDAY, S1_29, facts, figure, rule_at, stamp, take, unit_id
from tests.policy.test_packs import OWN
from tests.world import TODAY, Village

pytestmark = pytest.mark.req("R-308")
KEY = "veto_scope"


def paper(v: Village, at: str = "shiqiao", key: str = KEY, **changes) -> NewRelease:
    new = NewRelease(
        unit_id=unit_id(v, at),
        key=key,
        instrument_name="青禾县控辍保学奖惩办法",
        instrument_number="青禾政规〔2026〕3号",
        instrument_issued_on=TODAY - timedelta(days=30),
        from_on=NEXT_MONDAY,
    )
    return replace(new, **changes)


def propose(v: Village, *args, **changes) -> Release:
    return propose_release(paper(v, *args, **changes), today=TODAY, stamp=stamp(v, "lu"))


def grant(v: Village, release: Release, *, by: str = "fang", is_granted=True, today=TODAY):
    return decide_release(
        release.pk, is_granted=is_granted, reason="", today=today, stamp=stamp(v, by)
    )


@pytest.fixture
def township(county: Village) -> Village:
    take(county, "shiqiao", S1_29)
    return county


def test_a_sanction_is_off_as_adopted(township: Village):
    policy = policy_for(unit_id(township, "primary"), on=NEXT_MONDAY)

    assert KEY in policy.switched_off
    assert not policy.is_on(KEY)


def test_a_proposal_alone_switches_nothing_on(township: Village):
    propose(township)

    assert rule_at(township, "primary", KEY).state is State.NO_LEGAL_BASIS


def test_a_granted_release_holds_from_its_day_here_and_below(township: Village):
    grant(township, propose(township))

    found = rule_at(township, "primary", KEY)
    assert found.state is State.IN_FORCE
    assert found.legal_basis == "《青禾县控辍保学奖惩办法》(青禾政规〔2026〕3号)"
    assert rule_at(township, "primary", KEY, on=EVE) is None
    assert rule_at(township, "primary", "veto_trigger").state is State.NO_LEGAL_BASIS
    assert list(
        Entry.objects.filter(kind__startswith="policy.release")
        .order_by("id")
        .values_list("kind", flat=True)
    ) == ["policy.release_proposed", "policy.release_granted"]


def test_a_release_granted_late_holds_from_the_day_it_was_granted(township: Village):
    release = propose(township)
    late = NEXT_MONDAY + timedelta(days=4)
    grant(township, release, today=late)

    assert rule_at(township, "primary", KEY, on=late - timedelta(days=1)).state is (
        State.NO_LEGAL_BASIS
    )
    assert rule_at(township, "primary", KEY, on=late).state is State.IN_FORCE


def test_a_release_at_a_school_leaves_the_other_schools_alone(township: Village):
    grant(township, propose(township, "primary"))

    assert rule_at(township, "primary", KEY).state is State.IN_FORCE
    assert rule_at(township, "junior", KEY).state is State.NO_LEGAL_BASIS


def test_whoever_proposed_a_release_does_not_grant_it(township: Village):
    release = propose(township)

    with pytest.raises(SamePerson):
        grant(township, release, by="lu")
    with pytest.raises(SamePerson):
        decide_release(
            release.pk,
            is_granted=True,
            reason="",
            today=TODAY,
            stamp=replace(stamp(township), by=None),
        )
    assert rule_at(township, "primary", KEY).state is State.NO_LEGAL_BASIS


def test_a_refused_release_stays_off_and_may_be_proposed_again(township: Village):
    release = propose(township)
    grant(township, release, is_granted=False)

    assert rule_at(township, "primary", KEY).state is State.NO_LEGAL_BASIS
    with pytest.raises(AlreadyDecided):
        grant(township, release)
    grant(township, propose(township))
    assert rule_at(township, "primary", KEY).state is State.IN_FORCE


def test_the_same_release_is_not_proposed_twice(township: Village):
    propose(township)

    with pytest.raises(AlreadyProposed):
        propose(township)


def test_a_withdrawn_release_ends_on_its_first_day_without(township: Village):
    release = propose(township)
    grant(township, release)
    gone = NEXT_MONDAY + timedelta(days=7)
    withdraw_release(
        release.pk, on=gone, reason="办法废止", today=TODAY, stamp=stamp(township, "fang")
    )

    last = gone - timedelta(days=1)
    assert rule_at(township, "primary", KEY, on=last).state is State.IN_FORCE
    assert rule_at(township, "primary", KEY, on=gone).state is State.NO_LEGAL_BASIS
    with pytest.raises(AlreadyDecided):
        withdraw_release(release.pk, on=gone, reason="", today=TODAY, stamp=stamp(township, "fang"))


@pytest.mark.req("R-303")
def test_a_release_is_never_granted_or_withdrawn_for_days_gone_by(township: Village):
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(ClosedPeriod):
        propose(township, from_on=yesterday)
    release = propose(township)
    grant(township, release)

    with pytest.raises(ClosedPeriod):
        withdraw_release(
            release.pk, on=yesterday, reason="", today=TODAY, stamp=stamp(township, "fang")
        )


def test_an_instrument_dated_tomorrow_is_no_instrument(township: Village):
    with pytest.raises(InstrumentFromTheFuture):
        propose(township, instrument_issued_on=TODAY + timedelta(days=1))
    assert propose(township, instrument_issued_on=TODAY).instrument_issued_on == TODAY


def test_a_rule_without_money_or_sanction_needs_no_release(township: Village):
    with pytest.raises(NothingToRelease):
        propose(township, key="school_month_report_day")
    with pytest.raises(NothingToRelease):
        propose(township, key="reward_class_target_yuan")


def test_another_value_needs_another_release(township: Village):
    from notoneless.policy.models import Adoption

    grant(township, propose(township))
    adoption = Adoption.objects.get()
    later = NEXT_MONDAY + timedelta(days=7)
    set_value(
        NewValue(adoption.pk, KEY, figure(("school",)), later), today=TODAY, stamp=stamp(township)
    )

    assert rule_at(township, "primary", KEY).state is State.IN_FORCE
    assert rule_at(township, "primary", KEY, on=later).state is State.NO_LEGAL_BASIS


@pytest.mark.req("R-302")
def test_a_pack_whose_money_reaches_pupils_is_refused_with_the_article(county: Village):
    text = OWN.replace("[rules.school_month_report_day]", "[rules.money_rule_targets]")
    text = text.replace("value = 20", 'value = ["school", "pupil"]')
    text = text.replace('unit = "day_of_month"\n', "").replace('operator = "<="\n', "")
    write_pack(text, name="own.toml", stamp=stamp(county))

    with pytest.raises(BelowFloor) as refused:
        take(county, "shiqiao", "QH/2026")
    assert "义务教育法" in facts(refused)["article"]


def test_no_instrument_lets_a_rule_reach_pupils(county: Village):
    text = """
id = "QH/2026"
system = "QH"
title_zh = "青禾奖惩"
title_en = "Qinghe rewards"
effective_from = 2026-09-01
[rules.fine_per_absence]
kind = "procedure"
family = "sanctions"
label_zh = "缺课扣罚"
label_en = "Charge for an absence"
needs_legal_basis = true
value = ["pupil"]
source = "青禾政规〔2026〕3号"
"""
    write_pack(text, name="own.toml", stamp=stamp(county))
    take(county, "shiqiao", "QH/2026")

    with pytest.raises(NeverOnPupils):
        propose(county, key="fine_per_absence")
    assert not Release.objects.exists()
