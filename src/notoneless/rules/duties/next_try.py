"""Whoever reached nobody tries again on the day that was set (T04, T12, R-099)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from notoneless.rules.clocks import Due
from notoneless.rules.duties.facts import ContactFact
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import (
    Draft,
    Evidence,
    MatterKey,
    Planning,
    WantedDuty,
    first,
)


def want_next_try(plan: Planning) -> Iterator[WantedDuty]:
    """The next step of a contact is taken on its day.

    A person set that day, so no rule of a plan is asked. It ends with any later contact that
    reached somebody, with the next try that sets a further day (that one goes on from there), or
    when the child is back in class.
    """
    for child_id, contacts in plan.facts.contacts_of.items():
        for made in _one_a_day(contacts):
            duty = _duty(plan, child_id, made, contacts)
            if duty is not None:
                yield duty


def _one_a_day(contacts: Iterable[ContactFact]) -> list[ContactFact]:
    """The first contact for each day that was set."""
    found: dict[date, ContactFact] = {}
    for contact in contacts:
        if contact.next_on is not None:
            found.setdefault(contact.next_on, contact)
    return list(found.values())


def _duty(
    plan: Planning, child_id: UUID, made: ContactFact, contacts: Iterable[ContactFact]
) -> WantedDuty | None:
    of = plan.class_of(child_id)
    if of is None or made.next_on is None or not plan.in_window(made.on):
        return None
    ends = [
        Evidence(EvidenceKind.CONTACT, later.on, later.id)
        for later in contacts
        if later.on <= plan.until.on and _goes_on(made, later)
    ]
    back = [
        Evidence(EvidenceKind.BACK, run.back_on, run.back_by)
        for run in plan.facts.runs
        if run.child_id == child_id
        and run.back_on is not None
        and made.on < run.back_on <= plan.until.on
    ]
    day = made.next_on.isoformat()
    return plan.want(
        Draft(
            DutyRule.NEXT_TRY,
            "",
            of,
            MatterKey(MatterKind.NEXT_TRY, SubjectKind.CHILD, child_id, day, of.id),
            made.on,
            EvidenceKind.CONTACT,
            due=Due(made.next_on),
            closed_by=first([*ends, *back]),
        )
    )


def _goes_on(made: ContactFact, later: ContactFact) -> bool:
    """Whether ``later`` answers for the step that ``made`` set.

    On the same day only contacts of which it is certain that they came after: one that reached
    somebody where ``made`` did not, or one that set a later day.
    """
    if later.id == made.id or later.on < made.on:
        return False
    sets_further = (
        made.next_on is not None and later.next_on is not None and later.next_on > made.next_on
    )
    if later.on == made.on:
        return sets_further or (later.is_reached and not made.is_reached)
    return later.is_reached or sets_further
