"""Every shipped pack: complete, sourced, labelled, within the law."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Kind
from notoneless.rules.policy.parameters import NUMBERS, PARAMETERS
from notoneless.rules.policy.rulecheck import is_figure
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from notoneless.rules.policy.words import has_label
from notoneless.web.policy.words import source_words

EVERY_RULE = [(pack.id, rule) for pack in shipped_packs().values() for rule in pack.rules.values()]


@pytest.mark.req("R-302")
def test_the_packs_of_the_first_issue_are_shipped():
    assert set(shipped_packs()) >= {"national/2026", "S1-24/2026", "S1-29/2026", "S2-5/2026"}


@pytest.mark.req("R-302")
def test_every_rule_has_a_source_and_every_number_a_unit_and_an_operator():
    for pack, rule in EVERY_RULE:
        where = f"{pack} {rule.key}"
        assert rule.source, where
        parameter = PARAMETERS.get(rule.key)
        is_number = parameter.type in NUMBERS if parameter else is_figure(rule.value)
        if is_number and not rule.to_be_entered:
            assert rule.unit, where
            assert rule.operator in set(Operator), where


@pytest.mark.req("R-302")
def test_every_rule_of_a_document_names_its_row_and_every_rule_of_the_law_its_article():
    for pack, rule in EVERY_RULE:
        if pack not in ("signs/2026", "cases/2026"):  # the product's own, which no document names
            assert rule.article if pack == "national/2026" else rule.pid, rule.key
    for floor in national_pack().floors.values():
        assert floor.article


def test_notes_and_own_labels_stand_in_both_languages_and_units_have_labels():
    for _, rule in EVERY_RULE:
        assert bool(rule.note_zh) is bool(rule.note_en), rule.key
        assert rule.kind is Kind.PARAMETER or (rule.label_zh and rule.label_en), rule.key
        assert not rule.unit or has_label("units", rule.unit), rule.unit


@pytest.mark.req("R-303")
def test_every_pack_has_a_first_day():
    for pack in shipped_packs().values():
        assert pack.id == f"{pack.system}/{pack.effective_from.year}"


@pytest.mark.req("R-302")
def test_where_a_rule_stands_in_its_paper_is_said_in_chinese_too():
    with translation.override("zh-hans"):
        for pack, rule in EVERY_RULE:
            if pack.startswith("S"):
                place = source_words(rule.source).partition(" ")[2]
                assert not re.search("[A-Za-z]", place), f"{pack} {rule.source}"
