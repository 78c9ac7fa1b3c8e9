"""When a visit is closed, so that it counts."""

from __future__ import annotations

from collections.abc import Collection

from notoneless.rules.contacts.kinds import Kind, Proof
from notoneless.rules.policy.resolved import ResolvedPolicy

KEY = "visit_photo_required"


def needs_proof(kind: Kind, policy: ResolvedPolicy) -> bool:
    """Whether the plan closes a contact of this kind only with proof (R-087).

    A plan whose rule is silent, or still to be entered, asks for none.
    """
    return kind is Kind.VISIT and policy.is_on(KEY) and policy.flag(KEY)


def may_close(*, needs: bool, proofs: Collection[Proof], witness: str) -> bool:
    """Whether a contact may close: one photo, signature, house front or paper, or a witness.

    No child's face is required anywhere (product.md §Protection).
    """
    return not needs or bool(proofs) or bool(witness.strip())
