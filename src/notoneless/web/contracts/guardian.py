"""The contract on the guardian's own page: read it, hear it read, sign it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from notoneless.documents.rendering.html import html_of_sheet
from notoneless.families.queries.invitations import Visitor
from notoneless.flows.contracts.reading import page_of
from notoneless.flows.contracts.signing import contract_of_guardian, sign_on_page
from notoneless.rules.refusal import Refusal
from notoneless.web.contracts.forms import PenForm
from notoneless.web.contracts.one import amendment_in
from notoneless.web.families.visiting import for_guardians
from notoneless.web.request import Request


@for_guardians
def family_contract(request: Request, visitor: Visitor, contract_id: UUID) -> HttpResponse:
    """One contract that names the visitor; signed, it stays readable."""
    row, child = contract_of_guardian(visitor, contract_id)
    form = PenForm(request.POST if request.method == "POST" else None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sign_on_page(
                    visitor,
                    contract_id,
                    form.pen(),
                    amendment_id=amendment_in(request),
                    today=request.today,
                    now=request.now,
                )
            except Refusal as problem:
                refusal, status = problem, 409
            else:
                return redirect("family-contract", contract_id)
    page = page_of(row, actor=None, today=request.today)
    context = {
        "visitor": visitor,
        "child": child,
        "page": page,
        "paper": html_of_sheet(page.sheet),
        "pen": form,
        "refusal": refusal,
        "is_signed": all(p.signed for p in page.parties if p.is_guardian),
    }
    return render(request, "contracts/family.html", context, status=status)
