"""One paper: what it says, its bytes, its services; taking it back, answering it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.documents.queries.papers import PaperPage, picture_of_service
from notoneless.documents.rendering.docx import docx_of_sheet
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.flows.documents.ending import may_sign, withdraw_paper
from notoneless.flows.documents.likeness import used_elsewhere
from notoneless.flows.documents.reading import open_paper, open_pdf
from notoneless.flows.documents.refusals import ServiceFaulty
from notoneless.flows.documents.replacing import may_replace
from notoneless.flows.documents.serving import (
    answer_paper,
    colleagues,
    may_answer,
    serve_paper,
    take_back_service,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.documents.forms import ServiceForm, pictures_with
from notoneless.web.documents.views import pdf_answer
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request, stamp_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@require_safe
def paper(request: Request, document_id: UUID) -> HttpResponse:
    """One paper; opening it is noted."""
    page = open_paper(request.actor, document_id, today=request.today, now=request.now)
    return render(request, "documents/paper.html", _context(request, page))


@never_cache
@require_safe
def paper_pdf(request: Request, document_id: UUID) -> HttpResponse:
    """The kept bytes, as they were issued."""
    line, pdf = open_pdf(request.actor, document_id, today=request.today, now=request.now)
    name = f"{line.form_name}-{line.number_text}.pdf"
    return pdf_answer(pdf, name, is_shown=request.GET.get("show") == "1")


@never_cache
@require_safe
def paper_print(request: Request, document_id: UUID) -> HttpResponse:
    """The paper on the screen, from its frozen payload; to sign and send there is the PDF."""
    page = open_paper(request.actor, document_id, today=request.today, now=request.now)
    context = {"page": page, "paper": html_of_sheet(blocks_of(page.payload))}
    return render(request, "documents/print.html", context)


@never_cache
@require_safe
def paper_draft(request: Request, document_id: UUID) -> HttpResponse:
    """A paper that is a draft by its nature, to be worked over: the complaint to a court."""
    page = open_paper(request.actor, document_id, today=request.today, now=request.now)
    sheet = blocks_of(page.payload)
    if not sheet.is_draft:
        raise Http404
    answer = pdf_answer(docx_of_sheet(sheet), f"{page.line.form_name}.docx")
    answer["Content-Type"] = DOCX
    return answer


@kept_over_sign_in
def paper_serve(request: Request, document_id: UUID) -> HttpResponse:
    """Write down on the phone how the paper was served."""
    request.actor.must(Capability.WORK_CASES)
    page = open_paper(request.actor, document_id, today=request.today, now=request.now)
    people = colleagues(request.actor, today=request.today)
    if request.method != "POST":
        form = ServiceForm(kept_form(request), people=people, initial=_initial(request, page))
        return _serve_page(request, page, form)
    form = ServiceForm(request.POST, people=people)
    if not form.is_valid():
        return _serve_page(request, page, form, status=422)
    try:
        sent = pictures_with(request.FILES, form.cleaned_data["signature"])
        said = form.new_service()
        serve_paper(request.actor, document_id, said, sent, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except ServiceFaulty as refusal:
        form.tell(refusal.faults)
        return _serve_page(request, page, form, status=422)
    except Refusal as refusal:
        return _serve_page(request, page, form, status=409, refusal=refusal)
    drop_kept_form(request)
    messages.success(request, _("已登记送达。") if said.is_served else _("已登记，未送到。"))
    return redirect("paper", document_id)


@require_POST
def paper_withdraw(request: Request, document_id: UUID) -> HttpResponse:
    """Take the paper back with a reason."""
    reason = request.POST.get("reason", "")[:200]
    withdraw_paper(request.actor, document_id, reason=reason, today=request.today, now=request.now)
    messages.success(request, _("已撤回。文书和文号保留，不再有效。"))
    return redirect("paper", document_id)


@require_POST
def paper_answer(request: Request, document_id: UUID) -> HttpResponse:
    """Take the paper over for one's unit, or send it back with a reason."""
    is_back = request.POST.get("answer") == "back"
    reason = request.POST.get("reason", "")[:300]
    if is_back and not reason.strip():
        messages.error(request, _("退回要写明原因。"))
        return redirect("paper", document_id)
    answer_paper(
        request.actor,
        document_id,
        reason=reason if is_back else "",
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("已退回。") if is_back else _("已签收。"))
    return redirect("paper", document_id)


@require_POST
def service_end(request: Request, service_id: UUID) -> HttpResponse:
    """A service was entered by mistake."""
    document_id = take_back_service(
        request.actor,
        service_id,
        reason=request.POST.get("reason", "")[:200],
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("这条送达记录已撤销。"))
    return redirect("paper", document_id)


@never_cache
@require_safe
def service_picture(request: Request, picture_id: UUID) -> HttpResponse:
    """The bytes of one picture, through the door of its paper; each look is noted."""
    child_id, kind, data = picture_of_service(request.actor, picture_id, on=request.today)
    listed = None if child_id else Listed.of(f"picture={picture_id}", [])
    note_reading(
        "paper.picture",
        stamp=stamp_of(request),
        child_id=child_id,
        fields=["picture"],
        listed=listed,
    )
    answer = HttpResponse(data, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _initial(request: Request, page: PaperPage) -> dict[str, Any]:
    return {"id": uuid7(), "on": request.today, "receiver_name": page.line.receiver_name}


def _serve_page(
    request: Request, page: PaperPage, form: ServiceForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"page": page, "line": page.line, "form": form, **more}
    return render(request, "documents/serve.html", context, status=status)


def _context(request: Request, page: PaperPage) -> dict[str, Any]:
    line, actor = page.line, request.actor
    return {
        "page": page,
        "line": line,
        "paper": html_of_sheet(blocks_of(page.payload)),
        "is_draft": blocks_of(page.payload).is_draft,
        "elsewhere": used_elsewhere(actor, page, today=request.today),
        "may_serve": line.awaits_service and actor.may(Capability.WORK_CASES),
        "may_withdraw": line.is_standing
        and may_sign(actor, line.kind, line.office_id, today=request.today),
        "may_replace": may_replace(actor, line.id, today=request.today),
        "may_answer": line.is_standing
        and page.receipt is None
        and not line.is_of_case
        and may_answer(actor, line.receiver_kind, line.receiver_unit_id),
    }
