"""What the calendar's page shows: counts, terms, everything said, and the forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from notoneless.flows.calendars import Desk
from notoneless.places.queries.calendar import calendar_holders
from notoneless.places.queries.calendar_desk import (
    TermsSheet,
    notices_standing,
    said_about,
    terms_sheet,
)
from notoneless.rules.calendar import ONE_DAY, NoSuchDay, SchoolCalendar, SchoolYear
from notoneless.rules.clocks import Due, due_on
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.units import school_year_of
from notoneless.web.calendar.forms import (
    FIRST_YEAR,
    LAST_YEAR,
    ClockForm,
    ClosureForm,
    DaysForm,
    PatternForm,
    TermsForm,
    WithdrawForm,
    rows_for,
)
from notoneless.web.calendar.words import UNITS
from notoneless.web.calendar.year_sheet import year_sheet
from notoneless.web.request import Request


def school_year_or_404(year: int) -> SchoolYear:
    """An empty school year for its first and last day; a year out of reach is no page."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise Http404
    return SchoolYear(year, terms=())


def show_desk(
    request: Request, desk: Desk, school_year: int, *, status: int = 200, **shown: Any
) -> HttpResponse:
    """The page; ``shown`` puts a form with its mistakes, or a refusal, in place of a fresh one."""
    span = school_year_or_404(school_year)
    calendar = desk.calendar()
    sheet = terms_sheet(desk.holders, school_year)
    year = next((each for each in calendar.years if each.begins_in == school_year), None)
    years = {span.from_on.year, span.to_on.year}
    context: dict[str, Any] = {
        "desk": desk,
        "places": calendar_holders(request.actor.county_id, on=request.today),
        "school_year": school_year,
        "next_year": school_year + 1,
        "last_year": school_year - 1,
        "this_year": school_year_of(request.today),
        "sheet": sheet,
        "is_own": sheet.owner is not None and sheet.owner.id == desk.unit.id,
        "year": year_sheet(calendar, year) if year else None,
        "notices": notices_for(request, years),
        "said": said_about(desk.holders, from_on=span.from_on, to_on=span.to_on),
        "clock": ClockForm(),
        **fresh_forms(sheet),
        **shown,
    }
    if "started" in request.GET:
        context |= clock_context(request, calendar)
    return render(request, "calendar/desk.html", context, status=status)


def notices_for(request: Request, years: set[int]) -> list[dict[str, Any]]:
    """The standing notice of each calendar year that the school year touches, or none yet."""
    standing = {notice.year: notice for notice in notices_standing(request.actor.county_id)}
    return [{"year": year, "standing": standing.get(year)} for year in sorted(years)]


def fresh_forms(sheet: TermsSheet) -> dict[str, Any]:
    return {
        "days_form": DaysForm(prefix="days"),
        "closure_form": ClosureForm(prefix="closure"),
        "pattern_form": PatternForm(prefix="pattern", initial=pattern_span(sheet)),
        "withdraw_form": WithdrawForm(),
        "terms_form": TermsForm(initial={"version": sheet.version}, prefix="terms"),
        **terms_rows(sheet),
    }


def terms_rows(sheet: TermsSheet) -> dict[str, forms.BaseFormSet[Any]]:
    names = (_("第一学期"), _("第二学期"))
    return {
        "term_rows": rows_for(sheet.terms, prefix="term", at_least=2, names=names),
        "campaign_rows": rows_for(sheet.campaigns, prefix="campaign", at_least=1),
    }


def pattern_span(sheet: TermsSheet) -> dict[str, Any]:
    """The whole school year's terms, which is what a cycle nearly always holds for."""
    if not sheet.terms:
        return {}
    first, last = sheet.terms[0].from_on, sheet.terms[-1].to_on
    return {"first": first, "last": last - ONE_DAY}


def clock_context(request: Request, calendar: SchoolCalendar) -> dict[str, Any]:
    """The same length in every unit, so that the choice between them can be seen (R-306)."""
    form = ClockForm(request.GET)
    if not form.is_valid():
        return {"clock": form}
    asked = form.cleaned_data
    lines = []
    for unit, label in UNITS.items():
        due = _due(calendar, unit, **asked)
        moved = calendar.next_working_day(due.on) if due else None
        lines.append({"unit": label, "due": due, "moved": moved})
    return {"clock": form, "clock_lines": lines}


def _due(calendar: SchoolCalendar, unit: DurationUnit, **asked: Any) -> Due | None:
    try:
        return due_on(counted_in=unit, calendar=calendar, **asked)
    except NoSuchDay:
        return None
