"""The matter on paper: its record (F-074), and the notice or the record of a talk (F-075)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.flows.oversight.reading import FaultShown, fault_shown
from notoneless.oversight.queries.lines import StepLine
from notoneless.rules.faults.kinds import FaultState, FaultStep, Measure
from notoneless.rules.faults.life import is_final
from notoneless.web.oversight.pointers import record
from notoneless.web.oversight.telling import head_of, said_words, time_rows
from notoneless.web.oversight.words import STEPS
from notoneless.web.request import Request
from notoneless.web.words import ROLES

PRINTED = {Measure.NOTICE_OF_CRITICISM.value, Measure.ADMONISHING_TALK.value}


@never_cache
@require_safe
def fault_record(request: Request, fault_id: UUID) -> HttpResponse:
    """过错责任追究记录; the source stands on no paper."""
    shown = fault_shown(request.actor, fault_id, today=request.today)
    links = shown.file.links
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
        "records": [record(each.kind, each.target_id, each.on, {}).label for each in links],
        "times": time_rows(shown.times),
    }
    return render(request, "oversight/record.html", context)


def printed(shown: FaultShown) -> StepLine | None:
    """The newest decision that brings a notice or a talk and stands; ``None`` without one."""
    if shown.file.line.state in (FaultState.APPEALED, FaultState.OVERTURNED):
        return None
    found = (s for s in reversed(shown.file.steps) if s.kind is FaultStep.DECIDED)
    return next((s for s in found if PRINTED & set(listed(s.said.get("measures")))), None)


def is_early(shown: FaultShown, decided: StepLine, today: date) -> bool:
    """Whether the decision is not final yet; one of an earlier round is."""
    facts = shown.file.facts
    last = next(s for s in reversed(shown.file.steps) if s.kind is FaultStep.DECIDED)
    is_open = facts.state is FaultState.DECIDED
    return decided.id == last.id and is_open and not is_final(facts, today=today)


def listed(value: object) -> list[str]:
    """A list of codes as a step keeps it; empty for anything else."""
    return [str(each) for each in value] if isinstance(value, list) else []


@never_cache
@require_safe
def fault_notice(request: Request, fault_id: UUID) -> HttpResponse:
    """通报 with the text that was decided and nothing else of the matter; or 诫勉谈话记录.

    Before the decision is final it says so; of one that a review is about or has overturned there
    is none.
    """
    shown = fault_shown(request.actor, fault_id, today=request.today)
    decided = printed(shown)
    if decided is None:
        raise Http404
    chosen = listed(decided.said.get("measures"))
    is_notice = Measure.NOTICE_OF_CRITICISM.value in chosen
    is_talk = Measure.ADMONISHING_TALK.value in chosen
    context = {
        "file": shown.file,
        "head": head_of(shown.file.line, request.today),
        "decided": decided,
        "correct_by": date.fromisoformat(str(by)) if (by := decided.said.get("correct_by")) else "",
        "is_notice": is_notice,
        "is_early": is_early(shown, decided, request.today),
        "is_talk": is_talk,
        "role": ROLES[decided.by_role] if decided.by_role else "",
    }
    return render(request, "oversight/notice.html", context)
