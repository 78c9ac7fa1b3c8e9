"""What the nightly comparison of runs with the rolls found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.models import RunCheck, RunCheckFinding
from notoneless.attendance.queries.class_names import names
from notoneless.children.models import Child
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Finding:
    child_id: UUID
    name: str
    """Empty for a child that is not the reader's to see."""
    stored_days: int | None
    right_days: int | None


@dataclass(frozen=True, slots=True)
class Night:
    """One night's comparison in the actor's county."""

    as_of: date
    at: datetime
    checked: int
    differed: int
    findings: tuple[Finding, ...] = ()
    """Of the newest night only; at most the first five hundred."""


def nights(actor: Actor, *, on: date, limit: int = 14) -> list[Night]:
    """The newest nights, newest first, the first with what it found; four statements.

    Names only of children whom the actor may see. Raises ``NotAllowed`` unless he may verify.
    """
    actor.must(Capability.VERIFY_JOURNAL)
    rows = list(RunCheck.objects.filter(county=actor.county_id).order_by("-at", "-pk")[:limit])
    found = _findings(actor, rows[0], on) if rows else ()
    return [
        Night(row.as_of, row.at, row.checked, row.differed, found if n == 0 else ())
        for n, row in enumerate(rows)
    ]


def _findings(actor: Actor, newest: RunCheck, on: date) -> tuple[Finding, ...]:
    rows = list(RunCheckFinding.objects.filter(check_of=newest).order_by("pk"))
    ids = [row.child_id for row in rows]
    seen = Child.objects.seen_by(actor, on=on).filter(pk__in=ids)
    shown = names(list(seen.values_list("pk", flat=True))) if ids else {}
    return tuple(
        Finding(row.child_id, shown.get(row.child_id, ""), row.stored_days, row.right_days)
        for row in rows
    )
