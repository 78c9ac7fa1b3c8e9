"""Plans what units owe by their workplans: reports, meetings, campaigns, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.duties.services import keep_holes, reconcile, what_would_change
from notoneless.flows.workplans.known import Known, is_taught, known_units
from notoneless.journal.services import Stamp
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.calendar import BadCalendar
from notoneless.rules.duties.difference import Changes
from notoneless.rules.duties.kinds import UNIT_RULES
from notoneless.rules.duties.wanted import Wanted
from notoneless.rules.duties.wants import Hole
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.units import SCHOOLS, UnitKind
from notoneless.rules.workplans.wanted import LEVEL_OF


@dataclass(frozen=True, slots=True)
class PlannedUnits:
    """What planning a school with its classes, or another unit, did or would do."""

    unit_id: UUID
    changes: Changes
    holes: tuple[Hole, ...] = ()


def plan_workplans(
    county_id: UUID, *, as_of: date, now: datetime, is_dry: bool = False
) -> Iterator[PlannedUnits]:
    """Plan every unit of a county that has a workplan; one short transaction for each school.

    Twice leaves the same. A unit whose policies clash is left as it stands: planning the school
    itself has named that already.
    """
    tree = tree_of(county_id, Period(as_of, as_of))
    for top, ids in _groups(tree, as_of):
        stamp = Stamp(county_id, None, now)
        with transaction.atomic():
            try:
                known = known_units(county_id, ids, on=as_of)
            except (PolicyConflict, BadCalendar):
                continue
            planned = _plan(top, list(known.values()), as_of=as_of, stamp=stamp, is_dry=is_dry)
        yield planned


def plan_unit(unit_id: UUID, *, today: date, stamp: Stamp) -> None:
    """Plan one unit anew, in the transaction that stored what it did. Never raises for a clash."""
    try:
        known = known_units(stamp.county_id, [unit_id], on=today)
    except (PolicyConflict, BadCalendar):
        return
    for each in known.values():
        if each.unit.kind in LEVEL_OF:
            _reconcile([each], today, stamp)


def _groups(tree: Tree, on: date) -> Iterator[tuple[UUID, list[UUID]]]:
    """Schools with their classes, then townships and the bureau."""
    classes: dict[UUID, list[UUID]] = {}
    for leaf in tree.leaves.values():
        if leaf.id != leaf.school_id and is_taught(leaf, on):
            classes.setdefault(leaf.school_id, []).append(leaf.id)
    seen: set[UUID] = set()
    for unit in tree.units.values():
        if unit.id in seen or unit.kind not in LEVEL_OF or unit.kind is UnitKind.CLASS:
            continue
        seen.add(unit.id)
        below = classes.get(unit.id, []) if unit.kind in SCHOOLS else []
        yield unit.id, [unit.id, *below]


def _plan(
    top: UUID, known: Sequence[Known], *, as_of: date, stamp: Stamp, is_dry: bool
) -> PlannedUnits:
    if not known:
        return PlannedUnits(top, Changes())
    if is_dry:
        wanted = _together(known, as_of)
        digest = known[0].policy.digest
        changes = what_would_change(wanted, policy=digest, county_id=stamp.county_id)
        return PlannedUnits(top, changes, wanted.holes)
    wanted, changes = _reconcile(known, as_of, stamp)
    keep_holes(top, wanted.holes, county_id=stamp.county_id, as_of=as_of, of=UNIT_RULES)
    return PlannedUnits(top, changes, wanted.holes)


def _reconcile(known: Sequence[Known], on: date, stamp: Stamp) -> tuple[Wanted, Changes]:
    wanted = _together(known, on)
    policy = known[0].policy
    keep_policy(policy, now=stamp.now)
    return wanted, reconcile(wanted, policy=policy.digest, stamp=stamp)


def _together(known: Sequence[Known], on: date) -> Wanted:
    """What a school and its classes want, under the school's plan."""
    each = [unit.wanted(on) for unit in known]
    return Wanted(
        frozenset().union(*(one.duties for one in each)),
        tuple(dict.fromkeys(hole for one in each for hole in one.holes)),
        frozenset.intersection(*(one.settled for one in each)),
        frozenset().union(*(one.subjects for one in each)),
        min(one.from_on for one in each),
        each[0].until,
    )
