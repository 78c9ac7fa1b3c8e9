"""Write critical flags: the words sealed, the journal's envelopes silent.

An envelope names neither the child nor whoever raised the flag nor a unit: its subject is the
flag, and who did what lies under the digest of the row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.protection.models import CriticalFlag, FlagChild, FlagConcerned, FlagLine
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.situations import Situation


@dataclass(frozen=True, slots=True)
class NewConcerned:
    """Somebody who is said to be behind it."""

    kind: ConcernedKind
    guardian_id: UUID | None = None
    person_id: UUID | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class NewFlag:
    """What was reported, before it is judged where it goes."""

    id: UUID
    situation: Situation
    facts: str = ""
    child_id: UUID | None = None
    child_words: str = ""
    concerned: tuple[NewConcerned, ...] = ()
    """Empty: nobody knows."""
    police_called: bool = False
    receipt: str = ""


def silent(stamp: Stamp) -> Stamp:
    """The same moment without anybody's name: for what others may come across."""
    return replace(stamp, by=None, unit_id=None)


def writer_of(stamp: Stamp) -> UUID:
    """Who writes. Raises ``ValueError`` for the system, which never does."""
    if stamp.by is None:
        raise ValueError("a person writes about a flag")
    return stamp.by


@transaction.atomic(savepoint=False)
def write_flag(new: NewFlag, *, line: Mapping[UUID, int], on: date, stamp: Stamp) -> CriticalFlag:
    """Write a flag raised on the school-local day ``on``; ``line`` says which units can have it.

    The caller has asked whether ``stamp.by`` may see the child. Raises ``IntegrityError`` for an
    id that is taken.
    """
    flag = CriticalFlag(
        id=new.id,
        county_id=stamp.county_id,
        reporter_id=writer_of(stamp),
        situation=new.situation.value,
        facts=new.facts,
        child_words=new.child_words,
        raised_on=on,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    flag.save()
    record(
        "protection.raised",
        flag,
        subject=("flag", flag.pk),
        happened_on=on,
        stamp=silent(stamp),
    )
    write_line(flag, line, turn=0, on=on, stamp=stamp)
    add_children(flag, [new.child_id] if new.child_id else [], on=on, stamp=stamp)
    concerned = new.concerned or (NewConcerned(ConcernedKind.UNKNOWN),)
    add_concerned(flag, concerned, on=on, stamp=stamp)
    return flag


@transaction.atomic(savepoint=False)
def write_line(
    flag: CriticalFlag, line: Mapping[UUID, int], *, turn: int, on: date, stamp: Stamp
) -> None:
    """Write which units can have the flag from now on; the lines of earlier turns stay readable."""
    rows = [
        FlagLine(county_id=stamp.county_id, flag=flag, unit_id=unit, rank=rank, turn=turn)
        for unit, rank in line.items()
    ]
    _insert("protection.line", rows, flag, on=on, stamp=stamp)


@transaction.atomic(savepoint=False)
def add_children(
    flag: CriticalFlag, child_ids: Collection[UUID], *, on: date, stamp: Stamp
) -> None:
    """Write that the flag is about these children, too."""
    rows = [
        FlagChild(
            county_id=stamp.county_id,
            flag=flag,
            child_id=child,
            by_id=writer_of(stamp),
            from_on=on,
            recorded_at=stamp.now,
        )
        for child in child_ids
    ]
    _insert("protection.child", rows, flag, on=on, stamp=stamp)


@transaction.atomic(savepoint=False)
def add_concerned(
    flag: CriticalFlag, people: Collection[NewConcerned], *, on: date, stamp: Stamp
) -> None:
    """Write whom the flag concerns, too. Nobody is ever taken off."""
    rows = [
        FlagConcerned(
            county_id=stamp.county_id,
            flag=flag,
            kind=each.kind.value,
            guardian_id=each.guardian_id,
            person_id=each.person_id,
            words=each.words,
            by_id=writer_of(stamp),
            from_on=on,
            recorded_at=stamp.now,
        )
        for each in people
    ]
    _insert("protection.concerned", rows, flag, on=on, stamp=stamp)


def _insert(
    kind: str,
    rows: list[FlagLine] | list[FlagChild] | list[FlagConcerned],
    flag: CriticalFlag,
    *,
    on: date,
    stamp: Stamp,
) -> None:
    if not rows:
        return
    type(rows[0]).objects.bulk_create(rows)
    subjects = [("flag", flag.pk)] * len(rows)
    record_many(kind, rows, subjects=subjects, happened_on=on, stamp=silent(stamp))
