"""Where each number of an overview opens to: the list behind it, narrowed in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from notoneless.duties.queries.clocks import ClockEnd
from notoneless.duties.queries.rows import Bucket
from notoneless.flows.overview.units import WHOLE_COUNTY
from notoneless.numbers.queries.ladder import Move
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.indicators.periods import Period
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind


@dataclass(frozen=True, slots=True)
class Links:
    """The lists of one unit."""

    unit_id: UUID
    kind: UnitKind

    @property
    def unit(self) -> str:
        """Empty where the reader's whole county is meant: lists show it by themselves."""
        return "" if self.kind in WHOLE_COUNTY else str(self.unit_id)

    def cases(self, **said: str) -> str:
        return _to("cases", unit=self.unit, **said)

    def moved(self, move: Move, period: Period) -> str:
        by = "" if move is Move.OPENED else move.value
        days = {"since": period.from_on.isoformat(), "until": period.until.isoformat()}
        return self.cases(stage="all", by=by, **days)

    def duties(self, bucket: Bucket, rule: DutyRule | None = None, turn: Role | None = None) -> str:
        said = {"whose": "units", "when": bucket.value, "rule": rule or "", "turn": turn or ""}
        return _to("duty-list", unit=self.unit, **said)

    def clocks(self, how: ClockEnd, period: Period) -> str:
        days = {"due_since": period.from_on.isoformat(), "due_until": period.until.isoformat()}
        return _to("duty-list", unit=self.unit, whose="units", clock=how.value, **days)

    def uncalled(self) -> str:
        return _to("roll-missing", unit=self.unit)

    def away(self, school_id: UUID | None) -> str:
        """Of a school, or a class of it, the children; of others the counts of their schools."""
        school = str(school_id) if school_id else ""
        unit = self.unit if self.kind is UnitKind.CLASS or not school_id else ""
        return _to("presence-away", school=school, unit=unit)

    def overview(self, stretch: str) -> str:
        return _to("overview", unit=str(self.unit_id), period=stretch)


def _to(route: str, **said: str) -> str:
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{_address(route)}?{query}" if query else _address(route)


@cache
def _address(route: str) -> str:
    """Of a page without a subject; a table asks for a thousand of a dozen."""
    return reverse(route)
