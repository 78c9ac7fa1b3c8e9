"""A child's cases: the one that stands open, all of them, and a new one by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.cases.queries.doors import newest_case_of, open_case_of
from notoneless.cases.queries.of_child import cases_of_child
from notoneless.children.queries.file import ChildFile, child_file
from notoneless.flows.cases.opening import Opening, open_by_hand
from notoneless.flows.cases.refusals import CaseOpenAlready
from notoneless.journal.services import note_reading
from notoneless.rules.cases.kinds import Source, StepKind
from notoneless.rules.cases.said import QUESTIONS
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.cases.forms import keys_in
from notoneless.web.cases.heads import head_in
from notoneless.web.cases.opening import OpeningForm
from notoneless.web.children.tabs import child_tabs
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request, stamp_of


@require_safe
def case_of(request: Request, child_id: UUID) -> HttpResponse:
    """The child's open case, or at once the form of a step in it; else all its cases.

    A plan is looked at again in the case that was closed last.
    """
    step = request.GET.get("step", "")
    find = newest_case_of if step == StepKind.PLAN_REVIEWED else open_case_of
    case_id = find(request.actor, child_id, on=request.today)
    if case_id is None:
        return redirect("child-cases", child_id)
    return redirect("case-step", case_id, step) if step in QUESTIONS else redirect("case", case_id)


@never_cache
@require_safe
def child_cases(request: Request, child_id: UUID) -> HttpResponse:
    """Every case of a child, newest first. A merged row leads to the kept one."""
    file = file_for(request, child_id)
    if file.kept_id is not None:
        return redirect("child-cases", file.kept_id)
    lines = cases_of_child(request.actor, file.id, on=request.today)
    note_reading("child.opened", stamp=stamp_of(request), child_id=file.id, fields=["cases"])
    context = {
        "file": file,
        "tabs": child_tabs(request.actor, file.id, current="child-cases"),
        "heads": [head_in(line, request.today) for line in lines],
        "may_bring_in": may_bring_in(file),
        "may_open": _may_open(file) and not any(line.is_open for line in lines),
    }
    return render(request, "cases/child.html", context)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Open a case by hand, or because somebody told that the child is not in school (R-124)."""
    asked = keys_in([request.POST.get("child", "") or request.GET.get("child", "")])
    if not asked:
        raise Http404
    file = file_for(request, asked[0])
    kept = kept_form(request) if request.method != "POST" else None
    if request.method != "POST":
        initial = {"id": uuid7(), "away_since": request.today}
        form = OpeningForm(kept, initial=initial)
        return _page(request, file, form, was_kept=kept is not None)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, file, form, status=422)
    said = form.cleaned_data
    opening = Opening(
        said["id"], file.id, Source(said["source"]), said["away_since"], said["words"]
    )
    try:
        case_id = open_by_hand(request.actor, opening, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(
            request, file, form, status=409, refusal=refusal, open_id=open_case_in(refusal)
        )
    drop_kept_form(request)
    messages.success(request, _("已立案。下一步和期限都在下面。"))
    return redirect("case", case_id)


def file_for(request: Request, child_id: UUID) -> ChildFile:
    """The child, for whoever may see its cases; for others it is not there."""
    file = child_file(request.actor, child_id, on=request.today)
    if not any(Capability.SEE_CASES in door.capabilities for door in file.doors):
        raise Http404
    return file


def _may_open(file: ChildFile) -> bool:
    return any(Capability.WORK_CASES in door.capabilities for door in file.doors)


def may_bring_in(file: ChildFile) -> bool:
    """Whether the reader brings in cases of before for this child's place."""
    return any(Capability.IMPORT_ROSTERS in door.capabilities for door in file.doors)


def open_case_in(refusal: Refusal) -> str:
    """The case that stands open already, to be gone to instead."""
    return str(refusal.facts["case_id"]) if isinstance(refusal, CaseOpenAlready) else ""


def _page(
    request: Request, file: ChildFile, form: OpeningForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"file": file, "form": form, **more}
    return render(request, "cases/new.html", context, status=status)
