"""Lines, formulas and reasons of settlements in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _

from notoneless.consequences.queries.settlements import LineRow
from notoneless.flows.consequences.periods import Part
from notoneless.flows.consequences.showing import UnitName
from notoneless.rules.consequences.amounts import Factor, FactorKind, Formula
from notoneless.rules.consequences.figures import Condition, Standing
from notoneless.rules.consequences.life import LineState, LineStep
from notoneless.rules.consequences.lines import Kind, Line
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.words import label, rule_label
from notoneless.rules.units import Stage, UnitKind
from notoneless.web.policy.words import key_label, language
from notoneless.web.templatetags.children import class_words
from notoneless.web.words import grade_name

KINDS: Mapping[Kind, str | Promise] = {
    Kind.REWARD: _("奖励"),
    Kind.CHARGE: _("扣罚"),
    Kind.POINTS: _("考核扣分"),
    Kind.ALLOWANCE: _("津贴"),
    Kind.PERFORMANCE_PAY: _("绩效工资"),
    Kind.BONUS: _("奖金"),
    Kind.APPRAISAL: _("评优评先"),
    Kind.POST: _("晋级和岗位"),
    Kind.CRITICISM: _("通报批评"),
    Kind.HOUSE_RULE: _("按校规处理"),
    Kind.PREFERENCE: _("同等条件优先"),
    Kind.ACCOUNTABILITY: _("校长责任"),
    Kind.VETO: _("一票否决"),
}
STANDINGS: Mapping[Standing, str | Promise] = {
    Standing.TO_BE_ENTERED: _("数值待填，不生效"),
    Standing.BELOW_FLOOR: _("与法律不符，不生效"),
    Standing.NO_LEGAL_BASIS: _("没有法律依据，不生效"),
    Standing.OUT_OF_REACH: _("金额规则不涉及此对象，不生效"),
    Standing.BAD_SHARES: _("分担比例合计不是 100%，不生效"),
    Standing.VACANT: _("当时无人任此岗，不由他人承担"),
    Standing.TO_BE_DECIDED: _("由审定人裁定"),
    Standing.IN_FORCE: _("规则已启用"),
}
STATES: Mapping[LineState, str | Promise] = {
    LineState.COMPUTED: _("已核算"),
    LineState.EXCEPTION_FILED: _("已报特殊情况"),
    LineState.VERIFIED: _("特殊情况已核实"),
    LineState.APPROVED: _("同意"),
    LineState.CHANGED: _("已调整"),
    LineState.LIFTED: _("已免除"),
    LineState.REJECTED: _("不予执行"),
    LineState.SETTLED: _("已兑现"),
}
TONES: Mapping[LineState, str] = {
    LineState.EXCEPTION_FILED: "attention",
    LineState.VERIFIED: "attention",
    LineState.APPROVED: "accent",
    LineState.CHANGED: "accent",
    LineState.SETTLED: "done",
}
STEPS: Mapping[LineStep, str | Promise] = {
    LineStep.FILE: _("提交特殊情况说明"),
    LineStep.VERIFY: _("核实特殊情况"),
    LineStep.GRANT: _("同意免除"),
    LineStep.APPROVE: _("同意"),
    LineStep.CHANGE: _("调整"),
    LineStep.REJECT: _("不予执行"),
    LineStep.SETTLE: _("登记兑现"),
    LineStep.CORRECT: _("更正兑现登记"),
}
ROLES: Mapping[str, str | Promise] = {
    "directly_answerable": _("直接责任人"),
    "unit_main_person": _("主要负责人"),
    "subject_teachers": _("科任教师"),
}
OPERATORS: Mapping[Operator, str] = {
    Operator.LESS: "<",
    Operator.AT_MOST: "≤",
    Operator.MORE: ">",
    Operator.AT_LEAST: "≥",
    Operator.EXACTLY: "=",
}
TERMS: Mapping[int, str | Promise] = {1: _("第一学期"), 2: _("第二学期")}
STAGES: Mapping[str, str | Promise] = {
    "": "",
    Stage.PRIMARY: _("小学"),
    Stage.JUNIOR: _("初中"),
}


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line as tables and papers show it."""

    line: LineRow
    unit: str
    """Whose outcome it was drawn from: the class, or the school."""
    bearer: str
    role: str
    kind: str
    rule: str
    amount: str
    """What it comes to now; empty where a word says it all."""
    computed: str
    """What was computed, where it differs."""
    formula: str
    condition: str
    honours: str
    standing: str
    """Why it has no effect; empty when it may have."""
    state: str
    tone: str
    done: str
    """Day and receipt, once it was carried out."""


def line_words(
    line: LineRow, units: Mapping[UUID, UnitName], policy: ResolvedPolicy, today: date
) -> LineWords:
    amount, computed = amount_words(line), computed_words(line)
    is_off = not line.may_take_effect and line.kind is not Kind.ACCOUNTABILITY
    return LineWords(
        line=line,
        unit=unit_words(units.get(line.unit_id), today),
        bearer=bearer_words(line, units, today),
        role=role_words(line.role) if not line.bearing_unit_id else "",
        kind=str(KINDS[line.kind]),
        rule=rule_words(line.rule, policy),
        amount=amount,
        computed=computed if computed != amount else "",
        formula=formula_words(line.formula),
        condition=condition_words(line.condition),
        honours=honours_words(line),
        standing=standing_words(line, policy) if is_off else "",
        state=state_words(line),
        tone="attention" if line.waits else TONES.get(line.state, "neutral"),
        done=done_words(line),
    )


def bearer_words(line: LineRow, units: Mapping[UUID, UnitName], today: date) -> str:
    if line.bearing_unit_id is not None:
        return unit_words(units.get(line.bearing_unit_id), today)
    return line.person or gettext("（无人）")


def unit_words(unit: UnitName | None, today: date) -> str:
    if unit is None:
        return ""
    if unit.kind is UnitKind.GRADE and unit.entered_in is not None:
        return grade_name(Stage(unit.stage or Stage.PRIMARY), unit.entered_in, today=today)
    return class_words(unit.class_name, today) or unit.name


def role_words(role: str) -> str:
    return str(ROLES[role]) if role in ROLES else label("codes", role, language())


def rule_words(key: str, policy: ResolvedPolicy) -> str:
    """What a rule is called: by the catalogue, or by the policy that brought it."""
    found = policy.rules.get(key)
    return rule_label(found.rule, language()) if found else key_label(key)


def state_words(line: LineRow) -> str:
    if line.kind is Kind.ACCOUNTABILITY:
        return gettext("另行立案")
    if line.waits and line.state is LineState.COMPUTED:
        return gettext("待裁定")
    return str(STATES[line.state])


def done_words(line: LineRow) -> str:
    """2027-02-05 收据012; empty before it is carried out."""
    last = line.steps[-1] if line.steps else None
    return f"{last.done_on:%Y-%m-%d} {last.receipt}".strip() if last and last.done_on else ""


def standing_words(line: LineRow, policy: ResolvedPolicy) -> str:
    said = str(STANDINGS[line.standing])
    if line.lacking and line.lacking != line.rule:
        return f"{said}（{rule_words(line.lacking, policy)}）"
    return said


def yuan(fen: int) -> str:
    """Digits alone: 50, 13.33."""
    return f"{Decimal(abs(fen)) / 100:.2f}" if fen % 100 else f"{abs(fen) // 100}"


def money_words(fen: int) -> str:
    """+200 元, −50 元."""
    sign = "+" if fen > 0 else "−" if fen < 0 else ""
    return gettext("%(sign)s%(yuan)s 元") % {"sign": sign, "yuan": yuan(fen)}


def amount_words(line: LineRow) -> str:
    """What a line comes to as it stands."""
    if line.state in (LineState.REJECTED, LineState.LIFTED):
        return gettext("0 元") if line.is_money else ""
    return _amount(line.fen, line.points, line.per_cent)


def computed_words(line: LineRow) -> str:
    return _amount(line.computed_fen, line.computed_points, line.per_cent)


def fen_in_effect(line: LineRow) -> int:
    """Money that the line comes to once it is confirmed; nothing while its rule is off."""
    is_gone = line.state in (LineState.REJECTED, LineState.LIFTED)
    is_open = line.standing is Standing.TO_BE_DECIDED and line.state is LineState.COMPUTED
    return 0 if is_gone or is_open or not line.may_take_effect else line.fen or 0


def drawn_words(line: Line | None) -> str:
    """What a line comes to as it is drawn now; a dash where there is none."""
    if line is None:
        return "—"
    said = _amount(line.fen, line.points, line.per_cent)
    return said or (str(KINDS[line.kind]))


def _amount(fen: int | None, points: Decimal | None, per_cent: Decimal | None) -> str:
    if fen is not None:
        return money_words(fen)
    if points is not None:
        return gettext("%(points)s 分") % {"points": _signed(points)}
    if per_cent is not None:
        return gettext("津贴的 %(share)s%%") % {"share": _signed(per_cent)}
    return ""


def _signed(number: Decimal) -> str:
    sign = "−" if number < 0 else ""
    return f"{sign}{_plain(abs(number))}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def formula_words(formula: Formula) -> str:
    """2 人 × 100 元 × 40%."""
    said = ""
    for factor in formula:
        joined = " ÷ " if factor.kind is FactorKind.AMONG else " × "
        said += (joined if said else "") + _factor(factor)
    return said


def _factor(factor: Factor) -> str:
    number = _plain(factor.number)
    match factor.kind:
        case FactorKind.FEN:
            return gettext("%(yuan)s 元") % {"yuan": yuan(int(factor.number))}
        case FactorKind.PER_CENT:
            return f"{number}%"
        case FactorKind.POINTS:
            return gettext("%(points)s 分") % {"points": number}
        case FactorKind.DAYS:
            return gettext("任职 %(n)s/%(of)s 天") % {"n": number, "of": factor.of}
        case FactorKind.PUPILS:
            return _children(factor.number)
    staff = npgettext("staff", "%(n)s 人", "%(n)s 人", int(factor.number))
    return staff % {"n": number}


def _children(number: Decimal) -> str:
    return ngettext("%(n)s 人", "%(n)s 人", int(number)) % {"n": _plain(number)}


def condition_words(condition: Condition | None) -> str:
    """流失 2 人，2 ÷ 100 = 2.00%，≥ 2%."""
    if condition is None:
        return ""
    bound = _bound(condition)
    if condition.under is None:
        return f"{_lost(condition.over)}{bound}"
    share = Ratio(condition.over, condition.under).per_cent()
    if not share:
        return _lost(condition.over) + gettext("（人数待填）")
    return f"{condition.over} ÷ {condition.under} = {share}%{bound}"


def _lost(count: int) -> str:
    return ngettext("流失 %(n)s 人", "流失 %(n)s 人", count) % {"n": count}


def _bound(condition: Condition) -> str:
    if condition.bound is None or condition.operator is None:
        return ""
    sign = OPERATORS[condition.operator]
    if condition.is_met is False:
        said = gettext("，不符合 %(sign)s %(bound)s") % {
            "sign": sign,
            "bound": _unit(condition, condition.bound),
        }
        return said
    bound = _unit(condition, condition.bound)
    return gettext("，%(sign)s %(bound)s") % {"sign": sign, "bound": bound}


def _unit(condition: Condition, bound: Decimal) -> str:
    return f"{_plain(bound)}%" if condition.under is not None else _children(bound)


def honour_words(code: str) -> str:
    return label("codes", code, language())


def honours_words(line: LineRow) -> str:
    """Which honours a veto blocks, or in what an appraisal counts."""
    if line.kind is Kind.VETO and not line.honours:
        return gettext("当年各项荣誉")
    if line.kind is Kind.VETO or line.kind in (Kind.APPRAISAL, Kind.POST):
        return listed(honour_words(code) for code in line.honours)
    return ""


def listed(words: Iterable[str]) -> str:
    return gettext("、").join(words)


def part_words(part: Part) -> str:
    return period_words(part.school_year, part.term, part.name)


def period_words(school_year: int, term: int, name: str = "") -> str:
    year = gettext("%(first)s—%(last)s 学年") % {"first": school_year, "last": school_year + 1}
    if not term:
        return year
    said = name or TERMS.get(term) or gettext("第 %(n)s 学期") % {"n": term}
    return f"{year} {said}"
