"""Who was lost and who came back in a period, village by village (R-118)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from notoneless.access.actor import Actor
from notoneless.cases.queries.doors import cases_seen
from notoneless.cases.queries.lines import SELECTED, CaseLine, lines_of
from notoneless.rules.cases.kinds import Outcome
from notoneless.rules.roles import Capability

MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    from_on: date
    to_on: date


def lost_in(
    actor: Actor, period: Period, *, on: date, to: Capability = Capability.SEE_CASES
) -> list[CaseLine]:
    """Children whom their school determined to have dropped out in a period: eight statements."""
    return _lines(actor, "confirmed_on", period, on=on, to=to)


def returned_in(
    actor: Actor, period: Period, *, on: date, to: Capability = Capability.SEE_CASES
) -> list[CaseLine]:
    """Children who came back in a period and have not been lost again since; eight statements."""
    lines = _lines(actor, "returned_on", period, on=on, to=to)
    return [line for line in lines if line.outcome in ("", Outcome.RETURNED, Outcome.ENFORCED)]


def by_village(lines: list[CaseLine]) -> list[tuple[str, list[CaseLine]]]:
    """Lines in the order of villages; those without one last, under an empty name."""
    found: dict[str, list[CaseLine]] = {}
    for line in sorted(lines, key=lambda each: (not each.village, each.village, each.name)):
        found.setdefault(line.village, []).append(line)
    return list(found.items())


def _lines(
    actor: Actor, column: str, period: Period, *, on: date, to: Capability
) -> list[CaseLine]:
    within = {
        f"{column}__gte": period.from_on,
        f"{column}__lt": period.to_on + timedelta(days=1),
    }
    rows = cases_seen(actor, on=on).filter(**within)
    if to is not Capability.SEE_CASES:
        rows = rows.filter(pk__in=cases_seen(actor, on=on, to=to).values("pk"))
    return lines_of(rows.select_related(*SELECTED).order_by(column, "pk")[:MOST_ROWS], actor)
