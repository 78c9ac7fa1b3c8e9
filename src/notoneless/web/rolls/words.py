"""What people call sessions, reasons and how a roll stands."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import LeaveKind
from notoneless.rules.attendance.sessions import (
    AFTERNOON,
    DAY,
    EVENING,
    MORNING,
    RETURN,
    Reason,
    lesson_of,
)

SESSIONS: Mapping[str, str | Promise] = {
    DAY: pgettext_lazy("roll", "到校"),
    MORNING: pgettext_lazy("roll", "上午"),
    AFTERNOON: pgettext_lazy("roll", "下午"),
    EVENING: pgettext_lazy("roll", "晚点名"),
    RETURN: pgettext_lazy("roll", "返校"),
}
REASONS: Mapping[Reason, str | Promise] = {
    Reason.UNEXPLAINED: pgettext_lazy("absence", "未说明"),
    Reason.SICK: pgettext_lazy("absence", "病假"),
    Reason.PERSONAL: pgettext_lazy("absence", "事假"),
    Reason.OFFICIAL: pgettext_lazy("absence", "公假"),
    Reason.LATE: pgettext_lazy("absence", "迟到"),
    Reason.TRUANT: pgettext_lazy("absence", "旷课"),
}
"""In the order in which the sheet offers them."""
MARKS: Mapping[Mark, str | Promise] = {
    Mark.PRESENT: pgettext_lazy("day of a child", "到校"),
    Mark.UNEXPLAINED: pgettext_lazy("day of a child", "未到"),
    Mark.EXCUSED: pgettext_lazy("day of a child", "请假"),
    Mark.NO_CLASS: pgettext_lazy("day of a child", "没上课"),
    Mark.UNKNOWN: pgettext_lazy("day of a child", "未点名"),
}
SHORT_MARKS: Mapping[Mark, str | Promise] = {
    Mark.PRESENT: pgettext_lazy("day in a grid", "到"),
    Mark.UNEXPLAINED: pgettext_lazy("day in a grid", "缺"),
    Mark.EXCUSED: pgettext_lazy("day in a grid", "假"),
    Mark.NO_CLASS: pgettext_lazy("day in a grid", "停"),
    Mark.UNKNOWN: pgettext_lazy("day in a grid", "？"),
}
LEAVE_KINDS: Mapping[LeaveKind, str | Promise] = {
    LeaveKind.SICK: REASONS[Reason.SICK],
    LeaveKind.PERSONAL: REASONS[Reason.PERSONAL],
    LeaveKind.OFFICIAL: REASONS[Reason.OFFICIAL],
}
WHY_CORRECTED: tuple[str | Promise, ...] = (
    _("学生后来到校"),
    _("点错了人"),
    _("家长说明了原因"),
)
WHY_LATE: tuple[str | Promise, ...] = (
    _("停电或没有网络"),
    _("当时在处理突发情况"),
    _("先记在纸上，现在补录"),
)
WHY_NOT_HELD: tuple[str | Promise, ...] = (
    _("停电"),
    _("恶劣天气"),
    _("全校活动"),
)


def session_words(session: str) -> str:
    """上午, 晚点名, 第 3 节."""
    lesson = lesson_of(session)
    if lesson is not None:
        return gettext("第 %(n)s 节") % {"n": lesson}
    return str(SESSIONS[session])


def mark_words(reason: Reason, minutes_late: int = 0) -> str:
    """病假; 迟到 15 分钟."""
    if reason is Reason.LATE and minutes_late:
        return gettext("迟到 %(n)s 分钟") % {"n": minutes_late}
    return str(REASONS[reason])
