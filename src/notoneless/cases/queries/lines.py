"""Cases as lists show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun
from notoneless.cases.models import Case, CaseStep
from notoneless.cases.queries.sight import list_sight
from notoneless.children.models import ChildPlace, ChildRecord, Guardian
from notoneless.children.models.places import Relation
from notoneless.children.queries.units import ClassName, class_name
from notoneless.contacts.models import ContactChild
from notoneless.rules.cases.kinds import CLOSED, Source, State, StepKind

TELLS_WHERE = (StepKind.DETERMINED, StepKind.REPORTED, StepKind.VILLAGE_ANSWERED)
"""Steps that may say where the child is."""


@dataclass(frozen=True, slots=True)
class ThreeFacts:
    """知名、知人、知情 (R-105)."""

    name: bool
    """Who the child is: by name and number."""
    person: bool
    """Who its guardian is and where they live."""
    situation: bool
    """Why it is away, or where it is."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case with everything that a list says about it."""

    id: UUID
    child_id: UUID
    name: str
    school_id: UUID
    school_name: str
    class_name: ClassName | None
    township: str
    village: str
    state: State
    state_since: date
    source: Source
    opened_on: date
    away_since: date
    away_days: int
    """School days of the run of absence that lasts; 0 where none does."""
    turn_role: str
    turn_unit: str
    turn_class: ClassName | None
    """The unit whose turn it is where that is a class, whose bare name is a number."""
    due_on: date | None
    persuader: str
    relapses: int
    confirmed_on: date | None
    returned_on: date | None
    watch_have: int | None
    watch_need: int | None
    year_end_on: date | None
    outcome: str
    closed_on: date | None
    main_cause: str
    facts: ThreeFacts

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED


SELECTED = ("child", "school", "school_class", "township", "village", "turn_unit", "persuader")


def line_of(row: Case, actor: Actor) -> CaseLine:
    """One case; its row need not have anything selected."""
    (line,) = lines_of(Case.objects.filter(pk=row.pk).select_related(*SELECTED), actor)
    return line


def lines_of(cases: Iterable[Case], actor: Actor) -> list[CaseLine]:
    """Cases as lines, in their order: seven statements, however many. Rows come with ``SELECTED``;
    whether the actor may see them was asked."""
    rows = list(cases)
    if not rows:
        return []
    ids = [row.child_id for row in rows]
    away = dict(
        AbsenceRun.objects.filter(child__in=ids, is_open=True).values_list("child", "proved_days")
    )
    facts, sight = three_facts(rows), list_sight(actor)
    return [
        CaseLine(
            id=row.pk,
            child_id=row.child_id,
            name=row.child.name,
            school_id=row.school_id,
            school_name=row.school.name,
            class_name=class_name(row.school_class),
            township=row.township.name if row.township else "",
            village=row.village.name if row.village else "",
            state=sight.state(State(row.state)),
            state_since=row.state_since,
            source=Source(row.source),
            opened_on=row.opened_on,
            away_since=row.away_since,
            away_days=away.get(row.child_id, 0),
            turn_role=row.turn_role,
            turn_unit=row.turn_unit.name if row.turn_unit else "",
            turn_class=class_name(row.turn_unit),
            due_on=row.due_on,
            persuader=row.persuader.name if row.persuader else "",
            relapses=row.relapses,
            confirmed_on=row.confirmed_on,
            returned_on=row.returned_on,
            watch_have=row.watch_have,
            watch_need=row.watch_need,
            year_end_on=row.year_end_on,
            outcome=row.outcome,
            closed_on=row.closed_on,
            main_cause=row.main_cause,
            facts=facts[row.pk],
        )
        for row in rows
    ]


def three_facts(rows: Collection[Case]) -> Mapping[UUID, ThreeFacts]:
    """Which of the three facts are known of each case's child; five statements (R-105)."""
    ids = {row.child_id for row in rows}
    guarded = set(
        Guardian.objects.filter(child__in=ids, superseded_at=None)
        .exclude(name="")
        .values_list("child", flat=True)
    )
    told, caused = _told_where(rows), _caused(rows)
    housed = _housed(ids)
    return {
        row.pk: ThreeFacts(
            name=bool(row.child.name and (row.child.national_id_index or row.child.born_on)),
            person=row.child_id in guarded and row.child_id in housed,
            situation=row.pk in told or row.pk in caused or bool(row.main_cause),
        )
        for row in rows
    }


def _housed(ids: set[UUID]) -> set[UUID]:
    """Children whose home is known: by a tie to a village, or by an address in the record."""
    tied = ChildPlace.objects.filter(
        child__in=ids, to_on=None, relation__in=(Relation.RESIDENCE, Relation.HUKOU)
    )
    found = set(tied.values_list("child", flat=True))
    rows = ChildRecord.objects.filter(child__in=ids - found, superseded_at=None)
    return found | {
        row.child_id for row in rows if str(dict(row.values).get("home_address", "")).strip()
    }


def _told_where(rows: Collection[Case]) -> set[UUID]:
    steps = CaseStep.objects.filter(
        case__in=[row.pk for row in rows],
        kind__in=[kind.value for kind in TELLS_WHERE],
        superseded_at=None,
    )
    return {
        step.case_id
        for step in steps
        if str(step.said.get("destination", "") or step.said.get("reason", "")).strip()
    }


def _caused(rows: Collection[Case]) -> set[UUID]:
    """Cases whose child's contacts since it is away have named a cause."""
    if not rows:
        return set()
    first = min(row.away_since for row in rows)
    named = ContactChild.objects.filter(
        Q(contact__superseded_at=None) & ~Q(contact__main_cause=""),
        child__in=[row.child_id for row in rows],
        contact__happened_on__gte=first,
    ).values_list("child", "contact__happened_on")
    last: dict[UUID, date] = {}
    for child, on in named:
        last[child] = max(on, last.get(child, on))
    return {row.pk for row in rows if last.get(row.child_id, date.min) >= row.away_since}
