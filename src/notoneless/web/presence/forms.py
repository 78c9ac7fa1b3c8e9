"""Forms of the presence pages: shape only, the rules decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.attendance.services.events import NewEvent
from notoneless.attendance.services.hardship import NewHardship, NewMeasure, NewTravel
from notoneless.places.queries.units import Place
from notoneless.rules.attendance.travel import Boarding, Way
from notoneless.rules.calendar import ONE_DAY
from notoneless.web.children.forms import DayInput
from notoneless.web.presence.words import BOARDINGS, WAYS

LONGEST_PERIOD = timedelta(days=366)


class PeriodForm(forms.Form):
    """From and to, both inclusive; the last week where nothing is asked for."""

    from_on = forms.DateField(label=_("从"), widget=DayInput())
    last_on = forms.DateField(label=_("到（含这一天）"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("last_on")
        if first and last and not first <= last <= first + LONGEST_PERIOD:
            raise forms.ValidationError(_("结束日期要在开始日期之后，一次最长一年。"))
        return self.cleaned_data


class EventForm(forms.Form):
    unit = forms.UUIDField(label=_("哪里"))
    from_on = forms.DateField(label=_("从哪天起"), widget=DayInput())
    last_on = forms.DateField(
        label=_("到哪天（含这一天）"),
        required=False,
        widget=DayInput(),
        help_text=_("还不知道就不填，结束时再登记。"),
    )
    cause = forms.CharField(
        label=_("原因"), max_length=100, help_text=_("例如：大雪封路；流感停课。不写个人情况。")
    )

    def __init__(self, *args: Any, places: Iterable[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(str(place.id), place.name) for place in places]
        self.fields["unit"].widget = forms.Select(choices=[("", _("请选择")), *choices])

    def new_event(self) -> NewEvent:
        said = self.cleaned_data
        last: date | None = said["last_on"]
        to_on = last + ONE_DAY if last else None
        return NewEvent(said["unit"], said["from_on"], to_on, said["cause"])


class EventEndForm(forms.Form):
    last_on = forms.DateField(label=_("最后一天（含这一天）"), widget=DayInput())


class HardshipForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput())
    on = forms.DateField(label=_("从哪天起不能按时到校"), widget=DayInput())
    difficulty = forms.CharField(
        label=_("家庭困难"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写事实，例如：父亲住院，没有人送；雨季过河不安全。加密保存。"),
    )

    def new_hardship(self, child_id: UUID) -> NewHardship:
        said = self.cleaned_data
        return NewHardship(said["id"], child_id, said["on"], said["difficulty"].strip())


class MeasureForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput())
    on = forms.DateField(label=_("哪天采取的"), widget=DayInput())
    measure = forms.CharField(
        label=_("采取的措施"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：已安排住校；已申请生活补助；教师接送。"),
    )

    def new_measure(self) -> NewMeasure:
        said = self.cleaned_data
        return NewMeasure(said["id"], said["on"], said["measure"].strip())


class TravelForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput())
    based_on = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    way = forms.ChoiceField(
        label=_("怎么上学"), choices=[("", _("请选择")), *((w.value, WAYS[w]) for w in Way)]
    )
    minutes = forms.IntegerField(label=_("单程多少分钟"), min_value=0, required=False)
    km = forms.DecimalField(
        label=_("单程多少公里"), min_value=0, decimal_places=1, max_digits=5, required=False
    )
    boarding = forms.ChoiceField(
        label=_("住校"),
        choices=[(b.value, BOARDINGS[b]) for b in Boarding],
    )
    from_on = forms.DateField(label=_("从哪天起"), widget=DayInput())

    def new_travel(self, child_id: UUID) -> NewTravel:
        said = self.cleaned_data
        km = said["km"]
        return NewTravel(
            said["id"],
            child_id,
            Way(said["way"]),
            said["minutes"],
            int(km * 1000) if km is not None else None,
            Boarding(said["boarding"]),
            said["from_on"],
            said["based_on"],
        )
