"""Contacts as pages show them: cut to what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.contacts.models import Contact, ContactChild, ContactPerson
from notoneless.contacts.queries.shown import NOTHING, Shown, shown_of, together
from notoneless.rules.contacts.kinds import ATTEMPTS, Kind, Met, Purpose, Result, folded


@dataclass(frozen=True, slots=True)
class Visitor:
    person_id: UUID | None
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ChildName:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact; statements and names are empty where the reader is not shown them."""

    id: UUID
    origin: UUID
    kind: Kind
    result: Result
    is_reached: bool
    happened_on: date
    hour: str
    purpose: Purpose
    place: str
    by: Visitor
    companions: tuple[Visitor, ...]
    children: tuple[ChildName, ...]
    hidden_children: int
    """How many more it was about, whom this reader may not see."""
    met: tuple[Met, ...]
    others: tuple[str, ...]
    child_words: str
    guardian_view: str
    found: str
    feedback: Mapping[str, str]
    causes: tuple[str, ...]
    main_cause: str
    promise: str
    next_step: str
    next_on: date | None
    witness: str
    needs_proof: bool
    is_closed: bool
    is_correction: bool
    reason: str
    noted_at: datetime
    recorded_at: datetime
    superseded_at: datetime | None
    ended_reason: str
    shown: Shown
    attempt: int | None = None
    """Which attempt about the child it is, on a child's own timeline (R-099)."""
    proofs: int = field(default=0)

    @property
    def is_attempt(self) -> bool:
        return self.kind in ATTEMPTS

    @property
    def visitors(self) -> tuple[Visitor, ...]:
        return (self.by, *self.companions)


def lines_of(rows: Iterable[Contact], actor: Actor, *, on: date) -> list[ContactLine]:
    """Contacts as lines, in their order; three statements, however many.

    Contacts of which the reader sees no child are left out. Rows come with ``by`` selected.
    """
    found = list(rows)
    ids = [row.pk for row in found]
    children: dict[UUID, list[ChildName]] = {pk: [] for pk in ids}
    names = ContactChild.objects.filter(contact__in=ids).order_by("child__pinyin", "child")
    for contact, child, kept, name in names.values_list(
        "contact", "child", "child__merged_into", "child__name"
    ):
        children[contact].append(ChildName(kept or child, name))
    people: dict[UUID, list[Visitor]] = {pk: [] for pk in ids}
    others = ContactPerson.objects.filter(contact__in=ids).order_by("person__pinyin", "person")
    for contact, person, name, role in others.values_list(
        "contact", "person", "person__name", "role"
    ):
        people[contact].append(Visitor(person, name, role))
    shown = shown_of(actor, {c.id for each in children.values() for c in each}, on=on)
    lines = [_line(row, children[row.pk], people[row.pk], shown, actor) for row in found]
    return [line for line in lines if line.shown.is_seen]


def _line(
    row: Contact,
    children: Sequence[ChildName],
    people: Sequence[Visitor],
    shown: Mapping[UUID, Shown],
    actor: Actor,
) -> ContactLine:
    seen = [child for child in children if child.id in shown]
    sees = together(shown.get(child.id, NOTHING) for child in children)
    if sees.is_seen and row.by_id == actor.person_id:
        # Whoever wrote it down has heard it.
        sees = Shown(is_seen=True, statements=True, restricted=sees.restricted)
    said = row if sees.statements else _NOTHING_SAID
    return ContactLine(
        id=row.pk,
        origin=row.origin,
        kind=Kind(row.kind),
        result=Result(row.result),
        is_reached=row.is_reached,
        happened_on=row.happened_on,
        hour=row.hour,
        purpose=Purpose(row.purpose),
        place=row.place,
        by=Visitor(row.by_id, row.by.name if row.by else "", row.by_role),
        companions=tuple(people),
        children=tuple(seen),
        hidden_children=len(children) - len(seen),
        met=tuple(Met(each) for each in row.met),
        others=tuple(said.others),
        child_words=said.child_words,
        guardian_view=said.guardian_view,
        found=said.found,
        feedback=dict(said.feedback),
        causes=_causes(row, sees),
        main_cause=_main_cause(row, sees),
        promise=said.promise,
        next_step=said.next_step,
        next_on=row.next_on,
        witness=row.witness,
        needs_proof=row.needs_proof,
        is_closed=row.closed_at is not None,
        is_correction=row.supersedes_id is not None,
        reason=row.reason,
        noted_at=row.noted_at,
        recorded_at=row.recorded_at,
        superseded_at=row.superseded_at,
        ended_reason=row.ended_reason,
        shown=sees,
    )


_NOTHING_SAID = Contact()


def _causes(row: Contact, sees: Shown) -> tuple[str, ...]:
    return tuple(row.causes) if sees.restricted else folded(row.causes)


def _main_cause(row: Contact, sees: Shown) -> str:
    """The main cause by its own name where that may be read; else as it is stored, folded."""
    return row.causes[0] if sees.restricted and row.main_cause and row.causes else row.main_cause
