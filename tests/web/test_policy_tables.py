"""Rules that are small tables: rows are put in, taken out and checked, without script."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from notoneless.policy.models import RuleValue
from tests.policy.desk import NEXT_MONDAY, S2_5, give_packs, rule_at, take

pytestmark = pytest.mark.req("R-302")
KEY = "target_path"


@pytest.fixture
def page(village, signed_in):
    """Asks and sends the page of the county's yearly targets."""
    give_packs(village)
    adoption = take(village, "county", S2_5)
    browser = signed_in("lu")
    url = f"/policy/adoptions/{adoption.pk}/rules/{KEY}/"

    def ask(data=None):
        return browser.post(url, data) if data else browser.get(url)

    return ask


def rows(*cells, **more):
    """The form as a browser sends it; each row is (year, stage, rate)."""
    sent = {f"{KEY}__count": len(cells), "from_on": NEXT_MONDAY, "source": "青禾政发〔2026〕3号"}
    for number, row in enumerate(cells):
        for column, cell in zip(("year", "stage", "dropout_pct"), row, strict=True):
            sent[f"{KEY}-{number}-{column}"] = cell
    return {**sent, **more}


def shown(answer):
    """The cells of the table, row by row."""
    table = answer.context["form"][KEY].value()
    return [tuple(str(cell) for cell in row.values()) for row in table]


def errors(answer):
    return answer.context["form"].errors.get(KEY, [])


def test_the_table_of_the_pack_is_there_to_be_changed(page):
    html = page().content.decode()

    assert shown(page())[:2] == [("1", "primary", "0"), ("1", "junior", "0.8")]
    assert 'value="0.8"' in html
    assert re.search(r'<option value="junior"\s+selected>', html)
    assert "没有数值" not in html
    assert html.count("删除第") == 5


def test_a_row_is_added_and_nothing_is_judged_or_lost_meanwhile(page):
    answer = page(rows(("", "junior", "900"), **{f"{KEY}__add": "1", "reason": "试"}))

    assert answer.status_code == 200
    assert shown(answer) == [("", "junior", "900"), ("", "", "")]
    html = answer.content.decode()
    assert "青禾政发〔2026〕3号" in html
    assert html.index("autofocus") > html.index(f'name="{KEY}-1-year"')
    assert not RuleValue.objects.exists()


def test_a_row_is_taken_out(page):
    three = (("1", "junior", "1"), ("2", "junior", "2"), ("3", "junior", "3"))
    answer = page(rows(*three, **{f"{KEY}__remove": "1"}))
    assert shown(answer) == [("1", "junior", "1"), ("3", "junior", "3")]
    assert shown(page(rows(*three, **{f"{KEY}__remove": "x"}))) == list(three)


def test_what_was_typed_is_shown_in_words_before_it_is_kept(page):
    answer = page(rows(("1", "junior", "0.60")))
    assert "第几年 1，学段 初中，辍学率% 0.60" in answer.content.decode()
    assert not RuleValue.objects.exists()


def test_a_table_is_kept_with_exact_numbers_and_without_blank_rows(village, page):
    answer = page(rows(("1", "junior", "0.60"), ("", "", ""), ("2", "primary", "0"), confirm="1"))

    assert answer.status_code == 302
    assert rule_at(village, "county", KEY).rule.value == (
        {"year": 1, "stage": "junior", "dropout_pct": Decimal("0.6")},
        {"year": 2, "stage": "primary", "dropout_pct": 0},
    )
    assert shown(page()) == [("1", "junior", "0.6"), ("2", "primary", "0")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("1", "junior", "100.1"), "第 2 行“辍学率%”"),
        (("1", "junior", "-1"), "第 2 行“辍学率%”"),
        (("1", "junior", ""), "第 2 行“辍学率%”"),
        (("-1", "junior", "1"), "第 2 行“第几年”"),
        (("1.5", "junior", "1"), "第 2 行“第几年”"),
        (("一", "junior", "1"), "第 2 行“第几年”"),
        (("1", "初中", "1"), "第 2 行“学段”"),
        (("1", "", "1"), "第 2 行“学段”"),
    ],
)
def test_each_wrong_cell_is_named_by_row_and_column(page, row, told):
    answer = page(rows(("1", "junior", "100"), row, confirm="1"))

    assert answer.status_code == 422
    [error] = errors(answer)
    assert error.startswith(told)
    marked = re.findall(r"<(?:input|select)[^>]*is-invalid[^>]*>", answer.content.decode())
    assert len(marked) == 1
    assert f'name="{KEY}-1-' in marked[0]
    assert not RuleValue.objects.exists()


def test_a_table_without_rows_is_no_table(page):
    assert errors(page(rows(confirm="1")))
    assert errors(page(rows(("", "", ""), confirm="1")))


def test_a_made_up_number_of_rows_does_no_harm(page):
    for count in ("999999999", "-1", "x", ""):
        answer = page({**rows(("1", "junior", "1")), f"{KEY}__count": count})
        assert answer.status_code in (200, 422)


def test_a_table_takes_no_more_rows_than_a_page_can_show(page):
    full = [("1", "junior", "1")] * 40
    answer = page(rows(*full, **{f"{KEY}__add": "1"}))
    assert len(shown(answer)) == 40
    assert "添加一行" not in answer.content.decode()
