"""Makes what stands be what is wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.children.models import Enrolment
from notoneless.duties.models import Duty, DutyChange, Matter
from notoneless.duties.rows import (
    CHANGING,
    columns_of,
    duty_row,
    key_of,
    matter_row,
    standing_of,
)
from notoneless.journal.inserting import Insertion
from notoneless.journal.services import Stamp, record_many
from notoneless.rules.duties.difference import Change, Changes, difference, withdrawn
from notoneless.rules.duties.kinds import (
    CASE_RULES,
    ChangeKind,
    ChangeWhy,
    DutyRule,
    DutyState,
    SubjectKind,
)
from notoneless.rules.duties.wanted import Wanted

TOLD = frozenset(ChangeKind) - {ChangeKind.CLOSED}
"""Kinds of change that get a row of their own; closing is told by the duty and its evidence."""
BATCH = 300


@transaction.atomic(savepoint=False)
def reconcile(wanted: Wanted, *, policy: str, stamp: Stamp) -> Changes:
    """Open, close, re-date, raise and withdraw until what stands is ``wanted``.

    ``policy`` is the hash of the policy in force, kept by the caller. Whoever stored the facts was
    allowed to; ``stamp`` names him, and nobody for the sweep. One statement when nothing differs;
    two when duties close, three when some open, three more when one is re-dated, withdrawn or
    rises, whatever the number. Doing it twice, or in two processes at once, leaves one row for
    each duty.

    Raises ``IntegrityError`` where PostgreSQL finds a duty that another process opened in the very
    moment of writing it: begin the transaction again.
    """
    rows = list(_standing(wanted, stamp.county_id).select_for_update())
    changes = changes_among(rows, wanted, policy=policy)
    write_changes(rows, changes, policy=policy, as_of=wanted.until.on, stamp=stamp)
    return changes


def what_would_change(wanted: Wanted, *, policy: str, county_id: UUID) -> Changes:
    """What ``reconcile`` would do; writes nothing."""
    return changes_among(_standing(wanted, county_id), wanted, policy=policy)


def duties_of_matters(
    matter_ids: Iterable[UUID], *, county_id: UUID, is_locked: bool = False
) -> dict[UUID, list[Duty]]:
    """All duties of each of these matters, as they stand; one statement, however many.

    ``is_locked`` for whoever is going to write them in this transaction.
    """
    ids = list(matter_ids)
    rows = Duty.objects.filter(matter__in=ids, county=county_id).order_by("pk")
    found: dict[UUID, list[Duty]] = {pk: [] for pk in ids}
    for row in rows.select_for_update() if is_locked else rows:
        found[row.matter_id].append(row)
    return found


def changes_among(rows: Iterable[Duty], wanted: Wanted, *, policy: str) -> Changes:
    """What to do about these duties so that they are what is wanted; no statement."""
    return difference(map(standing_of, rows), wanted, policy=policy)


@transaction.atomic(savepoint=False)
def write_changes(
    rows: Iterable[Duty], changes: Changes, *, policy: str, as_of: date, stamp: Stamp
) -> list[Duty]:
    """Write what ``changes_among`` found, the rows read in this transaction; answers what stands.

    Costs and raises what ``reconcile`` does, but for the reading.
    """
    (stands,) = write_together([Part(list(rows), changes, policy, stamp)], as_of=as_of)
    return stands


@dataclass(frozen=True, slots=True)
class Part:
    """What ``changes_among`` found about the duties of one thing."""

    rows: Sequence[Duty]
    """Read in this transaction."""
    changes: Changes
    policy: str
    stamp: Stamp


@transaction.atomic(savepoint=False)
def write_together(parts: Sequence[Part], *, as_of: date) -> list[list[Duty]]:
    """Write the changes of several things of one county; answers what stands of each.

    As many statements as ``write_changes`` costs for one, but for the journal, which wants a
    stamp of ``written_together`` for that.
    """
    stood = [{key_of(row): row for row in part.rows} for part in parts]
    fresh = _open_together(parts)
    told = [
        _changed(rows, part.changes.changes, policy=part.policy, as_of=as_of, stamp=part.stamp)
        for rows, part in zip(stood, parts, strict=True)
    ]
    again = [rows[c.key] for rows, p in zip(stood, parts, strict=True) for c in p.changes.changes]
    _write([*(row for rows in fresh for row in rows), *again], told, parts, as_of=as_of)
    return [[*rows.values(), *new] for rows, new in zip(stood, fresh, strict=True)]


@transaction.atomic(savepoint=False)
def withdraw_strays(
    *, year_from: date, as_of: date, stamp: Stamp, is_dry: bool = False
) -> list[Change]:
    """Withdraw open duties that no planning speaks for any more.

    Those about children who are registered nowhere in the county on ``as_of`` or were merged into
    another row, and those of school years before the one that began on ``year_from``. A case
    outlives year and registration: its own planning ends its duties.
    """
    open_rows = Duty.objects.filter(county=stamp.county_id, state=DutyState.OPEN).exclude(
        rule__in=[rule.value for rule in CASE_RULES]
    )
    registered = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=as_of),
        child=OuterRef("subject_id"),
        county=stamp.county_id,
        from_on__lte=as_of,
    )
    is_merged = Q(matter__child__merged_into__isnull=False)
    gone = open_rows.filter(~Exists(registered) | is_merged, matter__subject_kind=SubjectKind.CHILD)
    old = open_rows.filter(opened_on__lt=year_from)
    found = {row.pk: (row, ChangeWhy.LEFT) for row in gone.order_by("pk")}
    found |= {row.pk: (row, ChangeWhy.YEAR_OVER) for row in old.order_by("pk")}
    changes = [withdrawn(standing_of(row), why) for row, why in found.values()]
    if not is_dry:
        rows = {key_of(row): row for row, _ in found.values()}
        for part in _parts(changes):
            _change(rows, part, as_of=as_of, stamp=stamp)
    return changes


@transaction.atomic(savepoint=False)
def withdraw_about(
    child_ids: Collection[UUID], rules: Collection[DutyRule], *, as_of: date, stamp: Stamp
) -> None:
    """Withdraw the open duties of ``rules`` about these children, whatever a plan says.

    One statement when none stands.
    """
    if not child_ids:
        return
    standing = Duty.objects.select_for_update().filter(
        county=stamp.county_id,
        state=DutyState.OPEN,
        subject_id__in=list(child_ids),
        rule__in=[rule.value for rule in rules],
    )
    rows = {key_of(row): row for row in standing.order_by("pk")}
    changes = [withdrawn(standing_of(row), ChangeWhy.FACTS) for row in rows.values()]
    for part in _parts(changes):
        _change(rows, part, as_of=as_of, stamp=stamp)


def _standing(wanted: Wanted, county_id: UUID) -> QuerySet[Duty]:
    subjects = sorted(wanted.subjects, key=str)
    reach = Q(state=DutyState.OPEN) | Q(opened_on__gte=wanted.from_on)
    rows = Duty.objects.filter(reach, county=county_id, subject_id__in=subjects)
    return rows.filter(rule__in=[rule.value for rule in DutyRule]).order_by("pk")


def _open_together(parts: Sequence[Part]) -> list[list[Duty]]:
    """Writes the matters and answers the duties of each part, which are yet to be written.

    Whoever opens the same matter at the same moment waits here until the other is through.
    """
    rows = [matter_row(o, county_id=p.stamp.county_id) for p in parts for o in p.changes.openings]
    matters = {row.pk: row for row in rows}
    if matters:
        Matter.objects.bulk_create(
            sorted(matters.values(), key=lambda row: row.pk), ignore_conflicts=True
        )
    return [
        [duty_row(o, county_id=p.stamp.county_id, policy=p.policy) for o in p.changes.openings]
        for p in parts
    ]


def _change(
    rows: dict[tuple[str, UUID, str], Duty],
    changes: Sequence[Change],
    *,
    as_of: date,
    stamp: Stamp,
) -> None:
    part = Part(list(rows.values()), Changes((), tuple(changes)), "", stamp)
    write_together([part], as_of=as_of)


def _changed(
    rows: dict[tuple[str, UUID, str], Duty],
    changes: Sequence[Change],
    *,
    policy: str,
    as_of: date,
    stamp: Stamp,
) -> list[DutyChange]:
    """Change the rows in memory; answers what is to be told of that."""
    told: list[DutyChange] = []
    for change in changes:
        row = rows[change.key]
        told += _told(row, change, as_of=as_of, stamp=stamp)
        columns = columns_of(change.new, policy=policy or row.policy_digest)
        for name, value in columns.items():
            setattr(row, name, value)
    return told


def _write(
    rows: Sequence[Duty],
    told: Sequence[list[DutyChange]],
    parts: Sequence[Part],
    *,
    as_of: date,
) -> None:
    Insertion(sorted(rows, key=lambda row: row.pk), or_update=CHANGING).write()
    if any(told):
        DutyChange.objects.bulk_create([row for each in told for row in each])
    for each, part in zip(told, parts, strict=True):
        if each:
            subjects = [("duty", row.duty_id) for row in each]
            record_many(
                "duty.changed", each, subjects=subjects, happened_on=as_of, stamp=part.stamp
            )


def _told(row: Duty, change: Change, *, as_of: date, stamp: Stamp) -> list[DutyChange]:
    risen = change.new.risen
    return [
        DutyChange(
            county_id=stamp.county_id,
            duty=row,
            kind=kind.value,
            why=why.value,
            as_of=as_of,
            old_due_on=change.old.due_on,
            new_due_on=change.new.due_on,
            old_policy=row.policy_digest,
            risen_role=risen.role.value if risen else "",
            risen_unit_id=risen.unit_id if risen else None,
            by_id=stamp.by,
            recorded_at=stamp.now,
        )
        for kind, why in change.what
        if kind in TOLD
    ]


def _parts(changes: Sequence[Change]) -> Iterable[Sequence[Change]]:
    return (changes[n : n + BATCH] for n in range(0, len(changes), BATCH))
