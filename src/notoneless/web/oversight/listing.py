"""Matters of accountability: my own, those that wait for me, and the others I may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.flows.oversight.reading import fault_lists
from notoneless.oversight.queries.doors import EITHER, HEARS
from notoneless.web.oversight.tabs import tabs_of
from notoneless.web.request import Request


@never_cache
@require_safe
def faults(request: Request) -> HttpResponse:
    """Who holds no such post sees what is held against himself, or that nothing is."""
    found = fault_lists(request.actor, today=request.today)
    acts = any(request.actor.may(each) for each in EITHER)
    lists: list[dict[str, Any]] = [
        {"key": "own", "title": _("我本人的"), "lines": found.own},
        {"key": "hear", "title": _("等我办理"), "lines": found.to_hear, "always": acts},
        {"key": "decide", "title": _("等我决定"), "lines": found.to_decide},
        {"key": "others", "title": _("等别人办理"), "lines": found.others},
        {"key": "ended", "title": _("已结束"), "lines": found.ended},
    ]
    context = {
        "lists": [each for each in lists if each["lines"] or each.get("always")],
        "acts": acts,
        "may_raise": request.actor.may(HEARS),
        "tabs": tabs_of(request),
    }
    return render(request, "oversight/list.html", context)
