"""What people call counts and indicators, and the formula as it is printed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.numbers.queries.table import Sheet
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import Base, Exclusion, Indicator, Key, Terms

Words = str | Promise
COUNTS: Mapping[Count, Words] = {
    Count.BASE: _("学年初在籍"),
    Count.ON_ROLL: _("现在籍"),
    Count.MOVED_IN: _("转入"),
    Count.RESUMED: _("复学"),
    Count.OTHER_IN: _("其他增加"),
    Count.LISTED: _("补建名册"),
    Count.MOVED_OUT: _("转出（已接收）"),
    Count.MOVED_OUT_UNCONFIRMED: _("转出（未见接收）"),
    Count.DIED: _("死亡"),
    Count.GRADUATED: pgettext_lazy("count", "毕业"),
    Count.SUSPENDED: _("休学"),
    Count.VISITING: _("借读（已备案）"),
    Count.DROPPED: _("辍学未返校"),
    Count.DROPPED_IN_PERIOD: _("本期认定辍学"),
    Count.RETURNED: _("本期返校"),
    Count.SUSPECTED: _("疑似辍学"),
    Count.KEPT: _("巩固"),
    Count.LAWFULLY_GONE: _("合法离校"),
    Count.LEAVERS: _("小学毕业"),
    Count.PROMOTED: _("升入初中"),
    Count.LOST_BETWEEN: _("小升初流失"),
    Count.ENTRY: _("入学时人数"),
    Count.VERIFIED: _("核实在籍人数"),
    Count.CENSUS: _("普查适龄人数"),
    Count.CENSUS_ENROLLED: _("其中已入学人数"),
    Count.UNDER16: _("村组 16 岁以下应在学人数"),
    Count.UNDER16_IN_SCHOOL: _("村组 16 岁以下在学人数"),
    Count.DISABLED: _("适龄残疾儿童少年人数"),
    Count.DISABLED_IN_SCHOOL: _("残疾儿童少年在学人数"),
    Count.DUE_TO_COMPLETE: _("初中应完成人数"),
    Count.COMPLETED: _("初中完成人数"),
    Count.SAT_ZHONGKAO: _("参加中考人数"),
    Count.WEAK: _("学期初学困生人数"),
    Count.WEAK_IMPROVED: _("学期末转化人数"),
    Count.SEATS: _("应到人次"),
    Count.ABSENT: _("缺勤人次"),
    Count.ROLLS_DUE: _("应点名次数"),
    Count.ROLLS_CALLED: _("已点名次数"),
    Count.ROLLS_MISSING: _("漏点名次数"),
}
MEANINGS: Mapping[Count, Words] = {
    Count.BASE: _("9 月 1 日在这里注册的孩子。"),
    Count.ON_ROLL: _("截止日在这里注册的孩子。"),
    Count.MOVED_IN: _("期内从别的学校转来（班级表里从别的班转来），期初不在这里。"),
    Count.RESUMED: _("休学期满重新注册。"),
    Count.OTHER_IN: _("学年初以后新注册，不是从本县学校转来。"),
    Count.LISTED: _("学年初以后才由名册登记：是登记晚了，不是来晚了。"),
    Count.MOVED_OUT: _("期内离开，已在别处注册，或个案以转学、出国（境）销号。"),
    Count.MOVED_OUT_UNCONFIRMED: _("学籍已作转出，到截止日还没有学校接收；不算合法离校。"),
    Count.DIED: _("期内死亡。"),
    Count.GRADUATED: _("期内毕业，或年满十六周岁并读满九年。"),
    Count.SUSPENDED: _("截止日在批准的休学期内；期满未复学的不算。"),
    Count.VISITING: _("截止日在外借读，三样材料已备案；学籍仍在这里。"),
    Count.DROPPED: _("已认定辍学，到截止日没有返校，不论哪一年认定。"),
    Count.DROPPED_IN_PERIOD: _("期内认定辍学，后来返校的也算；数据错误的不算。"),
    Count.RETURNED: _("认定辍学后在期内返校，没有再次离校；截止日当天返校的算返校。"),
    Count.SUSPECTED: _("个案在办，还没有认定，孩子还没有回来。"),
    Count.KEPT: _("学年初的孩子中，截止日仍在籍，没有辍学，也没有合法离校。"),
    Count.LAWFULLY_GONE: _("学年初的孩子中，转到别处已接收、死亡、毕业、出国（境）或批准休学。"),
    Count.LEAVERS: _("学年初以前十二个月内小学毕业的孩子。"),
    Count.PROMOTED: _("其中到截止日已在初中注册的。"),
    Count.LOST_BETWEEN: _("其中没有初中接收，也不在合法去向里；已认定辍学的不重复算。"),
    Count.ENTRY: _("各班所在年级入学那年 9 月 1 日的人数。"),
    Count.VERIFIED: _("责任书核实的人数，由人录入。"),
    Count.CENSUS: _("普查的适龄儿童人数，由人录入。"),
    Count.CENSUS_ENROLLED: _("普查的适龄儿童中已入学的，由人录入。"),
    Count.UNDER16: _("村组里不满十六周岁、应当在学的，由人录入。"),
    Count.UNDER16_IN_SCHOOL: _("其中在学的，由人录入。"),
    Count.DISABLED: _("有学习能力的适龄残疾儿童少年，由人录入。"),
    Count.DISABLED_IN_SCHOOL: _("其中在学的，随班就读、特教学校和送教都算，由人录入。"),
    Count.DUE_TO_COMPLETE: _("应当读完初中的这一届人数，按本地口径，由人录入。"),
    Count.COMPLETED: _("其中读完初中的，由人录入。"),
    Count.SAT_ZHONGKAO: _("应完成的这一届中参加中考的，由人录入。"),
    Count.WEAK: _("学期初的学困生人数，由人录入；不记名单。"),
    Count.WEAK_IMPROVED: _("其中学期末判定有进步的，由人录入；不记名单。"),
    Count.SEATS: _("已点名的每一次点名应到的人数之和；没有上课的不算。"),
    Count.ABSENT: _("其中没有到的人数之和；迟到的不算。"),
    Count.ROLLS_DUE: _("按方案应点的名，算到昨天；寄宿生晚点名不算。"),
    Count.ROLLS_CALLED: _("其中已点的；说明原因没有上课的也算。"),
    Count.ROLLS_MISSING: _("其中没有点的。"),
}
INDICATORS: Mapping[Key, Words] = {
    Key.LEDGER_RATE: _("台账辍学率"),
    Key.RESIDUAL_RATE: _("残差辍学率"),
    Key.CONTRACT_RATE: _("方案辍学率"),
    Key.RETENTION_RAW: _("巩固率（原始）"),
    Key.RETENTION_NET: _("巩固率（净流动）"),
    Key.THREE_YEAR_RAW: _("初中三年巩固率（原始）"),
    Key.THREE_YEAR_NET: _("初中三年巩固率（净流动）"),
    Key.NINE_YEAR_RAW: _("九年巩固率（原始）"),
    Key.NINE_YEAR_NET: _("九年巩固率（净流动）"),
    Key.PROMOTION: _("小升初升学率"),
    Key.ATTENDANCE: _("出勤率"),
    Key.ROLLS_CALLED: _("点名完成率"),
}
BASES: Mapping[Base, Words] = {
    Base.YEAR_START: _("学年初，9 月 1 日"),
    Base.COHORT_ENTRY: _("这一届入学那年的 9 月 1 日"),
    Base.LEAVERS: _("学年初以前十二个月的小学毕业生"),
    Base.PERIOD: _("所选的时间，算到今天"),
    Base.VERIFIED: _("责任书核实的人数，由人录入"),
    Base.CENSUS: _("普查的适龄儿童，由人录入"),
}
EXCLUSIONS: Mapping[Exclusion, Words] = {
    Exclusion.LAWFUL: _("转学已接收、死亡、毕业、批准的休学和已备案的借读不算辍学。"),
    Exclusion.SUSPECTED: _("疑似辍学在认定以前不算辍学。"),
    Exclusion.RETURNED: _("截止日以前返校的不算，截止日当天返校的也不算。"),
    Exclusion.ERRORS: _("查明是数据错误的个案不算。"),
    Exclusion.UNRECEIVED: _("转出而没有学校接收的是疑似，认定以前不算辍学，也不算合法离校。"),
    Exclusion.EXPIRED: _("休学期满没有复学的是疑似，不再算合法离校。"),
    Exclusion.CARRIED: _("以前学年认定、现在还没有返校的，仍然算。"),
    Exclusion.MOVERS: _("转走的算减少，转来的不补。"),
    Exclusion.LATE: _("迟到不算缺勤。"),
    Exclusion.NOT_HELD: _("说明原因没有上课的不算应到。"),
    Exclusion.BOARDERS: _("寄宿生的晚点名和返校点名不算。"),
    Exclusion.ELSEWHERE: _("升入外县初中的，登记以后才算升学。"),
    Exclusion.OVERSTATES: _(
        "休学、死亡和转出都算减少，按旧口径会高估辍学；与台账辍学率并列，不能互换。"
    ),
    Exclusion.UNFILED: _("没有备案的借读按个案认定，认定后算在辍学里。"),
    Exclusion.LISTED: _("学年初以后才由名册登记的孩子不算增加。"),
}
SHEETS: Mapping[Sheet, Words] = {
    Sheet.DROPOUT: _("辍学"),
    Sheet.MOVEMENT: _("学籍变动"),
    Sheet.RETENTION: _("巩固"),
    Sheet.COHORT: _("升学与届别"),
    Sheet.ATTENDANCE: pgettext_lazy("sheet", "出勤与点名"),
}


def formula(indicator: Indicator) -> str:
    """The arithmetic in words, made from what is computed: (A + B − C) ÷ D × 100 %."""
    return f"{_sum(indicator.over)} ÷ {_sum(indicator.under)} × 100%"


def _sum(terms: Terms) -> str:
    text = ""
    for term in terms:
        sign = " − " if term.sign < 0 else " + "
        text += f"{sign if text or term.sign < 0 else ''}{COUNTS[term.count]}"
    return gettext("（%(sum)s）") % {"sum": text} if len(terms) > 1 else text
