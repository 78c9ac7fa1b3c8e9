"""The contact network: who is where, from any unit, class or child (R-017)."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.flows.directory import Network, contacts_of_child, contacts_of_unit
from notoneless.places.queries.units import unit_facts
from notoneless.rules.roles import Role
from notoneless.web.office.pages import title_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import ROLES

PER_PAGE = 60


def own_directory(request: Request) -> HttpResponse:
    """The network around the actor's own first post."""
    return (
        _page(request, request.actor.holdings[0].unit_id)
        if request.actor.holdings
        else (render(request, "office/directory.html", {"network": Network([]), "count": 0}))
    )


def of_unit(request: Request, unit_id: UUID) -> HttpResponse:
    return _page(request, unit_id)


def _page(request: Request, unit_id: UUID) -> HttpResponse:
    network = contacts_of_unit(request.actor, unit_id, today=request.today)
    return _shown(request, network, title_of(request, unit_facts(unit_id)))


def of_child(request: Request, child_id: UUID) -> HttpResponse:
    """Everybody along both lines of one child, parents included."""
    network = contacts_of_child(
        request.actor, child_id, today=request.today, stamp=stamp_of(request)
    )
    return _shown(request, network, network.child_name)


def _shown(request: Request, network: Network, title: str) -> HttpResponse:
    role, text = request.GET.get("role", ""), request.GET.get("q", "").strip()
    rows = [
        c
        for c in network.contacts
        if (not role or c.post.role == role) and (not text or text in c.name)
    ]
    context = {
        "network": network,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(rows),
        "title": title,
        "roles": [(r, ROLES[r]) for r in Role if any(c.post.role is r for c in network.contacts)],
        "role": role,
        "q": text,
        "crumbs": [(_("通讯录"), reverse("directory"))],
    }
    return render(request, "office/directory.html", context)
