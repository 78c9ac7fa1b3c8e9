"""The list of contracts: narrowed, printed, exported."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.contracts.queries.listing import (
    PAGE_ROWS,
    ContractFilter,
    ContractLine,
    list_contracts,
)
from notoneless.flows.contracts.printing import printed_list
from notoneless.flows.contracts.reading import note_list
from notoneless.rules.contracts.kinds import Side
from notoneless.rules.contracts.terms import years_from
from notoneless.rules.contracts.words import number_words
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of
from notoneless.web.children.forms import ExportForm
from notoneless.web.contracts.forms import ContractFilterForm
from notoneless.web.contracts.overview import contract_tabs, keys_in
from notoneless.web.contracts.words import KINDS, STANDINGS, called, other_side
from notoneless.web.documents.views import pdf_answer
from notoneless.web.exports import send_named
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.looks import day
from notoneless.web.words import school_year_words

MOST_ROWS = 20_000


@never_cache
@require_safe
def contract_list(request: Request) -> HttpResponse:
    """Contracts that the reader may open, found by party, year, number and place."""
    form, wanted = _wanted(request)
    page = number_in(request.GET.get("page", ""))
    found = list_contracts(request.actor, wanted, page=page, today=request.today)
    _note(request, found.rows, f"contracts page={found.page}")
    rows = [
        (line, called(line.a, request, school=line.school), other_side(line, request))
        for line in found.rows
    ]
    context = {
        "form": form,
        "rows": page_of(rows, total=found.total, number=found.page, per_page=PAGE_ROWS),
        "total": found.total,
        "is_narrowed": bool(request.GET),
        "year_words": school_year_words(wanted.school_year),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "tabs": contract_tabs(request, current="contract-list"),
        "within": wanted.unit_id,
    }
    return render(request, "contracts/list.html", context)


@never_cache
@require_safe
def contracts_print(request: Request) -> HttpResponse:
    """What the list shows as one file, each contract in its number of copies."""
    _form, wanted = _wanted(request)
    pdf, children = printed_list(request.actor, wanted, today=request.today)
    note_list(children, "contracts printed", stamp=stamp_of(request))
    return pdf_answer(pdf, f"{_('责任书')}-{request.today:%Y%m%d}.pdf")


def contracts_export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the list, marked and noted."""
    request.actor.must(Capability.EXPORT_CHILDREN)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    _filters, wanted = _wanted(request)
    if request.method == "POST" and form.is_valid():
        found = list_contracts(request.actor, wanted, page_rows=MOST_ROWS, today=request.today)
        _note(request, found.rows, "contracts exported")
        return send_named(
            request,
            [
                _("种类"),
                _("编号"),
                _("甲方"),
                _("甲方签订人"),
                _("乙方"),
                _("乙方签订人"),
                _("状态"),
                _("起"),
                _("止（不含）"),
            ],
            [_cells(request, row) for row in found.rows],
            title=_("责任书"),
            purpose=form.cleaned_data["purpose"],
        )
    total = list_contracts(request.actor, wanted, page_rows=1, today=request.today).total
    context = {"form": form, "total": min(total, MOST_ROWS)}
    return render(request, "contracts/export.html", context, status=422 if form.errors else 200)


def _cells(request: Request, row: ContractLine) -> list[str]:
    comma = _("、")
    return [
        str(KINDS[row.kind]),
        number_words(row.school_year, row.number),
        called(row.a, request, school=row.school),
        comma.join(row.names.get(Side.A, ())),
        other_side(row, request),
        comma.join(row.names.get(Side.B, ())),
        str(STANDINGS[row.standing]),
        day(row.from_on),
        day(row.to_on) if row.to_on else "",
    ]


def _wanted(request: Request) -> tuple[ContractFilterForm, ContractFilter]:
    newest = school_year_of(request.today)
    data = request.GET.copy()
    data.setdefault("year", str(newest))
    form = ContractFilterForm(data, years=years_from(request.today, back=5), newest=newest)
    wanted = form.wanted()
    units: list[UUID] = keys_in([request.GET.get("unit", "")])
    return form, replace(wanted, unit_id=units[0]) if units else wanted


def _note(request: Request, rows: tuple[ContractLine, ...], what: str) -> None:
    children = [row.child_id for row in rows if row.child_id]
    note_list(children, what, stamp=stamp_of(request))
