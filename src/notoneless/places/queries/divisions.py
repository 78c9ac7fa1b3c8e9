"""Looks up official division codes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from notoneless.places.models import Division, Unit


@dataclass(frozen=True, slots=True)
class DivisionFound:
    code: str
    """Filled with zeros to the length that units use: 6 digits, 12 below the county."""
    name: str
    is_taken: bool
    """A unit of the county has this code already."""


def divisions_below(code: str, *, county_id: UUID) -> list[DivisionFound]:
    """The divisions directly under the place with ``code``, in the order of codes.

    ``code`` may carry trailing zeros. Empty when the tables have not been loaded.
    """
    rows = list(Division.objects.filter(parent_code=bare(code)).order_by("code"))
    full = {row.code: full_code(row.code) for row in rows}
    taken = set(
        Unit.objects.filter(county=county_id, code__in=full.values()).values_list("code", flat=True)
    )
    return [DivisionFound(full[r.code], r.name, full[r.code] in taken) for r in rows]


def division_name(code: str) -> str:
    """The official name under ``code``; empty when it is not in the loaded tables."""
    names = Division.objects.filter(pk=bare(code)).values_list("name", flat=True)
    return names.first() or ""


def has_divisions() -> bool:
    return Division.objects.exists()


def bare(code: str) -> str:
    """The code as the tables have it: a township's 12 digits lose their last three zeros."""
    if len(code) == 12 and code.endswith("000"):
        return code[:9]
    return code


def full_code(code: str) -> str:
    """The code as units carry it: 9 digits of a township become 12."""
    return code + "000" if len(code) == 9 else code
