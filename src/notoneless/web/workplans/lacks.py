"""What minutes, plans and reports of campaigns lack, in words for their refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LACKS: Mapping[str, str | Promise] = {
    "held_on": _("日期要在规定的时间里，不能在今天之后"),
    "people": _("主持人和到会的人要在本单位任职"),
    "agenda": _("写明议了什么"),
    "decision": _("每项决定要写内容，并选本单位的责任岗位"),
    "due_on": _("完成日期不能早于开会那天"),
    "note": _("写明落实情况"),
    "reason": _("写明理由"),
    "month": _("这不是一个月份"),
    "plan": _("写明方案，并至少选一个宣传渠道"),
    "channel": _("选宣传渠道"),
    "units": _("所选的村和班要是本校的"),
    "report": _("月份开始以后，写明总结再报"),
}
