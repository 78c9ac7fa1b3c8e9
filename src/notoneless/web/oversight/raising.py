"""Raise a matter: at a unit, against a post, from a proposal or from one's own finding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.flows.oversight.pointers import units_to_check
from notoneless.flows.oversight.preparing import Prepared, prepared
from notoneless.flows.oversight.raising import Raising, raise_fault
from notoneless.journal.services import Listed, note_reading
from notoneless.oversight.queries.doors import HEARS
from notoneless.rules.faults.kinds import SourceKind
from notoneless.rules.refusal import Refusal
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.oversight.forms import RaiseForm
from notoneless.web.oversight.pointers import proposal_words
from notoneless.web.oversight.tabs import chosen_unit
from notoneless.web.oversight.words import basis_words, fault_name
from notoneless.web.request import Request, stamp_of


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def fault_new(request: Request) -> HttpResponse:
    """Choose the unit first where there are many; then who, what and why."""
    request.actor.must(HEARS)
    unit_id = chosen_unit(request)
    if unit_id is None:
        context = {"units": units_to_check(request.actor, on=request.today), "then": "fault-new"}
        return render(request, "oversight/units.html", context)
    pointer = request.GET.get("pointer", "")[:120]
    known = prepared(request.actor, unit_id, pointer, today=request.today)
    if request.method != "POST" and known.cases:
        listed = Listed.of("fault cases", [case.child_id for case in known.cases])
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    data = request.POST if request.method == "POST" else kept_form(request)
    form = _form(request, known, data)
    if request.method != "POST" or not form.is_valid():
        return _page(request, known, form, status=422 if request.method == "POST" else 200)
    try:
        pk = raise_fault(request.actor, _raising(form, known), today=request.today, now=request.now)
    except Refusal as refusal:
        return _page(request, known, form, status=409, refusal=refusal)
    drop_kept_form(request)
    messages.success(request, _("已提出。先调查，再告知本人，听过他的陈述才能决定。"))
    return redirect("fault", pk)


def _form(request: Request, known: Prepared, data: Any) -> RaiseForm:
    source = SourceKind.INSPECTION
    if known.proposal is not None:
        source = SourceKind.SUBCASE if known.is_subcase else SourceKind.RECORDS
    initial = {
        "id": uuid7(),
        "post": known.post_id or "",
        "kind": known.suggested,
        "found_on": request.today,
        "cases": [str(pk) for pk in known.case_ids] or request.GET.getlist("case"),
        "source_kind": source.value,
    }
    return RaiseForm(
        data,
        initial=initial,
        posts=known.posts,
        offers=known.open,
        cases=known.cases,
        today=request.today,
    )


def _raising(form: RaiseForm, known: Prepared) -> Raising:
    said = form.cleaned_data
    return Raising(
        id=said["id"],
        post_id=UUID(said["post"]),
        kind=said["kind"],
        facts=said["facts"],
        found_on=said["found_on"],
        source_kind=SourceKind(said["source_kind"]),
        source=said["source"],
        case_ids=[UUID(pk) for pk in said.get("cases", [])],
        unit_id=known.unit.id,
        pointer=known.proposal.key if known.proposal else "",
    )


def _page(
    request: Request, known: Prepared, form: RaiseForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    rule = known.catalogue
    is_english = (get_language() or "").startswith("en")
    context = {
        "known": known,
        "form": form,
        "proposal": proposal_words(known.proposal) if known.proposal else "",
        "closed": [fault_name(offer.code) for offer in known.closed],
        "note": (rule.note_en if is_english else rule.note_zh) if rule else "",
        "source": basis_words(rule.source) if rule else "",
        **more,
    }
    return render(request, "oversight/new.html", context, status=status)
