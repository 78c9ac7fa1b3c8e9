"""What is asked when a pack is brought in, changed, proposed and decided: shapes only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Kind, Rule
from notoneless.rules.policy.parameters import NUMBERS, ValueType
from notoneless.web.calendar.forms import DayField
from notoneless.web.policy.tables import RowsField, rows_moved
from notoneless.web.policy.values import (
    MORE,
    OPERATOR,
    UNIT,
    type_of,
    typed_value,
    value_fields,
)
from notoneless.web.policy.words import key_label

LARGEST_TEXT = 400_000
"""Characters; the longest shipped pack has a tenth of that."""


class PackTextForm(forms.Form):
    """A pack as text: from a file, or pasted and typed."""

    file = forms.FileField(label=_("方案文件（.toml）"), required=False)
    text = forms.CharField(
        label=_("方案全文"),
        required=False,
        max_length=LARGEST_TEXT,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 24, "spellcheck": "false", "autocapitalize": "off", "class": "code"}
        ),
    )
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is not None:
            if file.size > LARGEST_TEXT:
                self.add_error("file", _("文件太大，方案最多 400 KB。"))
                return data
            try:
                data["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("这个文件不是 UTF-8 编码的文本。请另存为 UTF-8 再传。"))
                return data
        if not (data.get("text") or "").strip():
            self.add_error("text", _("请选择文件，或粘贴方案全文。"))
        else:
            data["text"] = data["text"].replace("\r\n", "\n").replace("\r", "\n")
        return data


class AddRuleForm(forms.Form):
    """Which rule of the catalogue to put into a draft."""

    key = forms.ChoiceField(label=_("规则"))

    def __init__(self, data: Any = None, *, keys: Iterable[str]) -> None:
        super().__init__(data)
        choice = self.fields["key"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "—"), *((key, key_label(key)) for key in keys)]


class PackRuleForm(forms.Form):
    """One rule of a draft: value, unit, operator, source and note, or still to be entered."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    to_be_entered = forms.BooleanField(label=_("待填写：由采用它的单位填写数值"), required=False)
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("哪份文件的哪一条：名称、文号、条款。")
    )
    note_zh = forms.CharField(label=_("说明（中文）"), required=False, max_length=300)
    note_en = forms.CharField(label=_("说明（英文）"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, rule: Rule, number: int) -> None:
        self.rule = rule
        kind = type_of(rule)
        moved = rows_moved(data, rule.key) if data and kind is ValueType.ROWS else None
        start: dict[str, Any] = {
            "number": number,
            "to_be_entered": rule.to_be_entered,
            "source": rule.source,
            "note_zh": rule.note_zh,
            "note_en": rule.note_en,
        }
        if moved is not None:
            # Nothing is judged yet: the form is shown again as it was typed, with the row or not.
            start |= {**data.dict(), rule.key: moved}
            data = None
        super().__init__(data, initial=start)
        rest = dict(self.fields)
        self.fields.clear()
        self.fields["number"] = rest.pop("number")
        # The operator is asked for every time: changing it is what a new version may be for.
        self.fields |= value_fields(replace(rule, operator=None), required=False, initial=True)
        if rule.operator and rule.key + OPERATOR in self.fields:
            self.fields[rule.key + OPERATOR].initial = rule.operator.value
        if rule.kind is not Kind.PARAMETER:
            for name, words in (("label_zh", _("名称（中文）")), ("label_en", _("名称（英文）"))):
                self.fields[name] = forms.CharField(label=words, max_length=120)
                self.fields[name].initial = getattr(rule, name)
        self.fields |= rest
        table = self.fields.get(rule.key)
        if moved and isinstance(table, RowsField) and not any(moved[-1].values()):
            table.widget.new_row = len(moved) - 1

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = sorted({self.rule.key, self.rule.key + MORE} & set(self.fields))
        if not names or set(names) & set(self.errors):
            return data
        own = typed_value(replace(self.rule, operator=None), data, source="-")
        if data.get("to_be_entered"):
            if own is not None and own.value != self.rule.value:
                self.add_error(names[0], _("勾了“待填写”，就不要再填数值。"))
        elif own is None:
            self.add_error(names[0], _("请填数值，或勾选“待填写”。"))
        elif type_of(self.rule) in NUMBERS:
            for name in (self.rule.key + UNIT, self.rule.key + OPERATOR):
                if name in self.fields and not data.get(name):
                    self.add_error(name, _("数值要写明这一项。"))
        return data

    def changed_rule(self) -> Rule:
        """The rule as it was typed."""
        data = self.cleaned_data
        is_blank = bool(data["to_be_entered"])
        own = typed_value(replace(self.rule, operator=None), data, source="-")
        operator = data.get(self.rule.key + OPERATOR) or ""
        words = {
            name: data[name]
            for name in ("source", "note_zh", "note_en", "label_zh", "label_en")
            if name in data
        }
        return replace(
            self.rule,
            value=None if is_blank or own is None else own.value,
            to_be_entered=is_blank,
            unit=data.get(self.rule.key + UNIT) or (own.unit if own else self.rule.unit),
            operator=Operator(operator) if operator else None,
            **words,
        )


class ProposeForm(forms.Form):
    """From when a new version may be adopted, and why it is made."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    from_on = DayField(label=_("从哪天起可以执行（含当天）"))
    reason = forms.CharField(label=_("为什么改"), max_length=300)


class DecideVersionForm(forms.Form):
    """The second person's word on a proposed version."""

    verdict = forms.ChoiceField(
        label=_("处理"), choices=[("confirmed", _("确认")), ("returned", _("退回修改"))]
    )
    reason = forms.CharField(
        label=_("意见"), required=False, max_length=300, help_text=_("退回时要写明理由。")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == "returned" and not (data.get("reason") or "").strip():
            self.add_error("reason", _("退回要写明理由。"))
        return data
