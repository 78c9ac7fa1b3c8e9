"""The first page after sign-in: who I am here, what I may do, what is still to be set up."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from notoneless.children.queries.listing import count_children
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Capability
from notoneless.web.navigation import navigation_of
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
        "ways": navigation_of(actor, path="")[1:],
        "may_administer": may_administer(request),
        "children": count_children(actor, on=request.today)
        if actor.may(Capability.SEE_CHILDREN)
        else None,
    }
    return render(request, "home/home.html", context)
