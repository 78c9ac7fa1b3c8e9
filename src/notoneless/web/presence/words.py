"""What people call leave, arrivals, ways to school and what a ledger holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.attendance.queries.away import AwayChild
from notoneless.attendance.queries.class_names import ClassAt
from notoneless.attendance.queries.leave import LeaveList
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.attendance.sessions import EXPLAINED, Reason
from notoneless.rules.attendance.starts import Arrival
from notoneless.rules.attendance.travel import Boarding, Way
from notoneless.web.rolls.words import REASONS
from notoneless.web.words import class_name

LEAVE_KINDS: Mapping[LeaveKind, str | Promise] = {
    LeaveKind.SICK: pgettext_lazy("absence", "病假"),
    LeaveKind.PERSONAL: pgettext_lazy("absence", "事假"),
    LeaveKind.OFFICIAL: pgettext_lazy("absence", "公假"),
}
LEAVE_STATES: Mapping[LeaveState, str | Promise] = {
    LeaveState.ASKED: pgettext_lazy("leave", "待批"),
    LeaveState.APPROVED: pgettext_lazy("leave", "已批准"),
    LeaveState.REFUSED: pgettext_lazy("leave", "未批准"),
    LeaveState.WITHDRAWN: pgettext_lazy("leave", "已撤回"),
}
STATE_TONES: Mapping[LeaveState, str] = {
    LeaveState.ASKED: "attention",
    LeaveState.APPROVED: "done",
    LeaveState.REFUSED: "neutral",
    LeaveState.WITHDRAWN: "neutral",
}
ASKED_BY: Mapping[AskedBy, str | Promise] = {
    AskedBy.GUARDIAN: _("监护人"),
    AskedBy.TEACHER: _("教师"),
}
LEAVE_LISTS: Mapping[LeaveList, str | Promise] = {
    LeaveList.ASKED: pgettext_lazy("leave", "待批"),
    LeaveList.RUNNING: _("在假和将开始"),
    LeaveList.PROOF: _("欠证明"),
    LeaveList.LONG: _("长假"),
    LeaveList.ALL: _("本学年全部"),
}
ARRIVALS: Mapping[Arrival, str | Promise] = {
    Arrival.ARRIVED: pgettext_lazy("term start", "已到"),
    Arrival.NOT_YET: pgettext_lazy("term start", "未到"),
    Arrival.UNKNOWN: pgettext_lazy("term start", "不明（没点过名）"),
}
WAYS: Mapping[Way, str | Promise] = {
    Way.WALK: _("步行"),
    Way.CYCLE: _("自行车（含电动车、摩托车）"),
    Way.PUBLIC: _("公共交通"),
    Way.FAMILY: _("家长接送"),
    Way.SCHOOL_BUS: _("校车"),
    Way.OTHER: pgettext_lazy("way to school", "其他"),
}
BOARDINGS: Mapping[Boarding, str | Promise] = {
    Boarding.UNKNOWN: _("还没问过"),
    Boarding.NOT_NEEDED: _("不需要住校"),
    Boarding.NOT_OFFERED: _("需要，学校没有床位"),
    Boarding.ACCEPTED: _("已提供，学生住校"),
    Boarding.DECLINED: _("已提供，家长或学生没有接受"),
}


def class_at_words(at: ClassAt | None, today: date) -> str:
    """三年级2班 on ``today``."""
    if at is None:
        return gettext("不在班")
    return class_name(at.name.stage, at.name.entered_in, at.name.number, today=today)


def kind_words(kind: LeaveKind | None) -> str:
    """病假; only 请假 for who may not know whether it is illness."""
    return str(LEAVE_KINDS[kind]) if kind else gettext("请假")


def reason_words(reason: Reason, *, sees_health: bool) -> str:
    """Why a child was missing; every explained reason is 请假 for who may not see health."""
    if reason in EXPLAINED and not sees_health:
        return gettext("请假")
    return str(REASONS[reason])


def away_words(row: AwayChild) -> str:
    """What is known of why a child is away."""
    if row.has_asked:
        return gettext("请假待批")
    if row.reason is Reason.TRUANT:
        return gettext("旷课")
    return gettext("原因未明")


def days_words(row: AwayChild) -> str:
    """5 天; 3 天，可能 6 天 where the run steps over days without a roll."""
    if row.is_proved:
        said = ngettext("%(n)s 天", "%(n)s 天", row.proved_days)
        return said % {"n": row.proved_days}
    both = {"n": row.proved_days, "most": row.possible_days}
    return gettext("已证实 %(n)s 天，可能 %(most)s 天") % both
