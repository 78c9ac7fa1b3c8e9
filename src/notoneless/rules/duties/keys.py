"""Which rule of a plan wants which duty."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notoneless.rules.duties import (
    absence,
    leave,
    lessons,
    no_show,
    numbers_check,
    reports,
    rolls,
    stability,
)
from notoneless.rules.duties.kinds import DutyRule

POLICY_KEYS: Mapping[DutyRule, str] = MappingProxyType(
    {
        DutyRule.GUARDIAN_CONTACT: "parent_contact_deadline",
        DutyRule.INVESTIGATE: absence.INVESTIGATE,
        DutyRule.VISIT: absence.INVESTIGATE,
        DutyRule.ABSENCE_REPORT: absence.REPORT,
        DutyRule.PERSUASION_LETTER: "persuasion_letter_required",
        DutyRule.DROPOUT_REPORT: reports.KEY,
        DutyRule.CALL_ROLL: rolls.KEY,
        DutyRule.LEAVE_PROOF: leave.KEY,
        DutyRule.NO_SHOW_CONTACT: no_show.CONTACT,
        DutyRule.NO_SHOW_SETTLE: no_show.WEEK,
        DutyRule.LESSON_ABSENCE: lessons.KEY,
        DutyRule.NUMBER_CHECK: numbers_check.KEY,
        DutyRule.VISIT_ALL: "visits_all_students_per_term",
        DutyRule.VISIT_TOTAL: "visits_per_homeroom_teacher_per_term_min",
        DutyRule.VISIT_KEY: "visits_key_students_per_term_min",
        DutyRule.TALK_KEY: "talks_key_students_per_term_min",
        DutyRule.STABILITY: stability.KEY,
        DutyRule.VISIT_RETURNED: "visits_recurrent_student_min",
        DutyRule.CASE_DETERMINE: "case_determine_within",
        DutyRule.CASE_VISIT: "visit_start",
        DutyRule.CASE_REPORT: "report_rule",
        DutyRule.CASE_ACCEPT: "case_accept_within",
        DutyRule.CASE_NOTICE: "case_notice_within",
        DutyRule.CASE_SERVE: "case_serve_within",
        DutyRule.CASE_ORDER: "case_order_within",
        DutyRule.CASE_DECIDE: "case_decide_within",
        DutyRule.CASE_ENFORCE: "enforcement_application_within",
        DutyRule.CASE_ADVICE: "procuratorate_reply_within",
        DutyRule.CASE_REFERRAL: "case_referral_within",
        DutyRule.CASE_SUBCASE: "case_referral_within",
        DutyRule.CASE_RETURN_REPORT: "case_return_report_within",
        DutyRule.CASE_PLACE: "case_place_within",
        DutyRule.CASE_REVIEW: "case_review_months",
        DutyRule.CASE_WATCH: "return_watch_days",
        DutyRule.CASE_CLOSE: "case_close_within",
        DutyRule.CASE_CONFIRM: "case_confirm_within",
        DutyRule.REPORT_CLASS: "class_stat_period",
        DutyRule.REPORT_INFO: "weekly_info_report",
        DutyRule.REPORT_SCHOOL: "school_stat_period",
        DutyRule.REPORT_TOWNSHIP: "township_month_report_day",
        DutyRule.REPORT_TERM_START: "term_start_written_report",
        DutyRule.REPORT_SCHOOL_WRITTEN: "school_report_months",
        DutyRule.REPORT_TOWNSHIP_WRITTEN: "town_report_months",
        DutyRule.REPORT_KEY_UNIT: "key_unit_report_period",
        DutyRule.MEETING_LEADERSHIP: "leadership_meetings_per_term",
        DutyRule.MEETING_OFFICE: "teaching_office_meetings_per_month",
        DutyRule.MEETING_CAMPAIGN: "campaign_special_meetings",
        DutyRule.MEETING_SUPERVISION: "supervision_meetings_per_year",
        DutyRule.MEETING_REGULAR: "regular_meeting_frequency",
        DutyRule.CAMPAIGN_PLAN: "campaign_months",
        DutyRule.CAMPAIGN_REPORT: "campaign_months",
    }
)
"""The key in the policy; ``NEXT_TRY`` and ``MEETING_DECISION`` have none: the day was set by a
person."""
