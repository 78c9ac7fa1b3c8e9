"""A child's file as one reader may see it: masked, and only the groups that the door shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Child, ChildRecord, Enrolment, Guardian, Merge
from notoneless.children.queries.doors import Door, groups_of, why_visible
from notoneless.children.queries.listing import Registration, absorbed_by, registrations
from notoneless.children.queries.units import ClassName, class_name
from notoneless.children.services.identity import values_of
from notoneless.places.models import Person
from notoneless.rules.masking import mask_address, mask_id, mask_phone, mask_student_number
from notoneless.rules.roster.codes import label_of
from notoneless.rules.visibility import FieldGroup, may_reveal


@dataclass(frozen=True, slots=True)
class GuardianLine:
    position: int
    name: str
    relation: str
    """The label of GB/T 4761."""
    is_guardian: bool
    phone: str
    """Masked."""


@dataclass(frozen=True, slots=True)
class SpellLine:
    school_name: str
    class_name: ClassName | None
    class_id: UUID | None
    from_on: date
    to_on: date | None
    begun: str
    ended: str
    is_lent: bool
    """The spell of a row that was merged into this child."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    recorded_at: datetime
    source: str
    by: str
    reason: str
    changed: tuple[str, ...]
    """Column keys that differ from the version before; empty for the first."""


@dataclass(frozen=True, slots=True)
class AbsorbedLine:
    merge_id: UUID
    name: str
    merged_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ChildFile:
    """What the page of one child shows; groups out of sight are empty, numbers are masked."""

    id: UUID
    version: int
    name: str
    groups: frozenset[FieldGroup]
    doors: tuple[Door, ...]
    kept_id: UUID | None
    """The child to read instead, when this row was merged away."""
    registration: Registration | None
    sex: str
    born_on: date | None
    national_id: str
    student_number: str
    facts: Mapping[str, str]
    """Column key → what the record says, masked, of the groups that show."""
    guardians: tuple[GuardianLine, ...]
    spells: tuple[SpellLine, ...]
    versions: tuple[VersionLine, ...]
    absorbed: tuple[AbsorbedLine, ...]
    may_reveal_identity: bool
    may_reveal_contact: bool


CODE_TABLES: Mapping[str, str] = {
    "ethnic": "ethnic",
    "hukou_kind": "hukou_kind",
    "left_behind": "left_behind",
    "study_mode": "study_mode",
    "health": "health",
    "disability": "disability",
    "inclusive_class": "inclusive_class",
    "transport": "transport",
    "origin": "origin",
    "is_orphan": "yes_no",
    "needs_aid": "yes_no",
    "is_migrant_child": "yes_no",
    "is_poverty_household": "yes_no",
    "has_low_income_allowance": "yes_no",
    "is_destitute": "yes_no",
}
SHOWN: Mapping[FieldGroup, tuple[str, ...]] = {
    FieldGroup.IDENTITY: ("former_name", "hukou_kind", "hukou_region"),
    FieldGroup.REGISTRATION: ("entry_month", "study_mode", "origin", "transport", "distance_km"),
    FieldGroup.CONTACT: ("phone", "home_address"),
    FieldGroup.FAMILY: (
        "left_behind",
        "is_orphan",
        "is_migrant_child",
        "is_poverty_household",
        "has_low_income_allowance",
        "is_destitute",
        "needs_aid",
    ),
    FieldGroup.HEALTH: ("health", "disability", "inclusive_class"),
}
"""Columns of the record on the child's page. Ethnicity is not among them: nobody acts on it."""


def child_file(actor: Actor, child_id: UUID, *, on: date) -> ChildFile:
    """The file of a child in reach; about nine statements, whatever it holds.

    Raises ``Child.DoesNotExist`` for an unknown child and for one out of reach alike.
    """
    doors = why_visible(actor, child_id, on=on)
    if not doors:
        raise Child.DoesNotExist()
    child = Child.objects.get(pk=child_id, county=actor.county_id)
    groups = groups_of(doors)
    openings = [door.opening for door in doors]
    versions = _versions(child, groups)
    values = values_of(versions[-1]) if versions else {}
    return ChildFile(
        id=child.pk,
        version=child.version,
        name=child.name,
        groups=groups,
        doors=doors,
        kept_id=child.merged_into_id,
        registration=registrations([child.pk]).get(child.pk),
        sex=child.sex if FieldGroup.IDENTITY in groups else "",
        born_on=child.born_on if FieldGroup.IDENTITY in groups else None,
        national_id=mask_id(child.national_id) if FieldGroup.IDENTITY in groups else "",
        student_number=mask_student_number(child.student_number)
        if FieldGroup.IDENTITY in groups
        else "",
        facts=facts_of(values, groups),
        guardians=_guardians(child.pk, groups),
        spells=_spells(child.pk, groups),
        versions=_lines(versions) if FieldGroup.HISTORY in groups else (),
        absorbed=_absorbed(child.pk),
        may_reveal_identity=may_reveal(openings, FieldGroup.IDENTITY),
        may_reveal_contact=may_reveal(openings, FieldGroup.CONTACT),
    )


def facts_of(values: Mapping[str, object], groups: frozenset[FieldGroup]) -> dict[str, str]:
    """What a record says in the groups that show: codes as labels, contacts masked."""
    masks = {"phone": mask_phone, "home_address": mask_address}
    facts = {}
    for group, keys in SHOWN.items():
        for key in keys if group in groups else ():
            value = values.get(key)
            if value is False:  # a page of "no" hides the one "yes"
                continue
            text = _plain(value)
            if text and key in CODE_TABLES:
                text = label_of(CODE_TABLES[key], text)
            if text:
                facts[key] = masks[key](text) if key in masks else text
    return facts


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def _versions(child: Child, groups: frozenset[FieldGroup]) -> list[ChildRecord]:
    """Oldest first; only the current one for a reader who may not see the history."""
    rows = ChildRecord.objects.filter(child=child)
    if FieldGroup.HISTORY not in groups:
        rows = rows.filter(superseded_at=None)
    return list(rows.select_related("by").order_by("recorded_at", "pk"))


def _lines(versions: list[ChildRecord]) -> tuple[VersionLine, ...]:
    lines, before = [], None
    for row in versions:
        values = values_of(row)
        changed = (
            ()
            if before is None
            else tuple(
                sorted(
                    key
                    for key in before.keys() | values.keys()
                    if before.get(key) != values.get(key)
                )
            )
        )
        by = row.by.name if row.by else ""
        lines.append(VersionLine(row.recorded_at, row.source, by, row.reason, changed))
        before = values
    return tuple(reversed(lines))


def _guardians(child_id: UUID, groups: frozenset[FieldGroup]) -> tuple[GuardianLine, ...]:
    if FieldGroup.FAMILY not in groups:
        return ()
    rows = Guardian.objects.filter(child=child_id, superseded_at=None).order_by("position")
    return tuple(
        GuardianLine(
            row.position,
            row.name,
            label_of("relation", row.relation) if row.relation else "",
            row.is_guardian,
            mask_phone(row.phone),
        )
        for row in rows
    )


def _spells(child_id: UUID, groups: frozenset[FieldGroup]) -> tuple[SpellLine, ...]:
    if FieldGroup.REGISTRATION not in groups:
        return ()
    rows = (
        Enrolment.objects.filter(child__in=[child_id, *absorbed_by([child_id])])
        .select_related("school", "school_class")
        .order_by("-from_on", "-pk")
    )
    return tuple(
        SpellLine(
            row.school.name,
            class_name(row.school_class),
            row.school_class_id,
            row.from_on,
            row.to_on,
            row.begun,
            row.ended,
            row.child_id != child_id,
        )
        for row in rows
    )


def _absorbed(child_id: UUID) -> tuple[AbsorbedLine, ...]:
    merges = Merge.objects.filter(kept=child_id, parted_at=None).select_related("absorbed")
    return tuple(
        AbsorbedLine(m.pk, m.absorbed.name, m.merged_at, m.reason)
        for m in merges.order_by("merged_at")
    )


def names_of(person_ids: set[UUID]) -> dict[UUID, str]:
    """Names of people for a log that keeps only their keys; one statement."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "name"))
