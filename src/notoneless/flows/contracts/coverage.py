"""How far a year's contracts have come: wanted, drawn up, signed, by kind (R-175)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.queries.classes import registered_now
from notoneless.children.queries.units import ClassName
from notoneless.contracts.queries.listing import Counts, counts_by_kind, unit_words
from notoneless.flows.contracts.asking import Ground, ground_of, kinds_at, teachers_of
from notoneless.rules.contracts.kinds import KINDS, About, ContractKind
from notoneless.rules.paths import Line
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind

NO_COUNTS = Counts(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of contract as it stands in a year."""

    kind: ContractKind
    source: str
    """Where the policy asks for it; empty where none of the places does."""
    expected: int
    """How many the policies ask for today, in reach; families also where one was drawn up."""
    counts: Counts

    @property
    def undrawn(self) -> int:
        """How many are wanted and not drawn up; families of a class without a guardian too."""
        return max(self.expected - self.counts.drawn, 0)


@dataclass(frozen=True, slots=True)
class Office:
    """A unit for which the actor can draw up, and which kinds."""

    unit_id: UUID
    name: str
    class_name: ClassName | None
    kinds: tuple[ContractKind, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    lines: tuple[KindLine, ...]
    offices: tuple[Office, ...]


def coverage(actor: Actor, school_year: int, *, today: date) -> Coverage:
    """Every kind that a policy wants or somebody has drawn up; some eight statements."""
    ground = ground_of(actor, today=today)
    counts = counts_by_kind(actor, school_year, today=today)
    lines = [
        KindLine(
            kind,
            ground.asking[kind][0].source if kind in ground.asking else "",
            _expected(ground, kind, today=today),
            counts.get(kind, NO_COUNTS),
        )
        for kind in ContractKind
        if kind in ground.asking or kind in counts
    ]
    return Coverage(tuple(lines), _offices(actor, ground))


def offices_of(actor: Actor, *, today: date) -> tuple[Office, ...]:
    """The units at which the actor himself keeps contracts; three statements."""
    return _offices(actor, ground_of(actor, today=today))


def _expected(ground: Ground, kind: ContractKind, *, today: date) -> int:
    places = [each.place for each in ground.asking.get(kind, ())]
    about = KINDS[kind].about
    if about is About.CHILD:
        # Once families sign, a pupil left out is seen, whatever the policy asks for.
        places = places or [place for place in ground.places if place.kind is UnitKind.CLASS]
        return registered_now([place.unit.pk for place in places]).count()
    if about is About.TEACHER:
        return sum(map(len, teachers_of(ground, places, today=today).values()))
    return sum(len(ground.bound_by(kind, place)) for place in places)


def _offices(actor: Actor, ground: Ground) -> tuple[Office, ...]:
    own = {h.path for h in actor.holdings if Capability.KEEP_CONTRACTS in h.capabilities}
    kinds: dict[UUID, dict[ContractKind, None]] = {}
    units = {}
    for place in ground.places:
        if place.path not in own:
            continue
        units[place.unit.pk] = unit_words(place.unit)
        found = kinds.setdefault(place.unit.pk, {})
        found.update(dict.fromkeys(kinds_at(place)))
        if place.kind in SCHOOLS and place.line is Line.EDUCATION:
            found[ContractKind.GUARDIAN] = None
    return tuple(
        Office(unit, units[unit].name, units[unit].class_name, tuple(those))
        for unit, those in kinds.items()
        if those
    )
