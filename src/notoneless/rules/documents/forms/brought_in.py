"""The sheet that stands for a paper from before: it says where the original lies."""

from __future__ import annotations

from notoneless.rules.documents.blocks import (
    Field,
    Layout,
    Note,
    NumberLine,
    Sheet,
    Title,
)
from notoneless.rules.documents.forms.phrases import day
from notoneless.rules.documents.forms.pieces import grid, wide
from notoneless.rules.documents.payloads.brought_in import BroughtIn

BEFORE = "启用系统前的纸质文书，补录"


def brought_in(payload: BroughtIn) -> Sheet:
    """Its particulars as they were entered; the scanned pages, if any, follow it in the file."""
    pupil, pages = payload.pupil, payload.scanned_pages
    return Sheet(
        Layout.FORM,
        (
            NumberLine(number=payload.office.number_text),
            Title(payload.name, BEFORE),
            grid(
                Field("学生姓名", pupil.name),
                Field("学校", pupil.school),
                wide("发文机关", payload.office.name),
                Field("文书日期", day(payload.written_on)),
                Field("期限", day(payload.deadline_on)),
                Field("送达日期", day(payload.served_on)),
                Field("送达方式", payload.method),
                wide("原件所在", payload.lies_in, lines=2),
                wide("扫描件", f"{pages}页" if pages else "没有扫描件"),
            ),
            Note("本页只登记文书的基本情况，内容以纸质原件为准。"),
        ),
    )
