"""Honours of a school and year: recorded, refused under a veto, cancelled by one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from notoneless.consequences.queries.honours import HonourLine, Marked, honours_of
from notoneless.flows.consequences.honours import candidates, record_honour
from notoneless.flows.consequences.proposing import school_seen
from notoneless.flows.consequences.showing import UnitName, must_see_any, schools_of, unit_names
from notoneless.rules.roles import Capability
from notoneless.web.consequences import words
from notoneless.web.consequences.forms import HonourForm
from notoneless.web.consequences.views import year_in, years_of
from notoneless.web.request import Request


@require_safe
def honours(request: Request) -> HttpResponse:
    """The schools whose honours I keep; one alone opens at once."""
    must_see_any(request.actor)
    schools = schools_of(request.actor, today=request.today)
    if len(schools) == 1:
        return redirect("honours-school", schools[0].id, year_in(request))
    context = {
        "schools": schools,
        "year": year_in(request),
        "years": years_of(request, "honours", year_in(request)),
    }
    return render(request, "consequences/honours_schools.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def honours_school(request: Request, school_id: UUID, school_year: int) -> HttpResponse:
    """A school's honours of a year, and one more; a refused one stays with its reason."""
    if not 2000 <= school_year <= year_in(request):
        raise Http404
    may_record = request.actor.may(Capability.SETTLE)
    to = Capability.SETTLE if may_record else Capability.CONFIRM_SETTLEMENT
    school = school_seen(request.actor, school_id, to, on=request.today)
    form = _form(request, school_id, school_year) if may_record else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            return _recorded(request, form, school_id, school_year)
    rows = honours_of(school_id, school_year, county_id=request.actor.county_id)
    units = unit_names(row.unit_id for row in rows if row.unit_id)
    context = {
        "school": school.name,
        "period": words.period_words(school_year, 0),
        "rows": [_row(request, row, units) for row in rows],
        "form": form,
    }
    status = 422 if form and form.errors else 200
    return render(request, "consequences/honours.html", context, status=status)


def _form(request: Request, school_id: UUID, school_year: int) -> HonourForm:
    found = candidates(request.actor, school_id, school_year, today=request.today)
    named = unit_names(found.units)
    people = [(str(pk), _marked(name, pk, found.marked)) for pk, name in found.people]
    units = [
        (str(pk), _marked(words.unit_words(named.get(pk), request.today), pk, found.marked))
        for pk in found.units
    ]
    data = (request.POST,) if request.method == "POST" else ()
    return HonourForm(*data, people=people, units=units, initial={"id": uuid7()})


def _marked(name: str, pk: UUID, marked: Marked) -> str:
    """Whoever chooses sees whom a veto reaches, and who comes first where all else is equal."""
    if pk in marked.vetoed:
        return _("%(name)s（本学年被一票否决）") % {"name": name}
    if pk in marked.preferred:
        return _("%(name)s（零流失，同等条件优先）") % {"name": name}
    return name


def _recorded(
    request: Request, form: HonourForm, school_id: UUID, school_year: int
) -> HttpResponse:
    new = form.new_honour(school_id, school_year)
    row = record_honour(request.actor, new, today=request.today, now=request.now)
    if row.refused_by_id is None:
        messages.success(request, _("已登记。"))
    else:
        messages.error(request, _("不能授予：本学年被一票否决。这次申报和原因已记下。"))
    return redirect("honours-school", school_id, school_year)


def _row(request: Request, row: HonourLine, units: dict[UUID, UnitName]) -> dict[str, Any]:
    whom = row.person or words.unit_words(
        units.get(row.unit_id) if row.unit_id else None, request.today
    )
    state, tone = _("已授予"), "done"
    if row.is_cancelled:
        state, tone = _("已取消（一票否决）"), "attention"
    elif row.is_refused:
        state, tone = _("未授予（一票否决）"), "attention"
    return {
        "row": row,
        "whom": whom,
        "honour": words.honour_words(row.code),
        "state": state,
        "tone": tone,
        "why": reverse("settlement-line", args=[row.blocked_by]) if row.blocked_by else "",
    }
