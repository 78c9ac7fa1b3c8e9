"""What a visitor is shown, one step after the other, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the tour."""

    username: str
    title: str | Promise
    try_it: str | Promise
    page: str
    """Name of the page's address."""


TRY: dict[str, str | Promise] = {
    "teacher": _("用手机点名：六十人的班，点一下没来的孩子，交上去。"),
    "subject": _("课上发现少了一个孩子：点一下就报给班主任。"),
    "principal": _("看今天全校谁没来、哪个班还没点名、什么事过期了。"),
    "status": _("查学生、看学籍、导入名册，核对本校在册人数。"),
    "village": _("看本村的孩子，记一次家访。"),
    "township": _("收学校的报告书，发复学通知书，办送达。"),
    "centre": _("看片区几所学校：谁没点名，哪些个案该办了。"),
    "clerk": _("看全县的数，点开每个数看背后的孩子；改政策要点。"),
    "inspector": _("什么都能看，什么都不能改：抽查个案和日志。"),
    "police": _("部门只看到协查所需的几项，在一张表上答复。"),
}
"""One line for each of the ten people of the sign-in page."""

STOPS = (
    Stop(
        "teacher",
        _("早上七点五十，点名"),
        _("全班默认到齐，点没来的孩子、选原因、交上去。没有网络也能点，有网时自动送出，只算一次。"),
        "roll",
    ),
    Stop(
        "teacher",
        _("今天该办的事"),
        _(
            "没有请假就没来的孩子，系统按本地方案自动开出“联系家长”，写明期限。打完电话，点“去办”记一笔。"
        ),
        "home",
    ),
    Stop(
        "subject",
        _("第二节课少了一个孩子"),
        _("科任教师只看到自己教的班，点一下孩子的名字，班主任马上知道。"),
        "roll-my-lessons",
    ),
    Stop(
        "principal",
        _("校长的一屏"),
        _("过期的在最前：哪个班没点名、哪个孩子连续没来、哪次家访该去了。"),
        "presence",
    ),
    Stop(
        "township",
        _("乡镇的收件台"),
        _("学校的报告书送到这里，各有期限。收下或退回都要写原因，再发复学通知书，登记送达。"),
        "case-tray",
    ),
    Stop(
        "township",
        _("个案阶梯"),
        _("疑似、核实、劝返、通知、责令、复学、销号：每个孩子走到哪一步、下一步是谁的事。"),
        "cases",
    ),
    Stop(
        "police",
        _("部门答复协查"),
        _("公安只看到协查要用的几项，看不到个案，也查不到别的孩子。"),
        "referrals",
    ),
    Stop(
        "clerk",
        _("数从记录里来"),
        _("率和台账都由点名和个案算出，公式写在旁边，点开是背后的孩子；没有人重复填数。"),
        "indicators",
    ),
    Stop(
        "clerk",
        _("政策是数据"),
        _("几天算疑似、几天内家访、发几次通知，都在方案里，条条有出处，改了从哪天起生效也写明。"),
        "policy",
    ),
    Stop(
        "inspector",
        _("督学抽查"),
        _("什么都能看，什么都不能改。每次查看孩子的材料都有记录。"),
        "cases",
    ),
)
