"""Writes the children of checked roster rows: all of one school, some hundred at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, ChildPlace, ChildRecord, Guardian, StagedRow
from notoneless.children.models.child import RecordSource
from notoneless.children.models.places import Relation, SpellBegun
from notoneless.children.models.roster import RosterImport, Verdict
from notoneless.children.queries.identities import KnownChild, known_children, values_on_record
from notoneless.children.services.corrections import Corrected, corrections_of
from notoneless.children.services.identity import show_on_child, write_record
from notoneless.children.services.newcomers import Newcomers
from notoneless.children.services.roster_rows import (
    Grounds,
    guardians_in,
    record_in,
    seat_of,
    values_in,
    villages_in,
)
from notoneless.children.services.spells import NewSpell, begin_spells, place_children
from notoneless.children.services.staging import park, verdict_of
from notoneless.journal.inserting import insert
from notoneless.journal.services import Stamp, record_many

ROWS_AT_ONCE = 500

_SHOWN = (
    "name pinyin joined_pinyin initials sex born_on national_id national_id_index student_number "
    "student_number_index phone_index left_behind is_boarding version"
)
SHOWN_COLUMNS = _SHOWN.split()


def rows_to_apply(roster_import: RosterImport, school_code: str) -> list[StagedRow]:
    """The next rows of one school that wait to be written, in the order of the sheets.

    That is the order of their keys. Keys first: sorting rows would read all that they say.
    """
    rows = StagedRow.objects.filter(
        roster_import=roster_import,
        school_code=school_code,
        verdict__in=[Verdict.NEW, Verdict.CHANGED],
        applied_at=None,
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE])
    return list(StagedRow.objects.filter(pk__in=keys).order_by("pk"))


def apply_rows(
    roster_import: RosterImport, rows: Sequence[StagedRow], grounds: Grounds, *, stamp: Stamp
) -> int:
    """Write some staged rows of one school in one transaction; answers how many.

    Children whom nobody knew are made ready before the lock. Judged once more under the import's
    lock: what another import has written meanwhile is parked or found unchanged, and rows that were
    applied already are left alone. Raises ``IntegrityError`` where another import wrote the same
    child at the same moment: try again.
    """
    known = _known(rows, grounds, stamp=stamp)
    fresh = [row for row in rows if row.identity not in known and row.verdict == Verdict.NEW]
    newcomers = Newcomers(fresh, grounds, stamp=stamp)
    with transaction.atomic():
        locked = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
        waiting = _waiting(rows)
        known_now = _known(waiting, grounds, stamp=stamp)
        if len(waiting) == len(rows) and known_now == known and newcomers.stand_where_they_stood():
            newcomers.write()
            others = [row for row in rows if row not in fresh]
        else:
            others = waiting
        _write(_judged_again(others, known_now, grounds), known_now, grounds, stamp=stamp)
        _note_applied(waiting, now=stamp.now)
        locked.rows_applied = F("rows_applied") + len(waiting)
        locked.heartbeat_at = stamp.now
        locked.save(update_fields=["rows_applied", "heartbeat_at"])
    return len(waiting)


def _known(rows: Sequence[StagedRow], grounds: Grounds, *, stamp: Stamp) -> dict[str, KnownChild]:
    return known_children(
        {row.identity: values_in(row) for row in rows},
        county_id=stamp.county_id,
        schools=grounds.schools,
    )


def _waiting(rows: Sequence[StagedRow]) -> list[StagedRow]:
    """Those that were not applied meanwhile."""
    there = StagedRow.objects.filter(pk__in=[row.pk for row in rows], applied_at=None)
    keys = set(there.values_list("pk", flat=True))
    return [row for row in rows if row.pk in keys]


def _write(
    rows: Sequence[StagedRow],
    known: Mapping[str, KnownChild],
    grounds: Grounds,
    *,
    stamp: Stamp,
) -> None:
    if not rows:
        return
    children = _write_children(rows, known, stamp=stamp)
    _write_guardians(rows, children, stamp=stamp)
    _write_spells(rows, children, known, grounds, stamp=stamp)
    _write_hukou(rows, children, grounds, stamp=stamp)


@transaction.atomic
def apply_decided_row(row: StagedRow, child_id: UUID, grounds: Grounds, *, stamp: Stamp) -> None:
    """Write a parked row that was decided to be right: the child moves to its school."""
    known = known_children(
        {row.identity: values_in(row)}, county_id=stamp.county_id, schools=grounds.schools
    )
    if known[row.identity].child_id != child_id:
        raise ValueError("the row names another child than the one decided upon")
    _write([row], known, grounds, stamp=stamp)
    row.applied_at = stamp.now
    row.save(update_fields=["applied_at"])


def _judged_again(
    rows: Sequence[StagedRow], known: Mapping[str, KnownChild], grounds: Grounds
) -> list[StagedRow]:
    to_write = []
    for row in rows:
        child = known.get(row.identity)
        if child is not None and child.school_id not in (None, grounds.school_id):
            code = next((c for c, unit in grounds.schools.items() if unit == child.school_id), "")
            row.child_id = child.child_id
            park(row, listed_at=code)
            row.save(update_fields=["verdict", "findings", "child"])
            continue
        verdict = verdict_of(row.digest, child)
        if verdict != row.verdict:
            row.verdict = verdict
            row.save(update_fields=["verdict"])
        if verdict != Verdict.UNCHANGED:
            to_write.append(row)
    return to_write


def _write_children(
    rows: Sequence[StagedRow], known: Mapping[str, KnownChild], *, stamp: Stamp
) -> dict[int, Child]:
    """The children's own rows and their records; answers the child of each staged row."""
    ids = [known[row.identity].child_id for row in rows if row.identity in known]
    there = Child.objects.select_for_update().in_bulk(ids)
    corrections = corrections_of(ids) if ids else {}
    fresh, older, children = [], [], {}
    standing: dict[int, dict[str, object]] = {}
    for row in rows:
        if row.identity in known:
            child = there[known[row.identity].child_id]
            child.version += 1
            older.append(child)
        else:
            child = Child(pk=uuid7(), county_id=stamp.county_id)
            fresh.append(child)
        if child.pk in corrections:
            standing[row.pk] = corrections[child.pk].standing(values_in(row))
        show_on_child(child, {**values_in(row), **standing.get(row.pk, {})})
        children[row.pk] = child
    insert(fresh)
    Child.objects.bulk_update(older, SHOWN_COLUMNS, batch_size=50)
    _write_records(rows, children, standing, stamp=stamp)
    _keep_corrections(rows, children, standing, corrections, stamp=stamp)
    return children


def _write_records(
    rows: Sequence[StagedRow],
    children: Mapping[int, Child],
    standing: Mapping[int, Mapping[str, object]],
    *,
    stamp: Stamp,
) -> None:
    """What the roster says, as it says it; superseded at once where a correction holds."""
    ids = [children[row.pk].pk for row in rows]
    ChildRecord.objects.filter(child__in=ids, superseded_at=None).update(superseded_at=stamp.now)
    records = insert(
        record_in(row, children[row.pk], is_overruled=bool(standing.get(row.pk)), stamp=stamp)
        for row in rows
    )
    record_many(
        "child.recorded",
        records,
        subjects=[("child", child) for child in ids],
        happened_on=stamp.now.date(),
        stamp=stamp,
    )


def _keep_corrections(
    rows: Sequence[StagedRow],
    children: Mapping[int, Child],
    standing: Mapping[int, Mapping[str, object]],
    corrections: Mapping[UUID, Corrected],
    *,
    stamp: Stamp,
) -> None:
    for row in rows:
        if standing.get(row.pk):
            child_id = children[row.pk].pk
            write_record(
                child_id,
                {**values_on_record(values_in(row)), **standing[row.pk]},
                source=RecordSource.CORRECTION,
                reason=corrections[child_id].reason,
                stamp=stamp,
            )


def _write_guardians(
    rows: Sequence[StagedRow], children: Mapping[int, Child], *, stamp: Stamp
) -> None:
    ids = [children[row.pk].pk for row in rows]
    Guardian.objects.filter(child__in=ids, superseded_at=None).update(superseded_at=stamp.now)
    insert(guardians_in(rows, children))


def _write_spells(
    rows: Sequence[StagedRow],
    children: Mapping[int, Child],
    known: Mapping[str, KnownChild],
    grounds: Grounds,
    *,
    stamp: Stamp,
) -> None:
    """Spells of children not registered yet begin with the term, of others today if they move."""
    by_day: dict[date, list[NewSpell]] = {}
    for row in rows:
        seat = grounds.classes[seat_of(values_in(row))]
        child = known.get(row.identity)
        if child is not None and (child.school_id, child.class_id) == (grounds.school_id, seat):
            continue
        is_first = child is None
        begun = SpellBegun.ROSTER
        if child is not None and child.school_id is not None:
            stays = child.school_id == grounds.school_id
            begun = SpellBegun.CLASS_CHANGED if stays else SpellBegun.TRANSFERRED_IN
        spell = NewSpell(children[row.pk].pk, grounds.school_id, seat, begun)
        day = grounds.term_start if is_first else grounds.today
        by_day.setdefault(day, []).append(spell)
    for day, spells in by_day.items():
        begin_spells(spells, from_on=day, stamp=stamp)


def _write_hukou(
    rows: Sequence[StagedRow],
    children: Mapping[int, Child],
    grounds: Grounds,
    *,
    stamp: Stamp,
) -> None:
    """The village of the household register sees the child, where the village is founded here."""
    wanted = villages_in(rows, children, grounds.villages)
    standing = dict(
        ChildPlace.objects.filter(
            child__in=wanted, relation=Relation.HUKOU, to_on=None, by_merge=None
        ).values_list("child", "unit")
    )
    moved = {child: unit for child, unit in wanted.items() if standing.get(child) != unit}
    if moved:
        place_children(moved, relation=Relation.HUKOU, from_on=grounds.today, stamp=stamp)


def _note_applied(rows: Sequence[StagedRow], *, now: datetime) -> None:
    StagedRow.objects.filter(
        pk__in=[row.pk for row in rows if row.verdict != Verdict.PARKED]
    ).update(applied_at=now)
