"""Contacts as a workbook: who, how, what came of it; never what was said."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notoneless.contacts.queries.lines import ContactLine
from notoneless.web.contacts.words import KINDS, PURPOSES, RESULTS, cause_words
from notoneless.web.exports import workbook
from notoneless.web.request import Request


def send_contacts(request: Request, rows: Sequence[ContactLine], *, purpose: str) -> FileResponse:
    """A list of contacts as .xlsx, marked with who, when and what for."""
    mark = _("导出人：%(name)s　时间：%(at)s　用途：%(purpose)s　共 %(count)s 条") % {
        "name": request.actor.name,
        "at": f"{timezone.localtime(request.now):%Y-%m-%d %H:%M}",
        "purpose": purpose,
        "count": len(rows),
    }
    title = _("联系记录")
    file = workbook(
        [mark, _("内部资料 注意保密")], _headings(), (_cells(row) for row in rows), sheet=title
    )
    name = f"{title}-{request.today:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def _headings() -> list[str]:
    return [
        _("日期"),
        _("时间"),
        _("儿童"),
        _("方式"),
        pgettext("contact", "结果"),
        _("目的"),
        _("联系人"),
        _("同行人员"),
        _("主要原因"),
        _("下一步的日期"),
        _("有无佐证"),
    ]


def _cells(row: ContactLine) -> list[str]:
    join = _("、")
    proven = _("已完成") if row.is_closed else _("待补")
    return [
        row.happened_on.isoformat(),
        row.hour,
        join.join(child.name for child in row.children),
        str(KINDS[row.kind]),
        str(RESULTS[row.result]),
        str(PURPOSES[row.purpose]),
        row.by.name,
        join.join(person.name for person in row.companions),
        cause_words(row.main_cause) if row.main_cause else "",
        row.next_on.isoformat() if row.next_on else "",
        proven,
    ]
