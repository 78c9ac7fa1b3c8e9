"""One contact: what was said, its proof, its versions; its picture, and its paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.access.actor import NotAllowed
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.timeline import (
    contact_seen,
    open_picture,
    pictures_of,
    versions_of,
    visits_before,
)
from notoneless.flows.cases.papers.numbered import papers_of_visit
from notoneless.flows.contacts.correcting import may_correct, prove_contact, withdraw_contact
from notoneless.flows.contacts.papers import paper_of
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.refusal import Refusal
from notoneless.web.contacts.forms import sent_with
from notoneless.web.request import Request, stamp_of


@never_cache
@require_safe
def contact(request: Request, contact_id: UUID) -> HttpResponse:
    """One contact, also one that was corrected since; opening it is noted."""
    line = contact_seen(request.actor, contact_id, on=request.today)
    _note(request, "contact.opened", line)
    return render(request, "contacts/contact.html", _context(request, line))


@require_POST
def contact_prove(request: Request, contact_id: UUID) -> HttpResponse:
    """Add photos or a signature."""
    line = contact_seen(request.actor, contact_id, on=request.today)
    try:
        sent = sent_with(request.FILES, request.POST.get("signature", ""))
        prove_contact(request.actor, contact_id, sent, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        context = _context(request, line) | {"refusal": refusal}
        return render(request, "contacts/contact.html", context, status=409)
    messages.success(request, _("已补上佐证。"))
    return redirect("contact", contact_id)


@require_POST
def contact_withdraw(request: Request, contact_id: UUID) -> HttpResponse:
    """Withdraw a contact that was entered by mistake."""
    line = contact_seen(request.actor, contact_id, on=request.today)
    try:
        withdraw_contact(
            request.actor,
            contact_id,
            reason=request.POST.get("reason", "")[:200],
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        context = _context(request, line) | {"refusal": refusal}
        return render(request, "contacts/contact.html", context, status=409)
    messages.success(request, _("已撤回，不再计数；记录仍可查看。"))
    return redirect("contact", contact_id)


@never_cache
@require_safe
def contact_picture(request: Request, evidence_id: UUID) -> HttpResponse:
    """The bytes of one picture, through the door of its contact; each look is noted."""
    data, kind, child_id = open_picture(request.actor, evidence_id, on=request.today)
    note_reading("contact.picture", stamp=stamp_of(request), child_id=child_id, fields=["picture"])
    answer = HttpResponse(data, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@never_cache
@require_safe
def contact_print(request: Request, contact_id: UUID) -> HttpResponse:
    """A visit as the plan's form, with lines to sign on."""
    paper = paper_of(request.actor, contact_id, today=request.today)
    _note(request, "contact.opened", paper.line)
    context = {
        "paper": paper,
        "line": paper.line,
        "nth": visits_before(paper.line),
        "is_visit": paper.line.kind is Kind.VISIT,
    }
    return render(request, "contacts/print.html", context)


def _context(request: Request, line: ContactLine) -> dict[str, Any]:
    stands = line.superseded_at is None
    may = stands and may_correct(
        request.actor,
        by=line.by.person_id,
        child_ids=[child.id for child in line.children],
        today=request.today,
    )
    return {
        "line": line,
        "pictures": pictures_of(line, county_id=request.actor.county_id)
        if line.shown.statements
        else [],
        "versions": [
            each
            for each in versions_of(request.actor, line.origin, on=request.today)
            if each.id != line.id
        ],
        "may_correct": may,
        "numbered": papers_of_visit(request.actor, line, today=request.today),
        "draft": [f"{request.actor.person_id}:{child.id}" for child in line.children],
    }


def _note(request: Request, kind: str, line: ContactLine) -> None:
    fields = ["contact", "statements"] if line.shown.statements else ["contact"]
    if len(line.children) == 1:
        note_reading(kind, stamp=stamp_of(request), child_id=line.children[0].id, fields=fields)
        return
    listed = Listed.of(f"contact={line.id}", [child.id for child in line.children])
    note_reading(kind, stamp=stamp_of(request), fields=fields, listed=listed)
