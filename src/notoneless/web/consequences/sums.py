"""What a settlement's money comes to, for everybody and together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notoneless.web.consequences import words


@dataclass(frozen=True, slots=True)
class Sum:
    """The money of one bearer, or of all."""

    bearer: str
    gains: int
    """In fen."""
    charges: int
    """In fen, below nothing."""
    lines: tuple[str, ...] = ()
    """Numbers of the lines that it adds up."""

    @property
    def said(self) -> Mapping[str, str]:
        figures = {"gains": self.gains, "charges": self.charges, "total": self.gains + self.charges}
        return {key: words.money_words(fen) for key, fen in figures.items()}


def together(lines: Iterable[words.LineWords], bearer: str = "") -> Sum:
    """All lines added up; those that are off, open or rejected count nothing."""
    figures = [(each.line.number, words.fen_in_effect(each.line)) for each in lines]
    return Sum(
        bearer,
        sum(fen for _, fen in figures if fen > 0),
        sum(fen for _, fen in figures if fen < 0),
        tuple(str(number) for number, fen in figures if fen),
    )


def by_bearer(lines: Iterable[words.LineWords]) -> list[Sum]:
    """Everybody whose lines bear money, in the order of their first line."""
    found: defaultdict[tuple[object, str], list[words.LineWords]] = defaultdict(list)
    for each in lines:
        who = each.line.person_id or each.line.bearing_unit_id
        if who is not None and words.fen_in_effect(each.line):
            found[who, each.bearer].append(each)
    return [together(theirs, bearer) for (_, bearer), theirs in found.items()]
