"""Draw up: choose a unit and a kind, see the text and what is left out, one button for all."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from notoneless.access.actor import NotAllowed
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.flows.contracts.drawing import Drawn, Order, draw_contracts, outlook
from notoneless.rules.contracts.kinds import KINDS, About, ContractKind
from notoneless.rules.contracts.paper import sheet_of
from notoneless.rules.contracts.terms import USUAL
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.contracts.forms import TermsForm
from notoneless.web.contracts.overview import keys_in
from notoneless.web.contracts.words import EFFECTS, SPANS
from notoneless.web.request import Request

MOST_NAMED = 12


@never_cache
def contract_draw(request: Request) -> HttpResponse:
    """What drawing up would do; sent, it is done."""
    request.actor.must(Capability.KEEP_CONTRACTS)
    order = _order(request)
    found = outlook(request.actor, order, today=request.today)
    form = TermsForm(request.POST if request.method == "POST" else None, said=found.said)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            order = replace(order, terms=form.terms(), sign_by=form.cleaned_data.get("sign_by"))
            try:
                drawn = draw_contracts(request.actor, order, today=request.today, now=request.now)
            except NotAllowed:
                raise
            except Refusal as problem:
                refusal, status = problem, 409
            else:
                _say(request, drawn)
                query = urlencode({"kind": order.kind.value, "unit": _unit_of(order)})
                return redirect(f"{reverse('contract-list')}?{query}")
    context = {
        "found": found,
        "form": form,
        "kind": order.kind,
        "refusal": refusal,
        "paper": html_of_sheet(sheet_of(found.sample)) if found.sample else "",
        "fixed": _fixed(found.said),
        "new": found.others - found.stood - len(found.lacking),
    }
    return render(request, "contracts/draw.html", context, status=status)


def _order(request: Request) -> Order:
    units = keys_in([request.GET.get("unit", "")])
    asked = request.GET.get("kind", "")
    if not units or asked not in [each.value for each in ContractKind]:
        raise Http404
    return Order(ContractKind(asked), units[0], USUAL)


def _unit_of(order: Order) -> str:
    """A school's families hang on its classes: their list is not narrowed."""
    return "" if KINDS[order.kind].about is About.CHILD else str(order.unit_id)


def _fixed(said: object) -> list[str]:
    """What the policy says of the terms, in words."""
    span, effective = getattr(said, "span", None), getattr(said, "effective", None)
    copies, goes_on = getattr(said, "copies", None), getattr(said, "goes_on", None)
    found = []
    if span is not None:
        found.append(str(SPANS[span]))
    if effective is not None:
        found.append(str(EFFECTS[effective]))
    if copies is not None:
        found.append(_("一式 %(n)s 份") % {"n": copies})
    if goes_on is not None:
        found.append(_("换人后继续有效") if goes_on else _("换人后由接任人重签"))
    return found


def _say(request: Request, drawn: Drawn) -> None:
    said = ngettext("已起草 %(n)s 份。", "已起草 %(n)s 份。", drawn.made) % {"n": drawn.made}
    if drawn.stood:
        said += _("以前起草过的 %(n)s 份没有动。") % {"n": drawn.stood}
    messages.success(request, said)
    if drawn.lacking:
        names = _("、").join(drawn.lacking[:MOST_NAMED])
        words = _("档案里没有监护人，没有起草：%(names)s（共 %(n)s 人）。")
        messages.warning(request, words % {"names": names, "n": len(drawn.lacking)})
    if drawn.vacant:
        words = _("有 %(n)s 份的签订岗位空缺，有人上任后由接任人签。")
        messages.warning(request, words % {"n": drawn.vacant})
