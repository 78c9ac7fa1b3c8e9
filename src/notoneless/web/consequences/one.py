"""One line: what it was drawn from, its exception, the decision, what was carried out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notoneless.flows.consequences.carrying_out import correct_line, settle_line
from notoneless.flows.consequences.deciding import decide, file_exception, verify_exception
from notoneless.flows.consequences.showing import OpenedLine, open_line
from notoneless.rules.consequences.life import DECISIONS, LineStep
from notoneless.rules.roles import Capability
from notoneless.web.consequences import words
from notoneless.web.consequences.forms import (
    CorrectForm,
    DecisionForm,
    ExceptionForm,
    SettleForm,
    VerifyForm,
)
from notoneless.web.request import Request, stamp_of


@require_safe
def settlement_line(request: Request, line_id: UUID) -> HttpResponse:
    """A line with its formula, its source, the children behind it, and what may be done."""
    return _page(request, _opened(request, line_id))


@require_POST
def settlement_exception(request: Request, line_id: UUID) -> HttpResponse:
    """File the exception statement (F-073)."""
    found = _opened(request, line_id)
    form = ExceptionForm(request.POST, found=found)
    if not form.is_valid():
        return _page(request, found, filing=form)
    file_exception(
        request.actor,
        line_id,
        circumstances=form.cleaned_data["circumstances"],
        children=form.chosen,
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("已提交。核实、审定以前，这一项不会审定。"))
    return redirect("settlement-line", line_id)


@require_POST
def settlement_verify(request: Request, line_id: UUID) -> HttpResponse:
    """Answer the policy's conditions after looking into them."""
    found = _opened(request, line_id)
    form = VerifyForm(request.POST, found=found)
    if not form.is_valid():
        return _page(request, found, verifying=form)
    verify_exception(
        request.actor,
        line_id,
        form.answers,
        reason=form.cleaned_data["reason"],
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("已记下核实结果。"))
    return redirect("settlement-line", line_id)


@require_POST
def settlement_decide(request: Request, line_id: UUID) -> HttpResponse:
    """The approver decides one line."""
    found = _opened(request, line_id)
    form = DecisionForm(request.POST, found=found)
    if not form.is_valid():
        return _page(request, found, deciding=form)
    decide(request.actor, line_id, form.decision, today=request.today, now=request.now)
    messages.success(request, _("已记下。整份审定以后才生效。"))
    return redirect("settlement-line", line_id)


@require_POST
def settlement_settle(request: Request, line_id: UUID) -> HttpResponse:
    """Write down that it was paid, deducted or carried out."""
    found = _opened(request, line_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, settling=form)
    settle_line(request.actor, line_id, form.done, today=request.today, now=request.now)
    messages.success(request, _("已登记兑现。"))
    return redirect("settlement-line", line_id)


@require_POST
def settlement_correct(request: Request, line_id: UUID) -> HttpResponse:
    """The day or the receipt was written down wrongly; both stay in the story."""
    found = _opened(request, line_id)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _page(request, found, correcting=form)
    reason = form.cleaned_data["reason"]
    correct_line(
        request.actor, line_id, form.done, reason=reason, today=request.today, now=request.now
    )
    messages.success(request, _("已更正，原来的登记留在经过里。"))
    return redirect("settlement-line", line_id)


def _opened(request: Request, line_id: UUID) -> OpenedLine:
    return open_line(request.actor, line_id, today=request.today, stamp=stamp_of(request))


def _page(request: Request, found: OpenedLine, **forms: Any) -> HttpResponse:
    line = found.line
    context = {
        "found": found,
        "line": words.line_words(line, found.units, found.policy, request.today),
        "row": found.row,
        "unit": words.unit_words(found.units.get(line.unit_id), request.today),
        "school": words.unit_words(found.units.get(found.row.unit_id), request.today),
        "period": words.period_words(found.row.school_year, found.row.term),
        "entries": [_entry(found, step) for step in reversed(line.steps)],
        "may_see_cases": request.actor.may(Capability.SEE_CASES),
        "is_shared": not found.is_own,
        **_forms(request, found),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "consequences/line.html", context, status=status)


def _forms(request: Request, found: OpenedLine) -> dict[str, Any]:
    open_ = found.open
    forms: dict[str, Any] = {}
    if LineStep.FILE in open_:
        forms["filing"] = ExceptionForm(found=found)
    if LineStep.VERIFY in open_:
        forms["verifying"] = VerifyForm(found=found)
    if open_ & DECISIONS:
        forms["deciding"] = DecisionForm(found=found)
    if LineStep.SETTLE in open_:
        forms["settling"] = SettleForm(initial={"done_on": request.today})
    if LineStep.CORRECT in open_:
        last = found.line.steps[-1]
        forms["correcting"] = CorrectForm(
            initial={"done_on": last.done_on, "receipt": last.receipt}
        )
    return forms


def _entry(found: OpenedLine, step: Any) -> dict[str, Any]:
    """One step for the timeline."""
    said = [step.reason] if step.reason else []
    for code, answer in step.answers.items():
        yes = _("是") if answer else _("否")
        said.append(f"{words.honour_words(code)}：{yes}")
    if step.step in (LineStep.CHANGE, LineStep.GRANT) and step.fen is not None:
        said.append(words.money_words(step.fen))
    if step.person:
        said.append(step.person)
    if step.done_on:
        said.append(f"{step.done_on:%Y-%m-%d} {step.receipt}".strip())
    return {
        "at": step.at,
        "by": step.by,
        "title": words.STEPS[step.step],
        "text": " · ".join(said),
    }
