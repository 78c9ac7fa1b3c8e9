"""Put another paper in the place of one that goes to a guardian: why, and what it says instead."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.documents.queries.papers import PaperPage
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.flows.cases.choosing import offered
from notoneless.flows.cases.refusals import StepFaulty
from notoneless.flows.cases.stepping import Taking
from notoneless.flows.documents.reading import open_paper
from notoneless.flows.documents.replacing import (
    Replaceable,
    replace_paper,
    replaceable,
    replaced_so,
)
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.refusal import Refusal
from notoneless.web.cases.forms import StepForm, keys_in
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request


class ReplaceForm(StepForm):
    """The questions of the step that issued the paper, and why it is replaced."""

    reason = forms.CharField(
        label=gettext_lazy("为什么替换"),
        min_length=2,
        max_length=200,
        help_text=gettext_lazy("写清原来哪里不对，如“期限写错”。印在登记簿上，不印在新文书上。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].widget = forms.HiddenInput()
        self.order_fields(["reason", *self.fields])


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def paper_replace(request: Request, document_id: UUID) -> HttpResponse:
    """The form of a replacement, with what the paper says filled in; sent, it is issued."""
    if (same := _sent_before(request, document_id)) is not None:
        return redirect("paper", same)
    found = replaceable(request.actor, document_id, today=request.today)
    page = open_paper(request.actor, document_id, today=request.today, now=request.now)
    if request.method != "POST":
        kept = kept_form(request)
        initial = {"id": uuid7(), "on": request.today, **found.said}
        form = _form(request, found, kept, initial)
        return _page(request, page, form, was_kept=kept is not None)
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, page, form, status=422)
    try:
        new_id = _replaced(request, document_id, form)
    except NotAllowed:
        raise
    except StepFaulty as refusal:
        form.tell(refusal.faults)
        return _page(request, page, form, status=422)
    except Refusal as refusal:
        return _page(request, page, form, status=409, refusal=refusal)
    drop_kept_form(request)
    messages.success(request, _("已替换。新的文书要重新送达，期限从新文书算起。"))
    return redirect("paper", new_id)


def _sent_before(request: Request, document_id: UUID) -> UUID | None:
    for form_id in keys_in([request.POST.get("id", "")]):
        return replaced_so(request.actor, document_id, form_id, today=request.today)
    return None


def _replaced(request: Request, document_id: UUID, form: ReplaceForm) -> UUID:
    return replace_paper(
        request.actor,
        document_id,
        form.taking(),
        reason=form.cleaned_data["reason"],
        today=request.today,
        now=request.now,
    )


def _form(
    request: Request, found: Replaceable, data: Any, initial: dict[str, Any] | None = None
) -> ReplaceForm:
    taking = Taking(id=found.known.row.pk, kind=found.step, on=request.today)
    offers = offered(request.actor, found.known, taking, today=request.today)
    return ReplaceForm(
        data, initial=initial or {}, step=found.step, offers=offers, today=request.today
    )


def _page(
    request: Request, page: PaperPage, form: ReplaceForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "line": page.line,
        "form": form,
        "paper": html_of_sheet(blocks_of(page.payload)),
        **more,
    }
    return render(request, "documents/replace.html", context, status=status)
