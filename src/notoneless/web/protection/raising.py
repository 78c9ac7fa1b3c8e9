"""Raising a critical flag: first 110 and 立即, then very few fields."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.flows.protection.raising import (
    Reportable,
    child_to_report,
    people_to_name,
    raise_flag,
)
from notoneless.web.protection.forms import RaiseForm
from notoneless.web.request import Request


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The report of one child in reach (``?child=``), or of one described in words."""
    data = request.POST if request.method == "POST" else None
    about = _about(request, (data or request.GET).get("child", ""))
    people = people_to_name(request.actor, about.id if about else None, today=request.today)
    first = {"id": uuid7(), "child": about.id if about else ""}
    form = RaiseForm(data, about=about, people=people, today=request.today, initial=first)
    if data is None or not form.is_valid():
        context = {"form": form, "about": about}
        status = 422 if form.errors else 200
        return render(request, "protection/new.html", context, status=status)
    flag_id = raise_flag(request.actor, form.flag(), today=request.today, now=request.now)
    return redirect(reverse("protection-flag", args=[flag_id]) + "?sent=1")


def _about(request: Request, text: str) -> Reportable | None:
    if not text:
        return None
    try:
        child_id = UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong
    return child_to_report(request.actor, child_id, today=request.today)
