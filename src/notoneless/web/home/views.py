"""The first page after sign-in: what I have to do today, then who I am here."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from notoneless.flows.families.waiting import from_families
from notoneless.protection.queries import waiting
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL
from notoneless.web.home.tray import tray_of
from notoneless.web.office.checklist import may_administer
from notoneless.web.request import Request


def home(request: Request) -> HttpResponse:
    actor = request.actor
    holdings = [
        (held, date.fromisoformat(held.approved_until) if held.approved_until else None)
        for held in {(h.post_id, h.unit_id): h for h in actor.holdings}.values()
    ]
    context = {
        "holdings": holdings,
        "needs_approval": {h.role for h, _until in holdings if CEILING[h.role] & NEEDS_APPROVAL},
        **tray_of(request),
        "waiting": waiting(actor, on=request.today),
        "from_families": from_families(actor, today=request.today),
        "may_administer": may_administer(request),
    }
    return render(request, "home/home.html", context)
