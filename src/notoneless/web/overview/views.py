"""The overview of a unit, and the sheet of it that may be put up on a wall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from notoneless.access.actor import NotAllowed
from notoneless.duties.queries.rows import Bucket
from notoneless.flows.overview.periods import Stretch
from notoneless.flows.overview.showing import Overview, overview
from notoneless.flows.overview.units import SHOWN, WHOLE_COUNTY, UnitSeen, own_units, unit_seen
from notoneless.numbers.queries.tree import TreeUnit
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.cases.words import STATES
from notoneless.web.overview.links import Links
from notoneless.web.overview.published import may_show, published
from notoneless.web.overview.tables import (
    causes_of,
    compared_rows,
    late_lines,
    stages_of,
    tiles_of,
    today_rows,
    unit_name,
)
from notoneless.web.overview.trends import attendance_chart, moves_chart, week_rows
from notoneless.web.request import Request

STRETCHES: dict[Stretch, str | Promise] = {
    Stretch.WEEK: pgettext_lazy("period", "本周"),
    Stretch.MONTH: pgettext_lazy("period", "本月"),
    Stretch.TERM: pgettext_lazy("period", "本学期"),
    Stretch.YEAR: pgettext_lazy("period", "本学年"),
}
BY_LINE: dict[UnitKind, str | Promise] = {
    UnitKind.COUNTY: pgettext_lazy("overview", "按乡镇"),
    UnitKind.BUREAU: pgettext_lazy("overview", "按学区"),
}


@require_safe
def overview_page(request: Request) -> HttpResponse:
    """Numbers only, no child is named; each opens to its list. A unit out of reach is 404."""
    unit, stretch, found = _asked(request)
    links = Links(unit.id, unit.kind)
    context = {
        **_frame(request, unit, stretch, found),
        "tiles": tiles_of(found, links),
        "stages": stages_of(found, links),
        "late": late_lines(found, links, request.today),
        "late_url": links.duties(Bucket.OVERDUE),
        "rows": today_rows(found, stretch, request.today),
        "compared": compared_rows(found, stretch, request.today),
        "causes": causes_of(found, links),
        "weeks": week_rows(found.weeks),
        "attendance_chart": attendance_chart(found.weeks),
        "moves_chart": moves_chart(found.weeks),
        "class_url": reverse("class", args=[unit.id]) if unit.kind is UnitKind.CLASS else "",
    }
    return render(request, "overview/overview.html", context)


@require_safe
def overview_sheet(request: Request) -> HttpResponse:
    """The same on A4, without any number that could point to a child."""
    unit, stretch, found = _asked(request)
    shown = published(found)
    context = {
        **_frame(request, unit, stretch, found),
        "rows": [(unit_name(row.unit, request.today), cells) for row, cells in shown["rows"]],
        "total": shown["total"],
        "stages": [(STATES[state], number) for state, number in shown["stages"]],
        "compared": compared_rows(found, stretch, request.today, may_show=may_show),
        "weeks": [row for row in week_rows(found.weeks) if may_show(row["attendance"])],
        "attendance_chart": attendance_chart(
            [week for week in found.weeks if may_show(week.seats.attendance)]
        ),
    }
    return render(request, "overview/sheet.html", context)


def _asked(request: Request) -> tuple[UnitSeen, Stretch, Overview]:
    request.actor.must(Capability.SEE_CASES)
    asked = request.GET.get("period", "")
    stretch = Stretch(asked) if asked in set(Stretch) else Stretch.MONTH
    unit = _unit(request)
    found = overview(request.actor, unit, stretch, today=request.today, now=request.now)
    return unit, stretch, found


def _unit(request: Request) -> UnitSeen:
    """The unit that is asked for, else the reader's own."""
    text = request.GET.get("unit", "")
    try:
        unit_id = UUID(text) if text else _own(request).id
        unit = unit_seen(request.actor, unit_id, on=request.today, to=Capability.SEE_CASES)
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None
    if unit.kind not in SHOWN:
        raise Http404
    return unit


def _own(request: Request) -> TreeUnit:
    """Raises ``NotAllowed`` for whoever looks after no unit that has an overview."""
    own = own_units(request.actor, today=request.today)
    if not own:
        raise NotAllowed(capability=Capability.SEE_CASES.value)
    return own[0]


def _frame(request: Request, unit: UnitSeen, stretch: Stretch, found: Overview) -> dict[str, Any]:
    links = Links(unit.id, unit.kind)
    return {
        "unit": unit,
        "name": unit_name(unit, request.today),
        "crumbs": [
            (unit_name(above, request.today), Links(above.id, above.kind).overview(stretch))
            for above in found.trail
        ],
        "found": found,
        "stretch": stretch,
        "stretch_words": STRETCHES[stretch],
        "periods": [
            {"label": label, "url": links.overview(each), "is_current": each is stretch}
            for each, label in STRETCHES.items()
        ],
        "choices": _choices(request, unit, stretch),
        "here_url": links.overview(stretch),
    }


def _choices(request: Request, unit: UnitSeen, stretch: Stretch) -> list[dict[str, Any]]:
    """The reader's own units beside this one; of a county by township and by 学区."""
    own = own_units(request.actor, today=request.today)
    if len(own) < 2 or unit.id not in {each.id for each in own}:
        return []
    return [
        {
            "label": BY_LINE[each.kind]
            if each.kind in WHOLE_COUNTY
            else unit_name(each, request.today),
            "url": Links(each.id, each.kind).overview(stretch),
            "is_current": each.id == unit.id,
        }
        for each in own
    ]
