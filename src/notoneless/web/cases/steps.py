"""One step of a case: what it asks, its paper as it would be, and the button that takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.flows.cases.choosing import in_the_way, offered
from notoneless.flows.cases.doors import acting_in, case_known
from notoneless.flows.cases.papers.proposals import proposals
from notoneless.flows.cases.preview import Preview, previewed, waits_for_choice
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.refusals import StepFaulty
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.rules.cases.guards import ALWAYS_MISSING
from notoneless.rules.cases.kinds import Outcome, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.said import QUESTIONS
from notoneless.rules.documents.blocks import Unprintable
from notoneless.rules.refusal import Refusal
from notoneless.web.cases.forms import ErrorForm, StepForm
from notoneless.web.cases.heads import head_of
from notoneless.web.cases.obstacles import obstacle_words
from notoneless.web.cases.words import STEPS
from notoneless.web.documents.lacks import lacks_words
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_step(request: Request, case_id: UUID, kind: str) -> HttpResponse:
    """The form of a step with what is known filled in; sent, the step is taken."""
    step = _asked(kind)
    known = case_known(request.actor, case_id, today=request.today)
    if request.method != "POST":
        return _empty(request, known, step)
    if request.POST.get("preview"):
        said = request.POST.dict()
        return _page(request, known, _form(request, known, step, None, said))
    form = _form(request, known, step, request.POST)
    if not form.is_valid():
        return _page(request, known, form, status=422)
    try:
        take_step(request.actor, case_id, form.taking(), today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _refused(request, known, form, refusal)
    drop_kept_form(request)
    messages.success(request, _("已办理：%(step)s。") % {"step": STEPS[step]})
    return redirect("case", case_id)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_error(request: Request, case_id: UUID) -> HttpResponse:
    """No child was missing: one tap asked, this is the second."""
    known = case_known(request.actor, case_id, today=request.today)
    kept = None if request.method == "POST" else kept_form(request)
    form = ErrorForm(request.POST or kept, initial={"id": uuid7()})
    if request.method == "POST" and form.is_valid():
        said = {"outcome": Outcome.IDENTITY_ERROR.value, "words": form.cleaned_data["words"]}
        taking = Taking(
            id=form.cleaned_data["id"], kind=StepKind.CLOSED, on=request.today, said=said
        )
        try:
            take_step(request.actor, case_id, taking, today=request.today, now=request.now)
        except NotAllowed:
            raise
        except Refusal as refusal:
            fresh = case_known(request.actor, case_id, today=request.today)
            return _error_page(request, fresh, form, status=409, refusal=refusal)
        drop_kept_form(request)
        messages.success(request, _("已按信息错误销号。记录仍然保留，可以查看。"))
        return redirect("case", case_id)
    status = 422 if request.method == "POST" else 200
    return _error_page(request, known, form, status=status, was_kept=kept is not None)


def _error_page(
    request: Request, known: KnownCase, form: ErrorForm, *, status: int, **more: Any
) -> HttpResponse:
    context = {"head": head_of(known, request), "form": form, **more}
    return render(request, "cases/error.html", context, status=status)


def _asked(kind: str) -> StepKind:
    if kind not in QUESTIONS or kind == StepKind.OPENED:
        raise Http404
    return StepKind(kind)


def _empty(request: Request, known: KnownCase, step: StepKind) -> HttpResponse:
    kept = kept_form(request)
    if kept is not None:
        return _page(request, known, _form(request, known, step, kept), was_kept=True)
    initial = {
        "id": uuid7(),
        "on": request.today,
        "answers": request.GET.get("answers", ""),
        **_proposed(request, known, step),
        **{name: request.GET[name] for name in ("outcome",) if name in request.GET},
    }
    return _page(request, known, _form(request, known, step, None, initial))


def _proposed(request: Request, known: KnownCase, step: StepKind) -> Mapping[str, str]:
    """What the case and the office's last papers say already."""
    try:
        acting = acting_in(request.actor, known, transition_of(step))
    except NotAllowed:
        acting = None
    return proposals(known, step, request.today, acting)


def _form(
    request: Request,
    known: KnownCase,
    step: StepKind,
    data: Any,
    initial: Mapping[str, Any] | None = None,
) -> StepForm:
    taking = Taking(id=known.row.pk, kind=step, on=request.today)
    offers = offered(request.actor, known, taking, today=request.today)
    return StepForm(data, initial=initial or {}, step=step, offers=offers, today=request.today)


def _refused(request: Request, known: KnownCase, form: StepForm, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, StepFaulty):
        form.tell(refusal.faults)
        return _page(request, known, form, status=422)
    # What stands in the way may have changed since the page was opened.
    fresh = case_known(request.actor, known.row.pk, today=request.today)
    return _page(request, fresh, form, status=409, refusal=refusal)


def _page(
    request: Request,
    known: KnownCase,
    form: StepForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    taking = _taking(form, request)
    missing = in_the_way(request.actor, known, taking)
    paper = None if missing else _preview(request, known.row.pk, taking)
    context = {
        "head": head_of(known, request),
        "form": form,
        "step": form.step,
        "step_words": STEPS[form.step],
        "missing": [obstacle_words(each) for each in missing],
        "is_never": any(each.missing in ALWAYS_MISSING for each in missing),
        "paper": _sheet(paper),
        "has_paper": paper is not None or (not missing and waits_for_choice(taking)),
        "lacks": lacks_words(paper.lacks) if paper else "",
        **more,
    }
    return render(request, "cases/step.html", context, status=status)


def _taking(form: StepForm, request: Request) -> Taking:
    """The step as the form has it by now, good or not; for preview and obstacles."""
    names = [q.name for q in QUESTIONS[form.step] if q.name in form.fields]
    said = {name: form[name].value() for name in names}
    texts = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in said.items()
        if value not in (None, "")
    }
    return Taking(id=known_id(form), kind=form.step, on=request.today, said=texts)


def known_id(form: StepForm) -> UUID:
    """The id that the page made, or a new one where it is missing."""
    try:
        return UUID(str(form["id"].value()))
    except ValueError:
        return uuid7()


def _preview(request: Request, case_id: UUID, taking: Taking) -> Preview | None:
    try:
        return previewed(request.actor, case_id, taking, today=request.today)
    except Refusal:
        # A paper that cannot be laid out yet is no reason to hold back its form.
        return None


def _sheet(paper: Preview | None) -> str:
    if paper is None:
        return ""
    try:
        return html_of_sheet(paper.sheet)
    except Unprintable:
        return ""
