"""The settlement on paper (F-071), its grounds (F-072), an exception statement (F-073)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from notoneless.documents.rendering.html import html_of_sheet
from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.flows.consequences.showing import (
    Opened,
    OpenedLine,
    grounds_of,
    open_line,
    open_settlement,
)
from notoneless.rules.consequences.life import DECISIONS, LineStep
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.documents import blocks as b
from notoneless.web.consequences import words
from notoneless.web.consequences.sums import by_bearer, together
from notoneless.web.documents.views import pdf_answer
from notoneless.web.request import Request, stamp_of

BURDENS = frozenset(Kind) - {Kind.REWARD, Kind.PREFERENCE}


@require_safe
def settlement_paper(request: Request, settlement_id: UUID) -> HttpResponse:
    """奖惩兑现表: each line with its formula, so that every fen can be traced; no child is
    named."""
    found = open_settlement(request.actor, settlement_id, today=request.today)
    with translation.override("zh-hans"):
        sheet = _statement(found, request)
    return _answer(request, sheet, "奖惩兑现表")


@require_safe
def settlement_grounds(request: Request, settlement_id: UUID) -> HttpResponse:
    """处罚决策依据: pupil, cause and person responsible of each burden; children through the
    door, noted as one reading."""
    found = open_settlement(request.actor, settlement_id, today=request.today)
    names = grounds_of(request.actor, found, today=request.today, stamp=stamp_of(request))
    with translation.override("zh-hans"):
        sheet = _grounds(found, names, request)
    return _answer(request, sheet, "处罚决策依据")


@require_safe
def settlement_statement(request: Request, line_id: UUID) -> HttpResponse:
    """特殊情况书面说明, with its verification and decision so far."""
    found = open_line(request.actor, line_id, today=request.today, stamp=stamp_of(request))
    with translation.override("zh-hans"):
        sheet = _exception(found, request)
    return _answer(request, sheet, "特殊情况书面说明")


def _answer(request: Request, sheet: b.Sheet, name: str) -> HttpResponse:
    if request.GET.get("pdf") == "1":
        return pdf_answer(pdf_of_sheet(sheet), f"{name}.pdf")
    return render(request, "consequences/paper.html", {"paper": html_of_sheet(sheet), "name": name})


def _head(found: Opened, title: str, request: Request) -> list[b.Block]:
    row = found.row
    school = words.unit_words(found.school, request.today)
    state = "已审定" if row.is_confirmed else "核算稿，未审定，不生效"
    rows = (
        (b.Field("单位", school), b.Field("期间", words.period_words(row.school_year, row.term))),
        (
            b.Field("统计起止", f"{_day(row.since)}至{_day(row.counted_until)}"),
            b.Field("状态", state),
        ),
    )
    return [b.Title(title), b.Fields(rows)]


def _statement(found: Opened, request: Request) -> b.Sheet:
    blocks = _head(found, "控辍保学奖惩兑现表", request)
    lines = [
        words.line_words(line, found.units, found.policy, request.today) for line in found.lines
    ]
    effective = [each for each in lines if each.line.may_take_effect]
    blocks += _lines(effective)
    blocks += _sums(effective)
    rules = dict.fromkeys((each.rule, _source(each)) for each in effective)
    if rules:
        said = "；".join(f"{rule}，{source}" for rule, source in rules)
        blocks.append(b.Note(f"规则出处：{said}。"))
    bases = dict.fromkeys(each.line.legal_basis for each in effective if each.line.legal_basis)
    if bases:
        blocks.append(b.Note("法律依据：" + "、".join(bases) + "。"))
    for each in lines:
        if each.standing:
            who = _joined(" ", each.unit, each.role, each.bearer)
            blocks.append(b.Note(f"未生效：{who}，{each.rule}，{each.standing}。"))
    blocks.append(b.Note("已返校的学生不计。各项对应的学生见《处罚决策依据》，不随本表公布。"))
    blocks.append(_signatures(found))
    return b.Sheet(b.Layout.FORM, tuple(blocks))


def _lines(effective: list[words.LineWords]) -> list[b.Block]:
    """Each line by its number, under which the sums name it."""
    if not effective:
        return [b.Paragraph("本期没有生效的奖惩事项。")]
    head = ("序号", "责任人（单位）", "班级（单位）", "事由", "怎样算的", "结果", "审定、兑现")
    rows = tuple(
        (
            str(each.line.number),
            _joined("\n", each.bearer, each.role),
            each.unit,
            _joined("\n", each.kind, each.rule, each.condition),
            each.formula or each.honours,
            each.amount or "—",
            _joined("\n", each.state, each.done),
        )
        for each in effective
    )
    return [b.Table(head, rows, widths=(5, 13, 14, 24, 20, 11, 13))]


def _sums(effective: list[words.LineWords]) -> list[b.Block]:
    """What each bearer gets or pays altogether, with room to sign, and all together."""
    sums = by_bearer(effective)
    if not sums:
        return []
    said = [
        (each.bearer, *(each.said[key] for key in _FIGURES), "、".join(each.lines), "")
        for each in (*sums, together(effective, "合计"))
    ]
    said[-1] = (*said[-1][:-2], "", "")
    head = ("责任人（单位）", "奖励", "扣罚", "应发（扣）", "序号", "签收")
    caption = "每人合计"
    return [b.Table(head, tuple(said), widths=(18, 14, 14, 16, 20, 18), caption=caption)]


_FIGURES = ("gains", "charges", "total")


def _grounds(found: Opened, names: dict[UUID, str], request: Request) -> b.Sheet:
    blocks = _head(found, "处罚决策依据", request)
    rows: list[tuple[str, ...]] = []
    for line in found.lines:
        if line.kind not in BURDENS or not line.may_take_effect:
            continue
        said = words.line_words(line, found.units, found.policy, request.today)
        for loss in line.evidence:
            rows.append(
                (
                    names.get(loss.child, "（不在查看范围）"),
                    _day(loss.lost_on),
                    _cause(loss.is_teacher_caused, loss.is_concealed),
                    _joined(" ", said.role, said.bearer),
                    _joined("\n", said.kind, said.rule),
                    said.state,
                )
            )
    head = ("学生", "离校日期", "认定", "责任人（单位）", "处理", "审定")
    if rows:
        blocks.append(b.Table(head, tuple(rows), widths=(14, 14, 18, 22, 22, 10)))
    else:
        blocks.append(b.Paragraph("本期没有需要依据的处罚事项。"))
    blocks.append(b.Note("内部材料，注意保密；不得张贴、公开或转发。"))
    blocks.append(b.Signatures((b.SignLine("依据提供人"), b.SignLine("学校负责人"))))
    return b.Sheet(b.Layout.FORM, tuple(blocks))


def _exception(found: OpenedLine, request: Request) -> b.Sheet:
    line = found.line
    said = words.line_words(line, found.units, found.policy, request.today)
    school = words.unit_words(found.units.get(found.row.unit_id), request.today)
    statement = line.statement
    verified = next((s for s in reversed(line.steps) if s.step is LineStep.VERIFY), None)
    children = "、".join(
        child.name
        for child in found.children
        if statement is None or child.id in statement.children
    )
    answers = "\n".join(
        f"{words.honour_words(code)}：{'是' if answer else '否'}"
        for code, answer in (verified.answers if verified else {}).items()
    )
    decided = next((s for s in reversed(line.steps) if s.step in DECISIONS), None)
    opinion = (
        _joined("\n", f"{said.state} {said.amount}".strip(), decided.reason) if decided else ""
    )
    period = words.period_words(found.row.school_year, found.row.term)
    fields: tuple[tuple[b.Field, ...], ...] = (
        (b.Field("单位", school), b.Field("责任人", _joined(" ", said.role, said.bearer))),
        (b.Field("期间", period), b.Field("班级（单位）", said.unit)),
        (
            b.Field(
                "事项", _joined(" ", said.kind, said.rule, said.computed or said.amount), span=2
            ),
        ),
        (b.Field("涉及学生", children, span=2),),
        (b.Field("特殊情况", statement.circumstances if statement else "", span=2, lines=6),),
        (
            b.Field(
                "核实情况",
                _joined("\n", answers, verified.reason if verified else ""),
                span=2,
                lines=4,
            ),
        ),
        (b.Field("审定意见", opinion, span=2, lines=2),),
    )
    signs = b.Signatures(
        (
            b.SignLine("说明人", statement.filed_by if statement else ""),
            b.SignLine("核实人", verified.by if verified else ""),
            b.SignLine("审定人", decided.by if decided else ""),
        )
    )
    return b.Sheet(b.Layout.FORM, (b.Title("特殊情况书面说明"), b.Fields(fields), signs))


def _signatures(found: Opened) -> b.Signatures:
    return b.Signatures(
        (b.SignLine("核算人", found.row.made_by), b.SignLine("审定人", found.row.confirmed_by))
    )


def _cause(is_teacher_caused: bool, is_concealed: bool) -> str:
    said = [
        text
        for text, holds in (
            ("教师行为致辍", is_teacher_caused),
            ("瞒报、虚报", is_concealed),
        )
        if holds
    ]
    return "、".join(said) or "辍学未返校"


def _source(said: words.LineWords) -> str:
    return _joined(" ", said.line.pack, *said.line.pid)


def _joined(by: str, *texts: str) -> str:
    return by.join(text for text in texts if text)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
