"""Children on the list who are not there when the term begins (R-084, T08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notoneless.rules.calendar import NoSuchDay, SchoolCalendar
from notoneless.rules.clocks import Due
from notoneless.rules.duties.facts import ClassFact, NoShowFact
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import (
    Draft,
    Evidence,
    MatterKey,
    Planning,
    WantedDuty,
    cause_since,
    contact_since,
    first,
    principal,
)

CONTACT, WEEK = "no_show_contact", "enrolment_week_index"


def want_no_show_contact(plan: Planning) -> Iterator[WantedDuty]:
    """The class teacher reaches the family of a child who did not register, within the time."""
    if not plan.asks(CONTACT):
        return
    plan.policy.duration(CONTACT)
    for missing, of in _missing(plan):
        began = missing.registration_on
        reached = contact_since(plan, missing.child_id, began, EvidenceKind.CONTACT)
        yield plan.want(
            Draft(
                DutyRule.NO_SHOW_CONTACT,
                CONTACT,
                of,
                _matter(missing, of),
                began,
                EvidenceKind.CONTACT,
                due=plan.due_after(CONTACT, began),
                closed_by=first([reached, _seen(plan, missing)]),
            )
        )


def want_no_show_settled(plan: Planning) -> Iterator[WantedDuty]:
    """By the end of the enrolment week the school knows where every such child is."""
    if not plan.asks(WEEK):
        return
    week = plan.policy.count(WEEK)
    for missing, of in _missing(plan):
        began = missing.registration_on
        known = cause_since(plan, missing.child_id, began)
        yield plan.want(
            Draft(
                DutyRule.NO_SHOW_SETTLE,
                WEEK,
                of,
                _matter(missing, of),
                began,
                EvidenceKind.CAUSE,
                bearer=principal(of),
                due=end_of_week(plan.calendar, began, week),
                closed_by=first([known, _seen(plan, missing)]),
            )
        )


def end_of_week(calendar: SchoolCalendar, day: date, week: int) -> Due:
    """The last school day of teaching week ``week`` of the term that holds or follows ``day``.

    Raises ``NoSuchDay`` when no loaded term does, or the week has no school day.
    """
    term = next((t for t in calendar.year_of(day).terms if day < t.to_on), None)
    days = [d for d in term or () if calendar.week_of_term(d) == week]
    with_class = [d for d in days if calendar.is_school_day(d)]
    if not with_class:
        raise NoSuchDay(f"week {week} after {day} has no school day")
    return Due(with_class[-1], any(calendar.is_provisional(d) for d in days))


def _missing(plan: Planning) -> Iterator[tuple[NoShowFact, ClassFact]]:
    for missing in plan.facts.no_shows:
        of = plan.class_of(missing.child_id)
        if of is not None and plan.in_window(missing.registration_on):
            yield missing, of


def _seen(plan: Planning, missing: NoShowFact) -> Evidence | None:
    if missing.seen_on is None or missing.seen_on > plan.until.on:
        return None
    return Evidence(EvidenceKind.BACK, missing.seen_on, missing.seen_by)


def _matter(missing: NoShowFact, of: ClassFact) -> MatterKey:
    began = missing.registration_on.isoformat()
    return MatterKey(MatterKind.NO_SHOW, SubjectKind.CHILD, missing.child_id, began, of.id)
