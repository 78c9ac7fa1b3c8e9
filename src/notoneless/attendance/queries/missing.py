"""Which rolls ought to have been called by now and were not (R-068)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.attendance.models import Roll
from notoneless.attendance.queries.schools import (
    ClassStanding,
    classes_with_children,
    school_standings,
)
from notoneless.places.models import Post
from notoneless.places.queries.units import standing
from notoneless.rules.attendance.sessions import (
    AFTERNOON,
    BOARDERS,
    DAY,
    EVENING,
    HALVES,
    RETURN,
    RollRules,
    is_late,
)
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Role, Tenure

CALLERS = (Role.HOMEROOM_TEACHER, Role.DEPUTY_HOMEROOM_TEACHER)
DUE_AT = {AFTERNOON: time(15), EVENING: time(21), RETURN: time(21)}
"""Local time from which a roll is missing, where it is not the day's first; ours, no plan names
any. The first is due at the hour of the policy, or at the end of the day."""


@dataclass(frozen=True, slots=True)
class MissingRoll:
    """A class whose roll for a day and session nobody called."""

    school_class: ClassStanding
    day: date
    session: str
    is_overdue: bool
    """Its hour has passed; false while it can still be called in time."""


@dataclass(frozen=True, slots=True)
class RollsDue:
    """The rolls of one day in somebody's reach."""

    expected: int
    missing: tuple[MissingRoll, ...]
    """By school."""

    @property
    def called(self) -> int:
        """Those that stand; a session that was not held, with its reason, among them."""
        return self.expected - len(self.missing)

    @property
    def overdue(self) -> tuple[MissingRoll, ...]:
        return tuple(roll for roll in self.missing if roll.is_overdue)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who ought to call the rolls of a class."""

    name: str
    role: Role
    tenure: str


def missing_rolls(
    actor: Actor, *, day: date, now: datetime, school_id: UUID | None = None
) -> list[MissingRoll]:
    """Rolls expected on ``day`` that do not stand at ``now``; see ``rolls_due``."""
    return list(rolls_due(actor, day=day, now=now, school_id=school_id).missing)


def rolls_due(
    actor: Actor,
    *,
    day: date,
    now: datetime,
    school_id: UUID | None = None,
    under: str = "",
) -> RollsDue:
    """Rolls expected on ``day``, and which of them do not stand at ``now``, in the actor's reach.

    ``under`` keeps the classes at or below a path.

    Expected are the sessions of each school's policy, on the school days of its calendar, for
    classes with children (evening and return: with boarders; the return on the eve of the first
    school day of a week). A session that was not held, with its reason, is not missing. Three
    statements, and each school's calendar and policy where they are not remembered.
    """
    classes = [
        each
        for each in classes_with_children(actor, day=day, school_id=school_id)
        if any(is_below(path, under) for path in each.paths) or not under
    ]
    called = set(
        Roll.objects.filter(county=actor.county_id, day=day, is_standing=True).values_list(
            "school_class", "session"
        )
    )
    schools = {s.school_id: s for s in school_standings(actor.county_id, on=day)}
    plans = {
        school_id: (
            schools[school_id].roll_rules(day),
            kind_of_day(schools[school_id].calendar(day).school_days, day),
        )
        for school_id in {c.school_id for c in classes} & schools.keys()
    }
    expected, missing = 0, []
    for school_class in classes:
        if school_class.school_id not in plans:
            continue
        rules, (is_school_day, is_eve) = plans[school_class.school_id]
        for session in sessions_expected(school_class, rules, is_school_day, is_eve):
            expected += 1
            if (school_class.id, session) not in called:
                overdue = is_overdue(session, rules, day=day, now=now)
                missing.append(MissingRoll(school_class, day, session, overdue))
    return RollsDue(expected, tuple(missing))


def last_called(class_ids: Collection[UUID], *, by: date) -> dict[UUID, date]:
    """The newest day up to ``by`` on which each class was called; one statement.

    A class that never was is not there: nothing is known about its children.
    """
    rows = Roll.objects.filter(
        school_class__in=list(class_ids),
        day__lte=by,
        is_standing=True,
        session__in=(DAY, *HALVES),
    )
    return dict(
        rows.order_by()
        .values("school_class")
        .annotate(last=Max("day"))
        .values_list("school_class", "last")
    )


def callers_of(class_ids: Collection[UUID], *, on: date) -> dict[UUID, list[Caller]]:
    """Homeroom teachers and deputies of each class on ``on``, stand-ins first; one statement.

    A class without an entry has nobody: its school's head must see to it.
    """
    posts = Post.objects.filter(
        standing(on), unit__in=list(class_ids), role__in=CALLERS, person__isnull=False
    ).select_related("person")
    found: dict[UUID, list[Caller]] = defaultdict(list)
    for post in posts.order_by("role", "pk"):
        if post.person is not None:
            found[post.unit_id].append(Caller(post.person.name, Role(post.role), post.tenure))
    for callers in found.values():
        callers.sort(key=lambda c: (c.tenure != Tenure.STAND_IN, c.role != Role.HOMEROOM_TEACHER))
    return found


def is_overdue(session: str, rules: RollRules, *, day: date, now: datetime) -> bool:
    """Whether a roll of ``day`` not called at ``now`` is overdue; nine sharp is still in time."""
    local = timezone.localtime(now)
    if local.date() != day:
        return local.date() > day
    return is_late(local.time(), due_at(session, rules))


def due_at(session: str, rules: RollRules) -> time | None:
    """The local hour by which a roll of the day itself is called; ``None`` where none is asked."""
    return rules.due_by if session == rules.first_session else DUE_AT.get(session)


def kind_of_day(school_days: Collection[date], day: date) -> tuple[bool, bool]:
    """Whether there is class, and whether it is the eve of the first school day after a rest."""
    is_school_day = day in school_days
    return is_school_day, not is_school_day and day + ONE_DAY in school_days


def sessions_expected(
    school_class: ClassStanding, rules: RollRules, is_school_day: bool, is_eve: bool
) -> list[str]:
    """The rolls that the policy asks of a class on such a day."""
    expected = []
    for session in rules.sessions:
        if session in BOARDERS and not school_class.boarders:
            continue
        if is_eve if session == RETURN else is_school_day:
            expected.append(session)
    return expected
