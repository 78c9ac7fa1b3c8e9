"""Forms of meetings and campaigns: few fields, the rest in folds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notoneless.flows.workplans.campaigns import CampaignSheet
from notoneless.flows.workplans.meetings import NO_TASKS, PostHeld, SaidDecision, SaidMeeting
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.web.children.forms import DayInput
from notoneless.web.words import ROLES
from notoneless.web.workplans.words import MEETING_WORDS, channel_words, unit_words
from notoneless.workplans.services.campaigns import NewActivity, NewPlan

DECISIONS = 5
"""More than a meeting decides; a sixth goes into a second record."""


class MeetingForm(forms.Form):
    """A meeting with up to five decisions, each somebody's task."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("什么会"), choices=[(k.value, MEETING_WORDS[k]) for k in MeetingKind]
    )
    held_on = forms.DateField(label=gettext_lazy("开会日期"), widget=DayInput())
    chair = forms.ChoiceField(label=gettext_lazy("主持人"))
    agenda = forms.CharField(
        label=gettext_lazy("议了什么"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("不写学生姓名和不宜公开的原因。"),
    )
    attendees = forms.MultipleChoiceField(
        label=gettext_lazy("到会的人"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=gettext_lazy("地点"), max_length=100, required=False)
    others = forms.CharField(
        label=gettext_lazy("其他到会的人"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("不在通讯录里的，写姓名和单位。"),
    )

    def __init__(self, data: Any, posts: Sequence[PostHeld], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        people = {each.person_id: each for each in reversed(posts)}
        named = [
            (str(person), f"{each.name} · {ROLES[each.role]}")
            for person, each in reversed(people.items())
        ]
        fields: dict[str, Any] = self.fields
        fields["chair"].choices = named
        fields["attendees"].choices = named
        owners = [
            (_key(each), f"{each.name} · {ROLES[each.role]}")
            for each in posts
            if each.role not in NO_TASKS
        ]
        for n in range(1, DECISIONS + 1):
            fields[f"text_{n}"] = forms.CharField(
                label=_("第 %(n)s 项决定") % {"n": n},
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            fields[f"owner_{n}"] = forms.ChoiceField(
                label=_("由谁落实"), required=False, choices=[("", "—"), *owners]
            )
            fields[f"due_{n}"] = forms.DateField(
                label=_("完成日期"), required=False, widget=DayInput()
            )

    def clean(self) -> dict[str, Any]:
        for n in range(1, DECISIONS + 1):
            row = [self.cleaned_data.get(f"{name}_{n}") for name in ("text", "owner", "due")]
            if any(row) and not all(row):
                self.add_error(f"text_{n}", _("内容、由谁落实、完成日期三样都要填，或都空着。"))
        return self.cleaned_data

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "held_on", "chair", "agenda")]

    @property
    def people(self) -> list[forms.BoundField]:
        return [self[name] for name in ("attendees", "others", "place")]

    @property
    def decisions(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"{name}_{n}"] for name in ("text", "owner", "due")]
            for n in range(1, DECISIONS + 1)
        ]

    def said(self, unit_id: UUID) -> SaidMeeting:
        told = self.cleaned_data
        decisions = [
            SaidDecision(told[f"text_{n}"], _owner(told[f"owner_{n}"]), told[f"due_{n}"])
            for n in range(1, DECISIONS + 1)
            if told.get(f"text_{n}")
        ]
        return SaidMeeting(
            id=told["id"],
            unit_id=unit_id,
            kind=MeetingKind(told["kind"]),
            held_on=told["held_on"],
            chair_id=UUID(told["chair"]),
            place=told["place"],
            agenda=told["agenda"],
            others=told["others"],
            attendees=tuple(UUID(each) for each in told["attendees"]),
            decisions=tuple(decisions),
        )


class DoneForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("落实情况"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PlanForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("打算怎么做"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("宣传渠道"), widget=forms.CheckboxSelectMultiple
    )
    households = forms.IntegerField(
        label=gettext_lazy("服务范围内有多少户"), required=False, min_value=1, max_value=999_999
    )

    def __init__(self, data: Any, sheet: CampaignSheet, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["channels"].choices = [(code, channel_words(code)) for code in sheet.channels]

    def new(self) -> NewPlan:
        said = self.cleaned_data
        return NewPlan(said["text"], tuple(said["channels"]), said["households"], said["id"])


class ActivityForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    held_on = forms.DateField(label=gettext_lazy("日期"), widget=DayInput())
    channel = forms.ChoiceField(label=gettext_lazy("宣传渠道"))
    audience = forms.CharField(label=gettext_lazy("对象"), max_length=100, required=False)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=100, required=False)
    materials = forms.CharField(label=gettext_lazy("材料"), max_length=200, required=False)
    households = forms.IntegerField(
        label=gettext_lazy("到了多少户"), required=False, min_value=0, max_value=999_999
    )
    persons = forms.IntegerField(
        label=gettext_lazy("到了多少名学生"), required=False, min_value=0, max_value=999_999
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("到了哪些村和班"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, sheet: CampaignSheet, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["channel"].choices = [(code, channel_words(code)) for code in sheet.channels]
        fields["units"].choices = [
            (str(unit.id), unit_words(unit, today)) for unit in (*sheet.villages, *sheet.classes)
        ]

    def new(self) -> NewActivity:
        said = self.cleaned_data
        return NewActivity(
            held_on=said["held_on"],
            channel=said["channel"],
            place=said["place"],
            audience=said["audience"],
            materials=said["materials"],
            households=said["households"] or 0,
            persons=said["persons"] or 0,
            units=tuple(UUID(each) for each in said["units"]),
            id=said["id"],
        )


class CampaignReportForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("总结"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么再报一次"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("第一次报不用填。"),
    )


def _key(post: PostHeld) -> str:
    return f"{post.person_id}|{post.role.value}|{post.unit_id}"


def _owner(text: str) -> tuple[UUID, Role, UUID]:
    person, role, unit = text.split("|")
    return UUID(person), Role(role), UUID(unit)
