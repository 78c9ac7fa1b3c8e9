"""All mistakes of a text at once, each with its line; and what the law forbids a county."""

from __future__ import annotations

from functools import partial

import pytest

from notoneless.rules.policy.pack import PackError
from notoneless.rules.policy.reading import read_local_pack, read_pack
from notoneless.rules.policy.shipped import national_pack

pytestmark = pytest.mark.req("R-302", "R-304")
HEAD = """id = "T/1"
system = "T"
title_zh = "甲"
title_en = "A"
effective_from = 2026-09-01
"""
SOUND = """[rules.absence_days_investigate]
value = 2
unit = "school_days"
operator = ">="
source = "T, 1"
"""


def faults(text: str, *, local: bool = False) -> list[tuple[int, str, str]]:
    floors = national_pack().floors
    read = partial(read_local_pack, floors=floors) if local else read_pack
    with pytest.raises(PackError) as refused:
        read(text, "t.toml")
    return [(each.line, each.key, each.code) for each in refused.value.faults]


@pytest.mark.parametrize(
    ("line", "written", "named", "code"),
    [
        (8, 'unit = "school_day"', 8, "unit_unknown"),
        (8, "", 6, "unit_missing"),
        (9, 'operator = "=>"', 9, "operator_unknown"),
        (9, "", 6, "operator_missing"),
        (10, "", 6, "source_missing"),
        (10, 'source = "  "', 10, "source_missing"),
        (7, 'value = "two"', 7, "value_misfit"),
        (7, "value = -1", 7, "value_misfit"),
        (7, "", 6, "value_missing"),
        (7, "value = 2\nto_be_entered = true", 7, "value_and_blank"),
        (10, 'source = "T, 1"\nfarbe = "rot"', 11, "field_unknown"),
        (10, 'source = "T, 1"\nfamily = "roll"', 11, "catalogue_decides"),
        (10, 'source = "T, 1"\npid = ["P-S1-29.10"]', 11, "pid_of_other_system"),
        (7, "value = 2 3", 7, "toml"),
        (8, 'unit = "school_days', 8, "toml"),
        (10, 'source = "T, 1"\nsource = "T, 2"', 11, "said_twice"),
    ],
)
def test_one_mistake_is_named_with_its_line_and_nothing_else(line, written, named, code):
    lines = (HEAD + SOUND).split("\n")
    lines[line - 1] = written

    assert faults("\n".join(lines)) == [(named, "absence_days_investigate", code)]


def test_a_key_that_nobody_knows_is_named_at_its_header():
    text = HEAD + SOUND.replace("absence_days_investigate", "no_such_rule")

    assert faults(text) == [(6, "no_such_rule", "key_unknown")]


def test_all_mistakes_are_named_at_once_even_where_the_text_is_no_toml():
    text = (
        HEAD.replace('"A"', '"A')
        + SOUND.replace("school_days", "school_day")
        + '[rules.absence_days_report]\nvalue = 3\nunit = "school_days"\noperator = "=>"\n'
        + '[rules.no_such_rule]\nvalue = 3\nsource = "T, 2"\n'
        + SOUND
    )

    assert faults(text) == [
        (4, "title_en", "toml"),
        (8, "absence_days_investigate", "unit_unknown"),
        (11, "absence_days_report", "source_missing"),
        (14, "absence_days_report", "operator_unknown"),
        (15, "no_such_rule", "key_unknown"),
        (18, "absence_days_investigate", "said_twice"),
    ]


def test_what_a_broken_line_may_have_said_is_not_called_missing():
    text = HEAD + SOUND.replace('source = "T, 1"', 'source = "T, 1')

    assert faults(text) == [(10, "absence_days_investigate", "toml")]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "[rules]\nabsence_days_report = { value = 3, source = '甲' }\n",
        HEAD + "[rules]\nabsence_days_report.value = 3\nabsence_days_report.source = '甲'\n",
        HEAD + "[rules.'absence_days_report']\nvalue = 3\nsource = '甲'\n",
    ],
)
def test_other_ways_of_writing_a_table_have_their_lines_too(text: str):
    found = faults(text)

    assert {code for _, _, code in found} == {"unit_missing", "operator_missing"}
    assert {line for line, _, _ in found} <= {6, 7}


def test_a_list_over_several_lines_and_a_text_in_three_quotes_move_no_line():
    text = HEAD + (
        '[rules.disabled_categories]\nvalue = [\n  "visual", # [rules.fake]\n  "hearing",\n]\n'
        'source = """T,\n[rules.fake]\n1"""\n' + SOUND.replace(">=", "=>")
    )

    assert faults(text) == [(17, "absence_days_investigate", "operator_unknown")]


@pytest.mark.parametrize(
    ("heading", "line", "code"),
    [
        ('id = "U/1"', 1, "id_malformed"),
        ('id = "T/a b"', 1, "id_malformed"),
        ('id = "T/' + "x" * 70 + '"', 1, "too_long"),
        ("effective_from = 2026-09-01\neffective_to = 2026-09-01", 6, "period_empty"),
        ('effective_from = "soon"', 5, "day_missing"),
        ('colour = "red"', 6, "field_unknown"),
    ],
)
def test_the_heading_is_judged_line_by_line(heading: str, line: int, code: str):
    name = heading.split(" ")[0]
    lines = [each for each in HEAD.strip().split("\n") if not each.startswith(f"{name} ")]
    lines.insert({"id": 0, "effective_from": 4, "colour": 5}[name], heading)

    assert (line, code) in [(n, c) for n, _, c in faults("\n".join(lines) + "\n" + SOUND)]


@pytest.mark.req("R-303")
def test_what_breaks_the_law_is_named_with_its_article_and_direction():
    text = HEAD + (
        '[rules.demand_before_enforcement]\nvalue = 9\nunit = "working_days"\noperator = ">="\n'
        'source = "T, 1"\n' + SOUND
    )
    with pytest.raises(PackError) as refused:
        read_local_pack(text, "t.toml", floors=national_pack().floors)

    [fault] = refused.value.faults
    assert (fault.line, fault.key, fault.code) == (7, "demand_before_enforcement", "below_floor")
    assert "行政强制法" in fault.text
    assert "at_least 10 working_days" in fault.text
    at_the_bound = text.replace("value = 9", "value = 10")
    assert read_local_pack(at_the_bound, "t.toml", floors=national_pack().floors).id == "T/1"


def test_the_law_is_judged_beside_other_mistakes_and_not_after_them():
    text = HEAD + (
        '[rules.demand_before_enforcement]\nvalue = 9\nunit = "working_days"\noperator = ">="\n'
        'source = "T, 1"\n' + SOUND.replace(">=", "=>")
    )

    codes = [code for _, _, code in faults(text, local=True)]
    assert codes == ["below_floor", "operator_unknown"]


def test_a_county_writes_neither_law_nor_the_products_own_packs():
    text = HEAD.replace('"T"', '"national"').replace('"T/1"', '"national/2027"') + SOUND
    floor = '[floors.compulsory_years]\nbound = 9\nunit = "years"\ndirection = "must_be"\n'
    law = 'article = "x"\ntext_zh = "x"\ntext_en = "x"\n'

    assert faults(text, local=True) == [(2, "system", "system_reserved")]
    assert faults(HEAD + SOUND + floor + law, local=True) == [(11, "floors", "floors_of_law")]
