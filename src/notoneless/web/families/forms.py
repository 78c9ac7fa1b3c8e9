"""Forms of the guardian's page: few fields, large, in plain words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.attendance.services.leave import NewLeave
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.calendar import ONE_DAY
from notoneless.web.children.forms import DayInput


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("6 位验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "family-code",
                "autofocus": True,
            }
        ),
    )


class FamilyLeaveForm(forms.Form):
    """Leave as a guardian asks for it: why in one word, from when, until when."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    kind = forms.ChoiceField(
        label=_("为什么请假"),
        widget=forms.RadioSelect,
        choices=[
            (LeaveKind.SICK.value, _("孩子生病了")),
            (LeaveKind.PERSONAL.value, _("家里有事")),
        ],
    )
    from_on = forms.DateField(label=_("从哪天起"), widget=DayInput())
    last_on = forms.DateField(
        label=_("到哪天（含这一天）"),
        widget=DayInput(),
        help_text=_("只请一天，两个日期填同一天。"),
    )

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("最后一天不能早于第一天。"))
        return self.cleaned_data

    def new_leave(self, child_id: UUID) -> NewLeave:
        said = self.cleaned_data
        return NewLeave(
            child_id=child_id,
            kind=LeaveKind(said["kind"]),
            from_on=said["from_on"],
            to_on=said["last_on"] + ONE_DAY,
            asked_by=AskedBy.GUARDIAN,
            id=said["id"],
        )
