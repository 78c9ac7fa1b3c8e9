"""Words that stand about children, what became of them, and who is acting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.children.queries.branches import WHO
from notoneless.rules.signs.kinds import StepKind
from notoneless.signs.models import FollowUp, Handling, SignWord, WordStep
from notoneless.signs.queries.who import about


@dataclass(frozen=True, slots=True)
class StepRow:
    kind: StepKind
    on: date
    text: str
    visit_on: date | None
    persons: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word as those who act on it read it."""

    id: UUID
    child_id: UUID
    class_id: UUID
    kind: str
    causes: tuple[str, ...]
    text: str
    by: str
    seen_on: date
    recorded_at: datetime
    is_open: bool
    steps: tuple[StepRow, ...] = ()

    @property
    def is_escalated(self) -> bool:
        return any(step.kind is StepKind.ESCALATED for step in self.steps)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    id: UUID
    on: date
    causes: tuple[str, ...]
    thinking: str
    guardian_view: str
    destination: str
    measure: str
    by: str


@dataclass(frozen=True, slots=True)
class HandlingRow:
    child_id: UUID
    on: date
    until_on: date
    text: str
    by: str


def words_of(child_ids: Collection[UUID], *, is_open: bool | None = None) -> list[WordRow]:
    """Words about these children, the newest first; two statements.

    ``is_open`` keeps those that nobody has cleared, or those that somebody has.
    """
    rows = SignWord.objects.filter(about(child_ids)).annotate(who=WHO)
    if is_open is not None:
        rows = rows.filter(cleared_at__isnull=is_open)
    found = list(rows.select_related("by").order_by("-seen_on", "-recorded_at", "pk"))
    steps = _steps([row.pk for row in found])
    return [
        WordRow(
            id=row.pk,
            child_id=row.who,
            class_id=row.school_class_id,
            kind=row.kind,
            causes=tuple(row.causes),
            text=row.text,
            by=row.by.name if row.by else "",
            seen_on=row.seen_on,
            recorded_at=row.recorded_at,
            is_open=row.cleared_at is None,
            steps=tuple(steps[row.pk]),
        )
        for row in found
    ]


def follow_ups_of(child_id: UUID) -> list[FollowUpRow]:
    """A child's tracking record, the newest first; one statement."""
    rows = FollowUp.objects.filter(about([child_id])).select_related("by")
    return [
        FollowUpRow(
            id=row.pk,
            on=row.on,
            causes=tuple(row.causes),
            thinking=row.thinking,
            guardian_view=row.guardian_view,
            destination=row.destination,
            measure=row.measure,
            by=row.by.name if row.by else "",
        )
        for row in rows.order_by("-on", "-recorded_at", "pk")
    ]


def follow_up_days(child_ids: Collection[UUID]) -> dict[UUID, list[date]]:
    """The days of entries in tracking records, by child; one statement."""
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = FollowUp.objects.filter(about(child_ids)).annotate(who=WHO)
    for who, on in rows.order_by("on").values_list("who", "on"):
        found[who].append(on)
    return dict(found)


def handlings_of(child_ids: Collection[UUID]) -> list[HandlingRow]:
    """Who is or was acting on signs of these children, the newest first; one statement."""
    rows = Handling.objects.filter(about(child_ids)).annotate(who=WHO).select_related("by")
    return [
        HandlingRow(row.who, row.on, row.until_on, row.text, row.by.name if row.by else "")
        for row in rows.order_by("-on", "-recorded_at", "pk")
    ]


def _steps(word_ids: Iterable[UUID]) -> dict[UUID, list[StepRow]]:
    found: dict[UUID, list[StepRow]] = defaultdict(list)
    ids = list(word_ids)
    if not ids:
        return found
    for row in WordStep.objects.filter(word__in=ids).select_related("by").order_by("at", "pk"):
        found[row.word_id].append(
            StepRow(
                StepKind(row.kind),
                row.on,
                row.text,
                row.visit_on,
                tuple(row.persons),
                row.by.name if row.by else "",
            )
        )
    return found
