"""Children whom nobody knew: all their rows are made ready first, then written in a short lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.children.models import Child, StagedRow
from notoneless.children.models.places import Relation, SpellBegun
from notoneless.children.services.identity import show_on_child
from notoneless.children.services.roster_rows import (
    Grounds,
    guardians_in,
    record_in,
    seat_of,
    values_in,
    villages_in,
)
from notoneless.children.services.spells import NewSpell, enrolments, lines_of, places
from notoneless.journal.inserting import Insertion
from notoneless.journal.services import Stamp, make_ready


class Newcomers:
    """The children of some staged rows of one school, and everything that is known of them."""

    def __init__(self, rows: Sequence[StagedRow], grounds: Grounds, *, stamp: Stamp) -> None:
        children = {row.pk: _child(row, stamp=stamp) for row in rows}
        seats = {children[row.pk].pk: grounds.classes[seat_of(values_in(row))] for row in rows}
        villages = villages_in(rows, children, grounds.villages)
        self._units = {*seats.values(), *villages.values()}
        self._lines = lines_of(self._units) if rows else {}
        self._insertions: list[Insertion[Any]] = [
            Insertion(children.values()),
            *_records(rows, children, stamp=stamp),
            Insertion(guardians_in(rows, children)),
            *_spells(seats, grounds, stamp=stamp),
            self._places(seats, Relation.SCHOOL, grounds, stamp=stamp),
            self._places(villages, Relation.HUKOU, grounds, stamp=stamp),
        ]

    def stand_where_they_stood(self) -> bool:
        """Whether nobody has moved a class or a village since; ask again under the lock."""
        return not self._units or lines_of(self._units) == self._lines

    def write(self) -> None:
        """Call it in a transaction; raises ``IntegrityError`` when somebody knows one by now."""
        for insertion in self._insertions:
            insertion.write()

    def _places(
        self,
        unit_of: Mapping[UUID, UUID],
        relation: Relation,
        grounds: Grounds,
        *,
        stamp: Stamp,
    ) -> Insertion[Any]:
        from_on = grounds.term_start if relation is Relation.SCHOOL else grounds.today
        return Insertion(
            places(unit_of, self._lines, relation=relation, from_on=from_on, stamp=stamp)
        )


def _child(row: StagedRow, *, stamp: Stamp) -> Child:
    child = Child(pk=uuid7(), county_id=stamp.county_id)
    show_on_child(child, values_in(row))
    return child


def _records(
    rows: Sequence[StagedRow], children: Mapping[int, Child], *, stamp: Stamp
) -> list[Insertion[Any]]:
    records = [record_in(row, children[row.pk], is_overruled=False, stamp=stamp) for row in rows]
    journal = make_ready(
        "child.recorded",
        records,
        subjects=[("child", record.child_id) for record in records],
        happened_on=stamp.now.date(),
        stamp=stamp,
    )
    return [Insertion(records), *journal]


def _spells(seats: Mapping[UUID, UUID], grounds: Grounds, *, stamp: Stamp) -> list[Insertion[Any]]:
    """A child whom nobody knew is registered from the beginning of the term."""
    spells = [
        NewSpell(child, grounds.school_id, seat, SpellBegun.ROSTER) for child, seat in seats.items()
    ]
    rows = enrolments(spells, from_on=grounds.term_start, stamp=stamp)
    journal = make_ready(
        "enrolment.begun",
        rows,
        subjects=[("child", row.child_id) for row in rows],
        happened_on=grounds.term_start,
        stamp=stamp,
    )
    return [Insertion(rows), *journal]
