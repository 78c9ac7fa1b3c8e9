"""Policy as people use it: read what holds here, try a pack, adopt it, release sanctions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.access.reach import must_at, must_see
from notoneless.journal.services import Stamp
from notoneless.places.queries import Place, chain_above, home_path, units_below
from notoneless.places.queries.calendar import calendar_for
from notoneless.policy.queries import adoptions as history
from notoneless.policy.queries.adoptions import AdoptionLine, ReleaseLine, ValueLine
from notoneless.policy.queries.inforce import (
    kept_policy,
    places_named_in,
    policy_for,
    unit_names,
)
from notoneless.policy.queries.packs import PackLine, floors_on, pack_by_id, packs_of
from notoneless.policy.queries.preview import Difference, differences_with
from notoneless.policy.queries.stack import EVERYWHERE, RANKS
from notoneless.policy.services.adoptions import NewAdoption, adopt, draft_layer, end_adoption
from notoneless.policy.services.closed import refuse_closed
from notoneless.policy.services.kept import keep_policy
from notoneless.policy.services.releases import (
    NewRelease,
    decide_release,
    propose_release,
    withdraw_release,
)
from notoneless.policy.services.values import NewValue, set_value
from notoneless.rules.calendar import NoSuchDay
from notoneless.rules.clocks import Due, due_on
from notoneless.rules.paths import Line, ancestors
from notoneless.rules.policy.adoption import Layer
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.pack import Floor, Pack
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind

_INSIDE_SCHOOLS = {UnitKind.GRADE: -2, UnitKind.CLASS: -3}
"""Which of its ancestors, counted from itself, is the school."""


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """A place whose rules somebody may read."""

    id: UUID
    name: str
    kind: UnitKind
    may_manage: bool
    """Whether the reader may adopt packs and set values for it."""
    may_release: bool


@dataclass(frozen=True, slots=True)
class RulesHere:
    """The rules of a place on a day, or those kept under a hash."""

    policy: ResolvedPolicy
    digest: str
    names: Mapping[str, str]
    """Of the places whose adoptions speak in it, by id."""
    floors: Mapping[str, Floor]
    packs: Mapping[str, Pack]
    """Those of the county, by id, for their titles."""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What adopting a pack would change, before anybody adopts it."""

    differences: list[Difference]
    names: Mapping[str, str]
    blanks: tuple[str, ...]
    """Rules that would stay off because their value is still to be entered."""
    pack: Pack


def places_in_sight(actor: Actor, *, on: date) -> list[PolicyPlace]:
    """Places whose rules the actor may read: his own units, and those below that can adopt.

    A class or grade stands under its school's name. Raises ``NotAllowed``.
    """
    actor.must(Capability.SEE_POLICY)
    held = [h for h in actor.holdings if Capability.SEE_POLICY in h.capabilities]
    own = {h.unit_id for h in held}
    # Without the classes of a whole county, unless the actor holds a post at one.
    kinds = {*RANKS, *(h.unit_kind for h in held)}
    seen: dict[UUID, PolicyPlace] = {}
    schools: set[str] = set()
    for place in units_below(actor.reach(Capability.SEE_POLICY), on=on, kinds=kinds):
        if place.kind in _INSIDE_SCHOOLS:
            # All classes of a school follow its rules: the school is named once.
            if place.id not in own or any(place.path.startswith(path) for path in schools):
                continue
            schools.add(ancestors(place.path)[_INSIDE_SCHOOLS[place.kind]])
        elif place.kind in SCHOOLS:
            schools.add(place.path)
        elif place.id not in own and place.kind not in RANKS:
            continue
        # A school stands in two lines: show it once, where it was met first.
        if place.id not in seen:
            seen[place.id] = _place(actor, place, on=on)
    return list(seen.values())


def rules_in_force(actor: Actor, unit_id: UUID, *, on: date, now: datetime) -> RulesHere:
    """The rules of a unit on the day ``on``, kept under their hash for a lasting link.

    Raises ``NotAllowed``; ``Unit.DoesNotExist`` out of the actor's reach.
    """
    actor.must(Capability.SEE_POLICY)
    must_see(actor, unit_id, on=on)
    policy = policy_for(unit_id, on=on)
    return RulesHere(
        policy=policy,
        digest=keep_policy(policy, now=now),
        names=_names(actor, policy),
        floors=floors_on(on),
        packs=_packs(actor),
        on=on,
    )


def rules_kept(actor: Actor, digest: str, *, today: date) -> RulesHere:
    """The rules that were kept under a hash.

    Raises ``NotAllowed``; ``DoesNotExist`` for an unknown hash and for another county's.
    """
    actor.must(Capability.SEE_POLICY)
    policy = kept_policy(digest)
    return RulesHere(policy, digest, _names(actor, policy), floors_on(today), _packs(actor))


def readable_packs(actor: Actor) -> list[PackLine]:
    """Every pack that the actor's county may read or adopt."""
    actor.must(Capability.SEE_POLICY)
    return packs_of(actor.county_id)


def readable_pack(actor: Actor, pack_id: str) -> Pack:
    """One pack. Raises ``NotAllowed``, ``PackVersion.DoesNotExist``."""
    actor.must(Capability.SEE_POLICY)
    return pack_by_id(pack_id, county_id=actor.county_id)


def try_pack(actor: Actor, new: NewAdoption, *, today: date, now: datetime) -> Trial:
    """What adopting would change, rule by rule. Refuses what ``adopt_pack`` would refuse."""
    must_at(actor, Capability.MANAGE_POLICY, new.unit_id, on=today)
    stamp = _stamp(actor, now)
    layer, _ = draft_layer(new, stamp=stamp)
    refuse_closed(new.from_on, reason=new.reason, today=today, stamp=stamp)
    changes = differences_with(layer, unit_id=new.unit_id, on=layer.starts_on)
    origins = {
        UUID(side.origin.place)
        for change in changes
        for side in (change.before, change.after)
        if side and side.origin.place not in EVERYWHERE
    }
    return Trial(
        differences=changes,
        names=unit_names(origins, county_id=actor.county_id),
        blanks=tuple(key for key, rule in layer.rules().items() if rule.to_be_entered),
        pack=layer.pack,
    )


def adopt_pack(actor: Actor, new: NewAdoption, *, today: date, now: datetime) -> UUID:
    """Adopt a pack for a unit that the actor manages; see ``policy.services.adoptions.adopt``."""
    must_at(actor, Capability.MANAGE_POLICY, new.unit_id, on=today)
    return adopt(new, today=today, stamp=_stamp(actor, now)).pk


def adoptions_of(actor: Actor, unit_id: UUID, *, today: date) -> list[AdoptionLine]:
    """A unit's adoptions, the latest first."""
    actor.must(Capability.SEE_POLICY)
    must_see(actor, unit_id, on=today)
    return history.adoptions_at(unit_id, county_id=actor.county_id, on=today)


def adoption_of(
    actor: Actor, adoption_id: UUID, *, today: date
) -> tuple[AdoptionLine, list[ValueLine]]:
    """One adoption as it stands today (or will on its first day), and its settings of values."""
    actor.must(Capability.SEE_POLICY)
    line = history.adoption_by_id(adoption_id, county_id=actor.county_id, on=today)
    if line.from_on > today:
        line = history.adoption_by_id(adoption_id, county_id=actor.county_id, on=line.from_on)
    must_see(actor, line.unit_id, on=today)
    return line, history.values_of(adoption_id, county_id=actor.county_id)


def layer_of(line: AdoptionLine) -> Layer:
    """An adoption with its own values as a layer; its rules are what the place adopted."""
    return history.layer_of(line)


def must_manage_somewhere(actor: Actor) -> None:
    """Raise ``NotAllowed`` for somebody who manages no place's policy."""
    actor.must(Capability.MANAGE_POLICY)


def end_pack(
    actor: Actor, adoption_id: UUID, *, on: date, reason: str, today: date, now: datetime
) -> None:
    """Give up a pack that the actor's unit adopted; ``on`` is the first day without it."""
    _must_manage(actor, adoption_id, today=today)
    end_adoption(adoption_id, on=on, reason=reason, today=today, stamp=_stamp(actor, now))


def enter_value(actor: Actor, new: NewValue, *, today: date, now: datetime) -> None:
    """Enter or change a unit's own value; see ``policy.services.values.set_value``."""
    _must_manage(actor, new.adoption_id, today=today)
    set_value(new, today=today, stamp=_stamp(actor, now))


def releases_in_sight(actor: Actor, *, today: date) -> list[ReleaseLine]:
    """Releases of the county that count somewhere in the actor's reach or above it."""
    actor.must(Capability.SEE_POLICY)
    near = {place.id for place in units_below(actor.reach(Capability.SEE_POLICY), on=today)}
    for holding in actor.holdings:
        for line in Line:
            near |= {place.id for place in chain_above(holding.unit_id, line, on=today)}
    return history.releases_in(actor.county_id, units=near)


def propose(actor: Actor, new: NewRelease, *, today: date, now: datetime) -> UUID:
    """Propose that a money or sanction rule be applied at a unit and below (R-308)."""
    must_see(actor, new.unit_id, on=today)
    if not _may_propose(actor, new.unit_id, on=today):
        raise NotAllowed(capability=Capability.MANAGE_POLICY.value)
    return propose_release(new, today=today, stamp=_stamp(actor, now)).pk


def decide(
    actor: Actor, release_id: UUID, *, is_granted: bool, reason: str, today: date, now: datetime
) -> None:
    """The second person's word on a proposed release."""
    _must_release(actor, release_id, today=today)
    decide_release(
        release_id, is_granted=is_granted, reason=reason, today=today, stamp=_stamp(actor, now)
    )


def withdraw(
    actor: Actor, release_id: UUID, *, on: date, reason: str, today: date, now: datetime
) -> None:
    """Switch a released rule off again from ``on``."""
    _must_release(actor, release_id, today=today)
    withdraw_release(release_id, on=on, reason=reason, today=today, stamp=_stamp(actor, now))


def effect_of_units(
    unit_id: UUID, *, within: int, started: date, today: date
) -> dict[DurationUnit, Due]:
    """When a clock that begins on ``started`` ends, counted in each kind of day (R-306).

    A kind of day that the calendar cannot tell yet is left out.
    """
    calendar = calendar_for(unit_id, on=today)
    found = {}
    for unit in DurationUnit:
        try:
            found[unit] = due_on(started=started, within=within, counted_in=unit, calendar=calendar)
        except (NoSuchDay, OverflowError):
            continue
    return found


def _place(actor: Actor, place: Place, *, on: date) -> PolicyPlace:
    name = place.name
    if place.kind in _INSIDE_SCHOOLS:
        above = chain_above(place.id, Line.EDUCATION, on=on)
        name = next((p.name for p in reversed(above) if p.kind in RANKS), name)
    return PolicyPlace(
        id=place.id,
        name=name,
        kind=place.kind,
        may_manage=place.kind in RANKS and actor.may(Capability.MANAGE_POLICY, at=place.path),
        may_release=place.kind in RANKS and actor.may(Capability.RELEASE_SANCTIONS, at=place.path),
    )


def _names(actor: Actor, policy: ResolvedPolicy) -> dict[str, str]:
    return unit_names(places_named_in(policy), county_id=actor.county_id)


def _packs(actor: Actor) -> dict[str, Pack]:
    return {line.pack.id: line.pack for line in packs_of(actor.county_id)}


def _stamp(actor: Actor, now: datetime) -> Stamp:
    return Stamp(county_id=actor.county_id, by=actor.person_id, now=now)


def _must_manage(actor: Actor, adoption_id: UUID, *, today: date) -> None:
    line = history.adoption_by_id(adoption_id, county_id=actor.county_id, on=today)
    must_at(actor, Capability.MANAGE_POLICY, line.unit_id, on=today)


def _must_release(actor: Actor, release_id: UUID, *, today: date) -> None:
    line = history.release_by_id(release_id, county_id=actor.county_id)
    must_at(actor, Capability.RELEASE_SANCTIONS, line.unit_id, on=today)


def _may_propose(actor: Actor, unit_id: UUID, *, on: date) -> bool:
    path = home_path(unit_id, on=on)
    return any(
        actor.may(capability, at=path)
        for capability in (Capability.MANAGE_POLICY, Capability.RELEASE_SANCTIONS)
    )
