"""Pages about implementation plans, and who lacks a leading group or a plan (R-004)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from notoneless.flows import plans as flows
from notoneless.flows.plans import Readiness
from notoneless.places.queries.plans import PlanFacts, plan_history, plan_of
from notoneless.places.queries.units import UnitFacts
from notoneless.places.services.plans import PlanWanted
from notoneless.rules.plans import MAY_PLAN, PlanState
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of
from notoneless.web.exports import send_list
from notoneless.web.office.pages import (
    Words,
    carry_out,
    crumbs_of,
    export_url,
    form_page,
    reach_of,
    status_of,
    unit_seen,
    wants_export,
)
from notoneless.web.office.plan_forms import PlanForm, WithdrawForm
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import KINDS, PLAN_STATES, ROLES, school_year_words

PER_PAGE = 50


def groups(request: Request) -> HttpResponseBase:
    """Units with their leading group and plan of this year, those that lack one first (R-004)."""
    request.actor.must(Capability.SEE_DIRECTORY)
    rows = flows.readiness_below(
        reach_of(request), county_id=request.actor.county_id, today=request.today
    )
    shown = request.GET.get("show", "")
    kept = [row for row in rows if not (shown == "lacking" and row.is_ready)]
    if wants_export(request):
        return send_list(request, _headings(), _cells(kept), title=_("领导小组和实施方案"))
    context = {
        "page": Paginator(kept, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(kept),
        "lacking": sum(not row.is_ready for row in rows),
        "tabs": _tabs(rows, shown),
        "school_year": school_year_of(request.today),
        "export_url": export_url(request),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "office/groups.html", context)


def _tabs(rows: Sequence[Readiness], shown: str) -> list[dict[str, Any]]:
    lacking = sum(not row.is_ready for row in rows)
    return [
        {"label": _("全部"), "url": "?", "is_current": shown != "lacking", "count": len(rows)},
        {
            "label": _("缺小组或方案"),
            "url": "?show=lacking",
            "is_current": shown == "lacking",
            "count": lacking,
        },
    ]


def _headings() -> list[str]:
    return [_("单位"), _("类型"), _("领导小组"), _("还缺"), _("实施方案"), _("方案名称")]


def _cells(rows: Sequence[Readiness]) -> list[list[str]]:
    return [
        [
            row.check.place.name,
            str(KINDS[row.check.place.kind]),
            _group_words(row),
            " · ".join(f"{ROLES[m.role]} {m.person_name}".strip() for m in row.check.missing),
            str(PLAN_STATES[row.plan.state]) if row.plan else _("没有方案"),
            row.plan.title if row.plan else "",
        ]
        for row in rows
    ]


def _group_words(row: Readiness) -> str:
    if row.check.is_valid:
        return _("合乎规定")
    return _("成员不全") if row.check.has_group else _("没有小组")


def plan(request: Request, unit_id: UUID) -> HttpResponseBase:
    """One unit's plan of a school year: enter it, change it, its history."""
    facts, year = _unit_and_year(request, unit_id)
    standing = plan_of(unit_id, year)
    form = PlanForm(request.POST or None, initial=_initial(facts, standing, year))
    if request.method == "POST" and carry_out(form, lambda: _saved(request, unit_id, year, form)):
        messages.success(request, _("实施方案已保存。"))
        return redirect("unit", unit_id)
    context = {
        "form": form,
        "standing": standing,
        "history": plan_history(unit_id),
        "year": year,
        "years": _years(request, year),
        "title": _("%(unit)s %(year)s实施方案")
        % {"unit": facts.name, "year": school_year_words(year)},
        "crumbs": crumbs_of(request, facts),
    }
    return render(request, "office/plan.html", context, status=status_of(form))


def _unit_and_year(request: Request, unit_id: UUID) -> tuple[UnitFacts, int]:
    """The unit, if its plan is the actor's to keep, and the year in the address; else this one."""
    facts = unit_seen(request, unit_id)
    if facts.kind not in MAY_PLAN:
        raise Http404
    flows.must_plan(request.actor, unit_id, on=request.today)
    asked, now = request.GET.get("year", ""), school_year_of(request.today)
    return facts, int(asked) if asked in {str(now - 1), str(now), str(now + 1)} else now


def _years(request: Request, year: int) -> list[dict[str, Any]]:
    now = school_year_of(request.today)
    return [
        {"label": school_year_words(each), "url": f"?year={each}", "is_current": each == year}
        for each in (now - 1, now, now + 1)
    ]


def _initial(facts: UnitFacts, standing: PlanFacts | None, year: int) -> dict[str, Any]:
    if standing is None:
        named = {"unit": facts.name, "year": school_year_words(year)}
        return {
            "title": _("%(unit)s%(year)s控辍保学实施方案") % named,
            "state": PlanState.SUBMITTED,
        }
    state = PlanState.DRAFT if standing.state is PlanState.WITHDRAWN else standing.state
    return {
        "title": standing.title,
        "goals": standing.goals,
        "state": state,
        "approver": standing.approver,
        "basis": standing.id,
    }


def _saved(request: Request, unit_id: UUID, year: int, form: PlanForm) -> None:
    data = form.cleaned_data
    flows.save_plan(
        unit_id,
        PlanWanted(year, data["title"], data["goals"], PlanState(data["state"]), data["approver"]),
        basis=data["basis"],
        actor=request.actor,
        stamp=stamp_of(request),
    )


def withdraw(request: Request, unit_id: UUID) -> HttpResponseBase:
    """Withdraw a unit's plan of a school year, with a reason."""
    facts, year = _unit_and_year(request, unit_id)
    standing = plan_of(unit_id, year)
    form = WithdrawForm(request.POST or None, initial={"basis": standing.id if standing else None})

    def act() -> None:
        flows.withdraw_plan(
            unit_id,
            year,
            reason=form.cleaned_data["reason"],
            basis=form.cleaned_data["basis"],
            actor=request.actor,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("实施方案已撤回，历史仍保留。"))
        return redirect("unit", unit_id)
    named = {"unit": facts.name, "year": school_year_words(year)}
    words = Words(
        _("撤回 %(unit)s %(year)s实施方案") % named,
        _("撤回方案"),
        intro=_("撤回后这个单位就算没有本学年方案，直到重新上报。"),
        question=_("确定撤回这份方案吗？"),
    )
    return form_page(request, form, words, crumbs=crumbs_of(request, facts))


def plan_of_unit(request: Request, facts: UnitFacts, *, home_path: str) -> dict[str, Any]:
    """What the unit's own page shows of its plan of this school year."""
    if facts.kind not in MAY_PLAN:
        return {"plan_year": None}
    year = school_year_of(request.today)
    return {
        "plan_year": year,
        "plan": plan_of(facts.id, year),
        "may_plan": facts.active_to is None
        and flows.may_plan(request.actor, facts.id, home_path=home_path),
    }
