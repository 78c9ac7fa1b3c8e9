"""Plans duties after any fact about some children: leave, a lesson missed, a contact, a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from notoneless.attendance.queries.members import CHILD, SchoolStanding, registered_on, spells_of
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.children.models import Enrolment
from notoneless.children.queries.prepared import Prepared
from notoneless.flows.duties.gathering import all_about, children_facts
from notoneless.flows.duties.planning import plan_told
from notoneless.flows.duties.together import waits
from notoneless.journal.services import Stamp
from notoneless.rules.duties.facts import ChildFact


def plan_for_children(child_ids: Collection[UUID], *, today: date, stamp: Stamp) -> bool:
    """Plan the classes of some children anew, all but their rolls; answers whether it could be.

    Call it in the transaction that stored the fact. A whole class is planned because the numbers
    of a term count over it. Children registered nowhere are left to the sweep. Some seven
    statements a school, whatever the number of children; nothing is raised for a hole. None at
    all where a whole day's facts are planned together.
    """
    if waits(child_ids):
        return True
    by_school: dict[UUID, list[ChildFact]] = defaultdict(list)
    for who, school_id, class_id, from_on in _CLASSMATES.tuples(
        child_ids=child_ids, county_id=stamp.county_id, today=today
    ):
        by_school[school_id].append(ChildFact(who, class_id, from_on))
    return all(
        [
            _plan(school_id, children, today=today, stamp=stamp)
            for school_id, children in by_school.items()
        ]
    )


def _classmates(asked: Mapping[str, Any]) -> QuerySet[Enrolment, Any]:
    classes = (
        spells_of(asked["child_ids"], on=asked["today"])
        .filter(county=asked["county_id"])
        .exclude(school_class=None)
        .values("school_class")
    )
    rows: QuerySet[Enrolment, Any] = (
        registered_on(asked["today"])
        .annotate(who=CHILD)
        .filter(school_class__in=classes)
        .values_list("who", "school", "school_class", "from_on")
    )
    return rows


_CLASSMATES = Prepared(_classmates, child_ids=list, county_id=UUID, today=date)


def _plan(school_id: UUID, children: list[ChildFact], *, today: date, stamp: Stamp) -> bool:
    school: SchoolStanding = standing_of_school(school_id, county_id=stamp.county_id)
    ids = [child.id for child in children]
    attendance = all_about(ids, county_id=stamp.county_id, as_of=today)
    facts = children_facts(school, children, attendance, as_of=today)
    return plan_told(school, facts, on=today, stamp=stamp)
