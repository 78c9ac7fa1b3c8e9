"""What a list of duties can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.duties.queries.clocks import ClockEnd
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Role
from notoneless.web.duties.words import RULES


class DutyFilterForm(forms.Form):
    """Rule and unit; whose and when are tabs."""

    rule = forms.ChoiceField(label=pgettext_lazy("filter of duties", "事项"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    whose = forms.CharField(widget=forms.HiddenInput, required=False)
    when = forms.CharField(widget=forms.HiddenInput, required=False)
    since = forms.DateField(widget=forms.HiddenInput, required=False)
    until = forms.DateField(widget=forms.HiddenInput, required=False)
    """When duties began, both inclusive; links of other pages ask for it."""
    clock = forms.ChoiceField(
        widget=forms.HiddenInput,
        required=False,
        choices=[(how.value, how.value) for how in ClockEnd],
    )
    due_since = forms.DateField(widget=forms.HiddenInput, required=False)
    due_until = forms.DateField(widget=forms.HiddenInput, required=False)
    """How clocks ended that ran out in a period, both days inclusive; links ask for it."""
    turn = forms.ChoiceField(
        widget=forms.HiddenInput,
        required=False,
        choices=[(role.value, role.value) for role in Role],
    )
    """Whose turn it is; links ask for it."""

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(*args)
        rules = sorted(((rule.value, RULES[rule]) for rule in DutyRule), key=lambda r: str(r[1]))
        self._offer("rule", rules)
        if units:
            self._offer("unit", [(str(unit_id), name) for unit_id, name in units])
        else:
            del self.fields["unit"]

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *choices]


_DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PeriodForm(forms.Form):
    """The days that a list is about, both inclusive."""

    from_on = forms.DateField(label=_("从"), widget=_DATE)
    to_on = forms.DateField(label=_("到"), widget=_DATE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("from_on") and data.get("to_on") and data["from_on"] > data["to_on"]:
            self.add_error("to_on", _("结束日期不能早于开始日期。"))
        return data
