"""The week of registration, day by day, by school and class, down to names."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.term_start import StartCounts, class_start, term_start
from notoneless.children.queries.units import class_in_reach
from notoneless.rules.attendance.starts import Arrival
from notoneless.rules.roles import Capability
from notoneless.web.exports import send_list
from notoneless.web.presence.exporting import note_listed
from notoneless.web.presence.scope import frame, scope_of
from notoneless.web.presence.words import class_at_words
from notoneless.web.request import Request

PAGE_ROWS = 100


def _day_in(request: Request) -> date | None:
    """The day that the address names; 404 for what is none."""
    asked = request.GET.get("day", "")
    if not asked:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError as problem:
        raise Http404 from problem


@require_safe
def arrivals(request: Request) -> HttpResponse:
    """Expected, arrived, not yet, unknown: a school's classes by day, or the schools."""
    scope = scope_of(request)
    school_id = scope.school.id if scope.school else None
    found = term_start(
        request.actor, today=request.today, day=_day_in(request), school_id=school_id
    )
    rows = found.classes if scope.school else found.by_school()
    totals = found.totals()
    context = frame(request, "presence-arrivals", scope) | {
        "start": found,
        "rows": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "totals": totals,
        "total": totals[found.day] if found.day else StartCounts(),
    }
    page = "presence/arrivals.html" if scope.school else "presence/arrivals_schools.html"
    return render(request, page, context)


@require_safe
def arrivals_class(request: Request, class_id: UUID) -> HttpResponse:
    """The names of one class: who has not come yet first."""
    request.actor.must(Capability.SEE_CHILDREN)
    unit = class_in_reach(request.actor, class_id, on=request.today)
    day = min(_day_in(request) or request.today, request.today)
    rows = class_start(request.actor, class_id, today=request.today, day=day)
    note_listed(request, f"arrivals class={class_id}", [row.child_id for row in rows])
    context = frame(request, "presence-arrivals") | {
        "unit": unit,
        "day": day,
        "rows": rows,
        "not_yet": sum(row.arrival is Arrival.NOT_YET for row in rows),
        "unknown": sum(row.arrival is Arrival.UNKNOWN for row in rows),
        "sees_health": request.actor.may(Capability.SEE_HEALTH, at=unit.path),
    }
    return render(request, "presence/arrivals_class.html", context)


@require_safe
def arrivals_export(request: Request) -> HttpResponseBase:
    """The counts as a file; it names no child."""
    scope = scope_of(request)
    school_id = scope.school.id if scope.school else None
    found = term_start(
        request.actor, today=request.today, day=_day_in(request), school_id=school_id
    )
    day = found.day
    if day is None:
        raise Http404
    rows = (
        [[class_at_words(row.at, request.today), *_cells(row.counts[day])] for row in found.classes]
        if scope.school
        else [[name, *_cells(counts)] for _id, name, counts in found.by_school()]
    )
    headings = [
        _("班级") if scope.school else _("学校"),
        _("应到"),
        _("已到"),
        _("未到"),
        _("不明（没点过名）"),
    ]
    title = _("开学报到") + f" {day.isoformat()}"
    return send_list(request, headings, rows, title=title)


def _cells(counts: StartCounts) -> list[str]:
    return [str(n) for n in (counts.expected, counts.arrived, counts.not_yet, counts.unknown)]
