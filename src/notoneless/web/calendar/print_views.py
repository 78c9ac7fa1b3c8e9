"""The printed year on one A4 page."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from notoneless.flows.calendars import Desk, NoCalendarThere, open_desk, own_desk
from notoneless.web.calendar.desk_page import notices_for, school_year_or_404
from notoneless.web.calendar.words import KINDS, SIGNS, WEEKDAYS
from notoneless.web.calendar.year_sheet import year_sheet
from notoneless.web.request import Request


@require_GET
def printed_year(request: Request, school_year: int) -> HttpResponse:
    """``?unit=`` chooses the unit; one's own without it. A year without terms is no page."""
    span = school_year_or_404(school_year)
    at = _desk(request)
    calendar = at.calendar()
    year = next((each for each in calendar.years if each.begins_in == school_year), None)
    if year is None:
        raise Http404
    context = {
        "desk": at,
        "school_year": school_year,
        "next_year": school_year + 1,
        "campaigns": year.campaigns,
        "vacations": year.vacations(),
        "sheet": year_sheet(calendar, year),
        "signs": SIGNS,
        "kinds": KINDS,
        "weekdays": WEEKDAYS,
        "notices": notices_for(request, {span.from_on.year, span.to_on.year}),
    }
    return render(request, "calendar/print.html", context)


def _desk(request: Request) -> Desk:
    try:
        if "unit" not in request.GET:
            return own_desk(actor=request.actor, today=request.today)
        return open_desk(UUID(request.GET["unit"]), actor=request.actor, today=request.today)
    except (NoCalendarThere, ValueError):
        raise Http404 from None
