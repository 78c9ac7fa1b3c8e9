"""Who was lost and who came back in a period, by village, class and school (R-118, R-103)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from notoneless.access.actor import Actor
from notoneless.cases.queries.doors import cases_seen
from notoneless.cases.queries.lines import SELECTED, CaseLine, lines_of
from notoneless.children.queries.units import ClassName
from notoneless.rules.cases.kinds import Outcome
from notoneless.rules.roles import Capability
from notoneless.rules.units import Stage

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


class By(StrEnum):
    """How the register's figures are broken down (R-103, R-233)."""

    SCHOOL = "school"
    CLASS = "class"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Place:
    """What one row of the figures is about; a class has its school's name beside it."""

    name: str
    class_name: ClassName | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Children of one village, class or school in a period."""

    place: Place
    lost: int
    """Determined to have dropped out in the period."""
    still_away: int
    """Of those, the ones whose case stands open and who have not come back."""
    back: int
    """Came back in the period, whenever they were lost."""


def figures_by(by: By, lost: Iterable[CaseLine], back: Iterable[CaseLine]) -> list[Figures]:
    """The figures of the two lists, broken down; each child counts where its case was opened.

    In the order of names; those without a village or class last. The rows add up to the lists.
    """
    lost, back = list(lost), list(back)
    places = {_place(line, by) for line in (*lost, *back)}
    lost_at = Counter(_place(line, by) for line in lost)
    away_at = Counter(_place(line, by) for line in lost if line.is_open and not line.returned_on)
    back_at = Counter(_place(line, by) for line in back)
    found = [Figures(each, lost_at[each], away_at[each], back_at[each]) for each in places]
    return sorted(found, key=lambda each: _order(each.place))


def _place(line: CaseLine, by: By) -> Place:
    if by is By.VILLAGE:
        return Place(line.village)
    return Place(line.school_name, line.class_name if by is By.CLASS else None)


def _order(place: Place) -> tuple[bool, str, bool, bool, int, str]:
    """By name, and within a school from the lowest grade up; what has no name last."""
    school_class = place.class_name
    if school_class is None:
        return (not place.name, place.name, True, False, 0, "")
    is_junior = school_class.stage is Stage.JUNIOR
    return (False, place.name, False, is_junior, -school_class.entered_in, school_class.number)


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
