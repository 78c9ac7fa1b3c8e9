"""Write matters of accountability, their steps and decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.oversight.models import Fault, FaultDecision, FaultFact, FaultLink
from notoneless.rules.faults.integrity import Pointed
from notoneless.rules.faults.kinds import FaultState, FaultStep, Outcome
from notoneless.rules.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFault:
    """A matter as it is raised."""

    id: UUID
    unit_id: UUID
    person_id: UUID
    post_id: UUID
    role: Role
    is_head: bool
    kind: str
    basis: str
    policy_digest: str
    facts: str
    source: Mapping[str, str]
    found_on: date
    raised_role: Role
    pointer: str = ""
    links: Collection[Pointed] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A step as it is taken, and where it leads."""

    id: UUID
    kind: FaultStep
    number: int
    on: date
    by_role: Role | None
    to: FaultState
    until: date | None = None
    said: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def write_fault(new: NewFault, *, stamp: Stamp) -> Fault:
    """Write a matter with its links; the caller has asked whether ``stamp.by`` may.

    Raises ``ValueError`` for the system, which charges nobody; ``IntegrityError`` when the id or
    the proposal was used before.
    """
    by = _person(stamp)
    row = Fault(
        id=new.id,
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        person_id=new.person_id,
        post_id=new.post_id,
        role=new.role.value,
        is_head=new.is_head,
        kind=new.kind,
        basis=new.basis,
        policy_digest=new.policy_digest,
        facts=new.facts,
        source=dict(new.source),
        found_on=new.found_on,
        raised_by_id=by,
        raised_role=new.raised_role.value,
        pointer=new.pointer,
        state=FaultState.FOUND.value,
        state_since=new.found_on,
        recorded_at=stamp.now,
    )
    row.save(force_insert=True)
    record("fault.raised", row, subject=("fault", row.pk), happened_on=new.found_on, stamp=stamp)
    _link(row, new.links, stamp)
    return row


@transaction.atomic(savepoint=False)
def write_step(fault: Fault, new: NewFact, *, stamp: Stamp) -> FaultFact:
    """Write the next step of a locked matter, and keep where it has come to.

    Raises ``IntegrityError`` when somebody else's step took its place.
    """
    row = FaultFact(
        id=new.id,
        county_id=stamp.county_id,
        fault=fault,
        number=new.number,
        kind=new.kind.value,
        on=new.on,
        until=new.until,
        by_id=_person(stamp),
        by_role=new.by_role.value if new.by_role else "",
        said=dict(new.said),
        recorded_at=stamp.now,
    )
    row.save()
    kind = f"fault.{new.kind.value}"
    record(kind, row, subject=("fault", fault.pk), happened_on=new.on, stamp=stamp)
    fault.state, fault.state_since, fault.state_until = new.to.value, new.on, new.until
    fault.save(update_fields=["state", "state_since", "state_until"])
    return row


@transaction.atomic(savepoint=False)
def write_decision(
    step: FaultFact,
    *,
    outcome: Outcome,
    measures: Collection[str],
    conceals: bool,
    is_cause: bool,
    stamp: Stamp,
) -> FaultDecision:
    """Write what the step decided, for whoever computes consequences from it."""
    row = FaultDecision(
        county_id=stamp.county_id,
        fault_id=step.fault_id,
        step=step,
        outcome=outcome.value,
        measures=sorted(measures),
        conceals=conceals,
        is_cause=is_cause,
        decided_on=step.on,
    )
    row.save(force_insert=True)
    subject = ("fault", step.fault_id)
    record("fault.outcome", row, subject=subject, happened_on=step.on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def end_decision(fault: Fault, *, on: date, stamp: Stamp) -> None:
    """A review has overturned the newest decision that stands; it marks nothing any more."""
    row = fault.decisions.filter(superseded_at=None).order_by("-decided_on", "-pk").first()
    if row is None:
        raise ValueError("nothing was decided")
    row.superseded_at = stamp.now
    row.save(update_fields=["superseded_at"])
    record("fault.overturned", row, subject=("fault", fault.pk), happened_on=on, stamp=stamp)


def _link(fault: Fault, links: Collection[Pointed], stamp: Stamp) -> None:
    rows = [
        FaultLink(
            county_id=stamp.county_id,
            fault=fault,
            kind=each.kind.value,
            target_id=each.id,
            on=each.on,
        )
        for each in dict.fromkeys(links)
    ]
    if not rows:
        return
    FaultLink.objects.bulk_create(rows)
    subjects = [("fault", fault.pk)] * len(rows)
    record_many("fault.linked", rows, subjects=subjects, happened_on=fault.found_on, stamp=stamp)


def _person(stamp: Stamp) -> UUID:
    if stamp.by is None:
        raise ValueError("a person charges, hears and decides")
    return stamp.by
