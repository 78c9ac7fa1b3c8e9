"""The pages that show policy."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from notoneless.policy.models import ResolvedPolicy as KeptPolicy
from tests.policy.desk import NEXT_MONDAY, S1_24, S1_29, S2_5, give_packs, take, unit_id
from tests.policy.test_releases import grant, propose
from tests.world import TODAY, Village

pytestmark = pytest.mark.req("R-302")


@pytest.fixture
def county(village: Village) -> Village:
    give_packs(village)
    take(village, "bureau", S2_5, from_on=TODAY)
    take(village, "shiqiao", S1_29, from_on=TODAY)
    return village


def page(browser, address: str, *, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def row(html: str, key: str) -> str:
    found = re.search(rf'<tr[^>]*id="rule-{key}".*?</tr>', html, re.DOTALL)
    assert found, key
    return found[0]


def test_a_principal_reads_the_rules_of_his_school_in_words(county: Village, signed_in):
    html = page(signed_in("qin"), "/policy/")

    told = row(html, "school_month_report_day")
    assert "学校月报日" in told
    assert "每月23日或之前" in told
    assert "石桥乡" in told
    assert "月报季查" in told
    assert "P-S1-29." in told
    assert "不少于2个上课日" in row(html, "absence_days_investigate")


@pytest.mark.req("R-304", "R-308")
def test_rules_that_are_off_say_why(county: Village, signed_in):
    html = page(signed_in("qin"), "/policy/")

    for key, why in (("contract_period", "填写后才生效"), ("veto_scope", "法律依据")):
        assert "rule-off" in row(html, key)
        assert why in row(html, key)
    assert "rule-off" not in row(html, "school_month_report_day")


def test_what_a_rule_overrides_and_its_floor_stand_beside_it(county: Village, signed_in):
    take(county, "primary", S1_24, from_on=TODAY)

    html = page(signed_in("qin"), "/policy/")

    assert "青禾县教育体育局" in row(html, "report_rule")
    assert "替代了 2 处规定" in row(html, "report_rule")
    assert "法定底线" in row(html, "school_stat_period")
    assert "常态化报告" in row(html, "school_stat_period")


@pytest.mark.req("R-308")
def test_a_released_rule_shows_its_legal_basis(county: Village, signed_in):
    grant(county, propose(county))

    html = page(signed_in("qin"), f"/policy/?on={NEXT_MONDAY}")

    assert "青禾政规〔2026〕3号" in row(html, "veto_scope")
    assert "rule-off" not in row(html, "veto_scope")


def test_the_day_decides_what_is_shown(county: Village, signed_in):
    browser = signed_in("qin")
    eve = TODAY - timedelta(days=1)

    assert "rule-contract_signers" in page(browser, f"/policy/?on={TODAY}")
    assert "rule-contract_signers" not in page(browser, f"/policy/?on={eve}")


def test_a_list_can_be_narrowed_to_what_is_open(county: Village, signed_in):
    browser = signed_in("qin")

    blank = page(browser, "/policy/?show=blank")
    assert "rule-contract_period" in blank
    assert "rule-veto_scope" not in blank
    off = page(browser, "/policy/?show=off")
    assert "rule-veto_scope" in off
    assert "rule-contract_period" not in off
    assert "rule-veto_scope" not in page(browser, "/policy/?show=on")


def test_only_places_in_reach_can_be_chosen(county: Village, signed_in):
    browser = signed_in("qin")
    other, own = unit_id(county, "other"), unit_id(county, "primary")

    page(browser, f"/policy/?place={other}", status=404)
    page(browser, "/policy/?place=rubbish", status=404)
    page(browser, f"/policy/?place={own}")
    assert "河口镇中心小学" in page(signed_in("lu"), f"/policy/?place={other}")


@pytest.mark.parametrize("day", ["gestern", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_said_and_nothing_breaks(county: Village, signed_in, day: str):
    page(signed_in("qin"), f"/policy/?on={day}", status=422)


def test_a_day_before_the_place_stood_is_answered_not_crashed(county: Village, signed_in):
    assert "还没有这个单位" in page(signed_in("qin"), "/policy/?on=2003-01-01", status=422)


def test_the_lasting_link_shows_the_same_rules_and_prints(county: Village, signed_in):
    page(signed_in("qin"), "/policy/")
    digest = KeptPolicy.objects.get().digest

    html = page(signed_in("chen"), f"/policy/at/{digest}/")

    assert "每月23日或之前" in row(html, "school_month_report_day")
    paper = page(signed_in("chen"), f"/policy/at/{digest}/?paper=1")
    assert "每月23日或之前" in paper
    assert digest in paper
    page(signed_in("chen"), f"/policy/at/{'0' * 64}/", status=404)


def test_the_rules_print_with_place_and_day(county: Village, signed_in):
    paper = page(signed_in("qin"), "/policy/?paper=1")

    assert "石桥乡中心小学" in paper
    assert "2026年11月20日" in paper


def test_every_pack_is_listed_and_opens_with_its_ids(county: Village, signed_in):
    browser = signed_in("chen")
    html = page(browser, "/policy/packs/")

    for pack in ("national/2026", S1_24, S1_29, S2_5):
        assert f"/policy/packs/{pack}/" in html
        page(browser, f"/policy/packs/{pack}/")
    assert "P-S1-24.06" in page(browser, f"/policy/packs/{S1_24}/")
    assert "法定底线" in page(browser, "/policy/packs/national/2026/")
    page(browser, "/policy/packs/S9-9/2026/", status=404)


def test_labels_and_values_follow_the_readers_language(county: Village, signed_in):
    browser = signed_in("lu")
    browser.cookies["django_language"] = "en"

    told = row(page(browser, f"/policy/packs/{S1_24}/"), "absence_days_report")

    assert "at least 3 school days" in told
    assert "Unexplained absence to be reported to the school" in told
    assert "S1-24, part 1 item 3" in told


def test_a_role_without_policy_is_refused_in_words(county: Village, signed_in):
    from notoneless.places.services.units import NewUnit
    from notoneless.rules.roles import Role
    from notoneless.rules.units import UnitKind

    county.found("police", NewUnit(UnitKind.DEPARTMENT, "青禾县公安局"), g="county")
    county.employ("gong", "龚平", Role.DEPARTMENT_LIAISON, "police")

    assert "ACCESS-01" in page(signed_in("gong"), "/policy/", status=409)


def test_the_page_costs_as_many_statements_for_many_rules_as_for_few(
    county: Village, signed_in, django_assert_max_num_queries
):
    browser = signed_in("qin")
    browser.get("/policy/")
    take(county, "primary", S1_24, from_on=TODAY)

    with django_assert_max_num_queries(26):
        browser.get("/policy/")
    with django_assert_max_num_queries(19):  # while nothing changes
        browser.get("/policy/")


def test_a_county_reads_its_rules_without_reading_its_classes(
    county: Village, signed_in, django_assert_max_num_queries
):
    clerk = signed_in("lu")
    html = page(clerk, "/policy/")
    assert "石桥乡中心小学" in html
    assert str(unit_id(county, "primary-1")) not in html
    with django_assert_max_num_queries(19):
        page(clerk, "/policy/")
