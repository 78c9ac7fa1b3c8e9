"""A class teacher reports a child to the school; the school reads and takes note (F-048)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.contacts.queries.reports import report_paper, reports_below
from notoneless.flows.cases.papers.numbered import paper_of_report
from notoneless.flows.contacts.reporting import (
    Draft,
    Saying,
    draft_report,
    may_take_note,
    report_to_school,
    take_note,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.contacts.new import keys_in
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of


class ReportForm(forms.Form):
    """What the system cannot know."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("目前了解到的原因"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("还不清楚就写“原因不明”，以及问过谁。"),
    )
    mobilisation = forms.CharField(
        label=gettext_lazy("已做的动员工作"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("上面已列出登记过的联系，这里写补充情况和下一步打算。"),
    )


@kept_over_sign_in
def report_new(request: Request) -> HttpResponse:
    """The report of the child in the address, with everything on record filled in."""
    request.actor.must(Capability.LOG_CONTACTS)
    ids = keys_in(request.POST.getlist("child") or request.GET.getlist("child"))
    if not ids:
        return redirect("contacts")
    draft = draft_report(request.actor, ids[0], today=request.today)
    if request.method != "POST":
        kept = kept_form(request)
        form = ReportForm(kept) if kept is not None else ReportForm(initial={"id": uuid7()})
        return _page(request, draft, form)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    try:
        said = form.cleaned_data
        report_id = report_to_school(
            request.actor,
            Saying(said["id"], draft.child_id, said["reason"], said["mobilisation"]),
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, draft, form, status=409, refusal=refusal)
    drop_kept_form(request)
    messages.success(request, _("已报告学校。校长会在“收到的报告”里看到。"))
    return redirect("report", report_id)


@never_cache
@require_safe
def report(request: Request, report_id: UUID) -> HttpResponse:
    """One report, also as paper; opening it is noted."""
    paper = report_paper(request.actor, report_id, on=request.today)
    note_reading(
        "report.opened",
        stamp=stamp_of(request),
        child_id=paper.row.child_id,
        fields=["report", "statements"],
    )
    context = {
        "paper": paper,
        "may_take": paper.row.received_at is None and may_take_note(request.actor),
        "numbered": paper_of_report(
            request.actor, report_id, paper.row.child_id, today=request.today
        ),
    }
    is_paper = request.GET.get("print") == "1"
    page = "contacts/report_print.html" if is_paper else "contacts/report.html"
    return render(request, page, context)


@require_POST
def report_received(request: Request, report_id: UUID) -> HttpResponse:
    """The school takes note."""
    take_note(request.actor, report_id, today=request.today, now=request.now)
    messages.success(request, _("已签收。"))
    return redirect("reports")


@require_safe
def reports(request: Request) -> HttpResponse:
    """Reports of classes in reach, those that wait first when asked."""
    request.actor.must(Capability.SEE_CONTACTS)
    only_waiting = request.GET.get("waiting") == "1"
    found = reports_below(
        request.actor,
        on=request.today,
        only_waiting=only_waiting,
        page=number_in(request.GET.get("page", "")),
    )
    listed = Listed.of(f"reports page={found.page}", [row.child_id for row in found.rows])
    note_reading("reports.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "rows": page_of(found.rows, total=found.total, number=found.page, per_page=found.page_rows),
        "found": found,
        "only_waiting": only_waiting,
        "may_take": may_take_note(request.actor),
    }
    return render(request, "contacts/reports.html", context)


def _page(
    request: Request, draft: Draft, form: ReportForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "draft": draft,
        "form": form,
        "is_late": draft.is_late(request.today),
        **more,
    }
    return render(request, "contacts/report_new.html", context, status=status)
