"""A rule taken apart for a sentence in either language."""

from __future__ import annotations

import pytest

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Rank
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Direction, Kind
from notoneless.rules.policy.resolved import State
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.policy.words import has_label, in_words, label
from tests.rules.policy.stack import days, pack

pytestmark = pytest.mark.req("R-302")


def words(key, language, system="S1-29"):
    return in_words(shipped_packs()[f"{system}/2026"].rules[key], language)


def test_a_clock_in_words():
    told = words("absence_days_investigate", "en")

    assert (told.operator, told.values, told.unit) == ("at least", ("2",), "school days")
    assert words("absence_days_investigate", "zh").unit == "个上课日"


def test_an_exact_setting_has_no_operator_in_words():
    assert words("pupil_award_kinds", "en").operator == ""


def test_a_list_and_a_flag_in_words():
    assert words("return_notice_issuer", "zh").values == ("镇政府",)
    assert words("conversion_rate_kpi", "en").values == ("yes",)
    assert words("veto_scope", "en").values[0] == "school"


def test_a_table_in_words_tells_each_row():
    told = words("target_path", "en", "S2-5")

    assert told.values[1] == "year 1, stage junior, dropout % 0.8"


def test_a_rule_of_the_pack_s_own_brings_its_own_label():
    assert words("pupil_award_kinds", "en").label == "Kinds of pupil award"


def test_what_is_to_be_entered_has_no_values_in_words():
    assert words("contract_period", "en").values == ()


@pytest.mark.parametrize(("fen", "yuan"), [(8000, "80"), (8050, "80.50"), (5, "0.05")])
def test_money_is_kept_in_fen_and_told_in_yuan(fen, yuan):
    key = "reward_class_target_yuan"
    told = in_words(pack(days(key, fen, "fen", "=")).rules[key], "en")

    assert (told.values, told.unit) == ((yuan,), "yuan")


def test_a_place_s_own_word_is_its_own_label():
    assert label("codes", "石桥暖心屋", "en") == "石桥暖心屋"


def test_ranks_lines_kinds_states_operators_and_directions_have_labels():
    names: dict[str, list[str]] = {
        "ranks": [rank.name.lower() for rank in Rank],
        "lines": [line.name.lower() for line in Line],
        "kinds": list(Kind),
        "states": list(State),
        "operators": list(Operator),
        "directions": list(Direction),
    }
    for section, codes in names.items():
        assert all(has_label(section, code) for code in codes), section
