"""Reports of class teachers, as the school reads them, and one as it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.units import ClassName, class_name
from notoneless.contacts.models import ClassReport
from notoneless.contacts.queries.shown import shown_of
from notoneless.places.queries.units import unit_ids_below
from notoneless.rules.roles import Capability

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list."""

    id: UUID
    child_id: UUID
    child_name: str
    class_name: ClassName | None
    school_name: str
    made_on: date
    hour: str
    by: str
    absent_since: date | None
    due_on: date | None
    is_late: bool
    received_at: datetime | None
    received_by: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A whole report (F-048)."""

    row: ReportRow
    reason: str
    mobilisation: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reports:
    rows: tuple[ReportRow, ...]
    total: int
    waiting: int
    """Not yet received, in all."""
    page: int
    page_rows: int = PAGE_ROWS


def reports_below(
    actor: Actor, *, on: date, only_waiting: bool = False, page: int = 1, page_rows: int = PAGE_ROWS
) -> Reports:
    """One page of the reports of classes in reach, newest first; four statements.

    Names show because who reaches the class sees its children.
    """
    below = _below(actor, on=on)
    waiting = below.filter(receipt=None)
    rows = waiting if only_waiting else below
    total = rows.count()
    page = min(max(page, 1), max(1, -(-total // page_rows)))
    start = (page - 1) * page_rows
    found = rows.order_by("-made_on", "-hour", "-pk")[start : start + page_rows]
    still = total if only_waiting else waiting.count()
    return Reports(tuple(_row(row) for row in found), total, still, page, page_rows)


def report_paper(actor: Actor, report_id: UUID, *, on: date) -> ReportPaper:
    """One report with its statements; two statements.

    Raises ``ClassReport.DoesNotExist`` for one whose child, or whose statements, the reader is not
    shown.
    """
    report = _selected(ClassReport.objects.filter(county=actor.county_id)).get(pk=report_id)
    child_id = report.child.merged_into_id or report.child_id
    shown = shown_of(actor, [child_id], on=on).get(child_id)
    if shown is None or not shown.statements:
        raise ClassReport.DoesNotExist
    return ReportPaper(_row(report), report.reason, report.mobilisation, dict(report.facts))


def newest_report(child_id: UUID, *, on: date) -> UUID | None:
    """The report of that day about a child, if there is one; one statement."""
    rows = ClassReport.objects.filter(child=child_id, made_on=on).order_by("-hour", "-pk")
    return rows.values_list("pk", flat=True).first()


def _below(actor: Actor, *, on: date) -> QuerySet[ClassReport]:
    classes = unit_ids_below(actor.reach(Capability.SEE_CONTACTS), on=on)
    rows = ClassReport.objects.filter(county=actor.county_id, school_class__in=classes)
    # A child that has moved away takes the reading of its reports along.
    seen = Child.objects.seen_by(actor, on=on).values("pk")
    return _selected(rows.filter(child__in=seen))


def _selected(rows: QuerySet[ClassReport]) -> QuerySet[ClassReport]:
    return rows.select_related("child", "school", "school_class", "by", "receipt__by")


def _row(report: ClassReport) -> ReportRow:
    receipt = getattr(report, "receipt", None)
    return ReportRow(
        report.pk,
        report.child.merged_into_id or report.child_id,
        report.child.name,
        class_name(report.school_class),
        report.school.name,
        report.made_on,
        report.hour,
        report.by.name if report.by else "",
        report.absent_since,
        report.due_on,
        report.is_late,
        receipt.at if receipt else None,
        receipt.by.name if receipt and receipt.by else "",
    )
