"""Present on paper, never seen; and away long without proof."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.never_seen import on_paper
from notoneless.attendance.queries.unseen_counts import unseen_by_school
from notoneless.children.queries.units import SchoolUnit, school_in_reach
from notoneless.rules.roles import Capability
from notoneless.web.presence.exporting import NamedList, export_named, note_listed
from notoneless.web.presence.scope import Scope, frame, scope_of
from notoneless.web.presence.words import class_at_words
from notoneless.web.request import Request

PAGE_ROWS = 50


@require_safe
def never_seen(request: Request) -> HttpResponse:
    """A school's children whom nobody has seen this term, by class; several schools: counts."""
    scope = scope_of(request, whole=True)
    context = frame(request, "presence-never-seen", scope)
    if scope.school is None:
        return _by_school(request, context, scope)
    found = on_paper(request.actor, scope.school, as_of=request.today)
    rows = Paginator(found.unseen, PAGE_ROWS).get_page(request.GET.get("page"))
    away = Paginator(found.long_away, PAGE_ROWS).get_page(request.GET.get("away"))
    shown = [row.child_id for row in rows] + [row.child_id for row in away]
    note_listed(request, f"never_seen school={scope.school.id}", shown)
    context |= {
        "rows": rows,
        "away": away,
        "uncalled": found.uncalled,
        "uncalled_children": sum(n for _at, n in found.uncalled),
    }
    return render(request, "presence/never_seen.html", context)


def _by_school(request: Request, context: dict[str, Any], scope: Scope) -> HttpResponse:
    """The fullest first, then the schools of which least is known."""
    found = unseen_by_school(request.actor, scope.schools, as_of=request.today)
    found.sort(key=lambda row: (-row.unseen, -row.uncalled))
    context |= {
        "rows": Paginator(found, PAGE_ROWS).get_page(request.GET.get("page")),
        "children": sum(row.unseen for row in found),
        "uncalled": sum(row.uncalled for row in found),
    }
    return render(request, "presence/never_seen_schools.html", context)


def never_seen_export(request: Request) -> HttpResponseBase:
    """Both lists in one file."""
    return export_named(
        request,
        scope_of(request, whole=True),
        lambda school: _named(request, school),
        back=reverse("presence-never-seen"),
    )


def _named(request: Request, school: SchoolUnit) -> NamedList:
    school_in_reach(request.actor, school.id, on=request.today, to=Capability.EXPORT_CHILDREN)
    found = on_paper(request.actor, school, as_of=request.today)
    rows = [
        [
            class_at_words(row.at, request.today),
            row.name,
            _("开学以来没有见到"),
            row.first_called_on.isoformat() if row.first_called_on else "",
            str(row.missed),
        ]
        for row in found.unseen
    ]
    rows += [
        [
            class_at_words(long.at, request.today),
            long.name,
            _("长假欠证明") if long.leave_id else _("长期缺勤，没有说明"),
            long.since.isoformat(),
            str(long.days or ""),
        ]
        for long in found.long_away
    ]
    return NamedList(
        title=_("名在人不在"),
        headings=[_("班级"), _("姓名"), _("情形"), _("从哪天起"), _("上课日天数")],
        rows=rows,
        child_ids=[row.child_id for row in found.unseen]
        + [long.child_id for long in found.long_away],
        told=f"never_seen school={school.id}",
    )
