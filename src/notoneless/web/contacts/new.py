"""Log a contact on a phone: who, how, what came of it, what next; the rest is folded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.classes import class_children
from notoneless.children.queries.units import classes_in_reach
from notoneless.contacts.queries.timeline import contact_seen
from notoneless.flows.contacts.correcting import correct_contact
from notoneless.flows.contacts.logging import Logged, log_contact
from notoneless.flows.contacts.opening import Before, before_contact
from notoneless.flows.contacts.refusals import ContactFaulty
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.contacts.kinds import Kind, Purpose, Result
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.contacts.forms import ContactForm, CorrectionForm, as_initial, sent_with
from notoneless.web.contacts.words import FAULTS
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.looks import short_day

PURPOSE_OF = {
    Kind.CALL: Purpose.ABSENCE,
    Kind.VISIT: Purpose.PERSUASION,
    Kind.TALK: Purpose.KEY_PUPIL,
    Kind.MEETING: Purpose.PERSUASION,
}


@kept_over_sign_in
def contact_new(request: Request) -> HttpResponse:
    """One contact about the children in the address; first the choice of one, where none is."""
    request.actor.must(Capability.LOG_CONTACTS)
    kind = _kind(request)
    ids = keys_in(request.POST.getlist("child") or request.GET.getlist("child"))
    if not ids and kind is not Kind.MEETING:
        return _choose(request)
    before = before_contact(request.actor, ids, kind=kind, today=request.today)
    if request.method != "POST":
        kept = kept_form(request)
        if kept is not None:
            form = ContactForm(kept, before=before)
            return _page(request, before, form, was_kept=True)
        return _page(request, before, ContactForm(initial=_initial(request, kind), before=before))
    form = ContactForm(request.POST, before=before)
    if not form.is_valid():
        return _page(request, before, form, status=422)
    try:
        sent = sent_with(request.FILES, form.cleaned_data["signature"])
        logged = log_contact(
            request.actor,
            form.new_contact(ids),
            sent,
            later=request.POST.get("later") == "1",
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _refused(request, before, form, refusal)
    drop_kept_form(request)
    _say(request, logged)
    return redirect("contact", logged.contact_id)


def contact_correct(request: Request, contact_id: UUID) -> HttpResponse:
    """Put a corrected contact in the place of this one, with the reason."""
    line = contact_seen(request.actor, contact_id, on=request.today)
    if not line.shown.statements:
        raise Http404
    ids = [child.id for child in line.children]
    before = before_contact(request.actor, ids, today=request.today)
    if request.method != "POST":
        form = CorrectionForm(initial=as_initial(line, new_id=uuid7()), before=before)
        return _page(request, before, form, corrects=line)
    form = CorrectionForm(request.POST, before=before)
    if not form.is_valid():
        return _page(request, before, form, status=422, corrects=line)
    try:
        logged = correct_contact(
            request.actor,
            contact_id,
            form.new_contact(ids),
            reason=form.cleaned_data["reason"],
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _refused(request, before, form, refusal, corrects=line)
    messages.success(request, _("已更正。原来的记录仍然保留，可以查看。"))
    return redirect("contact", logged.contact_id)


def _refused(
    request: Request, before: Before, form: ContactForm, refusal: Refusal, **more: Any
) -> HttpResponse:
    if isinstance(refusal, ContactFaulty):
        form.tell(refusal.faults)
        return _page(request, before, form, status=422, **more)
    return _page(request, before, form, status=409, refusal=refusal, **more)


def _say(request: Request, logged: Logged) -> None:
    if not logged.is_closed:
        messages.warning(request, _("已保存。补上照片、签字或见证人之后，这次家访才算完成。"))
    elif logged.next_on is not None:
        said = _("已保存。下一步：%(day)s，到时会出现在待办里。")
        messages.success(request, said % {"day": short_day(logged.next_on)})
    else:
        messages.success(request, _("已保存。"))


def _initial(request: Request, kind: Kind | None) -> dict[str, Any]:
    result = request.GET.get("result", "")
    return {
        "id": uuid7(),
        "kind": kind.value if kind else "",
        "result": result if result in set(Result) else "",
        "happened_on": request.today,
        "purpose": PURPOSE_OF.get(kind, Purpose.OTHER) if kind else Purpose.OTHER,
    }


def _page(
    request: Request, before: Before, form: ContactForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    corrects = more.get("corrects")
    about = corrects.id if corrects else before.children[0][0] if before.children else "meeting"
    context = {
        "before": before,
        "form": form,
        "asks_duty": request.GET.get("duty", ""),
        "draft": f"{request.actor.person_id}:{about}",
        "is_fresh": not form.is_bound,
        "faults": [str(text) for text in FAULTS.values()] if status == 422 else [],
        **more,
    }
    return render(request, "contacts/new.html", context, status=status)


def _choose(request: Request) -> HttpResponse:
    """Classes in which the actor writes contacts; the children of the chosen or only one."""
    classes = classes_in_reach(request.actor, on=request.today, to=Capability.LOG_CONTACTS)
    asked = next(iter(keys_in(request.GET.getlist("class"))), None)
    chosen = next((row for row in classes if row.id == asked), None)
    if asked is not None and chosen is None:
        raise Http404
    if len(classes) == 1:
        chosen = classes[0]
    rows = class_children(request.actor, chosen.id, on=request.today) if chosen else []
    if rows and chosen:
        listed = Listed.of(f"class={chosen.id}", [row.id for row in rows])
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "classes": classes,
        "chosen": chosen,
        "rows": rows,
        "kind": request.GET.get("kind", ""),
        "duty": request.GET.get("duty", ""),
    }
    return render(request, "contacts/choose.html", context)


def _kind(request: Request) -> Kind | None:
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    return Kind(asked) if asked in set(Kind) else None


def keys_in(texts: list[str]) -> list[UUID]:
    """Keys in an address or form, each once; 404 for what is none."""
    try:
        return list(dict.fromkeys(UUID(text) for text in texts if text))
    except ValueError as problem:
        raise Http404 from problem
