"""Form fields for one rule's value, and what was typed as a value again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.parameters import NUMBERS, PARAMETERS, Parameter, ValueType
from notoneless.rules.policy.wire import Value
from notoneless.rules.policy.words import label, rule_label
from notoneless.web.policy.tables import RowsField
from notoneless.web.policy.words import language

UNIT, OPERATOR, MORE = "__unit", "__operator", "__more"
_LARGEST = 10**9


def type_of(rule: Rule) -> ValueType | None:
    """What kind of value a rule takes; ``None`` where a form cannot hold it."""
    parameter = PARAMETERS.get(rule.key)
    if parameter is not None:
        return parameter.type
    if isinstance(rule.value, bool):
        return ValueType.FLAG
    if isinstance(rule.value, int):
        return ValueType.INTEGER
    return ValueType.TEXT if isinstance(rule.value, str) else None


def value_fields(rule: Rule, *, required: bool, initial: bool = False) -> dict[str, forms.Field]:
    """The fields that ask for a rule's value: the value, and unit and operator where open.

    ``initial`` fills in what the rule says now.
    """
    kind = type_of(rule)
    if kind is None:
        return {}
    is_table = kind is ValueType.ROWS
    asked = RowsField(rule.key) if is_table else _value_field(rule, kind, required=required)
    fields = {rule.key: asked}
    parameter = PARAMETERS.get(rule.key)
    fields[rule.key].label = _asked(rule, kind)
    fields[rule.key].help_text = rule.note_en if language() == "en" else rule.note_zh
    if kind is ValueType.ITEMS and parameter and parameter.is_open:
        fields[rule.key + MORE] = forms.CharField(
            label=_("其他项目"),
            help_text=_("每行一项。"),
            required=required and not parameter.values,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        fields[rule.key].required = False
        if not parameter.values:
            fields[rule.key + MORE].label = fields[rule.key].label
            fields[rule.key + MORE].help_text = fields[rule.key].help_text or _("每行一项。")
            del fields[rule.key]
    if kind in NUMBERS:
        _add_measure(fields, rule, parameter, required=required)
    if initial:
        _fill(fields, rule, kind)
    return fields


def typed_value(rule: Rule, data: dict[str, Any], *, source: str) -> OwnValue | None:
    """What was typed for a rule; ``None`` when nothing was."""
    kind = type_of(rule)
    value = None if kind is None else _typed(rule.key, kind, data)
    if value is None:
        return None
    operator = data.get(rule.key + OPERATOR) or ""
    return OwnValue(
        value=value,
        source=source,
        unit=data.get(rule.key + UNIT) or _unit_of(rule, kind),
        operator=Operator(operator) if operator else rule.operator,
    )


def _typed(key: str, kind: ValueType | None, data: dict[str, Any]) -> Value:
    raw = data.get(key)
    if kind is ValueType.ITEMS:
        more = [line.strip() for line in (data.get(key + MORE) or "").splitlines()]
        return tuple(dict.fromkeys([*(raw or []), *filter(None, more)])) or None
    if raw in (None, "", [], ()):
        return None
    match kind:
        case ValueType.FLAG:
            return bool(raw == "yes")
        case ValueType.MONTHS:
            return tuple(int(month) for month in raw)
        case ValueType.MONTH:
            return int(raw)
        case ValueType.MONEY:
            return int(Decimal(raw) * 100)
        case ValueType.HOUR:
            return f"{raw:%H:%M}"
    typed: Value = raw
    return typed


def _value_field(rule: Rule, kind: ValueType, *, required: bool) -> forms.Field:
    parameter = PARAMETERS.get(rule.key)
    codes = (
        [(code, label("codes", code, language())) for code in parameter.values] if parameter else []
    )
    blank = [] if required else [("", "—")]
    match kind:
        case ValueType.FLAG:
            answers = [(code, label("codes", code, language())) for code in ("yes", "no")]
            return forms.ChoiceField(choices=[*blank, *answers], required=required)
        case ValueType.CHOICE:
            return forms.ChoiceField(choices=[*blank, *codes], required=required)
        case ValueType.ITEMS:
            return forms.MultipleChoiceField(
                choices=codes, required=required, widget=forms.CheckboxSelectMultiple
            )
        case ValueType.MONTHS:
            return forms.MultipleChoiceField(
                choices=_months(), required=required, widget=forms.CheckboxSelectMultiple
            )
        case ValueType.MONTH:
            return forms.ChoiceField(choices=[*blank, *_months()], required=required)
        case ValueType.TEXT:
            return forms.CharField(max_length=300, required=required)
        case ValueType.HOUR:
            return forms.TimeField(
                required=required, widget=forms.TimeInput(attrs={"type": "time"})
            )
    return _number_field(kind, required=required)


def _number_field(kind: ValueType, *, required: bool) -> forms.Field:
    match kind:
        case ValueType.PERCENT:
            return forms.DecimalField(
                min_value=0, max_value=100, max_digits=8, decimal_places=4, required=required
            )
        case ValueType.DECIMAL:
            return forms.DecimalField(
                min_value=0, max_digits=12, decimal_places=4, required=required
            )
        case ValueType.MONEY:
            return forms.DecimalField(
                min_value=0, max_digits=12, decimal_places=2, required=required
            )
        case ValueType.DAY_OF_MONTH:
            return forms.IntegerField(min_value=1, max_value=31, required=required)
        case ValueType.SCHOOL_YEAR:
            return forms.IntegerField(min_value=1986, max_value=2200, required=required)
    return forms.IntegerField(min_value=0, max_value=_LARGEST, required=required)


def _months() -> list[tuple[str, Any]]:
    names = pgettext_lazy("month of the year", "%(number)s月")
    return [(str(month), names % {"number": month}) for month in range(1, 13)]


def _add_measure(
    fields: dict[str, forms.Field], rule: Rule, parameter: Parameter | None, *, required: bool
) -> None:
    units = parameter.units if parameter else ()
    if len(units) > 1:
        # A clock's kind of day is the place's to choose, so it is asked every time.
        named = [(unit, label("units", unit, language())) for unit in units]
        fields[rule.key + UNIT] = forms.ChoiceField(
            label=_("单位（按哪种天数算）"), choices=[("", "—"), *named], required=required
        )
        fields[rule.key + UNIT].initial = rule.unit
    if rule.operator is None:
        named = [(str(op), label("operators", op, language())) for op in Operator]
        fields[rule.key + OPERATOR] = forms.ChoiceField(
            label=_("怎样算达到"), choices=[("", "—"), *named], required=required
        )


def _asked(rule: Rule, kind: ValueType) -> str:
    """The rule's name with how its figure is meant, where that is fixed: 月报日（不多于，日）."""
    name = rule_label(rule, language())
    unit = _unit_of(rule, kind)
    if kind not in NUMBERS:
        return name
    is_open = len(PARAMETERS[rule.key].units if rule.key in PARAMETERS else ()) > 1
    bound = rule.operator if rule.operator not in {None, Operator.EXACTLY} else None
    words = [label("operators", bound, language())] if bound else []
    if not is_open and unit:
        shown = label("units", "yuan" if unit == "fen" else unit, language())
        words.append(gettext("单位：%(unit)s") % {"unit": shown})
    said = pgettext("between remarks", "；").join(words)
    return gettext("%(name)s（%(said)s）") % {"name": name, "said": said} if said else name


def _unit_of(rule: Rule, kind: ValueType | None) -> str:
    parameter = PARAMETERS.get(rule.key)
    if kind not in NUMBERS or rule.unit or parameter is None:
        return rule.unit
    return parameter.units[0] if len(parameter.units) == 1 else ""


def _fill(fields: dict[str, forms.Field], rule: Rule, kind: ValueType) -> None:
    if rule.value is None:
        return
    shown: Any = rule.value
    if kind is ValueType.FLAG:
        shown = "yes" if rule.value else "no"
    elif kind is ValueType.MONEY and isinstance(rule.value, int):
        shown = Decimal(rule.value) / 100
    elif isinstance(rule.value, tuple) and kind is ValueType.ROWS:
        shown = rule.value
    elif isinstance(rule.value, tuple):
        known = PARAMETERS[rule.key].values if kind is ValueType.ITEMS else ()
        shown = [str(item) for item in rule.value]
        if rule.key + MORE in fields:
            fields[rule.key + MORE].initial = "\n".join(i for i in shown if i not in known)
    if rule.key in fields:
        fields[rule.key].initial = shown
