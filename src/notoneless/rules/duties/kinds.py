"""The closed sets that duties are made of."""

from __future__ import annotations

from enum import StrEnum


class DutyRule(StrEnum):
    """One sentence of a plan that makes somebody do something."""

    GUARDIAN_CONTACT = "absence.guardian_contact"
    INVESTIGATE = "absence.investigate"
    VISIT = "absence.visit"
    ABSENCE_REPORT = "absence.report"
    PERSUASION_LETTER = "absence.persuasion_letter"
    DROPOUT_REPORT = "dropout.report"
    CALL_ROLL = "roll.call"
    LEAVE_PROOF = "leave.proof"
    NO_SHOW_CONTACT = "no_show.contact"
    NO_SHOW_SETTLE = "no_show.settle"
    LESSON_ABSENCE = "lesson.absence"
    NEXT_TRY = "contact.next_try"
    NUMBER_CHECK = "contacts.number_check"
    VISIT_ALL = "quota.visit_all"
    VISIT_TOTAL = "quota.visit_total"
    VISIT_KEY = "quota.visit_key"
    TALK_KEY = "quota.talk_key"
    VISIT_RETURNED = "quota.visit_returned"
    STABILITY = "quota.stability"
    CASE_DETERMINE = "case.determine"
    CASE_VISIT = "case.visit"
    CASE_REPORT = "case.report"
    CASE_ACCEPT = "case.accept"
    CASE_NOTICE = "case.notice"
    CASE_SERVE = "case.serve"
    CASE_ORDER = "case.order"
    CASE_DECIDE = "case.decide"
    CASE_ENFORCE = "case.enforce"
    CASE_ADVICE = "case.advice"
    CASE_REFERRAL = "case.referral"
    CASE_SUBCASE = "case.subcase"
    CASE_RETURN_REPORT = "case.return_report"
    CASE_PLACE = "case.place"
    CASE_REVIEW = "case.review"
    CASE_WATCH = "case.watch"
    CASE_CLOSE = "case.close"
    CASE_CONFIRM = "case.confirm"
    REPORT_CLASS = "report.class"
    REPORT_INFO = "report.info"
    REPORT_SCHOOL = "report.school"
    REPORT_TOWNSHIP = "report.township"
    REPORT_TERM_START = "report.term_start"
    REPORT_SCHOOL_WRITTEN = "report.school_written"
    REPORT_TOWNSHIP_WRITTEN = "report.township_written"
    REPORT_KEY_UNIT = "report.key_unit"
    MEETING_LEADERSHIP = "meeting.leadership"
    MEETING_OFFICE = "meeting.office"
    MEETING_CAMPAIGN = "meeting.campaign"
    MEETING_SUPERVISION = "meeting.supervision"
    MEETING_REGULAR = "meeting.regular"
    MEETING_DECISION = "meeting.decision"
    CAMPAIGN_PLAN = "campaign.plan"
    CAMPAIGN_REPORT = "campaign.report"


CASE_RULES = frozenset(rule for rule in DutyRule if rule.value.startswith("case."))
"""Wanted by one case under its own plan, not by the planning of a school."""
UNIT_RULES = frozenset(
    rule for rule in DutyRule if rule.value.startswith(("report.", "meeting.", "campaign."))
)
"""Wanted of a unit of any kind as its workplan; no child is their subject."""


class MatterKind(StrEnum):
    """What several duties have in common."""

    ABSENCE = "absence"
    """One run of absence of one child."""
    DROPOUT = "dropout"
    """A child of whom somebody has said that it will not come back."""
    ROLLS = "rolls"
    """The rolls of one class in one school year."""
    LEAVE = "leave"
    NO_SHOW = "no_show"
    NEXT_TRY = "next_try"
    """What somebody who reached nobody, or was promised something, does next."""
    LESSON = "lesson"
    TERM_WORK = "term_work"
    """What a term asks for one class or one child: visits, talks, checked numbers."""
    CASE = "case"
    """The dropout case of a child."""
    REPORTING = "reporting"
    """The reports of a unit up the line."""
    MEETING = "meeting"
    CAMPAIGN = "campaign"


class SubjectKind(StrEnum):
    CHILD = "child"
    UNIT = "unit"


class EvidenceKind(StrEnum):
    """What a record is that closes a duty."""

    CONTACT = "contact"
    """The guardian was reached: call, visit, talk at school, answered letter."""
    CAUSE = "cause"
    """A contact from which the cause is known."""
    VISIT = "visit"
    TALK = "talk"
    LETTER = "letter"
    REPORT = "report"
    ROLL = "roll"
    PROOF = "proof"
    BACK = "back"
    """The child was present again."""
    NUMBER_CHECK = "number_check"
    STEP = "step"
    """A step of a case."""
    RETURN = "return"
    """A report up the line."""
    MEETING = "meeting"
    PLAN = "plan"
    DONE = "done"
    """Whoever had the task has said what came of it."""


class DutyState(StrEnum):
    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    """Facts and policy no longer want it."""


class ChangeKind(StrEnum):
    REDATED = "redated"
    REOPENED = "reopened"
    MOVED = "moved"
    """Another unit bears it: the child changed class."""
    ROSE = "rose"
    FELL = "fell"
    """A corrected date or fact took lateness away."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ChangeWhy(StrEnum):
    """Why a date moved or a duty went away."""

    CALENDAR = "calendar"
    POLICY = "policy"
    FACTS = "facts"
    TIME = "time"
    LEFT = "left"
    """The child is registered nowhere in the county any more."""
    YEAR_OVER = "year_over"
