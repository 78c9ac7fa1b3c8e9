"""Short words for cases in the village."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep
from notoneless.flows.cases.looking_after import LookedAfter, look_after_cases
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.rules.cases.kinds import State, StepKind
from tests.attendance.register import at
from tests.world import Village


def look(v: Village, day: date, *, hour: int = 9, everything: bool = False) -> LookedAfter:
    """What the scheduler does on a day."""
    return look_after_cases(v.county_id, today=day, now=at(day, hour), everything=everything)


def case_of(v: Village, name: str = "lan") -> Case:
    """The child's newest case."""
    return Case.objects.filter(child=v.children[name]).order_by("-opened_on", "-pk")[0]


def state_of(v: Village, name: str = "lan") -> State:
    return State(case_of(v, name).state)


def steps_of(v: Village, name: str = "lan") -> list[CaseStep]:
    rows = CaseStep.objects.filter(case=case_of(v, name), superseded_at=None)
    return list(rows.order_by("happened_on", "recorded_at", "pk"))


def take(
    v: Village,
    kind: StepKind,
    *,
    by: str,
    day: date,
    child: str = "lan",
    answers: UUID | None = None,
    id: UUID | None = None,
    hour: int = 10,
    **said: Any,
) -> UUID:
    """One step, taken by somebody named, on a day at ten."""
    taking = Taking(id=id or uuid7(), kind=kind, on=day, said=said, answers=answers)
    actor = v.actor(by, today=day)
    return take_step(actor, case_of(v, child).pk, taking, today=day, now=at(day, hour))
