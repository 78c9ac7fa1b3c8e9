"""A teacher notes a sign; those who answer for the child follow it up, escalate and clear it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.signs.doors import ChildHere, child_to_note, child_with_signs
from notoneless.flows.signs.refusals import (
    AlreadyEscalated,
    CauseUnknown,
    ClearedWithoutVisit,
    IdUsedTwice,
    KindUnknown,
    NotEscalated,
    NothingSaid,
    SeenInFuture,
    UntilTooFar,
    WordCleared,
)
from notoneless.journal.services import Stamp
from notoneless.rules.policy.resolved import ResolvedPolicy, policy_of
from notoneless.rules.roles import Capability, Role
from notoneless.rules.signs.causes import causes_of
from notoneless.rules.signs.kinds import StepKind
from notoneless.rules.signs.thresholds import sign_kinds
from notoneless.signs.models import FollowUp, Handling, SignWord, WordStep
from notoneless.signs.queries.told import DROPPED_OUT
from notoneless.signs.services.words import (
    NewFollowUp,
    NewHandling,
    NewStep,
    NewWord,
    write_follow_up,
    write_handling,
    write_step,
    write_word,
)

LONGEST_ACTING = timedelta(days=60)
"""Nobody acts on a sign for longer without looking at it again; ours, no plan names any."""
ESCALATED_TO = (Role.GRADE_HEAD.value, Role.TEACHING_DIRECTOR.value)


def policy_here(here: ChildHere, *, today: date) -> ResolvedPolicy:
    """The policy of the child's school; an empty one where it has none."""
    return here.school.policy(today) if here.school else policy_of(())


@transaction.atomic
def note_sign(
    actor: Actor,
    new: NewWord,
    *,
    today: date,
    now: datetime,
    noted_at: datetime | None = None,
) -> UUID:
    """Write down a sign that a teacher saw; the same id twice is once (R-076, R-286, R-289).

    ``new.class_id`` is filled in here. The word that a child has stopped coming plans its duties
    at once. Raises ``Child.DoesNotExist``, ``NotAllowed``, ``NotInAnyClass``, ``KindUnknown``,
    ``CauseUnknown``, ``SeenInFuture``, ``IdUsedTwice``.
    """
    here = child_to_note(actor, new.child_id, today=today)
    known = SignWord.objects.filter(pk=new.id).first()
    if known is not None:
        _must_be_same(known.by_id == actor.person_id and known.child_id == here.child_id)
        return known.pk
    class_id = here.class_id()
    policy = policy_here(here, today=today)
    if new.kind not in sign_kinds(policy):
        raise KindUnknown()
    _must_be_causes(new.causes, policy)
    if new.seen_on > today:
        raise SeenInFuture()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=class_id, noted_at=noted_at)
    word = write_word(
        NewWord(
            new.id, here.child_id, class_id, new.kind, new.seen_on, new.causes, new.text.strip()
        ),
        stamp=stamp,
    )
    if new.kind == DROPPED_OUT:
        plan_for_children({here.child_id}, today=today, stamp=stamp)
    return word.pk


@transaction.atomic
def follow_up(actor: Actor, new: NewFollowUp, *, today: date, now: datetime) -> UUID:
    """Write one entry of the tracking record (R-082); the same id twice is once.

    Raises ``Child.DoesNotExist``, ``NothingSaid``, ``CauseUnknown``, ``SeenInFuture``,
    ``IdUsedTwice``.
    """
    here = child_with_signs(actor, new.child_id, today=today)
    known = FollowUp.objects.filter(pk=new.id).first()
    if known is not None:
        _must_be_same(known.by_id == actor.person_id and known.child_id == here.child_id)
        return known.pk
    if new.is_empty:
        raise NothingSaid()
    _must_be_causes(new.causes, policy_here(here, today=today))
    if new.on > today:
        raise SeenInFuture()
    return write_follow_up(new, stamp=_stamp(actor, now, here)).pk


@transaction.atomic
def take_up(actor: Actor, new: NewHandling, *, today: date, now: datetime) -> UUID:
    """Say that one has seen the signs and what one does until a day; they are quiet till then.

    Raises ``Child.DoesNotExist``, ``NothingSaid``, ``UntilTooFar``, ``IdUsedTwice``.
    """
    here = child_with_signs(actor, new.child_id, today=today)
    known = Handling.objects.filter(pk=new.id).first()
    if known is not None:
        _must_be_same(known.by_id == actor.person_id and known.child_id == here.child_id)
        return known.pk
    if not new.text.strip():
        raise NothingSaid()
    if not today <= new.until_on <= today + LONGEST_ACTING:
        raise UntilTooFar(most=LONGEST_ACTING.days)
    return write_handling(new, stamp=_stamp(actor, now, here)).pk


@transaction.atomic
def escalate(actor: Actor, word_id: UUID, new: NewStep, *, today: date, now: datetime) -> None:
    """Put a word before the grade head and the teaching office (R-081).

    Raises ``SignWord.DoesNotExist``, ``WordCleared``, ``AlreadyEscalated``.
    """
    word, here = _open_word(actor, word_id, new, today=today)
    if word is None:
        return
    if word.steps.filter(kind=StepKind.ESCALATED).exists():
        raise AlreadyEscalated()
    step = NewStep(new.id, StepKind.ESCALATED, today, new.text.strip(), persons=ESCALATED_TO)
    write_step(word, step, stamp=_stamp(actor, now, here))


@transaction.atomic
def note_measure(actor: Actor, word_id: UUID, new: NewStep, *, today: date, now: datetime) -> None:
    """Write down what was decided together about an escalated word (R-081).

    Raises ``SignWord.DoesNotExist``, ``WordCleared``, ``NotEscalated``, ``NothingSaid``.
    """
    word, here = _open_word(actor, word_id, new, today=today)
    if word is None:
        return
    if not word.steps.filter(kind=StepKind.ESCALATED).exists():
        raise NotEscalated()
    if not new.text.strip():
        raise NothingSaid()
    step = NewStep(new.id, StepKind.MEASURE, today, new.text.strip(), persons=new.persons)
    write_step(word, step, stamp=_stamp(actor, now, here))


@transaction.atomic
def clear_word(actor: Actor, word_id: UUID, new: NewStep, *, today: date, now: datetime) -> None:
    """Say that a sign is gone, after a visit on ``new.visit_on`` (T07), by whoever answers for
    the child.

    Raises ``SignWord.DoesNotExist``, ``NotAllowed``, ``WordCleared``, ``ClearedWithoutVisit``.
    """
    word, here = _open_word(actor, word_id, new, today=today)
    if word is None:
        return
    if not any(actor.may(Capability.KEEP_KEY_PUPILS, at=path) for path in here.paths):
        raise NotAllowed(capability=Capability.KEEP_KEY_PUPILS.value)
    if new.visit_on is None or not word.seen_on <= new.visit_on <= today:
        raise ClearedWithoutVisit()
    stamp = _stamp(actor, now, here)
    step = NewStep(
        new.id, StepKind.CLEARED, today, new.text.strip(), new.visit_on, tuple(new.persons)
    )
    write_step(word, step, stamp=stamp)
    if word.kind == DROPPED_OUT:
        plan_for_children({here.child_id}, today=today, stamp=stamp)


def word_child(actor: Actor, word_id: UUID, *, today: date) -> UUID:
    """The child that a word is about. Raises ``SignWord.DoesNotExist``, ``Child.DoesNotExist``."""
    word = SignWord.objects.get(pk=word_id, county=actor.county_id)
    return child_with_signs(actor, word.child_id, today=today).child_id


def _open_word(
    actor: Actor, word_id: UUID, new: NewStep, *, today: date
) -> tuple[SignWord | None, ChildHere]:
    """The word, locked, and its child; no word where this very step stands already."""
    word = SignWord.objects.select_for_update().get(pk=word_id, county=actor.county_id)
    here = child_with_signs(actor, word.child_id, today=today)
    known = WordStep.objects.filter(pk=new.id).first()
    if known is not None:
        _must_be_same(known.word_id == word.pk and known.kind == new.kind)
        return None, here
    if word.cleared_at is not None:
        raise WordCleared()
    return word, here


def _stamp(actor: Actor, now: datetime, here: ChildHere) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=here.unit_id)


def _must_be_causes(causes: Iterable[str], policy: ResolvedPolicy) -> None:
    if not set(causes) <= set(causes_of(policy)):
        raise CauseUnknown()


def _must_be_same(is_same: bool) -> None:
    if not is_same:
        raise IdUsedTwice()
