"""Load the year's real notice: paste or upload, look at what changes, then load."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notoneless.flows.calendars import Desk, NoCalendarThere, county_desk
from notoneless.places.queries.calendar import official_days
from notoneless.places.queries.calendar_desk import notices_standing
from notoneless.places.services.calendar.notices import NewNotice, load_notice
from notoneless.rules.notice import Notice, read_notice
from notoneless.rules.official import OfficialDays, changed_days
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import school_year_of
from notoneless.web.calendar.forms import FIRST_YEAR, LAST_YEAR, NoticeForm
from notoneless.web.calendar.views import stamp_of
from notoneless.web.calendar.words import FAULTS
from notoneless.web.request import Request


@require_http_methods(["GET", "POST"])
def notice(request: Request, year: int) -> HttpResponse:
    """One calendar year's notice; a first POST shows what changes, ``load`` carries it out."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    at = _county_desk_or_404(request)
    if request.method == "GET":
        return _show(request, at, year)
    form = NoticeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, at, year, status=422, form=form)
    read = read_notice(form.cleaned_data["text"], year=year)
    if "load" not in request.POST or read.bad_lines:
        status = 422 if read.bad_lines else 200
        return _show(request, at, year, status=status, form=form, read=read)
    return _load(request, at, form, read)


def _load(request: Request, at: Desk, form: NoticeForm, read: Notice) -> HttpResponse:
    said = form.cleaned_data
    try:
        at.must_change()
        load_notice(
            NewNotice(read.year, read.days, source=said["source"]),
            version=said["version"],
            stamp=stamp_of(request, at),
        )
    except Refusal as refusal:
        return _show(request, at, read.year, status=409, form=form, read=read, refusal=refusal)
    words = _("%(year)s 年的放假通知已载入，这一年的日期不再是暂定。")
    messages.success(request, words % {"year": read.year})
    return redirect("calendar-desk", unit_id=at.unit.id, school_year=school_year_of(request.today))


def _show(
    request: Request, at: Desk, year: int, *, status: int = 200, **shown: Any
) -> HttpResponse:
    standing = {each.year: each for each in notices_standing(request.actor.county_id)}.get(year)
    table = official_days(request.actor.county_id)
    form = shown.get("form") or NoticeForm(
        initial={"version": standing.version if standing else 0, "source": _own_source(standing)}
    )
    context = {
        "desk": at,
        "year": year,
        "standing": standing,
        "days": [(on, day) for on, day in sorted(table.days.items()) if on.year == year],
        **shown,
        "form": form,
    }
    if isinstance(read := shown.get("read"), Notice):
        context |= _effect(read, table, form)
    return render(request, "calendar/notice.html", context, status=status)


def _own_source(standing: Any) -> str:
    return "" if standing is None or standing.is_provisional else str(standing.source)


def _effect(read: Notice, table: OfficialDays, form: NoticeForm) -> dict[str, Any]:
    """What the text says, which days change, and the form ready to be sent once more."""
    after = table.with_notice(read.year, read.days)
    changed = [
        {"on": on, "is_worked": after.is_working_day(on), "named": after.named(on)}
        for on in changed_days(table, after)
    ]
    bad = [(line, FAULTS[line.fault]) for line in read.bad_lines]
    again = NoticeForm(initial={**form.cleaned_data, "file": None})
    # What came from a file stands in the text field now, where bad lines can be corrected.
    return {"changed": changed, "bad": bad, "read_days": sorted(read.days.items()), "form": again}


def _county_desk_or_404(request: Request) -> Desk:
    try:
        return county_desk(actor=request.actor, today=request.today)
    except NoCalendarThere:
        raise Http404 from None
