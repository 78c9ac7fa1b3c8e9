"""The list of children, and its export."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from notoneless.children.queries.listing import ChildFilter, count_children, list_children
from notoneless.children.queries.units import classes_in_reach, schools_in_reach
from notoneless.flows.children.exporting import export_children
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.roles import Capability
from notoneless.web.children.forms import ExportForm, FilterForm
from notoneless.web.exports import send_children
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of


def children(request: Request) -> HttpResponse:
    """The children in reach: search, filters, pages; each view is noted as one reading."""
    request.actor.must(Capability.SEE_CHILDREN)
    form = filter_form(request)
    wanted = form.wanted(request.GET.get("sort", "name"))
    found = list_children(
        request.actor, wanted, page=number_in(request.GET.get("page", "")), on=request.today
    )
    listed = Listed.of(f"{wanted.told()} page={found.page}".strip(), [r.id for r in found.rows])
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    counted, in_all = found.counted, found.counted.number
    if counted.is_more and "count" in request.GET:
        counted = count_children(request.actor, wanted, on=request.today, to_the_last=True)
    context = {
        "form": form,
        "counted": counted,
        "is_cut": found.counted.is_more,
        "listed": in_all,
        "rows": page_of(found.rows, total=in_all, number=found.page, per_page=found.page_rows),
        "may_add": request.actor.may(Capability.ADD_CHILDREN),
        "may_import": request.actor.may(Capability.IMPORT_ROSTERS),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_unfolded": any(request.GET.get(name) for name in form.fields if name != "q"),
    }
    return render(request, "children/list.html", context)


def filter_form(request: Request) -> FilterForm:
    """The filter bar as this reader gets it; classes are offered once the school is known."""
    schools = schools_in_reach(request.actor, on=request.today)
    chosen = request.GET.get("school", "")
    school = next((s.id for s in schools if str(s.id) == chosen or len(schools) == 1), None)
    classes = classes_in_reach(request.actor, on=request.today, school_id=school) if school else []
    form = FilterForm(request.GET, schools=schools, classes=classes, today=request.today)
    if not request.actor.may(Capability.SEE_CONTACTS):
        # Who may not see family facts must not learn them by filtering.
        del form.fields["left_behind"]
    return form


def export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the list as it is filtered, marked and noted."""
    request.actor.must(Capability.EXPORT_CHILDREN)
    may_reveal = request.actor.may(Capability.REVEAL_IDENTITY)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=may_reveal)
    wanted = filter_form(request).wanted(request.GET.get("sort", "name"))
    if request.method == "POST" and form.is_valid():
        return send_children(request, _exported(request, wanted, form.cleaned_data))
    context = {
        "form": form,
        "total": count_children(request.actor, wanted, on=request.today, to_the_last=True).number,
        "told": wanted.told(),
    }
    return render(request, "children/export.html", context, status=422 if form.errors else 200)


def _exported(request: Request, wanted: ChildFilter, said: dict[str, Any]) -> Any:
    return export_children(
        wanted,
        purpose=said["purpose"],
        with_numbers=said.get("with_numbers", False),
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
    )
