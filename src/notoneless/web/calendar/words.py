"""The calendar's codes in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.calendar import DayKind
from notoneless.rules.notice import NoticeFault
from notoneless.rules.policy.measures import DurationUnit

UNITS: Mapping[DurationUnit, str | Promise] = MappingProxyType(
    {
        DurationUnit.SCHOOL_DAYS: _("上课日"),
        DurationUnit.WORKING_DAYS: _("工作日"),
        DurationUnit.CALENDAR_DAYS: _("自然日"),
        DurationUnit.WEEKS: pgettext_lazy("unit of a clock", "周"),
        DurationUnit.MONTHS: pgettext_lazy("unit of a clock", "月"),
        DurationUnit.YEARS: pgettext_lazy("unit of a clock", "年"),
    }
)
SIGNS: Mapping[DayKind, str | Promise] = MappingProxyType(
    {
        DayKind.MAKE_UP: pgettext_lazy("sign on a calendar day", "班"),
        DayKind.ADDED: pgettext_lazy("sign on a calendar day", "课"),
        DayKind.PATTERN_CLASS: pgettext_lazy("sign on a calendar day", "上"),
        DayKind.HOLIDAY: pgettext_lazy("sign on a calendar day", "休"),
        DayKind.DROPPED: pgettext_lazy("sign on a calendar day", "调"),
        DayKind.CLOSED: pgettext_lazy("sign on a calendar day", "停"),
    }
)
KINDS: Mapping[DayKind, str | Promise] = MappingProxyType(
    {
        DayKind.CLASS: _("上课"),
        DayKind.MAKE_UP: _("调休补课"),
        DayKind.ADDED: _("另定上课"),
        DayKind.PATTERN_CLASS: _("按循环上课"),
        DayKind.REST: _("周末"),
        DayKind.PATTERN_REST: _("按循环休息"),
        DayKind.HOLIDAY: _("放假"),
        DayKind.DROPPED: _("另定不上课"),
        DayKind.CLOSED: _("停课"),
        DayKind.VACATION: _("寒暑假"),
    }
)
FAULTS: Mapping[NoticeFault, str | Promise] = MappingProxyType(
    {
        NoticeFault.UNREADABLE: _(
            "看不出哪天放假或上班。请写成“2027-02-05 休 春节”，"
            "或保留“春节：2月5日至11日放假”这样的句子。"
        ),
        NoticeFault.NO_SUCH_DATE: _("日历上没有这一天，请核对月份和日期。"),
        NoticeFault.WRONG_YEAR: _("不在这一年，也不是上一年最后七天。请核对年份。"),
        NoticeFault.BACKWARDS: _("最后一天早于第一天，请对调。"),
        NoticeFault.TOO_LONG: _("一次放假超过二十天，请核对起止日期。"),
        NoticeFault.TWO_ANSWERS: _("前面的行对同一天有相反的说法，请删去一行。"),
        NoticeFault.WORKS_ON_WEEKDAY: _("这一天本来就是星期一到星期五，不需要写补班，请核对。"),
    }
)
WEEKDAYS: tuple[str | Promise, ...] = (
    pgettext_lazy("heading of a calendar", "一"),
    pgettext_lazy("heading of a calendar", "二"),
    pgettext_lazy("heading of a calendar", "三"),
    pgettext_lazy("heading of a calendar", "四"),
    pgettext_lazy("heading of a calendar", "五"),
    pgettext_lazy("heading of a calendar", "六"),
    pgettext_lazy("heading of a calendar", "日"),
)
