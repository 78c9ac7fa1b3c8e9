"""Lists of those who were lost and those who came back; and what does not fit the rolls."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from notoneless.access.actor import NotAllowed
from notoneless.cases.queries.lines import CaseLine
from notoneless.cases.queries.registers import (
    By,
    Period,
    Place,
    by_village,
    figures_by,
    lost_in,
    returned_in,
)
from notoneless.flows.cases.comparing import Difference, Mismatch, differences
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.cases.kinds import Outcome, State
from notoneless.rules.roles import Capability
from notoneless.web.cases.heads import head_in
from notoneless.web.cases.pages import may_compare, tabs_of
from notoneless.web.cases.words import OUTCOMES, STATES
from notoneless.web.children.forms import ExportForm
from notoneless.web.duties.forms import PeriodForm
from notoneless.web.exports import send_list, send_named
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.children import class_words

USUAL = timedelta(days=120)
BREAKDOWNS: dict[By, str | Promise] = {
    By.VILLAGE: gettext_lazy("按村"),
    By.CLASS: gettext_lazy("按班级"),
    By.SCHOOL: gettext_lazy("按学校"),
}
MISMATCHES: dict[Mismatch, str | Promise] = {
    Mismatch.NO_CASE: gettext_lazy("缺勤已达立案天数，没有个案"),
    Mismatch.NOT_REPORTED: gettext_lazy("书面报告已超期"),
    Mismatch.CLOSED_STILL_AWAY: gettext_lazy("按信息错误或有正当理由销号，之后点名仍缺勤"),
    Mismatch.LEFT_REGISTER: gettext_lazy("已不在任何学校登记，个案没有销号"),
}


@require_safe
def returned(request: Request) -> HttpResponse:
    """Dropout list and returned list of a period, village by village."""
    request.actor.must(Capability.SEE_CASES)
    form, period = _period(request)
    if period is None:
        context = {"form": form, "case_tabs": tabs_of(request, "cases-returned")}
        return render(request, "cases/returned.html", context, status=422)
    lost = lost_in(request.actor, period, on=request.today)
    back = returned_in(request.actor, period, on=request.today)
    listed = Listed.of(
        f"cases returned {period.from_on} {period.to_on}",
        [line.child_id for line in (*lost, *back)],
    )
    note_reading("cases.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "form": form,
        "case_tabs": tabs_of(request, "cases-returned"),
        "lists": [
            _list(request, "lost", _("辍学生名单"), lost),
            _list(request, "back", _("复学生名单"), back),
        ],
        **_figures(request, lost, back),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "asked": urlencode({"from_on": period.from_on, "to_on": period.to_on}),
    }
    return render(request, "cases/returned.html", context)


@require_safe
def figures_export(request: Request) -> HttpResponseBase:
    """The figures of the period as a sheet, by village, class or school; no names (R-233)."""
    request.actor.must(Capability.SEE_CASES)
    _form, period = _period(request)
    if period is None:
        raise Http404
    lost = lost_in(request.actor, period, on=request.today)
    back = returned_in(request.actor, period, on=request.today)
    by = _by(request)
    rows = [
        [
            _place_words(each.place, by, request.today),
            str(each.lost),
            str(each.still_away),
            str(each.back),
        ]
        for each in figures_by(by, lost, back)
    ]
    headings = [str(BREAKDOWNS[by]), _("认定辍学"), _("其中还没返校"), _("返校")]
    title = _("辍学和返校统计 %(first)s 至 %(last)s") % {
        "first": period.from_on,
        "last": period.to_on,
    }
    return send_list(request, headings, rows, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
def returned_export(request: Request, which: str) -> HttpResponseBase:
    """Ask what for, then send one of the two lists, marked and noted."""
    request.actor.must(Capability.SEE_CASES)
    request.actor.must(Capability.EXPORT_CHILDREN)
    _form, period = _period(request)
    usual = Period(request.today - USUAL, request.today)
    query = {"lost": lost_in, "back": returned_in}.get(which)
    if query is None:
        raise Http404
    export = Capability.EXPORT_CHILDREN
    lines = query(request.actor, period or usual, on=request.today, to=export)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "total": len(lines)}
        return render(request, "cases/export.html", context, status=422 if form.errors else 200)
    purpose = form.cleaned_data["purpose"].strip()
    listed = Listed.of(f"cases {which}", [line.child_id for line in lines])
    note_reading(
        "cases.exported", stamp=stamp_of(request), fields=["name"], purpose=purpose, listed=listed
    )
    title = _("辍学生名单") if which == "lost" else _("复学生名单")
    rows = [_cells(line, request.today) for line in lines]
    return send_named(request, _headings(), rows, title=title, purpose=purpose)


@require_safe
def compare(request: Request) -> HttpResponse:
    """What does not fit between cases, rolls and registers, class by class (R-121)."""
    if not may_compare(request):
        raise NotAllowed(capability=Capability.SEE_CASES.value)
    found = differences(request.actor, today=request.today)
    listed = Listed.of("cases compared", [each.child_id for each in found])
    note_reading("cases.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "case_tabs": tabs_of(request, "cases-compare"),
        "classes": _by_class(found, request.today),
        "count": len(found),
    }
    return render(request, "cases/compare.html", context)


def _period(request: Request) -> tuple[PeriodForm, Period | None]:
    usual = {"from_on": request.today - USUAL, "to_on": request.today}
    form = PeriodForm({name: request.GET.get(name) or value for name, value in usual.items()})
    if not form.is_valid():
        return form, None
    return form, Period(form.cleaned_data["from_on"], form.cleaned_data["to_on"])


def _by(request: Request) -> By:
    asked = request.GET.get("by", "")
    return By(asked) if asked in set(By) else By.VILLAGE


def _figures(request: Request, lost: list[CaseLine], back: list[CaseLine]) -> dict[str, Any]:
    by = _by(request)
    kept = {name: request.GET[name] for name in ("from_on", "to_on") if request.GET.get(name)}
    return {
        "figures": [
            (_place_words(each.place, by, request.today), each)
            for each in figures_by(by, lost, back)
        ],
        "by": by.value,
        "by_words": BREAKDOWNS[by],
        "by_tabs": [
            {
                "label": label,
                "url": f"?{urlencode({**kept, 'by': each.value})}",
                "is_current": each is by,
            }
            for each, label in BREAKDOWNS.items()
        ],
    }


def _place_words(place: Place, by: By, today: date) -> str:
    if by is By.VILLAGE:
        return place.name or _("没有登记村")
    if by is By.SCHOOL:
        return place.name
    of_class = class_words(place.class_name, today) if place.class_name else _("没有编班")
    return f"{place.name} {of_class}".strip()


def _list(request: Request, key: str, title: str, lines: list[CaseLine]) -> dict[str, Any]:
    villages = [
        (name, [head_in(line, request.today) for line in part]) for name, part in by_village(lines)
    ]
    return {"key": key, "title": title, "count": len(lines), "villages": villages}


def _by_class(found: list[Difference], today: date) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        where = f"{each.school_name} {class_words(each.class_name, today)}".strip()
        line = {"each": each, "words": MISMATCHES[each.kind]}
        groups.setdefault(where or _("没有登记学校"), []).append(line)
    return [{"name": name, "lines": lines} for name, lines in groups.items()]


def _headings() -> list[str]:
    return [
        _("姓名"),
        _("学校"),
        _("班级"),
        _("乡镇"),
        _("村"),
        _("离校自"),
        _("认定日期"),
        _("返校日期"),
        _("阶段"),
        _("结果"),
    ]


def _cells(line: CaseLine, today: date) -> list[str]:
    days = (line.away_since, line.confirmed_on, line.returned_on)
    return [
        line.name,
        line.school_name,
        class_words(line.class_name, today),
        line.township,
        line.village,
        *(day.isoformat() if day else "" for day in days),
        str(STATES[State(line.state)]),
        str(OUTCOMES[Outcome(line.outcome)]) if line.outcome else "",
    ]
