"""Readers of critical flags. Whoever may not know of one finds nothing, never a refusal."""

from __future__ import annotations

from notoneless.protection.queries.doors import open_count, waiting
from notoneless.protection.queries.silence import silenced, silences

__all__ = ["open_count", "silenced", "silences", "waiting"]
