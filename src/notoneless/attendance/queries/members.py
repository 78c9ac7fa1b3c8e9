"""Who was in a class on a day, where the class stands, and what is on record for one session."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from notoneless.attendance.models import Absence, AbsenceRun, LessonMark, Roll
from notoneless.children.models import Enrolment
from notoneless.children.queries.branches import WHO, about
from notoneless.children.queries.prepared import Prepared
from notoneless.places.models import UnitPlace
from notoneless.places.queries.remembered import (
    CalendarMark,
    Remembered,
    calendar_marks,
    remembered_calendar,
)
from notoneless.policy.models import PolicyMark
from notoneless.policy.queries.inforce import policy_at, policy_for
from notoneless.policy.queries.stack import Standing
from notoneless.rules.attendance.sessions import DAY, HALVES, RollRules, roll_rules
from notoneless.rules.paths import Line, ancestors
from notoneless.rules.policy.resolved import ResolvedPolicy

CHILD = WHO
"""The child as it is known now: a row that was merged away answers as the kept one."""
REPORTS = (DAY, *HALVES)
"""Sessions with which a class has reported its day."""


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """Where a school stands, and which version of policy and calendar it is under."""

    school_id: UUID
    paths: tuple[str, ...]
    """Of the school, one for each line."""
    policy_mark: UUID | None
    calendar_mark: CalendarMark

    def policy(self, on: date) -> ResolvedPolicy:
        """The school's policy; no statement while nothing has changed since it was last asked."""
        if not self.is_placed:
            return policy_for(self.school_id, on=on)
        return policy_at(self.standing, on=on)

    @property
    def is_placed(self) -> bool:
        """Whether it stands in both lines."""
        return len(self.paths) == len(Line)

    @property
    def standing(self) -> Standing:
        return Standing(self.paths, self.policy_mark)

    def roll_rules(self, on: date) -> RollRules:
        return roll_rules(self.policy(on))

    def calendar(self, on: date) -> Remembered:
        """The school's calendar; no statement while nothing has changed."""
        return remembered_calendar(self.school_id, paths=self.paths, mark=self.calendar_mark, on=on)


@dataclass(frozen=True, slots=True)
class ClassDay:
    """A class on a day, for one session."""

    class_id: UUID
    county_id: UUID
    paths: tuple[str, ...]
    """Where the class stands today."""
    school: SchoolStanding
    members: frozenset[UUID]
    """The children registered in it on the day."""
    away: frozenset[UUID]
    """Those of them with an open run of absence."""
    missed: frozenset[UUID]
    """Those who were missing in any session or lesson of the day."""
    has_roll: bool
    """A roll stands for this session."""
    is_known: bool
    """A roll with this id is on record."""
    boarders: frozenset[UUID] = frozenset()
    """Those of the members who sleep at school."""
    reported_at: datetime | None = None
    """When the class first reported that day, as its phones said."""
    standing: Roll | None = None
    """The roll that stands for this session, where it was asked for."""


def registered_on(day: date) -> QuerySet[Enrolment]:
    """Spells that hold on a day, one for each child: a row that was merged away counts only where
    the kept child had no spell of its own that day."""
    holds = Q(to_on=None) | Q(to_on__gt=day)
    own = Enrolment.objects.filter(holds, child=OuterRef("child__merged_into"), from_on__lte=day)
    return Enrolment.objects.filter(
        Q(child__merged_into=None) | ~Exists(own), holds, from_on__lte=day
    )


def spells_of(child_ids: Collection[UUID], *, on: date) -> QuerySet[Any, Any]:
    """The spells of some children that hold on a day, by the child as it is known now (``who``)."""
    # By the rows first: no index knows a child as it is known now.
    rows = registered_on(on).filter(child__in=about(child_ids))
    return rows.annotate(who=CHILD).filter(who__in=child_ids)


def class_day(  # which class and session, and what else to read along
    class_id: UUID,
    *,
    county_id: UUID,
    day: date,
    session: str,
    roll_id: UUID | None = None,
    with_standing: bool = False,
) -> ClassDay | None:
    """Everything that a roll is judged by, in one statement; ``None`` for a class without children
    on that day or of another county. ``with_standing`` reads the roll that stands along with it."""
    asked = _WITH_STANDING if with_standing else _WITHOUT_STANDING
    found = asked.rows(
        class_id=class_id,
        county_id=county_id,
        day=day,
        session=session,
        # No roll has the id of a class.
        roll_id=roll_id or class_id,
    )
    return _class_day(class_id, county_id, found) if found else None


def _class_rows(asked: Mapping[str, Any], *, with_standing: bool) -> QuerySet[Enrolment, Any]:
    class_id, county_id, day = asked["class_id"], asked["county_id"], asked["day"]
    of_day = Roll.objects.filter(school_class=class_id, day=day)
    this_session = of_day.filter(session=asked["session"])
    reports = of_day.filter(session__in=REPORTS).order_by("noted_at")
    roll = _roll_columns(this_session.filter(is_standing=True)) if with_standing else {}
    same_child = Q(child=OuterRef("child")) | Q(child=OuterRef("who"))
    rows: QuerySet[Enrolment, Any] = (
        registered_on(day)
        .filter(county=county_id, school_class=class_id)
        .annotate(
            who=CHILD,
            sleeps_here=Coalesce("child__merged_into__is_boarding", "child__is_boarding"),
            is_away=Exists(AbsenceRun.objects.filter(child=OuterRef("who"), is_open=True)),
            has_missed=Exists(Absence.objects.filter(same_child, day=day, roll__is_standing=True))
            | Exists(LessonMark.objects.filter(same_child, day=day, withdrawn_at=None)),
            has_roll=Exists(this_session.filter(is_standing=True)),
            is_known=Exists(Roll.objects.filter(pk=asked["roll_id"])),
            reported_at=Subquery(reports.values("noted_at")[:1]),
            **roll,
            **standing_columns(class_id, county_id=county_id),
        )
        .values(
            "who",
            "school",
            "sleeps_here",
            "is_away",
            "has_missed",
            "has_roll",
            "is_known",
            "reported_at",
            *roll,
            *STANDING_COLUMNS,
        )
    )
    return rows


_OF_A_CLASS = {"class_id": UUID, "county_id": UUID, "day": date, "session": str, "roll_id": UUID}
_WITHOUT_STANDING = Prepared(partial(_class_rows, with_standing=False), **_OF_A_CLASS)
_WITH_STANDING = Prepared(partial(_class_rows, with_standing=True), **_OF_A_CLASS)


def _class_day(class_id: UUID, county_id: UUID, found: Sequence[Mapping[str, Any]]) -> ClassDay:
    """One row for each child of the class; what is about the class stands in all of them."""
    first = found[0]
    return ClassDay(
        class_id=class_id,
        county_id=county_id,
        paths=paths_in(first),
        school=school_in(first, first["school"], up=2),
        members=frozenset(row["who"] for row in found),
        away=frozenset(row["who"] for row in found if row["is_away"]),
        missed=frozenset(row["who"] for row in found if row["has_missed"]),
        has_roll=first["has_roll"],
        is_known=first["is_known"],
        boarders=frozenset(row["who"] for row in found if row["sleeps_here"]),
        reported_at=first["reported_at"],
        standing=_roll_in(first) if "roll_id" in first and first["has_roll"] else None,
    )


def _roll_columns(rolls: QuerySet[Roll]) -> dict[str, Subquery]:
    return {
        f"roll_{field.attname}": Subquery(
            rolls.values(field.attname)[:1],
            # A foreign key by itself would come back as the bare bytes of SQLite.
            output_field=getattr(field, "target_field", field),
        )
        for field in Roll._meta.concrete_fields
    }


def _roll_in(row: Mapping[str, Any]) -> Roll:
    columns = [field.attname for field in Roll._meta.concrete_fields]
    roll = Roll(**{name: row[f"roll_{name}"] for name in columns})
    roll._state.adding = False
    return roll


STANDING_COLUMNS = (
    "path_e",
    "path_g",
    "policy_mark",
    "calendar_count",
    "calendar_newest",
)


def standing_columns(unit: UUID | OuterRef, *, county_id: UUID) -> dict[str, Any]:
    """Columns that say where a unit (one, or that of each row) stands now, under which marks."""
    places = UnitPlace.objects.filter(unit=unit, to_on=None)
    marks = PolicyMark.objects.filter(scope=county_id)
    return {
        "path_e": Subquery(places.filter(line=Line.EDUCATION).values("path")[:1]),
        "path_g": Subquery(places.filter(line=Line.GOVERNMENT).values("path")[:1]),
        "policy_mark": Subquery(marks.values("mark")[:1]),
        **calendar_marks(county_id),
    }


def paths_in(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(path for path in (row["path_e"], row["path_g"]) if path)


def school_in(row: Mapping[str, Any], school_id: UUID, *, up: int) -> SchoolStanding:
    """The school's standing from a row about a unit that stands ``up`` levels below it."""
    return SchoolStanding(
        school_id=school_id,
        paths=tuple(ancestors(path)[-1 - up] for path in paths_in(row)),
        policy_mark=row["policy_mark"],
        calendar_mark=CalendarMark(row["calendar_count"], row["calendar_newest"]),
    )
