"""A contract on paper: title, parties, clauses by chapter, signatures (R-174, R-179, R-299)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.contracts.clauses import Part
from notoneless.rules.contracts.kinds import Side
from notoneless.rules.contracts.terms import Effective
from notoneless.rules.contracts.text import ContractText, PartyText
from notoneless.rules.documents.blocks import (
    Block,
    Field,
    Fields,
    Heading,
    Layout,
    Note,
    NumberLine,
    PageBreak,
    Paragraph,
    Sheet,
    Signatures,
    SignLine,
    StampSpace,
    Title,
)
from notoneless.rules.policy.resolved import State

CHAPTERS: Mapping[Part, str] = MappingProxyType(
    {
        Part.TARGETS: "工作目标",
        Part.DUTIES: "工作职责",
        Part.REPORTS: "报告要求",
        Part.CONDUCT: "纪律要求",
        Part.FAMILY: "双方约定",
        Part.CONSEQUENCES: "考核与奖惩",
    }
)
NUMERALS = "一二三四五六七八九十"
WHY: Mapping[State, str] = MappingProxyType(
    {
        State.TO_BE_ENTERED: "数值待录入",
        State.NO_LEGAL_BASIS: "没有录入法定依据，放行以前不生效",
        State.BELOW_FLOOR: "低于法定底线",
    }
)
SIDES: Mapping[Side, str] = MappingProxyType({Side.A: "甲方", Side.B: "乙方"})


@dataclass(frozen=True, slots=True)
class Signed:
    """A line that has been signed, as the paper says it."""

    side: Side
    position: int
    by: str
    on: date
    how: str
    """电子签名, 纸质签署."""
    witness: str = ""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What stands on the paper beside the frozen text."""

    number: str = ""
    signed: tuple[Signed, ...] = ()
    pupils_at_end: int | None = None
    """``None`` until the year is over: room to write."""
    amendments: tuple[str, ...] = ()


def sheet_of(text: ContractText, on_paper: OnPaper = OnPaper()) -> Sheet:
    """The contract as one sheet."""
    return Sheet(Layout.FORM, tuple(_blocks(text, on_paper)))


def copies_of(sheets: Sequence[tuple[Sheet, int]]) -> Sheet:
    """Several contracts in one sheet, each so many times, every copy from a new page."""
    blocks: list[Block] = []
    for sheet, copies in sheets:
        for _ in range(copies):
            if blocks:
                blocks.append(PageBreak())
            blocks.extend(sheet.blocks)
    return Sheet(Layout.FORM, tuple(blocks))


def _blocks(text: ContractText, on_paper: OnPaper) -> list[Block]:
    blocks: list[Block] = [
        NumberLine("编号", on_paper.number),
        Title(text.title, f"{text.school_year}—{text.school_year + 1} 学年"),
        *_heading(text, on_paper),
        Paragraph(_opening(text)),
    ]
    for number, (part, clauses) in enumerate(_chapters(text)):
        blocks.append(Heading(f"{NUMERALS[number]}、{CHAPTERS[part]}"))
        blocks += [Paragraph(f"{n}. {clause}") for n, clause in enumerate(clauses, 1)]
    blocks.append(Heading(f"{NUMERALS[len(_chapters(text))]}、效力"))
    blocks += [Paragraph(f"{n}. {each}") for n, each in enumerate(_closing(text), 1)]
    blocks += [Paragraph(f"补充约定{n}：{each}") for n, each in enumerate(on_paper.amendments, 1)]
    blocks += _signing(text, on_paper)
    if text.left_out:
        blocks.append(Note(_unwritten(text)))
    return blocks


def _heading(text: ContractText, on_paper: OnPaper) -> list[Block]:
    if text.child is not None:
        child = text.child
        row = (Field("学生姓名", child.name), Field("学校", child.school))
        guardian = "、".join(each.name for each in text.of(Side.B))
        return [
            Fields((row, (Field("班级", child.school_class), Field("监护人", guardian)))),
        ]
    if text.school_class is None:
        return []
    of = text.school_class
    end = "" if on_paper.pupils_at_end is None else f"{on_paper.pupils_at_end} 人"
    return [
        Fields(
            (
                (Field("年级", of.grade), Field("班级", of.school_class)),
                (Field("学年初学生数", f"{of.pupils_at_start} 人"), Field("学年末学生数", end)),
            )
        )
    ]


def _opening(text: ContractText) -> str:
    a, b = (_parties(text.of(side)) for side in Side)
    return (
        f"为依法保障每一名适龄儿童少年完成义务教育，{a}（以下称甲方）与{b}（以下称乙方）"
        "经共同商定，签订本责任书。"
    )


def _parties(parties: tuple[PartyText, ...]) -> str:
    units = list(dict.fromkeys(each.unit for each in parties if each.unit))
    if units:
        return "、".join(units)
    return "、".join(f"{each.post}{each.name}" for each in parties)


def _chapters(text: ContractText) -> list[tuple[Part, list[str]]]:
    return [
        (part, found)
        for part in Part
        if (found := [each.text for each in text.clauses if each.part is part])
    ]


def _closing(text: ContractText) -> list[str]:
    terms = text.terms
    until = f"至 {day(text.to_on - ONE_DAY)} 止" if text.to_on else "至学生离校为止"
    begin = (
        "本责任书自双方签字之日起生效"
        if terms.effective is Effective.ON_SIGNATURE
        else f"本责任书经双方签字，自 {day(text.from_on)} 起生效"
    )
    sentences = [f"{begin}，{until}。"]
    if terms.goes_on:
        sentences.append("签订人岗位变动的，本责任书由接任人继续履行，不另行签订。")
    else:
        sentences.append("签订人岗位变动的，由接任人重新签字。")
    sentences.append(f"本责任书一式 {terms.copies} 份，双方各执一份，具有同等效力。")
    return sentences


def _signing(text: ContractText, on_paper: OnPaper) -> list[Block]:
    signed = {(each.side, each.position): each for each in on_paper.signed}
    lines = []
    for each in text.parties:
        label = f"{SIDES[each.side]}（{'，'.join(filter(None, (each.unit, each.post)))}）"
        found = signed.get((each.side, each.position))
        lines.append(SignLine(label, found.by if found else each.name, has_date=found is None))
    blocks: list[Block] = [Signatures(tuple(lines))]
    if on_paper.signed:
        blocks.append(Note("；".join(_signature(each) for each in on_paper.signed) + "。"))
    # A class has no seal of its own: a family's contract bears the school's.
    school = text.child.school if text.child else ""
    stamps = dict.fromkeys((p.side, school or p.unit) for p in text.parties if p.has_stamp)
    blocks += [StampSpace(f"{SIDES[side]}盖章：{unit}", 2) for side, unit in stamps]
    return blocks


def _signature(each: Signed) -> str:
    witness = f"，见证人 {each.witness}" if each.witness else ""
    return f"{SIDES[each.side]} {each.by} 于 {day(each.on)} {each.how}{witness}"


def _unwritten(text: ContractText) -> str:
    told = "；".join(f"{each.label}（{WHY[each.why]}）" for each in text.left_out)
    return f"下列各项不在本责任书内，不作为考核和奖惩的依据：{told}。"


def day(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"
