"""Refusals in words: one sentence per code, with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notoneless.documents.services.issuing import PaperIncomplete
from notoneless.flows.cases.refusals import PlanIncomplete, StepBlocked, StepFaulty
from notoneless.flows.oversight.refusals import FaultBlocked
from notoneless.flows.workplans.refusals import CampaignFaulty, MeetingFaulty
from notoneless.policy.refusals import Bilingual
from notoneless.rules.refusal import Refusal
from notoneless.web.cases.obstacles import obstacles_words
from notoneless.web.cases.words import STEPS
from notoneless.web.documents.lacks import lacks_words
from notoneless.web.oversight.words import STEPS as FAULT_STEPS
from notoneless.web.oversight.words import obstacles_words as fault_obstacles
from notoneless.web.policy.words import key_label
from notoneless.web.workplans.lacks import LACKS

if TYPE_CHECKING:
    from notoneless.web.request import Request

SENTENCES: dict[str, str | Promise] = {
    "CHILD-01": _("姓名、证件号、出生日期或性别有 %(faults)s 处不对，请按提示修改。"),
    "CHILD-02": _("这个证件号已登记在 %(name)s 名下，请先核对是不是同一名儿童。"),
    "CHILD-03": _("这个证件号已登记在本县另一所学校，请联系县教育局业务员处理。"),
    "CHILD-04": _("这条记录已并入另一条，请到保留的那一条上更正。"),
    "CHILD-05": _("已有 %(count)s 名同名、同出生日期的儿童，请先核对。"),
    "CHILD-06": _("电话号码不对：手机号 11 位，座机带区号。"),
    "CHILD-07": _("这张表已经提交过，添加的是另一名儿童。请重新打开“添加儿童”再填。"),
    "CLASS-01": _("%(school)s 这个年级已经有 %(number)s 班，请换一个班号。"),
    "CLASS-02": _("班里还有 %(count)s 名学生，先把他们调到别的班，再撤销班级。"),
    "CLASS-03": _("名单已变：有学生已不在这个班。请刷新名单后再调整。"),
    "CLASS-04": _("请至少选择一名学生。"),
    "CLASS-05": _("目标班级与原班级相同，不需要调整。"),
    "CLASS-06": _("接任日期不能早于现任班主任的任职日期 %(on)s。"),
    "CLASS-07": _("%(name)s 已经是这个班的班主任。"),
    "TARGET-01": _("这所学校这一学年的基数已经提请，等第二人核对。"),
    "TARGET-02": _("这所学校 9 月 1 日没有在籍学生，没有可以冻结的人数。"),
    "TARGET-03": _("提请的人不能自己核对，请由另一名有权下达指标的人确认。"),
    "TARGET-04": _("这份基数已经有人核对过了，请刷新页面看结果。"),
    "TARGET-05": _("方案不让本级另选人数基数口径，请联系上级。"),
    "CONTRACT-01": _("这份责任书现在不能这样办（状态已变）。请刷新页面再看。"),
    "CONTRACT-02": _("输入的姓名和签订人 %(name)s 不一致，请重新输入，或者手写签名。"),
    "CONTRACT-03": _("请先勾选“我读过全文，同意并签字”。"),
    "CONTRACT-04": _("这份责任书没有要您签的一栏，可能已换人接续或不由您签。"),
    "CONTRACT-06": _("没有可以签责任书的对方。请先设好班级、下级单位、任课教师，或录入学生。"),
    "CONTRACT-07": _("请写明内容，不能空着。"),
    "CONTRACT-08": _("没有要接续的：岗位还空缺，或者签订人没有变。"),
    "CONTRACT-09": _("%(unit)s 不能作为这种责任书的甲方。请换一个单位或种类。"),
    "CONTRACT-10": _("份数要在 1 至 %(most)s 之间。"),
    "CONTRACT-11": _("签字日期不能晚于今天，请核对纸上的日期。"),
    "CONTRACT-12": _("一次最多打印 %(most)s 份责任书。请先用条件缩小范围。"),
    "CONTRACT-13": _("签字的最后一天要在 %(since)s 当天或以后，并且在责任书的期限以内。"),
    "CONTRACT-14": _(
        "补充约定的文字里写了百分数，而考核只认填在“要改的指标”里的数。"
        "请选指标、填新的数，文字里不写百分数。"
    ),
    "CONTRACT-15": _(
        "这份责任书没有这个指标，或者填的不是 0 到 100 之间的数。请重新选指标、填数。"
    ),
    "CONTRACT-16": _("政策现在的要求是“%(asked)s”，补充约定只能更严。要放宽，请先修订方案。"),
    "DOCUMENT-01": _("“%(where)s”里有无法打印的字符（常见于从别处粘贴）。请删去后重新输入。"),
    "DOCUMENT-02": _("这本登记簿已经编到第 %(last)s 号，或已设过起始号，不能再改。"),
    "DOCUMENT-03": _("文书还缺必须写明的内容，补齐后才能发出：%(lacks)s。"),
    "DOCUMENT-04": _("%(number)s 已撤回或已被替换，请刷新页面，看最新的一份。"),
    "DOCUMENT-05": _("%(number)s 已于 %(on)s 送达，不用再登记。"),
    "DOCUMENT-06": _("这条送达记录已经撤销过了。"),
    "DOCUMENT-07": _("%(number)s 已经签收或退回，不能再答复。"),
    "DOCUMENT-08": _("%(number)s 已在本卷中。"),
    "DOCUMENT-09": _("送达记录有 %(count)s 处不对，请按提示修改。"),
    "DOCUMENT-10": _("这张表已经交过，内容与这次不同。请重新打开“登记送达”再填。"),
    "DOCUMENT-11": _("请写明原因。"),
    "DOCUMENT-12": _("一次可以合并打印 1 至 %(most)s 份。请重新选择。"),
    "DOCUMENT-13": _("保管人不在通讯录里，请重新选择。"),
    "BALANCE-01": _("所带的文书有 %(count)s 处不对，请按提示修改。"),
    "BALANCE-02": _("名单有 %(count)s 行，一次最多 %(most)s 行。请分几次补录。"),
    "BALANCE-03": _("名册里没有找到“%(name)s”。请核对姓名和学籍号；还没有登记的，先导入名册。"),
    "BALANCE-04": _("叫“%(name)s”的学生有 %(count)s 名。请在号码一栏填学籍号或身份证号。"),
    "BALANCE-05": _("“%(name)s”在名单里出现了两次。请只留一行。"),
    "BALANCE-06": _("发文机关不是这名学生的学校、乡镇、社区或县局，请重新选择。"),
    "DOCUMENT-18": _("%(number)s 已经登记过，请核对文号；纸上没有文号的写“无文号”。"),
    "DOCUMENT-14": _("只有收文单位才能签收或退回。"),
    "DOCUMENT-15": _(
        "能换发的只有发给监护人的劝返书、通知书、决定书和催告书。其他文书请撤回后重办。"
    ),
    "DOCUMENT-16": _("%(number)s 送达之后已发出后面的文书，不能再换发。请先撤回后面的文书。"),
    "DOCUMENT-17": _("这条记录的文书已经撤回 %(times)s 次，不能再编号。请先更正记录本身。"),
    "FAMILY-01": _("档案里没有登记监护人，先补登监护人，再发家长页的纸条。"),
    "FAMILY-02": _("这件事已经有人处理过了，请刷新后查看。"),
    "FAMILY-03": _("请写清楚正确的住址，2 到 200 个字。"),
    "SETTLE-01": _("这一期已经审定，不能再改。以后的变化请看“与现在比较”。"),
    "SETTLE-02": _("期间到 %(on)s 才结束。结束以后重新核算，再审定。"),
    "SETTLE-03": _("这一项的规则没有启用，不生效，不用办理。请在“政策”里填写数值或附法律依据。"),
    "SETTLE-04": _("这一项现在不能这样办，可能别人刚办过。请刷新页面查看。"),
    "SETTLE-05": _("整份还没有审定，先审定，再登记兑现。"),
    "SETTLE-06": _("这一项没有可以说明的特殊情况：是奖励，或没有涉及学生。"),
    "SETTLE-07": _("这一项已经提交过特殊情况说明，一项只交一份。"),
    "SETTLE-08": _("方案的条件有一条没有核实为“是”，不能免除。可以调整、不予执行或同意。"),
    "SETTLE-09": _("还没有写明由谁承担。请先选择责任人。"),
    "SETTLE-10": _("调整只能减少，不能超过核算的数：法律依据只管到核算的数。"),
    "SETTLE-11": _("涉及您本人或您负责的单位，不能由您核实或审定。请由上级办理。"),
    "SETTLE-12": _("核算的人不能审定，提交说明的人不能核实。请由另一位办理。"),
    "SETTLE-13": _("还有 %(count)s 项要先裁定或核实。请逐项办理后再审定。"),
    "SETTLE-14": _("方案规定由上一级审定。请由中心校或县教育局办理。"),
    "SETTLE-15": _("请写明理由。"),
    "SETTLE-16": _("这一期已经重新核算，请从清单打开最新的一份。"),
    "SETTLE-17": _("兑现日期要在审定之日（%(first)s）到今天之间。"),
    "SETTLE-18": _("这个期间从 %(on)s 才开始，还不能核算。"),
    "SETTLE-19": _("您打开页面以后，别人刚办过。请看过最新的情况，再决定。"),
    "SETTLE-20": _("请至少选一项。"),
    "HONOUR-01": _("这项荣誉本学年已经登记过。同名的请写明文件上的名称。"),
    "SWEEP-01": _("正在核对本县的待办，请稍后再试。"),
    "MERGE-01": _("一条记录不能与它自己合并。"),
    "MERGE-02": _("%(name)s 的这条记录已经并入另一条，不能再合并。请刷新后查看。"),
    "MERGE-03": _("%(name)s 的这条记录已并入过别的记录，请保留这一条，或先拆分。"),
    "MERGE-04": _("这次合并已经拆分过了。"),
    "MERGE-05": _("%(name)s 与另一名儿童的证件号相同，请先更正其中一个证件号，再拆分。"),
    "PROTECT-01": _("这份报告已由两人确认结束，不能再添加。有新的情况，请重新报告。"),
    "PROTECT-02": _("提出结束的人不能自己确认，请由另一位儿童保护专岗人员确认。"),
    "PROTECT-03": _("还没有记下报警。请先打110并记下回执，再提出结束；报错了的可选“报错了”。"),
    "PROTECT-04": _("另一位专岗人员刚刚提出了结束，请刷新页面后确认或不同意。"),
    "PROTECT-05": _("这次提议已有人答复。请刷新页面查看最新情况。"),
    "PROTECT-06": _("请写明是哪个孩子：姓名、班级、住处或长相，知道什么写什么。"),
    "READ-01": _("请先选择用途，再查看完整号码。"),
    "ACCESS-01": _("您的岗位没有这项权限。如工作需要，请向本单位负责人申请授权。"),
    "ACCESS-02": _("不能审批自己岗位的数据访问。请由上一级负责人审批。"),
    "ACCESS-03": _("一次审批最长 %(days)s 天。请把截止日期改早一些，到期前可以再批。"),
    "ACCESS-04": _("%(unit)s 的这个岗位空缺或已结束，没有可以审批的人。请先任命。"),
    "ACCESS-05": _("这项审批已经撤销。请刷新页面查看最新情况。"),
    "ACCESS-06": _("单位负责人的任免和密码重设由上一级单位办理。请联系上级管理员。"),
    "ACCESS-07": _("此人在别的单位还有岗位，请由共同的上级单位办理。"),
    "ACCESS-08": _("这件事不能由本人给自己办。请联系另一位管理员或上级单位。"),
    "ACCOUNT-01": _("登录名 %(username)s 已有人使用。请换一个。"),
    "ACCOUNT-02": _(
        "登录名 %(username)s 不符合要求：2 至 30 个小写字母、数字、点或短横线，以字母或数字开头。"
    ),
    "ACCOUNT-03": _("账号 %(username)s 已停用。请先恢复账号再打印纸条。"),
    "ACCOUNT-04": _("%(name)s 已登记离岗，不能开通账号。"),
    "ACCOUNT-05": _("一次最多打印 %(most)s 张纸条。请分几次选择。"),
    "COUNTY-01": _("代码 %(code)s 的县已经建立。"),
    "COVER-01": _("这一级包保不适用于 %(unit)s。请选择别的级别或单位。"),
    "DEPARTMENT-01": _("%(unit)s 已有同样内容的职责，不必重复登记。"),
    "GROUP-01": _("领导小组只能有一位组长，办公室只能有一位主任。请改为副职或成员。"),
    "PERSON-01": _("工号 %(number)s 已登记在另一人名下。请核对，或直接从名单中选择此人。"),
    "PERSON-02": _("已有姓名和电话都相同的 %(name)s。请直接从名单中选择此人，不必重新登记。"),
    "PERSON-03": _("%(name)s 已登记离岗，不能再任命。"),
    "PLAN-01": _("批准了的方案要写明批准人。请填写批准人，或把状态改为已上报。"),
    "PLAN-02": _("%(unit)s 这类单位不单独制定实施方案。"),
    "TELEPHONE-01": _("电话号码要能拨打：至少 6 位数字，可带区号和分机，如 0871-65550102 转 801。"),
    "TELEPHONE-02": _("%(unit)s 这类单位没有单独的对外电话。"),
    "PLAN-03": _("%(unit)s 这一学年没有可以撤回的方案。请刷新页面查看最新情况。"),
    "POST-01": _("%(unit)s 这类单位不设这个岗位。请选择别的岗位或单位。"),
    "POST-02": _("%(unit)s 的这个岗位现由 %(holder)s 担任。请先结束原任职，或登记为代理、分担。"),
    "POST-03": _("这个岗位已于 %(on)s 结束。请刷新页面查看最新情况。"),
    "POST-04": _("%(name)s 在 %(unit)s 已经担任这个岗位，不必重复任命。"),
    "POST-05": _("顶岗要与被顶的岗位同单位、同职务。请从 %(unit)s 的岗位中选择。"),
    "POST-06": _("不能移交给本人。请选择另一位接手人。"),
    "POST-07": _("%(name)s 没有可以移交的岗位。请刷新页面查看最新情况。"),
    "POST-08": _("%(school)s 还没有控辍专人，不能开始新的报表期。请先任命专人。"),
    "STAFF-01": _("没有姓名，或姓名超过 60 个字。请填写姓名。"),
    "STAFF-02": _("电话 %(phone)s 不像手机号或座机号。请改正，或留空。"),
    "STAFF-03": _("岗位“%(role)s”不认识。请用下面列出的岗位名称。"),
    "STAFF-04": _("在您管理的范围内找不到单位“%(unit)s”。请写全称、代码或“三年级2班”这样的班名。"),
    "STAFF-05": _("这个工号登记的是 %(holder)s，不是 %(name)s。请核对工号。"),
    "STAFF-06": _("名单有 %(count)s 行，一次最多 %(most)s 行。请分几次粘贴。"),
    "STAFF-07": _("叫“%(unit)s”的单位不止一个。请在班名前写上学校全称。"),
    "UNIT-01": _("代码 %(code)s 已属于本县另一个单位。请核对代码。"),
    "UNIT-02": _("%(unit)s 不能设在 %(parent)s 之下。请选择别的上级单位。"),
    "UNIT-03": _("%(unit)s 之下还有 %(count)s 个单位。请先移走或撤销它们。"),
    "UNIT-04": _("%(unit)s 不能移到自己之下。请选择别的上级单位。"),
    "UNIT-05": _("%(unit)s 从 %(since)s 开始，新的日期必须在那以后。"),
    "UNIT-06": _("%(unit)s 已经撤销。请刷新页面查看最新情况。"),
    "UNIT-07": _("%(unit)s 需要一个上级单位。请选择。"),
    "UNIT-08": _("%(unit)s 还有在册儿童，不能撤销。请先为他们办理转班或转学。"),
    "UNIT-09": _("请为 %(unit)s 选择上级单位。"),
    "CALENDAR-01": _("“%(later)s”在“%(earlier)s”结束之前就开始了。请核对两个学期的起止日期。"),
    "CALENDAR-02": _(
        "“%(term)s”超出了这一学年（%(first)s 起，%(after)s 之前）。请核对日期，或换一个学年填写。"
    ),
    "CALENDAR-03": _("至少要填一个学期的名称、第一天和最后一天。"),
    "CALENDAR-04": _("%(on)s 已经登记过（%(reason)s）。要改动，请先撤销原来的登记。"),
    "CALENDAR-05": _("%(on)s 在寒暑假里，不能登记上课或不上课。要改放假时间，请改学期起止日期。"),
    "CALENDAR-06": _("%(on)s 所在的学年还没有填学期。请先填学期，再登记这一天。"),
    "CALENDAR-07": _(
        "这段时间已有作息循环“%(name)s”（%(first)s 至 %(last)s）。请先撤销它，或错开日期。"
    ),
    "CALENDAR-08": _("一个循环要既有上课的天也有休息的天，最长 %(most)s 天。"),
    "CALENDAR-09": _("“%(reason)s”已经撤销过了，不用再撤销。"),
    "CALENDAR-10": _("一次最多登记 %(most)s 天，这里是 %(days)s 天。长时间停课请登记为“停课”。"),
    "CALENDAR-11": _("通知里没有一天放假，请检查是否贴全了 %(year)s 年的内容。"),
    "CALENDAR-12": _("%(year)s 年的正式通知已经载入，不能再换回暂定的日期。"),
    "STALE-01": _("在您打开页面之后，别人改过“%(what)s”。请刷新页面，看过最新内容再改。"),
    "ROLL-01": _(
        "名单上有 %(count)s 名学生 %(day)s 不在这个班，整张点名表没有保存。请刷新名单再点。"
    ),
    "ROLL-02": _("%(day)s 还没有到，不能提前点名。要预先请假，请登记请假。"),
    "ROLL-03": _("校历上 %(day)s 不上课。如果那天确实上了课，请勾选“确实上课”再提交。"),
    "ROLL-04": _("请写明这一次为什么没有上课。"),
    "ROLL-05": _("补点 %(day)s 的名，请写明为什么现在才点。"),
    "ROLL-06": _("更正已交的点名，请写明为什么更正。"),
    "ROLL-07": _("这张点名表已经交过，内容与这次不同。请重新打开点名页再交。"),
    "ROLL-08": _("您可以点自己任教的课或管理的宿舍，这一次点名请由班主任来点。"),
    "ROLL-09": _("那天这个班没有学生，不用点名。"),
    "ROLL-10": _("没有“%(session)s”这一次点名。请从点名页重新进入。"),
    "ROLL-11": _("同一名学生在表上出现了两次。请刷新后重新点名。"),
    "ROLL-12": _("这几张点名表已经裁定过，或只剩一张。请刷新后查看。"),
    "ROLL-13": _("请写明以哪一张为准的理由，如“已打电话核实”。"),
    "ROLL-14": _("没有上课就没有缺席，请去掉 %(count)s 名学生的记号，或改为已上课。"),
    "LEAVE-01": _("起止日期不对：结束要在开始之后，一次最长一年，证明日期不能在今天之后。"),
    "LEAVE-02": _("这几天已经有一份请假。请先撤回原来的，再登记新的。"),
    "LEAVE-03": _("这份请假已经处理过了。请刷新后查看。"),
    "LEAVE-04": _("只有已批准的请假才登记证明。"),
    "LEAVE-05": _("这张请假表已经交过，内容与这次不同。请重新打开请假页再填。"),
    "LEAVE-06": _("只能请本学期以内的假；放假的日子不用请。"),
    "HARDSHIP-01": _("请写明有什么困难、学校采取了什么措施。"),
    "HARDSHIP-02": _("日期不能在今天之后；措施的日期也不能早于困难开始的那一天。"),
    "TRAVEL-01": _("单程时间最多 600 分钟，单程距离最多 300 公里。请核对数字和单位。"),
    "TRAVEL-02": _("起始日期不能在今天之后，也不能早于现有记录的起始日期。"),
    "AREA-01": _("结束日期要在开始日期之后。"),
    "AREA-02": _("请写明是什么原因，如“大雪封路”。"),
    "AREA-03": _("这件事已经登记结束或撤销，不用再办。"),
    "SIGN-01": _("这里没有这一种苗头。请从列出的几种里选一种。"),
    "SIGN-02": _("原因里有一项这里没有。请从列出的原因里选。"),
    "SIGN-03": _("日期还没有到。请填写看到苗头的那一天。"),
    "SIGN-04": _("这名学生现在不在任何班里，没有人能收到这条苗头。请先编班。"),
    "SIGN-05": _("这条苗头已经消除。有新情况请另记一条。"),
    "SIGN-06": _("消除苗头要先家访。请填写发现之后、今天或以前的家访日期。"),
    "SIGN-07": _("还没有写内容。请至少填写一项。"),
    "SIGN-08": _("“处理到”要在今天或以后，最多 %(most)s 天。"),
    "SIGN-09": _("这份记录已经交过，内容与这次不同。请刷新页面重新填写。"),
    "SIGN-10": _("还没有上报年级组长和教务处。请先上报，再记集体措施。"),
    "SIGN-11": _("这条苗头已经上报过了。请刷新后查看。"),
    "SIGN-12": _("起止日期不对：结束要在开始之后，最长三年。"),
    "KEY-01": _(
        "名单上有 %(count)s 人，方案要求 %(least)s 到 %(most)s 人（全班 %(size)s 人）。"
        "不用为凑数加人：写一句理由就可以关闭，如“经核实没有发现”。"
    ),
    "KEY-02": _("请至少勾选一条符合的条件，并写明依据。"),
    "KEY-03": _("这名学生不在这个班。请刷新页面再选。"),
    "KEY-04": _("校历里没有这个学期。请先在校历里填写学期。"),
    "KEY-05": _("名单已经关闭，没有改动可以关闭。请刷新后查看。"),
    "KEY-06": _("培养档案只为已关闭名单上的重点生填写。请先把名单关闭。"),
    "KEY-07": _("在您打开页面之后，别人改过名单。请刷新页面，看过最新内容再关闭。"),
    "DEMO-01": _("演示只能往后走：已经到 %(since)s，不能回到 %(day)s。"),
    "CASE-01": _("“%(step)s”现在还不能办。%(missing)s"),
    "CASE-02": _("“%(step)s”有 %(count)s 处没有填好，请按提示修改。"),
    "CASE-03": _("日期不对：不能在今天之后，也不能在立案之前；给监护人的期限要在办理日期之后。"),
    "CASE-04": _("这名儿童已有一份正在办理的个案，不用再立。请到那份个案里办。"),
    "CASE-05": _("这名儿童现在不在本县任何学校登记，立不了个案。请先核对学籍。"),
    "CASE-06": _("现在不能办理要联系家长的步骤。请过几天再看，或请示本单位负责人。"),
    "CASE-07": _("这张表已经交过，内容与这次不同。请回到个案页面重新打开。"),
    "CASE-08": _(
        "这一步不能撤回：只能撤回最后一步，并写明理由；已出文书的要先撤回文书，"
        "由点名、家访或送达产生的，请到那条记录上更正。"
    ),
    "CASE-09": _("本地方案里“%(rule)s”还没有填写，办不了这一步。请联系管理政策的单位填写。"),
    "CASE-10": _("这件事已有答复，或没有等待答复的事项。请刷新页面查看最新情况。"),
    "CASE-11": _(
        "文字里的“%(word)s”会让校外的人知道只能在校内掌握的原因。请换一种不涉及原因的写法。"
    ),
    "FAULT-01": _("“%(step)s”现在不能办。%(missing)s"),
    "FAULT-02": _(
        "本地方案没有写这一项过错，也没有法律条文可以依据，不能据此追究。"
        "本地确有规定的，请先在“政策”里补入过错情形。"
    ),
    "FAULT-03": _("这个岗位现在没有人担任，或不属于这里追究的范围。请重新选择责任人。"),
    "FAULT-04": _("不能追究自己。需要说明情况的，请向上级反映。"),
    "FAULT-05": _("同一条记录已经有人提出追究，或看过后记为没有问题。请刷新后查看。"),
    "FAULT-06": _("这张表已经交过，内容与这次不同。请回到上一页重新打开。"),
    "FAULT-07": _("日期不对：不能在今天之后，也不能早于上一步。"),
    "FAULT-08": _("通报内容里有儿童的姓名。通报会给别人看，请改成不写姓名的写法。"),
    "FAULT-09": _("这条提示已经没有了：记录已更正，或别人已经处理。请刷新后查看。"),
    "FAULT-10": _("写得太少，至少 %(least)s 个字，让别人看得明白。"),
    "RETURN-01": _("这份报告刚刚有变动：已经有人交出、接收或退回。请刷新页面查看。"),
    "RETURN-02": _("请写明理由。"),
    "RETURN-03": _("这张表已经交过，内容与这次不同。请重新打开这份报告再填。"),
    "RETURN-04": _("这里的方案没有要求这份报告，或还没有到填报的时间。"),
    "RETURN-05": _("书面报告要写情况说明，至少 %(least)s 个字。"),
    "RETURN-06": _("没有等待接收的报告。"),
    "MEETING-01": _("会议记录还差一点：%(lacks)s。"),
    "MEETING-02": _("这张表已经交过，记的是另一次会。请重新打开“记一次会议”再填。"),
    "MEETING-03": _("这件事已经有人报过落实情况。请刷新页面查看。"),
    "MEETING-04": _("这条记录已经撤销过了。"),
    "MEETING-05": _("已有决定报了落实情况，这次会议不能撤销。"),
    "CAMPAIGN-01": _("宣传月的记录还差一点：%(lacks)s。"),
    "CAMPAIGN-02": _("这张表已经交过，内容与这次不同。请重新打开再填。"),
    "ROSTER-01": _("这个文件不能导入。请按提示改正后重新上传。"),
    "ROSTER-02": _("没有选择文件。请选择要导入的学生名册。"),
    "ROSTER-03": _("一次选择了 %(count)s 个文件，最多 %(most)s 个。请分几次上传。"),
    "ROSTER-04": _("文件“%(name)s”超过 %(limit_mb)s MB。请按学校分开后再上传。"),
    "ROSTER-05": _("这次导入还没有读完，或者已经有人开始写入、已取消。请刷新页面查看。"),
    "ROSTER-06": _("这一行已由他人裁定，或已被更新的名册取代。请返回列表查看。"),
    "ROSTER-07": _("该学生的就读学校刚刚有变动，与您看到的不一样。请重新打开页面再裁定。"),
    "ROSTER-08": _("请写明裁定的理由，如“已电话核实，学生确已转入”。"),
    "CONTACT-01": _("这份联系记录有 %(count)s 处不对，请按提示修改。"),
    "CONTACT-02": _("家里只有孩子一人时，至少要两名成年人一同家访。请补上同行人员。"),
    "CONTACT-03": _(
        "本地方案要求家访有佐证。请附照片、房屋外景、签字或填写见证人，任选一样；"
        "手边没有，可以先保存，稍后再补。"
    ),
    "CONTACT-04": _("这张表已经交过，内容与这次不同。请重新打开“记一次联系”再填。"),
    "CONTACT-05": _("只有登记人本人，或负责这个班的老师，才能更正这条记录。"),
    "CONTACT-06": _("这条记录已被更正或撤回。请刷新页面，看最新的一条。"),
    "CONTACT-07": _("请写明为什么更正或撤回。"),
    "CONTACT-08": _("照片太多，最多 %(most)s 张。请去掉几张再交。"),
    "CONTACT-09": _("同行人员不在通讯录里。请重新选择，或写在“其他在场的人”里。"),
    "CONTACT-10": _("没有收到照片或签字。请选好再交。"),
    "CONTACT-11": _("所选的原因不在本地方案的分类里。请重新选择。"),
    "CREPORT-01": _("这份报告已经交过，内容与这次不同。请到“给学校的报告”里查看。"),
    "CREPORT-02": _("请写明目前了解到的原因和已做的动员工作。"),
    "CREPORT-03": _("这份报告已经签收。请刷新页面查看。"),
    "CREPORT-04": _("这名儿童现在没有班级，不能向学校报告。请先核对学籍。"),
    "NUMBERS-01": _("没有收到核对结果。请点一下“打得通”“号码不对”或“家里没有电话”。"),
    "NUMBERS-02": _("新号码不对：手机号 11 位，座机带区号。"),
    "VISITOR-01": _("请勾选儿童，并选择由谁包保。"),
    "VISITOR-02": _("所选的人不在这名儿童的学校、村或乡镇任职，请换一位。"),
    "TERMSUM-01": _("请先写好并保存“家访情况分析”和“总结与打算”，再提交学期家访报告。"),
    "TERMSUM-02": _("学期家访报告已经提交，分析和总结不能再改。"),
    "TERMSUM-03": _("分析和总结都至少要写 %(least)s 个字。"),
    "TERMSUM-04": _("校历里没有这个学期。请先在校历里录入。"),
    "PICTURE-01": _("这个文件不是 JPG、PNG 或 WebP 照片，或者已经损坏。请换一张。"),
    "PICTURE-02": _("照片太大，一张不超过 %(most)s MB。请用手机自带的相机重拍，或调小后再交。"),
    "PICTURE-03": _("签字是空的。请在框里签字，或改填见证人。"),
    "POLICY-01": _("%(unit)s 不单独设规则，请在它所属的学校、乡镇或县一级采用方案。"),
    "POLICY-02": _("国家法律与规定在各地一律有效，不需要采用，也不能停用。"),
    "POLICY-03": _("%(day)s 在今天（%(today)s）之前。过去的日子规则不能改，请改从今天或以后起。"),
    "POLICY-04": _("从过去的日期（%(day)s）起执行，只限首次启用时补录，请写明理由。"),
    "POLICY-05": _("方案%(pack)s自 %(day)s 起才可采用，请改日期或换一个版本。"),
    "POLICY-06": _("这里已从 %(day)s 起采用%(pack)s，请另选日期，或先停用原来的。"),
    "POLICY-07": _("填写的值不合要求：%(rules)s。请按提示的种类、单位填写，并写明依据。"),
    "POLICY-08": _(
        "%(unit)s 的方案%(first)s与%(second)s在同一时期都规定了：%(rules)s。"
        "请把这些规则留给其中一个方案，或错开时间。"
    ),
    "POLICY-09": _("“%(rule)s”低于法定底线：%(floor)s（%(article)s）。请改成不低于法律规定的值。"),
    "POLICY-10": _("这个方案已停用（%(day)s 起），不能再改。"),
    "POLICY-11": _("%(unit)s 在那一天没有可启用的奖惩规则“%(rule)s”，请先采用方案并填写数值。"),
    "POLICY-12": _("“%(rule)s”指向学生。任何依据都不能让罚款或处罚落到学生身上，请先改掉这一项。"),
    "POLICY-13": _("“%(rule)s”已经提出过启用申请，请先处理那一份。"),
    "POLICY-14": _("提出申请的人不能自己批准，请由另一位有权限的负责人办理。"),
    "POLICY-15": _("这份申请已经处理过了，请刷新后查看。"),
    "POLICY-16": _("依据文件的日期 %(day)s 在今天之后，请核对文件日期。"),
    "POLICY-17": _("方案编号 %(pack)s 已有另一份内容。改动要用新的编号。"),
    "POLICY-18": _("这个方案里没有这条规则，或已留给另一个方案。"),
    "POLICY-19": _("有人已先确认了同一方案的新版本%(pack)s。请从新版本重新改起。"),
    "POLICY-20": _("%(pack)s已定于 %(day)s 起。同一方案同一天只能有一个版本，请换一天。"),
    "POLICY-21": _("这份草稿刚在另一个窗口改过。请刷新页面，看最新内容后再改。"),
    "POLICY-22": _("草稿与原方案没有不同，不需要新版本。"),
    "POLICY-23": _("方案有 %(count)s 处不对，请按提示修改。"),
    "WHATIF-01": _("试算的日子要在今天（%(today)s）之前，而且在同一学年内，请改日期。"),
}


def sentence_of(refusal: Refusal) -> str:
    """The sentence for ``refusal`` in the reader's language.

    Raises ``KeyError`` for a code without a sentence; a structure test keeps that from happening.
    """
    facts = {name: _spoken(fact) for name, fact in refusal.facts.items()}
    return str(SENTENCES[refusal.code]) % (facts | _told(refusal))


def _told(refusal: Refusal) -> dict[str, str]:
    """What the sentence of a case's refusal says of its step, its obstacles or its rule."""
    if isinstance(refusal, StepBlocked):
        return {
            "step": str(STEPS[refusal.step]),
            "missing": obstacles_words(refusal.obstacles),
        }
    if isinstance(refusal, StepFaulty):
        return {"step": str(STEPS[refusal.step]), "count": str(len(refusal.faults))}
    if isinstance(refusal, FaultBlocked):
        return {
            "step": str(FAULT_STEPS[refusal.step]),
            "missing": fault_obstacles(refusal.obstacles),
        }
    if isinstance(refusal, PlanIncomplete):
        return {"rule": key_label(str(refusal.facts["key"]))}
    if isinstance(refusal, (MeetingFaulty, CampaignFaulty)):
        return {"lacks": str(LACKS[str(refusal.facts["lacks"])])}
    if isinstance(refusal, PaperIncomplete):
        return {"lacks": lacks_words(refusal.lacks)}
    return {}


def _spoken(fact: object) -> object:
    """A fact in the reader's language, where it is a name that has two."""
    if isinstance(fact, Bilingual):
        return fact.en if (get_language() or "").startswith("en") else fact.zh
    return fact


def refusal_page(request: Request, refusal: Refusal) -> HttpResponse:
    """A refusal that no form on the page can show (409): a whole page, or its box for htmx."""
    context = {"refusal": refusal, "sentence": sentence_of(refusal), "code": refusal.code}
    page = "parts/refusal.html" if request.htmx else "errors/409.html"
    return render(request, page, context, status=409)
