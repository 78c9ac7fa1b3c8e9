"""A list of cases that were open on paper: which column is which, and what a row says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.cases.balances import OLD_PAPERS
from notoneless.rules.cases.kinds import State
from notoneless.rules.columns import values_in
from notoneless.rules.documents.kinds import DocumentKind, ServiceMethod
from notoneless.rules.documents.names import BY_CODE, NAMING
from notoneless.rules.roster.cells import read_date

HEADINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "name": frozenset({"姓名", "学生姓名", "name"}),
        "number": frozenset({"学籍号", "身份证号", "学籍号或身份证号", "号码", "number"}),
        "away_since": frozenset({"不在校自", "离校日期", "辍学日期", "从哪天起不在校", "away"}),
        "state": frozenset({"办到哪一步", "阶段", "办理阶段", "stage"}),
        "state_since": frozenset({"这一步的日期", "办理日期", "进入阶段日期", "since"}),
        "words": frozenset({"依据", "纸质材料", "依据和经过", "说明", "folder"}),
        "paper": frozenset({"文书", "文书种类", "文书名称", "paper"}),
        "paper_number": frozenset({"文号", "文书编号", "papernumber"}),
        "office": frozenset({"发文机关", "发文单位", "办理机关", "office"}),
        "issued_on": frozenset({"文书日期", "发文日期", "签发日期", "issued"}),
        "served_on": frozenset({"送达日期", "送达时间", "served"}),
        "method": frozenset({"送达方式", "怎样送达", "method"}),
        "deadline_on": frozenset({"期限", "限期", "期限到", "deadline"}),
    }
)
ORDER = tuple(HEADINGS)
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
PAPERS: Mapping[str, DocumentKind] = MappingProxyType(
    {
        **{NAMING[kind].name: kind for kind in OLD_PAPERS},
        "劝返书": DocumentKind.PERSUASION_LETTER,
        BY_CODE["dropout_report_letter"]: DocumentKind.DROPOUT_REPORT,
        BY_CODE["pupil_dropout_report_letter"]: DocumentKind.DROPOUT_REPORT,
        "返校通知书": DocumentKind.RETURN_NOTICE,
        BY_CODE["notice_return_of_dropout"]: DocumentKind.RETURN_NOTICE,
        BY_CODE["notice_resumption"]: DocumentKind.RETURN_NOTICE,
        "责令改正通知书": DocumentKind.CORRECTION_ORDER,
        "处罚决定书": DocumentKind.PENALTY_DECISION,
        "催告书": DocumentKind.DEMAND,
        "起诉状": DocumentKind.CIVIL_COMPLAINT,
    }
)
"""What offices call their papers."""
METHODS: Mapping[str, ServiceMethod] = MappingProxyType(
    {
        "直接送达": ServiceMethod.IN_PERSON,
        "当面送达": ServiceMethod.IN_PERSON,
        "家属签收": ServiceMethod.ADULT_RELATIVE,
        "同住成年家属签收": ServiceMethod.ADULT_RELATIVE,
        "留置送达": ServiceMethod.LEFT_AT_HOME,
        "邮寄送达": ServiceMethod.POST,
        "电子送达": ServiceMethod.ELECTRONIC,
        "委托送达": ServiceMethod.ENTRUSTED,
    }
)
SHORTEST_WORDS, LONGEST_WORDS = 2, 500
LONGEST_NUMBER = 80
_OF_CASE = ("away_since", "state", "state_since", "words")
_OF_PAPER = ("paper", "paper_number", "office", "issued_on", "served_on", "method", "deadline_on")


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One line of such a list, as it was written: a case with one of its papers, or one more."""

    row: int
    """The line's number in the list; a heading line counts."""
    name: str
    number: str = ""
    away_since: str = ""
    state: str = ""
    state_since: str = ""
    words: str = ""
    paper: str = ""
    paper_number: str = ""
    office: str = ""
    issued_on: str = ""
    served_on: str = ""
    method: str = ""
    deadline_on: str = ""

    @property
    def stage(self) -> State | None:
        return STAGES.get(self.state)

    @property
    def kind(self) -> DocumentKind | None:
        """The paper that the line tells of; ``None`` where it tells of none, or of no known one."""
        return PAPERS.get(self.paper.strip("《》"))

    @property
    def has_paper(self) -> bool:
        return any(getattr(self, column) for column in _OF_PAPER)

    @property
    def is_further(self) -> bool:
        """A further paper of the case above: the line says nothing else."""
        return self.has_paper and not any(getattr(self, column) for column in _OF_CASE)

    def day(self, column: str) -> date | None:
        """The day in one of the columns; ``None`` for none and for what is no date."""
        return read_date(getattr(self, column))


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The lines of one case."""

    head: BalanceRow
    further: tuple[BalanceRow, ...] = ()

    @property
    def rows(self) -> tuple[BalanceRow, ...]:
        return (self.head, *self.further)

    @property
    def with_paper(self) -> tuple[BalanceRow, ...]:
        return tuple(row for row in self.rows if row.has_paper)


class Fault(StrEnum):
    """What can be wrong with a row by itself."""

    NAME = "name"
    AWAY = "away_since"
    STATE = "state"
    SINCE = "state_since"
    WORDS = "words"
    ALONE = "alone"
    """A further paper, and no case of this name stands above it."""
    PAPER = "paper"
    NUMBER = "paper_number"
    OFFICE = "office"
    ISSUED = "issued_on"
    SERVED = "served_on"
    METHOD = "method"
    DEADLINE = "deadline_on"


def read_rows(lines: Sequence[Sequence[str]]) -> list[BalanceRow]:
    """The rows of a table, read as ``columns.values_in`` reads it."""
    return [
        BalanceRow(row=number, **{"name": "", **values})
        for number, values in values_in(lines, HEADINGS, ORDER)
    ]


def cases_in(rows: Sequence[BalanceRow]) -> list[CaseRows]:
    """The rows case by case: one with nothing but a paper belongs to the case above it.

    Its name is left empty or repeated. Where no case of that name stands above, it stands alone
    and is at fault.
    """
    found: list[CaseRows] = []
    for row in rows:
        above = found[-1] if found else None
        if row.is_further and above and row.name in ("", above.head.name):
            found[-1] = CaseRows(above.head, (*above.further, row))
        else:
            found.append(CaseRows(row))
    return found


def faults_of(row: BalanceRow) -> list[Fault]:
    """What is wrong with a row by itself, in the order of its columns; empty when nothing is."""
    return [*(() if row.is_further else _faults_of_case(row)), *_faults_of_paper(row)]


def faults_in(case: CaseRows) -> list[tuple[BalanceRow, Fault]]:
    """What is wrong with each row of a case by itself, with the row."""
    alone = [(case.head, Fault.ALONE)] if case.head.is_further else []
    return [*alone, *((row, fault) for row in case.rows for fault in faults_of(row))]


def _faults_of_case(row: BalanceRow) -> list[Fault]:
    found = [] if row.name else [Fault.NAME]
    found += [Fault.AWAY] if row.day("away_since") is None else []
    found += [Fault.STATE] if row.stage is None else []
    found += [Fault.SINCE] if row.day("state_since") is None else []
    found += [] if SHORTEST_WORDS <= len(row.words) <= LONGEST_WORDS else [Fault.WORDS]
    return found


def _faults_of_paper(row: BalanceRow) -> list[Fault]:
    if not row.has_paper:
        return []
    found = [] if row.kind else [Fault.PAPER]
    found += [] if 0 < len(row.paper_number) <= LONGEST_NUMBER else [Fault.NUMBER]
    found += [Fault.ISSUED] if row.day("issued_on") is None else []
    found += [Fault.SERVED] if row.served_on and row.day("served_on") is None else []
    is_method = bool(row.method) == bool(row.served_on) and (
        not row.method or row.method in METHODS
    )
    found += [] if is_method else [Fault.METHOD]
    found += [Fault.DEADLINE] if row.deadline_on and row.day("deadline_on") is None else []
    return found
