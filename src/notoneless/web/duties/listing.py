"""Lists of duties: mine or my units', by when; and their export."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from notoneless.children.queries.units import schools_in_reach
from notoneless.duties.queries.clocks import ClockEnd
from notoneless.duties.queries.in_tray import DutyFilter, duty_counts, duty_list
from notoneless.duties.queries.rows import Bucket, DutyLine, Lines
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Capability, Role
from notoneless.web.children.forms import ExportForm
from notoneless.web.duties.forms import DutyFilterForm
from notoneless.web.duties.lines import bearer_words, place_words, shown
from notoneless.web.duties.scope import sees_units, units_named
from notoneless.web.duties.words import (
    BUCKETS,
    CLOCKS,
    RULES,
    due_words,
    source_of,
    why_words,
)
from notoneless.web.exports import send_named
from notoneless.web.narrowed import unit_words
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.looks import short_day
from notoneless.web.words import ROLES

PER_PAGE = 50
MOST_EXPORTED = 5_000


@require_safe
def duties(request: Request) -> HttpResponse:
    """One list of duties, by pages; showing names of children is noted as one reading."""
    wanted, form = asked_for(request)
    number = number_in(request.GET.get("page", ""))
    found = duty_list(
        request.actor, wanted, today=request.today, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )
    _note(request, wanted, found)
    names_school = len(schools_in_reach(request.actor, on=request.today)) != 1
    context = {
        "form": form,
        "wanted": wanted,
        "is_done": wanted.bucket is Bucket.DONE,
        "whose_tabs": _whose_tabs(request, wanted),
        "when_tabs": _when_tabs(request, wanted),
        "rows": page_of(found.rows, total=found.count, number=number, per_page=PER_PAGE),
        "duties": [
            shown(line, request.actor, today=request.today, names_school=names_school)
            for line in found.rows
        ],
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "sees_units": sees_units(request.actor),
        "is_narrowed": bool(wanted.rule or wanted.unit_id or wanted.clock or wanted.turn),
        "within": unit_words(request, wanted.unit_id),
        "clock": CLOCKS[wanted.clock] if wanted.clock else "",
        "turn": ROLES[wanted.turn] if wanted.turn else "",
        "last_due_on": wanted.due_to - ONE_DAY if wanted.due_to else None,
    }
    return render(request, "duties/list.html", context)


def export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the list as it is narrowed, marked and noted."""
    request.actor.must(Capability.EXPORT_CHILDREN)
    wanted, _form = asked_for(request)
    found = duty_list(
        request.actor,
        wanted,
        today=request.today,
        limit=MOST_EXPORTED,
        to=Capability.EXPORT_CHILDREN,
    )
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"].strip()
        note_reading(
            "duties.exported",
            stamp=stamp_of(request),
            fields=["name", "duties"],
            purpose=purpose,
            listed=_listed(wanted, found),
        )
        rows = [_cells(line, request) for line in found.rows]
        title = gettext("待办清单")
        return send_named(request, _headings(), rows, title=title, purpose=purpose)
    context = {"form": form, "count": len(found.rows), "most": MOST_EXPORTED, "in_all": found.count}
    return render(request, "duties/export.html", context, status=422 if form.errors else 200)


def asked_for(request: Request) -> tuple[DutyFilter, DutyFilterForm]:
    """The list that the address asks for; what it says wrongly is left out."""
    form = DutyFilterForm(request.GET, units=units_named(request.actor, on=request.today))
    form.is_valid()
    said = form.cleaned_data
    is_mine = said.get("whose") != "units" or not sees_units(request.actor)
    when = said.get("when", "")
    bucket = Bucket(when) if when in set(Bucket) else Bucket.OVERDUE
    wanted = DutyFilter(
        is_mine=is_mine,
        bucket=bucket,
        rule=DutyRule(said["rule"]) if said.get("rule") else None,
        unit_id=_unit(request, said) if not is_mine else None,
        was_late=when == "late",
        opened_from=said.get("since"),
        opened_to=_day_after(said.get("until")),
        clock=ClockEnd(said["clock"]) if said.get("clock") else None,
        due_from=said.get("due_since"),
        due_to=_day_after(said.get("due_until")),
        turn=Role(said["turn"]) if said.get("turn") else None,
    )
    return wanted, form


def _day_after(day: date | None) -> date | None:
    return day + ONE_DAY if day else None


def _unit(request: Request, said: dict[str, Any]) -> UUID | None:
    """A unit chosen in the form, or any other named by a link; out of reach it has no duties."""
    text = said.get("unit") or request.GET.get("unit", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _whose_tabs(request: Request, wanted: DutyFilter) -> list[dict[str, Any]]:
    if not sees_units(request.actor):
        return []
    return [
        {"label": gettext("我的"), "url": "?whose=mine", "is_current": wanted.is_mine},
        {"label": gettext("我单位的"), "url": "?whose=units", "is_current": not wanted.is_mine},
    ]


def _when_tabs(request: Request, wanted: DutyFilter) -> list[dict[str, Any]]:
    counts = duty_counts(request.actor, wanted, today=request.today)
    numbers = {
        Bucket.OVERDUE: counts.overdue,
        Bucket.TODAY: counts.today,
        Bucket.COMING: counts.coming,
    }
    return [
        {
            "label": BUCKETS[bucket],
            "url": f"?{urlencode(_kept(request.GET, when=bucket.value))}",
            "is_current": wanted.bucket is bucket and not (wanted.was_late or wanted.clock),
            "count": numbers.get(bucket),
        }
        for bucket in Bucket
    ]


def _kept(asked: QueryDict, **changes: str) -> dict[str, str]:
    kept = {key: value for key, value in asked.items() if key in {"whose", "rule", "unit"}}
    return {key: str(value) for key, value in {**kept, **changes}.items() if value}


def _note(request: Request, wanted: DutyFilter, found: Lines) -> None:
    listed = _listed(wanted, found)
    if any(line.child_name for line in found.rows):
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)


def _listed(wanted: DutyFilter, found: Lines) -> Listed:
    ids = {line.child_id for line in found.rows if line.child_id and line.child_name}
    return Listed.of(wanted.told(), sorted(ids))


def _headings() -> list[str]:
    return [
        gettext("事项"),
        gettext("姓名"),
        gettext("学校"),
        gettext("班级"),
        gettext("开始"),
        gettext("到期"),
        gettext("情况"),
        gettext("责任人"),
        gettext("依据"),
        gettext("出处"),
    ]


def _cells(line: DutyLine, request: Request) -> list[str]:
    return [
        str(RULES[line.rule]),
        line.child_name,
        line.school_name,
        place_words(line, request.today, names_school=False),
        short_day(line.opened_on),
        short_day(line.due_on) if line.due_on else "",
        due_words(line, request.today),
        bearer_words(line),
        why_words(line),
        source_of(line),
    ]
