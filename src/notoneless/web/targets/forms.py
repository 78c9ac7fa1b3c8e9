"""What is asked before a headcount is frozen or its kind chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.web.targets.words import KINDS


class AskForm(forms.Form):
    """Freezing the headcounts of some schools."""

    school = forms.MultipleChoiceField(
        label=_("学校"), widget=forms.CheckboxSelectMultiple, required=True
    )
    source = forms.CharField(
        label=_("核对依据"),
        min_length=2,
        max_length=200,
        help_text=_("例如：2026 年秋季注册名册，各班班主任签字。"),
    )
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, schools: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["school"].choices = schools


class DecideForm(forms.Form):
    """The second look."""

    verdict = forms.ChoiceField(choices=[("confirm", _("确认冻结")), ("refuse", _("退回"))])
    reason = forms.CharField(label=_("退回原因"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("verdict") == "refuse" and not (said.get("reason") or "").strip():
            self.add_error("reason", _("退回要写明原因。"))
        return said


class KindForm(forms.Form):
    """The kind of base, where the plan leaves it to the unit."""

    kind = forms.ChoiceField(label=_("人数基数口径"), choices=list(KINDS.items()))
    source = forms.CharField(
        label=_("依据文件"),
        min_length=2,
        max_length=200,
        help_text=_("写明会议纪要或文件名称和日期。"),
    )
