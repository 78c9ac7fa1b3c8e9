"""Form a leading group, change who sits in it, dissolve it (R-002)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.places.models import GroupSeat, LeadingGroup, Person, Unit
from notoneless.places.services.ends import end_rows
from notoneless.places.services.units import StaleVersion
from notoneless.rules.groups import GroupKind, Seat
from notoneless.rules.refusal import Refusal


class TwoHeads(Refusal):
    """A group has one head, and its office one director."""

    code = "GROUP-01"


@dataclass(frozen=True, slots=True)
class SeatWanted:
    seat: Seat
    person_id: UUID
    post_title: str = ""


@dataclass(frozen=True, slots=True)
class GroupWanted:
    """A group as the page shows it when it is saved."""

    kind: GroupKind
    seats: Sequence[SeatWanted]
    office_seat: str = ""
    version: int = 0
    """The version the page was made from; 0 when there was no group."""


@transaction.atomic
def save_group(unit_id: UUID, wanted: GroupWanted, *, on: date, stamp: Stamp) -> LeadingGroup:
    """Make the unit's group be as ``wanted`` from ``on``; who no longer sits there keeps a history.

    Raises ``StaleVersion``, ``TwoHeads``; ``DoesNotExist`` for strangers to the county.
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id, county=stamp.county_id)
    group = unit.groups.filter(kind=wanted.kind, to_on=None).first()
    if (group.version if group else 0) != wanted.version:
        raise StaleVersion(what=unit.name)
    seats = {(seat.seat, seat.person_id): seat for seat in wanted.seats}
    _check(seats, stamp)
    if group is None:
        group = LeadingGroup.objects.create(unit=unit, kind=wanted.kind, from_on=on, version=0)
        record("group.formed", group, subject=("unit", unit.pk), happened_on=on, stamp=stamp)
    group.office_seat = wanted.office_seat
    group.version += 1
    group.save(update_fields=["office_seat", "version"])
    _reseat(group, seats, on=on, stamp=stamp)
    return group


def _check(seats: dict[tuple[Seat, UUID], SeatWanted], stamp: Stamp) -> None:
    for single in (Seat.HEAD, Seat.OFFICE_DIRECTOR):
        if sum(seat is single for seat, _ in seats) > 1:
            raise TwoHeads()
    people = {person for _, person in seats}
    if Person.objects.filter(county=stamp.county_id, pk__in=people).count() != len(people):
        raise Person.DoesNotExist


def _reseat(
    group: LeadingGroup,
    seats: dict[tuple[Seat, UUID], SeatWanted],
    *,
    on: date,
    stamp: Stamp,
) -> None:
    standing = {(Seat(row.seat), row.person_id): row for row in group.seats.filter(to_on=None)}
    gone = [row for key, row in standing.items() if key not in seats]
    end_rows("seat.ended", gone, on=on, stamp=stamp)
    fresh = GroupSeat.objects.bulk_create(
        GroupSeat(
            group=group,
            seat=seat,
            person_id=person,
            post_title=wanted.post_title,
            from_on=on,
        )
        for (seat, person), wanted in seats.items()
        if (seat, person) not in standing
    )
    subjects = [("person", row.person_id) for row in fresh]
    record_many("seat.begun", fresh, subjects=subjects, happened_on=on, stamp=stamp)
