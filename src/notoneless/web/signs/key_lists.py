"""The key-pupil list of a class: draft, close, change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.flows.signs.key_lists import (
    KeyPage,
    close_list,
    key_page,
    name_pupil,
    strike_pupil,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.signs.services.key_lists import NewPupil
from notoneless.web.request import Request, stamp_of
from notoneless.web.signs.exporting import may_export
from notoneless.web.signs.forms import ClosingForm, PupilForm


@never_cache
@require_safe
def key_list(request: Request, class_id: UUID) -> HttpResponse:
    """The list of the term: the draft where there is one, else what stands."""
    page = key_page(request.actor, class_id, today=request.today)
    named = [pupil.child_id for row in page.lists for pupil in row.pupils]
    listed = Listed.of(f"key class={class_id}", named)
    note_reading("signs.listed", stamp=stamp_of(request), listed=listed)
    return _page(request, page)


@require_POST
def key_name(request: Request, class_id: UUID) -> HttpResponse:
    """Put a pupil on the draft with criteria and evidence."""
    page = key_page(request.actor, class_id, today=request.today)
    form = PupilForm(request.POST, members=page.members)
    if not form.is_valid():
        return _page(request, page, status=422, pupil_form=form)
    said = form.cleaned_data
    new = NewPupil(UUID(said["child"]), said["criteria"], said["evidence"])
    try:
        name_pupil(request.actor, class_id, new, today=request.today, now=request.now)
    except Refusal as refusal:
        return _page(request, page, status=409, pupil_form=form, refusal=refusal)
    messages.success(request, _("已列入草稿，关闭名单后生效。"))
    return redirect("key-list", class_id)


@require_POST
def key_strike(request: Request, class_id: UUID, child_id: UUID) -> HttpResponse:
    """Take a pupil off the draft."""
    strike_pupil(request.actor, class_id, child_id, today=request.today, now=request.now)
    messages.success(request, _("已从草稿里去掉，关闭名单后生效。"))
    return redirect("key-list", class_id)


@require_POST
def key_close(request: Request, class_id: UUID) -> HttpResponse:
    """Close the draft; outside the band with one reason."""
    page = key_page(request.actor, class_id, today=request.today)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, page, status=422, closing_form=form)
    said = form.cleaned_data
    try:
        close_list(
            request.actor,
            class_id,
            version=said["version"],
            reason=said["reason"],
            today=request.today,
            now=request.now,
        )
    except Refusal as refusal:
        return _page(request, page, status=409, closing_form=form, refusal=refusal)
    messages.success(request, _("名单已关闭。以后有变化，改动会成为新的一版。"))
    return redirect("key-list", class_id)


def _page(request: Request, page: KeyPage, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = page.draft or page.standing
    version = page.draft.version if page.draft else len(page.lists) + 1
    context = {
        "page": page,
        "shown": shown,
        "may_export": page.standing is not None and may_export(request.actor, page.at),
        "is_closable": page.may_change and (page.draft is not None or not page.lists),
        "pupil_form": PupilForm(members=page.members),
        "closing_form": ClosingForm(initial={"version": version}),
        **more,
    }
    return render(request, "signs/key_list.html", context, status=status)
