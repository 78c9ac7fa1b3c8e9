"""What people of the sample county say, put together from small parts by chance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from notoneless.rules.contacts.kinds import RESTRICTED_CAUSES

SURNAMES = "向田龙石彭覃滕麻杨吴"
NAMES = "大明国安长福玉兰秀英正华"


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def some(random: Random, *path: str, **names: str) -> str:
    """One of the sentences under ``path``; ``names`` fill its gaps. Raises ``KeyError``."""
    told: Any = _told()
    for part in path:
        told = told[part]
    text: str = random.choice(told)
    return text.format(**names) if names else text


def of_cause(random: Random, cause: str, part: str) -> str:
    """A sentence about a cause; a restricted one tells nothing."""
    known = "restricted" if cause in RESTRICTED_CAUSES else cause
    return some(random, "cause", known, part)


def view(random: Random, cause: str, *, kind: str, result: str) -> str:
    """What a guardian said in a call or at a visit."""
    opener = some(random, "opener", kind)
    return f"{opener}{of_cause(random, cause, 'why')}{some(random, 'tail', result)}"


def person(random: Random) -> str:
    """Somebody of the village."""
    return random.choice(SURNAMES) + random.choice(NAMES) + random.choice(NAMES)


def witness(random: Random, name: str) -> str:
    """Somebody who was there, with what he is."""
    return some(random, "met", "witness", name=name)
