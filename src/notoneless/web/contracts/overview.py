"""A year's contracts: what waits for my signature, how far each kind has come, who is missing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.access.actor import NotAllowed
from notoneless.contracts.queries.listing import PAGE_ROWS, clauses_to_sign, to_sign
from notoneless.flows.contracts.coverage import coverage
from notoneless.flows.contracts.missing import missing
from notoneless.flows.contracts.reading import note_list
from notoneless.flows.contracts.signing import sign_many
from notoneless.flows.contracts.succession import (
    count_proposals,
    proposals,
    succeed_contracts,
)
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.contracts.terms import years_from
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of
from notoneless.web.contracts.forms import PenForm
from notoneless.web.contracts.words import called, other_side
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import school_year_words


@never_cache
@require_safe
def contracts(request: Request) -> HttpResponse:
    """Where a year's contracts stand."""
    return overview_page(request)


def overview_page(request: Request, *, status: int = 200, **more: object) -> HttpResponse:
    """The same with what is wrong."""
    year = year_in(request)
    waiting = to_sign(request.actor, today=request.today)
    clauses = clauses_to_sign(request.actor, today=request.today)
    children = [line.child_id for line in (*waiting, *clauses) if line.child_id]
    note_list(children, "contracts to sign", stamp=stamp_of(request))
    found = coverage(request.actor, year, today=request.today)
    keeps = request.actor.may(Capability.KEEP_CONTRACTS)
    context = {
        "waiting": [(line, other_side(line, request)) for line in waiting],
        "clauses": [(line, other_side(line, request)) for line in clauses],
        "form": PenForm(),
        "found": found,
        "changed": count_proposals(request.actor, today=request.today) if keeps else 0,
        "overdue": sum(line.counts.overdue for line in found.lines),
        "reads": request.actor.may(Capability.SEE_CONTRACTS),
        "year": year,
        "tabs": contract_tabs(request, current="contracts"),
        "years": [
            {
                "label": school_year_words(each),
                "url": f"{reverse('contracts')}?year={each}",
                "is_current": each == year,
            }
            for each in years_from(request.today)
        ],
        **more,
    }
    return render(request, "contracts/index.html", context, status=status)


@require_POST
def contracts_sign(request: Request) -> HttpResponse:
    """Sign the chosen ones of the list above with one hand."""
    ids = keys_in(request.POST.getlist("contract"))
    form = PenForm(request.POST)
    form.is_valid()
    if not ids:
        messages.warning(request, _("还没有选责任书。"))
        return redirect("contracts")
    try:
        done = sign_many(request.actor, ids, form.pen(), today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return overview_page(request, status=409, refusal=refusal, chosen=ids)
    said = ngettext("已签 %(n)s 份。", "已签 %(n)s 份。", done.signed) % {"n": done.signed}
    if done.refused:
        said += _("有 %(n)s 份在您签之前变了，没有签。") % {"n": done.refused}
    messages.success(request, said)
    return redirect("contracts")


@never_cache
@require_safe
def contracts_missing(request: Request, kind: str) -> HttpResponse:
    """For whom a contract is wanted that nobody has drawn up."""
    request.actor.must(Capability.SEE_CONTRACTS)
    try:
        wanted = ContractKind(kind)
    except ValueError:
        raise Http404 from None
    year = year_in(request)
    page = number_in(request.GET.get("page", ""))
    found = missing(request.actor, wanted, year, page=page, today=request.today)
    children = [row.child_id for row in found.rows if row.child_id]
    note_list(children, "pupils without contract", stamp=stamp_of(request))
    rows = [
        (row, called(row.b, request), called(row.a, request, school=row.school))
        for row in found.rows
    ]
    context = {
        "kind": wanted,
        "year_words": school_year_words(year),
        "rows": page_of(rows, total=found.total, number=found.page, per_page=PAGE_ROWS),
        "total": found.total,
    }
    return render(request, "contracts/missing.html", context)


def contracts_succession(request: Request) -> HttpResponse:
    """Lines whose post has another holder now, and one button that hands them over."""
    request.actor.must(Capability.KEEP_CONTRACTS)
    refusal, status = None, 200
    if request.method == "POST":
        ids = keys_in(request.POST.getlist("contract"))
        reason = request.POST.get("reason", "")
        try:
            done = succeed_contracts(
                request.actor, ids, reason, today=request.today, now=request.now
            )
        except NotAllowed:
            raise
        except Refusal as problem:
            refusal, status = problem, 409
        else:
            messages.success(request, _("已接续 %(n)s 处。") % {"n": done})
            return redirect("contracts-succession")
    rows = [
        (each, called(each.unit, request)) for each in proposals(request.actor, today=request.today)
    ]
    context = {
        "rows": rows,
        "refusal": refusal,
        "tabs": contract_tabs(request, current="contracts-succession"),
    }
    return render(request, "contracts/succession.html", context, status=status)


def contract_tabs(request: Request, *, current: str) -> list[dict[str, object]]:
    """Overview, list, changes of person."""
    words = {"contracts": _("进度"), "contract-list": _("全部责任书")}
    if request.actor.may(Capability.KEEP_CONTRACTS):
        words["contracts-succession"] = _("换人接续")
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label in words.items()
    ]


def year_in(request: Request) -> int:
    """The school year of ``?year=``; this one where none of the offered is named."""
    asked = number_in(request.GET.get("year", ""))
    return asked if asked in years_from(request.today) else school_year_of(request.today)


def keys_in(texts: list[str]) -> list[UUID]:
    """Keys that were sent; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
