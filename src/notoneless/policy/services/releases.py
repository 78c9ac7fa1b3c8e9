"""Switch a money or sanction rule on, with its legal instrument and two people (R-308)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Unit
from notoneless.policy.models import Release, ReleaseAct
from notoneless.policy.models.releases import Verdict
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.refusals import (
    AlreadyDecided,
    AlreadyProposed,
    ClosedPeriod,
    InstrumentFromTheFuture,
    NeverOnPupils,
    NothingToRelease,
    SamePerson,
    rule_names,
)
from notoneless.policy.services.marks import begin_change
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.wire import Value, to_wire

PUPIL = "pupil"


@dataclass(frozen=True, slots=True)
class NewRelease:
    """What somebody fills in to have a rule released at a place and below."""

    unit_id: UUID
    key: str
    instrument_name: str
    instrument_number: str
    instrument_issued_on: date
    from_on: date


@transaction.atomic
def propose_release(new: NewRelease, *, today: date, stamp: Stamp) -> Release:
    """Propose that the rule, with the value it has at the place on ``from_on``, be applied.

    Nothing is on until ``decide_release``. Raises ``NothingToRelease``, ``NeverOnPupils``,
    ``AlreadyProposed``, ``ClosedPeriod``, ``InstrumentFromTheFuture``, ``Unit.DoesNotExist``.
    """
    begin_change(stamp.county_id)
    unit = Unit.objects.get(pk=new.unit_id, county=stamp.county_id)
    if new.from_on < today:
        raise ClosedPeriod(day=new.from_on.isoformat(), today=today.isoformat())
    if new.instrument_issued_on > today:
        raise InstrumentFromTheFuture(day=new.instrument_issued_on.isoformat())
    rule = _rule(unit, new)
    _refuse_twice(unit, rule)
    release = Release(
        county_id=stamp.county_id,
        unit=unit,
        key=rule.key,
        value=to_wire(rule.value),
        instrument_name=new.instrument_name.strip("《》 "),
        instrument_number=new.instrument_number.strip(),
        instrument_issued_on=new.instrument_issued_on,
        from_on=new.from_on,
        proposed_by_id=stamp.by,
        proposed_at=stamp.now,
    )
    release.save()
    record(
        "policy.release_proposed",
        release,
        subject=("unit", unit.pk),
        happened_on=today,
        stamp=stamp,
    )
    return release


@transaction.atomic
def decide_release(
    release_id: UUID, *, is_granted: bool, reason: str, today: date, stamp: Stamp
) -> ReleaseAct:
    """A second person grants or refuses a proposed release.

    It counts from the proposed day, or from today when that has passed. Raises ``SamePerson``,
    ``AlreadyDecided``, ``Release.DoesNotExist``.
    """
    begin_change(stamp.county_id)
    release = Release.objects.get(pk=release_id, county=stamp.county_id)
    if stamp.by is None or release.proposed_by_id == stamp.by:
        raise SamePerson()
    if release.acts.exists():
        raise AlreadyDecided()
    verdict = Verdict.GRANTED if is_granted else Verdict.REFUSED
    return _act(release, verdict, on=max(release.from_on, today), reason=reason, stamp=stamp)


@transaction.atomic
def withdraw_release(
    release_id: UUID, *, on: date, reason: str, today: date, stamp: Stamp
) -> ReleaseAct:
    """Switch a released rule off again: ``on`` is the first day without it.

    Raises ``AlreadyDecided`` unless it is granted and not withdrawn, ``ClosedPeriod``,
    ``Release.DoesNotExist``.
    """
    begin_change(stamp.county_id)
    release = Release.objects.get(pk=release_id, county=stamp.county_id)
    verdicts = set(release.acts.values_list("verdict", flat=True))
    if verdicts != {Verdict.GRANTED}:
        raise AlreadyDecided()
    if on < today:
        raise ClosedPeriod(day=on.isoformat(), today=today.isoformat())
    return _act(release, Verdict.WITHDRAWN, on=on, reason=reason, stamp=stamp)


def _act(release: Release, verdict: Verdict, *, on: date, reason: str, stamp: Stamp) -> ReleaseAct:
    if stamp.by is None:
        raise ValueError("a word on a release needs a named person")
    act = ReleaseAct(
        release=release,
        verdict=verdict,
        on=on,
        reason=reason,
        decided_by_id=stamp.by,
        decided_at=stamp.now,
    )
    act.save()
    record(
        f"policy.release_{verdict}",
        act,
        subject=("unit", release.unit_id),
        happened_on=on,
        stamp=stamp,
    )
    return act


def _rule(unit: Unit, new: NewRelease) -> Rule:
    found = policy_for(unit.pk, on=new.from_on).rules.get(new.key)
    if found is None or not found.rule.needs_legal_basis or found.rule.value is None:
        raise NothingToRelease(unit=unit.name, rule=rule_names([new.key]))
    if _reaches_pupils(found.rule.value):
        raise NeverOnPupils(rule=rule_names([new.key]))
    return found.rule


def _reaches_pupils(value: Value) -> bool:
    if isinstance(value, tuple):
        return any(_reaches_pupils(item) for item in value)
    if isinstance(value, dict):
        return any(_reaches_pupils(item) for item in value.values())
    return value == PUPIL


def _refuse_twice(unit: Unit, rule: Rule) -> None:
    standing = Release.objects.filter(unit=unit, key=rule.key).exclude(
        acts__verdict__in=[Verdict.REFUSED, Verdict.WITHDRAWN]
    )
    if any(release.value == to_wire(rule.value) for release in standing):
        raise AlreadyProposed(rule=rule_names([rule.key]))
