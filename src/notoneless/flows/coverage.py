"""Leading groups, departments' duties and who covers whom, as far as the actor may set them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import day_of, must_at, must_see
from notoneless.flows.groups import composition_at
from notoneless.journal.services import Stamp
from notoneless.places.queries import home_path, paths_of
from notoneless.places.queries.duties import duty_department
from notoneless.places.queries.groups import check_places
from notoneless.places.queries.units import Place, unit_facts
from notoneless.places.services import coverage, duties, groups
from notoneless.places.services.coverage import CoverageWanted
from notoneless.places.services.duties import DutyWanted
from notoneless.places.services.groups import GroupWanted
from notoneless.rules.groups import Composition, GroupKind, Missing
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind


@transaction.atomic
def save_group(
    unit_id: UUID,
    wanted: GroupWanted,
    *,
    on: date,
    actor: Actor,
    stamp: Stamp,
    rules: Mapping[UnitKind, Composition] | None = None,
) -> tuple[Missing, ...]:
    """Save a unit's leading group and answer what it lacks under ``rules`` (R-002, R-003).

    ``rules`` take the place of the policy in force there, and that of the compositions as
    shipped. An incomplete group is saved all the same. Raises ``StaleVersion``, ``TwoHeads``,
    ``NotAllowed``; ``DoesNotExist`` out of reach.
    """
    must_at(actor, Capability.MANAGE_COVERAGE, unit_id, on=day_of(stamp))
    groups.save_group(unit_id, wanted, on=on, stamp=stamp)
    return missing_in_group(unit_id, wanted.kind, on=on, rules=rules)


def missing_in_group(
    unit_id: UUID,
    kind: GroupKind,
    *,
    on: date,
    rules: Mapping[UnitKind, Composition] | None = None,
) -> tuple[Missing, ...]:
    """What the unit's group lacks on ``on``; nothing where no rule asks for anybody.

    ``rules`` as of ``save_group``: an empty one asks for nothing.
    """
    unit = unit_facts(unit_id)
    wanted = (
        rules.get(unit.kind) if rules is not None else composition_at(unit_id, unit.kind, on=on)
    )
    if not wanted:
        return ()
    place = Place(unit.id, unit.kind, unit.name, home_path(unit_id, on=on))
    return check_places([place], {unit_id: wanted}, on=on, kind=kind)[0].missing


def cover(
    wanted: CoverageWanted,
    *,
    person_id: UUID | None,
    on: date,
    actor: Actor,
    stamp: Stamp,
) -> None:
    """Say who covers a village, a group or a school at a government level; ``None`` ends it.

    A town's leader may be named for a school by whoever manages coverage at its township.
    Raises ``LevelNotHere``, ``NotAllowed``; ``DoesNotExist`` out of reach.
    """
    must_see(actor, wanted.unit_id, on=day_of(stamp))
    actor.must(Capability.MANAGE_COVERAGE, at=paths_of(wanted.unit_id, on=day_of(stamp)))
    coverage.cover(wanted, person_id=person_id, on=on, stamp=stamp)


def give_duty(
    department_id: UUID, wanted: DutyWanted, *, on: date, actor: Actor, stamp: Stamp
) -> UUID:
    """Enter a department's duty (R-005). Raises ``DutyThere``, ``NotAllowed``."""
    must_at(actor, Capability.MANAGE_COVERAGE, department_id, on=day_of(stamp))
    return duties.give_duty(department_id, wanted, on=on, stamp=stamp).pk


def report_duty(
    duty_id: UUID, *, period: str, note: str, actor: Actor, today: date, stamp: Stamp
) -> None:
    """A department reports about its own duty, or the office that keeps the list does.

    Raises ``NotAllowed``; ``DoesNotExist`` out of reach.
    """
    department = duty_department(duty_id)
    must_see(actor, department, on=today)
    if all(held.unit_id != department for held in actor.holdings):
        must_at(actor, Capability.MANAGE_COVERAGE, department, on=today)
    duties.report_duty(duty_id, period=period, note=note, today=today, stamp=stamp)
