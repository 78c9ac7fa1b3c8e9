"""One duty whole: what it is, how it changed, who inherits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.duties.models import Duty, DutyChange
from notoneless.duties.queries.in_tray import below_actor, mine
from notoneless.duties.queries.rows import DutyLine, lines_of, readable
from notoneless.places.models import Unit
from notoneless.rules.duties.kinds import ChangeKind, ChangeWhy, DutyRule, DutyState
from notoneless.rules.roles import Capability, Role


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """How a duty changed."""

    kind: ChangeKind
    why: ChangeWhy
    as_of: date
    old_due_on: date | None
    new_due_on: date | None
    risen_role: str
    risen_unit_name: str


@dataclass(frozen=True, slots=True)
class DutyFile:
    """Everything that a page about one duty shows."""

    line: DutyLine
    changes: tuple[ChangeLine, ...]
    """Oldest first."""
    heir_role: Role | None
    heir_unit_name: str
    """The next level, which also acts while nobody holds the bearer's post."""
    remind_on: date | None
    participants: tuple[tuple[Role, str], ...]
    """Role and unit of those who must take part besides the bearer."""


def duty_file(actor: Actor, duty_id: UUID, *, today: date) -> DutyFile:
    """One duty of the actor's own, of a unit below him, or about a child whose contacts he sees.

    Some eight statements. Raises ``Duty.DoesNotExist`` for any other.
    """
    row = _seen(actor, duty_id, on=today)
    (line,) = lines_of([row], actor, today=today)
    changes = list(DutyChange.objects.filter(duty=row).order_by("recorded_at", "pk"))
    named = {change.risen_unit_id for change in changes if change.risen_unit_id}
    others = [(Role(role), UUID(unit)) for role, unit in row.participants]
    named |= {unit for _, unit in others}
    names = dict(Unit.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
    return DutyFile(
        line=line,
        changes=tuple(_change(change, names) for change in changes),
        heir_role=Role(row.heir_role) if row.heir_role else None,
        heir_unit_name=row.heir_unit.name if row.heir_unit else "",
        remind_on=row.remind_on,
        participants=tuple((role, names.get(unit, "")) for role, unit in others),
    )


def duty_key(actor: Actor, duty_id: UUID, *, today: date) -> tuple[DutyRule, UUID, str]:
    """Rule, subject and occurrence of a duty that ``duty_file`` would show.

    Raises ``Duty.DoesNotExist`` for any other.
    """
    row = _seen(actor, duty_id, on=today)
    return DutyRule(row.rule), row.subject_id, row.occurrence


def changes_of(actor: Actor, duty_id: UUID, *, today: date) -> tuple[ChangeLine, ...]:
    """How a duty was re-dated and raised, oldest first. Raises ``Duty.DoesNotExist``."""
    return duty_file(actor, duty_id, today=today).changes


def _seen(actor: Actor, duty_id: UUID, *, on: date) -> Duty:
    of_county = Duty.objects.filter(county=actor.county_id, pk=duty_id)
    reach = mine(actor, on=on, states=tuple(DutyState)) | below_actor(actor, on=on)
    row = readable(of_county.filter(pk__in=reach.filter(pk=duty_id).values("pk"))).first()
    if row is not None:
        return row
    row = readable(of_county).get()
    child_id = row.matter.child_id
    children = Child.objects.seen_by(actor, on=on, to=Capability.SEE_CONTACTS)
    if child_id is None or not children.filter(pk=child_id).exists():
        raise Duty.DoesNotExist
    return row


def _change(change: DutyChange, names: dict[UUID, str]) -> ChangeLine:
    return ChangeLine(
        ChangeKind(change.kind),
        ChangeWhy(change.why),
        change.as_of,
        change.old_due_on,
        change.new_due_on,
        change.risen_role,
        names.get(change.risen_unit_id, "") if change.risen_unit_id else "",
    )
