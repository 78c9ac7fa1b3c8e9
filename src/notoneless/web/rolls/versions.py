"""Everything that was sent for one roll, side by side; and deciding which of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.rolls import (
    MarkFacts,
    RollFacts,
    decisions_on,
    names_in,
)
from notoneless.flows.rolls.contending import ContendedRoll, rolls_to_decide
from notoneless.flows.rolls.deciding import decide_rolls
from notoneless.flows.rolls.refusals import NothingToDecide
from notoneless.rules.attendance.forms import LONGEST_REASON
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.request import Request
from notoneless.web.rolls.place import RollPlace, roll_place
from notoneless.web.rolls.result import Tally, tally_of

MOST_COLUMNS = 4
"""Side by side on a phone; all others are in the list below."""


@dataclass(frozen=True, slots=True)
class Version:
    """One roll as the page compares it."""

    roll: RollFacts
    tally: Tally


@dataclass(frozen=True, slots=True)
class Compared:
    """One child named by any of the rolls, with its mark in each."""

    child_id: UUID
    name: str
    marks: tuple[MarkFacts | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody has typed to decide, and what is wrong with it."""

    roll: str = ""
    reason: str = ""
    fault: str = ""


@never_cache
def roll_versions(request: Request, class_id: UUID, day: str, session: str) -> HttpResponse:
    """All that was sent for this roll, by whom and when; where two contend, a decision."""
    at = roll_place(request, class_id, day, session)
    if request.method != "POST":
        return _show(request, at)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    try:
        chosen = UUID(request.POST.get("roll", ""))
    except ValueError:
        return _show(request, at, Choice(reason=reason, fault=_("请选择以哪一张为准。")))
    if chosen not in {roll.id for roll in at.sheet.rolls}:
        return _show(request, at, Choice(reason=reason), refusal=NothingToDecide())
    try:
        decide_rolls(request.actor, chosen, reason=reason, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as problem:
        return _show(request, at, Choice(str(chosen), reason), refusal=problem)
    messages.success(request, _("已裁定。另一张仍留在记录里。"))
    return redirect("roll-result", class_id, day, session)


@require_safe
def rolls_contended(request: Request) -> HttpResponse:
    """Rolls that wait for a decision, in the reader's classes."""
    request.actor.must(Capability.SEE_CHILDREN)
    rows: list[ContendedRoll] = rolls_to_decide(request.actor, on=request.today)
    return render(request, "rolls/contended.html", {"rows": rows})


def _show(
    request: Request,
    at: RollPlace,
    choice: Choice | None = None,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    choice = choice or Choice()
    rolls = at.sheet.rolls
    current = tuple(roll for roll in rolls if not roll.is_superseded)
    is_contended = any(roll.is_contending for roll in current)
    shown = (current if is_contended else rolls)[:MOST_COLUMNS]
    context = {
        "at": at,
        "unit": at.unit,
        "sheet": at.sheet,
        "versions": [Version(roll, tally_of(roll)) for roll in rolls],
        "side_by_side": [Version(roll, tally_of(roll)) for roll in shown],
        "compared": _compared(shown),
        "is_contended": is_contended,
        "decided": decisions_on(rolls) if rolls else [],
        "may_decide": is_contended and at.may_answer,
        "refusal": refusal,
        "choice": choice,
    }
    status = 409 if refusal else 422 if choice.fault else 200
    return render(request, "rolls/versions.html", context, status=status)


def _compared(rolls: tuple[RollFacts, ...]) -> list[Compared]:
    """Whoever any of the rolls names; those in whom they differ first."""
    names = names_in(rolls)
    lines = []
    for child_id in sorted(names, key=lambda each: names[each]):
        marks = tuple(roll.absences.get(child_id) for roll in rolls)
        lines.append(Compared(child_id, names[child_id], marks, len(set(marks)) > 1))
    return sorted(lines, key=lambda line: not line.differs)
