"""Which classes have not been called by their hour, and who ought to have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.missing import (
    Caller,
    MissingRoll,
    callers_of,
    due_at,
    last_called,
    rolls_due,
)
from notoneless.attendance.queries.schools import school_standings
from notoneless.rules.attendance.sessions import RollRules
from notoneless.rules.roles import Capability
from notoneless.web.exports import send_list
from notoneless.web.narrowed import called, unit_in
from notoneless.web.paging import number_in, page_of
from notoneless.web.request import Request
from notoneless.web.rolls.place import day_in
from notoneless.web.rolls.words import session_words
from notoneless.web.templatetags.rolls import hour, standing_words
from notoneless.web.words import TENURES

SCHOOLS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """A roll that nobody called, with what a reader asks next."""

    roll: MissingRoll
    since: str
    """Local hour from which it is missing; empty where the day itself is over."""
    last_on: date | None
    """The newest day on which the class was called; ``None`` for never."""
    callers: Sequence[Caller]


@dataclass(frozen=True, slots=True)
class SchoolGaps:
    school_id: UUID
    name: str
    gaps: list[Gap]


@require_safe
def rolls_missing(request: Request) -> HttpResponseBase:
    """Overdue rolls of a day in the reader's reach, by school; never one statement a class."""
    request.actor.must(Capability.SEE_CHILDREN)
    day = _day(request)
    unit = unit_in(request)
    due = rolls_due(
        request.actor,
        day=day,
        now=request.now,
        school_id=_school(request),
        under=unit.path if unit else "",
    )
    overdue = due.overdue
    schools = [
        (school_id, list(rolls))
        for school_id, rolls in groupby(overdue, key=lambda roll: roll.school_class.school_id)
    ]
    if request.GET.get("format") == "xlsx":
        return _send(request, _gaps(request, overdue, day=day), day)
    number = number_in(request.GET.get("page", ""))
    number = min(number, max(1, -(-len(schools) // SCHOOLS_A_PAGE)))
    shown = schools[(number - 1) * SCHOOLS_A_PAGE : number * SCHOOLS_A_PAGE]
    gaps = iter(_gaps(request, [roll for _id, rolls in shown for roll in rolls], day=day))
    rows = [
        SchoolGaps(school_id, rolls[0].school_class.school_name, [next(gaps) for _ in rolls])
        for school_id, rolls in shown
    ]
    context: dict[str, Any] = {
        "day": day,
        "within": called(unit, request) if unit else "",
        "is_today": day == request.today,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < request.today else None,
        "due": due,
        "overdue": len(overdue),
        "waiting": len(due.missing) - len(overdue),
        "schools": len(schools),
        "tenures": TENURES,
        "page": page_of(rows, total=len(schools), number=number, per_page=SCHOOLS_A_PAGE),
    }
    return render(request, "rolls/missing.html", context)


def _school(request: Request) -> UUID | None:
    """The school asked for by ``?school=``; one out of reach has no rolls."""
    try:
        return UUID(request.GET["school"]) if request.GET.get("school") else None
    except ValueError:
        raise Http404 from None


def _day(request: Request) -> date:
    text = request.GET.get("day", "")
    return min(day_in(text), request.today) if text else request.today


def _gaps(request: Request, rolls: Sequence[MissingRoll], *, day: date) -> list[Gap]:
    """Three statements, however many rolls; none for none."""
    if not rolls:
        return []
    ids = {roll.school_class.id for roll in rolls}
    callers, last = callers_of(ids, on=request.today), last_called(ids, by=day)
    rules = _rules(request, {roll.school_class.school_id for roll in rolls}, on=day)
    return [
        Gap(
            roll,
            _since(roll, rules, is_today=day == request.today),
            last.get(roll.school_class.id),
            callers.get(roll.school_class.id, ()),
        )
        for roll in rolls
    ]


def _rules(request: Request, school_ids: set[UUID], *, on: date) -> dict[UUID, RollRules]:
    found = school_standings(request.actor.county_id, on=on, only=school_ids)
    return {school.school_id: school.roll_rules(on) for school in found}


def _since(roll: MissingRoll, rules: dict[UUID, RollRules], *, is_today: bool) -> str:
    of = rules.get(roll.school_class.school_id)
    return hour(due_at(roll.session, of)) if of is not None and is_today else ""


def _send(request: Request, gaps: Sequence[Gap], day: date) -> HttpResponseBase:
    headings = [_("学校"), _("班级"), _("哪一次"), _("最近一次点名"), _("应由谁点")]
    rows = [
        [
            gap.roll.school_class.school_name,
            standing_words(gap.roll.school_class, request.today),
            session_words(gap.roll.session),
            gap.last_on.isoformat() if gap.last_on else _("从未点名"),
            "、".join(f"{c.name}（{TENURES[c.tenure]}）" for c in gap.callers),
        ]
        for gap in gaps
    ]
    title = _("未点名的班级") + f" {day:%Y-%m-%d}"
    return send_list(request, headings, rows, title=title)
