"""Forms about implementation plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.rules.plans import PlanState
from notoneless.web.words import PLAN_STATES


class PlanForm(forms.Form):
    title = forms.CharField(label=_("方案名称"), max_length=120)
    goals = forms.CharField(
        label=_("目标和主要措施"),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("写明本学年的控辍目标、主要措施和负责人。"),
    )
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[(s.value, PLAN_STATES[s]) for s in PlanState if s is not PlanState.WITHDRAWN],
        help_text=_("草稿不算有方案；上报或批准后才算。"),
    )
    approver = forms.CharField(
        label=_("批准人"),
        max_length=60,
        required=False,
        help_text=_("已批准的方案写明批准的人或机关。"),
    )
    basis = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("state") == PlanState.APPROVED and not data.get("approver"):
            self.add_error("approver", _("已批准的方案要写明批准人。"))
        return data


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤回原因"), min_length=2, max_length=200)
    basis = forms.UUIDField(widget=forms.HiddenInput)
