"""The pages that change policy."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.policy.models import Adoption, Release, ReleaseAct, RuleValue
from tests.policy.desk import NEXT_MONDAY, S1_24, S1_29, give_packs, rule_at, take, unit_id
from tests.policy.test_releases import KEY, propose
from tests.world import TODAY, Village

pytestmark = pytest.mark.req("R-302")
WEEK = {
    "return_notice_deadline_days": "7",
    "return_notice_deadline_days__unit": "calendar_days",
    "source": "青禾教〔2026〕9号",
}


@pytest.fixture
def county(village: Village) -> Village:
    give_packs(village)
    return village


def address(v: Village, at: str = "shiqiao", pack: str = S1_29) -> str:
    return f"/policy/adopt/{unit_id(v, at)}/{pack}/"


def form(**more: object) -> dict[str, object]:
    return {"id": uuid7(), "from_on": NEXT_MONDAY, **more}


def test_picking_a_place_and_a_pack_leads_to_the_adoption(county: Village, signed_in):
    browser, place = signed_in("lu"), unit_id(county, "shiqiao")

    answer = browser.get("/policy/adopt/", {"place": place, "pack": S1_29})

    assert answer["Location"] == address(county)
    assert browser.get("/policy/adopt/").status_code == 200
    assert browser.get("/policy/adopt/", {"place": "x", "pack": "y"}).status_code == 422


def test_adopting_shows_first_what_would_change(county: Village, signed_in):
    answer = signed_in("lu").post(address(county), form())

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "采用后会改变什么" in html
    assert "学校月报日" in html
    assert "没有规定" in html
    assert "责任书期限" in html
    assert not Adoption.objects.exists()


def test_a_confirmed_adoption_is_made_once_however_often_it_is_sent(county: Village, signed_in):
    browser, data = signed_in("lu"), form(confirm="1")

    first = browser.post(address(county), data)
    second = browser.post(address(county), data)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Adoption.objects.count() == 1
    assert "执行" in browser.get(first["Location"]).content.decode()


@pytest.mark.req("R-304")
def test_blanks_are_asked_for_and_entered_with_the_adoption(county: Village, signed_in):
    browser = signed_in("lu")
    html = browser.get(address(county, "primary", S1_24)).content.decode()
    assert 'name="return_notice_deadline_days"' in html

    browser.post(address(county, "primary", S1_24), form(confirm="1", **WEEK))

    found = rule_at(county, "primary", "return_notice_deadline_days")
    assert (found.rule.value, found.rule.unit) == (7, "calendar_days")


@pytest.mark.req("R-304")
def test_a_value_needs_its_paper(county: Village, signed_in):
    answer = signed_in("lu").post(
        address(county, "primary", S1_24), form(confirm="1", **{**WEEK, "source": ""})
    )

    assert answer.status_code == 422
    assert "请写明依据" in answer.content.decode()
    assert not Adoption.objects.exists()


def test_a_clash_is_refused_and_the_shared_rules_can_be_left(county: Village, signed_in):
    take(county, "shiqiao", S1_29)
    browser, data = signed_in("lu"), form(confirm="1")

    answer = browser.post(address(county, pack=S1_24), data)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "POLICY-08" in html
    assert "三日报告" in html
    assert "月报季查" in html
    shared = re.findall(r'name="without" value="(\w+)"', html)
    assert "contract_period" in shared
    done = browser.post(address(county, pack=S1_24), {**data, "without": shared})
    assert done.status_code == 302
    assert Adoption.objects.count() == 2


@pytest.mark.req("R-303")
def test_a_past_day_without_reason_is_refused_in_words(county: Village, signed_in):
    past = form(confirm="1") | {"from_on": TODAY - timedelta(days=1)}

    answer = signed_in("lu").post(address(county), past)

    assert answer.status_code == 409
    assert "请写明理由" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("from_on", ""), ("from_on", "soon"), ("id", "x"), ("to_on", str(NEXT_MONDAY))],
)
def test_a_bad_form_is_said_and_keeps_what_was_typed(
    county: Village, signed_in, field: str, value: str
):
    answer = signed_in("lu").post(address(county), form(reason="记着我") | {field: value})

    assert answer.status_code == 422
    assert "记着我" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("qin", 409), ("xiang", 409), ("tan", 409)])
def test_who_manages_no_policy_cannot_adopt(county: Village, signed_in, who: str, status: int):
    browser = signed_in(who)

    assert browser.get("/policy/adopt/").status_code == status
    assert browser.get(address(county)).status_code == status
    assert browser.post(address(county), form(confirm="1")).status_code == status
    assert not Adoption.objects.exists()


def test_a_village_or_an_unknown_pack_is_not_there(county: Village, signed_in):
    browser = signed_in("lu")

    assert browser.get(address(county, "village")).status_code == 404
    assert browser.get(address(county, pack="S9-9/2026")).status_code == 404


def test_the_history_of_a_place_lists_its_packs(county: Village, signed_in):
    adoption = take(county, "shiqiao", S1_29, reason="乡里会议决定")
    where = f"/policy/places/{unit_id(county, 'shiqiao')}/"

    html = signed_in("xiang").get(where).content.decode()

    assert str(adoption.pk) in html
    assert "乡里会议决定" in html
    assert "陆晓禾" in html
    assert signed_in("tan").get(where).status_code == 404


@pytest.mark.req("R-306")
def test_a_changed_clock_shows_what_each_kind_of_day_does(county: Village, signed_in):
    adoption = take(county, "primary", S1_24)
    where = f"/policy/adoptions/{adoption.pk}/rules/absence_days_report/"
    browser = signed_in("lu")
    typed = {
        "absence_days_report": "5",
        "absence_days_report__unit": "calendar_days",
        "from_on": NEXT_MONDAY,
        "source": "县办法第3条",
    }

    html = browser.post(where, typed).content.decode()

    assert "不少于5个自然日" in html
    assert "2026年11月28日" in html
    assert not RuleValue.objects.exists()
    assert browser.post(where, {**typed, "confirm": "1"}).status_code == 302
    assert browser.post(where, {**typed, "confirm": "1"}).status_code == 302
    assert rule_at(county, "primary", "absence_days_report").rule.unit == "calendar_days"
    assert RuleValue.objects.count() == 1


def test_an_own_value_is_taken_back(county: Village, signed_in):
    adoption = take(county, "primary", S1_29)
    where = f"/policy/adoptions/{adoption.pk}/rules/school_month_report_day/"
    browser = signed_in("lu")
    typed = {"school_month_report_day": "20", "from_on": NEXT_MONDAY, "source": "办法"}
    browser.post(where, {**typed, "confirm": "1"})
    assert rule_at(county, "primary", "school_month_report_day").rule.value == 20

    later = NEXT_MONDAY + timedelta(days=7)
    assert browser.post(where + "back/", {"from_on": "x"}).status_code == 422
    assert browser.post(where + "back/", {"from_on": later}).status_code == 302
    assert rule_at(county, "primary", "school_month_report_day", on=later).rule.value == 23


def test_a_value_below_the_floor_is_refused_with_the_article(county: Village, signed_in):
    adoption = take(county, "primary", S1_29)
    where = f"/policy/adoptions/{adoption.pk}/rules/school_stat_period/"
    typed = {"school_stat_period": "term", "from_on": NEXT_MONDAY, "source": "办法"}

    answer = signed_in("lu").post(where, {**typed, "confirm": "1"})

    assert answer.status_code == 409
    assert "常态化报告" in answer.content.decode()
    assert "POLICY-09" in answer.content.decode()


def test_values_of_other_places_and_unknown_rules_are_not_there(county: Village, signed_in):
    adoption = take(county, "primary", S1_29)
    where = f"/policy/adoptions/{adoption.pk}/"

    assert signed_in("tan").get(where).status_code == 404
    assert signed_in("qin").get(where).status_code == 200
    assert signed_in("qin").get(where + "rules/contract_period/").status_code == 404
    assert signed_in("lu").get(where + "rules/entry_age_years/").status_code == 404


def test_every_rule_that_a_form_can_hold_opens_and_saves_what_it_shows(county: Village, signed_in):
    browser = signed_in("lu")
    for at, pack in (("primary", S1_24), ("other", S1_29), ("bureau", "S2-5/2026")):
        adoption = take(county, at, pack)
        html = browser.get(f"/policy/adoptions/{adoption.pk}/").content.decode()
        pages = re.findall(r'href="(/policy/adoptions/[^"]+/rules/\w+/)"', html)
        assert len(pages) > 15
        for where in pages:
            assert browser.get(where).status_code == 200, where
            assert browser.post(where, {}).status_code == 422, where


def test_a_pack_is_given_up_from_its_page(county: Village, signed_in):
    adoption = take(county, "shiqiao", S1_29)
    where = f"/policy/adoptions/{adoption.pk}/end/"
    browser = signed_in("lu")

    assert browser.post(where, {"on": NEXT_MONDAY, "reason": ""}).status_code == 422
    assert signed_in("xiang").post(where, {"on": NEXT_MONDAY, "reason": "换"}).status_code == 409
    assert browser.post(where, {"on": NEXT_MONDAY, "reason": "换"}).status_code == 302
    assert browser.post(where, {"on": NEXT_MONDAY, "reason": "换"}).status_code == 409
    assert rule_at(county, "primary", "contract_signers") is None


@pytest.mark.req("R-308")
def test_a_sanction_is_asked_for_by_one_and_granted_by_another(county: Village, signed_in):
    take(county, "shiqiao", S1_29, from_on=TODAY)
    clerk, head = signed_in("lu"), signed_in("fang")
    place = unit_id(county, "shiqiao")
    assert "附法律依据" in clerk.get(f"/policy/releases/?place={place}").content.decode()
    paper = {
        "instrument_name": "青禾县控辍保学奖惩办法",
        "instrument_number": "青禾政规〔2026〕3号",
        "instrument_issued_on": TODAY,
        "from_on": TODAY,
    }
    where = f"/policy/places/{place}/releases/{KEY}/"
    assert clerk.get(where).status_code == 200
    assert clerk.post(where, {**paper, "instrument_number": ""}).status_code == 422

    page = clerk.post(where, paper)["Location"]
    assert clerk.post(where, paper).status_code == 409
    assert clerk.post(page, {"verdict": "grant"}).status_code == 409
    assert not ReleaseAct.objects.exists()
    assert "提交处理结果" in head.get(page).content.decode()
    assert head.post(page, {"verdict": "grant"}).status_code == 302
    assert head.post(page, {"verdict": "grant"}).status_code == 409
    assert rule_at(county, "primary", KEY, on=TODAY).legal_basis

    off = TODAY + timedelta(days=7)
    assert head.post(page + "withdraw/", {"on": off, "reason": "废止"}).status_code == 302
    assert rule_at(county, "primary", KEY, on=off).legal_basis == ""
    assert "已停用" in head.get("/policy/releases/").content.decode()


@pytest.mark.req("R-308")
def test_a_release_elsewhere_is_not_there_and_nobody_below_acts(county: Village, signed_in):
    take(county, "shiqiao", S1_29, from_on=TODAY)
    release: Release = propose(county)
    where = f"/policy/releases/{release.pk}/"

    assert signed_in("tan").get(where).status_code == 404
    assert signed_in("qin").get(where).status_code == 200
    assert signed_in("qin").post(where, {"verdict": "grant"}).status_code == 404
    place = unit_id(county, "shiqiao")
    assert signed_in("xiang").get(f"/policy/places/{place}/releases/{KEY}/").status_code == 404
    assert "提交处理结果" not in signed_in("qin").get(where).content.decode()
