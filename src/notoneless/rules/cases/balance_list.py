"""A list of cases that were open on paper: which column is which, and what a row says."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.cases.balances import RUNNING
from notoneless.rules.cases.kinds import State
from notoneless.rules.roster.cells import read_date

HEADINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "name": frozenset({"姓名", "学生姓名", "name"}),
        "number": frozenset({"学籍号", "身份证号", "学籍号或身份证号", "号码", "number"}),
        "away_since": frozenset({"不在校自", "离校日期", "辍学日期", "从哪天起不在校", "away"}),
        "state": frozenset({"办到哪一步", "阶段", "办理阶段", "stage"}),
        "state_since": frozenset({"这一步的日期", "办理日期", "进入阶段日期", "since"}),
        "deadline_on": frozenset({"期限", "限期", "期限到", "deadline"}),
        "words": frozenset({"依据", "纸质材料", "依据和经过", "说明", "papers"}),
    }
)
ORDER = ("name", "number", "away_since", "state", "state_since", "deadline_on", "words")
"""The columns of a list without headings."""
STAGES: Mapping[str, State] = MappingProxyType(
    {
        "疑似辍学": State.SUSPECTED,
        "已认定辍学": State.CONFIRMED,
        "已认定": State.CONFIRMED,
        "家访劝返中": State.MOBILISING,
        "劝返中": State.MOBILISING,
        "劝返书已送达": State.PERSUADED_LETTER,
        "已书面报告": State.REPORTED,
        "返校通知已送达": State.NOTICE_SERVED,
        "返校通知已到期": State.NOTICE_EXPIRED,
        "责令改正已送达": State.ORDERED,
        "责令改正已到期": State.ORDER_EXPIRED,
        "处罚决定已送达": State.PENALISED,
        "司法程序": State.JUDICIAL,
    }
)
"""What offices call the stages of a case in their lists."""
SHORTEST_WORDS, LONGEST_WORDS = 2, 500


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One line of such a list, as it was written."""

    row: int
    """The line's number in the list; a heading line counts."""
    name: str
    number: str = ""
    away_since: str = ""
    state: str = ""
    state_since: str = ""
    deadline_on: str = ""
    words: str = ""

    @property
    def stage(self) -> State | None:
        return STAGES.get(self.state)

    def day(self, column: str) -> date | None:
        """The day in one of the columns; ``None`` for none and for what is no date."""
        return read_date(getattr(self, column))


class Fault(StrEnum):
    """What can be wrong with a row by itself."""

    NAME = "name"
    AWAY = "away_since"
    STATE = "state"
    SINCE = "state_since"
    DEADLINE = "deadline_on"
    NO_DEADLINE = "no_deadline"
    """A notice or an order runs, and nobody says until when."""
    WORDS = "words"


def read_rows(lines: Sequence[Sequence[str]]) -> list[BalanceRow]:
    """The rows of a table; the first line is a heading if it names the pupil's column.

    Blank lines are left out. Texts are trimmed, full-width digits and letters made plain.
    """
    columns: Sequence[str] = ORDER
    rows: list[BalanceRow] = []
    for number, line in enumerate(lines, start=1):
        cells = [_plain(cell) for cell in line]
        if not any(cells):
            continue
        if not rows and (named := _headings(cells)):
            columns = named
            continue
        values = {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell}
        rows.append(BalanceRow(row=number, **{"name": "", **values}))
    return rows


def faults_of(row: BalanceRow) -> list[Fault]:
    """What is wrong with a row by itself, in the order of its columns; empty when nothing is."""
    found = [] if row.name else [Fault.NAME]
    found += [Fault.AWAY] if row.day("away_since") is None else []
    found += [Fault.STATE] if row.stage is None else []
    found += [Fault.SINCE] if row.day("state_since") is None else []
    if row.deadline_on and row.day("deadline_on") is None:
        found.append(Fault.DEADLINE)
    if row.stage in RUNNING and not row.deadline_on:
        found.append(Fault.NO_DEADLINE)
    if not SHORTEST_WORDS <= len(row.words) <= LONGEST_WORDS:
        found.append(Fault.WORDS)
    return found


def _plain(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).split())


def _headings(cells: Sequence[str]) -> list[str] | None:
    named = [
        next((key for key, words in HEADINGS.items() if cell.lower() in words), "")
        for cell in cells
    ]
    return named if "name" in named else None
