"""Take a step in a matter of accountability: look into it, hear, decide, carry out, review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.flows.oversight.deciding import check_decision, decision_of
from notoneless.flows.oversight.posts import role_for
from notoneless.flows.oversight.refusals import (
    FaultBlocked,
    FaultOutOfTime,
    FormUsed,
    SaysTooLittle,
)
from notoneless.flows.oversight.times import review_until, statement_until, times_for
from notoneless.journal.services import Stamp
from notoneless.oversight.models import Fault, FaultFact
from notoneless.oversight.queries.doors import (
    DECIDES,
    HEARS,
    Door,
    door_of,
    faults_seen,
)
from notoneless.oversight.queries.lines import facts_of
from notoneless.oversight.services.faults import (
    NewFact,
    end_decision,
    write_decision,
    write_step,
)
from notoneless.places.queries.units import paths_of
from notoneless.rules.faults.catalogue import entry_of
from notoneless.rules.faults.guards import obstacles
from notoneless.rules.faults.kinds import FaultState, FaultStep, Outcome
from notoneless.rules.faults.life import (
    WAYS,
    FaultFacts,
    StepFact,
    Who,
    target,
)
from notoneless.rules.roles import Capability, Role

NEEDS: Mapping[FaultStep, str] = {
    FaultStep.INVESTIGATED: "words",
    FaultStep.STATED: "words",
    FaultStep.DECIDED: "words",
    FaultStep.APPEALED: "words",
    FaultStep.APPEAL_DECIDED: "words",
    FaultStep.EXECUTED: "words",
    FaultStep.TAKEN_FURTHER: "words",
    FaultStep.WITHDRAWN: "words",
}
"""Steps that say nothing without words."""
SHORTEST = 2
_MAY: Mapping[Who, tuple[tuple[Door, Capability], ...]] = {
    Who.HEARER: ((Door.HEARER, HEARS), (Door.DECIDER, DECIDES)),
    Who.DECIDER: ((Door.DECIDER, DECIDES),),
    Who.PERSON: (),
    Who.PERSON_OR_HEARER: ((Door.HEARER, HEARS), (Door.DECIDER, DECIDES)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A step as it was filled in; the same id twice is the same as once."""

    id: UUID
    kind: FaultStep
    on: date
    until: date | None = None
    said: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def take(actor: Actor, fault_id: UUID, given: Taking, *, today: date, now: datetime) -> UUID:
    """Take a step; answers its id.

    Raises ``Fault.DoesNotExist`` for a matter out of reach, ``NotAllowed`` for a step that is
    another's, ``FaultBlocked``, ``FaultOutOfTime``, ``SaysTooLittle``, ``NamesAChild``,
    ``FormUsed``.
    """
    seen = faults_seen(actor, on=today).filter(pk=fault_id)
    row = Fault.objects.select_for_update().get(pk__in=seen.values("pk"))
    same = FaultFact.objects.filter(pk=given.id).first()
    if same is not None:
        if (same.fault_id, same.kind, same.by_id) != (row.pk, given.kind, actor.person_id):
            raise FormUsed()
        return same.pk
    role = _role(actor, row, given.kind, today=today)
    facts = facts_of(row)
    _check(actor, row, facts, given, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=row.unit_id)
    try:
        with transaction.atomic():
            return _write(row, facts, _completed(row, given, facts), role, stamp)
    except IntegrityError:
        raise FormUsed() from None


def _role(actor: Actor, row: Fault, step: FaultStep, *, today: date) -> Role | None:
    """In which post; ``None`` for the person charged, who needs none."""
    doors = door_of(actor, row, on=today)
    if Door.OWN in doors:
        return None
    paths = paths_of(row.unit_id, on=today)
    for door, capability in _MAY[WAYS[step].who]:
        if door in doors:
            return role_for(actor, capability, paths)
    raise NotAllowed(capability=(DECIDES if WAYS[step].who is Who.DECIDER else HEARS).value)


def _check(actor: Actor, row: Fault, facts: FaultFacts, given: Taking, *, today: date) -> None:
    last = facts.steps[-1].on if facts.steps else facts.found_on
    if actor.person_id is None:
        raise NotAllowed(capability=HEARS.value)
    taking = StepFact(given.kind, given.on, actor.person_id, given.until, given.said)
    least = None
    if given.kind is FaultStep.NOTICE_GIVEN:
        least = statement_until(times_for(row.policy_digest), row.unit_id, on=given.on)
    found = obstacles(taking, facts, least_until=least)
    if found:
        raise FaultBlocked(given.kind, found)
    if not last <= given.on <= today:
        raise FaultOutOfTime()
    name = NEEDS.get(given.kind)
    if name and len(str(given.said.get(name, "")).strip()) < SHORTEST:
        raise SaysTooLittle(least=SHORTEST)


def _completed(row: Fault, given: Taking, facts: FaultFacts) -> Taking:
    """With the time that the step gives, and the measures that it carries out."""
    if given.kind is FaultStep.SHOWN:
        times = times_for(row.policy_digest)
        return replace(given, until=review_until(times, row.unit_id, on=given.on))
    if given.kind is FaultStep.EXECUTED:
        decided = facts.last(FaultStep.DECIDED)
        measures = decided.said.get("measures", []) if decided else []
        return replace(given, said={**given.said, "measures": measures})
    return given


def _write(row: Fault, facts: FaultFacts, given: Taking, role: Role | None, stamp: Stamp) -> UUID:
    if stamp.by is None:
        raise ValueError("a person takes steps")
    if given.kind is FaultStep.DECIDED:
        check_decision(row, facts, given.said, today=given.on)
    to = target(StepFact(given.kind, given.on, stamp.by, given.until, given.said))
    new = NewFact(
        id=given.id,
        kind=given.kind,
        number=len(facts.steps) + 1,
        on=given.on,
        by_role=role,
        to=to,
        until=given.until,
        said=given.said,
    )
    step = write_step(row, new, stamp=stamp)
    if given.kind is FaultStep.DECIDED:
        deciding = decision_of(given.said)
        is_upheld = deciding.outcome is Outcome.UPHELD
        write_decision(
            step,
            outcome=deciding.outcome,
            measures=[measure.value for measure in deciding.measures],
            conceals=is_upheld and entry_of(row.kind).conceals,
            is_cause=is_upheld and entry_of(row.kind).is_conduct and bool(given.said.get("cause")),
            stamp=stamp,
        )
    if to is FaultState.OVERTURNED:
        end_decision(row, on=given.on, stamp=stamp)
    return step.pk
