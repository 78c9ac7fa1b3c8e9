"""The matter on paper: its record (F-074), and the notice or the record of a talk (F-075)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.flows.oversight.reading import fault_shown
from notoneless.rules.faults.kinds import FaultStep, Measure
from notoneless.web.oversight.telling import head_of, said_words
from notoneless.web.oversight.words import STEPS
from notoneless.web.request import Request
from notoneless.web.words import ROLES


@never_cache
@require_safe
def fault_record(request: Request, fault_id: UUID) -> HttpResponse:
    """过错责任追究记录; the source stands on no paper."""
    shown = fault_shown(request.actor, fault_id, today=request.today)
    steps = [
        {
            "on": step.on,
            "title": STEPS[step.kind],
            "by": step.by_name,
            "role": ROLES[step.by_role] if step.by_role else "",
            "said": said_words(step),
        }
        for step in shown.file.steps
    ]
    context = {
        "file": shown.file,
        "head": head_of(shown.file.line, request.today),
        "steps": steps,
    }
    return render(request, "oversight/record.html", context)


@never_cache
@require_safe
def fault_notice(request: Request, fault_id: UUID) -> HttpResponse:
    """通报 with the text that was decided and nothing else of the matter; or 诫勉谈话记录."""
    shown = fault_shown(request.actor, fault_id, today=request.today)
    decided = next((s for s in reversed(shown.file.steps) if s.kind is FaultStep.DECIDED), None)
    measures = decided.said.get("measures") if decided else None
    chosen = set(measures) if isinstance(measures, list) else set()
    is_notice = Measure.NOTICE_OF_CRITICISM.value in chosen
    is_talk = Measure.ADMONISHING_TALK.value in chosen
    if decided is None or not (is_notice or is_talk):
        raise Http404
    context = {
        "file": shown.file,
        "head": head_of(shown.file.line, request.today),
        "decided": decided,
        "correct_by": date.fromisoformat(str(by)) if (by := decided.said.get("correct_by")) else "",
        "is_notice": is_notice,
        "is_talk": is_talk,
        "role": ROLES[decided.by_role] if decided.by_role else "",
    }
    return render(request, "oversight/notice.html", context)
