"""What is wrong with a child's particulars, in words, beside the field that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.children.services.adding import WrongPhone
from notoneless.children.services.identity import WrongParticulars
from notoneless.rules.refusal import Refusal

SENTENCES: Mapping[str, str | Promise] = {
    "name_missing": _("请填写姓名。"),
    "formula_in_cell": _("内容以公式符号开头，请改成普通文字。"),
    "name_has_markup": _("姓名里有不能使用的符号，请去掉。"),
    "name_unreadable": _("姓名里有认不出的字，请重新输入。"),
    "name_too_long": _("姓名太长，最多 60 个字。"),
    "id_missing": _("请填写证件号；确实没有证件的，证件类型请选“其他”。"),
    "id_length": _("居民身份证号应为 18 位，请对照证件逐位核对。"),
    "id_characters": _("证件号里有不该出现的字符，请对照证件核对。"),
    "id_impossible_date": _("证件号第 7 至 14 位不是一个真实的日期，请对照证件核对。"),
    "id_check_digit": _("证件号的校验码不对，很可能输错了一位，请对照证件核对。"),
    "id_scientific_notation": _("证件号被表格改成了科学计数，末几位已丢失，请重新输入。"),
    "birth_date_missing": _("没有身份证号时，请填写出生日期。"),
    "birth_date_unreadable": _("出生日期看不懂，请按 2018-03-12 的样子填写。"),
    "birth_date_mismatch": _("出生日期与证件号里的不一致，请核对哪一个对。"),
    "sex_missing": _("没有身份证号时，请选择性别。"),
    "sex_mismatch": _("性别与证件号里的不一致，请核对哪一个对。"),
}
FIELDS: Mapping[str, str] = {"birth_on": "born_on"}


def put_on_form(refusal: Refusal, form: Form) -> bool:
    """Put a refusal that is about fields beside them; whether it was one."""
    if isinstance(refusal, WrongPhone):
        form.add_error("guardian_phone", str(_("电话号码不对：手机号 11 位，座机带区号。")))
        return True
    if not isinstance(refusal, WrongParticulars):
        return False
    for column, code in refusal.faults:
        field = FIELDS.get(column, column)
        form.add_error(field if field in form.fields else None, str(SENTENCES[code]))
    return True
