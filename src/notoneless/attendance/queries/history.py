"""What is on record about some children's attendance, in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from notoneless.attendance.models import Absence, AreaEvent, Leave, LeaveProof, LessonMark, Roll
from notoneless.attendance.queries.members import CHILD
from notoneless.children.models import Enrolment
from notoneless.children.queries.branches import (
    Ask,
    Beside,
    ByKind,
    Row,
    Together,
    about,
    branch,
)
from notoneless.places.models import UnitPlace
from notoneless.rules.attendance.days import Missed
from notoneless.rules.attendance.leave import LeaveKind, LeavePeriod, LeaveState
from notoneless.rules.attendance.runs import ChildHistory, ClassHistory, Stay
from notoneless.rules.attendance.sessions import Reason, RollState, lesson_code
from notoneless.rules.paths import is_below
from notoneless.rules.units import school_year_of

if TYPE_CHECKING:
    from notoneless.children.queries.branches import Branch


@dataclass(frozen=True, slots=True)
class Slip:
    """Approved leave of a child, and the day on which proof of it was first seen."""

    leave_id: UUID
    child_id: UUID
    period: LeavePeriod
    proven_on: date | None


@dataclass(frozen=True, slots=True)
class Histories:
    children: dict[UUID, ChildHistory]
    classes: dict[object, ClassHistory]
    slips: tuple[Slip, ...] = ()
    beside: ByKind | None = None
    """What was read in the same statement for somebody else; ``None`` when nobody asked."""


def looking_back_from(day: date) -> date:
    """The first day that counts in a run: 1 August of the school year before.

    A child that did not come back after the summer is still counted from spring.
    """
    return date(school_year_of(day) - 1, 8, 1)


def histories(
    child_ids: Collection[UUID],
    *,
    county_id: UUID,
    from_on: date,
    until: date,
    beside: Beside | None = None,
) -> Histories:
    """Spells, rolls of their classes, absences, leave and events from ``from_on`` to ``until``
    (both inclusive) of these children; one statement, however many, with all that ``beside``
    asks."""
    by_kind = _asked(beside.ask if beside else None, tuple(beside.days) if beside else ()).read(
        child_ids=child_ids,
        county_id=county_id,
        from_on=from_on,
        until=until,
        **{_BESIDE + name: day for name, day in (beside.days if beside else {}).items()},
    )
    return Histories(
        _children(by_kind), _classes(by_kind), _slips(by_kind), by_kind if beside else None
    )


_BESIDE = "beside_"
"""Before the names of days that somebody else asks about."""


@cache
def _asked(beside: Ask | None, days: tuple[str, ...]) -> Together:
    def ask(
        child_ids: Collection[UUID], county_id: UUID, from_on: date, until: date, **others: date
    ) -> list[Branch]:
        own = _branches(child_ids, county_id, _Period(from_on, until))
        if beside is None:
            return own
        given = {name: others[_BESIDE + name] for name in days}
        return [*own, *beside(child_ids=child_ids, county_id=county_id, **given)]

    others = {_BESIDE + name: date for name in days}
    return Together(ask, child_ids=list, county_id=UUID, from_on=date, until=date, **others)


def _branches(child_ids: Collection[UUID], county_id: UUID, period: _Period) -> list[Branch]:
    whom = about(child_ids)
    spells = Enrolment.objects.filter(period.meets, child__in=whom).exclude(school_class=None)
    classes = spells.values("school_class")
    return [
        _spells(spells),
        _rolls(classes, period),
        _absences(whom, period),
        _lessons(whom, period),
        _leaves(whom, period),
        _events(county_id, period),
        _places(classes),
    ]


@dataclass(frozen=True, slots=True)
class _Period:
    """The days asked about, both inclusive."""

    from_on: date
    until: date

    @property
    def meets(self) -> Q:
        """Rows with ``from_on`` and ``to_on`` (exclusive) that touch the period."""
        return Q(from_on__lte=self.until) & (Q(to_on=None) | Q(to_on__gt=self.from_on))

    @property
    def holds(self) -> Q:
        """Rows of one ``day`` in the period."""
        return Q(day__gte=self.from_on, day__lte=self.until)


def _spells(rows: QuerySet[Enrolment]) -> Branch:
    return branch(
        rows,
        "spell",
        child=CHILD,
        unit=F("school_class"),
        on=F("from_on"),
        to=F("to_on"),
        code=Cast("child", CharField()),
    )


def _rolls(classes: QuerySet[Any, Any], period: _Period) -> Branch:
    # The county is not named: SQLite would read the term of all its classes from one index.
    rows = Roll.objects.filter(period.holds, school_class__in=classes, is_standing=True)
    return branch(
        rows, "roll", unit=F("school_class"), on=F("day"), code=F("session"), text=F("state")
    )


def _absences(whom: QuerySet[Any, Any], period: _Period) -> Branch:
    rows = Absence.objects.filter(period.holds, child__in=whom, roll__is_standing=True)
    return branch(
        rows,
        "absence",
        child=CHILD,
        unit=F("child"),
        on=F("day"),
        code=F("session"),
        text=F("reason"),
        number=F("minutes_late"),
    )


def _lessons(whom: QuerySet[Any, Any], period: _Period) -> Branch:
    rows = LessonMark.objects.filter(period.holds, child__in=whom, withdrawn_at=None)
    return branch(rows, "lesson", child=CHILD, unit=F("child"), on=F("day"), number=F("lesson"))


def _leaves(whom: QuerySet[Any, Any], period: _Period) -> Branch:
    rows = Leave.objects.filter(period.meets, child__in=whom, state=LeaveState.APPROVED)
    proofs = LeaveProof.objects.filter(leave=OuterRef("pk")).order_by("seen_at")
    proven = proofs.values(seen_on=Cast(TruncDate("seen_at"), CharField()))[:1]
    return branch(
        rows,
        "leave",
        child=CHILD,
        unit=F("pk"),
        on=F("from_on"),
        to=F("to_on"),
        code=F("kind"),
        text=Coalesce(Subquery(proven), Value("")),
    )


def _events(county_id: UUID, period: _Period) -> Branch:
    rows = AreaEvent.objects.filter(period.meets, county=county_id, withdrawn_at=None)
    return branch(rows, "event", on=F("from_on"), to=F("to_on"), text=F("path"))


def _places(classes: QuerySet[Any, Any]) -> Branch:
    rows = UnitPlace.objects.filter(unit__in=classes, to_on=None)
    return branch(rows, "place", unit=F("unit"), text=F("path"))


def _children(by_kind: ByKind) -> dict[UUID, ChildHistory]:
    stays: dict[UUID, list[tuple[bool, Stay]]] = defaultdict(list)
    for row in by_kind["spell"]:
        # The kept child's own spells speak before those of a row that was merged into it.
        is_lent = UUID(row.code) != row.child
        stays[row.child].append((is_lent, Stay(row.unit, row.on, row.to)))
    missed: dict[UUID, dict[date, dict[str, Missed]]] = defaultdict(lambda: defaultdict(dict))
    for row in by_kind["lesson"]:
        if not _is_double(row, stays):
            missed[row.child][row.on][lesson_code(row.number)] = Missed(Reason.UNEXPLAINED)
    for row in by_kind["absence"]:
        if not _is_double(row, stays):
            missed[row.child][row.on][row.code] = Missed(Reason(row.text), row.number)
    leaves: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for row in by_kind["leave"]:
        leaves[row.child].append((row.on, row.to or date.max))
    return {
        child: ChildHistory(
            stays=tuple(stay for _, stay in sorted(found, key=_own_first)),
            missed=missed[child],
            leaves=tuple(leaves[child]),
        )
        for child, found in stays.items()
    }


def _slips(by_kind: ByKind) -> tuple[Slip, ...]:
    return tuple(
        Slip(
            row.unit,
            row.child,
            LeavePeriod(LeaveKind(row.code), row.on, row.to or date.max),
            date.fromisoformat(row.text) if row.text else None,
        )
        for row in sorted(by_kind["leave"], key=lambda row: row.unit)
    )


def _is_double(row: Row, stays: Mapping[UUID, Sequence[tuple[bool, Stay]]]) -> bool:
    """Whether a row since merged away was called beside the child's own: the double of a child who
    is there is missing every day, and that must not make the child absent."""
    own = (stay for is_lent, stay in stays.get(row.child, ()) if not is_lent)
    return row.unit != row.child and any(row.on in stay for stay in own)


def _own_first(stay: tuple[bool, Stay]) -> tuple[bool, date]:
    return stay[0], stay[1].from_on


def _classes(by_kind: ByKind) -> dict[object, ClassHistory]:
    paths: dict[object, list[str]] = defaultdict(list)
    for row in by_kind["place"]:
        paths[row.unit].append(row.text)
    called: dict[object, dict[date, dict[str, RollState]]] = defaultdict(lambda: defaultdict(dict))
    for row in by_kind["roll"]:
        called[row.unit][row.on][row.code] = RollState(row.text)
    return {
        unit: ClassHistory(
            called=called[unit],
            events=tuple(
                (event.on, event.to)
                for event in by_kind["event"]
                if any(is_below(path, event.text) for path in paths[unit])
            ),
        )
        for unit in {*paths, *called}
    }
