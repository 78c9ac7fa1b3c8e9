"""The guardian's page: his children, this term in plain words, leave, what is written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.attendance.models import Leave
from notoneless.attendance.queries.term import ChildTerm, terms_of
from notoneless.children.models import ChildRecord
from notoneless.children.queries.branches import WHO, about
from notoneless.children.queries.classes import homeroom_names
from notoneless.children.queries.listing import Registration
from notoneless.children.services.identity import values_of
from notoneless.families.queries.invitations import Visitor
from notoneless.families.queries.sayings import SaidLine
from notoneless.flows.families.whose import children_of
from notoneless.journal.queries.readings import children_read_by
from notoneless.journal.services import Stamp, note_reading
from notoneless.places.queries.telephones import telephones_of
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import LeaveKind, LeaveState
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.families import SaidKind, own_phone
from notoneless.rules.masking import mask_address
from notoneless.rules.units import school_year_of

OPENED = "family.opened"
MOST_LEAVES = 5
"""The newest of a child."""


@dataclass(frozen=True, slots=True)
class LeaveWord:
    """One leave, as a guardian is told of it: never why it was asked or refused."""

    kind: LeaveKind
    from_on: date
    last_on: date
    state: LeaveState


@dataclass(frozen=True, slots=True)
class ChildPart:
    """What the page says about one child."""

    id: UUID
    name: str
    registration: Registration
    homeroom: tuple[str, ...]
    office_phone: str
    """Empty where the school has entered none."""
    term: ChildTerm
    today_mark: Mark | None
    """``None`` on a day without school."""
    leaves: tuple[LeaveWord, ...]
    phone: str
    """The guardian's own number, its middle hidden."""
    home_address: str
    """As far as the township; empty where none is written down."""
    said: Mapping[SaidKind, SaidLine]

    @property
    def without_reason(self) -> int:
        return self.term.count(Mark.UNEXPLAINED)

    @property
    def with_reason(self) -> int:
        return self.term.count(Mark.EXCUSED)

    @property
    def days_without_reason(self) -> list[date]:
        return self.term.days(Mark.UNEXPLAINED)


def family_page(visitor: Visitor, *, today: date, now: datetime) -> list[ChildPart]:
    """All of the visitor's page, the child that he was invited for first; some fourteen
    statements, however many children.

    That he looked is noted with each child's readings, once a visit.
    """
    children = children_of(visitor)
    if not children:
        return []
    ids = [child.id for child in children]
    schools = {child.id: child.registration.school_id for child in children}
    classes = {c.registration.class_id for c in children if c.registration.class_id}
    terms = terms_of(schools, county_id=visitor.county_id, today=today)
    teachers = homeroom_names(classes, on=today)
    offices = telephones_of(set(schools.values()))
    leaves = _leaves(ids, today=today)
    addresses = _addresses(ids)
    _note(visitor, ids, now=now)
    return [
        ChildPart(
            id=child.id,
            name=child.name,
            registration=child.registration,
            homeroom=tuple(teachers.get(child.registration.class_id, ()))
            if child.registration.class_id
            else (),
            office_phone=office.told.phone if (office := offices.get(schools[child.id])) else "",
            term=terms[child.id],
            today_mark=terms[child.id].marks.get(today),
            leaves=tuple(leaves[child.id][:MOST_LEAVES]),
            phone=own_phone(child.phone),
            home_address=addresses.get(child.id, ""),
            said=child.said,
        )
        for child in children
    ]


def _leaves(child_ids: Collection[UUID], *, today: date) -> Mapping[UUID, list[LeaveWord]]:
    """Leave of this school year, the newest first."""
    rows = (
        Leave.objects.filter(
            child__in=about(child_ids), to_on__gt=date(school_year_of(today), 8, 1)
        )
        .annotate(who=WHO)
        .order_by("-from_on", "-pk")
        .values_list("who", "kind", "from_on", "to_on", "state")
    )
    found: defaultdict[UUID, list[LeaveWord]] = defaultdict(list)
    for who, kind, from_on, to_on, state in rows:
        found[who].append(LeaveWord(LeaveKind(kind), from_on, to_on - ONE_DAY, LeaveState(state)))
    return found


def _addresses(child_ids: Collection[UUID]) -> dict[UUID, str]:
    """As far as the township: who holds the slip of a parent that lives apart learns no door."""
    rows = ChildRecord.objects.filter(child__in=child_ids, superseded_at=None)
    return {row.child_id: mask_address(str(values_of(row).get("home_address", ""))) for row in rows}


def _note(visitor: Visitor, child_ids: Collection[UUID], *, now: datetime) -> None:
    known = children_read_by(visitor.visit_id, county_id=visitor.county_id, kind=OPENED)
    stamp = Stamp(visitor.county_id, visitor.visit_id, now)
    for child_id in child_ids:
        if child_id not in known:
            note_reading(OPENED, stamp=stamp, child_id=child_id)
