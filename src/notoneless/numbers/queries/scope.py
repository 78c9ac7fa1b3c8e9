"""What a number is asked about: where, which stage or grade, over which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notoneless.rules.indicators.periods import Period
from notoneless.rules.units import Stage


@dataclass(frozen=True, slots=True)
class Scope:
    """One place, stage or grade, and period."""

    county_id: UUID
    unit_id: UUID
    """A county, bureau, township, centre, school, grade or class."""
    period: Period
    """Already cut at today."""
    stage: Stage | None = None
    grade: int | None = None
    """1 to 9, as classes were called on the last day of the period."""
    without_class: bool = False
    """Only a school's children who are in none of its classes."""
    known_at: datetime | None = None
    """As it was known then; ``None`` for what is known now."""
