"""The children, or the rolls, behind one number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notoneless.flows.indicators.behind import MOST_LISTED, Number, behind
from notoneless.flows.indicators.showing import COLUMNS, shown
from notoneless.numbers.queries.attended import missed_rolls
from notoneless.numbers.queries.table import Sheet, Span, ground_of
from notoneless.rules.indicators.counts import Count
from notoneless.rules.roles import Capability
from notoneless.web.indicators.cells import OPENING, rows_of
from notoneless.web.indicators.views import Asked, asked_in, frame
from notoneless.web.indicators.words import COUNTS, MEANINGS
from notoneless.web.overview.tables import unit_name
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.rolls.words import session_words

ROLLS_A_PAGE = 100
MAYBE_LARGE = frozenset(
    {
        Count.BASE,
        Count.ON_ROLL,
        Count.KEPT,
        Count.LISTED,
        Count.OTHER_IN,
        Count.GRADUATED,
        Count.LEAVERS,
        Count.PROMOTED,
        Count.ENTRY,
        Count.ABSENT,
    }
)


@require_safe
def indicators_behind(request: Request) -> HttpResponse:
    """Who is counted in a number, by name: one reading. Too many open to the units below."""
    request.actor.must(Capability.SEE_CHILDREN)
    asked = asked_in(request)
    if asked is None:
        raise Http404
    count = _count(request, asked)
    context = {
        **frame(request, asked),
        "count_words": COUNTS[count],
        "means": MEANINGS[count],
        "is_times": count is Count.ABSENT,
    }
    if count is Count.ROLLS_MISSING:
        context |= _rolls(request, asked)
        return render(request, "indicators/missing.html", context)
    large = _large(request, asked, count)
    if large is not None:
        return render(request, "indicators/many.html", context | large)
    wanted = Number(count, asked.scope)
    page = number_in(request.GET.get("page", ""))
    found = behind(request.actor, wanted, page=page, today=request.today, stamp=stamp_of(request))
    rows = page_of(found.rows, total=found.seen, number=found.page, per_page=found.page_rows)
    return render(request, "indicators/behind.html", context | {"found": found, "rows": rows})


def _count(request: Request, asked: Asked) -> Count:
    """The number asked for, if it belongs to what the reader is shown there."""
    text = request.GET.get("count", "")
    allowed = {count for sheet in asked.sheets for count in COLUMNS[sheet]} | {Count.ENTRY}
    if Sheet.DROPOUT not in asked.sheets:
        allowed -= {Count.ENTRY}
    found = next((count for count in allowed & OPENING if count.value == text), None)
    if found is None:
        raise Http404
    return found


def _large(request: Request, asked: Asked, count: Count) -> dict[str, Any] | None:
    """The same number of each unit below, each opening in its turn; ``None`` for numbers that are
    small enough to be listed."""
    if count not in MAYBE_LARGE:
        return None
    sheet = next(each for each in asked.sheets if count in (*COLUMNS[each], Count.ENTRY))
    found = shown(request.actor, asked.scope, sheet, path=asked.unit.path, today=request.today)
    number = found.table.total.of(Span.PERIOD).get(count, 0)
    if number <= MOST_LISTED:
        return None
    place = found.columns.index(count)
    lines = [(row.name, row.cells[place]) for row in rows_of(found, request.GET, request.today)]
    return {"lines": lines, "number": number, "most": MOST_LISTED}


def _rolls(request: Request, asked: Asked) -> dict[str, Any]:
    """The rolls that nobody called, newest first; no child is named."""
    ground = ground_of(asked.scope, today=request.today)
    missed = missed_rolls(ground.scope, ground.tree, ground.leaves, today=request.today)
    page = min(number_in(request.GET.get("page", "")), max(1, -(-len(missed) // ROLLS_A_PAGE)))
    start = (page - 1) * ROLLS_A_PAGE
    lines = [
        {
            "school": ground.tree.unit(ground.tree.leaves[roll.leaf].school_id).name,
            "class": unit_name(ground.tree.unit(roll.leaf), request.today),
            "class_id": roll.leaf,
            "day": roll.day,
            "session": session_words(roll.session),
        }
        for roll in missed[start : start + ROLLS_A_PAGE]
    ]
    rows = page_of(lines, total=len(missed), number=page, per_page=ROLLS_A_PAGE)
    return {"rows": rows, "number": len(missed)}
