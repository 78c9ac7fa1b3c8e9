"""Two packs set side by side."""

from __future__ import annotations

import re

import pytest

from tests.policy.desk import S1_24, S1_29, give_packs
from tests.world import Village

pytestmark = pytest.mark.req("R-302", "R-303")


@pytest.fixture
def browser(village: Village, signed_in):
    give_packs(village)
    return signed_in("qin")


def compared(browser, left: str, right: str, **more: str) -> str:
    answer = browser.get("/policy/compare/", {"left": left, "right": right, **more})
    assert answer.status_code == 200
    return str(answer.content.decode())


def row(html: str, key: str) -> str:
    found = re.search(rf'<tr id="rule-{key}">.*?</tr>', html, re.DOTALL)
    return found[0] if found else ""


def test_what_only_one_of_them_says_is_told_as_missing_in_the_other(browser):
    html = compared(browser, S1_24, S1_29)
    assert "3个上课日" in row(html, "absence_days_report")
    assert row(html, "absence_days_report").count("没有规定") == 1
    assert "2个上课日" in row(html, "absence_days_investigate")


def test_what_both_say_alike_is_counted_and_listed_only_when_asked(browser):
    same = re.search("相同 (\\d+) 条", compared(browser, S1_24, S1_24))
    assert int(same[1]) > 20
    assert "两个方案的规则完全相同" in compared(browser, S1_24, S1_24)
    assert "3个上课日" in row(compared(browser, S1_24, S1_24, all="on"), "absence_days_report")


def test_other_words_for_the_same_figure_are_no_difference(browser):
    html = compared(browser, "S1-15/2026", "S1-18/2026")
    assert row(html, "days_to_return_before_report") == ""
    assert "乡镇政府" in row(html, "dropout_report_addressees")


def test_an_unknown_pack_is_not_found_and_nothing_chosen_asks(browser):
    answer = browser.get("/policy/compare/", {"left": "S9-9/2026", "right": S1_24})
    assert answer.status_code == 404
    assert "方案甲" in browser.get("/policy/compare/").content.decode()


def test_documents_that_repeat_another_are_listed_with_the_pack_that_carries_them(browser):
    html = browser.get("/policy/packs/").content.decode()
    assert re.search(r"S1-28</span> 执行 S1-24 的方案", html)
