"""The first page after sign-in: what I have to do today, then who I am here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notoneless.flows.families.waiting import from_families
from notoneless.protection.queries import waiting
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Capability
from notoneless.web.home.beside import beside, case_stats, class_now, is_own_class
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
        "nav_answering": actor.may(Capability.SEE_DIRECTORY),
        "case_stats": case_stats(request),
        **beside(request),
    }
    return render(request, "home/home.html", context)


@require_safe
def home_class(request: Request, class_id: UUID) -> HttpResponse:
    """The week of one's own class and who is away: brought after the in-tray, or as a page."""
    if not any(is_own_class(held) and held.unit_id == class_id for held in request.actor.holdings):
        raise Http404
    page = "home/parts/class_now.html" if request.htmx else "home/class.html"
    return render(request, page, class_now(request, class_id))
