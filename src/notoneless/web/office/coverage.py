"""Pages about leading groups, who covers whom, and departments' duties."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.flows import coverage as flows
from notoneless.places.queries.coverage import coverage_gaps
from notoneless.places.queries.duties import duties_below, duty_department
from notoneless.places.queries.groups import group_of
from notoneless.places.queries.units import UnitFacts, paths_of, units_below
from notoneless.places.services.coverage import CoverageWanted
from notoneless.places.services.duties import DutyWanted
from notoneless.places.services.groups import GroupWanted
from notoneless.rules.coverage import Level
from notoneless.rules.groups import GroupKind
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.office.coverage_forms import CoverForm, DutyForm, GroupForm, ReportForm
from notoneless.web.office.pages import (
    Words,
    carry_out,
    crumbs_of,
    export_url,
    form_page,
    reach_of,
    status_of,
    suggestions,
    title_of,
    unit_for,
    unit_seen,
    wants_export,
)
from notoneless.web.office.sheets import send_duties, send_gaps
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import GROUPS


def group(request: Request, unit_id: UUID, kind: GroupKind) -> HttpResponse:
    """One unit's leading group: who sits in it, what is missing."""
    facts = unit_for(request, unit_id, Capability.MANAGE_COVERAGE)
    standing = group_of(unit_id, kind, on=request.today)
    form = GroupForm(
        request.POST or None,
        county_id=request.actor.county_id,
        group=standing,
        initial={
            "on": request.today,
            "version": standing.version if standing else 0,
            "office_seat": standing.office_seat if standing else "",
        },
    )
    if request.method == "POST" and carry_out(form, lambda: _saved(request, facts, kind, form)):
        messages.success(request, _("领导小组已保存。"))
        return redirect("group", unit_id, kind)
    on = request.today
    context = {
        "form": form,
        "group": standing,
        "missing": flows.missing_in_group(unit_id, kind, on=on)
        if kind is GroupKind.DROPOUT
        else (),
        "title": f"{facts.name} · {GROUPS[kind]}",
        "crumbs": crumbs_of(request, facts),
        "people": suggestions(request),
    }
    return render(request, "office/group.html", context, status=status_of(form))


def _saved(request: Request, facts: UnitFacts, kind: GroupKind, form: GroupForm) -> None:
    data = form.cleaned_data
    flows.save_group(
        facts.id,
        GroupWanted(kind, form.seats(), data["office_seat"], data["version"]),
        on=data["on"],
        actor=request.actor,
        stamp=stamp_of(request),
    )


def gaps(request: Request) -> HttpResponseBase:
    """Villages, groups, schools and classes where a level of a chain names nobody."""
    request.actor.must(Capability.SEE_DIRECTORY)
    places = {p.id: p for p in units_below(reach_of(request), on=request.today)}
    rows = coverage_gaps(places.values(), on=request.today)
    if wants_export(request):
        return send_gaps(request, rows)
    context = {
        "rows": rows,
        "count": len(rows),
        "total": len(places),
        "export_url": export_url(request),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "office/gaps.html", context)


def cover(request: Request, unit_id: UUID) -> HttpResponse:
    """Name who covers a village, a group or a school."""
    facts = unit_seen(request, unit_id)
    request.actor.must(Capability.MANAGE_COVERAGE, at=paths_of(unit_id, on=request.today))
    form = CoverForm(
        request.POST or None,
        county_id=request.actor.county_id,
        kind=facts.kind,
        initial={"on": request.today, "level": request.GET.get("level", "")},
    )

    def act() -> None:
        data = form.cleaned_data
        flows.cover(
            CoverageWanted(unit_id, Level(data["level"]), data["area"]),
            person_id=data["person"],
            on=data["on"],
            actor=request.actor,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("包保已登记。"))
        return redirect("unit", unit_id)
    words = Words(_("登记 %(unit)s 的包保人") % {"unit": title_of(request, facts)}, _("保存"))
    crumbs = crumbs_of(request, facts)
    return form_page(request, form, words, crumbs=crumbs, people=suggestions(request))


def duties(request: Request) -> HttpResponseBase:
    """What each department has to do, and what it reported."""
    rows = duties_below(reach_of(request), on=request.today)
    if not rows:
        request.actor.must(Capability.SEE_DIRECTORY)
    if wants_export(request):
        return send_duties(request, rows)
    own = {held.unit_id for held in request.actor.holdings}
    manages = request.actor.may(Capability.MANAGE_COVERAGE)
    context = {
        "rows": [(row, manages or row.department_id in own) for row in rows],
        "count": len(rows),
        "may_give": manages and bool(_departments(request)),
        "export_url": export_url(request),
        "may_found": request.actor.may(Capability.MANAGE_UNITS),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "office/duties.html", context)


def _departments(request: Request) -> list[tuple[UUID, str]]:
    places = units_below(
        request.actor.reach(Capability.MANAGE_COVERAGE),
        on=request.today,
        kinds=[UnitKind.DEPARTMENT],
    )
    return [(place.id, place.name) for place in places]


def give_duty(request: Request) -> HttpResponse:
    """Enter a department's duty."""
    request.actor.must(Capability.MANAGE_COVERAGE)
    form = DutyForm(
        request.POST or None,
        county_id=request.actor.county_id,
        departments=_departments(request),
        initial={"on": request.today},
    )

    def act() -> None:
        data = form.cleaned_data
        wanted = DutyWanted(data["text"], data["partners"], data["leader"], data["liaison"])
        flows.give_duty(
            data["department"],
            wanted,
            on=data["on"],
            actor=request.actor,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("职责已登记。"))
        return redirect("duties")
    words = Words(_("登记部门职责"), _("登记"))
    crumbs = [*crumbs_of(request)[:1], (_("部门职责"), reverse("duties"))]
    return form_page(request, form, words, crumbs=crumbs, people=suggestions(request))


def report(request: Request, duty_id: UUID) -> HttpResponse:
    """A department says what it did."""
    facts = unit_seen(request, duty_department(duty_id))
    form = ReportForm(
        request.POST or None, initial={"period": _("%(year)s年") % {"year": request.today.year}}
    )

    def act() -> None:
        flows.report_duty(
            duty_id,
            period=form.cleaned_data["period"],
            note=form.cleaned_data["note"],
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("履行情况已登记。"))
        return redirect("duties")
    words = Words(_("%(unit)s：登记履行情况") % {"unit": facts.name}, _("登记"))
    crumbs = [*crumbs_of(request)[:1], (_("部门职责"), reverse("duties"))]
    return form_page(request, form, words, crumbs=crumbs)
