"""Blocks that several papers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notoneless.rules.documents.blocks import (
    Block,
    Colophon,
    Field,
    Fields,
    Heading,
    Letterhead,
    Note,
    NumberLine,
    OfficialHead,
    PageBreak,
    Paragraph,
    Seal,
    Signatures,
    SignLine,
    Stub,
    Table,
    Title,
)
from notoneless.rules.documents.forms.phrases import NO_DAY, day, numbered
from notoneless.rules.documents.kinds import Head
from notoneless.rules.documents.names import name_of_paper
from notoneless.rules.documents.payloads.parts import (
    Evidence,
    Guardian,
    Officer,
    Payload,
    Pupil,
    Visit,
)

MARK = "文件"
"""Ends the red mark of an official paper."""
CHINESE = "一二三四五六七八九十"
VISIT_WIDTHS = (5, 20, 9, 20, 46)
VISIT_WIDTHS_IN_LETTER = (6, 25, 10, 22, 37)
"""Letters are set larger: a date needs more room to stay in one line."""
GENERAL_HELP = (
    "家里有困难可以找学校：生活困难的，可以申请教育资助；路远或者无人照看的，商量住校和接送；"
    "学习跟不上的，老师帮助补课；身体原因暂时不能上学的，可以依法申请休学。",
)
"""Offered where the filler names no help for this very family."""


def letter_head(payload: Payload, signer: str = "") -> tuple[Block, ...]:
    """The office's red head with the number, and the paper's name.

    ``signer``: of a report up the line; printed in 文件格式 alone.
    """
    return (_red_head(payload, signer), Title(name_of_paper(payload)))


def _red_head(payload: Payload, signer: str) -> Block:
    office = payload.office
    name = office.letterhead or office.name
    if payload.head is Head.OFFICIAL:
        return OfficialHead(name.removesuffix(MARK) + MARK, office.number_text, signer)
    return Letterhead(name, office.number_text)


def form_head(payload: Payload, under: str = "") -> tuple[Block, ...]:
    """A form's number and name, with its office below."""
    office = payload.office
    return (
        NumberLine(number=office.number_text),
        Title(name_of_paper(payload), under or office.letterhead or office.name),
    )


def seal(payload: Payload) -> Seal:
    return Seal(payload.office.name, day(payload.written_on) or NO_DAY)


def closing(
    payload: Payload, torn: Stub | None = None, *, copies: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    """Seal and date, and ``torn`` off below them.

    In 文件格式 a 版记 ends the paper, and what is torn off has a sheet of its own.
    """
    end = (seal(payload),)
    if payload.head is not Head.OFFICIAL:
        return (*end, torn) if torn else end
    colophon = Colophon(copies, payload.office.name, day(payload.written_on) or NO_DAY)
    return (*end, colophon, PageBreak(), torn) if torn else (*end, colophon)


def paragraphs(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


def items(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    """Numbered paragraphs."""
    return paragraphs(numbered(texts))


def chapters(*parts: tuple[str, Sequence[Block]]) -> tuple[Block, ...]:
    """一、事实 and its blocks, 二、依据 and so on; a part without blocks takes no number."""
    blocks: list[Block] = []
    told = [(name, inside) for name, inside in parts if inside]
    for place, (name, inside) in enumerate(told):
        blocks += [Heading(f"{CHINESE[place]}、{name}"), *inside]
    return tuple(blocks)


def grid(*fields: Field, columns: int = 2) -> Fields:
    """The fields in rows of ``columns``; the last of a row is widened until the row is full."""
    rows: list[list[Field]] = [[]]
    for field in fields:
        if sum(each.span for each in rows[-1]) + field.span > columns:
            rows.append([])
        rows[-1].append(field)
    return Fields(tuple(_filled(row, columns) for row in rows if row), columns)


def _filled(row: list[Field], columns: int) -> tuple[Field, ...]:
    *others, last = row
    room = columns - sum(each.span for each in others)
    return (*others, Field(last.label, last.value, room, last.lines))


def wide(label: str, value: str = "", *, lines: int = 1) -> Field:
    """A field over the whole width of two columns."""
    return Field(label, value, 2, lines)


def of_pupil(pupil: Pupil) -> tuple[Field, ...]:
    return (
        Field("学生姓名", pupil.name),
        Field("性别", pupil.sex),
        Field("出生日期", day(pupil.born_on)),
        Field("学籍号", pupil.student_no_masked),
        Field("学校", pupil.school),
        Field("班级", pupil.class_name),
    )


def of_home(pupil: Pupil) -> tuple[Field, ...]:
    return (Field("村（社区）", pupil.village), Field("家庭住址", pupil.address))


def of_guardian(guardian: Guardian) -> tuple[Field, ...]:
    return (
        Field("监护人", guardian.name),
        Field("与学生关系", guardian.relation),
        Field("联系电话", guardian.phone_masked),
    )


def visits_table(
    visits: Sequence[Visit], caption: str = "", *, widths: tuple[int, ...] = VISIT_WIDTHS
) -> tuple[Table, ...]:
    """One line for each visit, oldest first; no table without one."""
    if not visits:
        return ()
    rows = tuple(
        (str(place), day(visit.on), visit.kind, visit.by, visit.result)
        for place, visit in enumerate(sorted(visits, key=_when), start=1)
    )
    return (Table(("次", "日期", "方式", "人员", "结果"), rows, widths, caption),)


def _when(visit: Visit) -> int:
    return visit.on.toordinal()


def evidence_table(pieces: Sequence[Evidence], caption: str = "") -> tuple[Table, ...]:
    if not pieces:
        return ()
    rows = tuple(
        (str(place), piece.name, piece.number_text, piece.shows)
        for place, piece in enumerate(pieces, start=1)
    )
    return (Table(("序号", "材料", "编号", "证明内容"), rows, (9, 28, 25, 38), caption),)


def officers_sign(officers: Sequence[Officer]) -> Signatures:
    """Each officer with the certificate's number."""
    return Signatures(
        tuple(
            SignLine("执法人员", each.name, each.certificate, has_date=False) for each in officers
        )
    )


def help_lines(help_named: Sequence[str], before: str = "") -> tuple[Paragraph, ...]:
    """The help for this family, after ``before``; where none is named, what anybody can have."""
    named = numbered(help_named)
    if not named:
        return items(GENERAL_HELP)
    return paragraphs([before, *named] if len(named) > 1 else [f"{before}{named[0]}"])


def slip(payload: Payload, receiver: str) -> Stub:
    """回执: signed by whoever took the letter."""
    return Stub(
        "回执",
        (
            NumberLine(number=payload.office.number_text),
            grid(
                Field("文书", name_of_paper(payload)),
                Field("受送达人", receiver),
                Field("收到日期", NO_DAY),
                Field("签收身份", "□本人　□同住成年家属"),
                wide("拒收情况", lines=2),
            ),
            Note("签名只表示收到，不表示同意其中的内容。"),
            Signatures(
                (SignLine("签收人"), SignLine("送达人"), SignLine("见证人")),
            ),
        ),
    )


def proof_of_service(payload: Payload, receiver: str) -> Stub:
    """送达回证 of a law paper, with the ways that 民事诉讼法 art. 87-90 know."""
    return Stub(
        "送达回证",
        (
            NumberLine(number=payload.office.number_text),
            grid(
                Field("送达文书", name_of_paper(payload)),
                Field("受送达人", receiver),
                Field("送达地点"),
                Field("送达时间", NO_DAY),
                wide(
                    "送达方式", "□直接送达　□同住成年家属签收　□留置送达　□电子送达（经本人同意）"
                ),
                wide("拒收情况", lines=2),
            ),
            Note("签名只表示收到，不影响您申请行政复议或者提起行政诉讼。"),
            Signatures(
                (
                    SignLine("收件人"),
                    SignLine("见证人"),
                    SignLine("送达人", has_date=False),
                    SignLine("送达人"),
                ),
            ),
        ),
    )
