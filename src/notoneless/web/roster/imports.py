"""Bringing rosters: upload, progress, preview, writing, history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_q.tasks import async_task

from notoneless.flows.roster.bringing import bring_uploads
from notoneless.flows.roster.moving import cancel, let_apply, try_again
from notoneless.flows.roster.viewing import (
    PAGE_ROWS,
    ImportPage,
    RowFilter,
    error_sheets,
    history,
    import_page,
    row_page,
)
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.roster.forms import UploadForm
from notoneless.web.roster.words import STATES, kind_tabs
from notoneless.web.roster.workbook import error_workbook

MOVE = "notoneless.jobs.roster.move"


def rosters(request: Request) -> HttpResponse:
    """Upload rosters; below, the imports brought before."""
    request.actor.must(Capability.IMPORT_ROSTERS)
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    try:
        import_id = bring_uploads(
            form.cleaned_data["rosters"],
            actor=request.actor,
            today=request.today,
            now=request.now,
        )
    except Refusal as refusal:
        return _upload_page(request, form, status=409, refusal=refusal)
    async_task(MOVE, str(import_id))
    return redirect("roster-import", import_id)


def _upload_page(
    request: Request, form: UploadForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "imports": history(request.actor, on=request.today),
        "states": STATES,
        "may_decide": request.actor.may(Capability.DECIDE_PARKED_ROWS),
        **more,
    }
    return render(request, "roster/upload.html", context, status=status)


@require_GET
def roster_import(request: Request, import_id: UUID) -> HttpResponse:
    """One import: its progress while it moves, then its rows with reasons."""
    found = import_page(request.actor, import_id, on=request.today)
    context: dict[str, Any] = {"import": found, "state": STATES[found.status]}
    context["may_decide"] = request.actor.may(Capability.DECIDE_PARKED_ROWS)
    if found.is_moving:
        part = "#progress" if request.htmx else ""
        return render(request, f"roster/import.html{part}", context)
    context |= _rows(request, found)
    answer = render(request, "roster/import.html", context)
    if request.htmx and "poll" in request.GET:
        # The bar asked, and the work is done: show the whole page instead of the bar.
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
    return answer


def _rows(request: Request, found: ImportPage) -> dict[str, Any]:
    default = "refused" if found.counts.get("refused") else "all"
    wanted = RowFilter(
        kind=request.GET.get("kind", default),
        file=_file_in(request.GET.get("file", ""), found),
        page=number_in(request.GET.get("page", "")),
    )
    rows = row_page(request.actor, found.id, wanted, on=request.today, stamp=stamp_of(request))
    page = page_of(rows.rows, total=rows.total, number=rows.page, per_page=PAGE_ROWS)
    return {"rows": page, "total": rows.total, "tabs": kind_tabs(found, wanted), "wanted": wanted}


def _file_in(text: str, found: ImportPage) -> int:
    return int(text) if text in map(str, range(1, len(found.files) + 1)) else 0


@require_POST
def roster_apply(request: Request, import_id: UUID) -> HttpResponse:
    let_apply(import_id, actor=request.actor, today=request.today, now=request.now)
    async_task(MOVE, str(import_id))
    return redirect("roster-import", import_id)


@require_POST
def roster_retry(request: Request, import_id: UUID) -> HttpResponse:
    try_again(import_id, actor=request.actor, today=request.today, now=request.now)
    async_task(MOVE, str(import_id))
    return redirect("roster-import", import_id)


@require_POST
def roster_cancel(request: Request, import_id: UUID) -> HttpResponse:
    cancel(import_id, actor=request.actor, today=request.today, now=request.now)
    messages.success(request, _("已取消，没有写入任何内容。"))
    return redirect("rosters")


@require_GET
def roster_errors(request: Request, import_id: UUID) -> FileResponse:
    """The doubtful rows as a workbook, with what is wrong and what to do in front."""
    sheets = error_sheets(request.actor, import_id, on=request.today, stamp=stamp_of(request))
    name = f"{_('名册问题')}-{request.today:%Y%m%d}.xlsx"
    return FileResponse(error_workbook(sheets), as_attachment=True, filename=name)
