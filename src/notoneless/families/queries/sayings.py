"""What guardians said: about whom it hides, what waits for a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.branches import about
from notoneless.families.models import Saying
from notoneless.rules.families import ITEMS, SaidKind, Verdict, hides
from notoneless.rules.roles import Capability

_SHOWN = ("child__merged_into", "guardian", "verdict__by")


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One thing that a guardian said about a child."""

    id: UUID
    child_id: UUID
    """As it is known now."""
    kind: SaidKind
    said_at: datetime
    verdict: Verdict | None
    """``None`` while it waits."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing that waits for, or had, the clerk's verdict."""

    id: UUID
    child_id: UUID
    child_name: str
    guardian_name: str
    kind: SaidKind
    value: str
    said_at: datetime
    verdict: Verdict | None
    decided_by: str
    decided_at: datetime | None


def said_by(
    name: str, child_ids: Collection[UUID], *, county_id: UUID
) -> dict[UUID, dict[SaidKind, SaidLine]]:
    """The newest of each kind that a guardian of this name said about these children; one
    statement. What was said about a row that was merged away counts for the kept one."""
    rows = (
        Saying.objects.filter(
            child__in=about(child_ids), county=county_id, guardian__name=name, kind__in=ITEMS
        )
        .annotate(who=Coalesce("child__merged_into", F("child")), decided=F("verdict__verdict"))
        .order_by("said_at", "pk")
        .values_list("pk", "who", "kind", "said_at", "decided")
    )
    found: defaultdict[UUID, dict[SaidKind, SaidLine]] = defaultdict(dict)
    for pk, who, kind, said_at, decided in rows:
        verdict = Verdict(decided) if decided else None
        found[who][SaidKind(kind)] = SaidLine(pk, who, SaidKind(kind), said_at, verdict)
    return dict(found)


def not_his(said: dict[SaidKind, SaidLine]) -> bool:
    """Whether what a guardian said keeps the child off his page."""
    line = said.get(SaidKind.NOT_MINE)
    return line is not None and hides(line.kind, line.verdict)


def items_to_decide(actor: Actor, *, on: date) -> list[ItemLine]:
    """What waits for the actor's verdict, oldest first; one statement."""
    rows = items_waiting(actor, on=on).select_related(*_SHOWN)
    return [_item(row) for row in rows.order_by("said_at", "pk")]


def items_waiting(actor: Actor, *, on: date) -> QuerySet[Saying]:
    """What guardians said that waits for a verdict of this actor."""
    mine = Child.objects.seen_by(actor, on=on, to=Capability.CORRECT_CHILDREN)
    return Saying.objects.filter(
        county=actor.county_id, kind__in=ITEMS, verdict=None, child__in=mine.values("pk")
    )


def items_of_child(child_id: UUID, *, county_id: UUID) -> list[ItemLine]:
    """Everything said about a child that the caller may show, newest first; one statement."""
    rows = Saying.objects.filter(
        child__in=about([child_id]), county=county_id, kind__in=ITEMS
    ).select_related(*_SHOWN)
    return [_item(row) for row in rows.order_by("-said_at", "-pk")]


def _item(row: Saying) -> ItemLine:
    child = row.child.merged_into or row.child
    verdict = getattr(row, "verdict", None)
    return ItemLine(
        row.pk,
        child.pk,
        child.name,
        row.guardian.name,
        SaidKind(row.kind),
        row.value,
        row.said_at,
        Verdict(verdict.verdict) if verdict else None,
        verdict.by.name if verdict else "",
        verdict.at if verdict else None,
    )
