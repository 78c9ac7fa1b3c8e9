"""Switch days on or off, close for a while, set a weekly pattern; take any of them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.places.models import (
    CalendarClosure,
    CalendarOverride,
    CalendarPattern,
    Unit,
)
from notoneless.places.queries.calendar import calendar_for
from notoneless.places.services.calendar.changes import announce_change, holder_to_change
from notoneless.rules.calendar import ONE_DAY, DayKind, NoSuchDay, Period
from notoneless.rules.refusal import Refusal

LONGEST_OVERRIDE_DAYS = 31
LONGEST_CYCLE_DAYS = 42
WITHDRAWN = frozenset({"override", "closure", "pattern"})
"""What can be withdrawn, by the name that ``withdraw`` takes."""


class DayDecided(Refusal):
    """The unit has already said something else about the day."""

    code = "CALENDAR-04"


class DayInVacation(Refusal):
    """Nothing makes a school day, or takes one away, outside the terms."""

    code = "CALENDAR-05"


class NoTermsYet(Refusal):
    code = "CALENDAR-06"


class PatternOverlaps(Refusal):
    code = "CALENDAR-07"


class CycleMalformed(Refusal):
    """A cycle needs at least one class day and one rest day, and not too many days."""

    code = "CALENDAR-08"


class AlreadyWithdrawn(Refusal):
    code = "CALENDAR-09"


class TooManyDays(Refusal):
    code = "CALENDAR-10"


@dataclass(frozen=True, slots=True)
class NewOverride:
    """Days that a unit switches on or off; ``days`` bears the reason as its name."""

    unit_id: UUID
    days: Period
    has_class: bool


@dataclass(frozen=True, slots=True)
class NewPattern:
    """A cycle that a unit lives by; ``period`` bears what it is called."""

    unit_id: UUID
    period: Period
    anchored_on: date
    cycle: tuple[bool, ...]
    rests_on_holidays: bool = True


@transaction.atomic
def override_days(new: NewOverride, *, stamp: Stamp) -> list[CalendarOverride]:
    """Switch every day of a period on or off at the unit and below, one row a day.

    A day that the unit has already switched the same way for the same reason is left as it is,
    so sending twice is the same as once. Raises ``TooManyDays``, ``DayDecided``,
    ``DayInVacation``, ``NoTermsYet``, ``Unit.DoesNotExist``.
    """
    unit = holder_to_change(new.unit_id, stamp=stamp)
    days = list(new.days)
    if len(days) > LONGEST_OVERRIDE_DAYS:
        raise TooManyDays(days=len(days), most=LONGEST_OVERRIDE_DAYS)
    _must_be_in_term(unit, days)
    standing = {
        row.on: row
        for row in CalendarOverride.objects.filter(unit=unit, on__in=days, withdrawn_at=None)
    }
    for row in standing.values():
        if (row.has_class, row.reason) != (new.has_class, new.days.name):
            raise DayDecided(on=row.on, reason=row.reason)
    rows = [
        CalendarOverride(
            unit=unit,
            on=day,
            has_class=new.has_class,
            reason=new.days.name,
            recorded_at=stamp.now,
            recorded_by=stamp.by,
        )
        for day in days
        if day not in standing
    ]
    CalendarOverride.objects.bulk_create(rows)
    record_many(
        "calendar.day_overridden",
        rows,
        subjects=[("unit", unit.pk)] * len(rows),
        happened_on=new.days.from_on,
        stamp=stamp,
    )
    if rows:
        _announce("override", unit.pk, new.days, stamp)
    return rows


@transaction.atomic
def close_for(unit_id: UUID, closure: Period, *, stamp: Stamp) -> CalendarClosure:
    """Close the unit, and everyone below it, for a period named by its reason.

    The same closure again is the one that stands. Raises ``Unit.DoesNotExist``.
    """
    unit = holder_to_change(unit_id, stamp=stamp)
    standing = CalendarClosure.objects.filter(
        unit=unit,
        from_on=closure.from_on,
        to_on=closure.to_on,
        reason=closure.name,
        withdrawn_at=None,
    ).first()
    if standing is not None:
        return standing
    row = CalendarClosure.objects.create(
        unit=unit,
        from_on=closure.from_on,
        to_on=closure.to_on,
        reason=closure.name,
        recorded_at=stamp.now,
        recorded_by=stamp.by,
    )
    subject = ("unit", unit.pk)
    record("calendar.closed", row, subject=subject, happened_on=row.from_on, stamp=stamp)
    _announce("closure", unit.pk, closure, stamp)
    return row


@transaction.atomic
def set_pattern(new: NewPattern, *, stamp: Stamp) -> CalendarPattern:
    """Let the unit live by a cycle for a period.

    Raises ``CycleMalformed``, ``PatternOverlaps`` (withdraw the other first),
    ``Unit.DoesNotExist``.
    """
    unit = holder_to_change(new.unit_id, stamp=stamp)
    if len(set(new.cycle)) != 2 or len(new.cycle) > LONGEST_CYCLE_DAYS:
        raise CycleMalformed(most=LONGEST_CYCLE_DAYS)
    other = CalendarPattern.objects.filter(
        unit=unit,
        withdrawn_at=None,
        from_on__lt=new.period.to_on,
        to_on__gt=new.period.from_on,
    ).first()
    if other is not None:
        raise PatternOverlaps(name=other.reason, first=other.from_on, last=other.to_on - ONE_DAY)
    row = CalendarPattern.objects.create(
        unit=unit,
        from_on=new.period.from_on,
        to_on=new.period.to_on,
        anchored_on=new.anchored_on,
        cycle="".join("1" if has_class else "0" for has_class in new.cycle),
        rests_on_holidays=new.rests_on_holidays,
        reason=new.period.name,
        recorded_at=stamp.now,
        recorded_by=stamp.by,
    )
    subject = ("unit", unit.pk)
    record("calendar.pattern_set", row, subject=subject, happened_on=row.from_on, stamp=stamp)
    _announce("pattern", unit.pk, new.period, stamp)
    return row


@transaction.atomic
def withdraw(kind: str, row_id: UUID, *, unit_id: UUID, because: str, stamp: Stamp) -> None:
    """Take back an ``override``, ``closure`` or ``pattern`` of the unit; it stays readable.

    Raises ``AlreadyWithdrawn``, ``Unit.DoesNotExist``, and the row's ``DoesNotExist`` when it is
    not this unit's own.
    """
    unit = holder_to_change(unit_id, stamp=stamp)
    row = _own_row(kind, row_id, unit)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn(reason=row.reason)
    row.withdrawn_at = stamp.now
    row.withdrawn_by = stamp.by
    row.withdrawn_because = because
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    days = _days_of(row)
    subject = ("unit", unit.pk)
    record(
        f"calendar.{kind}_withdrawn", row, subject=subject, happened_on=days.from_on, stamp=stamp
    )
    _announce(kind, unit.pk, days, stamp)


def _own_row(
    kind: str, row_id: UUID, unit: Unit
) -> CalendarOverride | CalendarClosure | CalendarPattern:
    match kind:
        case "override":
            return CalendarOverride.objects.get(pk=row_id, unit=unit)
        case "closure":
            return CalendarClosure.objects.get(pk=row_id, unit=unit)
        case "pattern":
            return CalendarPattern.objects.get(pk=row_id, unit=unit)
        case _:
            raise ValueError(f"nothing called {kind} can be withdrawn")


def _days_of(row: CalendarOverride | CalendarClosure | CalendarPattern) -> Period:
    if isinstance(row, CalendarOverride):
        return Period(row.reason, row.on, row.on + ONE_DAY)
    return Period(row.reason, row.from_on, row.to_on)


def _must_be_in_term(unit: Unit, days: list[date]) -> None:
    calendar = calendar_for(unit.pk, on=days[0])
    for day in days:
        try:
            kind = calendar.day_kind(day).kind
        except NoSuchDay:
            raise NoTermsYet(on=day) from None
        if kind is DayKind.VACATION:
            raise DayInVacation(on=day)


def _announce(kind: str, unit_id: UUID, days: Period, stamp: Stamp) -> None:
    announce_change(kind, unit_id, from_on=days.from_on, to_on=days.to_on, stamp=stamp)
