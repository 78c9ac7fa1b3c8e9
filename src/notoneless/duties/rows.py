"""Stored duties as the values that rules compare, and back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from notoneless.duties.models import Duty, Matter
from notoneless.rules.duties.difference import Opening, Stand, Standing
from notoneless.rules.duties.kinds import DutyState, EvidenceKind, SubjectKind
from notoneless.rules.duties.wants import Bearer, Clock, Evidence, Key, MatterKey
from notoneless.rules.roles import Role

CHANGING = (
    "state",
    "unit",
    "bearer_role",
    "bearer_unit",
    "heir_role",
    "heir_unit",
    "opened_on",
    "due_on",
    "due_hour",
    "is_due_provisional",
    "clock",
    "policy_digest",
    "remind_on",
    "late_since",
    "risen_role",
    "risen_unit",
    "done_on",
    "done_hour",
    "closed_by_kind",
    "closed_by",
    "have",
    "need",
)
"""The columns that planning may set again."""


def key_of(row: Duty) -> Key:
    return (row.rule, row.subject_id, row.occurrence)


def duty_id(county_id: UUID, key: Key) -> UUID:
    """The same for the same duty, so that two plannings at once insert one row."""
    rule, subject, occurrence = key
    return uuid5(county_id, f"duty|{rule}|{subject}|{occurrence}")


def matter_id(county_id: UUID, key: MatterKey) -> UUID:
    return uuid5(county_id, f"matter|{key.kind}|{key.subject_id}|{key.occurrence}")


def standing_of(row: Duty) -> Standing:
    """A stored duty as rules see it."""
    clock = row.clock
    stand = Stand(
        state=DutyState(row.state),
        bearer=Bearer(Role(row.bearer_role), row.bearer_unit_id),
        unit_id=row.unit_id,
        opened_on=row.opened_on,
        due_on=row.due_on,
        due_hour=row.due_hour,
        is_due_provisional=row.is_due_provisional,
        clock=Clock(clock["length"], clock["unit"], clock["source"], clock["pid"]),
        remind_on=row.remind_on,
        late_since=row.late_since,
        heir=_bearer(row.heir_role, row.heir_unit_id),
        risen=_bearer(row.risen_role, row.risen_unit_id),
        closed_by=_evidence(row),
        progress=None if row.have is None or row.need is None else (row.have, row.need),
    )
    return Standing(key_of(row), stand, row.policy_digest)


def columns_of(stand: Stand, *, policy: str) -> dict[str, Any]:
    """The columns of ``CHANGING`` for a stand."""
    closed = stand.closed_by
    return {
        "state": stand.state.value,
        "unit_id": stand.unit_id,
        "bearer_role": stand.bearer.role.value,
        "bearer_unit_id": stand.bearer.unit_id,
        "heir_role": stand.heir.role.value if stand.heir else "",
        "heir_unit_id": stand.heir.unit_id if stand.heir else None,
        "opened_on": stand.opened_on,
        "due_on": stand.due_on,
        "due_hour": stand.due_hour,
        "is_due_provisional": stand.is_due_provisional,
        "clock": {
            "length": stand.clock.length,
            "unit": stand.clock.unit,
            "source": stand.clock.source,
            "pid": stand.clock.pid,
        },
        "policy_digest": policy,
        "remind_on": stand.remind_on,
        "late_since": stand.late_since,
        "risen_role": stand.risen.role.value if stand.risen else "",
        "risen_unit_id": stand.risen.unit_id if stand.risen else None,
        "done_on": closed.on if closed else None,
        "done_hour": closed.hour if closed else "",
        "closed_by_kind": closed.kind.value if closed else "",
        "closed_by": closed.id if closed else None,
        "have": stand.progress[0] if stand.progress else None,
        "need": stand.progress[1] if stand.progress else None,
    }


def matter_row(opening: Opening, *, county_id: UUID) -> Matter:
    key = opening.matter
    is_child = key.subject_kind is SubjectKind.CHILD
    return Matter(
        id=matter_id(county_id, key),
        county_id=county_id,
        kind=key.kind.value,
        subject_kind=key.subject_kind.value,
        subject_id=key.subject_id,
        occurrence=key.occurrence,
        child_id=key.subject_id if is_child else None,
        unit_id=key.unit_id,
        opened_on=opening.stand.opened_on,
    )


def duty_row(opening: Opening, *, county_id: UUID, policy: str) -> Duty:
    rule, subject, occurrence = opening.key
    return Duty(
        id=duty_id(county_id, opening.key),
        county_id=county_id,
        matter_id=matter_id(county_id, opening.matter),
        rule=rule,
        subject_id=subject,
        occurrence=occurrence,
        evidence=opening.evidence,
        participants=[[p.role.value, str(p.unit_id)] for p in opening.participants],
        **columns_of(opening.stand, policy=policy),
    )


def _bearer(role: str, unit_id: UUID | None) -> Bearer | None:
    return Bearer(Role(role), unit_id) if unit_id else None


def _evidence(row: Duty) -> Evidence | None:
    if row.done_on is None:
        return None
    return Evidence(EvidenceKind(row.closed_by_kind), row.done_on, row.closed_by, row.done_hour)
