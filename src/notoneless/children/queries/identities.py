"""Who a roster row is: the blind index of its identity, and the child already known by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from notoneless.children.models import Child, ChildRecord, Enrolment
from notoneless.children.models.child import RecordSource
from notoneless.children.services.corrections import corrections_of
from notoneless.children.services.identity import values_digest
from notoneless.vault.sealing import blind_index

NAMELESS = "n:"
"""Begins the identity of a row without any number: name, birth date and school stand for it."""
NOT_ON_RECORD = frozenset({"grade"})
"""Follows from cohort and day; on record it would change every child every autumn."""


@dataclass(frozen=True, slots=True)
class KnownChild:
    """What decides whether a row is new, changed or unchanged."""

    child_id: UUID
    school_id: UUID | None
    """School of the open spell; ``None`` while registered nowhere."""
    class_id: UUID | None
    digest: str
    """Fingerprint of the last record that came from a roster; empty if none did."""


def values_on_record(values: Mapping[str, object]) -> dict[str, object]:
    """The part of a row's values that goes into the child's record."""
    return {key: value for key, value in values.items() if key not in NOT_ON_RECORD}


def digest_of(values: Mapping[str, object]) -> str:
    """Keyed fingerprint of a row's values: equal means that applying it would change nothing."""
    return values_digest(values_on_record(values))


def identity_of(values: Mapping[str, object]) -> str:
    """Blind index of the row's identity number; without one, of name, birth date and school."""
    number = values.get("id_number")
    if isinstance(number, str) and number:
        return blind_index(number, kind="national_id")
    text = "|".join(str(values.get(key, "")) for key in ("name", "birth_on", "school_code"))
    return NAMELESS + blind_index(text, kind="nameless")


def known_children(
    rows: Mapping[str, Mapping[str, object]], *, county_id: UUID, schools: Mapping[str, UUID]
) -> dict[str, KnownChild]:
    """The children already known by the identities of some rows; four statements, rarely more.

    ``rows`` maps identity to values, ``schools`` code to unit. A child that was merged answers as
    the one that was kept.
    """
    numbered = [identity for identity in rows if not identity.startswith(NAMELESS)]
    found = {
        index: kept or child
        for index, child, kept in Child.objects.filter(
            county=county_id, national_id_index__in=numbered
        )
        .order_by("-merged_into")
        .values_list("national_id_index", "pk", "merged_into")
    }
    found |= _renumbered(
        {key: rows[key] for key in numbered if key not in found}, county_id=county_id
    )
    found |= _nameless(rows, county_id=county_id, schools=schools)
    spells = {
        spell.child_id: spell
        for spell in Enrolment.objects.filter(child__in=found.values(), to_on=None)
    }
    digests = _digests(found.values())
    return {
        identity: KnownChild(
            child,
            spells[child].school_id if child in spells else None,
            spells[child].school_class_id if child in spells else None,
            digests.get(child, ""),
        )
        for identity, child in found.items()
    }


def _renumbered(rows: Mapping[str, Mapping[str, object]], *, county_id: UUID) -> dict[str, UUID]:
    """Children whose number was corrected by hand, by the old one that rosters still bear."""
    if not rows:
        return {}
    # From the few corrections to their children: nobody may look through a county for each chunk.
    corrections = ChildRecord.objects.filter(county=county_id, source=RecordSource.CORRECTION)
    corrected = Child.objects.filter(
        # Whoever corrected the number left the name or the birth date as it was.
        Q(name__in={values["name"] for values in rows.values()})
        | Q(born_on__in={values["birth_on"] for values in rows.values()}),
        pk__in=corrections.values("child"),
        merged_into=None,
    )
    known = corrections_of(list(corrected.values_list("pk", flat=True)))
    old_numbers = {c.by_roster.get("id_number"): child for child, c in known.items()}
    return {
        identity: old_numbers[values["id_number"]]
        for identity, values in rows.items()
        if values["id_number"] in old_numbers
    }


def _nameless(
    rows: Mapping[str, Mapping[str, object]], *, county_id: UUID, schools: Mapping[str, UUID]
) -> dict[str, UUID]:
    wanted = {
        (values["name"], values["birth_on"], schools.get(str(values["school_code"]))): identity
        for identity, values in rows.items()
        if identity.startswith(NAMELESS)
    }
    if not wanted:
        return {}
    spells = Enrolment.objects.filter(
        county=county_id,
        to_on=None,
        school__in={school for _, _, school in wanted if school},
        child__name__in={name for name, _, _ in wanted},
        child__national_id_index="",
        child__merged_into=None,
    ).select_related("child")
    found: dict[str, list[UUID]] = {}
    for spell in spells:
        born = spell.child.born_on.isoformat() if spell.child.born_on else ""
        identity = wanted.get((spell.child.name, born, spell.school_id))
        if identity is not None:
            found.setdefault(identity, []).append(spell.child_id)
    return {identity: ids[0] for identity, ids in found.items() if len(ids) == 1}


def _digests(child_ids: Collection[UUID] | Iterable[UUID]) -> dict[UUID, str]:
    rows = ChildRecord.objects.filter(child__in=list(child_ids), source=RecordSource.ROSTER)
    return dict(rows.order_by("recorded_at", "pk").values_list("child", "digest"))
