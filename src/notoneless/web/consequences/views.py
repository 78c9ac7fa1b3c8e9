"""Settlements of schools: which there are, one with its lines, compute, confirm, compare, print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notoneless.consequences.queries.settlements import SettlementRow
from notoneless.flows.consequences.carrying_out import settle_lines
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
from notoneless.rules.consequences.life import LineState as S
from notoneless.rules.consequences.lines import GOOD, Line
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of
from notoneless.web.consequences import words
from notoneless.web.consequences.forms import SeenForm, SettleManyForm
from notoneless.web.consequences.sums import by_bearer, together
from notoneless.web.request import Request

NOTHING = -1
"""What somebody has seen whose page does not say."""


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
    return _page(request, open_settlement(request.actor, settlement_id, today=request.today))


def _page(request: Request, found: Opened, settling: SettleManyForm | None = None) -> HttpResponse:
    lines = [
        words.line_words(line, found.units, found.policy, request.today) for line in found.lines
    ]
    groups = groups_of(found, lines, request)
    context = {
        **frame(found, request),
        "groups": [group for group in groups if not group["is_clean"]],
        "clean": [group for group in groups if group["is_clean"]],
        "total": together(lines),
        "sums": by_bearer(lines),
        "waiting": [each for each in lines if each.line.waits],
        "is_over": found.row.counted_until >= found.row.until,
        "seen": SeenForm(initial={"seen": found.steps}),
        "settling": settling or _settling(request, found, lines),
    }
    status = 422 if settling else 200
    return render(request, "consequences/settlement.html", context, status=status)


@require_POST
def settlement_confirm(request: Request, settlement_id: UUID) -> HttpResponse:
    """The second person confirms all that is left."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else NOTHING
    confirm(request.actor, settlement_id, seen=seen, today=request.today, now=request.now)
    messages.success(request, _("已审定，生效的各项可以兑现。"))
    return redirect("settlement", settlement_id)


@require_POST
def settlement_settle_lines(request: Request, settlement_id: UUID) -> HttpResponse:
    """Write down that several lines were paid, deducted or carried out on one receipt."""
    found = open_settlement(request.actor, settlement_id, today=request.today)
    lines = [
        words.line_words(line, found.units, found.policy, request.today) for line in found.lines
    ]
    offered = [(each.line.id, _offered(each)) for each in lines if each.line.is_in_effect]
    form = SettleManyForm(request.POST, lines=offered, chosen=())
    if not form.is_valid():
        return _page(request, found, form)
    count = settle_lines(
        request.actor,
        settlement_id,
        form.line_ids,
        form.done,
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("已登记 %(n)s 项兑现。") % {"n": count})
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


def groups_of(
    found: Opened, said: Sequence[words.LineWords], request: Request
) -> list[dict[str, Any]]:
    """The lines by the unit whose outcome they were drawn from, in the settlement's order; a class
    that lost nobody and bears nothing is ``is_clean``."""
    groups = []
    for outcome in found.outcomes:
        lines = [
            each
            for each in said
            if each.line.unit_id == outcome.unit and each.line.stage == (outcome.stage or "")
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
                "is_clean": outcome.unit != found.row.unit_id
                and not outcome.losses
                and all(each.line.kind in GOOD for each in lines),
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
        "gives_up_confirming": request.actor.may(Capability.CONFIRM_SETTLEMENT)
        and (due.row is None or due.row.made_by_id != request.actor.person_id),
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


def _settling(
    request: Request, found: Opened, lines: Sequence[words.LineWords]
) -> SettleManyForm | None:
    """Everything that may be carried out together, once it is confirmed."""
    open_ = [each for each in lines if each.line.state in (S.APPROVED, S.CHANGED)]
    open_ = [each for each in open_ if each.line.is_in_effect]
    if not found.row.is_confirmed or found.row.is_replaced or not open_:
        return None
    return SettleManyForm(
        lines=[(each.line.id, _offered(each)) for each in open_],
        chosen=[each.line.id for each in open_ if each.line.is_money],
        initial={"done_on": request.today},
    )


def _offered(said: words.LineWords) -> str:
    return " · ".join(each for each in (said.bearer, said.unit, said.kind, said.amount) if each)


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
