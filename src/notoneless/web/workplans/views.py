"""A unit's year, who below has not reported, and the way from a duty to its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.access.actor import NotAllowed
from notoneless.duties.queries.file import duty_key
from notoneless.flows.workplans.below import Below, below
from notoneless.flows.workplans.meetings import may_keep
from notoneless.flows.workplans.reports import lacks_person
from notoneless.flows.workplans.year import Item, Stage, Year, own_units, year_of_unit
from notoneless.numbers.queries.tree import TreeUnit
from notoneless.rules.duties.kinds import UNIT_RULES, DutyRule
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind, school_year_of
from notoneless.rules.workplans.kinds import Level
from notoneless.rules.workplans.streams import STREAMS
from notoneless.web.exports import send_list
from notoneless.web.policy.words import key_label
from notoneless.web.request import Request
from notoneless.web.words import school_year_words, unit_title
from notoneless.web.workplans.links import day_in, way_to
from notoneless.web.workplans.words import (
    ITEM_WORDS,
    MEETING_WORDS,
    STAGE_TONES,
    STAGE_WORDS,
    STATE_TONES,
    STATE_WORDS,
    STREAM_WORDS,
    WHY_OFF,
    item_words,
    span_words,
    unit_words,
)
from notoneless.workplans.queries.meetings import meetings_of
from notoneless.workplans.queries.reports import Waiting, waiting_lines

SOON = 4


@require_safe
def workplans(request: Request) -> HttpResponse:
    """My unit's year: what is late, what is due next, what was done, by term."""
    units = own_units(request.actor, today=request.today)
    asked = _uuid(request.GET.get("unit", ""))
    if asked is None and not units:
        raise NotAllowed(capability=Capability.KEEP_WORKPLANS.value)
    unit_id = asked or units[0].id
    year = year_of_unit(request.actor, unit_id, today=request.today)
    context = {
        **frame(request, year.known.unit, units),
        "year": year,
        "year_words": school_year_words(school_year_of(request.today)),
        "late": _rows(year.late, unit_id),
        "current": _rows(year.now, unit_id),
        "coming": _rows(year.coming[:SOON], unit_id),
        "more": max(0, len(year.coming) - SOON),
        "terms": _terms(year),
        "off": [
            {"what": ITEM_WORDS[o.rule], "rule": key_label(o.key), "why": WHY_OFF[o.why]}
            for o in year.off
        ],
        "lacks_person": lacks_person(year.known, on=request.today),
        "meetings": [
            {"line": line, "what": MEETING_WORDS[line.kind]}
            for line in meetings_of(
                [unit_id], county_id=request.actor.county_id, from_on=_year_from(year, request)
            )
        ],
    }
    return render(request, "workplans/year.html", context)


@require_safe
def workplan_below(request: Request) -> HttpResponse:
    """Who below has not reported, met or planned, and who was late."""
    unit, found = _below(request)
    export = f"{reverse('workplan-below-export')}?{request.GET.urlencode()}"
    context = {
        **frame(request, unit, own_units(request.actor, today=request.today)),
        "found": found,
        "lines": [_line(line.unit, line.item, request) for line in found.lines],
        "rules": [(rule.value, ITEM_WORDS[rule]) for rule in found.rules],
        "choices": [
            (each.from_on.isoformat(), _choice_words(each.from_on, each.until, each.due_on))
            for each in found.choices
        ],
        "export_url": export,
        "what": ITEM_WORDS[found.rule] if found.rule else "",
    }
    return render(request, "workplans/below.html", context)


@require_safe
def workplan_below_export(request: Request) -> HttpResponseBase:
    """The same list as a file."""
    unit, found = _below(request)
    what = str(ITEM_WORDS[found.rule]) if found.rule else ""
    headings = [_("单位"), _("事项"), _("时间"), _("到期"), _("办理"), _("状况")]
    rows = [
        [
            unit_words(line.unit, request.today),
            what,
            span_words(line.item.from_on, line.item.until) if line.item else "",
            line.item.due_on.isoformat() if line.item and line.item.due_on else "",
            line.item.done_on.isoformat() if line.item and line.item.done_on else "",
            str(STAGE_WORDS[line.item.stage]) if line.item else _("方案没有要求"),
        ]
        for line in found.lines
    ]
    return send_list(request, headings, rows, title=f"{unit.name}{what}")


@require_safe
def workplan_duty(request: Request, duty_id: UUID) -> HttpResponse:
    """From a duty in the tray to the page on which it is done."""
    rule, subject_id, occurrence = duty_key(request.actor, duty_id, today=request.today)
    if rule is DutyRule.MEETING_DECISION:
        return redirect("workplan-task-named", subject_id, occurrence)
    day = day_in(occurrence)
    if rule not in UNIT_RULES or day is None:
        raise Http404
    return redirect(way_to(rule, subject_id, day))


def frame(request: Request, unit: TreeUnit, units: Iterable[TreeUnit]) -> dict[str, Any]:
    """What every page of a unit's workplan shows around it."""
    waiting = waiting_lines(unit.id, county_id=request.actor.county_id)
    url = reverse("workplans")
    return {
        "unit": unit,
        "name": unit_words(unit, request.today),
        "units": [
            {
                "label": unit_words(each, request.today),
                "url": f"{url}?{urlencode({'unit': str(each.id)})}",
                "is_current": each.id == unit.id,
            }
            for each in units
        ],
        "waiting": [
            {
                "line": line,
                "name": _class_words(line, request),
                "is_late": line.due_on is not None and line.first_on > line.due_on,
                "what": STREAM_WORDS[line.stream],
                "span": span_words(line.from_on, line.until),
                "url": reverse(
                    "workplan-report",
                    args=[line.unit_id, line.stream.value, line.from_on.isoformat()],
                ),
            }
            for line in waiting
        ],
        "may_send": any(
            request.actor.may(Capability.SEND_RETURNS, at=path) for path in _paths(request, unit)
        ),
        "may_keep": may_keep(request.actor, unit.id, on=request.today),
    }


def _class_words(line: Waiting, request: Request) -> str:
    """A class by its name of today, any other unit by its name."""
    kind = UnitKind.CLASS if STREAMS[line.stream].level is Level.CLASS else ""
    return unit_title(
        kind,
        line.unit_name,
        stage=line.stage,
        entered_in=line.entered_in,
        today=request.today,
    )


def _paths(request: Request, unit: TreeUnit) -> tuple[str, ...]:
    held = tuple(h.path for h in request.actor.holdings if h.unit_id == unit.id)
    return (*held, unit.path)


def _below(request: Request) -> tuple[TreeUnit, Below]:
    units = own_units(request.actor, today=request.today)
    asked = _uuid(request.GET.get("unit", ""))
    if asked is None and not units:
        raise NotAllowed(capability=Capability.KEEP_WORKPLANS.value)
    unit_id = asked or units[0].id
    rules = {rule.value: rule for rule in UNIT_RULES}
    found = below(
        request.actor,
        unit_id,
        rule=rules.get(request.GET.get("rule", "")),
        from_on=day_in(request.GET.get("from", "")),
        today=request.today,
    )
    unit = next((each for each in units if each.id == unit_id), None)
    if unit is None:
        unit = year_of_unit(request.actor, unit_id, today=request.today).known.unit
    return unit, found


def _rows(items: Iterable[Item], unit_id: UUID) -> list[dict[str, Any]]:
    return [_row(item, unit_id) for item in items]


def _row(item: Item, unit_id: UUID) -> dict[str, Any]:
    state = item.standing.state if item.standing else None
    return {
        "item": item,
        "what": item_words(item),
        "span": span_words(item.from_on, item.until),
        "stage": STAGE_WORDS[item.stage],
        "tone": STAGE_TONES[item.stage],
        "state": STATE_WORDS[state] if state else "",
        "state_tone": STATE_TONES[state] if state else "",
        # A report cannot be opened before its days begin.
        "url": ""
        if item.stage is Stage.TO_COME and item.stream
        else way_to(item.rule, unit_id, item.from_on),
    }


def _line(unit: TreeUnit, item: Item | None, request: Request) -> dict[str, Any]:
    row = _row(item, unit.id) if item else {"item": None}
    return {**row, "name": unit_words(unit, request.today)}


def _terms(year: Year) -> list[dict[str, Any]]:
    """Everything of the year, term by term; what comes each week is one line with its weeks."""
    found = []
    for n, term in enumerate(year.terms):
        last = n + 1 == len(year.terms)
        own = [
            item
            for item in year.items
            if (n == 0 or item.opens_on >= term.from_on)
            and (last or item.opens_on < year.terms[n + 1].from_on)
        ]
        weekly: dict[DutyRule, list[dict[str, Any]]] = {}
        rows = []
        for item in own:
            row = _row(item, year.known.unit.id)
            if item.until is not None and item.stream and (item.until - item.from_on).days < 7:
                weekly.setdefault(item.rule, []).append(row)
            else:
                rows.append(row)
        found.append(
            {
                "term": term,
                "rows": rows,
                "weekly": [(ITEM_WORDS[rule], each) for rule, each in weekly.items()],
            }
        )
    return found


def _choice_words(from_on: Any, until: Any, due_on: Any) -> str:
    span = span_words(from_on, until)
    if due_on is None:
        return span
    return _("%(span)s（到期 %(due)s）") % {"span": span, "due": span_words(due_on, None)}


def _year_from(year: Year, request: Request) -> Any:
    own = year.known.year(request.today)
    return own.from_on if own else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
