"""Forms of leave: shape only, the flows decide. Days are inclusive here, exclusive below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.attendance.services.leave import NewLeave, NewProof
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.calendar import ONE_DAY
from notoneless.web.children.forms import DayInput
from notoneless.web.presence.words import ASKED_BY, LEAVE_KINDS


class LeaveForm(forms.Form):
    """Leave for one child, as the slip says."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    asked_by = forms.ChoiceField(
        label=_("谁请的假"),
        widget=forms.RadioSelect,
        choices=[(who.value, ASKED_BY[who]) for who in AskedBy],
        help_text=_("家长打电话、发信息或写条子来请的，选“监护人”。"),
    )
    kind = forms.ChoiceField(
        label=_("哪一种假"),
        widget=forms.RadioSelect,
        choices=[(kind.value, LEAVE_KINDS[kind]) for kind in LeaveKind],
    )
    from_on = forms.DateField(label=_("从哪天起"), widget=DayInput())
    last_on = forms.DateField(
        label=_("到哪天（含这一天）"),
        widget=DayInput(),
        help_text=_("只请一天，两个日期填同一天。已经过去的日子也可以补登。"),
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不写。加密保存，只有能看健康信息的人看得到。"),
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
            asked_by=AskedBy(said["asked_by"]),
            reason=said["reason"].strip(),
            id=said["id"],
        )


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=[(s.value, s.value) for s in LeaveState if s is not LeaveState.ASKED]
    )
    note = forms.CharField(label=_("说明（可不填）"), max_length=200, required=False)


class ProofForm(forms.Form):
    """What was seen of the proof; the paper goes back to the family."""

    issuer = forms.CharField(
        label=_("开具单位"), max_length=80, help_text=_("例如：县人民医院。不写病名。")
    )
    dated_on = forms.DateField(label=_("证明上的日期"), widget=DayInput())
    from_on = forms.DateField(label=_("证明从哪天起"), widget=DayInput())
    last_on = forms.DateField(label=_("证明到哪天（含这一天）"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("最后一天不能早于第一天。"))
        return self.cleaned_data

    def new_proof(self) -> NewProof:
        said = self.cleaned_data
        return NewProof(
            said["issuer"].strip(), said["dated_on"], said["from_on"], said["last_on"] + ONE_DAY
        )
