"""One child's signs: what fired and why, who is acting, what is on record, what it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.flows.signs.child_page import child_page
from notoneless.flows.signs.doors import ChildHere, child_with_signs
from notoneless.flows.signs.key_lists import write_in_file
from notoneless.flows.signs.needs import drop_need, name_need
from notoneless.flows.signs.words import follow_up, policy_here, take_up
from notoneless.journal.services import note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.signs.causes import causes_of
from notoneless.rules.signs.kinds import FilePart
from notoneless.rules.signs.needs import Need
from notoneless.signs.services.key_lists import NewEntry
from notoneless.web.children.tabs import child_tabs
from notoneless.web.request import Request, stamp_of
from notoneless.web.signs.forms import (
    EntryForm,
    FollowUpForm,
    HandlingForm,
    NeedForm,
    StepForm,
)
from notoneless.web.signs.lines import child_line

ACTING_DAYS = 7


@never_cache
@require_safe
def child_signs(request: Request, child_id: UUID) -> HttpResponse:
    """Signs of a child, for those who act on them; opening it is noted."""
    here = child_with_signs(request.actor, child_id, today=request.today)
    if here.child_id != child_id:
        return redirect("child-signs", here.child_id)
    note_reading("signs.opened", stamp=stamp_of(request), child_id=here.child_id)
    return _page(request, here)


@require_POST
def child_acting(request: Request, child_id: UUID) -> HttpResponse:
    """Say that one is acting on the signs until a day."""
    here = child_with_signs(request.actor, child_id, today=request.today)
    form = HandlingForm(request.POST, prefix="acting")

    def write() -> None:
        new = form.new_handling(here.child_id, today=request.today)
        take_up(request.actor, new, today=request.today, now=request.now)

    return _written(request, here, form, write, acting_form=form)


@require_POST
def child_follow_up(request: Request, child_id: UUID) -> HttpResponse:
    """One entry of the tracking record."""
    here = child_with_signs(request.actor, child_id, today=request.today)
    form = FollowUpForm(request.POST, prefix="follow", causes=_causes(request, here))

    def write() -> None:
        new = form.new_follow_up(here.child_id)
        follow_up(request.actor, new, today=request.today, now=request.now)

    return _written(request, here, form, write, follow_form=form)


@require_POST
def child_file_entry(request: Request, child_id: UUID) -> HttpResponse:
    """One entry of a key pupil's file."""
    here = child_with_signs(request.actor, child_id, today=request.today)
    form = EntryForm(request.POST, prefix="file")

    def write() -> None:
        said = form.cleaned_data
        new = NewEntry(
            said["token"],
            here.child_id,
            request.today,
            FilePart(said["part"]),
            request.today,
            said["text"],
        )
        write_in_file(request.actor, new, today=request.today, now=request.now)

    return _written(request, here, form, write, file_form=form)


@require_POST
def child_need(request: Request, child_id: UUID) -> HttpResponse:
    """Name what the child needs until the term ends."""
    here = child_with_signs(request.actor, child_id, today=request.today)
    form = NeedForm(request.POST, prefix="need")

    def write() -> None:
        said = form.cleaned_data
        name_need(
            request.actor,
            here.child_id,
            Need(said["need"]),
            reason=said["reason"],
            today=request.today,
            now=request.now,
        )

    return _written(request, here, form, write, need_form=form)


@require_POST
def child_need_end(request: Request, child_id: UUID, need_id: UUID) -> HttpResponse:
    """Take a need away before its time."""
    drop_need(request.actor, need_id, today=request.today, now=request.now)
    messages.success(request, _("已撤销。"))
    return redirect("child-signs", child_id)


def _written(
    request: Request,
    here: ChildHere,
    form: forms.Form,
    write: Callable[[], None],
    **shown: forms.Form,
) -> HttpResponse:
    """Write what a good form says, or show the page again with what is wrong."""
    if not form.is_valid():
        return _page(request, here, status=422, **shown)
    try:
        write()
    except Refusal as refusal:
        return _page(request, here, status=409, refusal=refusal, **shown)
    messages.success(request, _("已保存。"))
    return redirect("child-signs", here.child_id)


def _step_forms(word_id: UUID) -> dict[str, StepForm]:
    """Two forms of one word: going on with it, and clearing it; no two fields share an id."""
    return {
        name: StepForm(initial={"token": uuid7()}, auto_id=f"{name}-{word_id}-%s")
        for name in ("on", "clear")
    }


def _causes(request: Request, here: ChildHere) -> tuple[str, ...]:
    return causes_of(policy_here(here, today=request.today))


def _page(request: Request, here: ChildHere, *, status: int = 200, **more: Any) -> HttpResponse:
    actor = request.actor
    page = child_page(actor, here, today=request.today)
    sees_health = any(actor.may(Capability.SEE_HEALTH, at=path) for path in here.paths)
    causes = _causes(request, here)
    until = request.today + timedelta(days=ACTING_DAYS)
    context = {
        "here": here,
        "page": page,
        "line": child_line(page.row, sees_health=sees_health) if page.row else None,
        "tabs": child_tabs(actor, here.child_id, current="child-signs"),
        "may_note": any(actor.may(Capability.NOTE_SIGNS, at=path) for path in here.paths),
        "may_log": any(actor.may(Capability.LOG_CONTACTS, at=path) for path in here.paths),
        "step_forms": {word.id: _step_forms(word.id) for word in page.words},
        "acting_form": HandlingForm(initial={"token": uuid7(), "until_on": until}, prefix="acting"),
        "follow_form": FollowUpForm(
            initial={"token": uuid7(), "on": request.today}, prefix="follow", causes=causes
        ),
        "file_form": EntryForm(initial={"token": uuid7()}, prefix="file"),
        "need_form": NeedForm(prefix="need"),
        **more,
    }
    return render(request, "signs/child.html", context, status=status)
