"""Numbers tried, visitors named, summaries written, and a counsellor's own notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.children.models import Child, Guardian
from notoneless.contacts.models import Assignment, Counselling, NumberCheck, TermSummary
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.masking import mask_phone


@dataclass(frozen=True, slots=True)
class LastCheck:
    on: date
    state: NumberState
    by: str
    new_number: str
    """Masked."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who visits a child, since when."""

    person_id: UUID
    name: str
    role: str
    since: date
    why: str


@dataclass(frozen=True, slots=True)
class SummaryLine:
    id: UUID
    analysis: str
    summary: str
    counts: Mapping[str, int]
    by: str
    recorded_at: datetime
    filed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """A counsellor's note, as its writer reads it."""

    id: UUID
    child_id: UUID
    child_name: str
    on: date
    topic: str
    notes: str
    follow_up: str
    next_on: date | None


def last_checks(child_ids: Collection[UUID], *, from_on: date) -> dict[UUID, LastCheck]:
    """The newest check of each child's numbers since ``from_on``; one statement."""
    rows = (
        NumberCheck.objects.filter(child__in=list(child_ids), on__gte=from_on)
        .select_related("by")
        .order_by("on", "recorded_at", "pk")
    )
    return {
        row.child_id: LastCheck(
            row.on,
            NumberState(row.state),
            row.by.name if row.by else "",
            mask_phone(row.new_number),
        )
        for row in rows
    }


def masked_numbers(child_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Names and masked numbers of the guardians of each child; one statement."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    rows = Guardian.objects.filter(child__in=list(child_ids), superseded_at=None)
    for row in rows.order_by("child", "position"):
        found.setdefault(row.child_id, []).append((row.name, mask_phone(row.phone)))
    return found


def same_household(actor: Actor, child_id: UUID, *, on: date) -> list[tuple[UUID, str]]:
    """Children in reach whose guardian has the same number: siblings, perhaps; one statement."""
    mine = Guardian.objects.filter(child=child_id, superseded_at=None).exclude(phone_index="")
    near = Guardian.objects.filter(
        county=actor.county_id, phone_index__in=mine.values("phone_index"), superseded_at=None
    )
    rows = Child.objects.seen_by(actor, on=on).filter(pk__in=near.values("child"), merged_into=None)
    return list(rows.exclude(pk=child_id).order_by("pinyin", "pk").values_list("pk", "name")[:8])


def visitors_of(child_ids: Collection[UUID], *, on: date) -> dict[UUID, Named]:
    """The named visitor of each child on ``on``; those with none are not in it. One statement."""
    rows = Assignment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on), child__in=list(child_ids), from_on__lte=on
    ).select_related("visitor")
    return {
        row.child_id: Named(row.visitor_id, row.visitor.name, row.role, row.from_on, row.why)
        for row in rows
    }


def children_visited_by(actor: Actor, *, on: date) -> list[tuple[UUID, str, date]]:
    """The children for whom the actor is the named visitor, by name; one statement."""
    rows = Assignment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on),
        visitor=actor.person_id,
        from_on__lte=on,
        child__in=Child.objects.seen_by(actor, on=on).values("pk"),
    )
    found = rows.order_by("child__pinyin", "pk").values_list("child", "child__name", "from_on")
    return list(found)


def summary_of(class_id: UUID, *, term_from: date) -> SummaryLine | None:
    """The standing summary of a class's term; one statement. The caller has let the reader in."""
    row = (
        TermSummary.objects.filter(school_class=class_id, term_from=term_from, superseded_at=None)
        .select_related("by")
        .first()
    )
    if row is None:
        return None
    return SummaryLine(
        row.pk,
        row.analysis,
        row.summary,
        row.counts,
        row.by.name if row.by else "",
        row.recorded_at,
        row.filed_at,
    )


def own_notes(actor: Actor, *, on: date, child_id: UUID | None = None) -> list[Note]:
    """The actor's own counselling notes about children still in reach, newest first.

    Nobody else reads them, whatever the post (R-080). One statement.
    """
    if actor.person_id is None:
        return []
    rows = Counselling.objects.filter(
        by=actor.person_id, child__in=Child.objects.seen_by(actor, on=on).values("pk")
    ).select_related("child")
    if child_id is not None:
        rows = rows.filter(child=child_id)
    return [
        Note(
            row.pk,
            row.child_id,
            row.child.name,
            row.on,
            row.topic,
            row.notes,
            row.follow_up,
            row.next_on,
        )
        for row in rows.order_by("-on", "-pk")
    ]
