"""Brings children up to date whose rolls were handed in one after the other, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from notoneless.attendance.queries.history import Histories
from notoneless.attendance.queries.members import SchoolStanding, spells_of
from notoneless.attendance.queries.schools import school_standings
from notoneless.attendance.services.runs import refresh_runs_of_many
from notoneless.flows.duties.gathering import children_facts, planning_asks
from notoneless.flows.duties.planning import plan_facts
from notoneless.journal.services import Stamp
from notoneless.rules.duties.facts import ChildFact
from notoneless.rules.duties.wants import Moment


def settle_together(child_ids: Collection[UUID], *, today: date, stamp: Stamp) -> bool:
    """Runs and duties of children who waited (``flows.duties.together.gathered``), as each roll
    would have left them; answers whether all could be planned.

    Two statements for the county, three and those that write for each school. Children registered
    in no class are left to the night.
    """
    if not child_ids:
        return True
    rows = spells_of(child_ids, on=today).filter(county=stamp.county_id).exclude(school_class=None)
    by_school: dict[UUID, list[ChildFact]] = defaultdict(list)
    for who, school, school_class in rows.values_list("who", "school", "school_class"):
        by_school[school].append(ChildFact(who, school_class, today))
    standings = school_standings(stamp.county_id, on=today, only=by_school)
    return _settle({each: by_school[each.school_id] for each in standings}, today, stamp)


def _settle(by_school: dict[SchoolStanding, list[ChildFact]], today: date, stamp: Stamp) -> bool:
    attendance = refresh_runs_of_many(
        {school: [child.id for child in children] for school, children in by_school.items()},
        county_id=stamp.county_id,
        today=today,
        now=stamp.now,
        beside=planning_asks(today),
    )
    planned = [
        plan_facts(
            school,
            children_facts(school, children, _only(attendance, children), as_of=today),
            None,
            Moment(today),
            stamp=stamp,
        )
        for school, children in by_school.items()
    ]
    return all(planned)


def _only(attendance: Histories, children: Collection[ChildFact]) -> Histories:
    """What is on record about some of the children who were read together."""
    ids = {child.id for child in children}
    beside = attendance.beside or {}
    return Histories(
        {child: history for child, history in attendance.children.items() if child in ids},
        attendance.classes,
        tuple(slip for slip in attendance.slips if slip.child_id in ids),
        {kind: [row for row in rows if row.child in ids] for kind, rows in beside.items()},
    )
