"""The packs that come with the product."""

from __future__ import annotations

from functools import cache
from importlib import resources

from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.reading import read_pack

NATIONAL = "national/2026"


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
