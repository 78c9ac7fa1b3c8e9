"""One month of a unit's campaign: plan, activities, reach, report."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.flows.workplans.campaigns import (
    CampaignSheet,
    campaign_sheet,
    note_activity,
    plan_campaign,
    report_campaign,
    withdraw_activity,
)
from notoneless.rules.refusal import Refusal
from notoneless.rules.workplans.kinds import Reach
from notoneless.rules.workplans.streams import month_end
from notoneless.web.request import Request
from notoneless.web.workplans.forms import ActivityForm, CampaignReportForm, PlanForm
from notoneless.web.workplans.links import day_in
from notoneless.web.workplans.words import REACH_WORDS, channel_words, month_words, unit_words
from notoneless.workplans.services.campaigns import NewCampaignReport

ACTS = ("plan", "activity", "report", "withdraw")


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_campaign(request: Request, unit_id: UUID, month: str) -> HttpResponse:
    """A campaign month with what was planned, done and reached."""
    day = day_in(month)
    if day is None or day.day != 1:
        raise Http404
    sheet = campaign_sheet(request.actor, unit_id, day, today=request.today)
    if request.method != "POST":
        return _page(request, sheet)
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    form = _forms(request, sheet, act)[act] if act != "withdraw" else None
    if form is not None and not form.is_valid():
        return _page(request, sheet, act=act, form=form, status=422)
    try:
        _do(request, unit_id, day, act, form)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, sheet, act=act, form=form, refusal=refusal, status=409)
    messages.success(request, _("已记下。"))
    return redirect(request.path)


def _do(request: Request, unit_id: UUID, month: date, act: str, form: Any) -> None:
    times: dict[str, Any] = {"today": request.today, "now": request.now}
    if act == "plan":
        plan_campaign(request.actor, unit_id, month, form.new(), **times)
    elif act == "activity":
        note_activity(request.actor, unit_id, month, form.new(), **times)
    elif act == "report":
        said = form.cleaned_data
        new = NewCampaignReport(said["text"], {}, said["reason"], said["id"])
        report_campaign(request.actor, unit_id, month, new, **times)
    else:
        reason = request.POST.get("reason", "")[:300]
        withdraw_activity(request.actor, _activity(request), reason, **times)


def _activity(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("activity", ""))
    except ValueError:
        raise Http404 from None


def _forms(request: Request, sheet: CampaignSheet, act: str = "") -> dict[str, forms.Form]:
    plan = sheet.file.plans[0] if sheet.file.plans else None
    held_on = min(request.today, month_end(sheet.file.month))
    first: dict[str, dict[str, Any]] = {
        "plan": {
            "id": uuid7(),
            "text": plan.text if plan else "",
            "channels": list(plan.channels if plan else sheet.named),
            "households": plan.households if plan else None,
        },
        "activity": {"id": uuid7(), "held_on": max(held_on, sheet.file.month)},
        "report": {"id": uuid7()},
    }
    data = {each: request.POST if each == act else None for each in first}
    return {
        "plan": PlanForm(data["plan"], sheet, initial=first["plan"], auto_id="plan_%s"),
        "activity": ActivityForm(
            data["activity"], sheet, request.today, initial=first["activity"], auto_id="act_%s"
        ),
        "report": CampaignReportForm(data["report"], initial=first["report"], auto_id="report_%s"),
    }


def _page(
    request: Request,
    sheet: CampaignSheet,
    *,
    act: str = "",
    form: forms.Form | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    given = _forms(request, sheet)
    if form is not None:
        given[act] = form
    names = {unit: unit_words(tree, request.today) for unit, tree in sheet.names.items()}
    plan = sheet.file.plans[0] if sheet.file.plans else None
    context = {
        "sheet": sheet,
        "unit": sheet.known.unit,
        "month": month_words(sheet.file.month),
        "plan": plan,
        "channels": [channel_words(code) for code in plan.channels] if plan else [],
        "activities": [
            {
                "row": row,
                "channel": channel_words(row.channel),
                "units": [names[unit] for unit in row.units if unit in names],
            }
            for row in sheet.file.activities
        ],
        "reached": [
            {
                "words": REACH_WORDS[each.level],
                "reached": each.reached,
                "of": each.of,
                "left": [names[unit] for unit in each.not_reached],
                "is_named": each.level in {Reach.VILLAGE, Reach.CLASS},
            }
            for each in sheet.reached
        ],
        "forms": given,
        "act": act,
        "refusal": refusal,
        "is_begun": sheet.file.month <= request.today,
    }
    return render(request, "workplans/campaign.html", context, status=status)
