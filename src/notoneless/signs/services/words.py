"""Writes words, what became of them, the tracking record, and who is acting until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.rules.signs.kinds import StepKind
from notoneless.signs.models import FollowUp, Handling, SignWord, WordStep


@dataclass(frozen=True, slots=True)
class NewWord:
    id: UUID
    child_id: UUID
    class_id: UUID
    kind: str
    seen_on: date
    causes: tuple[str, ...] = ()
    """The main one first."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    id: UUID
    child_id: UUID
    on: date
    causes: tuple[str, ...] = ()
    thinking: str = ""
    guardian_view: str = ""
    destination: str = ""
    measure: str = ""

    @property
    def is_empty(self) -> bool:
        said = (self.thinking, self.guardian_view, self.destination, self.measure)
        return not self.causes and not any(text.strip() for text in said)


@dataclass(frozen=True, slots=True)
class NewHandling:
    id: UUID
    child_id: UUID
    on: date
    until_on: date
    """Inclusive."""
    text: str


@dataclass(frozen=True, slots=True)
class NewStep:
    id: UUID
    kind: StepKind
    on: date
    text: str = ""
    visit_on: date | None = None
    persons: Collection[str] = ()


@transaction.atomic(savepoint=False)
def write_word(new: NewWord, *, stamp: Stamp) -> SignWord:
    """Write a teacher's word. The caller has seen that no word has this id."""
    word = SignWord.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        school_class_id=new.class_id,
        kind=new.kind,
        causes=list(new.causes),
        text=new.text,
        by_id=stamp.by,
        seen_on=new.seen_on,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    _note("sign.noted", word, new.child_id, new.seen_on, stamp)
    return word


@transaction.atomic(savepoint=False)
def write_step(word: SignWord, new: NewStep, *, stamp: Stamp) -> WordStep:
    """Write what became of a word, locked by the caller; a clearing ends it."""
    step = WordStep.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        word=word,
        kind=new.kind.value,
        text=new.text,
        visit_on=new.visit_on,
        persons=list(new.persons),
        by_id=stamp.by,
        on=new.on,
        at=stamp.now,
    )
    if new.kind is StepKind.CLEARED:
        word.cleared_at = stamp.now
        word.save(update_fields=["cleared_at"])
        _note("sign.ended", word, word.child_id, new.on, stamp)
    _note(f"sign.{new.kind.value}", step, word.child_id, new.on, stamp)
    return step


@transaction.atomic(savepoint=False)
def write_follow_up(new: NewFollowUp, *, stamp: Stamp) -> FollowUp:
    """Write one entry of a child's tracking record."""
    row = FollowUp.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        on=new.on,
        causes=list(new.causes),
        thinking=new.thinking,
        guardian_view=new.guardian_view,
        destination=new.destination,
        measure=new.measure,
        by_id=stamp.by,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    _note("sign.followed_up", row, new.child_id, new.on, stamp)
    return row


@transaction.atomic(savepoint=False)
def write_handling(new: NewHandling, *, stamp: Stamp) -> Handling:
    """Write that somebody is acting on a child's signs until a day."""
    row = Handling.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        on=new.on,
        until_on=new.until_on,
        text=new.text,
        by_id=stamp.by,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    _note("sign.taken_up", row, new.child_id, new.on, stamp)
    return row


def _note(
    kind: str, row: SignWord | WordStep | FollowUp | Handling, child: UUID, on: date, stamp: Stamp
) -> None:
    record(kind, row, subject=("child", child), happened_on=on, stamp=stamp)
