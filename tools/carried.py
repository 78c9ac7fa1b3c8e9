"""What carries each form, each disagreement of the systems, each policy key and each role.

Reads docs/carried.toml, the catalogue of parameters, the packs and the source; imports nothing of
the product. `lines` gives a line each; a line that ends with "open" says that nothing carries it
yet, and why.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "notoneless"
CATALOGUE = SOURCE / "rules" / "policy" / "parameters.toml"
_ONLY_WORDS = {
    CATALOGUE,
    *(SOURCE / "rules" / "policy" / f for f in ("words.toml", "families.toml")),
}
"""Files that name every key without asking what it says."""


def lines(tests: Mapping[str, int]) -> Iterator[str]:
    """Forms, variants, keys, roles; ``tests`` counts the tests of each requirement."""
    carried = tomllib.loads((ROOT / "docs" / "carried.toml").read_text("utf-8"))
    readers = read_in()
    for group in ("forms", "variants"):
        for id_, row in carried[group].items():
            yield f"{id_} {row['name']}: " + _by(id_, row["by"], tests, readers)
    packs = set_in()
    for key in keys():
        read = readers.get(key, [])
        more = f" and {len(read) - 1} more" if len(read) > 1 else ""
        where = f"read in {read[0]}{more}" if read else "shown in words only"
        yield f"key {key}: {_many(packs[key], 'pack')}, {where}"
    for name, by in carried["roles"].items():
        yield f"role {name}: {by}"


def wrong(requirements: set[str]) -> list[str]:
    """What docs/carried.toml names and nothing has: ids, keys, roles."""
    carried = tomllib.loads((ROOT / "docs" / "carried.toml").read_text("utf-8"))
    known = requirements | set(keys())
    named = {
        by for group in ("forms", "variants") for row in carried[group].values() for by in row["by"]
    }
    source = (SOURCE / "rules" / "roles.py").read_text("utf-8")
    codes = set(re.findall(r'^    [A-Z_]+ = "([a-z_]+)"$', source, re.M))
    roles = {
        code
        for by in carried["roles"].values()
        if not by.startswith(("no account", "no role"))
        for code in by.split()
    }
    return sorted((named - known) | (roles - codes))


def keys() -> list[str]:
    groups: dict[str, dict[str, Any]] = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return sorted(key for group in groups.values() for key in group)


def set_in() -> dict[str, int]:
    """How many packs set each key."""
    counts: dict[str, int] = defaultdict(int)
    for path in (SOURCE / "policies").glob("*.toml"):
        for key in tomllib.loads(path.read_text("utf-8"))["rules"]:
            counts[key] += 1
    return counts


def read_in() -> dict[str, list[str]]:
    """The files that name a key or build it from its beginning, catalogue and packs apart."""
    wanted, found = set(keys()), defaultdict(list)
    for path in sorted([*SOURCE.rglob("*.py"), *(SOURCE / "rules").rglob("*.toml")]):
        if path in _ONLY_WORDS:
            continue
        text = path.read_text("utf-8")
        named = wanted & set(re.findall(r'"([a-z0-9_]+)"', text))
        built = tuple(re.findall(r'f"([a-z_]+_)\{', text)) or ("\0",)
        for key in named | {key for key in wanted if key.startswith(built)}:
            found[key].append(str(path.relative_to(SOURCE)))
    return found


def _by(id_: str, by: list[str], tests: Mapping[str, int], readers: Mapping[str, list[str]]) -> str:
    said, is_open = [], not tests.get(id_)
    for each in by:
        if each.startswith("R-"):
            said.append(f"{each} {_many(tests.get(each, 0), 'test')}")
            is_open &= not tests.get(each)
        else:
            said.append(each if each in readers else f"{each} (words only)")
            is_open &= each not in readers
    if tests.get(id_):
        said.append(_many(tests[id_], "test"))
    return ", ".join(said) + (" — open" if is_open else "")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
