"""A child missing in one lesson is the class teacher's to look after at once (R-067, T01)."""

from __future__ import annotations

from collections.abc import Iterator

from notoneless.rules.clocks import Due
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import (
    Draft,
    Evidence,
    MatterKey,
    Planning,
    WantedDuty,
    contact_since,
    first,
)

KEY = "lesson_absence_report"


def want_lesson_followed(plan: Planning) -> Iterator[WantedDuty]:
    """One duty for each child and day, however many lessons were missed."""
    if not plan.asks(KEY) or plan.policy.choice(KEY) != "immediate":
        return
    days = {(lesson.child_id, lesson.on) for lesson in plan.facts.lessons}
    for child_id, on in sorted(days, key=lambda each: (each[1], str(each[0]))):
        of = plan.class_of(child_id)
        if of is None or not plan.in_window(on):
            continue
        settled = [
            Evidence(EvidenceKind.CAUSE, lesson.settled_on, lesson.settled_by)
            for lesson in plan.facts.lessons
            if (lesson.child_id, lesson.on) == (child_id, on)
            and lesson.settled_on
            and lesson.settled_on <= plan.until.on
        ]
        reached = contact_since(plan, child_id, on, EvidenceKind.CONTACT)
        day = on.isoformat()
        yield plan.want(
            Draft(
                DutyRule.LESSON_ABSENCE,
                KEY,
                of,
                MatterKey(MatterKind.LESSON, SubjectKind.CHILD, child_id, day, of.id),
                on,
                EvidenceKind.CAUSE,
                due=Due(on),
                closed_by=first([reached, *settled]),
            )
        )
