"""A pack that is not complete is refused with file, line and key of every mistake."""

from __future__ import annotations

import pytest

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Kind, PackError
from notoneless.rules.policy.reading import read_pack
from tests.rules.policy.stack import days, pack, pack_text, text

pytestmark = pytest.mark.req("R-302")


def faults_of(rules, **heading):
    with pytest.raises(PackError) as refused:
        read_pack(pack_text(rules, **heading), "county.toml")
    return [(fault.line, fault.key, fault.code) for fault in refused.value.faults]


def test_a_complete_rule_is_read_with_unit_operator_and_source():
    rule = pack(days("absence_days_report", 3)).rules["absence_days_report"]

    assert (rule.value, rule.unit, rule.operator) == (3, "school_days", Operator.AT_LEAST)
    assert rule.source == "local paper no. 7"
    assert rule.family == "roll"
    assert rule.kind is Kind.PARAMETER


def test_a_percentage_is_read_exactly_and_never_as_a_float():
    read = pack(days("key_unit_threshold_junior_pct", "0.8", "percent", ">"))

    assert read.rules["key_unit_threshold_junior_pct"].value.as_integer_ratio() == (4, 5)


def test_the_message_names_file_line_and_key():
    with pytest.raises(PackError) as refused:
        read_pack(pack_text(days("absence_days_report", 3, "lessons")), "county.toml")

    assert str(refused.value).startswith("county.toml:9: absence_days_report: unit must be one of")


def test_all_faults_of_a_file_are_told_not_only_the_first():
    rules = days("absence_days_report", '"three"') + days("contract_copies", 2, "copies", "about")

    assert faults_of(rules) == [
        (8, "absence_days_report", "value_misfit"),
        (15, "contract_copies", "operator_unknown"),
    ]


@pytest.mark.parametrize(
    ("lines", "line", "code"),
    [
        ('operator = ">="\nunit = "school_days"\nvalue = 3', 7, "source_missing"),
        ('value = 3\nsource = "s"\noperator = ">="', 7, "unit_missing"),
        ('value = 3\nsource = "s"\nunit = "school_days"', 7, "operator_missing"),
        ('value = 3\nsource = " "\nunit = "weeks"\noperator = ">="', 9, "source_missing"),
        ('source = "s"\nunit = "school_days"\noperator = ">="', 7, "value_missing"),
        ('source = "s"\nvalue = 1\nto_be_entered = true', 9, "value_and_blank"),
        ('source = "s"\nto_be_entered = true\npid = "P-S1-24.06"', 10, "pid_malformed"),
        ('source = "s"\nto_be_entered = true\npid = ["P-S9"]', 10, "pid_malformed"),
        ('source = "s"\nto_be_entered = true\npid = ["P-S1-24.06"]', 10, "pid_of_other_system"),
        ('source = "s"\nto_be_entered = true\ncolour = "red"', 10, "field_unknown"),
        ('source = "s"\nto_be_entered = 1', 9, "field_not_flag"),
        ('source = "s"\nto_be_entered = true\nnote_zh = 1', 10, "field_not_text"),
        ('source = "s"\nto_be_entered = true\nfamily = "roll"', 10, "catalogue_decides"),
        ('source = "s"\nto_be_entered = true\nneeds_legal_basis = false', 10, "catalogue_decides"),
        ('source = "s"\nvalue = 2026-09-01', 9, "value_misfit"),
        ('source = "s"\nvalue = nan', 9, "value_misfit"),
        ('source = "s"\nvalue = -1\nunit = "weeks"\noperator = "="', 9, "value_misfit"),
        ('source = "s"\nvalue = true\nunit = "weeks"\noperator = "="', 9, "value_misfit"),
    ],
)
def test_each_mistake_has_its_line_and_code(lines, line, code):
    faults = faults_of(f"[rules.absence_days_report]\n{lines}\n")

    assert (line, "absence_days_report", code) in faults


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("visit_start", '"tomorrow"'),
        ("visit_photo_required", '"yes"'),
        ("report_rule", '["immediate", "immediate"]'),
        ("report_rule", '["whenever"]'),
        ("town_report_months", "[0, 4]"),
        ("town_report_months", "[4, 4]"),
        ("daily_attendance_report_by", '"24:00"'),
        ("target_year", "26"),
        ("key_unit_publish_month", "13"),
        ("activity_slots", '[" "]'),
        ("late_report_penalty_rule", '""'),
    ],
)
def test_a_value_that_does_not_fit_its_parameter_is_refused(key, value):
    assert faults_of(f'[rules.{key}]\nvalue = {value}\nsource = "s"\n') == [
        (8, key, "value_misfit")
    ]


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        ("school_month_report_day", "0", "day_of_month"),
        ("school_month_report_day", "32", "day_of_month"),
        ("key_unit_threshold_junior_pct", "100.1", "percent"),
        ("penalty_lost_one_yuan", "0.5", "fen"),
        ("target_path", "[{ year = 1, stage = 'junior' }]", "percent"),
        ("target_path", "[{ year = 1, stage = 'junior', dropout_pct = 101 }]", "percent"),
    ],
)
def test_a_figure_out_of_its_range_is_refused(key, value, unit):
    assert faults_of(days(key, value, unit)) == [(8, key, "value_misfit")]


def test_a_setting_without_a_number_has_neither_unit_nor_operator():
    rules = text("visit_start", "prompt") + 'unit = "weeks"\noperator = "="\n'

    assert faults_of(rules) == [
        (10, "visit_start", "unit_without_number"),
        (11, "visit_start", "operator_without_number"),
    ]


def test_a_key_that_nobody_declared_needs_a_kind_labels_and_a_family():
    assert faults_of(text("visit_colour", "blue")) == [(7, "visit_colour", "key_unknown")]
    assert faults_of(text("visit_colour", "blue") + 'kind = "mood"\n') == [
        (7, "visit_colour", "family_unknown"),
        (7, "visit_colour", "label_missing"),
        (7, "visit_colour", "label_missing"),
        (10, "visit_colour", "kind_unknown"),
    ]


def test_what_every_rule_says_itself_cannot_be_set_as_a_whole():
    assert faults_of(text("day_basis", "school_days")) == [(7, "day_basis", "set_per_rule")]


def test_text_that_is_no_toml_names_the_line():
    assert faults_of("[rules.visit_start\n") == [(7, "visit_start", "toml")]


@pytest.mark.req("R-303")
def test_a_pack_has_an_id_of_its_system_and_a_period_that_is_not_empty():
    heading = (
        'id = "other/2026"\nsystem = "local"\ntitle_zh = "样例"\ncolour = "red"\n'
        "effective_from = 2026-09-01\neffective_to = 2026-09-01\n"
    )
    with pytest.raises(PackError) as refused:
        read_pack(heading, "county.toml")

    assert [(f.line, f.code) for f in refused.value.faults] == [
        (1, "id_malformed"),
        (1, "field_missing"),
        (4, "field_unknown"),
        (6, "period_empty"),
    ]


def test_a_pack_begins_on_a_day_not_at_a_moment():
    assert (5, "effective_from", "day_missing") in faults_of("", start="2026-09-01T00:00:00")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ('bound = 1\nunit = "weeks"', "direction_unknown"),
        ('direction = "at_most"\nunit = "weeks"', "value_missing"),
        ('direction = "at_most"\nbound = 1', "unit_missing"),
        ('direction = "at_most"\nbound = "one"\nunit = "weeks"', "value_misfit"),
        ('direction = "one_of"\nbound = 1\nunit = "weeks"', "value_misfit"),
    ],
)
def test_a_floor_needs_direction_bound_unit_and_article(lines, code):
    faults = faults_of(f"[floors.guardian_contact_within]\n{lines}\n")

    assert {fault[2] for fault in faults} == {code, "source_missing"}


def test_no_floor_binds_a_key_that_nobody_declared():
    words = 'article = "a"\ntext_zh = "b"\ntext_en = "c"\n'

    assert faults_of(f'[floors.mood]\ndirection = "must_be"\nbound = true\n{words}') == [
        (7, "mood", "key_unknown")
    ]
