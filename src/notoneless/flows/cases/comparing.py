"""Cases against rolls and registers: what does not fit together, class by class (R-121)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun
from notoneless.cases.models import Case
from notoneless.cases.queries.doors import cases_seen
from notoneless.children.models import Child, ChildPlace
from notoneless.children.models.places import Relation
from notoneless.children.queries.listing import Registration, registrations
from notoneless.children.queries.units import ClassName, class_name
from notoneless.duties.models import Duty
from notoneless.flows.cases.opening import suspicions
from notoneless.rules.cases.kinds import AWAY, CLOSED, ERRORS
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Capability

LOOKS_BACK = timedelta(days=366)


class Mismatch(StrEnum):
    """What does not fit; each is a question to the school, and proves nothing."""

    NO_CASE = "no_case"
    """Away as long as the plan bears, and no case."""
    NOT_REPORTED = "not_reported"
    """The report of the case is overdue."""
    CLOSED_STILL_AWAY = "closed_still_away"
    """Closed as a mistake or an excused absence, and away on the rolls since."""
    LEFT_REGISTER = "left_register"
    """Registered at no school any more while its case says that it is lost."""


@dataclass(frozen=True, slots=True)
class Difference:
    kind: Mismatch
    child_id: UUID
    name: str
    school_name: str
    class_name: ClassName | None
    since: date
    case_id: UUID | None


def differences(actor: Actor, *, today: date) -> list[Difference]:
    """What does not fit among the children in reach, by school and class; eight statements."""
    seen = cases_seen(actor, on=today).select_related("child", "school", "school_class")
    away = seen.filter(state__in=[state.value for state in AWAY])
    found = [
        *_without_case(actor, today),
        *_of(Mismatch.NOT_REPORTED, _not_reported(away, today)),
        *_of(Mismatch.CLOSED_STILL_AWAY, _still_away(seen, today)),
        *_of(Mismatch.LEFT_REGISTER, _left(away, today)),
    ]
    return sorted(found, key=_order)


def _order(each: Difference) -> tuple[str, int, str, str, date]:
    name = each.class_name
    cohort = (name.entered_in, name.number) if name else (0, "")
    return (each.school_name, *cohort, each.kind.value, each.since)


def _without_case(actor: Actor, today: date) -> list[Difference]:
    waiting = {s.child_id: s for s in suspicions(actor.county_id, today=today)}
    seen = Child.objects.seen_by(actor, on=today, to=Capability.SEE_CASES)
    names = dict(seen.filter(pk__in=waiting).values_list("pk", "name"))
    at = registrations(list(names))
    return [_suspected(waiting[pk].since, pk, name, at.get(pk)) for pk, name in names.items()]


def _suspected(since: date, pk: UUID, name: str, at: Registration | None) -> Difference:
    return Difference(
        Mismatch.NO_CASE,
        pk,
        name,
        at.school_name if at else "",
        at.class_name if at else None,
        since,
        None,
    )


def _not_reported(rows: QuerySet[Case], today: date) -> QuerySet[Case]:
    overdue = Duty.objects.filter(
        subject_id=OuterRef("child"),
        rule=DutyRule.CASE_REPORT,
        state=DutyState.OPEN,
        due_on__lt=today,
    )
    return rows.filter(Exists(overdue))


def _still_away(rows: QuerySet[Case], today: date) -> QuerySet[Case]:
    run = AbsenceRun.objects.filter(
        child=OuterRef("child"),
        is_open=True,
        proved_days__gte=1,
        last_absent_on__gt=OuterRef("closed_on"),
    )
    again = Case.objects.filter(child=OuterRef("child")).exclude(
        state__in=[state.value for state in CLOSED]
    )
    return rows.filter(
        Exists(run),
        ~Exists(again),
        closed_on__gte=today - LOOKS_BACK,
        outcome__in=[outcome.value for outcome in ERRORS],
    )


def _left(rows: QuerySet[Case], today: date) -> QuerySet[Case]:
    here = ChildPlace.objects.filter(
        child=OuterRef("child"), relation=Relation.SCHOOL, from_on__lte=today
    ).exclude(to_on__lte=today)
    return rows.filter(~Exists(here))


def _of(kind: Mismatch, rows: Iterable[Case]) -> list[Difference]:
    return [
        Difference(
            kind,
            row.child_id,
            row.child.name,
            row.school.name,
            class_name(row.school_class),
            row.away_since,
            row.pk,
        )
        for row in rows
    ]
