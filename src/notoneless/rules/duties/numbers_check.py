"""Once a term the class's contact numbers are tried, so that they work when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import Period
from notoneless.rules.duties.facts import ClassFact
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.quotas import terms_begun
from notoneless.rules.duties.wants import Draft, Evidence, MatterKey, Planning, WantedDuty

KEY = "contact_numbers_checked_within"


def want_numbers_checked(plan: Planning) -> Iterator[WantedDuty]:
    """Every child's numbers are checked within the plan's time after the term began (R-095)."""
    if not plan.asks(KEY):
        return
    plan.policy.duration(KEY)
    for term in terms_begun(plan):
        for of in plan.facts.classes.values():
            children = [
                c.id
                for c in plan.facts.children.values()
                if c.class_id == of.id and not c.is_silenced(plan.until.on)
            ]
            if children:
                yield _duty(plan, term, of, children)


def _duty(plan: Planning, term: Period, of: ClassFact, children: list[UUID]) -> WantedDuty:
    checked: dict[UUID, date] = {}
    for check in sorted(plan.facts.number_checks, key=lambda c: c.on):
        if check.child_id in children and check.on in term and check.on <= plan.until.on:
            checked.setdefault(check.child_id, check.on)
    is_done = len(checked) == len(children)
    began = term.from_on.isoformat()
    return plan.want(
        Draft(
            DutyRule.NUMBER_CHECK,
            KEY,
            of,
            MatterKey(MatterKind.TERM_WORK, SubjectKind.UNIT, of.id, began, of.id),
            term.from_on,
            EvidenceKind.NUMBER_CHECK,
            due=plan.due_after(KEY, term.from_on),
            closed_by=Evidence(EvidenceKind.NUMBER_CHECK, max(checked.values()))
            if is_done
            else None,
            progress=(len(checked), len(children)),
        )
    )
