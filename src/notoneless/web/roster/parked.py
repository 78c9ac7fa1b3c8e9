"""Children that two schools list: the waiting rows, and the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from notoneless.access.actor import NotAllowed
from notoneless.flows.roster.deciding import decide_parked
from notoneless.flows.roster.parked import ParkedRow, parked_row, parked_rows
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.web.request import Request, stamp_of
from notoneless.web.roster.forms import DecisionForm
from notoneless.web.words import class_name


@require_GET
def parked(request: Request) -> HttpResponse:
    """Rows that wait for this reader's decision; the view is noted as one reading."""
    rows = parked_rows(request.actor, on=request.today)
    listed = Listed.of("roster.parked", [row.child_id for row in rows])
    note_reading("roster.parked_listed", listed=listed, stamp=stamp_of(request))
    return render(request, "roster/parked.html", {"rows": rows})


def parked_decide(request: Request, row_id: int) -> HttpResponse:
    """Both listings side by side, and what shall be."""
    if request.method != "POST":
        return _page(request, row_id, None)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, row_id, form, status=422)
    try:
        decide_parked(
            form.choice(row_id), actor=request.actor, today=request.today, now=request.now
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, row_id, form, status=409, refusal=refusal)
    messages.success(request, _("已裁定并记录。"))
    return redirect("roster-parked")


def _page(
    request: Request,
    row_id: int,
    form: DecisionForm | None,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    row = parked_row(request.actor, row_id, on=request.today)
    note_reading(
        "roster.parked_shown",
        child_id=row.child_id,
        fields=["name", "birth_on", "registration"],
        stamp=stamp_of(request),
    )
    if form is None or refusal is not None:
        said = form.cleaned_data if form is not None else {}
        form = DecisionForm(initial={**said, "spell": row.spell_id})
    sides = _sides(row, today=request.today)
    context = {"row": row, "sides": sides, "form": form, "refusal": refusal}
    return render(request, "roster/decide.html", context, status=status)


def _sides(row: ParkedRow, *, today: date) -> list[dict[str, Any]]:
    """What the two schools say, as the page sets it side by side."""
    name = row.first.class_name
    shown = class_name(name.stage, name.entered_in, name.number, today=today) if name else ""
    return [
        {
            "title": _("先列出（现在登记）"),
            "listing": row.first,
            "class_name": shown,
            "since_label": _("登记起"),
            "url": reverse("child", args=[row.child_id]),
        },
        {
            "title": _("后列出（名册第 %(n)s 行）") % {"n": row.sheet_row},
            "listing": row.later,
            "class_name": row.later.class_text,
            "since_label": _("入学年月"),
            "url": "",
        },
    ]
