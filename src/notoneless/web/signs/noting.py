"""A teacher notes a sign; what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from notoneless.attendance.queries.schools import classes_with_children
from notoneless.flows.signs.doors import ChildHere, child_to_note
from notoneless.flows.signs.gathering import members_of
from notoneless.flows.signs.words import (
    clear_word,
    escalate,
    note_measure,
    note_sign,
    policy_here,
    word_child,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.signs.causes import causes_of
from notoneless.rules.signs.kinds import StepKind
from notoneless.rules.signs.thresholds import sign_kinds
from notoneless.signs.services.words import NewStep
from notoneless.web.kept_forms import kept_over_sign_in
from notoneless.web.request import Request, stamp_of
from notoneless.web.signs.forms import StepForm, WordForm

VERBS: dict[str, tuple[StepKind, Callable[..., None]]] = {
    "escalate": (StepKind.ESCALATED, escalate),
    "measure": (StepKind.MEASURE, note_measure),
    "clear": (StepKind.CLEARED, clear_word),
}


@kept_over_sign_in
@never_cache
def word_new(request: Request) -> HttpResponse:
    """Three taps and a sentence about one child; without a child, choose one of one's classes."""
    request.actor.must(Capability.NOTE_SIGNS)
    child_id = _asked(request, "child")
    if child_id is None:
        return _choose(request)
    here = child_to_note(request.actor, child_id, today=request.today)
    if request.method != "POST":
        initial = {"token": uuid7(), "seen_on": request.today}
        return _word_page(request, here, _word_form(request, here, None, initial=initial))
    form = _word_form(request, here, request.POST)
    if not form.is_valid():
        return _word_page(request, here, form, status=422)
    try:
        note_sign(request.actor, form.new_word(here.child_id), today=request.today, now=request.now)
    except Refusal as refusal:
        return _word_page(request, here, form, status=409, refusal=refusal)
    messages.success(request, _("已上报，班主任和年级组长会看到。"))
    sees = any(request.actor.may(Capability.SEE_SIGNS, at=path) for path in here.paths)
    return redirect("child-signs" if sees else "child", here.child_id)


@require_POST
def word_step(request: Request, word_id: UUID, kind: str) -> HttpResponse:
    """Escalate a word, note what was decided together, or clear it."""
    if kind not in VERBS:
        raise Http404
    form = StepForm(request.POST)
    child_id = word_child(request.actor, word_id, today=request.today)
    if not form.is_valid():
        messages.error(request, _("没有保存：请检查日期和说明。"))
        return redirect("child-signs", child_id)
    step, verb = VERBS[kind]
    said = form.cleaned_data
    new = NewStep(said["token"], step, request.today, said["text"], said["visit_on"])
    verb(request.actor, word_id, new, today=request.today, now=request.now)
    messages.success(request, _("已记录。"))
    return redirect("child-signs", child_id)


def _asked(request: Request, name: str) -> UUID | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _choose(request: Request) -> HttpResponse:
    actor = request.actor
    classes = classes_with_children(actor, day=request.today, to=Capability.NOTE_SIGNS)
    asked = _asked(request, "class")
    chosen = next((c for c in classes if c.id == asked or len(classes) == 1), None)
    members = members_of([chosen.id], county_id=actor.county_id, on=request.today) if chosen else []
    if members:
        listed = Listed.of(f"class={chosen and chosen.id}", [m.child_id for m in members])
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    context = {"classes": classes, "chosen": chosen, "members": members}
    return render(request, "signs/choose.html", context)


def _word_form(request: Request, here: ChildHere, data: Any, **more: Any) -> WordForm:
    policy = policy_here(here, today=request.today)
    return WordForm(data, kinds=sign_kinds(policy), causes=causes_of(policy), **more)


def _word_page(
    request: Request,
    here: ChildHere,
    form: WordForm,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {"here": here, "form": form, "refusal": refusal}
    return render(request, "signs/word.html", context, status=status)
