"""Papers in lists: the register, what is to be served or received, the file of a register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from notoneless.children.queries.units import schools_in_reach
from notoneless.documents.queries.listing import (
    PAGE_ROWS,
    PaperFilter,
    Papers,
    register,
    to_receive,
    to_serve,
)
from notoneless.documents.queries.offices import offices
from notoneless.documents.queries.papers import PaperLine
from notoneless.flows.documents.reading import open_several
from notoneless.journal.services import Listed, note_reading
from notoneless.places.queries.units import units_once_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.children.forms import ExportForm
from notoneless.web.contacts.new import keys_in
from notoneless.web.documents.forms import PaperFilterForm
from notoneless.web.documents.tabs import must_read, paper_tabs
from notoneless.web.documents.words import RECEIVERS, STATES
from notoneless.web.exports import send_named
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of

MOST_ROWS = 20_000


@require_safe
def papers(request: Request) -> HttpResponse:
    """The number register and the search in one: narrowed by name, number, place and date."""
    must_read(request)
    form, wanted = _wanted(request)
    page = number_in(request.GET.get("page", ""))
    found = register(request.actor, wanted, on=request.today, page=page)
    _note(request, found.rows, f"papers page={found.page}")
    context = {
        "form": form,
        "total": found.total,
        "rows": _page_of(found),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "tabs": paper_tabs(request, current="papers"),
    }
    return render(request, "documents/list.html", context)


@require_safe
def waiting_to_be_served(request: Request) -> HttpResponse:
    """Papers that have reached nobody yet, the oldest first."""
    must_read(request)
    rows = to_serve(request.actor, on=request.today)
    _note(request, rows, "papers to serve")
    may = request.actor.may(Capability.WORK_CASES)
    context = {
        "rows": rows,
        "may_serve": may,
        "tabs": paper_tabs(request, current="papers-to-serve"),
    }
    return render(request, "documents/to_serve.html", context)


@require_safe
def received(request: Request) -> HttpResponse:
    """Papers of others that wait to be taken over by the actor's unit."""
    must_read(request)
    rows = to_receive(request.actor, on=request.today)
    _note(request, rows, "papers to receive")
    tabs = paper_tabs(request, current="papers-received")
    return render(request, "documents/received.html", {"rows": rows, "tabs": tabs})


@require_safe
def papers_bound(request: Request) -> HttpResponse:
    """Several papers as one PDF: twelve notices, a class's letters."""
    ids = keys_in([each for text in request.GET.getlist("ids") for each in text.split(",")])
    pdf = open_several(request.actor, ids, today=request.today, now=request.now)
    return pdf_answer(pdf, f"{_('文书')}-{request.today:%Y%m%d}.pdf")


def papers_export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the register as it is filtered, marked and noted."""
    must_read(request)
    request.actor.must(Capability.EXPORT_CHILDREN)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    _filters, wanted = _wanted(request)
    if request.method == "POST" and form.is_valid():
        found = register(request.actor, wanted, on=request.today, page_rows=MOST_ROWS)
        _note(request, found.rows, "papers exported", purpose=form.cleaned_data["purpose"])
        return send_named(
            request,
            _headings(),
            [_cells(row) for row in found.rows],
            title=_("文书登记簿"),
            purpose=form.cleaned_data["purpose"],
        )
    total = register(request.actor, wanted, on=request.today, page_rows=1).total
    context = {"form": form, "total": min(total, MOST_ROWS)}
    return render(request, "documents/export.html", context, status=422 if form.errors else 200)


def pdf_answer(pdf: bytes, name: str, *, is_shown: bool = False) -> HttpResponse:
    """PDF bytes to save, or to look at in the browser."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    way = "inline" if is_shown else "attachment"
    answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{_quoted(name)}"
    return answer


def _quoted(name: str) -> str:
    return "".join(c if (c.isascii() and c.isalnum()) or c in "-." else _hex(c) for c in name)


def _hex(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def _wanted(request: Request) -> tuple[PaperFilterForm, PaperFilter]:
    on = request.today
    named = [(str(each.id), each.name) for each in offices(request.actor, on=on)]
    schools = [(str(each.id), each.name) for each in schools_in_reach(request.actor, on=on)]
    reach = request.actor.reach(Capability.SEE_CASES)
    villages = [
        (str(place.id), place.name)
        for place, _path in units_once_below(reach, on=on)
        if place.kind is UnitKind.VILLAGE
    ]
    form = PaperFilterForm(request.GET, offices=named, places=[*schools, *villages])
    return form, form.wanted()


def _note(request: Request, rows: Any, what: str, *, purpose: str = "") -> None:
    ids: list[UUID] = [row.child_id for row in rows if row.child_id]
    note_reading(
        "papers.listed", stamp=stamp_of(request), listed=Listed.of(what, ids), purpose=purpose
    )


def _page_of(found: Papers) -> Any:
    return page_of(found.rows, total=found.total, number=found.page, per_page=PAGE_ROWS)


def _headings() -> list[str]:
    return [
        _("文号"),
        _("文书名称"),
        _("发文单位"),
        _("儿童"),
        _("受送达人"),
        _("发文日期"),
        _("期限"),
        _("送达日期"),
        pgettext("paper", "状态"),
    ]


def _cells(row: PaperLine) -> list[str]:
    return [
        row.number_text,
        row.form_name,
        row.office_name,
        row.child_name,
        row.receiver_name or str(RECEIVERS[row.receiver_kind]),
        row.issued_on.isoformat(),
        row.deadline_on.isoformat() if row.deadline_on else "",
        row.served_on.isoformat() if row.served_on else "",
        str(STATES[row.state]),
    ]
