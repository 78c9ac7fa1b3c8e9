"""What the nightly comparison of the away list with the rolls found."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.checks import nights
from notoneless.web.exports import send_list
from notoneless.web.presence.exporting import note_listed
from notoneless.web.presence.scope import frame
from notoneless.web.request import Request


@require_safe
def checks(request: Request) -> HttpResponse:
    """The newest night with its findings, and the nights before."""
    found = nights(request.actor, on=request.today)
    shown = [row.child_id for row in found[0].findings if row.name] if found else []
    if shown:
        note_listed(request, "run_checks", shown)
    context = frame(request, "presence-checks") | {"nights": found}
    return render(request, "presence/checks.html", context)


@require_safe
def checks_export(request: Request) -> HttpResponseBase:
    """The nights as a file, in numbers only."""
    rows = [
        [
            night.as_of.isoformat(),
            f"{timezone.localtime(night.at):%Y-%m-%d %H:%M}",
            str(night.checked),
            str(night.differed),
        ]
        for night in nights(request.actor, on=request.today, limit=60)
    ]
    headings = [_("日期"), _("核对时间"), _("核对人数"), _("不符人数")]
    return send_list(request, headings, rows, title=_("每晚核对"))
