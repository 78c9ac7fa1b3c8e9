"""Who is away now: a school's children by class, or the schools' counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.away import AwayChild, away_by_school, away_in_school
from notoneless.children.queries.units import SchoolUnit
from notoneless.contacts.queries.facts import facts_about
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability
from notoneless.web.narrowed import called, unit_in
from notoneless.web.paging import number_in
from notoneless.web.presence.exporting import NamedList, export_named, note_listed
from notoneless.web.presence.scope import frame, presence_tabs, scope_of
from notoneless.web.presence.words import away_words, class_at_words, days_words
from notoneless.web.request import Request

PAGE_ROWS = 50


@require_safe
def presence(request: Request) -> HttpResponse:
    """The menu's entry: the first of these pages that the reader has."""
    tabs = presence_tabs(request, "")
    if not tabs:
        raise NotAllowed(capability=Capability.SEE_CHILDREN.value)
    return redirect(tabs[0]["url"])


@require_safe
def away(request: Request) -> HttpResponse:
    """Children in a run of absence, the longest first in each class; several schools: counts."""
    scope = scope_of(request)
    context = frame(request, "presence-away", scope)
    unit = unit_in(request)
    if scope.school is None:
        rows = away_by_school(request.actor, under=unit.path if unit else "")
        context |= {
            "within": called(unit, request) if unit else "",
            "rows": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
            "children": sum(row.children for row in rows),
            "possible": sum(row.possible for row in rows),
        }
        return render(request, "presence/away_schools.html", context)
    path = unit.path if unit and is_below(unit.path, scope.school.path) else scope.school.path
    found = away_in_school(request.actor, path)
    proved = [row for row in found if row.is_proved]
    possible = [row for row in found if not row.is_proved]
    shows_possible = request.GET.get("which") == "possible"
    page = Paginator(possible if shows_possible else proved, PAGE_ROWS).get_page(
        number_in(request.GET.get("page", ""))
    )
    reached = _reached(request, page.object_list)
    context |= {
        "rows": page,
        "lines": [(row, reached.get(row.child_id)) for row in page],
        "proved": len(proved),
        "possible": len(possible),
        "shows_possible": shows_possible,
        "within": called(unit, request) if unit else "",
    }
    note_listed(request, f"away school={scope.school.id}", [row.child_id for row in page])
    return render(request, "presence/away.html", context)


def away_export(request: Request) -> HttpResponseBase:
    """The whole list of a school as a file."""
    return export_named(
        request,
        scope_of(request),
        lambda school: _named(request, school),
        back=reverse("presence-away"),
    )


def _named(request: Request, school: SchoolUnit) -> NamedList:
    rows = away_in_school(request.actor, school.path, to=Capability.EXPORT_CHILDREN)
    reached = _reached(request, rows)
    return NamedList(
        title=_("当前缺勤"),
        headings=[
            _("班级"),
            _("姓名"),
            _("连续缺勤"),
            _("从哪天起"),
            _("最近一次点名"),
            _("原因"),
            _("联系上监护人"),
        ],
        rows=[
            [
                class_at_words(row.at, request.today),
                row.name,
                days_words(row),
                _iso(row.since),
                _iso(row.last_called_on),
                away_words(row),
                _iso(reached.get(row.child_id)),
            ]
            for row in rows
        ],
        child_ids=[row.child_id for row in rows],
        told=f"away school={school.id}",
    )


def _reached(request: Request, rows: Iterable[AwayChild]) -> dict[UUID, date]:
    """The day on which somebody was last reached about each child since it is away."""
    since = {row.child_id: row.since for row in rows if row.since}
    if not since:
        return {}
    facts = facts_about(
        since,
        county_id=request.actor.county_id,
        from_on=min(since.values()),
        until=request.today,
    )
    found: dict[UUID, date] = {}
    for made in sorted(facts.contacts, key=lambda contact: contact.on):
        if made.is_reached and made.on >= since[made.child_id]:
            found[made.child_id] = made.on
    return found


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
