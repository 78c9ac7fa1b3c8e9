"""Units and duties whose clocks have run out: what, since when, and who has the turn (R-307)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from notoneless.flows.overview.units import Division
from notoneless.numbers.queries.clocks import Overdue
from notoneless.numbers.queries.tree import TreeUnit
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Role


@dataclass(frozen=True, slots=True)
class LateRow:
    """The same duty in one unit, in the hands of one post."""

    unit: TreeUnit | None
    """``None`` where no unit of the table has it."""
    rule: DutyRule
    turn_role: Role
    turn_units: tuple[str, ...]
    duties: int
    since: date | None


def late_rows(found: Iterable[Overdue], divided: Division) -> list[LateRow]:
    """By unit in the order of names, in each the longest late first; units are not ranked."""
    rows: dict[tuple[int, DutyRule, Role], list[Overdue]] = {}
    for each in found:
        place = divided.place_of_unit(each.unit_id)
        rows.setdefault((place, each.rule, each.turn_role), []).append(each)
    ordered = sorted(rows.items(), key=lambda item: (item[0][0], _since(item[1]), item[0][1]))
    return [_row(key, same, divided) for key, same in ordered]


def _row(key: tuple[int, DutyRule, Role], same: list[Overdue], divided: Division) -> LateRow:
    place, rule, role = key
    return LateRow(
        divided.groups[place].unit if place < len(divided.groups) else None,
        rule,
        role,
        tuple(sorted({each.turn_unit for each in same})),
        sum(each.duties for each in same),
        _since(same),
    )


def _since(same: list[Overdue]) -> date:
    return min((each.since for each in same if each.since), default=date.max)
