"""Settlements of schools: which there are, one with its lines, compute, confirm, compare, print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notoneless.consequences.queries.settlements import SettlementRow
from notoneless.flows.consequences.deciding import confirm
from notoneless.flows.consequences.proposing import compute, since_then
from notoneless.flows.consequences.showing import (
    Due,
    Opened,
    OwnLine,
    dues,
    open_settlement,
    own_lines,
)
from notoneless.rules.consequences.lines import Line
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of
from notoneless.web.consequences import words
from notoneless.web.request import Request


@require_safe
def settlements(request: Request) -> HttpResponse:
    """The periods of the schools that I settle or approve for, and the lines that I bear."""
    year = year_in(request)
    found = dues(request.actor, year, today=request.today)
    context = {
        "years": years_of(request, "settlements", year),
        "rows": [_due(each, request) for each in found],
        "works": works(request),
        "own": [_own(request, each) for each in own_lines(request.actor)],
        "year_words": words.period_words(year, 0),
    }
    return render(request, "consequences/list.html", context)


@require_POST
def settlement_compute(
    request: Request, school_id: UUID, school_year: int, term: int
) -> HttpResponse:
    """Compute a school's period, or compute it again."""
    made = compute(
        request.actor, school_id, school_year, term, today=request.today, now=request.now
    )
    messages.success(request, _("已核算。审定以前，什么都不生效。"))
    return redirect("settlement", made)


@require_safe
def settlement(request: Request, settlement_id: UUID) -> HttpResponse:
    """The proposal line by line, each with its formula, opening to what is behind it."""
    found = open_settlement(request.actor, settlement_id, today=request.today)
    groups = groups_of(found, request)
    context = {
        **frame(found, request),
        "groups": groups,
        "totals": _totals(found),
        "waiting": found.waiting,
        "is_over": found.row.counted_until >= found.row.until,
        "has_lines": bool(found.lines),
        "may_settle": found.row.is_confirmed,
    }
    return render(request, "consequences/settlement.html", context)


@require_POST
def settlement_confirm(request: Request, settlement_id: UUID) -> HttpResponse:
    """The second person confirms all that is left."""
    confirm(request.actor, settlement_id, today=request.today, now=request.now)
    messages.success(request, _("已审定，生效的各项可以兑现。"))
    return redirect("settlement", settlement_id)


@require_safe
def settlement_differences(request: Request, settlement_id: UUID) -> HttpResponse:
    """What later facts would change; the settlement stays as it is."""
    found = open_settlement(request.actor, settlement_id, today=request.today)
    changes = since_then(request.actor, found.row, today=request.today)
    context = {
        **frame(found, request),
        "changes": [_change(found, old, new, request) for old, new in changes],
    }
    return render(request, "consequences/differences.html", context)


def frame(found: Opened, request: Request) -> dict[str, Any]:
    """What each page of a settlement shows around it."""
    return {
        "found": found,
        "row": found.row,
        "school": words.unit_words(found.school, request.today),
        "period": words.period_words(found.row.school_year, found.row.term),
        "approver": words.role_words(found.approver),
    }


def groups_of(found: Opened, request: Request) -> list[dict[str, Any]]:
    """The lines by the unit whose outcome they were drawn from, in the settlement's order."""
    groups = []
    for outcome in found.outcomes:
        lines = [
            words.line_words(line, found.units, found.policy, request.today)
            for line in found.lines
            if line.unit_id == outcome.unit and line.stage == (outcome.stage or "")
        ]
        if not lines and outcome.unit != found.row.unit_id:
            continue
        name = words.unit_words(found.units.get(outcome.unit), request.today)
        groups.append(
            {
                "name": name,
                "stage": words.STAGES[outcome.stage or ""],
                "outcome": outcome,
                "lost": len(outcome.lost),
                "returned": len(outcome.returned),
                "rate": outcome.rate.per_cent(),
                "lines": [each for each in lines if not each.standing],
                "off": [each for each in lines if each.standing],
            }
        )
    return groups


def works(request: Request) -> bool:
    either = (Capability.SETTLE, Capability.CONFIRM_SETTLEMENT)
    return any(request.actor.may(each) for each in either)


def year_in(request: Request) -> int:
    now = school_year_of(request.today)
    text = request.GET.get("year", "")
    wanted = int(text) if text.isdecimal() and len(text) == 4 else now
    return min(max(wanted, now - 10), now)


def years_of(request: Request, page: str, current: int) -> list[dict[str, Any]]:
    now = school_year_of(request.today)
    return [
        {
            "label": words.period_words(year, 0),
            "url": f"{reverse(page)}?year={year}",
            "is_current": year == current,
        }
        for year in sorted({now, now - 1, current}, reverse=True)
    ]


def _due(due: Due, request: Request) -> dict[str, Any]:
    state, tone = _progress(due.row, due.waiting)
    return {
        "due": due,
        "period": words.part_words(due.part),
        "state": state,
        "tone": tone,
        "may_compute": (due.row is None or not due.row.is_confirmed)
        and due.part.period.from_on <= request.today
        and request.actor.may(Capability.SETTLE),
    }


def _progress(row: SettlementRow | None, waiting: int) -> tuple[str, str]:
    if row is None:
        return _("未核算"), "neutral"
    if row.is_confirmed:
        return _("已审定"), "done"
    if waiting:
        return _("%(n)s 项待裁定") % {"n": waiting}, "attention"
    return _("待审定"), "accent"


def _own(request: Request, own: OwnLine) -> dict[str, Any]:
    row = own.row
    return {
        "words": words.line_words(own.line, own.units, own.policy, request.today),
        "period": words.period_words(row.school_year, row.term),
        "is_confirmed": row.is_confirmed,
    }


def _totals(found: Opened) -> list[tuple[str, str]]:
    """Money that is on, by what it is."""
    figures = [words.fen_in_effect(line) for line in found.lines]
    gains, losses = sum(f for f in figures if f > 0), sum(f for f in figures if f < 0)
    return [(_("奖励"), words.money_words(gains)), (_("扣罚"), words.money_words(losses))]


def _change(found: Opened, old: Line | None, new: Line | None, request: Request) -> dict[str, Any]:
    line = new or old
    if line is None:
        raise ValueError("a difference has one side at least")
    return {
        "unit": words.unit_words(found.units.get(line.unit), request.today),
        "bearer": line.bearer.name
        or words.unit_words(found.units.get(line.bearer.unit or line.unit), request.today),
        "kind": words.KINDS[line.kind],
        "rule": words.rule_words(line.rule, found.policy),
        "before": words.drawn_words(old),
        "after": words.drawn_words(new),
    }
