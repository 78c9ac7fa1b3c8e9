"""A term's visits and talks: classes by name, pupils of a class, the summary and the report."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.units import classes_in_reach
from notoneless.contacts.queries.upkeep import summary_of
from notoneless.flows.contacts.term import (
    WRITERS,
    ClassTerm,
    Summing,
    class_in_term,
    classes_in_term,
    counts_of,
    file_visit_report,
    last_day,
    sum_up,
    terms_of,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.contacts.schools import chosen_school
from notoneless.web.request import Request, stamp_of


class SummaryForm(forms.Form):
    """What the class teacher makes of the term's visits."""

    analysis = forms.CharField(
        label=gettext_lazy("家访情况分析"),
        min_length=20,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("看到了什么，原因是什么，哪些家庭要继续跟进。至少 20 个字。"),
    )
    summary = forms.CharField(
        label=gettext_lazy("总结与打算"),
        min_length=20,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def quota(request: Request) -> HttpResponse:
    """How classes stand, in the order of their names; a class teacher goes straight to his own."""
    request.actor.must(Capability.SEE_CONTACTS)
    classes = classes_in_reach(request.actor, on=request.today, to=Capability.SEE_CONTACTS)
    term = _term(request)
    if len(classes) == 1:
        address = reverse("contacts-quota-class", args=[classes[0].id])
        return redirect(f"{address}?term={term}" if term else address)
    schools, school_id = chosen_school(request)
    context: dict[str, Any] = {"schools": schools, "school_id": school_id}
    if school_id is not None:
        terms, rows = classes_in_term(request.actor, school_id, today=request.today, term_from=term)
        context |= {
            "terms": terms,
            "rows": [(row, counts_of(row)) for row in rows],
            "last_day": last_day(terms.chosen) if terms.chosen else None,
        }
    return render(request, "contacts/quota.html", context)


def quota_class(request: Request, class_id: UUID) -> HttpResponse:
    """One class: each pupil's visits and talks, who is short, who was not visited (R-089 - R-092);
    and the summary (R-094)."""
    at = class_in_term(request.actor, class_id, today=request.today, term_from=_term(request))
    _note(request, at)
    if request.method == "POST":
        return _write(request, at)
    standing = summary_of(class_id, term_from=at.term.from_on)
    said = {"analysis": standing.analysis, "summary": standing.summary} if standing else {}
    return _page(request, at, SummaryForm(initial=said))


def _write(request: Request, at: ClassTerm) -> HttpResponse:
    is_filing = request.POST.get("file") == "1"
    form = SummaryForm(request.POST)
    try:
        if is_filing:
            file_visit_report(
                request.actor,
                at.unit.id,
                term_from=at.term.from_on,
                today=request.today,
                now=request.now,
            )
        elif form.is_valid():
            said = Summing(at.unit.id, at.term.from_on, **form.cleaned_data)
            sum_up(request.actor, said, today=request.today, now=request.now)
        else:
            return _page(request, at, form, status=422)
    except NotAllowed:
        raise
    except Refusal as refusal:
        kept = SummaryForm() if is_filing else form
        return _page(request, at, kept, status=409, refusal=refusal)
    messages.success(request, _("学期家访报告已提交。") if is_filing else _("分析和总结已保存。"))
    address = reverse("contacts-quota-class", args=[at.unit.id])
    return redirect(f"{address}?term={at.term.from_on.isoformat()}")


def _page(
    request: Request, at: ClassTerm, form: SummaryForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    terms = terms_of(
        at.unit.school_id,
        county_id=request.actor.county_id,
        today=request.today,
        term_from=at.term.from_on,
    )
    context = {
        "at": at,
        "terms": terms,
        "last_day": last_day(at.term),
        "pupils": [(p, at.names[p.child_id], at.tags[p.child_id]) for p in at.progress.pupils],
        "counts": counts_of(at),
        "summary": summary_of(at.unit.id, term_from=at.term.from_on),
        "form": form,
        "may_write": any(role in WRITERS for role in request.actor.roles()),
        **more,
    }
    return render(request, "contacts/quota_class.html", context, status=status)


def _term(request: Request) -> date | None:
    asked = request.GET.get("term", "")
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError as problem:
        raise Http404 from problem


def _note(request: Request, at: ClassTerm) -> None:
    listed = Listed.of(f"class={at.unit.id} visits", list(at.names))
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
