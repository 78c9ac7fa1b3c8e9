"""A child's name, number, birth date and sex: checked, put on record, corrected with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child, ChildRecord
from notoneless.children.models.child import RecordSource
from notoneless.journal.services import Stamp, record
from notoneless.places.pinyin import syllables_and_initials
from notoneless.places.services.units import StaleVersion
from notoneless.rules.identity import tidy_phone
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.roster.findings import Weight
from notoneless.rules.roster.persons import check_identity, check_name
from notoneless.vault.sealing import blind_index


class WrongParticulars(Refusal):
    """Name, number, birth date or sex is wrong, or they contradict each other."""

    code = "CHILD-01"

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(faults=len(faults))
        self.faults = faults
        """Pairs of column key and the code of what is wrong."""


class NumberTakenHere(Refusal):
    """A child in reach bears this identity number already."""

    code = "CHILD-02"

    def __init__(self, *, other_id: UUID, name: str, may_merge: bool) -> None:
        super().__init__(name=name)
        self.other_id = other_id
        self.may_merge = may_merge


class NumberTakenElsewhere(Refusal):
    """A child out of reach bears this number; nothing about it is said."""

    code = "CHILD-03"


class MergedAway(Refusal):
    """This row was merged into another: change the one that was kept."""

    code = "CHILD-04"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What makes a row one certain child."""

    name: str
    id_number: str = ""
    sex: str = ""
    """GB/T 2261.1 code; empty to take it from the number."""
    born_on: date | None = None
    """``None`` to take it from the number."""
    id_kind: str = "1"
    """Code of the kind of document; ``Z`` for a child without one."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody wants corrected."""

    particulars: Particulars
    version: int
    """The child's version that the page was made from."""
    reason: str
    """How the right one is known: paper seen, telephone call, public security's answer."""


def read_particulars(given: Particulars, *, today: date) -> dict[str, object]:
    """The particulars as record values, sex and birth date taken from the number where blank.

    Raises ``WrongParticulars``. Source: GB 11643, the same rules as for a roster's row.
    """
    cells: dict[str, object] = {
        "name": given.name,
        "id_kind": given.id_kind,
        "id_number": given.id_number,
        "sex": given.sex,
        "birth_on": given.born_on,
    }
    parts = (check_name(cells), check_identity(cells, today))
    wrong = tuple((f.field, f.code) for p in parts for f in p.findings if f.weight is Weight.REFUSE)
    if wrong:
        raise WrongParticulars(wrong)
    return {**parts[0].values, **parts[1].values}


@transaction.atomic
def correct_particulars(
    child_id: UUID, correction: Correction, *, actor: Actor, today: date, stamp: Stamp
) -> ChildRecord:
    """Correct name, number, birth date or sex; the older record stays, superseded.

    Raises ``Child.DoesNotExist`` (unknown, or not this actor's), ``NotAllowed``, ``StaleVersion``,
    ``MergedAway``, ``WrongParticulars``, ``NumberTakenHere``, ``NumberTakenElsewhere``.
    """
    seen = Child.objects.seen_by(actor, on=today).filter(pk=child_id)
    child = Child.objects.select_for_update().get(pk__in=seen.values("pk"))
    if not in_reach(child.pk, actor, Capability.CORRECT_CHILDREN, on=today):
        raise NotAllowed(capability=Capability.CORRECT_CHILDREN.value)
    if child.merged_into_id is not None:
        raise MergedAway()
    if child.version != correction.version:
        raise StaleVersion(what=child.name)
    found = read_particulars(correction.particulars, today=today)
    refuse_taken_number(found, actor=actor, on=today, but=child.pk)
    old = ChildRecord.objects.filter(child=child, superseded_at=None).first()
    values = _corrected(values_of(old) if old else known_without_record(child), found)
    return supersede_record(child, old, values, reason=correction.reason, stamp=stamp)


def in_reach(child_id: UUID, actor: Actor, capability: Capability, *, on: date) -> bool:
    """Whether ``actor`` holds ``capability`` at some place of the child on day ``on``."""
    return Child.objects.seen_by(actor, on=on, to=capability).filter(pk=child_id).exists()


def refuse_taken_number(
    values: Mapping[str, object], *, actor: Actor, on: date, but: UUID | None = None
) -> None:
    """Raise ``NumberTakenHere`` or ``NumberTakenElsewhere`` if another child bears the number."""
    index = blind_index(str(values.get("id_number", "")), kind="national_id")
    if not index:
        return
    bearers = Child.objects.filter(county=actor.county_id, national_id_index=index)
    other = bearers.select_related("merged_into").order_by("merged_into", "pk").first()
    other = (other.merged_into or other) if other else None
    if other is None or other.pk == but:
        return
    if not in_reach(other.pk, actor, Capability.SEE_CHILDREN, on=on):
        raise NumberTakenElsewhere()
    raise NumberTakenHere(
        other_id=other.pk,
        name=other.name,
        may_merge=in_reach(other.pk, actor, Capability.MERGE_CHILDREN, on=on),
    )


def values_of(row: ChildRecord) -> dict[str, object]:
    """What a record says, by column key."""
    values: Any = row.values
    return dict(values)


def values_digest(values: Mapping[str, object]) -> str:
    """Keyed fingerprint of record values; equal only for equal values."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blind_index(text, kind="child_record")


def show_on_child(child: Child, values: Mapping[str, object]) -> None:
    """Put the columns that lists and matching need from a record onto the child (not saved)."""
    child.name = str(values.get("name", child.name))
    child.pinyin, child.initials = syllables_and_initials(child.name)
    child.joined_pinyin = child.pinyin.replace(" ", "")
    child.sex = str(values.get("sex") or Child.Sex.UNKNOWN)
    born_on = values.get("birth_on")
    child.born_on = date.fromisoformat(str(born_on)) if born_on else None
    child.national_id = str(values.get("id_number", ""))
    child.national_id_index = blind_index(child.national_id, kind="national_id")
    child.student_number = str(values.get("student_number", child.student_number))
    child.student_number_index = blind_index(child.student_number, kind="student_number")
    phone = tidy_phone(str(values.get("phone", "")))
    child.phone_index = blind_index(phone, kind="phone")
    child.left_behind = str(values.get("left_behind", ""))
    child.is_boarding = values.get("study_mode") == "2"


def known_without_record(child: Child) -> dict[str, object]:
    """A child from an opening balance has no record yet: what its row knows begins the first."""
    known = {
        "student_number": child.student_number,
        "left_behind": child.left_behind,
        "study_mode": "2" if child.is_boarding else "",
    }
    return {key: value for key, value in known.items() if value}


def _corrected(old: Mapping[str, object], found: Mapping[str, object]) -> dict[str, object]:
    # A number taken away ("no document") must not survive from the older record.
    kept = {key: value for key, value in old.items() if key not in ("id_number", "id_kind")}
    return {**kept, **found}


def supersede_record(
    child: Child,
    old: ChildRecord | None,
    values: dict[str, object],
    *,
    reason: str,
    stamp: Stamp,
) -> ChildRecord:
    """Put a corrected record in the place of ``old`` and onto the child, locked by the caller."""
    if old is not None:
        old.superseded_at = stamp.now
        old.save(update_fields=["superseded_at"])
    fresh = write_record(
        child.pk, values, source=RecordSource.CORRECTION, reason=reason, stamp=stamp
    )
    show_on_child(child, values)
    child.version += 1
    child.save()
    return fresh


def write_record(
    child_id: UUID,
    values: dict[str, object],
    *,
    source: RecordSource,
    reason: str = "",
    stamp: Stamp,
) -> ChildRecord:
    """Write and journal one version of what is known about a child; the older is the caller's."""
    sealed: Any = values
    row = ChildRecord.objects.create(
        county_id=stamp.county_id,
        child_id=child_id,
        source=source,
        values=sealed,
        digest=values_digest(values),
        by_id=stamp.by,
        reason=reason,
        happened_on=stamp.now.date(),
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    record(
        "child.recorded",
        row,
        subject=("child", child_id),
        happened_on=row.happened_on,
        stamp=stamp,
    )
    return row
