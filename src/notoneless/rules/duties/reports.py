"""A child known to have dropped out is reported before the day is over (R-071, T11)."""

from __future__ import annotations

from collections.abc import Iterator

from notoneless.rules.clocks import Due
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import Draft, Evidence, MatterKey, Planning, WantedDuty, first

KEY = "class_report_deadline"


def want_dropout_report(plan: Planning) -> Iterator[WantedDuty]:
    """The class teacher reports a dropout to the school, the same day where the plan says so.

    "Promptly" and "at any time" are no date, so nothing is late under them.
    """
    if not plan.asks(KEY):
        return
    is_same_day = plan.policy.choice(KEY) == "same_day"
    for word in plan.facts.words:
        of = plan.class_of(word.child_id)
        if of is None or not plan.in_window(word.on):
            continue
        made = first(
            Evidence(EvidenceKind.REPORT, report.on, report.id, report.hour)
            for report in plan.facts.reports
            if report.child_id == word.child_id and word.on <= report.on <= plan.until.on
        )
        day = word.on.isoformat()
        yield plan.want(
            Draft(
                DutyRule.DROPOUT_REPORT,
                KEY,
                of,
                MatterKey(MatterKind.DROPOUT, SubjectKind.CHILD, word.child_id, day, of.id),
                word.on,
                EvidenceKind.REPORT,
                due=Due(word.on) if is_same_day else None,
                closed_by=made,
            )
        )
