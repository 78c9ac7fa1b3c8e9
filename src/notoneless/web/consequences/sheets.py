"""The settlement as a spreadsheet: each line with its formula, for whoever pays (R-200, R-235)."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.flows.consequences.showing import open_settlement
from notoneless.web.consequences import words
from notoneless.web.exports import send_list
from notoneless.web.request import Request


@require_safe
def settlement_sheet(request: Request, settlement_id: UUID) -> FileResponse:
    """Every line, those that are off with the reason; no child is named."""
    found = open_settlement(request.actor, settlement_id, today=request.today)
    said = [
        words.line_words(each, found.units, found.policy, request.today) for each in found.lines
    ]
    headings = [
        _("序号"),
        _("责任人（单位）"),
        _("岗位"),
        _("班级（单位）"),
        _("事项"),
        _("规则"),
        _("条件"),
        _("怎样算的"),
        _("结果"),
        _("计入金额（元）"),
        _("进展"),
        _("兑现日期和凭证"),
        _("出处"),
    ]
    school = words.unit_words(found.school, request.today)
    title = f"{school} {_('奖惩兑现')}"
    return send_list(request, headings, [_row(each) for each in said], title=title)


def _row(said: words.LineWords) -> list[str]:
    line = said.line
    fen = words.fen_in_effect(line)
    return [
        str(line.number),
        said.bearer,
        said.role,
        said.unit,
        said.kind,
        said.rule,
        said.condition,
        said.formula or said.honours,
        said.amount,
        f"{fen / 100:.2f}" if line.is_money else "",
        said.standing or said.state,
        said.done,
        " ".join((line.pack, *line.pid)),
    ]
