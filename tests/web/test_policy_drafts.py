"""Packs in the browser: out, in, changed as drafts, confirmed by a second person."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.journal.models import Entry
from notoneless.journal.services import Stamp
from notoneless.policy.models import PackDraft, PackProposal, PackVersion, ProposalAct
from notoneless.policy.models.drafts import ProposalVerdict
from notoneless.policy.refusals import ClosedPeriod
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.policy.services.proposals import decide_version
from notoneless.rules.policy import reading
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.policy.writing import edited, is_same
from notoneless.web.policy.faults import CODES
from tests.policy.desk import (
    NEXT_MONDAY,
    S1_24,
    S1_29,
    give_packs,
    rule_at,
    stamp,
    take,
    unit_id,
)
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.req("R-302", "R-303")
KEY = "absence_days_investigate"
LONGER = {
    KEY: "3",
    f"{KEY}__unit": "school_days",
    f"{KEY}__operator": ">=",
    "source": "青禾教〔2026〕9号",
    "note_zh": "",
    "note_en": "",
}


@pytest.fixture
def county(village: Village) -> Village:
    give_packs(village)
    return village


def text_of(pack_id: str) -> str:
    return PackVersion.objects.get(pack_id=pack_id).toml


def begin(browser, pack: str = S1_29) -> str:
    answer = browser.post(f"/policy/drafts/new/{pack}/", {"id": uuid7()})
    assert answer.status_code == 302
    return str(answer["Location"])


def change(browser, draft: str, *, number=1, **more):
    return browser.post(f"{draft}rules/{KEY}/", {"number": number, **LONGER, **more})


def propose(browser, draft: str, *, number: int = 2, **more):
    data = {"id": uuid7(), "number": number, "from_on": NEXT_MONDAY, "reason": "两日太急"}
    return browser.post(f"{draft}propose/", {**data, **more})


def proposed(browser) -> str:
    draft = begin(browser)
    change(browser, draft)
    return str(propose(browser, draft)["Location"])


def decide(browser, address: str, verdict: str = "confirmed", reason: str = ""):
    return browser.post(address, {"verdict": verdict, "reason": reason})


def own_versions() -> list[PackVersion]:
    return list(PackVersion.objects.exclude(county=None))


@pytest.mark.parametrize("pack_id", sorted(shipped_packs()))
def test_every_pack_is_downloaded_word_for_word_and_reads_back(county, signed_in, pack_id):
    answer = signed_in("qin").get(f"/policy/toml/{pack_id}/")

    text = answer.content.decode()
    assert text == text_of(pack_id)
    assert is_same(read_pack(text, "again.toml"), shipped_packs()[pack_id])
    assert ".toml" in answer["Content-Disposition"]


def test_a_text_without_a_fault_becomes_a_draft_with_its_differences(county, signed_in):
    text = edited(text_of(S1_29), heading={"id": "S1-29/qinghe", "effective_from": NEXT_MONDAY})
    text = text.replace("value = 23\n", "value = 24\n")
    file = SimpleUploadedFile("pack.toml", b"\xef\xbb\xbf" + text.encode())
    browser = signed_in("lu")

    answer = browser.post("/policy/drafts/import/", {"id": uuid7(), "file": file})

    page = browser.get(answer["Location"]).content.decode()
    assert "改动 1 条" in page
    assert "学校月报日" in page
    assert PackDraft.objects.get().toml == text
    assert own_versions() == []


def test_all_faults_stand_on_the_page_and_the_text_stays_in_its_box(county, signed_in):
    text = text_of(S1_29).replace('unit = "day_of_month"', 'unit = "day"', 1)
    text = text.replace("[rules.class_stat_period]", "[rules.class_stat_perod]")

    answer = signed_in("lu").post("/policy/drafts/import/", {"id": uuid7(), "text": text})

    html = answer.content.decode()
    lines = text.split("\n")
    assert answer.status_code == 422
    for needle, words in (
        ('unit = "day"', "没有这个单位"),
        ("[rules.class_stat_perod]", "没有这条规则"),
        ('id = "S1-29/2026"', "这个编号已有另一个版本在用"),
        ("effective_from = 2026-09-01", "同一方案同一天只能有一个版本"),
    ):
        number = next(n for n, line in enumerate(lines, 1) if line == needle)
        assert f'data-label="行">{number}<' in html
        assert words in html
    assert "visit_too_late" in html  # the good parts are in the box still
    assert not PackDraft.objects.exists()


@pytest.mark.req("R-303")
def test_a_text_below_the_law_names_article_and_direction(county, signed_in):
    text = edited(text_of(S1_29), heading={"id": "S1-29/x", "effective_from": NEXT_MONDAY}) + (
        '\n[rules.demand_before_enforcement]\nvalue = 5\nunit = "working_days"\n'
        'operator = ">="\nsource = "青禾教〔2026〕9号"\n'
    )

    answer = signed_in("lu").post("/policy/drafts/import/", {"id": uuid7(), "text": text})

    html = answer.content.decode()
    assert "行政强制法" in html
    assert "不得少于" in html
    assert not PackDraft.objects.exists()


def test_every_code_of_a_fault_has_its_sentence():
    folder = Path(reading.__file__).parent
    text = "".join(f.read_text() for f in (folder / "reading.py", folder / "rulecheck.py"))
    codes = set(re.findall(r'yield (?:name|""|"\w+"), f?"([a-z_{}]+)"', text))
    assert codes - {"{name}_without_number"} <= CODES


def test_a_draft_is_changed_proposed_and_confirmed_by_somebody_else(county, signed_in):
    lu, fang = signed_in("lu"), signed_in("fang")
    draft = begin(lu)
    assert change(lu, draft).status_code == 302
    html = lu.get(draft).content.decode()
    assert "改动 1 条" in html

    address = str(propose(lu, draft)["Location"])

    assert not PackDraft.objects.exists()
    assert own_versions() == []
    assert "等同级或上级的另一位负责人确认" in lu.get(address).content.decode()
    assert "确认或退回" in fang.get(address).content.decode()
    assert decide(fang, address).status_code == 302
    [version] = own_versions()
    assert (version.pack_id, version.effective_from) == ("S1-29/2026-11-23-539901", NEXT_MONDAY)
    assert read_pack(version.toml, "v").rules[KEY].value == 3
    history = fang.get("/policy/versions/S1-29/").content.decode()
    for words in ("两日太急", "陆晓禾", "方远山", "与上一版比较"):
        assert words in history
    take(county, "bureau", version.pack_id)
    assert rule_at(county, "primary", KEY).rule.value == 3


def test_proposal_and_version_are_in_the_journal(county, signed_in):
    address = proposed(signed_in("lu"))
    decide(signed_in("fang"), address)

    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"policy.version_proposed", "policy.version_confirmed", "policy.pack_taken"} <= kinds


def test_nobody_confirms_his_own(county, signed_in):
    browser = signed_in("lu")
    address = proposed(browser)

    answer = decide(browser, address)

    assert answer.status_code == 409
    assert "POLICY-14" in answer.content.decode()
    assert own_versions() == []


def test_a_proposal_is_returned_with_a_reason_only_and_makes_no_version(county, signed_in):
    address, fang = proposed(signed_in("lu")), signed_in("fang")

    assert decide(fang, address, "returned").status_code == 422
    assert decide(fang, address, "returned", "请附会议纪要").status_code == 302

    assert "请附会议纪要" in signed_in("lu").get(address).content.decode()
    assert own_versions() == []
    assert decide(fang, address).status_code == 409


def test_confirming_twice_makes_one_version(county, signed_in):
    address, fang = proposed(signed_in("lu")), signed_in("fang")

    assert decide(fang, address).status_code == decide(fang, address).status_code == 302

    assert len(own_versions()) == 1
    assert ProposalAct.objects.count() == 1


def test_whoever_proposed_takes_it_back_and_nobody_else(county, signed_in):
    lu = signed_in("lu")
    address = proposed(lu)

    assert signed_in("fang").post(address, {"withdraw": "1"}).status_code == 409
    assert lu.post(address, {"withdraw": "1"}).status_code == 302
    assert decide(signed_in("fang"), address).status_code == 409
    assert own_versions() == []


def test_of_two_who_change_the_same_system_the_second_begins_anew(county, signed_in):
    lu, fang = signed_in("lu"), signed_in("fang")
    first, second = proposed(lu), begin(fang)
    change(fang, second)
    later = NEXT_MONDAY + timedelta(days=7)
    other = str(propose(fang, second, from_on=later)["Location"])
    assert decide(fang, first).status_code == 302

    answer = decide(lu, other)

    assert answer.status_code == 409
    assert "POLICY-19" in answer.content.decode()
    assert len(own_versions()) == 1


def test_a_second_window_does_not_undo_the_first(county, signed_in):
    browser = signed_in("lu")
    draft = begin(browser)
    change(browser, draft)

    answer = change(browser, draft, number=1, **{KEY: "4"})

    assert answer.status_code == 409
    assert "POLICY-21" in answer.content.decode()
    assert read_pack(PackDraft.objects.get().toml, "d").rules[KEY].value == 3


def test_a_page_of_the_draft_opened_before_the_last_change_does_not_propose(county, signed_in):
    browser = signed_in("lu")
    draft = begin(browser)
    change(browser, draft)

    assert propose(browser, draft, number=1).status_code == 409
    assert not PackProposal.objects.exists()


def test_sending_a_proposal_twice_proposes_once(county, signed_in):
    browser, key = signed_in("lu"), uuid7()
    draft = begin(browser)
    change(browser, draft)

    first = propose(browser, draft, id=key)
    second = propose(browser, draft, id=key)

    assert first["Location"] == second["Location"]
    assert PackProposal.objects.count() == 1


def test_a_school_year_that_is_over_keeps_its_rules(county, signed_in):
    browser = signed_in("lu")
    draft = begin(browser)
    change(browser, draft)

    answer = propose(browser, draft, from_on=TODAY - timedelta(days=200))

    assert answer.status_code == 409
    assert "POLICY-03" in answer.content.decode()


def test_days_gone_by_keep_their_rules_once_a_county_is_set_up(county, signed_in):
    set_up = NOW - timedelta(days=31)
    new = NewAdoption(unit_id=unit_id(county, "bureau"), pack_id=S1_24, from_on=TODAY)
    adopt(new, today=TODAY, stamp=stamp(county, now=set_up))
    browser = signed_in("lu")
    draft = begin(browser)
    change(browser, draft)

    assert propose(browser, draft, from_on=TODAY - timedelta(days=1)).status_code == 409
    assert propose(browser, draft, from_on=TODAY).status_code == 302


def test_a_day_that_passes_before_the_confirmation_is_refused_then(county, signed_in):
    take(county, "hekou", S1_24)
    lu = signed_in("lu")
    draft = begin(lu)
    change(lu, draft)
    address = str(propose(lu, draft, from_on=TODAY)["Location"])
    row = PackProposal.objects.get()
    late = Stamp(county.county_id, county.people["fang"].pk, NOW + timedelta(days=40))

    with pytest.raises(ClosedPeriod):
        decide_version(
            row.pk,
            ProposalVerdict.CONFIRMED,
            reason="",
            today=TODAY + timedelta(days=40),
            stamp=late,
        )
    assert address.endswith(f"{row.pk}/")
    assert own_versions() == []


def test_a_version_without_a_difference_is_none(county, signed_in):
    browser = signed_in("lu")

    answer = propose(browser, begin(browser), number=1)

    assert answer.status_code == 409
    assert "POLICY-22" in answer.content.decode()


def test_two_versions_of_a_system_never_begin_on_one_day(county, signed_in):
    browser = signed_in("lu")
    decide(signed_in("fang"), proposed(browser))
    draft = begin(browser, own_versions()[0].pack_id)
    change(browser, draft, **{KEY: "5"})

    answer = propose(browser, draft)

    assert answer.status_code == 409
    assert "POLICY-20" in answer.content.decode()


def test_a_rule_is_left_to_be_entered_added_and_taken_out(county, signed_in):
    browser = signed_in("lu")
    draft = begin(browser)
    blank = {"number": 1, "to_be_entered": "on", "source": "待定"}
    assert browser.post(f"{draft}rules/{KEY}/", blank).status_code == 302
    added = browser.post(f"{draft}add/", {"key": "watch_notes"})
    assert added.status_code in (302, 422)
    taken = browser.post(f"{draft}rules/visit_form/", {"number": 2, "take_out": "1"})

    rules = read_pack(PackDraft.objects.get().toml, "d").rules
    assert rules[KEY].to_be_entered
    assert rules[KEY].value is None
    assert taken.status_code in (302, 404)


def test_a_value_below_the_law_is_refused_in_the_form(county, signed_in):
    browser = signed_in("lu")
    draft = begin(browser)
    key = "demand_before_enforcement"
    data = {"number": 1, key: "5", f"{key}__unit": "working_days", f"{key}__operator": ">="}

    answer = browser.post(f"{draft}rules/{key}/", {**data, "source": "青禾教〔2026〕9号"})

    assert answer.status_code == 409
    assert "行政强制法" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {KEY: ""},
        {f"{KEY}__unit": ""},
        {f"{KEY}__operator": ""},
        {"source": ""},
        {"to_be_entered": "on"},
    ],
)
def test_half_a_rule_is_shown_again_as_typed(county, signed_in, wrong):
    browser = signed_in("lu")

    assert change(browser, begin(browser), **wrong).status_code == 422


def test_drafts_are_their_authors_and_packs_only_for_who_manages_policy(county, signed_in):
    draft = begin(signed_in("lu"))

    assert signed_in("fang").get(draft).status_code == 404
    for name in ("qin", "chen"):
        browser = signed_in(name)
        assert browser.get("/policy/drafts/").status_code == 409
        assert browser.post(f"/policy/drafts/new/{S1_29}/", {"id": uuid7()}).status_code == 409
        assert browser.get("/policy/drafts/import/").status_code == 409
    assert signed_in("lu").post("/policy/drafts/new/national/2026/").status_code == 409


def test_the_list_costs_the_same_however_many_proposals(county, signed_in):
    lu, fang = signed_in("lu"), signed_in("fang")
    proposed(lu)
    lu.get("/policy/drafts/")
    with CaptureQueriesContext(connection) as few:
        lu.get("/policy/drafts/")
    for n in range(3):
        draft = begin(fang)
        change(fang, draft, **{KEY: str(4 + n)})
        propose(fang, draft, from_on=NEXT_MONDAY + timedelta(days=n + 1))
        begin(lu)
    with CaptureQueriesContext(connection) as many:
        html = lu.get("/policy/drafts/").content.decode()

    assert html.count("两日太急") == 4
    assert len(many) == len(few) <= 12, (len(few), len(many))
