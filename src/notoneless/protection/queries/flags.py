"""Flags as their few readers see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from notoneless.access.actor import Actor
from notoneless.places.models import Person
from notoneless.protection.models import CriticalFlag, FlagChild, FlagConcerned, FlagLine, FlagStep
from notoneless.protection.queries.doors import as_officer, desks_of, has_officer, seen_by
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.life_cycle import FlagState, Ground, StepKind, state_of
from notoneless.rules.protection.situations import Doubt, Situation, doubt_about

TOLD = frozenset({StepKind.SEEN, StepKind.POLICE, StepKind.CLOSED})
"""Of what others did, the reporter is told that it was done."""
MOST = 200
"""More than a county has open at once; older closed ones are reached by their address."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One flag in a list."""

    id: UUID
    raised_at: datetime
    hours: int
    """Whole hours since it was raised; up to its closing where it is closed."""
    children: tuple[str, ...]
    """Names, or the reporter's words where no file is known."""
    unit_name: str
    """The nearest unit of its line."""
    state: FlagState
    is_with_police: bool
    is_taken_on: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Open flags first, each list oldest first; closed ones newest first."""

    open: tuple[FlagRow, ...] = ()
    closed: tuple[FlagRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildOf:
    """A child whom a flag is about."""

    id: UUID
    name: str
    doubt: Doubt | None
    """What its file says against the situation."""


@dataclass(frozen=True, slots=True)
class ConcernedLine:
    kind: ConcernedKind
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class StepLine:
    id: UUID
    kind: StepKind
    at: datetime
    by: str
    words: str
    receipt: str
    ground: Ground | None
    is_by_reader: bool


@dataclass(frozen=True, slots=True)
class FlagPage:
    """Everything that one reader may know of one flag."""

    id: UUID
    is_reporter: bool
    is_officer: bool
    situation: Situation
    facts: str
    child_words: str
    children: tuple[ChildOf, ...]
    concerned: tuple[ConcernedLine, ...]
    reporter: str
    """Empty for the reporter himself."""
    unit_name: str
    county_name: str
    raised_at: datetime
    hours: int
    state: FlagState
    has_officer: bool
    steps: tuple[StepLine, ...]
    """Oldest first; the reporter reads his own in words, of others only what kind and when."""
    proposal: StepLine | None
    """Waits for a second officer."""
    may_answer: bool

    @property
    def done(self) -> frozenset[StepKind]:
        return frozenset(step.kind for step in self.steps)


def flags_of(actor: Actor, *, on: date, now: datetime) -> tuple[Rows, Rows]:
    """What the actor has as an officer, and what he himself raised; at most eight statements."""
    officer = list(_newest(as_officer(actor, on=on))) if desks_of(actor) else []
    own = list(_newest(seen_by(actor, on=on).filter(reporter=actor.person_id)))
    has = {flag.pk for flag in officer}
    rows = _rows({flag.pk: flag for flag in [*officer, *own]}, has, actor, now=now)
    return _split([rows[f.pk] for f in officer]), _split([rows[f.pk] for f in own])


def flag_page(actor: Actor, flag_id: UUID, *, on: date, now: datetime) -> FlagPage:
    """One flag for its reporter or an officer; about eight statements.

    The reporter reads what he wrote and in a word what became of it, not what officers wrote.
    Raises ``CriticalFlag.DoesNotExist`` for everybody else, whoever he is.
    """
    flag = seen_by(actor, on=on).select_related("reporter", "county").get(pk=flag_id)
    is_officer = as_officer(actor, on=on).filter(pk=flag_id).exists()
    is_reporter = flag.reporter_id == actor.person_id
    rows = FlagStep.objects.filter(flag=flag).select_related("by").order_by(*_IN_ORDER)
    steps = [_step(row, actor, reads_all=is_officer) for row in rows]
    state = _state([step.kind for step in steps], reads_all=is_officer)
    if not is_officer:
        steps = [step for step in steps if step.is_by_reader or step.kind in TOLD]
    proposal = next((s for s in reversed(steps) if s.kind is StepKind.PROPOSED), None)
    return FlagPage(
        id=flag.pk,
        is_reporter=is_reporter,
        is_officer=is_officer,
        situation=Situation(flag.situation),
        facts=flag.facts,
        child_words=flag.child_words,
        children=_children(flag, reads_all=is_officer),
        concerned=_concerned(flag, actor, reads_all=is_officer),
        reporter="" if is_reporter else flag.reporter.name,
        unit_name=_nearest([flag.pk]).get(flag.pk, ""),
        county_name=flag.county.name,
        raised_at=flag.recorded_at,
        hours=(now - flag.recorded_at) // HOUR,
        state=state,
        has_officer=has_officer(flag.pk, on=on),
        steps=tuple(steps),
        proposal=proposal if is_officer and state is FlagState.CLOSING else None,
        may_answer=is_officer
        and state is FlagState.CLOSING
        and proposal is not None
        and not proposal.is_by_reader,
    )


_IN_ORDER = ("recorded_at", "pk")


def _newest(flags: QuerySet[CriticalFlag]) -> QuerySet[CriticalFlag]:
    return flags.order_by("-recorded_at", "pk")[:MOST]


def _split(rows: Collection[FlagRow]) -> Rows:
    is_open = [row for row in rows if row.state is not FlagState.CLOSED]
    return Rows(
        tuple(sorted(is_open, key=lambda row: row.raised_at)),
        tuple(row for row in rows if row.state is FlagState.CLOSED),
    )


def _rows(
    flags: Mapping[UUID, CriticalFlag], has: Collection[UUID], actor: Actor, *, now: datetime
) -> dict[UUID, FlagRow]:
    """``has`` are those that the actor reads as an officer."""
    if not flags:
        return {}
    names: defaultdict[UUID, list[str]] = defaultdict(list)
    children = FlagChild.objects.filter(flag__in=flags).order_by("recorded_at", "pk")
    for flag_id, name, by in children.values_list("flag", "child__name", "by"):
        if flag_id in has or by == actor.person_id:
            names[flag_id].append(name)
    steps: defaultdict[UUID, list[tuple[StepKind, datetime]]] = defaultdict(list)
    told = FlagStep.objects.filter(flag__in=flags).order_by(*_IN_ORDER)
    for flag_id, kind, at in told.values_list("flag", "kind", "recorded_at"):
        steps[flag_id].append((StepKind(kind), at))
    units = _nearest(flags)
    found = {}
    for flag in flags.values():
        kinds = [kind for kind, _at in steps[flag.pk]]
        ended = next((at for kind, at in steps[flag.pk] if kind is StepKind.CLOSED), now)
        found[flag.pk] = FlagRow(
            id=flag.pk,
            raised_at=flag.recorded_at,
            hours=(ended - flag.recorded_at) // HOUR,
            children=tuple(names[flag.pk]) or (flag.child_words,),
            unit_name=units.get(flag.pk, ""),
            state=_state(kinds, reads_all=flag.pk in has),
            is_with_police=StepKind.POLICE in kinds,
            is_taken_on=StepKind.SEEN in kinds,
            is_own=flag.reporter_id == actor.person_id,
        )
    return found


def _state(kinds: Collection[StepKind], *, reads_all: bool) -> FlagState:
    """The reporter knows open and closed."""
    state = state_of(kinds)
    return state if reads_all or state is FlagState.CLOSED else FlagState.OPEN


def _nearest(flag_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = FlagLine.objects.filter(flag__in=list(flag_ids)).order_by("turn", "-rank")
    return dict(rows.values_list("flag", "unit__name"))


def _children(flag: CriticalFlag, *, reads_all: bool) -> tuple[ChildOf, ...]:
    """The reporter is not told whom an officer found behind his words (no confirmation)."""
    rows = FlagChild.objects.filter(flag=flag).select_related("child", "child__merged_into")
    if not reads_all:
        rows = rows.filter(by=flag.reporter_id)
    children = [row.child.merged_into or row.child for row in rows.order_by("recorded_at", "pk")]
    situation = Situation(flag.situation)
    return tuple(
        ChildOf(
            child.pk,
            child.name,
            doubt_about(situation, born_on=child.born_on, sex=child.sex, on=flag.raised_on)
            if reads_all
            else None,
        )
        for child in children
    )


def _concerned(flag: CriticalFlag, actor: Actor, *, reads_all: bool) -> tuple[ConcernedLine, ...]:
    rows = FlagConcerned.objects.filter(flag=flag).select_related("guardian", "person")
    return tuple(
        ConcernedLine(ConcernedKind(row.kind), _name(row), row.words)
        for row in rows.order_by("recorded_at", "pk")
        if reads_all or row.by_id == actor.person_id
    )


def _name(row: FlagConcerned) -> str:
    if row.guardian is not None:
        return row.guardian.name
    return row.person.name if row.person is not None else ""


def _step(row: FlagStep, actor: Actor, *, reads_all: bool) -> StepLine:
    is_own = row.by_id == actor.person_id
    shows = reads_all or is_own
    by: Person = row.by
    return StepLine(
        id=row.pk,
        kind=StepKind(row.kind),
        at=row.recorded_at,
        by=by.name if shows else "",
        words=row.words if shows else "",
        receipt=row.receipt if shows else "",
        ground=Ground(row.ground) if shows and row.ground else None,
        is_by_reader=is_own,
    )
