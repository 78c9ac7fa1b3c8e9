"""What a roll says once it is in: who was missing, what follows, who has sent what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.rolls import MarkFacts, RollFacts, names_in
from notoneless.duties.queries.about import open_duties_about
from notoneless.rules.attendance.sessions import EXPLAINED, Reason
from notoneless.web.request import Request
from notoneless.web.rolls.place import RollPlace, roll_place
from notoneless.web.rolls.week import week_strip


@dataclass(frozen=True, slots=True)
class Named:
    """One child whom a roll names."""

    child_id: UUID
    name: str
    mark: MarkFacts

    @property
    def wants_leave(self) -> bool:
        """Missing without explanation: perhaps a slip was forgotten."""
        return self.mark.reason in {Reason.UNEXPLAINED, Reason.TRUANT}


@dataclass(frozen=True, slots=True)
class Tally:
    """A roll in numbers."""

    enrolled: int
    present: int
    """Late ones among them."""
    absent: int
    excused: int
    late: int


@never_cache
@require_safe
def roll_result(request: Request, class_id: UUID, day: str, session: str) -> HttpResponse:
    """The standing roll of a class in one session, and what became of the one just sent."""
    at = roll_place(request, class_id, day, session)
    roll = at.sheet.standing
    sent = _sent(at, request.GET.get("sent", ""))
    named = named_in(roll) if roll else []
    missing = [line.child_id for line in named if line.mark.reason is not Reason.LATE]
    context = {
        "at": at,
        "unit": at.unit,
        "sheet": at.sheet,
        "roll": roll,
        "sent": sent,
        "named": named,
        "tally": tally_of(roll) if roll else None,
        "duties": open_duties_about(request.actor, missing, today=request.today),
        "week": week_strip(request, class_id, day=at.sheet.day),
    }
    return render(request, "rolls/result.html", context)


def named_in(roll: RollFacts) -> list[Named]:
    """Whom the roll names, the unexplained first."""
    names = names_in([roll])
    lines = [Named(child, names.get(child, ""), mark) for child, mark in roll.absences.items()]
    return sorted(lines, key=lambda line: (_weight(line.mark.reason), line.name))


def tally_of(roll: RollFacts) -> Tally:
    """The numbers of a roll as it was handed in."""
    reasons = [mark.reason for mark in roll.absences.values()]
    return Tally(
        enrolled=roll.enrolled_count,
        present=roll.present_count,
        absent=roll.absent_count,
        excused=sum(reason in EXPLAINED for reason in reasons),
        late=reasons.count(Reason.LATE),
    )


def _weight(reason: Reason) -> int:
    if reason is Reason.LATE:
        return 2
    return 1 if reason in EXPLAINED else 0


def _sent(at: RollPlace, text: str) -> RollFacts | None:
    return next((roll for roll in at.sheet.rolls if str(roll.id) == text), None)
