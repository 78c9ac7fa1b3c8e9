"""One sweep of a county at a time, and a record of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from notoneless.duties.models import SweepRun
from notoneless.duties.models.runs import RunState
from notoneless.rules.refusal import Refusal

DEAD_AFTER = timedelta(minutes=15)
"""A sweep whose heart has not beaten for so long was killed."""


class SweepRunning(Refusal):
    """Another sweep of this county is under way."""

    code = "SWEEP-01"


def begin_sweep(county_id: UUID, *, as_of: date, now: datetime) -> UUID:
    """Begin a sweep of a county. Raises ``SweepRunning`` while another one is alive."""
    dead = SweepRun.objects.filter(
        county=county_id, state=RunState.RUNNING, beat_at__lt=now - DEAD_AFTER
    )
    dead.update(state=RunState.FAILED, ended_at=now)
    run = SweepRun(
        county_id=county_id, as_of=as_of, state=RunState.RUNNING, started_at=now, beat_at=now
    )
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError as clash:
        raise SweepRunning(county=str(county_id)) from clash
    return run.pk


def beat(run_id: UUID, counts: Mapping[str, int], *, now: datetime) -> None:
    """The sweep lives; ``counts`` of schools, opened, changed, holes are added to its own."""
    more = {name: F(name) + count for name, count in counts.items()}
    SweepRun.objects.filter(pk=run_id).update(beat_at=now, **more)


def end_sweep(run_id: UUID, *, is_done: bool, now: datetime) -> None:
    state = RunState.DONE if is_done else RunState.FAILED
    SweepRun.objects.filter(pk=run_id).update(state=state, beat_at=now, ended_at=now)
