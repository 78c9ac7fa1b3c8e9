"""Hardship alerts of a school, and a child's way to school with its alerts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.class_names import child_at, class_paths
from notoneless.attendance.queries.hardship import (
    HardshipLine,
    TravelLine,
    hardships,
    hardships_of,
    travels_of,
)
from notoneless.children.queries.file import child_file
from notoneless.children.queries.units import SchoolUnit, school_in_reach
from notoneless.flows.rolls.hardship import (
    may_note_travel,
    note_hardship,
    note_measure,
    note_travel,
)
from notoneless.flows.rolls.permission import answers_for
from notoneless.journal.services import note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.visibility import FieldGroup
from notoneless.web.children.tabs import child_tabs
from notoneless.web.presence.exporting import NamedList, export_named, note_listed
from notoneless.web.presence.forms import HardshipForm, MeasureForm, TravelForm
from notoneless.web.presence.scope import frame, scope_of
from notoneless.web.presence.words import class_at_words
from notoneless.web.request import Request, stamp_of

PAGE_ROWS = 50
TRAVEL_IDS, HARDSHIP_IDS = "travel_%s", "hardship_%s"
"""Fields of several forms on one page."""


@never_cache
@require_safe
def hardship(request: Request) -> HttpResponse:
    """Alerts to the school, those without a measure first."""
    request.actor.must(Capability.SEE_SIGNS)
    found = hardships(request.actor, on=request.today)
    rows = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    note_listed(request, "hardship", [row.child_id for row in rows])
    context = frame(request, "presence-hardship") | {
        "rows": rows,
        "open": sum(row.is_open for row in found),
    }
    return render(request, "presence/hardship.html", context)


def hardship_export(request: Request) -> HttpResponseBase:
    """The alerts of a school as a file, without what the family suffers from."""
    request.actor.must(Capability.SEE_SIGNS)
    return export_named(
        request,
        scope_of(request),
        lambda school: _named(request, school),
        back=reverse("presence-hardship"),
    )


def _named(request: Request, school: SchoolUnit) -> NamedList:
    school_in_reach(request.actor, school.id, on=request.today, to=Capability.EXPORT_CHILDREN)
    rows = [
        row
        for row in hardships(request.actor, on=request.today, to=Capability.SEE_SIGNS)
        if row.at and row.at.school_id == school.id
    ]
    return NamedList(
        title=_("困难预警"),
        headings=[_("班级"), _("姓名"), _("从哪天起"), _("上报人"), _("采取措施的日期")],
        rows=[
            [
                class_at_words(row.at, request.today),
                row.child_name,
                row.on.isoformat(),
                row.noted_by,
                " ".join(measure.on.isoformat() for measure in row.measures),
            ]
            for row in rows
        ],
        child_ids=[row.child_id for row in rows],
        told=f"hardship school={school.id}",
    )


@never_cache
@require_safe
def child_travel(request: Request, child_id: UUID) -> HttpResponse:
    """How a child comes to school, and what its family cannot manage."""
    return _travel_page(request, child_id)


@require_POST
def child_travel_note(request: Request, child_id: UUID) -> HttpResponse:
    """Note the way to school (R-075)."""
    form = TravelForm(request.POST, auto_id=TRAVEL_IDS)

    def note() -> None:
        note_travel(request.actor, form.new_travel(child_id), today=request.today, now=request.now)

    return _answer(request, child_id, "travel_form", form, note, _("上学路程已登记。"))


@require_POST
def child_hardship_note(request: Request, child_id: UUID) -> HttpResponse:
    """Tell the school of a difficulty (R-074)."""
    form = HardshipForm(request.POST, auto_id=HARDSHIP_IDS)

    def note() -> None:
        note_hardship(
            request.actor, form.new_hardship(child_id), today=request.today, now=request.now
        )

    return _answer(request, child_id, "hardship_form", form, note, _("已报告学校。"))


@require_POST
def child_measure_note(request: Request, child_id: UUID, alert_id: UUID) -> HttpResponse:
    """Note what the school did."""
    form = MeasureForm(request.POST, auto_id=f"{alert_id}_%s")
    if alert_id not in {row.id for row in hardships_of(request.actor, child_id, on=request.today)}:
        raise Http404

    def note() -> None:
        note_measure(
            request.actor, alert_id, form.new_measure(), today=request.today, now=request.now
        )

    return _answer(request, child_id, str(alert_id), form, note, _("措施已登记。"))


def _answer(
    request: Request,
    child_id: UUID,
    key: str,
    form: forms.Form,
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    """The page with what is wrong, or back to it with what was done."""
    child_at(request.actor, child_id, on=request.today)
    if not form.is_valid():
        return _travel_page(request, child_id, status=422, said={key: form})
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as problem:
        return _travel_page(request, child_id, status=409, refusal=problem, said={key: form})
    messages.success(request, said)
    return redirect("child-travel", child_id)


def _travel_page(
    request: Request,
    child_id: UUID,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    said: Mapping[str, forms.Form] | None = None,
) -> HttpResponse:
    """``said`` is a form that did not go through: by its name, a measure's by its alert."""
    file = child_file(request.actor, child_id, on=request.today)
    if file.kept_id is not None:
        return redirect("child-travel", file.kept_id)
    shows = FieldGroup.REGISTRATION in file.groups
    travels = travels_of(file.id) if shows else []
    alerts = hardships_of(request.actor, file.id, on=request.today)
    fields = ["travel", *(["hardship"] if alerts else [])]
    note_reading("child.opened", stamp=stamp_of(request), child_id=file.id, fields=fields)
    context = {
        "file": file,
        "tabs": child_tabs(request.actor, file.id, current="child-travel"),
        "shows": shows,
        "now_travel": next((row for row in travels if row.is_current), None),
        "past_travels": [row for row in travels if not row.is_current],
        "refusal": refusal,
        **_forms(request, file.id, travels, alerts, said or {}),
    }
    return render(request, "presence/travel.html", context, status=status)


def _forms(
    request: Request,
    child_id: UUID,
    travels: list[TravelLine],
    alerts: list[HardshipLine],
    said: Mapping[str, forms.Form],
) -> dict[str, Any]:
    """The forms that the reader may use; none for whoever only sees the child."""
    here = class_paths(request.actor, child_id, on=request.today)
    may_alert = answers_for(request.actor, here)
    blank = {"id": uuid7(), "on": request.today}
    given: dict[str, Any] = {
        "alerts": [
            (row, said.get(str(row.id)) or _measure_form(row, request.today) if may_alert else None)
            for row in alerts
        ]
    }
    if may_note_travel(request.actor, here):
        initial = _now(travels, request.today)
        form = TravelForm(initial=initial, auto_id=TRAVEL_IDS)
        given["travel_form"] = said.get("travel_form") or form
    if may_alert:
        hardship_form = HardshipForm(initial=blank, auto_id=HARDSHIP_IDS)
        given["hardship_form"] = said.get("hardship_form") or hardship_form
    return given


def _measure_form(row: HardshipLine, today: date) -> MeasureForm:
    return MeasureForm(initial={"id": uuid7(), "on": today}, auto_id=f"{row.id}_%s")


def _now(travels: list[TravelLine], today: date) -> dict[str, Any]:
    """The form starts from what stands."""
    now = next((row for row in travels if row.is_current), None)
    blank = {"id": uuid7(), "from_on": today, "boarding": "unknown"}
    if now is None:
        return blank
    return blank | {
        "based_on": now.id,
        "way": now.way.value,
        "minutes": now.minutes,
        "km": now.km,
        "boarding": now.boarding.value,
    }
