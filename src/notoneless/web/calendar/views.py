"""The calendar's administration page and what can be entered on it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from notoneless.flows.calendars import (
    Desk,
    NoCalendarThere,
    count_school_days,
    open_desk,
    own_desk,
)
from notoneless.journal.services import Stamp
from notoneless.places.services.calendar.days import (
    WITHDRAWN,
    NewOverride,
    NewPattern,
    close_for,
    override_days,
    set_pattern,
    withdraw,
)
from notoneless.places.services.calendar.terms import NewTerms, follow_above, set_terms
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import school_year_of
from notoneless.web.calendar.desk_page import show_desk
from notoneless.web.calendar.forms import (
    ClosureForm,
    DaysForm,
    PatternForm,
    PeriodRows,
    TermsForm,
    WithdrawForm,
    periods_of,
)
from notoneless.web.request import Request


@require_GET
def mine(request: Request) -> HttpResponse:
    """To the calendar of one's own school, of the chosen unit, or of the bureau."""
    try:
        desk = own_desk(actor=request.actor, today=request.today)
    except NoCalendarThere:
        return render(request, "calendar/nowhere.html")
    chosen = request.GET.get("unit", "")
    unit_id = _uuid_or_404(chosen) if chosen else desk.unit.id
    year = request.GET.get("year", "")
    school_year = int(year) if year.isdecimal() else school_year_of(request.today)
    return redirect("calendar-desk", unit_id=unit_id, school_year=school_year)


@require_GET
def desk(request: Request, unit_id: UUID, school_year: int) -> HttpResponse:
    return show_desk(request, desk_or_404(request, unit_id), school_year)


@require_POST
def terms(request: Request, unit_id: UUID, school_year: int) -> HttpResponse:
    at = desk_or_404(request, unit_id)
    form = TermsForm(request.POST, prefix="terms")
    rows = PeriodRows(request.POST, prefix="term")
    campaigns = PeriodRows(request.POST, prefix="campaign")
    shown = {"terms_form": form, "term_rows": rows, "campaign_rows": campaigns}
    if not all([form.is_valid(), rows.is_valid(), campaigns.is_valid()]):
        return show_desk(request, at, school_year, status=422, opened="terms", **shown)

    def act(stamp: Stamp) -> None:
        said = form.cleaned_data
        new = NewTerms(
            unit_id, school_year, periods_of(rows), periods_of(campaigns), said["reason"]
        )
        set_terms(new, version=said["version"], stamp=stamp)

    return change(request, at, school_year, act, opened="terms", **shown)


@require_POST
def follow(request: Request, unit_id: UUID, school_year: int) -> HttpResponse:
    form = TermsForm(request.POST, prefix="terms")

    def act(stamp: Stamp) -> None:
        said = form.cleaned_data
        follow_above(
            unit_id, school_year, version=said["version"], reason=said["reason"], stamp=stamp
        )

    return change_by(request, unit_id, school_year, act, terms_form=form)


@require_POST
def days(request: Request, unit_id: UUID, school_year: int) -> HttpResponse:
    form = DaysForm(request.POST, prefix="days")

    def act(stamp: Stamp) -> None:
        said = form.cleaned_data
        new = NewOverride(unit_id, form.period(said["reason"]), said["has_class"])
        override_days(new, stamp=stamp)

    return change_by(request, unit_id, school_year, act, days_form=form)


@require_POST
def closure(request: Request, unit_id: UUID, school_year: int) -> HttpResponse:
    form = ClosureForm(request.POST, prefix="closure")

    def act(stamp: Stamp) -> None:
        close_for(unit_id, form.period(form.cleaned_data["reason"]), stamp=stamp)

    return change_by(request, unit_id, school_year, act, closure_form=form)


@require_POST
def pattern(request: Request, unit_id: UUID, school_year: int) -> HttpResponse:
    form = PatternForm(request.POST, prefix="pattern")

    def act(stamp: Stamp) -> None:
        new = NewPattern(
            unit_id,
            form.period(form.label()),
            form.anchor(),
            form.cycle(),
            rests_on_holidays=form.cleaned_data["rests_on_holidays"],
        )
        set_pattern(new, stamp=stamp)

    return change_by(request, unit_id, school_year, act, pattern_form=form)


@require_POST
def take_back(
    request: Request, unit_id: UUID, school_year: int, kind: str, row_id: UUID
) -> HttpResponse:
    if kind not in WITHDRAWN:
        raise Http404
    form = WithdrawForm(request.POST)

    def act(stamp: Stamp) -> None:
        because = form.cleaned_data["because"]
        withdraw(kind, row_id, unit_id=unit_id, because=because, stamp=stamp)

    return change_by(request, unit_id, school_year, act, withdraw_form=form)


def change_by(
    request: Request,
    unit_id: UUID,
    school_year: int,
    act: Callable[[Stamp], None],
    **named: forms.Form,
) -> HttpResponse:
    """Change by one form: shown again with its mistakes (422), or carried out."""
    at = desk_or_404(request, unit_id)
    ((name, form),) = named.items()
    opened = name.removesuffix("_form")
    if not form.is_valid():
        return show_desk(request, at, school_year, status=422, opened=opened, **named)
    return change(request, at, school_year, act, opened=opened, **named)


def change(
    request: Request, at: Desk, school_year: int, act: Callable[[Stamp], None], **shown: object
) -> HttpResponse:
    """Carry out a change by somebody who may; a refusal is shown on the page (409).

    Says how many school days the year has now, so that a slip of a date is seen at once.
    """
    before = count_school_days(at.calendar(), school_year)
    try:
        at.must_change()
        act(stamp_of(request, at))
    except Refusal as refusal:
        return show_desk(request, at, school_year, status=409, refusal=refusal, **shown)
    except ObjectDoesNotExist:
        raise Http404 from None
    after = count_school_days(at.calendar(), school_year)
    messages.success(request, _says(before, after))
    return redirect("calendar-desk", unit_id=at.unit.id, school_year=school_year)


def desk_or_404(request: Request, unit_id: UUID) -> Desk:
    try:
        return open_desk(unit_id, actor=request.actor, today=request.today)
    except NoCalendarThere:
        raise Http404 from None


def stamp_of(request: Request, at: Desk) -> Stamp:
    actor = request.actor
    return Stamp(actor.county_id, by=actor.person_id, now=request.now, unit_id=at.unit.id)


def _says(before: int, after: int) -> str:
    if before == after:
        words = ngettext(
            "已登记。本学年仍是 %(after)d 个上课日。",
            "已登记。本学年仍是 %(after)d 个上课日。",
            after,
        )
        return words % {"after": after}
    return _("已登记。本学年上课日由 %(before)d 天变为 %(after)d 天。") % {
        "before": before,
        "after": after,
    }


def _uuid_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
