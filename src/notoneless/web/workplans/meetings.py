"""Meetings, and the tasks that they gave."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.flows.workplans.meetings import (
    answer_decision,
    may_keep,
    meeting_seen,
    must_keep,
    note_meeting,
    posts_at,
    task_seen,
    withdraw_meeting,
)
from notoneless.places.queries.units import unit_facts
from notoneless.rules.refusal import Refusal
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.web.request import Request
from notoneless.web.words import ROLES
from notoneless.web.workplans.forms import DoneForm, MeetingForm
from notoneless.web.workplans.words import MEETING_WORDS
from notoneless.workplans.queries.meetings import decision_named


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_meeting_new(request: Request) -> HttpResponse:
    """Note a meeting of a unit that was held."""
    unit_id = _unit(request)
    must_keep(request.actor, unit_id, on=request.today)
    posts = posts_at(unit_id, on=request.today)
    context: dict[str, Any] = {"unit": unit_facts(unit_id)}
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        first = {
            "id": uuid7(),
            "held_on": request.today,
            "kind": kind if kind in set(MeetingKind) else MeetingKind.LEADERSHIP.value,
            "chair": str(request.actor.person_id),
        }
        form = MeetingForm(None, posts, initial=first)
        return render(request, "workplans/meeting_new.html", {**context, "form": form})
    form = MeetingForm(request.POST, posts)
    if not form.is_valid():
        return render(request, "workplans/meeting_new.html", {**context, "form": form}, status=422)
    try:
        meeting_id = note_meeting(
            request.actor, form.said(unit_id), today=request.today, now=request.now
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        context |= {"form": form, "refusal": refusal}
        return render(request, "workplans/meeting_new.html", context, status=409)
    messages.success(request, _("已记下。各项决定已进入责任人的待办。"))
    return redirect("workplan-meeting", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """One meeting with its decisions and what came of them; POST withdraws it."""
    meeting = meeting_seen(request.actor, meeting_id, today=request.today)
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:300]
        withdraw_meeting(request.actor, meeting_id, reason, today=request.today, now=request.now)
        messages.success(request, _("已撤销这次会议记录，记录本身仍保留。"))
        return redirect("workplan-meeting", meeting_id)
    context = {
        "meeting": meeting,
        "what": MEETING_WORDS[meeting.kind],
        "decisions": [(each, ROLES[each.owner_role]) for each in meeting.decisions],
        "may_withdraw": not meeting.withdrawn
        and may_keep(request.actor, meeting.unit_id, on=request.today)
        and all(each.done_on is None for each in meeting.decisions),
    }
    return render(request, "workplans/meeting.html", context)


@require_safe
def workplan_task_named(request: Request, unit_id: UUID, key: str) -> HttpResponse:
    """From the name that a decision has among the duties of its unit to its page."""
    found = decision_named(unit_id, key, county_id=request.actor.county_id)
    if found is None:
        raise Http404
    task_seen(request.actor, found, today=request.today)
    return redirect("workplan-task", found)


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_task(request: Request, decision_id: UUID) -> HttpResponse:
    """What a meeting decided, for whoever has it to do; POST says what came of it."""
    meeting = task_seen(request.actor, decision_id, today=request.today)
    task = next(each for each in meeting.decisions if each.id == decision_id)
    form = DoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        answer_decision(request.actor, decision_id, note, today=request.today, now=request.now)
        messages.success(request, _("已记下落实情况，这件事办结了。"))
        return redirect("workplan-task", decision_id)
    context = {
        "task": task,
        "role": ROLES[task.owner_role],
        "meeting": meeting,
        "what": MEETING_WORDS[meeting.kind],
        "form": form if task.done_on is None and not meeting.withdrawn else None,
        "is_late": task.done_on is None and task.due_on < request.today,
    }
    return render(request, "workplans/task.html", context, status=422 if form.errors else 200)


def _unit(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("unit") or request.GET.get("unit", ""))
    except ValueError:
        raise Http404 from None
