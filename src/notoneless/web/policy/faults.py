"""What is wrong with a pack's text, in the reader's words: the line, the rule, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from notoneless.policy.queries.packs import floors_on
from notoneless.rules.policy.pack import Fault
from notoneless.rules.policy.parameters import FAMILIES, PARAMETERS, Parameter, ValueType
from notoneless.rules.policy.words import label
from notoneless.web.policy.words import bound_words, key_label, language


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One mistake as a page shows it."""

    line: int
    written: str
    """The line as it stands in the text."""
    key: str
    label: str
    said: str
    code: str


_SAID: Mapping[str, str | Promise] = {
    "toml": _("这一行不合 TOML 的写法。%(hint)s"),
    "said_twice": _("这里重复了前面已经写过的内容。请只留一处。"),
    "not_a_table": _("要写成一节：单独一行 [rules.键]，下面逐行写 value、source 等。"),
    "field_unknown": _("没有这个字段。请核对拼写，或删去这一行。"),
    "field_missing": _("方案开头缺这一项。请补上，文字写在引号里。"),
    "field_not_text": _("这里要写文字，放在引号里。"),
    "field_not_flag": _("这里只能写 true 或 false。"),
    "too_long": _("太长了。请写短一些。"),
    "id_malformed": _("编号要写成“system/版本”，例如 %(example)s，只用字母、数字、点和横线。"),
    "id_taken": _("这个编号已有另一个版本在用。请换一个编号；已有的版本不能改。"),
    "day_taken": _("同一方案同一天只能有一个版本。请换一天。"),
    "day_missing": _("这里要写日期，例如 2026-09-01，不加引号。"),
    "day_malformed": _("这里要写日期，例如 2026-09-01；没有就删去这一行。"),
    "period_empty": _("结束日期要晚于开始日期。"),
    "system_reserved": _("这个 system 是随系统提供的，本地方案请另取一个名字。"),
    "floors_of_law": _("法定底线由国家方案规定，本地方案不能写。请删去这一节。"),
    "below_floor": _("低于法定底线：%(floor)s，依据%(article)s。请改成不低于法律规定的值。"),
    "key_unknown": _("没有这条规则。请核对拼写；本地自有的规则要另写 kind、family 和名称。"),
    "key_malformed": _("规则的键只能用小写字母、数字和下划线。"),
    "kind_unknown": _("kind 只能是 record、procedure 或 document。"),
    "family_unknown": _("family 只能是其中之一：%(families)s。"),
    "label_missing": _("本地自有的规则要写名称：label_zh 和 label_en。"),
    "catalogue_decides": _("这一项由系统的目录规定，请删去这一行。"),
    "set_per_rule": _("这一项由每条规则自己的单位或比较方式表示，请删去这一节。"),
    "source_missing": _("没有依据。请写 source：哪份文件的哪一条。"),
    "value_missing": _("没有数值。请写 value；还不知道就写 to_be_entered = true。"),
    "value_misfit": _("数值的种类或范围不对。这里要填：%(wanted)s。"),
    "value_and_blank": _("既有 value，又写了 to_be_entered = true。请只留一个。"),
    "unit_missing": _("数字没有单位。请写 unit，可选：%(units)s。"),
    "unit_unknown": _("没有这个单位。可选：%(units)s。"),
    "unit_without_number": _("这条规则不是数字，不写单位。请删去这一行。"),
    "operator_missing": _("数字没有写怎样算达到。请写 operator，可选：< <= > >= =。"),
    "operator_unknown": _("没有这种比较方式。可选：< <= > >= =。"),
    "operator_without_number": _("这条规则不是数字，不写 operator。请删去这一行。"),
    "direction_unknown": _("direction 只能是 at_most、at_least、must_be 或 one_of。"),
    "pid_malformed": _('pid 要写成一列编号，例如 ["P-S1-29.10"]。'),
    "pid_of_other_system": _("pid 里的编号属于另一份文件。请改正或删去。"),
}
_HINTS: Mapping[str, str | Promise] = {
    "Unterminated string": _("引号没有成对。"),
    "Unclosed array": _("方括号没有成对。"),
    "Unclosed inline table": _("花括号没有成对。"),
    "Invalid value": _("等号后面的值写法不对；文字要放在引号里。"),
    "Expected newline or end of document": _("行尾多了内容。"),
    "Expected '=' after a key": _("键的后面缺等号。"),
    "Invalid initial character for a key": _("行首不是键；说明文字前面要加 #。"),
    "Expected ']'": _("一节的名称缺右方括号。"),
    "Illegal character": _("有不能使用的字符。"),
}
_WANTED: Mapping[ValueType, str | Promise] = {
    ValueType.FLAG: _("true 或 false"),
    ValueType.INTEGER: _("不小于 0 的整数"),
    ValueType.DECIMAL: _("不小于 0 的数"),
    ValueType.PERCENT: _("0 到 100 的百分数，不加引号"),
    ValueType.DURATION: _("不小于 0 的整数"),
    ValueType.MONEY: _("以分为单位的整数"),
    ValueType.DAY_OF_MONTH: _("1 到 31 的整数"),
    ValueType.MONTH: _("1 到 12 的整数"),
    ValueType.MONTHS: _("月份的列表，例如 [3, 9]"),
    ValueType.TEXT: _("引号里的文字"),
    ValueType.SCHOOL_YEAR: _("学年开始的年份，例如 2026"),
    ValueType.HOUR: _('引号里的时刻，例如 "09:00"'),
}


def fault_lines(faults: Iterable[Fault], text: str) -> list[FaultLine]:
    """Every mistake of a text, in the order of its lines."""
    lines = text.split("\n")
    return [
        FaultLine(
            line=fault.line,
            written=lines[fault.line - 1].strip()[:120] if 0 < fault.line <= len(lines) else "",
            key=fault.key,
            label=key_label(fault.key) if fault.key in PARAMETERS else "",
            said=said(fault),
            code=fault.code,
        )
        for fault in sorted(faults)
    ]


def said(fault: Fault) -> str:
    """A mistake in one or two sentences: what is wrong and what to do."""
    sentence = _SAID.get(fault.code)
    if sentence is None:
        return fault.text
    make = _FACTS.get(fault.code)
    return str(sentence) % (make(fault) if make else {})


def _hint(fault: Fault) -> dict[str, str]:
    found = next((text for start, text in _HINTS.items() if start in fault.text), "")
    return {"hint": str(found)}


def _units(fault: Fault) -> dict[str, str]:
    parameter = PARAMETERS.get(fault.key)
    units = parameter.units if parameter else ()
    named = [f"{unit}（{label('units', unit, language())}）" for unit in units]
    if language() == "en":
        named = list(units)
    return {"units": _listed(named) or gettext("自己的单位")}


def _wanted(fault: Fault) -> dict[str, str]:
    parameter = PARAMETERS.get(fault.key)
    return {"wanted": _wanted_words(parameter) if parameter else gettext("数、文字、真假或列表")}


def _wanted_words(parameter: Parameter) -> str:
    if parameter.type is ValueType.ROWS:
        return gettext("表格，每行写 %(columns)s") % {"columns": _listed(parameter.columns)}
    if parameter.type is ValueType.ITEMS and parameter.is_open:
        return gettext("引号里文字的列表，不重复")
    if parameter.values:
        return _listed(parameter.values)
    return str(_WANTED[parameter.type])


def _floor(fault: Fault) -> dict[str, str]:
    floor = floors_on(date.max)[fault.key]
    return {"floor": bound_words(floor), "article": floor.article}


def _listed(items: Iterable[str]) -> str:
    return pgettext("between items of a list", "、").join(items)


_FACTS: Mapping[str, Callable[[Fault], dict[str, str]]] = {
    "toml": _hint,
    "unit_missing": _units,
    "unit_unknown": _units,
    "value_misfit": _wanted,
    "below_floor": _floor,
    "family_unknown": lambda _fault: {"families": _listed(FAMILIES)},
    "id_malformed": lambda _fault: {"example": "qinghe/2026"},
}
CODES = frozenset(_SAID)
"""Every code that has a sentence."""
