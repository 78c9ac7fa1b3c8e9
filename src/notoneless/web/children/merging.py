"""Two rows for one child: compare, merge, part again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.file import child_file
from notoneless.children.queries.matches import Comparison, compare, perhaps_the_same
from notoneless.children.services.merging import merge_children, part_children
from notoneless.journal.services import note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.children.forms import MergeForm, PartForm
from notoneless.web.request import Request, stamp_of


def child_merge(request: Request, child_id: UUID) -> HttpResponse:
    """Find the other row of the same child."""
    file = child_file(request.actor, child_id, on=request.today)
    if not any(Capability.MERGE_CHILDREN in door.capabilities for door in file.doors):
        raise NotAllowed(capability=Capability.MERGE_CHILDREN.value)
    text = request.GET.get("q", "").strip()
    rows = perhaps_the_same(request.actor, child_id, text=text, on=request.today)
    return render(request, "children/merge.html", {"file": file, "rows": rows, "text": text})


def child_compare(request: Request, child_id: UUID, other_id: UUID) -> HttpResponse:
    """Two rows side by side; which one is kept, and why they are one child."""
    two = compare(request.actor, child_id, other_id, on=request.today)
    if request.method != "POST":
        _note(request, two)
        initial = {"this_version": two.this.version, "other_version": two.other.version}
        form = MergeForm(initial=initial, this_id=child_id, other_id=other_id)
        return _compare_page(request, two, form)
    form = MergeForm(request.POST, this_id=child_id, other_id=other_id)
    if not form.is_valid():
        return _compare_page(request, two, form, status=422)
    return _merge(request, two, form)


def _merge(request: Request, two: Comparison, form: MergeForm) -> HttpResponse:
    kept, absorbed = form.halves()
    try:
        merge_children(
            kept,
            absorbed,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )
    except Refusal as refusal:
        return _compare_page(request, two, form, status=409, refusal=refusal)
    messages.success(request, _("已合并。两条记录的经历都保留，需要时可以再拆分。"))
    return redirect("child", kept.child_id)


@require_POST
def child_part(request: Request, child_id: UUID, merge_id: UUID) -> HttpResponse:
    """End a merge; both rows stand as before."""
    file = child_file(request.actor, child_id, on=request.today)
    form = PartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明拆分原因，再提交一次。"))
        return redirect("child", file.id)
    part_children(
        merge_id,
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
    )
    messages.success(request, _("已拆分，两条记录恢复原样。"))
    return redirect("child", file.id)


def _note(request: Request, two: Comparison) -> None:
    for file in (two.this, two.other):
        note_reading(
            "child.compared",
            stamp=stamp_of(request),
            child_id=file.id,
            fields=sorted(group.value for group in file.groups),
        )


def _compare_page(
    request: Request, two: Comparison, form: MergeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"two": two, "form": form, "sides": (two.this, two.other), **more}
    return render(request, "children/compare.html", context, status=status)
