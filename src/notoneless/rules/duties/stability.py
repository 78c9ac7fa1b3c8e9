"""Before the winter holiday the children who might not come back are spoken with (R-084)."""

from __future__ import annotations

from collections.abc import Iterator

from notoneless.rules.calendar import ONE_DAY, Period
from notoneless.rules.clocks import Due
from notoneless.rules.duties.facts import ChildFact, ClassFact, ContactFact
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.quotas import REMIND_BEFORE
from notoneless.rules.duties.wants import Draft, Evidence, MatterKey, Planning, WantedDuty

KEY = "holiday_stability_task"


def want_stability(plan: Planning) -> Iterator[WantedDuty]:
    """Each key pupil and each child that came back is reached in the last four weeks before the
    winter holiday; one duty a class, due on the term's last day.

    A class without such a child owes nothing. Whom to urge when the next term begins is said by
    the duties about children who did not register. Source: R-084, S1-19.
    """
    if not (plan.asks(KEY) and plan.policy.flag(KEY)):
        return
    for term in _before_winter(plan):
        for of in plan.facts.classes.values():
            covered = [
                child
                for child in plan.facts.children.values()
                if child.class_id == of.id and child.tags
            ]
            if covered:
                yield _duty(plan, term, of, covered)


def _before_winter(plan: Planning) -> Iterator[Period]:
    """Terms that another one of the same school year follows, once their last weeks began."""
    for year in plan.calendar.years:
        for term in year.terms[:-1]:
            if plan.in_window(term.to_on - REMIND_BEFORE):
                yield term


def _duty(plan: Planning, term: Period, of: ClassFact, covered: list[ChildFact]) -> WantedDuty:
    opened_on = term.to_on - REMIND_BEFORE
    reached = [_first(plan, child, term) for child in covered]
    done = [contact for contact in reached if contact is not None]
    last = max(done, key=lambda c: (c.on, str(c.id)), default=None)
    is_done = last is not None and len(done) == len(covered)
    began = opened_on.isoformat()
    return plan.want(
        Draft(
            DutyRule.STABILITY,
            KEY,
            of,
            MatterKey(MatterKind.TERM_WORK, SubjectKind.UNIT, of.id, began, of.id),
            opened_on,
            EvidenceKind.CONTACT,
            due=Due(term.to_on - ONE_DAY),
            closed_by=Evidence(EvidenceKind.CONTACT, last.on, last.id)
            if last and is_done
            else None,
            progress=(len(done), len(covered)),
        )
    )


def _first(plan: Planning, child: ChildFact, term: Period) -> ContactFact | None:
    for contact in plan.facts.contacts_of.get(child.id, ()):
        is_in_time = term.to_on - REMIND_BEFORE <= contact.on < term.to_on
        if contact.is_reached and is_in_time and contact.on <= plan.until.on:
            return contact
    return None
