"""What people call the columns of a child's record, ties, spells, versions and readings."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.roster.columns import heading_of

SEXES: Mapping[str, str | Promise] = {
    "1": pgettext_lazy("sex", "男"),
    "2": pgettext_lazy("sex", "女"),
    "0": pgettext_lazy("sex", "未填"),
}
LEFT_BEHIND: Mapping[str, str | Promise] = {
    "0": _("非留守"),
    "1": _("单亲留守"),
    "2": _("双亲留守"),
}
COLUMNS: Mapping[str, str | Promise] = {
    "name": _("姓名"),
    "sex": _("性别"),
    "birth_on": _("出生日期"),
    "id_kind": _("证件类型"),
    "id_number": _("身份证件号"),
    "student_number": _("学籍号"),
    "former_name": _("曾用名"),
    "hukou_kind": _("户口性质"),
    "hukou_region": _("户口所在地代码"),
    "entry_month": _("入学年月"),
    "study_mode": _("就读方式"),
    "origin": _("学生来源"),
    "transport": _("上下学交通方式"),
    "distance_km": _("上下学距离（公里）"),
    "phone": _("联系电话"),
    "home_address": _("现住址"),
    "left_behind": _("留守情况"),
    "is_orphan": _("孤儿"),
    "is_migrant_child": _("随迁子女"),
    "is_poverty_household": _("脱贫户"),
    "has_low_income_allowance": _("低保"),
    "is_destitute": _("特困"),
    "needs_aid": _("需要申请资助"),
    "health": _("健康状况"),
    "disability": _("残疾类型"),
    "inclusive_class": _("随班就读"),
    "guardians": _("监护人"),
    "class_text": _("班级"),
    "class_number": _("班级"),
    "school_code": _("学校"),
}
RELATIONS: Mapping[str, str | Promise] = {
    "school": _("在这里就读"),
    "residence": _("居住在这里"),
    "hukou": _("户籍在这里"),
    "helper": _("由这里帮扶"),
    "receiving": _("拟由这里接收"),
    "referral": _("转介给这里办理"),
    "case": _("离开学籍前在这里就读，个案未结"),
}
BEGUN: Mapping[str, str | Promise] = {
    "roster": _("名册导入"),
    "enrolled": pgettext_lazy("spell", "入学"),
    "transferred_in": _("转入"),
    "class_changed": _("调班"),
    "resumed": _("复学"),
}
ENDED: Mapping[str, str | Promise] = {
    "transferred_out": _("转出"),
    "class_changed": _("调班"),
    "graduated": _("毕业"),
    "died": _("死亡"),
    "mistake": _("登记有误"),
}
SOURCES: Mapping[str, str | Promise] = {
    "roster": _("名册导入"),
    "hand": _("手工添加"),
    "correction": _("更正"),
}
READINGS: Mapping[str, str | Promise] = {
    "child.opened": _("打开档案"),
    "child.revealed": _("查看完整号码"),
    "child.compared": _("比对重复"),
    "family.opened": _("监护人打开家长页"),
    "child.contacts": _("查看联系网"),
    "contact.opened": _("查看联系记录"),
    "contact.picture": _("查看联系的照片"),
    "report.opened": _("查看给学校的报告"),
    "signs.opened": _("查看苗头"),
    "paper.opened": _("查看文书"),
    "case.opened": _("查看个案"),
    "referral.opened": _("部门查看移送事项"),
    "case.file": _("装订完整案卷"),
    "paper.picture": _("查看送达的照片"),
}
PURPOSES: Mapping[str, str | Promise] = {
    "contact": _("联系家长"),
    "check": _("核对学籍"),
    "visit": _("家访"),
    "report": _("按上级要求填报"),
    "aid": _("办理资助"),
}
OWN_PURPOSES: Mapping[str, str | Promise] = {
    "correct": _("更正身份信息"),
}
"""Purposes that a page states by itself, never offered for choice."""


def column_words(key: str) -> str:
    """What a column of the record is called; the national form's heading where no other is."""
    if key.startswith("guardian"):
        return str(COLUMNS["guardians"])
    return str(COLUMNS.get(key) or heading_of(key))
