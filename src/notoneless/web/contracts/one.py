"""One contract: text, lines, holders before, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.access.actor import NotAllowed
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.flows.contracts.amending import amend_contract
from notoneless.flows.contracts.keeping import (
    place_in_archive,
    settle_contract,
    withdraw_contract,
)
from notoneless.flows.contracts.printing import contract_pdf
from notoneless.flows.contracts.reading import contract_page, note_opening, open_ink
from notoneless.flows.contracts.signing import (
    Paper,
    sign_before_witness,
    sign_own,
    take_in_paper,
)
from notoneless.journal.services import note_reading
from notoneless.rules.refusal import Refusal
from notoneless.web.contracts.forms import ClauseForm, FilingForm, PenForm, ScanForm
from notoneless.web.contracts.words import called
from notoneless.web.documents.views import pdf_answer
from notoneless.web.request import Request, stamp_of


@never_cache
@require_safe
def contract(request: Request, contract_id: UUID) -> HttpResponse:
    """The contract's page; a family's is noted with its child's readings."""
    return _page(request, contract_id)


def _page(
    request: Request, contract_id: UUID, *, status: int = 200, **more: object
) -> HttpResponse:
    page = contract_page(request.actor, contract_id, today=request.today)
    note_opening(page, stamp=stamp_of(request))
    initial = {"signed_on": request.today}
    context = {
        "page": page,
        "paper": html_of_sheet(page.sheet),
        "a": called(page.line.a, request, school=page.line.school),
        "b": called(page.line.b, request),
        "pen": PenForm(),
        "scan": ScanForm(initial=initial),
        "filing": FilingForm(initial={"copies": page.copies}),
        "clause": ClauseForm(targets=page.changeable),
        **more,
    }
    return render(request, "contracts/contract.html", context, status=status)


def _acted(
    request: Request,
    contract_id: UUID,
    said: str,
    act: Callable[..., None],
    *args: object,
    kept: Mapping[str, object] = MappingProxyType({}),
    **more: object,
) -> HttpResponse:
    """Do something to a contract and go back to its page; a refusal stands on it, with what was
    typed (``kept``)."""
    try:
        act(request.actor, contract_id, *args, **more, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, contract_id, status=409, refusal=refusal, **kept)
    messages.success(request, said)
    return redirect("contract", contract_id)


@require_POST
def contract_sign(request: Request, contract_id: UUID) -> HttpResponse:
    """Sign one's own lines, of the contract or of an added clause."""
    form = PenForm(request.POST)
    if not form.is_valid():
        return _page(request, contract_id, status=422, pen=form)
    clause, said = amendment_in(request), _("已签字。")
    return _acted(request, contract_id, said, sign_own, form.pen(), amendment_id=clause)


def amendment_in(request: Request) -> UUID | None:
    """The added clause that a form is about; ``None`` for the contract itself."""
    sent = request.POST.get("amendment", "")
    try:
        return UUID(sent) if sent else None
    except ValueError:
        raise Http404 from None


@never_cache
def contract_guardian(request: Request, contract_id: UUID) -> HttpResponse:
    """The page that the teacher holds out to the guardian: the text in large type, and the pen."""
    page = contract_page(request.actor, contract_id, today=request.today)
    form = PenForm(request.POST if request.method == "POST" else None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sign_before_witness(
                    request.actor, contract_id, form.pen(), today=request.today, now=request.now
                )
            except NotAllowed:
                raise
            except Refusal as problem:
                refusal, status = problem, 409
            else:
                messages.success(request, _("家长已签字，您是见证人。"))
                return redirect("contract", contract_id)
    elif page.guardian is None:
        return redirect("contract", contract_id)
    note_opening(page, stamp=stamp_of(request))
    context = {
        "page": page,
        "paper": html_of_sheet(page.sheet),
        "pen": form,
        "refusal": refusal,
        "guardian": next((p for p in page.parties if p.is_guardian), None),
    }
    return render(request, "contracts/guardian.html", context, status=status)


@require_POST
def contract_paper(request: Request, contract_id: UUID) -> HttpResponse:
    """Take in the signed paper."""
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, contract_id, status=422, scan=form)
    paper = Paper(form.cleaned_data["paper"].read(), form.cleaned_data["signed_on"])
    clause, said = amendment_in(request), _("纸质文本已收下，与电子签字同样有效。")
    return _acted(request, contract_id, said, take_in_paper, paper, amendment_id=clause)


@require_POST
def contract_amend(request: Request, contract_id: UUID) -> HttpResponse:
    """Add a clause that everybody signs."""
    page = contract_page(request.actor, contract_id, today=request.today)
    form = ClauseForm(request.POST, targets=page.changeable)
    if not form.is_valid():
        return _page(request, contract_id, status=422, clause=form)
    said = _("补充约定已写上，各方都签字后生效。")
    return _acted(request, contract_id, said, amend_contract, form.clause(), kept={"clause": form})


@require_POST
def contract_file(request: Request, contract_id: UUID) -> HttpResponse:
    """Say where the papers lie."""
    form = FilingForm(request.POST)
    if not form.is_valid():
        return _page(request, contract_id, status=422, filing=form)
    said = _("已记下档号和存放地点。")
    return _acted(request, contract_id, said, place_in_archive, form.filing())


@require_POST
def contract_settle(request: Request, contract_id: UUID) -> HttpResponse:
    """Note what came of it."""
    words = request.POST.get("words", "")
    return _acted(request, contract_id, _("已结清。"), settle_contract, words)


@require_POST
def contract_withdraw(request: Request, contract_id: UUID) -> HttpResponse:
    """Withdraw one that not all have signed."""
    words = request.POST.get("words", "")
    said = _("已撤回，可以重新起草。")
    return _acted(request, contract_id, said, withdraw_contract, words)


@never_cache
@require_safe
def contract_print(request: Request, contract_id: UUID) -> HttpResponse:
    """A4, in the number of copies that the contract names."""
    page = contract_page(request.actor, contract_id, today=request.today)
    note_opening(page, stamp=stamp_of(request))
    pdf = contract_pdf(request.actor, contract_id, today=request.today)
    return pdf_answer(pdf, f"{page.text.title}-{page.number}.pdf")


@never_cache
@require_safe
def contract_ink(request: Request, ink_id: UUID) -> HttpResponse:
    """The bytes of a signature or a signed paper, through its contract's door."""
    data, kind, child_id = open_ink(request.actor, ink_id, today=request.today)
    if child_id is not None:
        note_reading(
            "contract.ink", stamp=stamp_of(request), child_id=child_id, fields=["signature"]
        )
    answer = HttpResponse(data, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
