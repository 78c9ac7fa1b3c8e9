"""How often each class reported late, by name and never by number (R-071)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.class_names import ClassAt, classes_at
from notoneless.attendance.queries.missing import Caller, callers_of
from notoneless.duties.queries.in_tray import REPORTS, late_reports
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Capability
from notoneless.web.duties.forms import PeriodForm
from notoneless.web.duties.words import RULES
from notoneless.web.request import Request

USUAL = timedelta(days=30)


@require_safe
def late(request: Request) -> HttpResponse:
    """Late rolls and reports of the classes in reach; each number opens to its duties."""
    request.actor.must(Capability.SEE_CHILDREN)
    usual = {"from_on": request.today - USUAL, "to_on": request.today}
    asked = {name: request.GET.get(name) or value for name, value in usual.items()}
    form = PeriodForm(asked)
    if not form.is_valid():
        return render(request, "duties/late.html", {"form": form}, status=422)
    from_on, to_on = form.cleaned_data["from_on"], form.cleaned_data["to_on"]
    context = {
        "form": form,
        "rules": [RULES[rule] for rule in REPORTS],
        "rows": _rows(request, from_on, to_on),
        "from_on": from_on,
        "to_on": to_on,
    }
    return render(request, "duties/late.html", context)


def _rows(request: Request, from_on: date, to_on: date) -> list[dict[str, Any]]:
    counts: dict[UUID, dict[DutyRule, int]] = defaultdict(dict)
    until = to_on + timedelta(days=1)
    for row in late_reports(request.actor, from_on=from_on, to_on=until, today=request.today):
        counts[row.unit_id][row.rule] = row.late
    at = classes_at(counts)
    callers = callers_of(counts, on=request.today)
    ordered = sorted((at[unit] for unit in counts if unit in at), key=lambda each: each.order)
    return [_row(each, counts[each.id], callers.get(each.id, [])) for each in ordered]


def _row(at: ClassAt, counts: dict[DutyRule, int], callers: list[Caller]) -> dict[str, Any]:
    return {
        "at": at,
        "teachers": [caller.name for caller in callers],
        "counts": [
            {"rule": rule, "label": RULES[rule], "n": counts.get(rule, 0)} for rule in REPORTS
        ],
    }
