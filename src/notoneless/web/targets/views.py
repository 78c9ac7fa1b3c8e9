"""The page of targets, the children behind a line, and its file."""

from __future__ import annotations

from dataclasses import dataclass
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

from notoneless.flows.indicators.showing import may_export
from notoneless.flows.overview.units import SHOWN, UnitSeen, unit_seen
from notoneless.flows.targets.bases import choice_at
from notoneless.flows.targets.board import Board, Key, board_of
from notoneless.flows.targets.losses import losses_of
from notoneless.flows.targets.people import answering, assessed
from notoneless.journal.services import Listed, note_reading
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, Stage, UnitKind
from notoneless.web.children.forms import ExportForm
from notoneless.web.exports import send_named
from notoneless.web.indicators.views import own_places
from notoneless.web.overview.tables import unit_name
from notoneless.web.policy.words import key_label
from notoneless.web.request import Request, stamp_of
from notoneless.web.targets.lines import (
    Shown,
    below_of,
    bound_of,
    contradictions_of,
    formulas_of,
    line_name,
    rows_of,
    status_words,
)
from notoneless.web.targets.words import HOWS, KINDS, PART_MEANINGS, PARTS
from notoneless.web.words import KINDS as UNIT_KINDS
from notoneless.web.words import ROLES, STAGES


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks about."""

    unit: UnitSeen
    tree: Tree
    line: Key | None


@require_safe
def targets(request: Request) -> HttpResponse:
    """The targets of a unit as lines, and the units below beside one of them, in name order. A
    unit out of reach is 404; ``past=1`` adds last month and last year."""
    request.actor.must(Capability.SEE_CASES)
    asked = asked_in(request)
    if asked is None:
        return render(request, "targets/nowhere.html")
    with_past = request.GET.get("past") == "1"
    board = _board(request, asked, with_past=with_past)
    context = {**frame(request, asked), **_shown(request, asked, board), "with_past": with_past}
    return render(request, "targets/targets.html", context)


@require_safe
def targets_losses(request: Request) -> HttpResponse:
    """Who was lost this school year and who came back, by name as far as the reader sees: one
    reading."""
    request.actor.must(Capability.SEE_CASES)
    asked = _needed(request)
    text = request.GET.get("stage", "")
    stage = Stage(text) if text in set(Stage) else None
    try:
        found = losses_of(
            request.actor, asked.unit, stage, today=request.today, stamp=stamp_of(request)
        )
    except KeyError:
        raise Http404 from None
    context = {
        **frame(request, asked),
        "found": found,
        "stage": STAGES[stage.value if stage else ""],
        "hows": HOWS,
        "lost": [(each, HOWS[each.loss.how]) for each in found.lost],
        "returned": [(each, HOWS[each.loss.how]) for each in found.returned],
    }
    return render(request, "targets/losses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def targets_export(request: Request) -> HttpResponseBase:
    """Ask what for, then send the lines as they are shown, marked and noted."""
    request.actor.must(Capability.SEE_CASES)
    asked = _needed(request)
    request.actor.must(Capability.EXPORT_CHILDREN, at=[asked.unit.path])
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    board = _board(request, asked, with_past=True)
    if request.method == "POST" and form.is_valid():
        return _sent(request, asked, board, form.cleaned_data["purpose"].strip())
    count = len(board.rows) + len(board.below)
    context = {**frame(request, asked), "form": form, "count": count}
    return render(request, "targets/export.html", context, status=422 if form.errors else 200)


def asked_in(request: Request) -> Asked | None:
    """The unit and line that an address asks about; ``None`` for somebody whose posts have no
    classes. Raises ``Http404`` for a unit out of reach."""
    tree = tree_of(request.actor.county_id, Period(request.today, request.today))
    text = request.GET.get("unit", "")
    places = own_places(request, tree)
    if not text and not places:
        return None
    try:
        unit_id = UUID(text) if text else places[0]
        unit = unit_seen(request.actor, unit_id, on=request.today, to=Capability.SEE_CASES)
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None
    if unit.kind not in SHOWN | {UnitKind.GRADE}:
        raise Http404
    key, _, stage = request.GET.get("line", "").partition(".")
    return Asked(unit, tree, (key, stage) if key else None)


def frame(request: Request, asked: Asked) -> dict[str, Any]:
    """What every page of a unit's targets shows around its content."""
    return {
        "unit": asked.unit,
        "name": unit_name(asked.unit, request.today),
        "places": _places(request, asked),
        "crumbs": _crumbs(request, asked),
        "back": f"{reverse('targets')}?{urlencode({'unit': str(asked.unit.id)})}",
    }


def _needed(request: Request) -> Asked:
    asked = asked_in(request)
    if asked is None:
        raise Http404
    return asked


def _board(request: Request, asked: Asked, *, with_past: bool) -> Board:
    try:
        return board_of(
            request.actor,
            asked.unit,
            chosen=asked.line,
            with_past=with_past,
            today=request.today,
        )
    except (ObjectDoesNotExist, KeyError):
        raise Http404 from None


def _shown(request: Request, asked: Asked, board: Board) -> dict[str, Any]:
    chosen = board.chosen.standing.target if board.chosen else None
    said = assessed(request.actor, board, today=request.today)
    people = answering(request.actor, board, today=request.today)
    words, tone = status_words(board.status)
    return {
        "board": board,
        "rows": rows_of(board),
        "below": below_of(board, request.today),
        "chosen_name": line_name(chosen) if chosen else "",
        "chosen_bound": bound_of(chosen) if chosen else "",
        "contradictions": contradictions_of(board),
        "formulas": formulas_of(board),
        "status": words,
        "status_tone": tone,
        "base_kind": _base_kind(board),
        "target_year": _target_year(board),
        "may_choose": choice_at(request.actor, asked.unit, today=request.today) is not None,
        "may_export": may_export(request.actor, asked.unit.path),
        "is_school_or_above": asked.unit.kind not in (UnitKind.CLASS, UnitKind.GRADE),
        "is_school": asked.unit.kind in SCHOOLS,
        "people": [(ROLES[each.role], each) for each in people],
        **_scores(said),
    }


def _scores(said: Any) -> dict[str, Any]:
    """The parts of an appraisal or score; each with its formula."""
    found = said.appraisal or said.score
    if found is None:
        return {}
    parts = [(PARTS[part], PART_MEANINGS[part], ratio) for part, ratio in found.parts]
    points = [(key_label(each.key), each) for each in getattr(found, "points", ())]
    return {"parts": parts, "points": points, "appraisal": said.appraisal, "score": said.score}


def _base_kind(board: Board) -> str:
    kind = "year_start_roll"
    if board.policy.is_on("baseline_kind"):
        kind = board.policy.choice("baseline_kind")
    return str(KINDS.get(kind, kind))


def _target_year(board: Board) -> str:
    """That the plan names another year than this one, or none yet; empty where it fits."""
    rule = board.policy.rules.get("target_year")
    if rule is None:
        return ""
    if not board.policy.is_on("target_year"):
        return gettext("方案的目标学年还没有录入，以下按本学年计算。")
    year = board.policy.count("target_year")
    if year == board.school_year:
        return ""
    return gettext("方案的目标学年是 %(year)s 学年，以下按本学年计算。") % {"year": year}


def _places(request: Request, asked: Asked) -> list[dict[str, Any]]:
    own = own_places(request, asked.tree)
    if len(own) < 2:
        return []
    units = [asked.tree.unit(each) for each in own]
    return [
        {
            "label": f"{unit_name(unit, request.today)}（{UNIT_KINDS[unit.kind]}）",
            "url": f"{reverse('targets')}?unit={unit.id}",
            "is_current": unit.id == asked.unit.id,
        }
        for unit in units
    ]


def _crumbs(request: Request, asked: Asked) -> list[tuple[str, str]]:
    own = {path for each in own_places(request, asked.tree) for path in asked.tree.paths[each]}
    return [
        (unit_name(unit, request.today), f"{reverse('targets')}?unit={unit.id}")
        for path in ancestors(asked.unit.path)[:-1]
        if (unit := asked.tree.units.get(path)) is not None
        and unit.kind in SHOWN
        and any(path.startswith(top) for top in own)
    ]


def _sent(request: Request, asked: Asked, board: Board, purpose: str) -> HttpResponseBase:
    told = f"targets unit={asked.unit.id} until={board.period.until}"
    stamp = stamp_of(request)
    note_reading("targets.exported", stamp=stamp, purpose=purpose, listed=Listed.of(told, ()))
    headings = [
        gettext("单位"),
        gettext("指标"),
        gettext("类别"),
        gettext("界线"),
        gettext("现在"),
        gettext("人数"),
        gettext("已用 / 限额"),
        gettext("余额"),
        gettext("状态"),
        gettext("上月末"),
        gettext("去年同期"),
        gettext("来源"),
    ]
    name = unit_name(asked.unit, request.today)
    cells = [_cells(name, row) for row in rows_of(board)]
    cells += [_cells(unit.name, unit.line) for unit in below_of(board, request.today) if unit.line]
    cells += [[name, index, formula] for index, formula in formulas_of(board)]
    title = f"{name} {gettext('指标完成情况')} {board.period.until:%Y%m%d}"
    return send_named(request, headings, cells, title=title, purpose=purpose)


def _cells(name: str, row: Shown) -> list[str]:
    return [
        name,
        row.name,
        row.kind,
        row.bound,
        row.figure,
        row.pair,
        row.used,
        row.left,
        row.verdict if not row.why else f"{row.verdict}：{row.why}",
        row.previous,
        row.year_ago,
        row.source,
    ]
