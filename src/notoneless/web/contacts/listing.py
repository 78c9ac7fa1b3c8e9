"""The list of contacts and its file; one child's timeline and its print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from notoneless.children.queries.file import child_file
from notoneless.children.queries.units import schools_in_reach
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.listing import ContactFilter, every_line, list_contacts
from notoneless.contacts.queries.timeline import Timeline, reports_about, timeline_of
from notoneless.contacts.queries.upkeep import children_visited_by, visitors_of
from notoneless.flows.contacts.reporting import may_take_note
from notoneless.flows.contacts.visitors import may_name
from notoneless.flows.contacts.whom import inside_schools
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Capability
from notoneless.web.children.forms import ExportForm
from notoneless.web.children.tabs import child_tabs
from notoneless.web.contacts.files import send_contacts
from notoneless.web.contacts.forms import ContactFilterForm
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of

COUNTY_DAYS = timedelta(days=30)
"""Who reaches a whole county gets the last month unless asking for more."""
MOST_ROWS = 20_000
MOST_PRINTED = 200


@require_safe
def contacts(request: Request) -> HttpResponse:
    """Contacts about children in reach: mine, my units'; narrowed, by pages; each view is noted."""
    _must_see(request)
    form, wanted = _wanted(request)
    found = list_contacts(
        request.actor, wanted, on=request.today, page=number_in(request.GET.get("page", ""))
    )
    _note_list(request, wanted, found.rows, f"page={found.page}")
    context = {
        "form": form,
        "total": found.total,
        "rows": page_of(found.rows, total=found.total, number=found.page, per_page=found.page_rows),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "since": wanted.from_on if not request.GET.get("from_on") else None,
        "may_log": request.actor.may(Capability.LOG_CONTACTS),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "receives": may_take_note(request.actor),
        "may_name": may_name(request.actor),
        "mine": children_visited_by(request.actor, on=request.today),
    }
    return render(request, "contacts/list.html", context)


def _must_see(request: Request) -> None:
    """Whoever only writes contacts sees that there were some, and his own."""
    if not request.actor.may(Capability.LOG_CONTACTS):
        request.actor.must(Capability.SEE_CONTACTS)


def contacts_export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the list as it is filtered, marked and noted; no statements."""
    request.actor.must(Capability.EXPORT_CHILDREN)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    _filters, wanted = _wanted(request)
    total = list_contacts(request.actor, wanted, on=request.today, page_rows=1).total
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        rows = list(every_line(request.actor, wanted, on=request.today, most=MOST_ROWS))
        _note_list(request, wanted, rows, "export", purpose=purpose)
        return send_contacts(request, rows, purpose=purpose)
    context = {"form": form, "total": min(total, MOST_ROWS)}
    return render(request, "contacts/export.html", context, status=422 if form.errors else 200)


@require_safe
def child_contacts(request: Request, child_id: UUID) -> HttpResponse:
    """Everything between school and family about one child, newest first (R-095)."""
    return _of_child(request, child_id, "contacts/child.html", page_rows=50)


@require_safe
def child_contacts_print(request: Request, child_id: UUID) -> HttpResponse:
    """The same on paper, as evidence (F-043)."""
    return _of_child(request, child_id, "contacts/child_print.html", page_rows=MOST_PRINTED)


def _of_child(request: Request, child_id: UUID, page: str, *, page_rows: int) -> HttpResponse:
    file = child_file(request.actor, child_id, on=request.today)
    if file.kept_id is not None:
        return redirect("child-contacts", file.kept_id)
    shown: Timeline = timeline_of(
        request.actor,
        file.id,
        on=request.today,
        page=number_in(request.GET.get("page", "")),
        page_rows=page_rows,
    )
    note_reading("child.opened", stamp=stamp_of(request), child_id=file.id, fields=["contacts"])
    context: dict[str, Any] = {
        "file": file,
        "tabs": child_tabs(request.actor, file.id, current="child-contacts"),
        "shown": shown,
        "rows": page_of(
            shown.lines, total=shown.total, number=shown.page, per_page=shown.page_rows
        ),
        "visitor": visitors_of([file.id], on=request.today).get(file.id),
        "reports": reports_about(request.actor, file.id, on=request.today),
        "may_log": any(Capability.LOG_CONTACTS in door.capabilities for door in file.doors),
        "may_report": bool(inside_schools(request.actor)),
    }
    return render(request, page, context)


def _wanted(request: Request) -> tuple[ContactFilterForm, ContactFilter]:
    schools = schools_in_reach(request.actor, on=request.today)
    form = ContactFilterForm(request.GET, units=[(str(s.id), s.name) for s in schools])
    reach = request.actor.reach(Capability.SEE_CHILDREN)
    is_county = any(len(ancestors(path)) == 1 for path in reach)
    return form, form.wanted(since=request.today - COUNTY_DAYS if is_county else None)


def _note_list(
    request: Request,
    wanted: ContactFilter,
    rows: Iterable[ContactLine],
    what: str,
    *,
    purpose: str = "",
) -> None:
    children = [child.id for line in rows for child in line.children]
    note_reading(
        "contacts.listed",
        stamp=stamp_of(request),
        purpose=purpose,
        listed=Listed.of(f"{wanted.told()} {what}".strip(), children),
    )
