"""The board of the ladder with the list below it, and its file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from notoneless.cases.queries.lines import CaseLine, ThreeFacts
from notoneless.cases.queries.listing import (
    MOST_EXPORTED,
    Board,
    CaseFilter,
    board,
    every_case,
    list_cases,
    units_in_reach,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.cases.kinds import OPEN, Outcome
from notoneless.rules.roles import Capability
from notoneless.web.cases.filters import CaseFilterForm
from notoneless.web.cases.heads import due_words, head_in, turn_words
from notoneless.web.cases.pages import tabs_of
from notoneless.web.cases.words import OUTCOMES, SOURCES, STATES
from notoneless.web.children.forms import ExportForm
from notoneless.web.contacts.words import cause_words
from notoneless.web.exports import send_named
from notoneless.web.narrowed import unit_words
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.children import class_words


@require_safe
def cases(request: Request) -> HttpResponse:
    """The cases in reach: how many at each stage, and a list; each view is noted."""
    request.actor.must(Capability.SEE_CASES)
    form = filter_form(request)
    wanted = form.wanted(request.GET.get("sort", "due"))
    page = number_in(request.GET.get("page", ""))
    found = list_cases(request.actor, wanted, on=request.today, page=page)
    ids = [line.child_id for line in found.rows]
    listed = Listed.of(f"{wanted.told()} page={found.page}", ids)
    note_reading("cases.listed", stamp=stamp_of(request), listed=listed)
    counted = board(request.actor, wanted, on=request.today)
    context = {
        "form": form,
        "found": found,
        "heads": [head_in(line, request.today) for line in found.rows],
        "rows": page_of(found.rows, total=found.total, number=found.page, per_page=found.page_rows),
        "stages": _stages(request, counted, wanted),
        "stats": _stats(request, counted),
        "board": counted,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_unfolded": any(request.GET.get(name) for name in form.fields if name != "q"),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "case_tabs": tabs_of(request, "cases"),
        "within": unit_words(request, wanted.unit_id),
        "cause": cause_words(wanted.cause) if wanted.cause else "",
    }
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cases_export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the list as it is filtered, marked and noted."""
    request.actor.must(Capability.SEE_CASES)
    request.actor.must(Capability.EXPORT_CHILDREN)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    wanted = filter_form(request).wanted(request.GET.get("sort", "due"))
    if request.method == "POST" and form.is_valid():
        return _sent(request, wanted, form.cleaned_data["purpose"].strip())
    found = list_cases(request.actor, wanted, on=request.today, page_rows=1)
    context = {"form": form, "total": min(found.total, MOST_EXPORTED), "is_more": found.is_more}
    return render(request, "cases/export.html", context, status=422 if form.errors else 200)


def filter_form(request: Request) -> CaseFilterForm:
    """The filter of the address; units that no case of the reader has are not offered."""
    return CaseFilterForm(request.GET, units=units_in_reach(request.actor, on=request.today))


def _sent(request: Request, wanted: CaseFilter, purpose: str) -> HttpResponseBase:
    export = Capability.EXPORT_CHILDREN
    lines = list(every_case(request.actor, wanted, on=request.today, to=export))
    listed = Listed.of(wanted.told(), [line.child_id for line in lines])
    note_reading(
        "cases.exported",
        stamp=stamp_of(request),
        fields=["name", "case"],
        purpose=purpose,
        listed=listed,
    )
    rows = [_cells(line, request) for line in lines]
    return send_named(request, _headings(), rows, title=_("辍学个案清单"), purpose=purpose)


def _stages(request: Request, counted: Board, wanted: CaseFilter) -> list[dict[str, Any]]:
    """The funnel: one bar for each stage of the ladder, as wide as its number."""
    most = max([*counted.by_state.values(), 1])
    return [
        {
            "label": STATES[state],
            "number": counted.by_state[state],
            "most": most,
            "url": _url(request, stage=state.value),
            "is_current": wanted.stage == state.value,
        }
        for state in OPEN
        if state in counted.by_state
    ]


def _stats(request: Request, counted: Board) -> list[dict[str, Any]]:
    return [
        {"label": _("在办"), "value": counted.open, "url": _url(request, stage="open")},
        {"label": _("轮到我"), "value": counted.mine, "url": _url(request, whose="mine")},
        {
            "label": _("已超期"),
            "value": counted.late,
            "url": _url(request, late="1"),
            "tone": "danger" if counted.late else "",
        },
        {
            "label": _("没有包保人"),
            "value": counted.without_persuader,
            "url": _url(request, alone="1"),
        },
        {
            "label": _("返校未报告"),
            "value": counted.return_unreported,
            "url": _url(request, untold="1"),
        },
    ]


KEPT = ("school", "township", "village", "unit")


def _url(request: Request, **changes: str) -> str:
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    return f"{reverse('cases')}?{urlencode({**kept, **changes})}"


def _headings() -> list[str]:
    return [
        _("姓名"),
        _("学校"),
        _("班级"),
        _("乡镇"),
        _("村"),
        _("阶段"),
        _("进入这一阶段"),
        _("来源"),
        _("立案"),
        _("离校自"),
        _("连续缺勤（上课日）"),
        _("轮到谁"),
        _("期限"),
        _("包保人"),
        _("知名"),
        _("知人"),
        _("知情"),
        _("再次离校次数"),
        _("返校日期"),
        _("销号日期"),
        _("结果"),
    ]


def _cells(line: CaseLine, request: Request) -> list[str]:
    return [
        line.name,
        line.school_name,
        class_words(line.class_name, request.today),
        line.township,
        line.village,
        str(STATES[line.state]),
        line.state_since.isoformat(),
        str(SOURCES[line.source]),
        line.opened_on.isoformat(),
        line.away_since.isoformat(),
        str(line.away_days or ""),
        turn_words(line, request.today),
        due_words(line, request.today),
        line.persuader,
        *_fact_cells(line.facts),
        str(line.relapses or ""),
        line.returned_on.isoformat() if line.returned_on else "",
        line.closed_on.isoformat() if line.closed_on else "",
        str(OUTCOMES[Outcome(line.outcome)]) if line.outcome else "",
    ]


def _fact_cells(facts: ThreeFacts) -> list[str]:
    return ["√" if known else "" for known in (facts.name, facts.person, facts.situation)]
