"""The contact network: who is where, from any unit, class or child (R-017)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notoneless.flows.directory import (
    Contact,
    Network,
    contacts_of_child,
    contacts_of_unit,
    reveal_parent_phone,
)
from notoneless.places.queries.units import unit_facts
from notoneless.rules.roles import Role
from notoneless.web.exports import send_list
from notoneless.web.office.pages import export_url, title_of, title_of_post, wants_export
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import ROLES

PER_PAGE = 60


def own_directory(request: Request) -> HttpResponseBase:
    """The network around the actor's own first post."""
    return (
        _page(request, request.actor.holdings[0].unit_id)
        if request.actor.holdings
        else (render(request, "office/directory.html", {"network": Network([]), "count": 0}))
    )


def of_unit(request: Request, unit_id: UUID) -> HttpResponseBase:
    return _page(request, unit_id)


def _page(request: Request, unit_id: UUID) -> HttpResponseBase:
    network = contacts_of_unit(request.actor, unit_id, today=request.today, stamp=stamp_of(request))
    return _shown(request, network, title_of(request, unit_facts(unit_id)))


@require_POST
def parent_phone(request: Request, child_id: UUID, position: int) -> HttpResponse:
    """Show a parent's whole phone number; the look is noted in the child's file."""
    number = reveal_parent_phone(
        child_id,
        position,
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
    )
    page = "office/phone_part.html" if request.htmx else "office/phone.html"
    return render(request, page, {"number": number})


def of_child(request: Request, child_id: UUID) -> HttpResponseBase:
    """Everybody along both lines of one child, parents included."""
    network = contacts_of_child(
        request.actor, child_id, today=request.today, stamp=stamp_of(request)
    )
    return _shown(request, network, network.child_name)


def _shown(request: Request, network: Network, title: str) -> HttpResponseBase:
    role, text = request.GET.get("role", ""), request.GET.get("q", "").strip()
    rows = [
        c
        for c in network.contacts
        if (not role or c.post.role == role) and (not text or text in c.name)
    ]
    if wants_export(request) and not network.child_name:
        return send_list(request, _headings(), _cells(request, rows), title=_("通讯录"))
    context = {
        "network": network,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(rows),
        "title": title,
        "roles": [(r, ROLES[r]) for r in Role if any(c.post.role is r for c in network.contacts)],
        "role": role,
        "q": text,
        "export_url": "" if network.child_name else export_url(request),
        "crumbs": [(_("通讯录"), reverse("directory"))],
    }
    return render(request, "office/directory.html", context)


def _headings() -> list[str]:
    return [_("姓名"), _("岗位"), _("单位"), _("手机")]


def _cells(request: Request, rows: Sequence[Contact]) -> list[list[str]]:
    """Colleagues as the page shows them: phones stay masked, parents stay on the page."""
    return [
        [c.name, str(ROLES[c.post.role]), title_of_post(request, c.post), c.phone] for c in rows
    ]
