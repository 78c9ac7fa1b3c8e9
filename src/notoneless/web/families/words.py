"""What people are told on the guardian's page, and what the school calls invitations."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import LeaveKind, LeaveState
from notoneless.rules.families import InvitationState, SaidKind, Verdict

TODAY: Mapping[Mark | None, str | Promise] = {
    Mark.PRESENT: _("今天老师点过名，孩子在学校。"),
    Mark.EXCUSED: _("今天请了假，没有到校。"),
    Mark.UNEXPLAINED: _("今天没有到校，也没有请假。请现在就和班主任联系。"),
    Mark.NO_CLASS: _("今天不上课。"),
    Mark.UNKNOWN: _("今天还没有点名。"),
    None: _("今天不上学。"),
}
LEAVES: Mapping[LeaveKind, str | Promise] = {
    LeaveKind.SICK: _("生病"),
    LeaveKind.PERSONAL: _("家里有事"),
    LeaveKind.OFFICIAL: _("学校派出去"),
}
LEAVE_STATES: Mapping[LeaveState, str | Promise] = {
    LeaveState.ASKED: _("老师还没有看"),
    LeaveState.APPROVED: _("老师同意了"),
    LeaveState.REFUSED: _("老师没有同意，请打电话问一问"),
    LeaveState.WITHDRAWN: _("已经取消"),
}
LEAVE_TONES: Mapping[LeaveState, str] = {
    LeaveState.ASKED: "attention",
    LeaveState.APPROVED: "done",
    LeaveState.REFUSED: "neutral",
    LeaveState.WITHDRAWN: "neutral",
}
INVITATIONS: Mapping[InvitationState, str | Promise] = {
    InvitationState.UNUSED: pgettext_lazy("invitation", "还没有用"),
    InvitationState.USED: pgettext_lazy("invitation", "已用"),
    InvitationState.EXPIRED: pgettext_lazy("invitation", "已过期"),
    InvitationState.LOCKED: pgettext_lazy("invitation", "已锁定"),
    InvitationState.ENDED: pgettext_lazy("invitation", "已被新的代替"),
}
INVITATION_TONES: Mapping[InvitationState, str] = {
    InvitationState.UNUSED: "accent",
    InvitationState.USED: "done",
    InvitationState.EXPIRED: "neutral",
    InvitationState.LOCKED: "attention",
    InvitationState.ENDED: "neutral",
}
SAID: Mapping[SaidKind, str | Promise] = {
    SaidKind.NOT_MINE: _("“这不是我的孩子”"),
    SaidKind.PHONE: _("自己的电话应该是"),
    SaidKind.ADDRESS: _("家庭住址应该是"),
}
ACCEPT: Mapping[SaidKind, str | Promise] = {
    SaidKind.NOT_MINE: _("属实，从档案里去掉"),
    SaidKind.PHONE: _("属实，改电话"),
    SaidKind.ADDRESS: _("属实，改住址"),
}
VERDICTS: Mapping[Verdict, str | Promise] = {
    Verdict.ACCEPTED: pgettext_lazy("guardian's word", "属实，已更正"),
    Verdict.KEPT: pgettext_lazy("guardian's word", "核对过，档案不改"),
}
DONE: Mapping[str, str | Promise] = {
    "leave": _("请假已经交给老师，同意了这里会写出来。"),
    "wrong": _("已经告诉学校，学校核对以后再改。"),
    "not_mine": _("这个孩子已经从这一页去掉，学校会去核对。"),
}
