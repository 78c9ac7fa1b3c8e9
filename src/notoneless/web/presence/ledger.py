"""The ledger of work against dropping out: dated entries of a school for any period (R-073)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.class_names import ClassAt, classes_at
from notoneless.attendance.queries.ledger import LedgerDay, LedgerLeave, LedgerLine, ledger
from notoneless.children.queries.units import SchoolUnit, school_in_reach
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.listing import ContactFilter, every_line
from notoneless.rules.attendance.leave import LeaveKind
from notoneless.rules.attendance.sessions import DAY, Reason
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.roles import Capability
from notoneless.web.contacts.words import KINDS, RESULTS
from notoneless.web.presence.exporting import NamedList, export_named, note_listed
from notoneless.web.presence.forms import PeriodForm
from notoneless.web.presence.scope import frame, scope_of
from notoneless.web.presence.words import LEAVE_STATES, class_at_words, kind_words, reason_words
from notoneless.web.request import Request
from notoneless.web.rolls.words import session_words

PAGE_ROWS = 100
MOST_VISITS = 5_000
"""Of one period; a school year of a large school has some three thousand."""
WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of the ledger, in words."""

    on: date
    kind: str
    """absence, leave, visit, event or gap."""
    what: str
    class_words: str
    child_id: UUID | None
    child_name: str
    detail: str
    by: str
    recorded_at: datetime | None


@require_safe
def presence_ledger(request: Request) -> HttpResponse:
    """A period's entries, oldest first; by default the last seven days."""
    scope = scope_of(request, whole=True)
    context = frame(request, "presence-ledger", scope)
    if scope.school is None:
        return render(request, "presence/schools.html", context | {"heading": _("控辍台账")})
    form = _period(request)
    entries = list(_entries(request, scope.school, form)) if form.is_valid() else []
    rows = Paginator(entries, PAGE_ROWS).get_page(request.GET.get("page"))
    _note(request, scope.school, [row.child_id for row in rows])
    context |= {"form": form, "rows": rows}
    return render(request, "presence/ledger.html", context, status=200 if form.is_valid() else 422)


@require_safe
def ledger_print(request: Request) -> HttpResponse:
    """The whole period on A4."""
    scope = scope_of(request, whole=True)
    form = _period(request)
    entries = (
        list(_entries(request, scope.school, form)) if scope.school and form.is_valid() else []
    )
    if scope.school:
        _note(request, scope.school, [row.child_id for row in entries])
    context = frame(request, "presence-ledger", scope) | {"form": form, "entries": entries}
    return render(request, "presence/ledger_print.html", context)


def ledger_export(request: Request) -> HttpResponseBase:
    """The whole period as a file."""
    form = _period(request)
    return export_named(
        request,
        scope_of(request, whole=True),
        lambda school: _named(request, school, form),
        back=reverse("presence-ledger"),
    )


def _period(request: Request) -> PeriodForm:
    given = {
        "from_on": request.GET.get("from_on") or (request.today - WEEK).isoformat(),
        "last_on": request.GET.get("last_on") or request.today.isoformat(),
    }
    return PeriodForm(given)


def _note(request: Request, school: SchoolUnit, ids: list[UUID | None]) -> None:
    note_listed(request, f"ledger school={school.id}", [key for key in ids if key])


def _named(request: Request, school: SchoolUnit, form: PeriodForm) -> NamedList:
    school_in_reach(request.actor, school.id, on=request.today, to=Capability.EXPORT_CHILDREN)
    entries = list(_entries(request, school, form)) if form.is_valid() else []
    return NamedList(
        title=_("控辍保学工作台账"),
        headings=[
            _("日期"),
            _("事项"),
            _("班级"),
            _("姓名"),
            _("内容"),
            _("登记人"),
            _("登记时间"),
        ],
        rows=[
            [
                row.on.isoformat(),
                row.what,
                row.class_words,
                row.child_name,
                row.detail,
                row.by,
                f"{timezone.localtime(row.recorded_at):%Y-%m-%d %H:%M}" if row.recorded_at else "",
            ]
            for row in entries
        ],
        child_ids=[row.child_id for row in entries if row.child_id],
        told=f"ledger school={school.id}",
    )


def _entries(request: Request, school: SchoolUnit, form: PeriodForm) -> Iterator[Entry]:
    """The period in words; what is illness shows only to who may see health."""
    said: dict[str, Any] = form.cleaned_data
    days = ledger(
        request.actor,
        school.id,
        from_on=said["from_on"],
        to_on=said["last_on"] + ONE_DAY,
        today=request.today,
    )
    ids = {line.class_id for day in days for line in day.lines}
    ids |= {leave.class_id for day in days for leave in day.leaves if leave.class_id is not None}
    at = classes_at(ids)
    sees = request.actor.may(Capability.SEE_HEALTH, at=school.path)
    visits = _visits(request, school, said["from_on"], said["last_on"])
    for on in sorted({day.day for day in days} | visits.keys()):
        for day in (day for day in days if day.day == on):
            yield from _of_day(day)
            for line in day.lines:
                yield _of_line(line, at.get(line.class_id), sees, request.today)
            for leave in day.leaves:
                here = at.get(leave.class_id) if leave.class_id is not None else None
                yield _of_leave(leave, here, sees, request.today)
        for visit in reversed(visits.get(on, [])):
            yield from _of_visit(visit)


def _visits(
    request: Request, school: SchoolUnit, from_on: date, last_on: date
) -> dict[date, list[ContactLine]]:
    """Visits to children of the school by day, newest first; none for who sees no contacts."""
    found: dict[date, list[ContactLine]] = defaultdict(list)
    if request.actor.may(Capability.SEE_CONTACTS):
        wanted = ContactFilter(
            unit_id=school.id, kind=Kind.VISIT.value, from_on=from_on, to_on=last_on
        )
        for line in every_line(request.actor, wanted, on=request.today, most=MOST_VISITS):
            found[line.happened_on].append(line)
    return found


def _of_visit(visit: ContactLine) -> Iterator[Entry]:
    """A line for each child; who went along is named, what was said stays in the contact."""
    for child in visit.children:
        yield Entry(
            visit.happened_on,
            "visit",
            str(KINDS[visit.kind]),
            "",
            child.id,
            child.name,
            str(RESULTS[visit.result]),
            _("、").join(each.name for each in visit.visitors),
            visit.recorded_at,
        )


def _of_day(day: LedgerDay) -> Iterator[Entry]:
    for cause in day.causes:
        yield Entry(day.day, "event", _("区域事件"), "", None, "", cause, "", None)
    if day.is_school_day and not day.rolls_called:
        said = _("这个上课日没有一个班点名")
        yield Entry(day.day, "gap", _("没有点名"), "", None, "", said, "", None)


def _of_line(line: LedgerLine, at: ClassAt | None, sees: bool, today: date) -> Entry:
    detail = reason_words(line.reason, sees_health=sees)
    what = _("迟到") if line.reason is Reason.LATE else _("缺勤")
    if line.session != DAY:
        said = {"what": what, "session": session_words(line.session)}
        what = _("%(what)s（%(session)s）") % said
    if line.has_leave:
        detail = _("%(reason)s（有请假）") % {"reason": detail}
    return Entry(
        line.day,
        "absence",
        what,
        class_at_words(at, today) if at else line.class_number,
        line.child_id,
        line.child_name,
        detail,
        line.taken_by,
        line.recorded_at,
    )


def _of_leave(leave: LedgerLeave, at: ClassAt | None, sees: bool, today: date) -> Entry:
    kind: LeaveKind | None = leave.kind if sees else None
    detail = _("%(kind)s，%(first)s 至 %(last)s，%(state)s") % {
        "kind": kind_words(kind),
        "first": leave.on.isoformat(),
        "last": leave.last_on.isoformat(),
        "state": LEAVE_STATES[leave.state],
    }
    return Entry(
        leave.on,
        "leave",
        _("请假"),
        class_at_words(at, today) if at else "",
        leave.child_id,
        leave.child_name,
        detail,
        leave.by,
        leave.recorded_at,
    )
