"""A report up the line as a paper with its office's head, figures, text and room for the seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from notoneless.rules.documents.blocks import (
    Addressee,
    Block,
    Heading,
    Layout,
    Note,
    OfficialHead,
    Paragraph,
    Seal,
    Sheet,
    Signatures,
    SignLine,
    Table,
    Title,
)
from notoneless.rules.indicators.counts import Count
from notoneless.rules.workplans.kinds import Stream

NAMES: Mapping[Stream, str] = {
    Stream.CLASS_COUNT: "班级学生统计报告",
    Stream.WEEKLY_INFO: "控辍保学每周信息报告",
    Stream.SCHOOL_COUNT: "控辍保学情况统计报告",
    Stream.TOWNSHIP_COUNT: "控辍保学情况汇总报告",
    Stream.TERM_START: "学期初控辍保学情况报告",
    Stream.SCHOOL_WRITTEN: "控辍保学工作报告",
    Stream.TOWNSHIP_WRITTEN: "控辍保学工作报告",
    Stream.KEY_UNIT: "控辍重点管理工作报告",
}
COLUMNS: tuple[tuple[Count, str], ...] = (
    (Count.ON_ROLL, "在籍"),
    (Count.MOVED_IN, "转入"),
    (Count.MOVED_OUT, "转出"),
    (Count.SUSPENDED, "休学"),
    (Count.DROPPED_IN_PERIOD, "本期辍学"),
    (Count.RETURNED, "本期复学"),
    (Count.DROPPED, "尚未返校"),
)


TOTAL, NO_ADDRESS = "合计", "未登记住址"
"""How a paper calls its sum, and the children whose village nobody has entered."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of a table: a class, a school or a village."""

    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """What a printed report says."""

    office: str
    head: str
    """Whose head it bears: of a class its school's."""
    to: str
    """Empty where nobody stands above."""
    stream: Stream
    from_on: date
    until: date
    number: int
    """Which version."""
    lines: Sequence[Counted]
    total: Counted
    villages: Sequence[Counted]
    contacts: Mapping[str, int]
    open_cases: int
    text: str
    reason: str
    """Why it corrects the one before; empty for the first."""
    author: str
    submitted_on: date


def report_sheet(said: ReportPaper) -> Sheet:
    """The paper of one version; in 文件格式, for it goes up the line (R-234). No child is named."""
    blocks: list[Block] = [
        OfficialHead(f"{said.head}文件"),
        Title(NAMES[said.stream], f"{_day(said.from_on)}至{_day(said.until)}"),
    ]
    if said.to:
        blocks.append(Addressee(said.to))
    blocks += [
        Paragraph(_opening(said)),
        Heading("一、学生变动情况"),
        _table("单位", [*said.lines, said.total]),
    ]
    if said.villages:
        blocks += [Heading("二、按村统计"), _table("村（社区）", said.villages)]
    blocks.append(Heading("三、工作开展情况" if said.villages else "二、工作开展情况"))
    blocks.append(Paragraph(_done(said)))
    blocks += [Paragraph(line.strip()) for line in said.text.splitlines() if line.strip()]
    if said.reason:
        blocks.append(Paragraph(f"本次为第{said.number}次报送，更正原因：{said.reason}"))
    blocks += [
        Signatures((SignLine("单位负责人"), SignLine("填报人", said.author))),
        Seal(said.office, _day(said.submitted_on)),
        Note(
            "数字为报送当日系统内的登记情况，报送后不再改动。资助发放尚未纳入系统，不在数字之内。"
        ),
    ]
    return Sheet(Layout.LETTER, tuple(blocks))


def _opening(said: ReportPaper) -> str:
    total = said.total.counts
    on_roll, dropped = total.get(Count.ON_ROLL, 0), total.get(Count.DROPPED, 0)
    return (
        f"截至{_day(said.until)}，在籍学生{on_roll}人；"
        f"已认定辍学、尚未返校{dropped}人；正在办理的个案{said.open_cases}件。现将有关情况报告如下。"
    )


def _done(said: ReportPaper) -> str:
    made = said.contacts
    return (
        f"本期完成家访{made.get('visit', 0)}人次，电话联系{made.get('call', 0)}人次，"
        f"与学生谈话{made.get('talk', 0)}人次。"
    )


def _table(first: str, lines: Sequence[Counted]) -> Table:
    return Table(
        (first, *(name for _, name in COLUMNS)),
        tuple(
            (line.name, *(str(line.counts.get(count.value, 0)) for count, _ in COLUMNS))
            for line in lines
        ),
        (4, *(2 for _ in COLUMNS)),
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
