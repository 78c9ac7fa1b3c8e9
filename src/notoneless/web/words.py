"""What people call roles, kinds of units, levels and classes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.rules.coverage import Level
from notoneless.rules.groups import GroupKind, Seat
from notoneless.rules.paths import Line
from notoneless.rules.plans import PlanState
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import Stage, UnitKind, grade_of, school_year_of

ROLES: Mapping[Role, str | Promise] = {
    Role.PRINCIPAL: _("校长"),
    Role.VICE_PRINCIPAL: _("副校长"),
    Role.LEADERSHIP_MEMBER: _("班子成员"),
    Role.POLITICAL_DIRECTOR: _("政工主任"),
    Role.TEACHING_DIRECTOR: _("教导主任"),
    Role.STATUS_CLERK: _("学籍管理员"),
    Role.SCHOOL_ADMINISTRATOR: _("学校系统管理员"),
    Role.DROPOUT_OFFICER: _("控辍专人"),
    Role.GRADE_HEAD: _("年级组长"),
    Role.HOMEROOM_TEACHER: _("班主任"),
    Role.DEPUTY_HOMEROOM_TEACHER: _("副班主任"),
    Role.SUBJECT_TEACHER: _("科任教师"),
    Role.ATTACHED_LEADER: _("到班领导"),
    Role.ATTACHED_TEACHER: _("到班教师"),
    Role.HELPER: _("帮教人员"),
    Role.STAFF: _("教职工"),
    Role.DORMITORY_KEEPER: _("宿舍管理员"),
    Role.CHILD_PROTECTION_OFFICER: _("儿童保护专岗"),
    Role.YOUTH_LEAGUE_SECRETARY: _("团支部书记"),
    Role.LEGAL_VICE_PRINCIPAL: _("法治副校长"),
    Role.CENTRE_HEAD: _("中心校校长"),
    Role.CENTRE_CLERK: _("中心校学籍员"),
    Role.TOWNSHIP_HEAD: _("乡镇长"),
    Role.TOWNSHIP_LEADER: _("乡镇包村领导"),
    Role.TOWNSHIP_OFFICER: _("乡镇教育专干"),
    Role.TOWNSHIP_CADRE: _("乡镇包村干部"),
    Role.VILLAGE_HEAD: _("村主任"),
    Role.VILLAGE_OFFICER: _("村儿童主任"),
    Role.GROUP_HEAD: _("村民小组长"),
    Role.RESIDENT_CADRE: _("驻村干部"),
    Role.COUNTY_LEADER: _("县领导"),
    Role.BUREAU_HEAD: _("局长"),
    Role.BUREAU_LEADER: _("局领导"),
    Role.COUNTY_CLERK: _("县局业务员"),
    Role.COUNTY_ADMINISTRATOR: _("县系统管理员"),
    Role.SUPERVISOR: _("督学"),
    Role.DEPARTMENT_LIAISON: _("部门联络员"),
    Role.VOLUNTEER: _("志愿者"),
    Role.MENTOR: _("代理家长"),
}
KINDS: Mapping[UnitKind, str | Promise] = {
    UnitKind.PROVINCE: _("省"),
    UnitKind.CITY: _("市"),
    UnitKind.COUNTY: pgettext_lazy("kind of unit", "县"),
    UnitKind.TOWNSHIP: _("乡镇"),
    UnitKind.COMMUNITY: _("社区"),
    UnitKind.VILLAGE: pgettext_lazy("kind of unit", "村"),
    UnitKind.GROUP: _("村民小组"),
    UnitKind.BUREAU: _("教育局"),
    UnitKind.SUPERVISION: _("教育督导室"),
    UnitKind.EDUCATION_OFFICE: _("基教办"),
    UnitKind.CENTRE_SCHOOL: _("学区中心校"),
    UnitKind.SCHOOL: pgettext_lazy("kind of unit", "学校"),
    UnitKind.NINE_YEAR_SCHOOL: _("九年一贯制学校"),
    UnitKind.TEACHING_POINT: _("教学点"),
    UnitKind.GRADE: pgettext_lazy("kind of unit", "年级"),
    UnitKind.CLASS: pgettext_lazy("kind of unit", "班级"),
    UnitKind.DEPARTMENT: _("协同部门"),
}
LINES: Mapping[Line, str | Promise] = {
    Line.EDUCATION: _("教育线"),
    Line.GOVERNMENT: _("政府线"),
}
TENURES: Mapping[str, str | Promise] = {
    "full": pgettext_lazy("tenure", "正式"),
    "acting": pgettext_lazy("tenure", "代理"),
    "shared": pgettext_lazy("tenure", "分担"),
    "stand_in": pgettext_lazy("tenure", "顶岗"),
}
LEVELS: Mapping[Level, str | Promise] = {
    Level.TOWN_LEADER: _("乡镇领导（挂村联校）"),
    Level.TOWN_CADRE: _("乡镇干部（包村）"),
    Level.VILLAGE_CADRE: _("村干部（包片包组）"),
    Level.GROUP_LEADER: _("组长（到户）"),
    Level.PRINCIPAL: _("校长（包校）"),
    Level.GRADE_LEADER: _("班子成员（包年级）"),
    Level.CLASS_TEACHER: _("班主任（包班）"),
    Level.SUBJECT_TEACHER: _("科任教师（包学生）"),
}
SEATS: Mapping[Seat, str | Promise] = {
    Seat.HEAD: pgettext_lazy("seat", "组长"),
    Seat.DEPUTY: pgettext_lazy("seat", "副组长"),
    Seat.MEMBER: pgettext_lazy("seat", "成员"),
    Seat.OFFICE_DIRECTOR: pgettext_lazy("seat", "办公室主任"),
    Seat.OFFICE_DEPUTY: pgettext_lazy("seat", "办公室副主任"),
}
GROUPS: Mapping[GroupKind, str | Promise] = {
    GroupKind.DROPOUT: _("控辍保学工作领导小组"),
    GroupKind.CARE: _("关爱工程领导小组"),
}
PLAN_STATES: Mapping[PlanState, str | Promise] = {
    PlanState.DRAFT: pgettext_lazy("plan", "草稿"),
    PlanState.SUBMITTED: pgettext_lazy("plan", "已上报"),
    PlanState.APPROVED: pgettext_lazy("plan", "已批准"),
    PlanState.WITHDRAWN: pgettext_lazy("plan", "已撤回"),
}
STAGES: Mapping[str, str | Promise] = {
    Stage.PRIMARY: pgettext_lazy("stage", "小学"),
    Stage.JUNIOR: pgettext_lazy("stage", "初中"),
    "": _("不分学段"),
}
CAPABILITIES: Mapping[Capability, str | Promise] = {
    Capability.SEE_CHILDREN: _("查看儿童"),
    Capability.SEE_CONTACTS: _("查看监护人和电话"),
    Capability.REVEAL_IDENTITY: _("显示完整证件号"),
    Capability.SEE_HEALTH: _("查看健康信息"),
    Capability.ADD_CHILDREN: _("新增儿童"),
    Capability.CORRECT_CHILDREN: _("更正信息"),
    Capability.MERGE_CHILDREN: _("合并重复"),
    Capability.EXPORT_CHILDREN: _("导出名单"),
    Capability.IMPORT_ROSTERS: _("导入名册"),
    Capability.DECIDE_PARKED_ROWS: _("裁定名册的待裁定行"),
    Capability.SEE_READINGS: _("查看查阅记录"),
    Capability.CALL_ROLL: _("点名"),
    Capability.LOG_CONTACTS: _("记录联系和家访"),
    Capability.INVITE_FAMILIES: _("发家长页的链接和验证码"),
    Capability.NOTE_SIGNS: _("上报苗头"),
    Capability.SEE_SIGNS: _("查看苗头和帮助需要"),
    Capability.KEEP_KEY_PUPILS: _("管理重点生名单"),
    Capability.HANDLE_CRITICAL: _("处理紧急保护事项"),
    Capability.SEE_CASES: _("查看辍学个案"),
    Capability.WORK_CASES: _("办理辍学个案"),
    Capability.ISSUE_PAPERS: _("签发函件和报告"),
    Capability.ORDER_GUARDIANS: _("作出责令和申请法院"),
    Capability.CONFIRM_CLOSING: _("复核销号"),
    Capability.SEE_CONTRACTS: _("查看责任书"),
    Capability.KEEP_CONTRACTS: _("办理责任书"),
    Capability.SET_TARGETS: _("下达指标"),
    Capability.SETTLE: _("核算奖惩"),
    Capability.CONFIRM_SETTLEMENT: _("审定奖惩"),
    Capability.RAISE_FAULTS: _("提出过错追究"),
    Capability.DECIDE_FAULTS: _("决定过错追究"),
    Capability.SEND_RETURNS: _("报送报表"),
    Capability.KEEP_WORKPLANS: _("登记会议与活动"),
    Capability.ANSWER_REFERRALS: _("答复移送事项"),
    Capability.MANAGE_CLASSES: _("管理班级"),
    Capability.MANAGE_UNITS: _("管理单位"),
    Capability.MANAGE_POSTS: _("管理岗位"),
    Capability.MANAGE_ACCOUNTS: _("管理账号"),
    Capability.MANAGE_COVERAGE: _("管理包保和领导小组"),
    Capability.APPROVE_ACCESS: _("审批数据访问"),
    Capability.MANAGE_CALENDAR: _("管理校历"),
    Capability.SEE_POLICY: _("查看政策"),
    Capability.MANAGE_POLICY: _("管理政策"),
    Capability.RELEASE_SANCTIONS: _("启用奖惩"),
    Capability.VERIFY_JOURNAL: _("核验日志"),
    Capability.SEE_DIRECTORY: _("查看通讯录"),
}
_NUMERALS: tuple[str | Promise, ...] = (
    pgettext_lazy("numeral of a grade", "一"),
    pgettext_lazy("numeral of a grade", "二"),
    pgettext_lazy("numeral of a grade", "三"),
    pgettext_lazy("numeral of a grade", "四"),
    pgettext_lazy("numeral of a grade", "五"),
    pgettext_lazy("numeral of a grade", "六"),
    pgettext_lazy("numeral of a grade", "七"),
    pgettext_lazy("numeral of a grade", "八"),
    pgettext_lazy("numeral of a grade", "九"),
)


def grade_name(stage: str, entered_in: int, *, today: date) -> str:
    """What a cohort is called on ``today``: 三年级; 2019级 before it begins and after it left."""
    number = grade_of(Stage(stage), entered_in, school_year=school_year_of(today))
    first, last = (1, 6) if stage == Stage.PRIMARY else (7, 9)
    if not first <= number <= last:
        return gettext("%(year)s级") % {"year": entered_in}
    return gettext("%(grade)s年级") % {"grade": _NUMERALS[number - 1]}


def class_name(stage: str, entered_in: int, number: str, *, today: date) -> str:
    """三年级2班: a class by the grade of ``today`` and its number within it."""
    grade = grade_name(stage, entered_in, today=today)
    return gettext("%(grade)s%(number)s班") % {"grade": grade, "number": number}


def school_year_words(year: int) -> str:
    """2026—2027 学年."""
    return gettext("%(year)s—%(next)s 学年") % {"year": year, "next": year + 1}


def unit_title(kind: str, name: str, *, stage: str, entered_in: int | None, today: date) -> str:
    """What people call a unit: its name; of a grade or class what it is called on ``today``."""
    if entered_in is None or not stage:
        return name
    if kind == UnitKind.GRADE:
        return grade_name(stage, entered_in, today=today)
    if kind == UnitKind.CLASS:
        return class_name(stage, entered_in, name, today=today)
    return name
