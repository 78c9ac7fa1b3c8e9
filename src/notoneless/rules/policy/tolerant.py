"""Reading what can be read of a TOML text, and naming every line that cannot."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from notoneless.rules.policy.statements import Statement, What, problem_in, statements

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """One line that is no TOML, or that says a second time what stood before."""

    line: int
    path: Path
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Tables:
    """What a text says, with the lines that could not be read."""

    tables: Mapping[str, Any]
    found: Sequence[Statement]
    unread: tuple[Unread, ...] = ()

    def is_hurt(self, table: Path) -> bool:
        """Whether a line of this table could not be read, so that what it lacks may stand there."""
        return any(each.path[: len(table)] == table for each in self.unread)


def read_tables(text: str) -> Tables:
    """The tables of ``text``; where it is no TOML, those of its lines that are. Raises nothing."""
    found = tuple(statements(text))
    try:
        return Tables(tomllib.loads(text, parse_float=Decimal), found)
    except tomllib.TOMLDecodeError as problem:
        piecewise = _Piecewise()
        unread = tuple(piecewise.read(found))
        if not unread:
            last = found[-1].line if found else 1
            unread = (Unread(last, (), "toml", f"is not TOML: {problem}"),)
        return Tables(piecewise.tables, found, unread)


@dataclass(slots=True)
class _Piecewise:
    tables: dict[str, Any] = field(default_factory=dict)
    headers: set[Path] = field(default_factory=set)
    is_lost: bool = False
    """Under a header that could not be read, or that stood before."""

    def read(self, found: Sequence[Statement]) -> Iterator[Unread]:
        for each in found:
            if each.what is What.SPACE:
                continue
            problem = problem_in(each)
            if problem is not None:
                line, sentence = problem
                yield Unread(line, each.path, "toml", f"is not TOML: {sentence}")
            if each.what is What.TABLE:
                yield from self._header(each, is_read=problem is None)
            elif problem is None and not self.is_lost:
                yield from self._setting(each)

    def _header(self, each: Statement, *, is_read: bool) -> Iterator[Unread]:
        self.is_lost = True
        if not is_read:
            return
        is_one_of_many = each.text.lstrip().startswith("[[")
        if each.path in self.headers and not is_one_of_many:
            yield Unread(each.line, each.path, "said_twice", "stands here a second time")
            return
        self.headers.add(each.path)
        above = self._within(each.path[:-1])
        last = each.path[-1]
        if above is not None and is_one_of_many:
            rows = above.setdefault(last, [])
            if isinstance(rows, list):
                rows.append({})
        if above is None or self._within(each.path) is None:
            yield Unread(each.line, each.path, "said_twice", "is a value and a table")
            return
        self.is_lost = False

    def _setting(self, each: Statement) -> Iterator[Unread]:
        value: Any = tomllib.loads(each.text, parse_float=Decimal)
        for part in each.path[len(each.path) - each.own :]:
            value = value[part]
        table = self._within(each.path[:-1])
        if table is None or each.path[-1] in table:
            yield Unread(each.line, each.path, "said_twice", "stands here a second time")
            return
        table[each.path[-1]] = value

    def _within(self, path: Path) -> dict[str, Any] | None:
        """The table at ``path``, made where it is not there; ``None`` where a value stands."""
        table: Any = self.tables
        for part in path:
            if not isinstance(table, dict):
                return None
            table = table.setdefault(part, {})
            if isinstance(table, list):
                table = table[-1] if table else None
        return table if isinstance(table, dict) else None
