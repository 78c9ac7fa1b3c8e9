"""Pages of proposed versions: what they change, a second person's word, the history of a system."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from notoneless.flows.packs import proposing as flow
from notoneless.policy.queries.packs import floors_on
from notoneless.rules.refusal import Refusal
from notoneless.web.policy.comparing import by_matter, pairs_of
from notoneless.web.policy.draft_forms import DecideVersionForm
from notoneless.web.policy.drafting import proposal_row
from notoneless.web.policy.words import pack_matters, title_of
from notoneless.web.request import Request


@require_http_methods(["GET", "POST"])
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """One proposed version, and the word that ends it."""
    found = flow.proposal(request.actor, proposal_id, today=request.today)
    is_withdrawn = "withdraw" in request.POST
    form = DecideVersionForm(None if is_withdrawn else request.POST or None)
    context = _proposal(request, found) | {"form": form}
    page = "policy/drafts/proposal.html"
    if request.method == "GET" or not (is_withdrawn or form.is_valid()):
        return render(request, page, context, status=200 if request.method == "GET" else 422)
    data = {"verdict": "withdrawn", "reason": ""} if is_withdrawn else form.cleaned_data
    try:
        flow.decide(
            request.actor,
            proposal_id,
            data["verdict"],
            reason=data["reason"],
            today=request.today,
            now=request.now,
        )
    except Refusal as refusal:
        again = flow.proposal(request.actor, proposal_id, today=request.today)
        context = _proposal(request, again) | {"form": form, "refusal": refusal}
        return render(request, page, context, status=409)
    messages.success(request, _("已登记处理结果。"))
    return redirect("policy-proposal", proposal_id=proposal_id)


@require_GET
def history(request: Request, system: str) -> HttpResponse:
    """Every version of a system: from when, by whom, confirmed by whom, why."""
    lines = flow.history_of(request.actor, system)
    if not lines:
        raise Http404
    rows = [
        {
            "line": line,
            "title": title_of(line.pack),
            "before": lines[n + 1].pack.id if n + 1 < len(lines) else "",
        }
        for n, line in enumerate(lines)
    ]
    context = {"rows": rows, "system": system, "title": rows[0]["title"]}
    return render(request, "policy/versions.html", context)


def _proposal(request: Request, found: flow.OpenProposal) -> dict[str, Any]:
    base = found.line.base
    pairs = pairs_of(base, found.pack, on=request.today) if base else []
    changed = [pair for pair in pairs if not pair.is_alike]
    return proposal_row(found.line) | {
        "found": found,
        "pack": found.pack,
        "base": base,
        "left": title_of(base) if base else "",
        "right": _("拟定版本"),
        "changes": by_matter(changed),
        "count": len(changed),
        "matters": pack_matters(found.pack, floors_on(request.today)),
        "waits": found.line.state == "proposed" and not found.may_decide,
    }
