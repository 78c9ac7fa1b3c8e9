"""What stands in a step's way, one sentence each: what is missing and from when it can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from notoneless.rules.cases.guards import Obstacle
from notoneless.rules.cases.kinds import Missing
from notoneless.web.day_words import day

SENTENCES: Mapping[Missing, str | Promise] = {
    Missing.STATE: _("个案现在的阶段不办这一步，可能别人刚刚办过别的步骤，请刷新页面查看。"),
    Missing.LEVEL: _("这一步不由您这一级办理。"),
    Missing.NOT_ACCEPTED: _("书面报告还没有被接收。请先由乡镇或县接收报告。"),
    Missing.NOT_SERVED: _("通知或决定还没有送达。请先送达并登记送达回证。"),
    Missing.DEADLINE_RUNS: _("给监护人的期限还没有到。"),
    Missing.STATEMENT: _("还没有听取监护人的陈述和申辩。请先登记听取意见的情况。"),
    Missing.INSTRUMENT: _("本地没有已启用的法律依据给出这项处罚权。请改走责令改正或司法程序。"),
    Missing.NOT_ON_LADDER: _("本地方案的处置阶梯里没有这一步。"),
    Missing.DEMAND: _("还没有送达催告书。申请强制执行之前要先催告。"),
    Missing.DEMAND_RUNS: _("催告送达后要满十个工作日。"),
    Missing.CHALLENGE_TIME_RUNS: _("监护人申请复议和起诉的期限还没有过。"),
    Missing.CHALLENGED: _("监护人已申请复议或起诉，结果出来之前不能催告和执行。"),
    Missing.TOO_LATE: _("申请强制执行的法定期限已过。可以考虑由乡镇起诉。"),
    Missing.WATCH_RUNS: _("返校巩固的上课日还没有满。"),
    Missing.NOT_ASKED: _("还没有人申请销号，或申请已有结果。请先申请销号。"),
    Missing.SAME_PERSON: _("申请销号的人不能自己复核，请由另一人办理。"),
    Missing.WRONG_LEVEL: _("按本地方案，这一步由另一级办理。"),
    Missing.OPEN_ELSEWHERE: _("还有检察建议没有书面回复，请先回复。"),
    Missing.NO_ADVICE: _("没有等待回复的检察建议。"),
    Missing.NO_CHALLENGE: _("没有等待结果的复议或诉讼。"),
}


def obstacle_words(obstacle: Obstacle) -> str:
    """One obstacle as a sentence, with the first day on which it stands in the way no more."""
    said = str(SENTENCES[obstacle.missing])
    if obstacle.until is None:
        return said
    return gettext("%(said)s%(day)s起可以办理。") % {"said": said, "day": day(obstacle.until)}


def obstacles_words(found: Iterable[Obstacle]) -> str:
    """Several obstacles, one after the other."""
    between = " " if (get_language() or "").startswith("en") else ""
    return between.join(obstacle_words(each) for each in found)
