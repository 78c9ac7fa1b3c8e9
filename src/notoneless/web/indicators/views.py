"""The page of indicators, its sheet for the wall, its file, and what stands behind a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from notoneless.flows.indicators.showing import Shown, may_export, sheets_of, shown
from notoneless.flows.overview.units import SHOWN, UnitSeen, tops, unit_seen
from notoneless.journal.services import Listed, note_reading
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Sheet
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.children.forms import ExportForm
from notoneless.web.exports import send_named
from notoneless.web.indicators.cells import formulas_of, headings_of, meanings_of, rows_of, total_of
from notoneless.web.indicators.forms import ScopeForm
from notoneless.web.indicators.published import published
from notoneless.web.indicators.words import SHEETS
from notoneless.web.overview.tables import unit_name
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import KINDS


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks about."""

    unit: UnitSeen
    form: ScopeForm
    scope: Scope
    sheet: Sheet
    sheets: tuple[Sheet, ...]
    tree: Tree


@require_safe
def indicators(request: Request) -> HttpResponse:
    """Counts and rates of a place by the units below it, in the order of names; no child is
    named. A place out of reach is 404."""
    request.actor.must(Capability.SEE_CHILDREN)
    asked = asked_in(request)
    if asked is None:
        return render(request, "indicators/nowhere.html")
    found = _shown(request, asked)
    context = {
        **frame(request, asked),
        "found": found,
        "rows": rows_of(found, request.GET, request.today) if found else [],
        "total": total_of(found, request.GET, request.today) if found else None,
        "headings": headings_of(found) if found else [],
        "meanings": meanings_of(found) if found else [],
        "formulas": formulas_of(found) if found else [],
        "is_unfolded": any(request.GET.get(name) for name in ("grade", "since", "until", "known")),
        "may_export": may_export(request.actor, asked.unit.path),
        "may_type": request.actor.may(Capability.IMPORT_ROSTERS),
    }
    return render(request, "indicators/indicators.html", context)


@require_safe
def indicators_sheet(request: Request) -> HttpResponse:
    """The same on A4 without any number that could point to a child."""
    asked, found = _needed(request)
    lines, total = published(found)
    names = [row.name for row in rows_of(found, request.GET, request.today)]
    context = {
        **frame(request, asked),
        "headings": headings_of(found),
        "rows": list(zip(names, lines, strict=True)),
        "total": total,
        "meanings": meanings_of(found),
        "formulas": formulas_of(found),
    }
    return render(request, "indicators/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def indicators_export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the table as it is shown, marked and noted."""
    asked, found = _needed(request)
    request.actor.must(Capability.EXPORT_CHILDREN, at=[asked.unit.path])
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    if request.method == "POST" and form.is_valid():
        return _sent(request, asked, found, form.cleaned_data["purpose"].strip())
    context = {**frame(request, asked), "form": form, "count": len(found.lines) + 1}
    return render(request, "indicators/export.html", context, status=422 if form.errors else 200)


def asked_in(request: Request) -> Asked | None:
    """What the address asks about; ``None`` for somebody whose posts have no classes.

    Raises ``Http404`` for a place out of reach.
    """
    tree = tree_of(request.actor.county_id, Period(request.today, request.today))
    form = ScopeForm(request.GET, today=request.today)
    unit = _unit(request, tree)
    if unit is None:
        return None
    sheets = sheets_of(request.actor, unit.path)
    wanted = request.GET.get("sheet", "")
    sheet = next((each for each in sheets if each.value == wanted), sheets[0])
    scope = form.scope(unit, request.actor.county_id, today=request.today)
    scope = replace(scope, without_class=request.GET.get("rest") == "1")
    return Asked(unit, form, scope, sheet, sheets, tree)


def own_places(request: Request, tree: Tree) -> list[UUID]:
    """Where the reader's numbers begin: the units that he looks after, or else his classes."""
    paths = tops(request.actor) or tuple(
        held.path for held in request.actor.holdings if held.unit_kind is UnitKind.CLASS
    )
    return list(dict.fromkeys(tree.units[path].id for path in paths if path in tree.units))


def frame(request: Request, asked: Asked) -> dict[str, Any]:
    """What every page of a place shows around its table."""
    return {
        "unit": asked.unit,
        "name": unit_name(asked.unit, request.today),
        "form": asked.form,
        "scope": asked.scope,
        "sheet": asked.sheet,
        "sheet_words": SHEETS[asked.sheet],
        "sheet_tabs": _tabs(request, asked),
        "places": _places(request, asked),
        "crumbs": _crumbs(request, asked),
        "is_past": asked.scope.period.until < request.today,
    }


def _unit(request: Request, tree: Tree) -> UnitSeen | None:
    text = request.GET.get("unit", "")
    places = own_places(request, tree)
    if not text and not places:
        return None
    try:
        unit_id = UUID(text) if text else places[0]
        unit = unit_seen(request.actor, unit_id, on=request.today)
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None
    if unit.kind not in SHOWN | {UnitKind.GRADE}:
        raise Http404
    return unit


def _shown(request: Request, asked: Asked) -> Shown | None:
    """The table; ``None`` where the place did not exist in the period."""
    path, today = asked.unit.path, request.today
    try:
        return shown(request.actor, asked.scope, asked.sheet, path=path, today=today)
    except ObjectDoesNotExist:
        return None


def _needed(request: Request) -> tuple[Asked, Shown]:
    request.actor.must(Capability.SEE_CHILDREN)
    asked = asked_in(request)
    found = _shown(request, asked) if asked else None
    if asked is None or found is None:
        raise Http404
    return asked, found


def _tabs(request: Request, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": SHEETS[sheet],
            "url": _to(request, sheet=sheet.value),
            "is_current": sheet is asked.sheet,
        }
        for sheet in asked.sheets
    ]


def _places(request: Request, asked: Asked) -> list[dict[str, Any]]:
    """The reader's own places, if there are several: either line of a county, several classes."""
    own = own_places(request, asked.tree)
    if len(own) < 2:
        return []
    units = [asked.tree.unit(each) for each in own]
    return [
        {
            "label": f"{unit_name(unit, request.today)}（{KINDS[unit.kind]}）",
            "url": _to(request, unit=str(unit.id)),
            "is_current": unit.id == asked.unit.id,
        }
        for unit in units
    ]


def _crumbs(request: Request, asked: Asked) -> list[tuple[str, str]]:
    """The places above that the reader may ask about too."""
    own = {path for each in own_places(request, asked.tree) for path in asked.tree.paths[each]}
    above = ancestors(asked.unit.path)[:-1]
    return [
        (unit_name(unit, request.today), _to(request, unit=str(unit.id)))
        for path in above
        if (unit := asked.tree.units.get(path)) is not None
        and unit.kind in SHOWN
        and any(path.startswith(top) for top in own)
    ]


def _to(request: Request, **changes: str) -> str:
    kept = {key: text for key, text in request.GET.items() if text and key != "page"}
    return f"{reverse('indicators')}?{urlencode(kept | changes)}"


def _sent(request: Request, asked: Asked, found: Shown, purpose: str) -> HttpResponseBase:
    told = f"sheet={asked.sheet} unit={asked.unit.id} until={asked.scope.period.until}"
    note_reading(
        "indicators.exported",
        stamp=stamp_of(request),
        fields=[count.value for count in found.columns],
        purpose=purpose,
        listed=Listed.of(told, ()),
    )
    rows = rows_of(found, request.GET, request.today)
    lines = [*rows, total_of(found, request.GET, request.today)]
    cells = [[row.name, *(cell.text for cell in row.cells)] for row in lines]
    headings = [gettext("单位"), *headings_of(found)]
    for each in formulas_of(found):
        cells.append([str(each["name"]), str(each["formula"]), str(each["base"]), each["source"]])
    period = asked.scope.period
    title = f"{unit_name(asked.unit, request.today)} {SHEETS[asked.sheet]}"
    title += f" {period.from_on:%Y%m%d}-{period.until:%Y%m%d}"
    return send_named(request, headings, cells, title=title, purpose=purpose)
