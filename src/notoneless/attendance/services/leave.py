"""Write leave, its steps and the proofs that were seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Leave, LeaveProof, LeaveStep
from notoneless.journal.services import Stamp, record
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState


@dataclass(frozen=True, slots=True)
class NewLeave:
    child_id: UUID
    kind: LeaveKind
    from_on: date
    to_on: date
    """Exclusive."""
    asked_by: AskedBy
    reason: str = ""
    id: UUID | None = None
    """Made when the form was opened."""


@dataclass(frozen=True, slots=True)
class NewProof:
    """What was seen, not the paper: medical papers are never kept."""

    issuer: str
    dated_on: date
    from_on: date
    to_on: date
    """Exclusive."""


@transaction.atomic(savepoint=False)
def write_leave(new: NewLeave, *, stamp: Stamp) -> Leave:
    """Write that leave was asked for."""
    leave = Leave.objects.create(
        pk=new.id or uuid7(),
        county_id=stamp.county_id,
        child_id=new.child_id,
        kind=new.kind.value,
        from_on=new.from_on,
        to_on=new.to_on,
        asked_by=new.asked_by.value,
        entered_by_id=stamp.by,
        reason=new.reason,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    record(
        "leave.asked", leave, subject=("child", new.child_id), happened_on=new.from_on, stamp=stamp
    )
    return leave


@transaction.atomic(savepoint=False)
def write_step(leave: Leave, state: LeaveState, *, note: str, on: date, stamp: Stamp) -> LeaveStep:
    """Write that the leave, locked by the caller, was approved, refused or withdrawn."""
    leave.state = state.value
    leave.save(update_fields=["state"])
    step = LeaveStep.objects.create(
        county_id=stamp.county_id,
        leave=leave,
        state=state.value,
        by_id=stamp.by,
        note=note,
        at=stamp.now,
    )
    record(
        f"leave.{state.value}",
        step,
        subject=("child", leave.child_id),
        happened_on=on,
        stamp=stamp,
    )
    return step


@transaction.atomic(savepoint=False)
def write_proof(leave: Leave, new: NewProof, *, on: date, stamp: Stamp) -> LeaveProof:
    """Write that somebody has seen the proof."""
    proof = LeaveProof.objects.create(
        county_id=stamp.county_id,
        leave=leave,
        issuer=new.issuer,
        dated_on=new.dated_on,
        from_on=new.from_on,
        to_on=new.to_on,
        seen_by_id=stamp.by,
        seen_at=stamp.now,
    )
    record(
        "leave.proof_seen", proof, subject=("child", leave.child_id), happened_on=on, stamp=stamp
    )
    return proof
