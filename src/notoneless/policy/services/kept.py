"""Keep policies that were applied, each once under its hash."""

from __future__ import annotations

from datetime import datetime

from notoneless.policy.models import ResolvedPolicy as KeptPolicy
from notoneless.rules.policy.resolved import ResolvedPolicy


def keep_policy(policy: ResolvedPolicy, *, now: datetime) -> str:
    """Store a policy unless it is there, and return the hash to point to.

    Duties, cases and contracts keep this hash, so that what they were made under can be read
    as long as they stand. One statement when it is there, two when not.
    """
    if not KeptPolicy.objects.filter(digest=policy.digest).exists():
        row = KeptPolicy(digest=policy.digest, json=policy.to_json(), first_made_at=now)
        # Two people may open the same page for the first time.
        KeptPolicy.objects.bulk_create([row], ignore_conflicts=True)
    return policy.digest
