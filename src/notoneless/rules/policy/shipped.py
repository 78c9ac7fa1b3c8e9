"""The packs that come with the product."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.reading import read_pack

NATIONAL = "national/2026"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A source document that says what another one says."""

    system: str
    of: str
    """The system whose pack carries it."""
    zh: str
    """How it differs, in words."""
    en: str


@cache
def shipped_packs() -> dict[str, Pack]:
    """Every pack in ``notoneless/policies`` by id. Do not change the answer.

    Raises ``PackError`` when one of them is broken, ``ValueError`` when two share an id.
    """
    packs: dict[str, Pack] = {}
    folder = resources.files("notoneless").joinpath("policies")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        pack = read_pack(file.read_text(encoding="utf-8"), file.name)
        if pack.id in packs:
            raise ValueError(f"two packs are called {pack.id}")
        packs[pack.id] = pack
    return packs


def national_pack() -> Pack:
    """The law's own values and floors, under every other layer."""
    return shipped_packs()[NATIONAL]


@cache
def duplicates() -> tuple[Duplicate, ...]:
    """The source documents that need no pack of their own, in the order of the sources (R-302)."""
    text = resources.files(__package__).joinpath("duplicates.toml").read_text(encoding="utf-8")
    return tuple(Duplicate(system, **row) for system, row in tomllib.loads(text).items())
