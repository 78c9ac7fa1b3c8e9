"""Packs as loaded: the list, and one parsed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.policy.models import PackVersion
from notoneless.rules.policy.pack import Floor, Pack
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.policy.shipped import shipped_packs

NATIONAL_SYSTEM = "national"
DEFAULT_SYSTEMS = frozenset({"signs", "cases"})
"""Packs of the product that hold everywhere, and that a place may adopt to change a figure."""

_PARSED: dict[UUID, Pack] = {}
"""Loaded packs never change, so a process reads each text once."""


@dataclass(frozen=True, slots=True)
class PackLine:
    """A loaded pack in a list."""

    pack: Pack
    is_shipped: bool
    county_id: UUID | None
    version_id: UUID | None = None


def packs_of(county_id: UUID) -> list[PackLine]:
    """The packs that a county can read: those shipped and its own, the law first, by id."""
    rows = list(readable_versions(county_id).defer("toml").order_by("pack_id"))
    parsed = parse_packs(row.pk for row in rows)
    lines = [PackLine(parsed[row.pk], row.county_id is None, row.county_id, row.pk) for row in rows]
    return sorted(lines, key=lambda line: line.pack.system != NATIONAL_SYSTEM)


def pack_by_id(pack_id: str, *, county_id: UUID) -> Pack:
    """One pack by its text id. Raises ``PackVersion.DoesNotExist`` for another county's."""
    row = readable_versions(county_id).defer("toml").get(pack_id=pack_id)
    return parse_packs([row.pk])[row.pk]


def parse_packs(ids: Iterable[UUID]) -> dict[UUID, Pack]:
    """Parsed packs by key; one statement for those that this process has not read yet."""
    wanted = set(ids)
    if missing := wanted - _PARSED.keys():
        for row in PackVersion.objects.filter(pk__in=missing):
            _PARSED[row.pk] = read_pack(row.toml, row.pack_id)
    return {key: _PARSED[key] for key in wanted}


def national_packs() -> Collection[Pack]:
    """The law, in every version that was shipped."""
    return [pack for pack in shipped_packs().values() if pack.system == NATIONAL_SYSTEM]


def default_packs() -> Collection[Pack]:
    """The product's own figures, in every version that was shipped."""
    return [pack for pack in shipped_packs().values() if pack.system in DEFAULT_SYSTEMS]


def floors_on(day: date) -> dict[str, Floor]:
    """The legal floors of a day. Before the first national pack its floors bind already."""
    packs = sorted(national_packs(), key=lambda pack: pack.effective_from)
    holding = [pack for pack in packs if pack.effective_from <= day] or packs[:1]
    return dict(holding[-1].floors)


def readable_versions(county_id: UUID) -> QuerySet[PackVersion]:
    """The versions that a county may read and adopt: those shipped and its own."""
    return PackVersion.objects.filter(Q(county=None) | Q(county=county_id))
