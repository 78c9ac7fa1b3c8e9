"""Set a place's own value for a rule: one that its pack leaves blank, or another figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp
from notoneless.policy.models import Adoption, RuleValue
from notoneless.policy.queries.clashes import refuse_clashes
from notoneless.policy.queries.stack import end_of, layers_of
from notoneless.policy.refusals import AlreadyEnded, NotARuleHere
from notoneless.policy.services.adoptions import (
    refuse_below_floor,
    refuse_misfits,
    store_value,
    unsaved_value,
)
from notoneless.policy.services.closed import refuse_closed
from notoneless.policy.services.marks import begin_change
from notoneless.rules.policy.adoption import Layer, OwnValue


@dataclass(frozen=True, slots=True)
class NewValue:
    """One rule's own value from a day on; ``own`` of ``None`` takes the own value back."""

    adoption_id: UUID
    key: str
    own: OwnValue | None
    from_on: date
    reason: str = ""


@transaction.atomic
def set_value(new: NewValue, *, today: date, stamp: Stamp) -> RuleValue:
    """Put in a value from a day on; days before keep the value they had (R-302, R-303, R-304).

    Setting the very same again changes nothing. Raises ``NotARuleHere``, ``ValueMisfit``,
    ``BelowFloor``, ``SameRuleTwice``, ``ClosedPeriod``, ``ReasonNeeded``, ``AlreadyEnded``,
    ``Adoption.DoesNotExist``.
    """
    begin_change(stamp.county_id)
    adoption = Adoption.objects.select_related("ending").get(
        pk=new.adoption_id, county=stamp.county_id
    )
    from_on = max(new.from_on, adoption.from_on)
    end = end_of(adoption)
    if end is not None and end <= from_on:
        raise AlreadyEnded(day=end.isoformat())
    if standing := _the_same(adoption, new, from_on=from_on):
        return standing
    [layer] = layers_of(Adoption.objects.filter(pk=adoption.pk), on=from_on)
    refuse_unlawful(layer, new, unit_id=adoption.unit_id, from_on=from_on)
    refuse_closed(from_on, reason=new.reason, today=today, stamp=stamp)
    return store_value(adoption, new.key, new.own, from_on=from_on, reason=new.reason, stamp=stamp)


def refuse_unlawful(layer: Layer, new: NewValue, *, unit_id: UUID, from_on: date) -> None:
    """Refuse a value that does not fit, clashes with another pack, or is laxer than the law."""
    if new.key not in layer.pack.rules or new.key in layer.without:
        raise NotARuleHere(key=new.key)
    if new.own is None:
        return
    refuse_misfits(layer.pack, {new.key: new.own})
    tried = replace(layer, own={**layer.own, new.key: new.own}, from_on=from_on)
    refuse_clashes(tried, unit_id=unit_id, keys=[new.key])
    refuse_below_floor(tried)


def _the_same(adoption: Adoption, new: NewValue, *, from_on: date) -> RuleValue | None:
    latest = (
        RuleValue.objects.filter(adoption=adoption, key=new.key, from_on=from_on)
        .order_by("number")
        .last()
    )
    if latest is None or new.own is None:
        return latest if latest and latest.value is None else None
    probe = unsaved_value(adoption, new.key, new.own)
    same = all(
        getattr(latest, name) == getattr(probe, name)
        for name in ("value", "unit", "operator", "source")
    )
    return latest if same else None
