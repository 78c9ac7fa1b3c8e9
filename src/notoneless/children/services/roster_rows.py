"""What a staged roster row becomes: rows of the child's tables, not saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from notoneless.children.models import Child, ChildRecord, Guardian, StagedRow
from notoneless.children.models.child import RecordSource
from notoneless.children.queries.identities import values_on_record
from notoneless.journal.services import Stamp
from notoneless.vault.sealing import blind_index

ClassSeat = tuple[str, int, int]
"""Stage, cohort and number of a class."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the rows of one school stand on."""

    school_id: UUID
    school_code: str
    schools: Mapping[str, UUID]
    """Code → unit of every school of the county."""
    classes: Mapping[ClassSeat, UUID]
    villages: Mapping[str, UUID]
    """Twelve-digit code → village unit."""
    term_start: date
    """First day of a spell that begins with the list."""
    today: date
    """First day of a spell that replaces another."""


def seat_of(values: Mapping[str, Any]) -> ClassSeat:
    """The class that a checked row names."""
    return str(values["stage"]), int(values["cohort"]), int(values["class_number"])


def values_in(row: StagedRow) -> dict[str, Any]:
    """What a staged row says, by column key."""
    values: Any = row.values
    return dict(values)


def record_in(row: StagedRow, child: Child, *, is_overruled: bool, stamp: Stamp) -> ChildRecord:
    """What the roster says, as it says it; superseded at once where a correction overrules it."""
    values: Any = values_on_record(values_in(row))
    return ChildRecord(
        county_id=stamp.county_id,
        child=child,
        source=RecordSource.ROSTER,
        values=values,
        digest=row.digest,
        by_id=stamp.by,
        happened_on=stamp.now.date(),
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
        superseded_at=stamp.now if is_overruled else None,
    )


def guardians_in(rows: Sequence[StagedRow], children: Mapping[int, Child]) -> list[Guardian]:
    """The family members that rows name, of each row's child (by the row's key)."""
    return [
        _guardian(children[row.pk], position, member)
        for row in rows
        for position, member in enumerate(values_in(row).get("guardians", ()), start=1)
    ]


def _guardian(child: Child, position: int, member: Mapping[str, Any]) -> Guardian:
    phone, number = str(member.get("phone", "")), str(member.get("id_number", ""))
    return Guardian(
        county_id=child.county_id,
        child=child,
        position=position,
        name=str(member["name"])[:60],
        relation=str(member.get("relation", "")),
        is_guardian=member.get("is_guardian") is True,
        phone=phone,
        phone_index=blind_index(phone, kind="phone"),
        national_id=number,
        national_id_index=blind_index(number, kind="national_id"),
    )


def villages_in(
    rows: Sequence[StagedRow], children: Mapping[int, Child], villages: Mapping[str, UUID]
) -> dict[UUID, UUID]:
    """Child → village of its household register, where the village is founded here."""
    return {
        children[row.pk].pk: villages[code]
        for row in rows
        if (code := str(values_in(row).get("hukou_region", ""))) in villages
    }
