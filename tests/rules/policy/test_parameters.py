"""The catalogue declares every parameter that the source documents differ in."""

from __future__ import annotations

import pytest

from notoneless.rules.policy.parameters import (
    FAMILIES,
    NUMBERS,
    OUR_OWN,
    PARAMETERS,
    STATUTE,
    ValueType,
)
from notoneless.rules.policy.values import misfit
from notoneless.rules.policy.words import has_label

pytestmark = pytest.mark.req("R-302")

# The 166 rows of the table of configurable parameters; "+" joins two keys of one row.
WANTED = [
    "dropout_ceiling_primary_pct",
    "dropout_ceiling_junior_pct",
    "dropout_ceiling_school_pct",
    "dropout_ceiling_external_ref",
    "retention_target_school_pct",
    "retention_target_class_pct",
    "retention_nine_year_pct",
    "retention_three_year_junior_rule",
    "enrolment_target_primary_pct",
    "enrolment_target_junior_pct",
    "enrolment_under16_pct",
    "completion_target_junior_pct",
    "promotion_target_primary_pct",
    "disabled_enrolment_target_pct",
    "whole_class_handover_required",
    "zhongkao_direct_rate_tracked",
    "conversion_rate_kpi",
    "target_path",
    "count_p2j_losses_in_rate",
    "count_unfiled_borrowers_as_dropout",
    "count_suspected_as_case",
    "baseline_kind",
    "target_year",
    "day_basis",
    "lesson_absence_report",
    "daily_attendance_report",
    "absence_days_investigate",
    "absence_days_report",
    "parent_contact_deadline",
    "class_report_deadline",
    "late_report_penalty_rule",
    "no_show_contact",
    "days_to_return_before_report",
    "failed_visits_before_report",
    "days_after_failed_visits_to_report",
    "return_notice_deadline_days",
    "weekly_info_report",
    "class_stat_period",
    "school_stat_period",
    "school_month_report_day",
    "township_month_report_day",
    "term_start_written_report",
    "key_unit_report_period",
    "town_report_months",
    "school_report_months",
    "lbc_survey_period",
    "lbc_register_update_period",
    "enrolment_week_index",
    "return_watch_days",
    "case_open_threshold",
    "report_rule",
    "visit_start",
    "holiday_stability_task",
    "transfer_evidence_period",
    "phantom_absence_days",
    "contract_period",
    "persuasion_letter_required",
    "visits_all_students_per_term",
    "visits_key_students_per_term_min+visits_key_students_per_term_max",
    "talks_key_students_per_term_min",
    "visits_per_homeroom_teacher_per_term_min",
    "visits_recurrent_student_min",
    "visit_modes_allowed",
    "visit_photo_required",
    "visit_form",
    "key_student_ratio_min_pct+key_student_ratio_max_pct",
    "pairing_pupils_per_teacher_min+pairing_pupils_per_teacher_max",
    "pairing_modes",
    "leadership_meetings_per_term",
    "teaching_office_meetings_per_month",
    "campaign_special_meetings",
    "spot_checks_per_quarter",
    "special_inspections_per_year",
    "special_inspection_offset_days",
    "supervision_meetings_per_year",
    "contract_copies",
    "left_behind_package_items",
    "weariness_visit_team",
    "visit_target_groups",
    "regular_meeting_frequency",
    "dropout_statistics_dimensions",
    "facility_volunteer_teams",
    "one_to_one_tasks_enabled",
    "irregular_inspection_enabled",
    "activity_slots",
    "designated_person_required",
    "left_behind_survey_dimensions",
    "linked_departments",
    "entry_age_years",
    "entry_age_deferred_max_years",
    "work_ban_under_age_years",
    "compulsory_years",
    "reward_class_target_yuan",
    "reward_class_retention100_yuan",
    "reward_school_primary_retention100_yuan",
    "reward_school_junior_retention100_yuan",
    "penalty_school_per_dropout_primary_yuan",
    "penalty_school_per_dropout_junior_yuan",
    "penalty_lost_one_yuan",
    "penalty_lost_many_yuan",
    "penalty_lost_many_min_count",
    "penalty_per_teacher_fault_dropout_yuan",
    "penalty_counting_unit",
    "points_late_report",
    "points_dropout_class",
    "points_over_2pct",
    "allowance_deduction",
    "liability_share_formula",
    "veto_trigger",
    "veto_loss_count",
    "veto_threshold_primary_pct+veto_threshold_junior_pct",
    "veto_threshold_level1_pct",
    "veto_threshold_level2_pct",
    "veto_scope",
    "veto_blocked_honours",
    "concealment_effect",
    "exemption_conditions",
    "settlement_period",
    "reward_penalty_approver",
    "fault_catalogue",
    "accountability_ladder",
    "appraisal_links",
    "assessment_weight",
    "money_rule_targets",
    "parent_response_ladder",
    "teacher_conduct_bans",
    "rule_operator",
    "transfer_scope_rule",
    "transfer_reason_required",
    "transfer_trace_days",
    "suspension_approver",
    "suspension_evidence_items",
    "suspension_hospital_level",
    "repeat_approver",
    "graduating_grade_freeze",
    "borrow_study_required_documents",
    "defer_approver",
    "allow_regrade_of_returned",
    "return_notice_issuer",
    "return_notice_name",
    "dropout_report_name",
    "dropout_report_addressees",
    "enrolment_notice_issuer",
    "penalty_decision_authority",
    "incomplete_transfer_refused",
    "status_procedures",
    "teacher_may_change_status",
    "contract_signers",
    "contract_continuity",
    "required_rules",
    "publish_level",
    "campaign_months",
    "campaign_reach_levels",
    "aid_programmes",
    "care_fund_sources",
    "subsistence_rural_yuan_year+subsistence_urban_yuan_month",
    "key_unit_threshold_primary_pct",
    "key_unit_threshold_junior_pct",
    "key_unit_publish_month",
    "no_lost_pupil_start_month",
    "no_lost_pupil_batches",
    "coverage_chain_template",
    "leading_group_rule",
    "campaign_channels",
    "dropout_cause_taxonomy",
    "disabled_categories",
]


def test_all_one_hundred_and_sixty_six_parameters_are_declared_and_no_other():
    declared = {
        key for key, p in PARAMETERS.items() if p.group not in {STATUTE, *OUR_OWN} and not p.part_of
    }

    assert len(WANTED) == 166
    assert declared == {key for row in WANTED for key in row.split("+")}


def test_a_part_completes_a_parameter_that_exists():
    for parameter in PARAMETERS.values():
        assert not parameter.part_of or parameter.part_of in PARAMETERS


def test_every_parameter_belongs_to_a_family_with_a_deciding_line():
    for parameter in PARAMETERS.values():
        assert parameter.family in FAMILIES, parameter.key


def test_every_number_knows_its_units_and_nothing_else_has_any():
    for parameter in PARAMETERS.values():
        assert bool(parameter.units) is (parameter.type in NUMBERS), parameter.key


def test_every_choice_has_values_and_every_closed_list_too():
    for parameter in PARAMETERS.values():
        if parameter.type is ValueType.CHOICE:
            assert len(parameter.values) > 1, parameter.key
        if parameter.type is ValueType.ITEMS:
            assert parameter.values or parameter.is_open, parameter.key


def test_every_suggestion_fits_its_own_parameter():
    for parameter in PARAMETERS.values():
        if parameter.suggestion is not None:
            assert misfit(parameter, parameter.suggestion) == "", parameter.key


def test_every_key_unit_code_column_and_family_has_a_label_in_both_languages():
    for parameter in PARAMETERS.values():
        assert parameter.label_zh, parameter.key
        assert parameter.label_en, parameter.key
        assert has_label("groups", parameter.group)
        assert all(has_label("codes", code) for code in parameter.values), parameter.key
        assert all(has_label("units", unit) for unit in parameter.units), parameter.key
        assert all(has_label("columns", column) for column in parameter.columns), parameter.key
    assert all(has_label("families", family) for family in FAMILIES)
