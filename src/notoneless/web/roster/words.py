"""What people call the states of an import and of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.flows.roster.viewing import KINDS, ImportPage, ImportStatus, RowFilter

STATES: Mapping[ImportStatus, tuple[str | Promise, str]] = {
    ImportStatus.UPLOADED: (_("等待读取"), "accent"),
    ImportStatus.READING: (_("正在读取"), "accent"),
    ImportStatus.READY: (_("等待您确认写入"), "attention"),
    ImportStatus.APPLYING: (_("正在写入"), "accent"),
    ImportStatus.APPLIED: (_("已写入"), "done"),
    ImportStatus.FAILED: (_("中断"), "attention"),
    ImportStatus.CANCELLED: (_("已取消"), "neutral"),
}
"""State → words and tone."""

VERDICTS: Mapping[str, str | Promise] = {
    "all": pgettext_lazy("roster rows", "全部"),
    "new": pgettext_lazy("roster rows", "新增"),
    "changed": pgettext_lazy("roster rows", "变更"),
    "unchanged": pgettext_lazy("roster rows", "无变化"),
    "refused": pgettext_lazy("roster rows", "拒绝"),
    "warned": pgettext_lazy("roster rows", "提醒"),
    "parked": pgettext_lazy("roster rows", "待裁定"),
}


def kind_tabs(found: ImportPage, wanted: RowFilter) -> list[dict[str, Any]]:
    """The kinds of rows as tabs with their numbers; no numbers while one file is looked at."""
    total = found.accepted + found.counts.get("refused", 0) + found.counts.get("parked", 0)
    counts = {**found.counts, "all": total}
    only = f"&file={wanted.file}" if wanted.file else ""
    return [
        {
            "label": VERDICTS[kind],
            "url": f"?kind={kind}{only}",
            "is_current": kind == wanted.kind,
            "count": None if wanted.file else counts.get(kind, 0),
        }
        for kind in KINDS
    ]
