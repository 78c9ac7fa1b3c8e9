"""Adopt a pack, try it first, give it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Unit, UnitPlace
from notoneless.policy.models import Adoption, AdoptionEnd, PackVersion, RuleValue
from notoneless.policy.queries.clashes import refuse_clashes
from notoneless.policy.queries.packs import NATIONAL_SYSTEM, floors_on, parse_packs
from notoneless.policy.queries.stack import RANKS, end_of
from notoneless.policy.refusals import (
    AlreadyAdopted,
    AlreadyEnded,
    BelowFloor,
    Bilingual,
    CannotAdopt,
    NationalHolds,
    OutsidePackPeriod,
    ValueMisfit,
    rule_names,
)
from notoneless.policy.services.closed import refuse_closed
from notoneless.policy.services.marks import begin_change
from notoneless.policy.services.packs import journal_pack
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, own_faults
from notoneless.rules.policy.floors import breaches
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.wire import to_wire
from notoneless.rules.units import UnitKind, home_line


@dataclass(frozen=True, slots=True)
class NewAdoption:
    """What somebody fills in to adopt a pack."""

    unit_id: UUID
    pack_id: str
    from_on: date
    to_on: date | None = None
    """Exclusive; ``None``: until it is replaced or given up."""
    values: Mapping[str, OwnValue] = field(default_factory=lambda: MappingProxyType({}))
    """For rules that the pack leaves blank, or in place of its own."""
    without: frozenset[str] = frozenset()
    """Rules of the pack left to another one at this place."""
    reason: str = ""
    id: UUID = field(default_factory=uuid7)
    """Made with the form, so that sending it twice adopts once."""


@transaction.atomic
def adopt(new: NewAdoption, *, today: date, stamp: Stamp) -> Adoption:
    """Let a place follow a pack from a day on (R-302).

    It ends an earlier adoption of the same system at the place on that day. Rules whose value
    is still to be entered stay off until it is (R-304). Sending the same ``new`` twice is the
    same as once.

    Raises ``CannotAdopt``, ``NationalHolds``, ``OutsidePackPeriod``, ``ClosedPeriod``,
    ``ReasonNeeded``, ``AlreadyAdopted``, ``ValueMisfit``, ``SameRuleTwice``, ``BelowFloor``;
    ``Unit.DoesNotExist`` and ``PackVersion.DoesNotExist`` for another county's.
    """
    begin_change(stamp.county_id)
    if standing := Adoption.objects.filter(pk=new.id, county=stamp.county_id).first():
        return standing
    layer, row = draft_layer(new, stamp=stamp)
    refuse_closed(new.from_on, reason=new.reason, today=today, stamp=stamp)
    adoption = Adoption(
        id=new.id,
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        line=layer.line,
        pack=row,
        from_on=new.from_on,
        to_on=new.to_on,
        without=sorted(new.without),
        reason=new.reason,
        adopted_by_id=stamp.by,
        adopted_at=stamp.now,
    )
    adoption.save()
    journal_pack(row, stamp=stamp)
    record(
        "policy.adopted",
        adoption,
        subject=("unit", new.unit_id),
        happened_on=new.from_on,
        stamp=stamp,
    )
    for key, own in sorted(new.values.items()):
        store_value(adoption, key, own, from_on=new.from_on, reason="", stamp=stamp)
    return adoption


def draft_layer(new: NewAdoption, *, stamp: Stamp) -> tuple[Layer, PackVersion]:
    """The layer that an adoption would lay, checked against everything but the calendar.

    Writes nothing. Raises as ``adopt``, except for closed periods.
    """
    unit = Unit.objects.get(pk=new.unit_id, county=stamp.county_id)
    if UnitKind(unit.kind) not in RANKS:
        raise CannotAdopt(unit=unit.name)
    rows = PackVersion.objects.filter(county=None) | PackVersion.objects.filter(
        county=stamp.county_id
    )
    row = rows.get(pack_id=new.pack_id)
    pack = parse_packs([row.pk])[row.pk]
    if pack.system == NATIONAL_SYSTEM:
        raise NationalHolds()
    if not pack.holds_on(new.from_on):
        raise OutsidePackPeriod(pack=_title(pack), day=pack.effective_from.isoformat())
    line = _line_of(unit)
    refuse_misfits(pack, new.values)
    layer = Layer(
        place=str(unit.pk),
        rank=RANKS[UnitKind(unit.kind)],
        line=line,
        pack=pack,
        from_on=new.from_on,
        to_on=new.to_on,
        own=new.values,
        without=new.without,
    )
    _refuse_same_day(layer, unit_id=unit.pk)
    refuse_clashes(layer, unit_id=unit.pk)
    refuse_below_floor(layer)
    return layer, row


@transaction.atomic
def end_adoption(
    adoption_id: UUID, *, on: date, reason: str, today: date, stamp: Stamp
) -> AdoptionEnd:
    """Give a pack up: ``on`` is the first day without it; its own first day cancels it whole.

    Raises ``AlreadyEnded``, ``ClosedPeriod``, ``ReasonNeeded``, ``Adoption.DoesNotExist``.
    """
    begin_change(stamp.county_id)
    adoption = Adoption.objects.select_related("ending").get(pk=adoption_id, county=stamp.county_id)
    end = end_of(adoption)
    if hasattr(adoption, "ending") or (end is not None and end <= max(on, adoption.from_on)):
        raise AlreadyEnded(day=end.isoformat() if end else "")
    on = max(on, adoption.from_on)
    refuse_closed(on, reason=reason, today=today, stamp=stamp)
    ending = AdoptionEnd(
        adoption=adoption, to_on=on, reason=reason, ended_by_id=stamp.by, ended_at=stamp.now
    )
    ending.save()
    record("policy.ended", ending, subject=("unit", adoption.unit_id), happened_on=on, stamp=stamp)
    return ending


def store_value(
    adoption: Adoption,
    key: str,
    own: OwnValue | None,
    *,
    from_on: date,
    reason: str,
    stamp: Stamp,
) -> RuleValue:
    """Write and journal one own value; the checks are the caller's."""
    earlier = RuleValue.objects.filter(adoption=adoption, key=key, from_on=from_on).count()
    row = unsaved_value(adoption, key, own)
    row.from_on, row.number, row.reason = from_on, earlier + 1, reason
    row.set_by_id, row.set_at = stamp.by, stamp.now
    row.save()
    record(
        "policy.value_set",
        row,
        subject=("unit", adoption.unit_id),
        happened_on=from_on,
        stamp=stamp,
    )
    return row


def unsaved_value(adoption: Adoption, key: str, own: OwnValue | None) -> RuleValue:
    """An own value as its row would hold it, without day, number and author."""
    if own is None:
        return RuleValue(adoption=adoption, key=key, value=None)
    return RuleValue(
        adoption=adoption,
        key=key,
        value=to_wire(own.value),
        unit=own.unit,
        operator=own.operator or "",
        source=own.source,
    )


def refuse_misfits(pack: Pack, values: Mapping[str, OwnValue]) -> None:
    """Raise ``ValueMisfit`` naming the rules whose own value does not fit."""
    if faults := own_faults(pack, values, named=pack.id):
        raise ValueMisfit(rules=rule_names({fault.key for fault in faults}, pack))


def refuse_below_floor(layer: Layer) -> None:
    """Raise ``BelowFloor`` for the first rule of a layer that is laxer than the law."""
    broken = breaches(layer.rules().values(), floors_on(layer.starts_on))
    if broken:
        floor = broken[0].floor
        raise BelowFloor(
            rule=rule_names([broken[0].key], layer.pack),
            article=floor.article,
            floor=Bilingual(floor.text_zh, floor.text_en),
        )


def _line_of(unit: Unit) -> Line:
    """The line in which a place's own rules count; its home line where it stands there."""
    lines = set(UnitPlace.objects.filter(unit=unit).values_list("line", flat=True))
    home = home_line(UnitKind(unit.kind))
    return home if home in lines or not lines else Line(min(lines))


def _refuse_same_day(layer: Layer, *, unit_id: UUID) -> None:
    rows = Adoption.objects.filter(
        unit=unit_id, line=layer.line, pack__system=layer.pack.system, from_on=layer.from_on
    ).select_related("ending")
    for row in rows:
        end = end_of(row)
        if end is None or end > row.from_on:
            raise AlreadyAdopted(day=layer.from_on.isoformat(), pack=_title(layer.pack))


def _title(pack: Pack) -> Bilingual:
    return Bilingual(f"《{pack.title_zh}》", pack.title_en)
