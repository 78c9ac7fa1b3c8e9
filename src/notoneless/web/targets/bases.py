"""Pages for the headcounts that targets are counted from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.flows.overview.units import UnitSeen, unit_seen
from notoneless.flows.targets.bases import (
    SchoolBase,
    ask,
    changes,
    choice_at,
    choose,
    decide,
    schools_of,
)
from notoneless.rules.indicators.periods import statistical_year
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS
from notoneless.web.overview.tables import unit_name
from notoneless.web.request import Request, stamp_of
from notoneless.web.targets.forms import AskForm, DecideForm, KindForm
from notoneless.web.targets.views import Asked, asked_in, frame


@require_http_methods(["GET", "HEAD", "POST"])
def targets_bases(request: Request) -> HttpResponse:
    """The schools of a unit with their frozen headcounts of the year; who brings their lists asks,
    a second person confirms."""
    request.actor.must(Capability.SEE_CHILDREN)
    asked = _asked(request)
    schools = schools_of(request.actor, asked.unit, today=request.today)
    choices = [(str(each.unit.id), each.unit.name) for each in schools if _is_open(each)]
    data = (request.POST,) if request.method == "POST" else ()
    form = AskForm(*data, schools=choices, initial={"id": uuid7()})
    if request.method == "POST" and form.is_valid():
        chosen = [UUID(each) for each in form.cleaned_data["school"]]
        count = ask(
            request.actor,
            chosen,
            form.cleaned_data["source"].strip(),
            id=form.cleaned_data["id"] if len(chosen) == 1 else None,
            today=request.today,
            stamp=stamp_of(request),
        )
        messages.success(request, gettext("已提请 %(n)s 所学校，等第二人核对。") % {"n": count})
        return redirect(f"{reverse('targets-bases')}?unit={asked.unit.id}")
    context = {
        **frame(request, asked),
        "schools": schools,
        "form": form if choices else None,
        "year": statistical_year(request.today),
    }
    return render(request, "targets/bases.html", context, status=422 if form.errors else 200)


def _is_open(each: SchoolBase) -> bool:
    return each.may_ask and (each.frozen is None or not each.frozen.is_waiting)


@require_safe
def targets_base(request: Request, school_id: UUID) -> HttpResponse:
    """A school's headcount class by class, frozen, on the roll and in class, with the children who
    make the difference."""
    request.actor.must(Capability.SEE_CHILDREN)
    unit = _school(request, school_id)
    found = changes(request.actor, unit, today=request.today, stamp=stamp_of(request))
    if found is None:
        return redirect(f"{reverse('targets-bases')}?unit={unit.id}")
    lines = [
        {
            "name": gettext("没有分班的")
            if line.leaf == unit.id
            else unit_name(found.tree.unit(line.leaf), request.today),
            "line": line,
            "came": [found.children[each] for each in line.came if each in found.children],
            "gone": [found.children[each] for each in line.gone if each in found.children],
        }
        for line in found.lines
    ]
    mine = next(
        (
            each
            for each in schools_of(request.actor, unit, today=request.today)
            if each.unit.id == unit.id
        ),
        None,
    )
    context: dict[str, Any] = {
        "unit": unit,
        "found": found,
        "lines": lines,
        "form": DecideForm(),
        "may_decide": bool(mine and mine.may_decide and found.frozen.is_waiting),
        "crumbs": [
            (gettext("目标"), f"{reverse('targets')}?unit={unit.id}"),
            (gettext("人数基数"), f"{reverse('targets-bases')}?unit={unit.id}"),
        ],
    }
    return render(request, "targets/base.html", context)


@require_POST
def targets_base_decide(request: Request, school_id: UUID, baseline_id: UUID) -> HttpResponse:
    """The second person confirms a headcount or sends it back with a reason."""
    unit = _school(request, school_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("targets-base", school_id=unit.id)
    is_confirmed = form.cleaned_data["verdict"] == "confirm"
    try:
        decide(
            request.actor,
            baseline_id,
            is_confirmed=is_confirmed,
            reason=form.cleaned_data["reason"].strip(),
            today=request.today,
            stamp=stamp_of(request),
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, gettext("已冻结。") if is_confirmed else gettext("已退回。"))
    return redirect("targets-base", school_id=unit.id)


@require_http_methods(["GET", "HEAD", "POST"])
def targets_kind(request: Request) -> HttpResponse:
    """Choose the kind of base as the unit's own value, where its plan leaves that open."""
    request.actor.must(Capability.SET_TARGETS)
    asked = _asked(request)
    line = choice_at(request.actor, asked.unit, today=request.today)
    data = (request.POST,) if request.method == "POST" else ()
    form = KindForm(*data)
    if request.method == "POST" and form.is_valid():
        choose(
            request.actor,
            asked.unit,
            form.cleaned_data["kind"],
            form.cleaned_data["source"].strip(),
            today=request.today,
            now=request.now,
        )
        messages.success(request, gettext("已改，今天起生效。"))
        return redirect(f"{reverse('targets')}?unit={asked.unit.id}")
    context = {**frame(request, asked), "form": form, "line": line}
    return render(request, "targets/kind.html", context, status=422 if form.errors else 200)


def _asked(request: Request) -> Asked:
    asked = asked_in(request)
    if asked is None:
        raise Http404
    return asked


def _school(request: Request, school_id: UUID) -> UnitSeen:
    try:
        unit = unit_seen(request.actor, school_id, on=request.today)
    except ObjectDoesNotExist:
        raise Http404 from None
    if unit.kind not in SCHOOLS:
        raise Http404
    return unit
