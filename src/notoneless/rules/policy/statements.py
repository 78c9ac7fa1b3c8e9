"""A TOML text cut into its statements, each with its line: what a message or an edit points to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_TRIPLE = ('"""', "'''")
_AT = re.compile(r"\s*\(at (?:line \d+, column \d+|end of document)\)")


class What(StrEnum):
    """What a statement is."""

    TABLE = "table"
    SETTING = "setting"
    SPACE = "space"
    """An empty line or a comment on a line of its own."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One header, one ``key = value`` with all its lines, or one line without either."""

    what: What
    line: int
    """Of its first line, from 1."""
    text: str
    """Its lines as they stand, without the last line end."""
    path: tuple[str, ...] = ()
    """Of a table its own; of a setting that of its table and its key."""
    own: int = 0
    """How many parts of a setting's path are its key's; more than one where it is dotted."""


def statements(text: str) -> Iterator[Statement]:
    """The statements of ``text`` in order; joined by line ends they are the text again.

    Works on broken TOML too: what cannot be told apart ends with its line.
    """
    here: tuple[str, ...] = ()
    held: list[str] = []
    first = 0
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), start=1):
        if not held:
            bare = line.strip()
            if not bare or bare.startswith("#"):
                yield Statement(What.SPACE, number, line)
                continue
            if bare.startswith("["):
                here = _table_path(bare)
                yield Statement(What.TABLE, number, line, here)
                continue
            first, scan = number, _Scan()
        held.append(line)
        if scan.ends_with(line):
            yield _setting(held, first, here)
            held = []
    if held:
        yield _setting(held, first, here)


def problem_in(statement: Statement) -> tuple[int, str] | None:
    """What is no TOML in a statement taken by itself: its line and a sentence; else ``None``."""
    try:
        tomllib.loads(statement.text)
    except tomllib.TOMLDecodeError as problem:
        within = re.search(r"at line (\d+)", str(problem))
        line = statement.line + (int(within[1]) - 1 if within else 0)
        last = statement.line + statement.text.count("\n")
        return min(line, last), _AT.sub("", str(problem))
    return None


def _setting(lines: list[str], first: int, here: tuple[str, ...]) -> Statement:
    text = "\n".join(lines)
    key = _key_path(text)
    return Statement(What.SETTING, first, text, (*here, *key), len(key))


def _table_path(line: str) -> tuple[str, ...]:
    found = re.match(r"^\[+\s*(?P<path>.*?)\s*\]+\s*(?:#.*)?$", line)
    return _parts(found["path"] if found else line.strip("[] "))


def _key_path(text: str) -> tuple[str, ...]:
    in_quotes = ""
    for at, letter in enumerate(text):
        if in_quotes:
            in_quotes = "" if letter == in_quotes else in_quotes
        elif letter in "\"'":
            in_quotes = letter
        elif letter == "=":
            return _parts(text[:at].strip())
    return _parts(text.split()[0] if text.split() else "")


def _parts(path: str) -> tuple[str, ...]:
    try:
        found: object = tomllib.loads(f"{path} = 0")
    except tomllib.TOMLDecodeError:
        return tuple(part.strip().strip("\"'") for part in path.split("."))
    parts = []
    while isinstance(found, dict):
        [(part, found)] = found.items()
        parts.append(part)
    return tuple(parts)


class _Scan:
    """Whether a value goes on in the next line: an open bracket or a text in three quotes."""

    def __init__(self) -> None:
        self.depth = 0
        self.quotes = ""

    def ends_with(self, line: str) -> bool:
        at = 0
        while at < len(line):
            at = self._step(line, at)
        if self.quotes and self.quotes not in _TRIPLE:
            self.quotes = ""  # a text in one quote ends with its line, closed or not
        return not self.quotes and self.depth <= 0

    def _step(self, line: str, at: int) -> int:
        if self.quotes:
            if line[at] == "\\" and self.quotes[0] == '"':
                return at + 2
            if line.startswith(self.quotes, at):
                at += len(self.quotes)
                self.quotes = ""
                return at
            return at + 1
        if line[at] == "#":
            return len(line)
        for quotes in (*_TRIPLE, '"', "'"):
            if line.startswith(quotes, at):
                self.quotes = quotes
                return at + len(quotes)
        self.depth += (line[at] in "[{") - (line[at] in "]}")
        return at + 1
