"""The sheet that a class's roll is called on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.missing import due_at
from notoneless.attendance.queries.sheet import Line, first_missing
from notoneless.children.queries.units import class_in_reach
from notoneless.flows.rolls.permission import must_call
from notoneless.flows.rolls.refusals import (
    CorrectionWithoutReason,
    EmptyClass,
    FutureDay,
    IdUsed,
    LateWithoutReason,
)
from notoneless.flows.rolls.submitting import is_late_entry, submit_roll
from notoneless.rules.attendance.sessions import BOARDERS
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request
from notoneless.web.rolls.place import RollPlace, day_in, roll_place
from notoneless.web.rolls.typed import Typed, TypedMark, fresh, read, submission
from notoneless.web.rolls.week import week_strip
from notoneless.web.rolls.words import REASONS, WHY_CORRECTED, WHY_LATE, WHY_NOT_HELD

SHORT_NAME = 4
"""Longer names take two cells of the grid; beyond ``LONG_NAME`` the whole row of a phone."""
LONG_NAME = 18


@dataclass(frozen=True, slots=True)
class Row:
    """One child on the page."""

    number: int
    line: Line
    is_marked: bool
    typed: TypedMark
    fault: str

    @property
    def width(self) -> str:
        """How many cells of the grid the name and its hints need."""
        line = self.line
        has_hint = line.is_marked_by_leave or line.was_missing or line.lessons_missed
        if len(line.name) > LONG_NAME:
            return "full"
        return "wide" if len(line.name) > SHORT_NAME or has_hint else ""


@kept_over_sign_in
@never_cache
def roll_sheet(request: Request, class_id: UUID, day: str, session: str) -> HttpResponse:
    """Everyone there: a tap on a name says who is not. Whoever may only read sees the result; so do
    all once the roll is in, until ``?edit=1``."""
    at = roll_place(request, class_id, day, session)
    if request.method == "POST":
        return _take(request, at)
    if not at.may_call:
        return redirect("roll-result", class_id, day, session)
    if "fresh" in request.GET:
        drop_kept_form(request)
    kept = kept_form(request)
    if at.sheet.standing is not None and kept is None and "edit" not in request.GET:
        # It has been called: first what it says, and from there a correction on purpose.
        return redirect("roll-result", class_id, day, session)
    typed = read(kept) if kept is not None else fresh(at.sheet)
    return _show(request, at, typed, is_kept=kept is not None)


@require_safe
def roll_first(request: Request, class_id: UUID, day: str) -> HttpResponse:
    """Leads to the sheet of the first session of the day that nobody has called yet."""
    request.actor.must(Capability.SEE_CHILDREN)
    on = day_in(day)
    if on > request.today:
        raise FutureDay(day=on.isoformat())
    class_in_reach(request.actor, class_id, on=request.today)
    try:
        session = first_missing(request.actor, class_id, day=on)
    except ObjectDoesNotExist:
        raise EmptyClass() from None
    return redirect("roll-sheet", class_id, day, session)


def _take(request: Request, at: RollPlace) -> HttpResponse:
    must_call(request.actor, at.sheet.paths, at.sheet.session)
    typed = read(request.POST)
    if not typed.is_good:
        return _show(request, at, typed, status=422)
    sheet = at.sheet
    form = submission(
        typed, class_id=sheet.class_id, day=sheet.day, session=sheet.session, now=request.now
    )
    try:
        result = submit_roll(request.actor, form, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except IdUsed as problem:
        # Sent before and changed since (the browser's back button): now it corrects what stands.
        typed.id = uuid7()
        typed.based_on = sheet.standing.id if sheet.standing else None
        return _show(request, at, typed, refusal=problem)
    except Refusal as problem:
        return _show(request, at, typed, refusal=problem)
    drop_kept_form(request)
    url = reverse("roll-result", args=[sheet.class_id, sheet.day.isoformat(), sheet.session])
    return redirect(f"{url}?{urlencode({'sent': str(result.roll_id)})}")


def _show(
    request: Request,
    at: RollPlace,
    typed: Typed,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
    is_kept: bool = False,
) -> HttpResponse:
    sheet = at.sheet
    is_correction = sheet.standing is not None and typed.based_on == sheet.standing.id
    is_late = is_late_entry(sheet.session, sheet.day, request.now, sheet.rules)
    asks_why = is_correction or is_late or bool(typed.reason)
    asks_why = asks_why or isinstance(refusal, CorrectionWithoutReason | LateWithoutReason)
    context: dict[str, Any] = {
        "at": at,
        "unit": at.unit,
        "sheet": sheet,
        "typed": typed,
        "rows": _rows(at, typed),
        "refusal": refusal,
        "is_kept": is_kept,
        "is_correction": is_correction,
        "asks_why": asks_why,
        "whys": WHY_CORRECTED if is_correction else WHY_LATE,
        "whys_not_held": WHY_NOT_HELD,
        "reasons": REASONS.items(),
        "is_day_off": sheet.is_school_day is False and sheet.session not in BOARDERS,
        "due_by": due_at(sheet.session, sheet.rules) if sheet.day == request.today else None,
        "sheet_id": uuid7() if typed.is_not_held else typed.id,
        "not_held_id": typed.id if typed.is_not_held else uuid7(),
        "week": week_strip(request, sheet.class_id, day=sheet.day),
    }
    if refusal is not None:
        status = 409
    return render(request, "rolls/sheet.html", context, status=status)


def _rows(at: RollPlace, typed: Typed) -> list[Row]:
    # Whoever says that there was no class names nobody; the names stay as they stood.
    marks = fresh(at.sheet).marks if typed.is_not_held else typed.marks
    return [
        Row(
            number=number,
            line=line,
            is_marked=line.child_id in marks,
            typed=marks.get(line.child_id, TypedMark()),
            fault=typed.faults_of.get(line.child_id, ""),
        )
        for number, line in enumerate(at.sheet.lines, start=1)
    ]
