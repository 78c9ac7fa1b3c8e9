"""Have a school's rewards, charges and vetoes of a period computed, and see the lines again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.consequences.models import Settlement
from notoneless.consequences.queries.settlements import SettlementRow, frozen_of
from notoneless.consequences.services.settlements import (
    NewSettlement,
    carry_statements,
    write_settlement,
)
from notoneless.flows.consequences.gathering import gather
from notoneless.flows.consequences.periods import Part, parts_of
from notoneless.flows.consequences.refusals import AlreadyConfirmed, NotYetBegun
from notoneless.flows.overview.units import UnitSeen, unit_seen
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.places.queries.units import Place
from notoneless.policy.queries.inforce import kept_policy, policy_for
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.consequences import wire
from notoneless.rules.consequences.lines import Line
from notoneless.rules.consequences.proposal import differences, lines_of
from notoneless.rules.consequences.wire import Frozen
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a period comes to as of today; nothing of it is written."""

    policy: ResolvedPolicy
    frozen: Frozen
    lines: tuple[Line, ...]


def drawn_from(frozen: Frozen, policy: ResolvedPolicy) -> tuple[Line, ...]:
    """Every line that follows from frozen outcomes under a policy, in their order."""
    return tuple(
        line
        for outcome in frozen.outcomes
        for line in lines_of(outcome, policy, frozen.holders_of(outcome.unit))
    )


def proposal(actor: Actor, school_id: UUID, period: Period, *, today: date) -> Proposal:
    """Compute without writing anything; the door is the caller's."""
    policy = policy_for(school_id, on=period.up_to(today).until)
    frozen = gather(actor.county_id, school_id, period, policy, today=today)
    return Proposal(policy, frozen, drawn_from(frozen, policy))


def school_seen(actor: Actor, school_id: UUID, to: Capability, *, on: date) -> UnitSeen:
    """A school in the actor's reach; one statement. Raises ``Unit.DoesNotExist``."""
    unit = unit_seen(actor, school_id, on=on, to=to)
    if unit.kind not in SCHOOLS:
        raise Unit.DoesNotExist
    return unit


def part_of(actor: Actor, unit: UnitSeen, school_year: int, term: int, *, today: date) -> Part:
    """One period of a school. Raises ``Unit.DoesNotExist`` where its policy has no such period."""
    policies = {unit.id: policy_for(unit.id, on=today)}
    place = Place(unit.id, unit.kind, unit.name, unit.path)
    parts = parts_of([place], policies, school_year, county_id=actor.county_id, today=today)
    for part in parts[unit.id]:
        if part.term == term:
            return part
    raise Unit.DoesNotExist


@transaction.atomic
def compute(
    actor: Actor, school_id: UUID, school_year: int, term: int, *, today: date, now: datetime
) -> UUID:
    """Compute a school's period and put it before the approver; answers the settlement.

    With the same result as the one that stands, that one stays: computing twice is once. Otherwise
    it takes the older one's place, with the exceptions that were filed there. Raises
    ``Unit.DoesNotExist`` (out of reach, or no such period), ``NotYetBegun``, ``AlreadyConfirmed``.
    """
    unit = school_seen(actor, school_id, Capability.SETTLE, on=today)
    part = part_of(actor, unit, school_year, term, today=today)
    if part.period.from_on > today:
        raise NotYetBegun(on=part.period.from_on)
    take_turns(school_id)
    older = standing_for(school_id, part)
    if older is not None and hasattr(older, "confirmation"):
        raise AlreadyConfirmed()
    made = proposal(actor, school_id, part.period, today=today)
    counted_until = part.period.up_to(today).until
    kept = wire.frozen_out(made.frozen)
    digest = keep_policy(made.policy, now=now)
    if older is not None and _says_same(older, kept, digest, counted_until):
        return older.pk
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=school_id)
    new = NewSettlement(
        unit_id=school_id,
        school_year=school_year,
        term=term,
        since=part.period.from_on,
        until=part.period.until,
        counted_until=counted_until,
        policy=digest,
        frozen=kept,
        lines=made.lines,
        legal_bases={key: rule.legal_basis for key, rule in made.policy.rules.items()},
    )
    row = write_settlement(new, on=today, stamp=stamp)
    if older is not None:
        carry_statements(older, row, on=today, stamp=stamp)
    return row.pk


def take_turns(school_id: UUID) -> None:
    """Lock a school before anything of its settlements and honours is written or read for writing.

    The one lock of them all, so that nobody waits for somebody who waits for him; what was
    confirmed meanwhile is seen by whoever comes next. Rolls of the school do not wait for it.
    """
    Unit.objects.select_for_update(no_key=True).only("pk").get(pk=school_id)


def standing_for(school_id: UUID, part: Part) -> Settlement | None:
    """The settlement that stands for a period; ``None`` when nobody has computed it."""
    rows = Settlement.objects.select_related("confirmation").filter(
        unit=school_id, school_year=part.school_year, term=part.term, superseded_at=None
    )
    return rows.first()


def since_then(
    actor: Actor, row: SettlementRow, *, today: date
) -> tuple[tuple[Line | None, Line | None], ...]:
    """What later facts would change about a settlement, the older line first; the settlement stays.

    Its own policy is applied to today's knowledge of the same days.
    """
    policy = kept_policy(row.policy)
    then = frozen_of(row.id)
    period = Period(row.since, row.counted_until)
    now = gather(actor.county_id, row.unit_id, period, policy, today=today)
    return differences(drawn_from(then, policy), drawn_from(now, policy))


def _says_same(
    older: Settlement, frozen: dict[str, object], digest: str, counted_until: date
) -> bool:
    said = (older.frozen, older.policy, older.counted_until)
    return said == (frozen, digest, counted_until)
