"""A pack written out and read back is the same pack; a changed text keeps its comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Kind, Pack, PackError, Rule
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.policy.writing import edited, is_same, pack_text, rule_text

pytestmark = pytest.mark.req("R-302")
PACKS = sorted(shipped_packs())
WORDS = st.text(
    st.characters(min_codepoint=1, max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=1
).filter(lambda text: bool(text.strip()))


def shipped_text(pack_id: str) -> str:
    name = f"{shipped_packs()[pack_id].system}.toml"
    return resources.files("notoneless").joinpath("policies", name).read_text(encoding="utf-8")


def comments(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("#")]


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_shipped_pack_is_read_back_from_its_own_writing(pack_id: str):
    pack = shipped_packs()[pack_id]

    again = read_pack(pack_text(pack), "again.toml")

    assert again == pack
    assert is_same(again, pack)
    assert list(again.rules) == list(pack.rules)


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_text_without_a_change_stays_word_for_word(pack_id: str):
    text = shipped_text(pack_id)

    assert edited(text) == text.rstrip("\n") + "\n"


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_changed_rule_leaves_every_comment_and_the_order(pack_id: str):
    text, pack = shipped_text(pack_id), shipped_packs()[pack_id]
    key = list(pack.rules)[len(pack.rules) // 2]
    rule = replace(pack.rules[key], source="青禾教〔2026〕9号")

    changed = edited(text, rules={key: rule})

    after = read_pack(changed, "changed.toml")
    assert after.rules[key] == rule
    assert comments(changed) == comments(text)
    assert list(after.rules) == list(pack.rules)
    assert is_same(read_pack(edited(changed, rules={key: pack.rules[key]}), "back"), pack)


def test_rules_and_heading_are_added_changed_and_taken_out():
    text = shipped_text("S1-29/2026")
    new = Rule(
        "absence_days_report",
        4,
        "roll",
        "青禾教〔2026〕9号",
        unit="school_days",
        operator=Operator.AT_LEAST,
    )
    heading: dict[str, str | date | None] = {
        "id": "S1-29/x",
        "effective_from": date(2027, 2, 1),
        "effective_to": None,
    }

    changed = edited(
        text, heading=heading, rules={"absence_days_report": new, "absence_days_investigate": None}
    )

    pack = read_pack(changed, "changed.toml")
    assert (pack.id, pack.effective_from) == ("S1-29/x", date(2027, 2, 1))
    assert pack.rules["absence_days_report"] == new
    assert "absence_days_investigate" not in pack.rules
    assert comments(changed) == comments(text)


def test_a_text_of_another_make_is_written_anew_rather_than_wrongly():
    text = (
        'id = "T/1"\nsystem = "T"\ntitle_zh = "甲"\ntitle_en = "A"\neffective_from = 2026-09-01\n'
        'rules = { daily_attendance_report = { value = true, source = "T, 1" } }\n'
    )
    rule = replace(read_pack(text, "t").rules["daily_attendance_report"], value=False)

    changed = edited(text, rules={rule.key: rule})

    assert read_pack(changed, "t").rules[rule.key].value is False


def test_true_and_one_are_two_things():
    yes = Rule("x", True, "roll", "s", kind=Kind.PROCEDURE, label_zh="甲", label_en="A")
    pack = Pack("T/1", "T", "甲", "A", date(2026, 9, 1), rules={"x": yes})

    assert not is_same(pack, replace(pack, rules={"x": replace(yes, value=1)}))


def test_an_unreadable_text_is_no_ground_for_a_change():
    with pytest.raises(PackError):
        edited("id = ", rules={})


@given(
    note=WORDS,
    figure=st.one_of(
        st.integers(0, 10**9), st.decimals(0, 100, places=4, allow_nan=False, allow_infinity=False)
    ),
    items=st.lists(WORDS, min_size=1, max_size=4, unique=True),
)
def test_whatever_was_typed_comes_back_as_it_was(
    note: str, figure: int | Decimal, items: list[str]
):
    pack = shipped_packs()["S1-24/2026"]
    share = replace(
        pack.rules["disabled_enrolment_target_pct"],
        value=Decimal(figure) if isinstance(figure, Decimal) else figure % 101,
        note_zh=note,
        source=note,
    )
    listed = Rule("left_behind_package_items", tuple(items), "care", note, note_en=note)
    changed = replace(pack, rules={**pack.rules, share.key: share, listed.key: listed})

    assert is_same(read_pack(pack_text(changed), "typed.toml"), changed)
    assert f"[rules.{share.key}]" in rule_text(share)
