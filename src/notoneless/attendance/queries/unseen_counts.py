"""How many children each school has on paper and has never seen this term, for many schools."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, LessonMark, Roll
from notoneless.attendance.queries.history import histories
from notoneless.attendance.queries.members import CHILD, REPORTS, SchoolStanding, registered_on
from notoneless.attendance.queries.schools import school_standings
from notoneless.children.queries.units import SchoolUnit
from notoneless.rules.attendance.runs import marks_of
from notoneless.rules.attendance.sessions import RollState
from notoneless.rules.attendance.starts import is_phantom, unseen
from notoneless.rules.calendar import ONE_DAY


@dataclass(frozen=True, slots=True)
class SchoolUnseen:
    """One school in numbers, as ``never_seen`` would list it."""

    school: SchoolUnit
    unseen: int
    """Called since the term began, and never there."""
    phantom: int
    """Of them, those who meet ``phantom_absence_days``."""
    uncalled: int
    """Children of classes never called this term: nobody knows of any."""


def unseen_by_school(
    actor: Actor, schools: Collection[SchoolUnit], *, as_of: date
) -> list[SchoolUnseen]:
    """The numbers of ``schools``, which are wholly in the actor's reach, in their order.

    Three statements for each first day of term among them, and one. Schools outside a term have
    noughts.
    """
    ids = [school.id for school in schools]
    by_start: dict[date, dict[UUID, SchoolStanding]] = defaultdict(dict)
    for standing in school_standings(actor.county_id, on=as_of, only=ids):
        calendar = standing.calendar(as_of)
        term = calendar.calendar.term_of(as_of) if calendar.knows(as_of) else None
        if term is not None:
            by_start[term.from_on][standing.school_id] = standing
    missed: Counter[UUID] = Counter()
    phantoms: Counter[UUID] = Counter()
    uncalled: Counter[UUID] = Counter()
    for from_on, at in by_start.items():
        for school_id, is_long in _unseen(actor, at, from_on=from_on, as_of=as_of):
            missed[school_id] += 1
            phantoms[school_id] += is_long
        uncalled |= _uncalled(at, from_on=from_on, as_of=as_of)
    return [
        SchoolUnseen(each, missed[each.id], phantoms[each.id], uncalled[each.id])
        for each in schools
    ]


def _unseen(
    actor: Actor, at: dict[UUID, SchoolStanding], *, from_on: date, as_of: date
) -> Iterator[tuple[UUID, bool]]:
    """School, and whether it is long, for each child whom no roll has seen."""
    # Whoever was nowhere named on a day that was called was there; the rules judge the others.
    about = Q(child=OuterRef(OuterRef("child"))) | Q(child=OuterRef(OuterRef("who")))
    named = Absence.objects.filter(about, day=OuterRef("day"), roll__is_standing=True)
    lessons = LessonMark.objects.filter(about, day=OuterRef("day"), withdrawn_at=None)
    seen = Roll.objects.filter(
        ~Exists(named),
        ~Exists(lessons),
        school_class=OuterRef("school_class"),
        is_standing=True,
        state=RollState.HELD,
        session__in=REPORTS,
        day__gte=from_on,
        day__lte=as_of,
    ).filter(day__gte=OuterRef("from_on"))
    own = Q(child=OuterRef("child")) | Q(child=OuterRef("who"))
    once = Absence.objects.filter(own, day__gte=from_on, day__lte=as_of, roll__is_standing=True)
    rows = (
        registered_on(as_of)
        .filter(school__in=list(at))
        .exclude(school_class=None)
        .annotate(who=CHILD)
        .filter(Exists(once), ~Exists(seen))
    )
    schools = dict(rows.values_list("who", "school"))
    found = histories(list(schools), county_id=actor.county_id, from_on=from_on, until=as_of)
    for child_id, school_id in schools.items():
        school = at[school_id]
        days = school.calendar(as_of).days(from_on, as_of + ONE_DAY)
        rules = school.roll_rules(as_of)
        marks = marks_of(found.children[child_id], found.classes, days, rules)
        gone = unseen([day for day in days if day in marks], marks)
        if gone is not None and gone.missed:
            yield school_id, is_phantom(gone, school.policy(as_of))


def _uncalled(at: dict[UUID, SchoolStanding], *, from_on: date, as_of: date) -> Counter[UUID]:
    called = Roll.objects.filter(
        school_class=OuterRef("school_class"),
        is_standing=True,
        session__in=REPORTS,
        day__gte=from_on,
        day__lte=as_of,
    )
    rows = registered_on(as_of).filter(~Exists(called), school__in=list(at))
    counts = rows.exclude(school_class=None).order_by().values_list("school")
    return Counter(dict(counts.annotate(n=Count("pk"))))
