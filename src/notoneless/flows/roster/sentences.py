"""Findings in words: what is wrong with a row or a file, and what to do. For pages and reports."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.rules.roster.columns import heading_of

ROW_SENTENCES: Mapping[str, str | Promise] = {
    "school_code_missing": _("没有填写学校标识码。请填写本校的 10 位学校标识码。"),
    "school_code_wrong": _("学校标识码“%(value)s”不正确。应为 10 位数字，请按标识码证书填写。"),
    "school_kind_out_of_scope": _(
        "学校标识码 %(value)s 不是义务教育学校。请核对标识码；非义务教育学生不在此导入。"
    ),
    "unknown_school": _("系统中没有标识码为 %(value)s 的学校。请先由县教育局建立该学校。"),
    "school_not_yours": _("标识码 %(value)s 的学校不属于您的单位。请删除该行，由所在学校导入。"),
    "name_missing": _("没有填写姓名。请按户口簿填写姓名。"),
    "name_has_markup": _("姓名中有网页代码或特殊符号。请只填写姓名。"),
    "name_unreadable": _("姓名中有无法识别的字符。请按户口簿重新填写；生僻字请用标准字库的字。"),
    "name_too_long": _("姓名超过 60 个字。请核对是否填错列。"),
    "formula_in_cell": _("单元格里是公式而不是内容。请改为直接填写的文字。"),
    "id_missing": _(
        "没有填写身份证件号。请填写；确无身份证件的，身份证件类型选“其他”，并填写出生日期和性别。"
    ),
    "id_length": _("身份证件号有 %(length)s 位，应为 18 位。请按户口簿核对。"),
    "id_characters": _("身份证件号中有不应出现的字符。请按户口簿核对。"),
    "id_impossible_date": _("身份证件号中的出生日期不存在。请按户口簿核对。"),
    "id_check_digit": _("身份证件号的校验位不对，号码有误。请按户口簿核对。"),
    "id_scientific_notation": _(
        "身份证件号被表格软件存成了数值，后几位已经丢失。请将该列设为“文本”格式后重新填写。"
    ),
    "birth_date_missing": _("没有填写出生日期。请按户口簿填写。"),
    "birth_date_unreadable": _("出生日期“%(value)s”无法识别。请写成 20180312 的样子。"),
    "birth_date_mismatch": _("出生日期与身份证件号中的不一致。请按户口簿核对两处。"),
    "sex_missing": _("没有填写性别，或填写的内容无法识别。请填写“男”或“女”。"),
    "sex_mismatch": _("性别与身份证件号不一致。请按户口簿核对两处。"),
    "class_missing": _("没有填写班级。请填写班级，如 301 或 三(1)班。"),
    "class_unreadable": _("班级“%(value)s”看不出是第几班。请写成 301 或 三(1)班 的样子。"),
    "grade_unknown": _(
        "由入学年月 %(value)s 和班级推不出年级。请核对入学年月，或在班级中写明年级。"
    ),
    "beyond_compulsory": _("班级“%(value)s”属于高中。高中学生不在此导入，请删除该行。"),
    "entry_month_missing": _("没有填写入学年月。请填写，如 202409。"),
    "entry_month_unreadable": _("入学年月“%(value)s”无法识别。请写成 202409 的样子。"),
    "entry_month_impossible": _("入学年月 %(value)s 晚于本学年。请核对。"),
    "duplicate_in_file": _("该学生在文件“%(file)s”第 %(row)s 行已经列出。请核对后删除多余的一行。"),
    "value_too_long": _("内容超过 %(longest)s 个字。请核对是否填错列。"),
    "listed_by_two_schools": _(
        "该学生已由另一所学校（%(school)s）列出，本行待裁定，先列出的不变。请等待县教育局裁定。"
    ),
    "bad_phone": _("联系电话不是可拨打的号码。已导入其余内容，请补正电话。"),
    "disabled_not_in_inclusive_class": _(
        "填写了残疾类型，但未登记随班就读。已导入，请核对是否需要登记。"
    ),
    "inclusive_class_without_disability": _("登记了随班就读，但残疾类型为“无”。已导入，请核对。"),
    "class_grade_mismatch": _(
        "班级“%(value)s”与入学年月 %(month)s 不是同一年级，按年龄暂编入 %(grade)s 年级。请核对。"
    ),
    "sex_from_id": _("性别未填或无法识别，已按身份证件号确定。请补填。"),
    "birth_date_from_id": _("出生日期未填，已按身份证件号确定。请补填。"),
    "id_kind_unknown": _("身份证件类型“%(value)s”无法识别，按居民身份证处理。请核对。"),
    "field_missing": _("必填项为空。已导入其余内容，请补填。"),
    "unknown_value": _("“%(value)s”不在代码表中，已按原样保留。请按填写说明改正。"),
    "loose_value": _("“%(value)s”写法不规范，按“%(taken_as)s”处理。请改正。"),
    "unreadable_value": _("“%(value)s”无法识别，已按原样保留。请按填写说明改正。"),
    "region_code_wrong": _("“%(value)s”不是 12 位行政区划代码，已按原样保留。请改正。"),
    "student_number_wrong": _("学籍号格式不对，已按原样保留。请核对。"),
    "guardian_id_wrong": _("家庭成员的身份证件号有误，已按原样保留。请核对。"),
    "name_has_digits": _("姓名中有数字。已导入，请核对；同名学生不必加数字区分。"),
    "name_private_sign": _("姓名中有自造字，在别的电脑上可能显示不出。已导入，请改用标准字。"),
    "age_unlikely": _("出生日期与在校年龄相差太远。已导入，请核对。"),
    "text_like_formula": _("内容以 = + - @ 开头，已按文字保存。请核对。"),
    "no_id_number": _("没有身份证件号。已按姓名和出生日期导入，请尽快补办并补填。"),
    "other_disability_not_in_inclusive_class": _("填写了残疾类型，未登记随班就读。"),
}
"""Row finding → sentence. ``unknown_ethnic_value`` has two, by whether the row was taken."""

ETHNIC_REFUSED = _("民族“%(value)s”无法识别。请填写民族全称或国标代码，如 汉族 或 01。")
ETHNIC_TAKEN = _("民族写成了“%(value)s”，按“%(taken_as)s”导入。请改为全称。")
UNKNOWN_SCHOOL_NAME = _("学校不详")

FILE_SENTENCES: Mapping[str, str | Promise] = {
    "not_a_sheet": _("这不是电子表格。请上传 .xls、.xlsx 或 .csv 格式的学生名册。"),
    "web_page": _("这是网页或 XML 文件，只是名字像表格。请用表格软件打开，另存为 .xlsx 后再上传。"),
    "encrypted": _("文件设有打开密码。请取消密码后再上传。"),
    "broken": _("文件已损坏，读不完整，没有导入其中任何一行。请重新导出后再上传。"),
    "too_large": _("文件超过 %(limit_mb)s MB。请按学校分开后再上传。"),
    "packed_too_tightly": _("文件展开后异常巨大，为安全起见没有打开。请重新导出后再上传。"),
    "wrong_encoding": _("文件的文字编码无法识别。请另存为 UTF-8 或 GBK 编码的 .csv 后再上传。"),
    "empty": _("文件是空的。"),
    "no_heading_row": _(
        "前 %(rows)s 行里没有找到学籍表的表头。请使用全国学籍系统的导入模板，表头放在第 1 行。"
    ),
    "columns_missing": _("缺少必需的列：%(columns)s。请补上这些列后再上传。"),
    "column_twice": _("“%(column)s”列出现了两次，无法判断以哪一列为准。请删除多余的一列。"),
    "no_rows": _("表头下面没有学生。"),
    "gone": _("文件已不在原处。请重新上传。"),
    "other_sheets_not_read": _("只读取了第一个名册工作表；没有读取：%(sheets)s。"),
}


def sentence_of(finding: Mapping[str, object], schools: Mapping[str, str] | None = None) -> str:
    """A staged finding in the reader's language. ``schools`` maps codes to names, where known."""
    code = str(finding["code"])
    raw = finding["facts"]
    facts = dict(raw) if isinstance(raw, Mapping) else {}
    if code == "unknown_ethnic_value":
        return str(ETHNIC_REFUSED if finding["weight"] == "refuse" else ETHNIC_TAKEN) % facts
    if code == "listed_by_two_schools":
        listed_at = str(facts.get("school", ""))
        facts["school"] = (schools or {}).get(listed_at) or listed_at or str(UNKNOWN_SCHOOL_NAME)
    return str(ROW_SENTENCES[code]) % facts


def field_of(finding: Mapping[str, object]) -> str:
    """The heading of the column that a finding is about, as the national template prints it."""
    return heading_of(str(finding["field"]))


def file_sentence(code: str, facts: Mapping[str, object]) -> str:
    """Why a file cannot be used, or what was noted about it."""
    return str(FILE_SENTENCES[code]) % facts
