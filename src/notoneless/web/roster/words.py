"""What people call the states of an import and of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.flows.roster.viewing import KINDS, ImportPage, ImportStatus

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
TONES: Mapping[str, str] = {"refused": "attention", "parked": "attention", "new": "done"}


def kind_tabs(found: ImportPage, kind: str) -> list[dict[str, Any]]:
    """The kinds of rows as tabs with their numbers."""
    total = sum(found.counts.get(k, 0) for k in ("new", "changed", "unchanged"))
    total += found.counts.get("refused", 0) + found.counts.get("parked", 0)
    return [
        {
            "label": VERDICTS[each],
            "url": f"?kind={each}",
            "is_current": each == kind,
            "count": total if each == "all" else found.counts.get(each, 0),
        }
        for each in KINDS
    ]
