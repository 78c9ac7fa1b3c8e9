"""A step's form: the rules say whether it can be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.flows.oversight.deciding import Choices
from notoneless.flows.oversight.reading import (
    FaultShown,
    decision_choices,
    fault_shown,
    notice_until,
)
from notoneless.flows.oversight.stepping import Taking, take
from notoneless.rules.faults.catalogue import entry_of
from notoneless.rules.faults.guards import Missing, Obstacle
from notoneless.rules.faults.kinds import FaultStep, LinkKind
from notoneless.rules.faults.life import WAYS
from notoneless.rules.refusal import Refusal
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.oversight import words
from notoneless.web.oversight.forms import DecideForm, StepForm
from notoneless.web.oversight.telling import (
    decision_words,
    head_of,
    statement_hint,
    step_name,
    step_note,
)
from notoneless.web.request import Request

ABOUT_DECISION = (
    FaultStep.SHOWN,
    FaultStep.WAIVED,
    FaultStep.APPEALED,
    FaultStep.APPEAL_DECIDED,
    FaultStep.EXECUTED,
)
"""Their forms say what was decided."""


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def fault_step(request: Request, fault_id: UUID, kind: str) -> HttpResponse:
    """What the step asks; a step that is not the reader's is not there.

    Sent a second time it leads to the matter like the first; sent after somebody else's step it
    comes back with what was typed.
    """
    shown = fault_shown(request.actor, fault_id, today=request.today)
    step = _step(kind)
    if request.method != "POST" and step not in _theirs(shown):
        if shown.file.line.state in WAYS[step].after:
            raise Http404
        messages.info(request, str(words.MISSING[Missing.WRONG_STATE]))
        return redirect("fault", fault_id)
    choices = None
    if step is FaultStep.DECIDED:
        choices = decision_choices(request.actor, fault_id, today=request.today)
    page = _Page(request, step, choices)
    form = page.form(shown, request.POST if request.method == "POST" else kept_form(request))
    if request.method != "POST":
        return page.show(shown, form)
    if not form.is_valid():
        return page.show(shown, form, status=422)
    said = form.cleaned_data
    given = Taking(
        id=said["id"], kind=step, on=said["on"], until=said.get("until"), said=form.said()
    )
    try:
        take(request.actor, fault_id, given, today=request.today, now=request.now)
    except Refusal as refusal:
        fresh = fault_shown(request.actor, fault_id, today=request.today)
        return page.show(fresh, form, status=409, refusal=refusal)
    drop_kept_form(request)
    messages.success(request, _("已办理：%(step)s。") % {"step": step_name(step, shown)})
    return redirect("fault", fault_id)


@dataclass(frozen=True, slots=True)
class _Page:
    request: Request
    step: FaultStep
    choices: Choices | None

    def form(self, shown: FaultShown, data: Any) -> StepForm | DecideForm:
        today = self.request.today
        initial: dict[str, object] = {"id": uuid7(), "on": today}
        if self.choices is None:
            hint = ""
            if self.step is FaultStep.NOTICE_GIVEN:
                initial["until"] = notice_until(shown, on=today)
                hint = statement_hint(shown.times)
            return StepForm(
                data, initial=initial, step=self.step, is_own=shown.is_own, until_hint=hint
            )
        return DecideForm(
            data,
            initial=initial,
            choices=self.choices,
            is_conduct=entry_of(shown.file.line.kind).is_conduct,
            has_cases=any(link.kind is LinkKind.CASE for link in shown.file.links),
        )

    def show(
        self,
        shown: FaultShown,
        form: StepForm | DecideForm,
        *,
        status: int = 200,
        refusal: Refusal | None = None,
    ) -> HttpResponse:
        missing = dict(shown.waiting).get(self.step, ())
        if self.step not in _theirs(shown):
            missing, refusal = (Obstacle(Missing.WRONG_STATE),), None
        context = {
            "shown": shown,
            "head": head_of(shown.file.line, self.request.today),
            "step_words": step_name(self.step, shown),
            "note": step_note(self.step, shown),
            "decision": decision_words(shown) if self.step in ABOUT_DECISION else (),
            "form": form,
            "missing": [words.obstacle_words(each) for each in missing],
            "off": _off(self.choices),
            "asks_flags": self.choices is not None and self.choices.asks_flags,
            "refusal": refusal,
        }
        return render(self.request, "oversight/step.html", context, status=status)


def _step(kind: str) -> FaultStep:
    try:
        return FaultStep(kind)
    except ValueError:
        raise Http404 from None


def _theirs(shown: FaultShown) -> set[FaultStep]:
    """Steps that the matter's state lets its reader take, or wait for."""
    return {*shown.ready, *(step for step, _missing in shown.waiting)}


def _off(choices: Choices | None) -> list[tuple[str, str]]:
    """Measures that the plan names and nobody can use, with why."""
    if choices is None:
        return []
    return [
        (str(words.MEASURES[each.measure]), str(words.OFF[each.off]))
        for each in choices.offered
        if each.off
    ]
