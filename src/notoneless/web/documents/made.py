"""Number a visit or a class report as a paper of the school; one press, one number."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notoneless.flows.cases.papers.on_demand import class_report_paper, visit_paper
from notoneless.web.request import Request


@require_POST
def visit_number(request: Request, contact_id: UUID, child_id: UUID) -> HttpResponse:
    """Give the record of a visit to a child its number."""
    paper_id = visit_paper(
        request.actor, contact_id, child_id, today=request.today, now=request.now
    )
    messages.success(request, _("已编号存档，可以下载打印。"))
    return redirect("paper", paper_id)


@require_POST
def report_number(request: Request, report_id: UUID) -> HttpResponse:
    """Give a class report its number."""
    paper_id = class_report_paper(request.actor, report_id, today=request.today, now=request.now)
    messages.success(request, _("已编号存档，可以下载打印。"))
    return redirect("paper", paper_id)
