"""The hash chain of a county's journal, and the printed line that anchors it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal
from uuid import UUID

from notoneless.rules.canonical import canonical

MARK = "NOL1"
"""Names the layout of the line and of everything hashed below; a new layout gets a new mark."""


AnchorPart = Literal["length", "mark", "county", "seq", "date", "hash", "check", "sum"]
"""``length``: not six words. ``check``: the last word is no check sum. ``sum``: it is one, and
does not fit, so some character of the line was mistyped."""


class BadAnchor(ValueError):
    """A typed line is not an anchor: ``part`` says which part is wrong, ``value`` what was read."""

    def __init__(self, part: AnchorPart, value: str) -> None:
        super().__init__(f"{part}: {value!r}")
        self.part = part
        self.value = value


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a county's journal was when a line was printed."""

    county_id: UUID
    seq: int
    """The last seal then; 0 when nothing had been sealed."""
    printed_on: date
    hash: str
    """64 hexadecimal digits: the hash of that seal, or ``genesis`` at 0."""


def genesis(county_id: UUID, *, is_demo: bool = False) -> str:
    """The hash before a county's first seal; two counties' chains cannot be exchanged, nor can that
    of a sample county be taken for a real one's."""
    begun = [MARK, "genesis", county_id, *(["demo"] if is_demo else [])]
    return sha256(canonical(begun)).hexdigest()


def link(previous_hash: str, seq: int, envelope: bytes) -> str:
    """The hash of seal ``seq`` (from 1) over the hash before it and the envelope's bytes."""
    return sha256(canonical([MARK, "link", previous_hash, seq, envelope])).hexdigest()


def digest(salt: bytes, facts: Mapping[str, object]) -> str:
    """The fingerprint of a row's facts; without the salt it cannot be guessed from the facts.

    A fact that is ``None`` counts as absent, so that a column added later, empty in old rows,
    leaves their fingerprints as they were.

    Raises ``NotCanonical`` when a fact has no agreed bytes.
    """
    present = {name: fact for name, fact in facts.items() if fact is not None}
    return sha256(canonical([MARK, "row", salt, present])).hexdigest()


def write_anchor(anchor: Anchor) -> str:
    """One line to print and keep on paper; its last word is a check sum against typing errors."""
    body = " ".join(
        [MARK, str(anchor.county_id), str(anchor.seq), anchor.printed_on.isoformat(), anchor.hash]
    )
    return f"{body} {_check_sum(body)}"


def read_anchor(line: str) -> Anchor:
    """Read a line that ``write_anchor`` printed; extra blanks and capital letters do no harm.

    Raises ``BadAnchor`` naming the part that is wrong.
    """
    words = line.split()
    if len(words) != 6:
        raise BadAnchor("length", line.strip())
    if words[0].upper() != MARK:
        raise BadAnchor("mark", words[0])
    anchor = Anchor(
        county_id=_county(words[1]),
        seq=_seq(words[2]),
        printed_on=_day(words[3]),
        hash=_matching(r"[0-9a-f]{64}", words[4], "hash"),
    )
    found = _matching(r"[0-9a-f]{8}", words[5], "check")
    if not write_anchor(anchor).endswith(" " + found):
        raise BadAnchor("sum", found)
    return anchor


def _check_sum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"


def _matching(pattern: str, word: str, part: AnchorPart) -> str:
    if not re.fullmatch(pattern, word.lower(), re.ASCII):
        raise BadAnchor(part, word)
    return word.lower()


def _county(word: str) -> UUID:
    return UUID(_matching(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", word, "county"))


def _seq(word: str) -> int:
    return int(_matching(r"0|[1-9][0-9]{0,17}", word, "seq"))


def _day(word: str) -> date:
    try:
        return date.fromisoformat(_matching(r"\d{4}-\d{2}-\d{2}", word, "date"))
    except ValueError as problem:
        raise BadAnchor("date", word) from problem
