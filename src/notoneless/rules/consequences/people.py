"""Whom a policy's words for people mean."""

from __future__ import annotations

from collections.abc import Collection

from notoneless.rules.consequences.figures import figure
from notoneless.rules.consequences.holders import JOINT, RESPONSIBLE
from notoneless.rules.policy.resolved import ResolvedPolicy


def named_in_scope(policy: ResolvedPolicy, roles: Collection[str]) -> tuple[str, ...]:
    """Those of ``roles`` that the policy's veto reaches, in its order; the persons responsible are
    those who answer for a class together."""
    scope = figure(policy, "veto_scope")
    named: list[str] = []
    for word in scope.items if scope else ():
        named += JOINT if word == RESPONSIBLE else (word,)
    return tuple(role for role in dict.fromkeys(named) if role in roles)
