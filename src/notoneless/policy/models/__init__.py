"""Packs as loaded, who adopted which from when, local values, releases, kept policies."""

from __future__ import annotations

from notoneless.policy.models.adoptions import Adoption, AdoptionEnd, RuleValue
from notoneless.policy.models.drafts import PackDraft, PackProposal, ProposalAct
from notoneless.policy.models.packs import PackVersion, PolicyMark, ResolvedPolicy
from notoneless.policy.models.releases import Release, ReleaseAct

__all__ = [
    "Adoption",
    "AdoptionEnd",
    "PackDraft",
    "PackProposal",
    "PackVersion",
    "PolicyMark",
    "ProposalAct",
    "Release",
    "ReleaseAct",
    "ResolvedPolicy",
    "RuleValue",
]
