"""Rules that could not be applied, where to mend them, and the nights' sweeps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from notoneless.duties.queries.sweeps import (
    HoleLine,
    SweepLine,
    SweepState,
    newest_sweeps,
    rules_not_applied,
    state_of,
)
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind, school_year_of
from notoneless.web.duties.words import HOLES, RULES
from notoneless.web.policy.words import key_label
from notoneless.web.request import Request

SWEEPS = {
    SweepState.RUNNING: ("accent", "refresh"),
    SweepState.STUCK: ("danger", "alarm"),
    SweepState.DONE: ("done", "check"),
    SweepState.FAILED: ("attention", "alert-triangle"),
}


@require_safe
def holes(request: Request) -> HttpResponse:
    """Which rule could not be applied in which school, why, and who mends it."""
    found = rules_not_applied(request.actor, today=request.today)
    sees_sweeps = any(
        held.unit_kind is UnitKind.BUREAU and Capability.SEE_POLICY in held.capabilities
        for held in request.actor.holdings
    )
    sweeps = newest_sweeps(request.actor.county_id) if sees_sweeps else []
    context = {
        "holes": [_hole(line, request) for line in found],
        "sweeps": [_sweep(line, request) for line in sweeps],
        "sees_sweeps": sees_sweeps,
    }
    return render(request, "duties/holes.html", context)


def _hole(line: HoleLine, request: Request) -> dict[str, Any]:
    is_calendar = line.key == "calendar"
    if is_calendar:
        year = school_year_of(line.since_on)
        url = reverse("calendar-desk", args=[line.unit_id, year])
        what = gettext("校历")
    else:
        url = f"{reverse('policy')}?{urlencode({'place': line.unit_id})}#rule-{line.key}"
        what = gettext("政策") if line.key == "policy" else key_label(line.key)
    return {
        "line": line,
        "rule": RULES[line.rule],
        "what": what,
        "why": HOLES.get(line.why, line.why),
        "url": url,
        "is_calendar": is_calendar,
    }


def _sweep(line: SweepLine, request: Request) -> dict[str, Any]:
    state = state_of(line, now=request.now)
    tone, icon = SWEEPS[state]
    words = {
        SweepState.RUNNING: gettext("正在核对"),
        SweepState.STUCK: gettext("卡住了"),
        SweepState.DONE: gettext("完成"),
        SweepState.FAILED: gettext("中断"),
    }
    return {"line": line, "state": words[state], "tone": tone, "icon": icon}
