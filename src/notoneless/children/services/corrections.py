"""What people corrected about a child outlasts rosters that still say the old."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from notoneless.children.models import ChildRecord
from notoneless.children.models.child import RecordSource

PARTICULARS = ("name", "id_kind", "id_number", "birth_on", "sex")
"""What ``correct_particulars`` corrects."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A child's newest correction, and what the newest roster says."""

    by_hand: Mapping[str, object]
    by_roster: Mapping[str, object]
    reason: str

    def standing(self, row: Mapping[str, object]) -> dict[str, object]:
        """The corrected particulars that hold against a new roster row.

        A roster that says the same as before has not heard of the correction; one that says
        something new is newer than the correction and wins.
        """
        return {
            key: self.by_hand[key]
            for key in PARTICULARS
            if key in self.by_hand
            and row.get(key) != self.by_hand[key]
            and row.get(key) == self.by_roster.get(key)
        }


def corrections_of(child_ids: Collection[UUID]) -> dict[UUID, Corrected]:
    """The children among these whom somebody has corrected after a roster named them.

    One statement, and a second one where there are any.
    """
    by_hand = _newest(child_ids, RecordSource.CORRECTION)
    by_roster = _newest(list(by_hand), RecordSource.ROSTER) if by_hand else {}
    return {
        child: Corrected(_values(by_hand[child]), _values(record), by_hand[child].reason)
        for child, record in by_roster.items()
    }


def _newest(child_ids: Collection[UUID], source: RecordSource) -> dict[UUID, ChildRecord]:
    rows = ChildRecord.objects.filter(child__in=child_ids, source=source)
    return {row.child_id: row for row in rows.order_by("recorded_at", "pk")}


def _values(row: ChildRecord) -> dict[str, Any]:
    values: Any = row.values
    return dict(values)
