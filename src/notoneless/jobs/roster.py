"""Background work on roster imports."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django_q.tasks import async_task

from notoneless.flows.roster.moving import forget_old, move_import, stalled
from notoneless.jobs.clock import read_clock
from notoneless.jobs.statements import statements_forgotten

MOVE = "notoneless.jobs.roster.move"
"""What pages name when they ask for an import to be moved on."""


def move(import_id: str) -> None:
    """Read or apply an import, whichever it waits for."""
    _now, today = read_clock()
    with statements_forgotten():
        move_import(UUID(import_id), today=today, clock=lambda: read_clock()[0])


def take_up_stalled(now: datetime, today: date) -> None:
    """Ask again for imports whose worker was killed."""
    for import_id in stalled(now=now):
        async_task(MOVE, str(import_id))


def forget_old_rows(now: datetime, today: date) -> None:
    """Once a day: what rosters said is not kept longer than it is needed."""
    forget_old(now=now)
