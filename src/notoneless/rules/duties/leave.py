"""Long approved leave does not alarm, but its proof has a clock."""

from __future__ import annotations

from collections.abc import Iterator

from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import Draft, Evidence, MatterKey, Planning, WantedDuty

KEY = "leave_proof_within"


def want_leave_proof(plan: Planning) -> Iterator[WantedDuty]:
    """The class teacher has seen the paper for a long leave within the plan's time (R-069)."""
    if not plan.asks(KEY):
        return
    plan.policy.duration(KEY)
    for leave in plan.facts.leaves:
        of = plan.class_of(leave.child_id)
        if of is None or not leave.is_long or not plan.in_window(leave.from_on):
            continue
        seen = leave.proven_on
        is_proven = seen is not None and seen <= plan.until.on
        day = leave.from_on.isoformat()
        yield plan.want(
            Draft(
                DutyRule.LEAVE_PROOF,
                KEY,
                of,
                MatterKey(MatterKind.LEAVE, SubjectKind.CHILD, leave.child_id, day, of.id),
                leave.from_on,
                EvidenceKind.PROOF,
                due=plan.due_after(KEY, leave.from_on),
                closed_by=Evidence(EvidenceKind.PROOF, seen, leave.id)
                if seen and is_proven
                else None,
            )
        )
