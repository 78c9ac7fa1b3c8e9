"""Whose turn a case is, for lists; computed from its duties whenever they were planned."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.cases.models import Case
from notoneless.journal.inserting import update


@dataclass(frozen=True, slots=True)
class Turn:
    role: str
    unit_id: UUID | None
    due_on: date | None
    waits_at: UUID | None = None
    watch: tuple[int, int] | None = None
    """Days seen and needed."""


_COLUMNS = (
    *("turn_role", "turn_unit", "due_on", "waits_at"),
    *("planned_at", "watch_have", "watch_need"),
)


def note_turns(turns: Iterable[tuple[Case, Turn]], *, now: datetime) -> None:
    """Write whose turn each of these cases is and that it was planned.

    The cases are locked by the caller. One statement for all that do not stand so already.
    """
    rows = []
    for case, turn in turns:
        if case.planned_at is None or not stands_so(case, turn):
            case.turn_role, case.turn_unit_id, case.due_on = turn.role, turn.unit_id, turn.due_on
            case.waits_at_id, case.planned_at = turn.waits_at, now
            case.watch_have, case.watch_need = turn.watch or (None, None)
            rows.append(case)
    update(rows, _COLUMNS)


def stands_so(case: Case, turn: Turn) -> bool:
    """Whether a case's columns say this turn already."""
    have, need = case.watch_have, case.watch_need
    watch = (have, need) if have is not None and need is not None else None
    return turn == Turn(case.turn_role, case.turn_unit_id, case.due_on, case.waits_at_id, watch)


def note_planned(case_ids: Collection[UUID], *, now: datetime) -> None:
    """Note that these cases were looked at and stand as they should; one statement.

    Not those in which something has happened meanwhile.
    """
    Case.objects.filter(pk__in=list(case_ids), planned_at__lt=now).update(planned_at=now)
