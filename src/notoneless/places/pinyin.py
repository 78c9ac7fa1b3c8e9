"""Pinyin for search and sorting."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

LONGEST = 200
LONGEST_INITIALS = 30


@lru_cache(maxsize=20_000)
def syllables_and_initials(name: str) -> tuple[str, str]:
    """A name's pinyin, a space between syllables, and the initials: 陈小满 → chen xiao man, cxm.

    A character the dictionary does not know stays as it is, so it can still be found.
    """
    syllables = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)
    joined = " ".join(part.strip().lower() for part in syllables if part.strip())
    initials = "".join(part[0] for part in joined.split(" ") if part)
    return joined[:LONGEST], initials[:LONGEST_INITIALS]
