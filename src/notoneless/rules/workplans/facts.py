"""What planning needs to know of one unit's reports, meetings and campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from notoneless.rules.duties.wants import Bearer
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.kinds import Level, MeetingKind, Stream


@dataclass(frozen=True, slots=True)
class Sent:
    """That a report was handed in: its first version."""

    id: UUID
    on: date
    hour: str = ""
    is_returned: bool = False
    """The receiver sent it back, and it was not handed in again."""


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting that was held."""

    id: UUID
    kind: MeetingKind
    on: date


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of a meeting, as somebody's task."""

    id: UUID
    on: date
    """The day of the meeting."""
    owner: Bearer
    due_on: date
    done_on: date | None = None
    done_by: UUID | None = None
    """The record that says so."""


@dataclass(frozen=True, slots=True)
class CampaignFact:
    """What stands of one month's campaign."""

    plan_id: UUID | None = None
    planned_on: date | None = None
    report_id: UUID | None = None
    reported_on: date | None = None


@dataclass(frozen=True)
class UnitFact:
    """One unit, who stands above it, and what it has done in a school year."""

    id: UUID
    kind: UnitKind
    above: Mapping[Level, UUID]
    """The units above it that can receive its reports, in both lines."""
    in_use_from: date
    """Nothing that was over before is asked for."""
    sent: Mapping[tuple[Stream, date], Sent] = field(default_factory=dict)
    """By stream and first day."""
    held: tuple[Held, ...] = ()
    decided: tuple[Decided, ...] = ()
    campaigns: Mapping[date, CampaignFact] = field(default_factory=dict)
    """By the first day of the month."""
    is_key_unit: bool = False

    def receiver(self, levels: tuple[Level, ...]) -> tuple[Level, UUID] | None:
        """The first of the levels that stands above; ``None`` where none does."""
        return next(((each, self.above[each]) for each in levels if each in self.above), None)
