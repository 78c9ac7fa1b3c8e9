"""What is owed about one child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from notoneless.children.queries.file import child_file
from notoneless.duties.queries.in_tray import duties_of_child
from notoneless.duties.queries.rows import Bucket
from notoneless.journal.services import note_reading
from notoneless.rules.roles import Capability
from notoneless.web.children.tabs import child_tabs
from notoneless.web.duties.lines import shown
from notoneless.web.request import Request, stamp_of


@require_safe
def child_duties(request: Request, child_id: UUID) -> HttpResponse:
    """Every duty about a child, open ones first. A merged row leads to the kept one."""
    file = child_file(request.actor, child_id, on=request.today)
    if file.kept_id is not None:
        return redirect("child-duties", file.kept_id)
    lines = duties_of_child(request.actor, file.id, today=request.today, to=Capability.SEE_CONTACTS)
    note_reading("child.opened", stamp=stamp_of(request), child_id=file.id, fields=["duties"])
    duties = [shown(line, request.actor, today=request.today) for line in lines]
    context = {
        "file": file,
        "tabs": child_tabs(request.actor, file.id, current="child-duties"),
        "open": [each for each in duties if each.line.bucket is not Bucket.DONE],
        "done": [each for each in duties if each.line.bucket is Bucket.DONE],
    }
    return render(request, "duties/child.html", context)
