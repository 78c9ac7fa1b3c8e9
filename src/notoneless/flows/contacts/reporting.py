"""A class teacher reports a child to the school; the school takes note (F-048, R-071, T11)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.models import AbsenceRun
from notoneless.children.models import Child
from notoneless.contacts.models import ClassReport
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.reports import report_paper
from notoneless.contacts.queries.timeline import timeline_of
from notoneless.contacts.services.reports import NewReport, write_receipt, write_report
from notoneless.duties.models import Duty
from notoneless.flows.cases.contacts import follow_report
from notoneless.flows.contacts.refusals import (
    ChildWithoutClass,
    ReportIdUsed,
    ReportReceived,
    ReportWithoutReason,
)
from notoneless.flows.contacts.whom import ChildAt, inside_schools, must_log, where_they_are
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.journal.services import Stamp
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability, Role

REPORTS = (DutyRule.ABSENCE_REPORT, DutyRule.DROPOUT_REPORT)
TAKE_NOTE = frozenset(
    {
        Role.PRINCIPAL,
        Role.VICE_PRINCIPAL,
        Role.TEACHING_DIRECTOR,
        Role.DROPOUT_OFFICER,
    }
)
MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Saying:
    """What only the teacher knows."""

    id: UUID
    child_id: UUID
    reason: str
    mobilisation: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What the system knows already."""

    child_id: UUID
    child_name: str
    place: ChildAt
    absent_since: date | None
    proved_days: int
    contacts: tuple[ContactLine, ...]
    """Since the child is away; of the term where nobody knows since when. Oldest first."""
    due_on: date | None
    """The first day on which a report of this child is due, if one is."""

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


def draft_report(actor: Actor, child_id: UUID, *, today: date) -> Draft:
    """A report with everything filled in that is on record; ten statements.

    Raises ``Child.DoesNotExist``, ``NotAllowed``, ``ChildWithoutClass``.
    """
    (kept,) = must_log(actor, [child_id], today=today)
    place = where_they_are([kept], county_id=actor.county_id, today=today).get(kept)
    if place is None or place.class_id is None:
        raise ChildWithoutClass()
    _must_be_inside(actor, place)
    run = AbsenceRun.objects.filter(child=kept, is_open=True).first()
    since = run.possible_since if run else None
    lines = timeline_of(actor, kept, on=today, page_rows=MOST_LISTED).lines
    made = [line for line in reversed(lines) if since is None or line.happened_on >= since]
    due = (
        Duty.objects.filter(
            subject_id=kept, rule__in=REPORTS, state=DutyState.OPEN, county=actor.county_id
        )
        .exclude(due_on=None)
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first()
    )
    name = Child.objects.values_list("name", flat=True).get(pk=kept)
    proved = run.longest_proved_days if run else 0
    return Draft(kept, name, place, since, proved, tuple(made), due)


def report_to_school(actor: Actor, said: Saying, *, today: date, now: datetime) -> UUID:
    """Report a child to its school; the same id twice is the same as once.

    On time or late is judged by the duty that it meets. Raises what ``draft_report`` raises,
    ``ReportWithoutReason``, ``ReportIdUsed``.
    """
    if not said.reason.strip() or not said.mobilisation.strip():
        raise ReportWithoutReason()
    tidied = replace(said, reason=said.reason.strip(), mobilisation=said.mobilisation.strip())
    try:
        with transaction.atomic():
            return _report(actor, tidied, today=today, now=now)
    except IntegrityError:
        # The other sending of the same form came first.
        with transaction.atomic():
            return _report(actor, tidied, today=today, now=now)


def take_note(actor: Actor, report_id: UUID, *, today: date, now: datetime) -> None:
    """The school has taken note: principal, deputy, teaching director or the dropout officer.

    Raises ``ClassReport.DoesNotExist``, ``NotAllowed``, ``ReportReceived``.
    """
    report_paper(actor, report_id, on=today)
    with transaction.atomic():
        report = ClassReport.objects.select_for_update(of=("self",)).get(pk=report_id)
        if not may_take_note(actor, report.school_id):
            raise NotAllowed(capability=Capability.SEE_CONTACTS.value)
        if hasattr(report, "receipt"):
            raise ReportReceived()
        stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=report.school_id)
        write_receipt(report, on=today, stamp=stamp)


def may_take_note(actor: Actor, school_id: UUID | None = None) -> bool:
    """Whether the actor receives reports, of this school where one is named."""
    return any(
        held.role in TAKE_NOTE
        and Capability.SEE_CONTACTS in held.capabilities
        and school_id in (None, held.unit_id)
        for held in actor.holdings
    )


def _report(actor: Actor, said: Saying, *, today: date, now: datetime) -> UUID:
    known = ClassReport.objects.filter(pk=said.id).first()
    if known is not None:
        is_same = (known.child_id, known.by_id) == (said.child_id, actor.person_id)
        if not is_same or (known.reason, known.mobilisation) != (said.reason, said.mobilisation):
            raise ReportIdUsed()
        return known.pk
    draft = draft_report(actor, said.child_id, today=today)
    if draft.place.class_id is None:
        raise ChildWithoutClass()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=draft.place.class_id)
    row = write_report(
        NewReport(
            id=said.id,
            child_id=draft.child_id,
            school_id=draft.place.school_id,
            class_id=draft.place.class_id,
            made_on=today,
            hour=timezone.localtime(now).strftime("%H:%M"),
            reason=said.reason,
            mobilisation=said.mobilisation,
            absent_since=draft.absent_since,
            due_on=draft.due_on,
            is_late=draft.is_late(today),
            facts=_facts(draft),
        ),
        stamp=stamp,
    )
    plan_for_children([draft.child_id], today=today, stamp=stamp)
    follow_report(row, today=today, stamp=stamp)
    return row.pk


def _facts(draft: Draft) -> dict[str, object]:
    return {
        "proved_days": draft.proved_days,
        "contacts": [
            {
                "on": line.happened_on.isoformat(),
                "kind": line.kind.value,
                "result": line.result.value,
                "by": line.by.name,
                "attempt": line.attempt,
            }
            for line in draft.contacts
        ],
    }


def _must_be_inside(actor: Actor, place: ChildAt) -> None:
    """Reports go from a class to its school: those outside have other ways."""
    tops = inside_schools(actor)
    if not any(is_below(path, top) for path in place.paths for top in tops):
        raise NotAllowed(capability=Capability.LOG_CONTACTS.value)
