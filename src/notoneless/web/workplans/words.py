"""Reports, meetings and campaigns in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.flows.workplans.year import Item, Stage
from notoneless.numbers.queries.tree import TreeUnit
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.indicators.counts import Count
from notoneless.rules.policy.words import label
from notoneless.rules.workplans.kinds import MeetingKind, Reach, ReportState, Stream
from notoneless.rules.workplans.streams import STREAMS
from notoneless.web.day_words import short_day, weekday
from notoneless.web.policy.words import language
from notoneless.web.templatetags.children import class_words

STREAM_WORDS: Mapping[Stream, str | Promise] = {
    Stream.CLASS_COUNT: pgettext_lazy("report", "班级统计"),
    Stream.WEEKLY_INFO: pgettext_lazy("report", "每周信息报告"),
    Stream.SCHOOL_COUNT: pgettext_lazy("report", "学校统计"),
    Stream.TOWNSHIP_COUNT: pgettext_lazy("report", "乡镇汇总"),
    Stream.TERM_START: pgettext_lazy("report", "学期初书面报告"),
    Stream.SCHOOL_WRITTEN: pgettext_lazy("report", "学校月初书面报告"),
    Stream.TOWNSHIP_WRITTEN: pgettext_lazy("report", "乡镇书面报告"),
    Stream.KEY_UNIT: pgettext_lazy("report", "重点管理情况报告"),
}
MEETING_WORDS: Mapping[MeetingKind, str | Promise] = {
    MeetingKind.LEADERSHIP: pgettext_lazy("meeting", "领导小组会议"),
    MeetingKind.OFFICE: pgettext_lazy("meeting", "教导处例会"),
    MeetingKind.CAMPAIGN: pgettext_lazy("meeting", "宣传月专题会"),
    MeetingKind.SUPERVISION: pgettext_lazy("meeting", "督办会"),
    MeetingKind.REGULAR: pgettext_lazy("meeting", "定期例会"),
    MeetingKind.JOINT: pgettext_lazy("meeting", "联席会议"),
    MeetingKind.OTHER: pgettext_lazy("meeting", "其他会议"),
}
MEETING_OF: Mapping[DutyRule, MeetingKind] = {
    DutyRule.MEETING_LEADERSHIP: MeetingKind.LEADERSHIP,
    DutyRule.MEETING_OFFICE: MeetingKind.OFFICE,
    DutyRule.MEETING_CAMPAIGN: MeetingKind.CAMPAIGN,
    DutyRule.MEETING_SUPERVISION: MeetingKind.SUPERVISION,
    DutyRule.MEETING_REGULAR: MeetingKind.REGULAR,
}
ITEM_WORDS: Mapping[DutyRule, str | Promise] = {
    **{rule.duty: STREAM_WORDS[stream] for stream, rule in STREAMS.items()},
    **{rule: MEETING_WORDS[kind] for rule, kind in MEETING_OF.items()},
    DutyRule.CAMPAIGN_PLAN: pgettext_lazy("campaign", "宣传月方案"),
    DutyRule.CAMPAIGN_REPORT: pgettext_lazy("campaign", "宣传月总结"),
}
STATE_WORDS: Mapping[ReportState, str | Promise] = {
    ReportState.OPEN: pgettext_lazy("report state", "还没有交"),
    ReportState.SUBMITTED: pgettext_lazy("report state", "已交，等接收"),
    ReportState.ACCEPTED: pgettext_lazy("report state", "已接收"),
    ReportState.RETURNED: pgettext_lazy("report state", "已退回"),
    ReportState.CORRECTED: pgettext_lazy("report state", "已更正，等接收"),
}
STATE_TONES: Mapping[ReportState, str] = {
    ReportState.OPEN: "neutral",
    ReportState.SUBMITTED: "accent",
    ReportState.ACCEPTED: "done",
    ReportState.RETURNED: "attention",
    ReportState.CORRECTED: "accent",
}
STAGE_WORDS: Mapping[Stage, str | Promise] = {
    Stage.TO_COME: pgettext_lazy("workplan", "未到时间"),
    Stage.NOW: pgettext_lazy("workplan", "待办"),
    Stage.MISSING: pgettext_lazy("workplan", "逾期未办"),
    Stage.IN_TIME: pgettext_lazy("workplan", "已办"),
    Stage.LATE: pgettext_lazy("workplan", "迟办"),
}
STAGE_TONES: Mapping[Stage, str] = {
    Stage.TO_COME: "neutral",
    Stage.NOW: "accent",
    Stage.MISSING: "danger",
    Stage.IN_TIME: "done",
    Stage.LATE: "attention",
}
WHY_OFF: Mapping[str, str | Promise] = {
    "absent": _("这里的方案没有要求"),
    "none": _("方案写明不要求"),
    "key_unit_only": _("只有被列为重点管理的单位才报，本单位不是"),
    "to_be_entered": _("原文没有写明，等本地填写"),
    "no_legal_basis": _("还没有批准依据"),
    "below_floor": _("本地填的值不合法律规定，要重填"),
}
REACH_WORDS: Mapping[Reach, str | Promise] = {
    Reach.VILLAGE: pgettext_lazy("reach", "到村"),
    Reach.HOUSEHOLD: pgettext_lazy("reach", "到户"),
    Reach.CLASS: pgettext_lazy("reach", "到班"),
    Reach.PERSON: pgettext_lazy("reach", "到人"),
}
REPORTED: tuple[tuple[Count, str | Promise], ...] = (
    (Count.ON_ROLL, _("在籍")),
    (Count.MOVED_IN, _("转入")),
    (Count.MOVED_OUT, _("转出")),
    (Count.SUSPENDED, _("休学")),
    (Count.SUSPECTED, _("疑似辍学")),
    (Count.DROPPED_IN_PERIOD, _("本期辍学")),
    (Count.RETURNED, _("本期复学")),
    (Count.DROPPED, _("尚未返校")),
    (Count.ABSENT, _("缺席人次")),
)
"""What the table of a report shows, in this order."""
OPENING = frozenset(count for count, _words in REPORTED)
CONTACT_WORDS: Mapping[str, str | Promise] = {
    "visit": _("家访"),
    "call": _("电话"),
    "talk": _("谈话"),
    "letter": _("信函"),
    "message": _("短信"),
    "meeting": _("动员会"),
}


def channel_words(code: str) -> str:
    """A channel as the catalogue calls it; one of a plan's own as it is written."""
    return label("codes", code, language())


def unit_words(unit: TreeUnit, today: date) -> str:
    """A class by its name of ``today``, any other unit by its name."""
    return class_words(unit.class_name, today) or unit.name


def span_words(from_on: date, until: date | None) -> str:
    """9月24日—10月23日, or one day."""
    if until is None or until == from_on:
        return _plain(from_on)
    return gettext("%(first)s—%(last)s") % {"first": _plain(from_on), "last": _plain(until)}


def _plain(on: date) -> str:
    """A day without its weekday."""
    return " ".join(each for each in short_day(on).split() if each != weekday(on))


def month_words(month: date) -> str:
    return gettext("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}


def item_words(item: Item) -> str:
    return str(ITEM_WORDS[item.rule])
