"""A counsellor's own notes about one child; nobody else has this page (R-080)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.file import child_file
from notoneless.contacts.queries.upkeep import own_notes
from notoneless.contacts.services.upkeep import NewCounselling
from notoneless.flows.contacts.counselling import may_counsel, note_counselling
from notoneless.flows.contacts.refusals import ContactFaulty
from notoneless.journal.services import note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.children.forms import DayInput
from notoneless.web.contacts.words import FAULTS, TOPICS
from notoneless.web.request import Request, stamp_of


class CounsellingForm(forms.Form):
    """Take little: a kind of topic, a few words, what follows."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    on = forms.DateField(label=gettext_lazy("日期"), widget=DayInput())
    topic = forms.ChoiceField(
        label=gettext_lazy("主题类别"), widget=forms.RadioSelect, choices=list(TOPICS.items())
    )
    notes = forms.CharField(
        label=gettext_lazy("记要"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("只记需要记住的。不写诊断。"),
    )
    follow_up = forms.CharField(label=gettext_lazy("后续安排"), required=False, max_length=300)
    next_on = forms.DateField(label=gettext_lazy("下一次的日期"), required=False, widget=DayInput())


@never_cache
def counselling(request: Request, child_id: UUID) -> HttpResponse:
    """My notes about this child, and a new one."""
    if not may_counsel(request.actor):
        raise NotAllowed(capability=Capability.LOG_CONTACTS.value)
    file = child_file(request.actor, child_id, on=request.today)
    form = CounsellingForm(initial={"id": uuid7(), "on": request.today})
    status, refusal = 200, None
    if request.method == "POST":
        form = CounsellingForm(request.POST)
        status = 422
        if form.is_valid():
            try:
                new = NewCounselling(child_id=file.id, **form.cleaned_data)
                note_counselling(request.actor, new, today=request.today, now=request.now)
                messages.success(request, _("已保存，只有您自己能看到。"))
                return redirect("counselling", file.id)
            except ContactFaulty as faulty:
                for fault in faulty.faults:
                    form.add_error(None, str(FAULTS[fault]))
            except NotAllowed:
                raise
            except Refusal as problem:
                status, refusal = 409, problem
    note_reading(
        "counselling.opened", stamp=stamp_of(request), child_id=file.id, fields=["own notes"]
    )
    context = {
        "file": file,
        "form": form,
        "refusal": refusal,
        "notes": own_notes(request.actor, on=request.today, child_id=file.id),
    }
    return render(request, "contacts/counselling.html", context, status=status)
