"""One child's file: the page, revealing numbers, who looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.children.queries.chains import chains_of
from notoneless.children.queries.file import SHOWN, ChildFile, child_file
from notoneless.children.queries.readings import who_looked
from notoneless.flows.children.revealing import reveal
from notoneless.flows.contacts.counselling import may_counsel
from notoneless.journal.services import note_reading
from notoneless.rules.roles import Capability
from notoneless.rules.visibility import FieldGroup
from notoneless.web.children.forms import PartForm, RevealForm
from notoneless.web.children.tabs import child_tabs
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of

REVEALABLE = (FieldGroup.IDENTITY, FieldGroup.CONTACT)


@never_cache
@require_safe
def child(request: Request, child_id: UUID) -> HttpResponse:
    """The file of a child in reach; opening it is noted. A merged row leads to the kept one."""
    file = child_file(request.actor, child_id, on=request.today)
    if file.kept_id is not None:
        return redirect("child", file.kept_id)
    note_reading(
        "child.opened",
        stamp=stamp_of(request),
        child_id=file.id,
        fields=sorted(group.value for group in file.groups),
    )
    return render(request, "children/child.html", file_context(request, file, {}))


@never_cache
@require_POST
def child_reveal(request: Request, child_id: UUID, group: str) -> HttpResponse:
    """Whole numbers for a stated purpose: the part for htmx, the page for everyone else."""
    if group not in [g.value for g in REVEALABLE]:
        raise Http404
    form = RevealForm(request.POST)
    revealed = reveal(
        child_id,
        FieldGroup(group),
        purpose=form.cleaned_data["purpose"] if form.is_valid() else "",
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
    )
    file = child_file(request.actor, child_id, on=request.today)
    page = f"children/child.html#{group}" if request.htmx else "children/child.html"
    return render(request, page, file_context(request, file, revealed))


@require_safe
def child_readings(request: Request, child_id: UUID) -> HttpResponse:
    """Who opened or revealed this file, newest first."""
    looks = who_looked(
        request.actor, child_id, page=number_in(request.GET.get("page", "")), on=request.today
    )
    file = child_file(request.actor, child_id, on=request.today)
    rows = page_of(looks.rows, total=looks.total, number=looks.page, per_page=looks.page_rows)
    context = {"file": file, "rows": rows, "total": looks.total}
    return render(request, "children/readings.html", context)


def file_context(request: Request, file: ChildFile, revealed: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page of a child shows; ``revealed`` by column key, instead of the masks."""
    facts = {
        group.value: [(key, file.facts[key]) for key in keys if key in file.facts]
        for group, keys in SHOWN.items()
    }
    return {
        "file": file,
        "tabs": child_tabs(request.actor, file.id, current="child"),
        "facts": facts,
        "shows": {group.value: group in file.groups for group in FieldGroup},
        "revealed": revealed,
        "guardians": [
            (line, revealed.get(f"guardian{line.position}_phone")) for line in file.guardians
        ],
        "looks": who_looked(request.actor, file.id, page_rows=5, on=request.today)
        if FieldGroup.READINGS in file.groups
        else None,
        "chains": chains_of(file.id, file.registration, on=request.today)
        if FieldGroup.REGISTRATION in file.groups
        else None,
        "reveal_form": RevealForm(),
        "part_form": PartForm(),
        "may_counsel": may_counsel(request.actor),
        "may_call": request.actor.may(Capability.SEE_DIRECTORY),
        "may_correct": _may(file, Capability.CORRECT_CHILDREN),
        "sees_family_page": _may(file, Capability.INVITE_FAMILIES)
        or _may(file, Capability.CORRECT_CHILDREN),
        "may_merge": _may(file, Capability.MERGE_CHILDREN),
    }


def _may(file: ChildFile, capability: Capability) -> bool:
    return any(capability in door.capabilities for door in file.doors)
