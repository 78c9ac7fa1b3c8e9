"""A subject teacher's one tap: missing in my lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.lessons import MarkInLesson, marks_in_lesson, missing_that_day
from notoneless.attendance.queries.schools import classes_with_children
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.flows.rolls.lessons import mark_missing, unmark_missing
from notoneless.flows.rolls.permission import may_call
from notoneless.rules.attendance.sessions import MOST_LESSONS, lesson_code
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.request import Request
from notoneless.web.rolls.place import RollPlace, roll_place
from notoneless.web.rolls.sheet import LONG_NAME, SHORT_NAME

USUAL_LESSONS = 8
LAST = "last_lesson"
"""Where the session remembers the lesson that was opened last."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One child in a lesson."""

    child_id: UUID
    name: str
    mark: MarkInLesson | None
    is_missing_today: bool
    """The class's own roll has the child missing: no news."""
    tap_id: UUID
    """Of the mark that a tap would make: tapping twice is the same as once."""

    @property
    def width(self) -> str:
        if len(self.name) > LONG_NAME:
            return "full"
        return "wide" if len(self.name) > SHORT_NAME or self.is_missing_today else ""


@require_safe
def roll_my_lessons(request: Request) -> HttpResponse:
    """The classes in which the reader teaches; straight in where there is only one."""
    request.actor.must(Capability.CALL_ROLL)
    classes = [
        each
        for each in classes_with_children(request.actor, day=request.today, to=Capability.CALL_ROLL)
        if may_call(request.actor, each.paths, lesson_code(1))
    ]
    if len(classes) == 1:
        return redirect("roll-lessons", classes[0].id)
    return render(request, "rolls/my_lessons.html", {"classes": classes})


@never_cache
@require_safe
def roll_lessons(request: Request, class_id: UUID) -> HttpResponse:
    """The names of a class in one lesson of today: a tap marks at once, another takes it back."""
    lesson = _lesson(request, request.GET.get("lesson", ""))
    at = _place(request, class_id, lesson)
    return render(request, "rolls/lesson.html", _context(request, at, lesson))


@require_POST
def roll_lesson_tap(request: Request, class_id: UUID) -> HttpResponse:
    """One tap: the name's cell for htmx, the page for everyone else."""
    lesson = _lesson(request, request.POST.get("lesson", ""))
    at = _place(request, class_id, lesson)
    kind, child_id, mark_id = _tapped(request.POST.get("tap", ""))
    refusal = None
    try:
        if kind == "back":
            unmark_missing(request.actor, mark_id, today=request.today, now=request.now)
        elif kind == "miss":
            new = NewLessonMark(mark_id, class_id, child_id, at.sheet.day, lesson)
            mark_missing(
                request.actor, new, noted_at=request.now, today=request.today, now=request.now
            )
    except NotAllowed:
        raise
    except Refusal as problem:
        refusal = problem
    if not request.htmx and refusal is None:
        return redirect(f"{reverse('roll-lessons', args=[class_id])}?lesson={lesson}")
    context = _context(request, at, lesson)
    context["refusal"] = refusal
    context["cell"] = next((c for c in context["cells"] if c.child_id == child_id), None)
    is_cell = request.htmx and refusal is None and context["cell"] is not None
    page = "rolls/parts/lesson_tapped.html" if is_cell else "rolls/lesson.html"
    return render(request, page, context, status=409 if refusal else 200)


def _place(request: Request, class_id: UUID, lesson: int) -> RollPlace:
    at = roll_place(request, class_id, request.today.isoformat(), lesson_code(lesson))
    if not at.may_call:
        raise NotAllowed(capability=Capability.CALL_ROLL.value)
    request.session[LAST] = lesson
    return at


def _lesson(request: Request, text: str) -> int:
    """The lesson asked for, else the one opened last, else the first."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    if 1 <= number <= MOST_LESSONS:
        return number
    last = request.session.get(LAST)
    return last if isinstance(last, int) and 1 <= last <= MOST_LESSONS else 1


def _tapped(text: str) -> tuple[str, UUID, UUID]:
    """What a button says: kind, child, mark; the empty kind for what is no button of ours."""
    parts = text.split(".")
    try:
        kind, child, mark = parts
        return (kind if kind in {"miss", "back"} else "", UUID(child), UUID(mark))
    except ValueError:
        return "", UUID(int=0), UUID(int=0)


def _context(request: Request, at: RollPlace, lesson: int) -> dict[str, Any]:
    sheet = at.sheet
    marks = marks_in_lesson(sheet.class_id, day=sheet.day, lesson=lesson)
    missing = missing_that_day(sheet.class_id, day=sheet.day)
    cells = [
        Cell(
            line.child_id,
            line.name,
            marks.get(line.child_id),
            line.child_id in missing,
            uuid7(),
        )
        for line in sheet.lines
    ]
    return {
        "at": at,
        "unit": at.unit,
        "sheet": sheet,
        "lesson": lesson,
        "usual": range(1, max(USUAL_LESSONS, lesson) + 1),
        "more": range(max(USUAL_LESSONS, lesson) + 1, MOST_LESSONS + 1),
        "cells": cells,
        "marked": len(marks),
        "refusal": None,
    }
