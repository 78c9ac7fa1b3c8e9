"""Children at risk and who visits each; those with nobody first (R-100)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notoneless.access.actor import NotAllowed
from notoneless.flows.contacts.refusals import NobodyChosen
from notoneless.flows.contacts.visitors import (
    candidates,
    children_at_risk,
    may_name,
    name_visitor,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.contacts.new import keys_in
from notoneless.web.request import Request, stamp_of


def visitors(request: Request) -> HttpResponse:
    """Name one visitor for one or several children."""
    request.actor.must(Capability.LOG_CONTACTS)
    if request.method != "POST":
        return _page(request)
    try:
        chosen = keys_in(request.POST.getlist("visitor"))
        if not chosen:
            raise NobodyChosen()
        changed = name_visitor(
            request.actor,
            keys_in(request.POST.getlist("child")),
            chosen[0],
            why=request.POST.get("why", "")[:200],
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, status=409, refusal=refusal)
    said = ngettext("已为 %(n)s 名儿童指定。", "已为 %(n)s 名儿童指定。", changed)
    messages.success(request, said % {"n": changed} if changed else _("没有变化。"))
    return redirect("contacts-visitors")


def _page(request: Request, *, status: int = 200, refusal: Refusal | None = None) -> HttpResponse:
    rows = children_at_risk(request.actor, today=request.today)
    listed = Listed.of("at risk", [row.child_id for row in rows])
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    is_leader = may_name(request.actor)
    context = {
        "rows": rows,
        "without": sum(row.visitor is None for row in rows),
        "may_name": is_leader,
        "people": candidates(request.actor, today=request.today) if is_leader else [],
        "chosen": request.POST.getlist("child"),
        "refusal": refusal,
    }
    return render(request, "contacts/visitors.html", context, status=status)
