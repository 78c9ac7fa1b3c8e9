"""On paper and never seen, and away long without proof: by class, with names (名在人不在)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.models import Leave
from notoneless.attendance.queries.absentees import never_seen, owed_proofs
from notoneless.attendance.queries.away import away_in_school
from notoneless.attendance.queries.class_names import ClassAt, classes_at, names
from notoneless.attendance.queries.members import spells_of
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.children.queries.units import SchoolUnit
from notoneless.rules.clocks import Due


@dataclass(frozen=True, slots=True)
class Unseen:
    """A child whom no roll of the term has seen although its class was called."""

    child_id: UUID
    name: str
    at: ClassAt
    missed: int
    """School days called without it."""
    uncalled: int
    first_called_on: date | None
    is_in_enrolment_week: bool
    is_phantom: bool
    """Long enough for the policy's alarm (``phantom_absence_days``)."""


@dataclass(frozen=True, slots=True)
class LongAway:
    """A child away long and nothing on paper says why."""

    child_id: UUID
    name: str
    at: ClassAt
    since: date
    days: int | None
    """School days of the run; ``None`` for leave."""
    leave_id: UUID | None
    due: Due | None
    """Until when the proof of its leave was due."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a school's list says that its rolls do not."""

    unseen: list[Unseen]
    long_away: list[LongAway]
    uncalled: list[tuple[ClassAt, int]]
    """Classes never called this term, with their children: nobody knows of any."""


def on_paper(actor: Actor, school: SchoolUnit, *, as_of: date) -> OnPaper:
    """Children of a school whom nobody has seen; by class, some eighteen statements.

    Away long are those whose run meets ``phantom_absence_days`` and those on long leave whose
    proof nobody has seen. Raises ``Unit.DoesNotExist`` unless the whole school is in reach.
    """
    found = never_seen(actor, school.id, as_of=as_of)
    called = [row for row in found if row.unseen.missed]
    uncalled = Counter(row.class_id for row in found if not row.unseen.missed)
    known = names([row.child_id for row in called])
    at = classes_at([row.class_id for row in found])
    unseen = [
        Unseen(
            row.child_id,
            known[row.child_id],
            at[row.class_id],
            row.unseen.missed,
            row.unseen.uncalled,
            row.unseen.first_called_on,
            row.is_in_enrolment_week,
            row.is_phantom,
        )
        for row in called
        if row.class_id in at
    ]
    seen = {row.child_id for row in unseen}
    long_away = [row for row in _long_away(actor, school, as_of=as_of) if row.child_id not in seen]
    return OnPaper(
        sorted(unseen, key=lambda row: (row.at.order, -row.missed, row.name)),
        sorted(long_away, key=lambda row: (row.at.order, row.since, row.name)),
        sorted(
            ((at[key], n) for key, n in uncalled.items() if key in at),
            key=lambda pair: pair[0].order,
        ),
    )


def _long_away(actor: Actor, school: SchoolUnit, *, as_of: date) -> Iterable[LongAway]:
    policy = standing_of_school(school.id, county_id=actor.county_id).policy(as_of)
    key = "phantom_absence_days"
    if policy.is_on(key):
        for run in away_in_school(actor, school.path):
            if run.since and policy.is_met(key, run.possible_days):
                yield LongAway(
                    run.child_id, run.name, run.at, run.since, run.possible_days, None, None
                )
    owed = owed_proofs(actor, school.id, as_of=as_of)
    since = dict(
        Leave.objects.filter(pk__in=[row.leave_id for row in owed]).values_list("pk", "from_on")
    )
    ids = [row.child_id for row in owed]
    known = names(ids)
    spells = spells_of(ids, on=as_of)
    columns = spells.exclude(school_class=None).values_list("who", "school_class")
    classes = dict(columns)
    at = classes_at(list(classes.values()))
    for row in owed:
        here = at.get(classes[row.child_id]) if row.child_id in classes else None
        if here is not None:
            yield LongAway(
                row.child_id,
                known[row.child_id],
                here,
                since[row.leave_id],
                None,
                row.leave_id,
                row.due,
            )
