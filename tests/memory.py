"""What the product remembers from one request to the next, and tests must not.

Places and people have the same keys in every test of a worker, so that an answer remembered in one
test would be found in another, in which it is wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

from tests.structure.source import PACKAGE

EMPTY = re.compile(r"^(\w+): (?:dict|set|list)\[.+\] = (?:\{\}|\[\]|set\(\))$", re.MULTILINE)
LASTING = ("notoneless.policy.queries.packs", "_PARSED")
"""By keys under which nothing else ever stands: a pack is written once."""


@cache
def memories() -> tuple[tuple[str, str], ...]:
    """What is empty when its module is loaded, and filled as requests come: module and name."""
    return tuple(_found())


def forget() -> None:
    for module, name in memories():
        if module in sys.modules and (module, name) != LASTING:
            getattr(sys.modules[module], name).clear()


def _found() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(("notoneless", *path.relative_to(PACKAGE).with_suffix("").parts))
        for name in EMPTY.findall(path.read_text("utf-8")):
            if not module.startswith("notoneless.config."):
                yield module, name
