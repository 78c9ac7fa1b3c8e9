"""Forms of the pages of signs: shape only, the rules decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.flows.signs.gathering import Member
from notoneless.rules.signs.key_list import Criterion
from notoneless.rules.signs.kinds import FilePart
from notoneless.rules.signs.needs import Need
from notoneless.signs.services.words import NewFollowUp, NewHandling, NewWord
from notoneless.web.children.forms import DayInput
from notoneless.web.signs.words import CRITERIA, FILE_PARTS, NEEDS, cause_words, kind_words

TEXT = 1000


def _long(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WordForm(forms.Form):
    """Three taps and a sentence."""

    token = forms.UUIDField(widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("看到什么"), widget=forms.RadioSelect())
    cause = forms.ChoiceField(label=_("可能的原因"), required=False)
    seen_on = forms.DateField(label=_("哪天看到的"), widget=DayInput())
    text = _long(_("说一句"), help_text=_("只写看到、听到的事。只有班主任、年级组长和校领导能看。"))

    def __init__(
        self, *args: Any, kinds: Iterable[str], causes: Iterable[str], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(code, kind_words(code)) for code in kinds]
        fields["cause"].choices = [("", _("不清楚")), *((c, cause_words(c)) for c in causes)]

    def new_word(self, child_id: UUID) -> NewWord:
        said = self.cleaned_data
        causes = (said["cause"],) if said["cause"] else ()
        # The class is the child's own, which the flow knows.
        return NewWord(
            said["token"], child_id, child_id, said["kind"], said["seen_on"], causes, said["text"]
        )


class HandlingForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput())
    text = forms.CharField(
        label=_("正在做什么"),
        max_length=300,
        help_text=_("例如：每天早上到家接；周五与家长面谈。"),
    )
    until_on = forms.DateField(label=_("到哪天再看（含这一天）"), widget=DayInput())

    def new_handling(self, child_id: UUID, *, today: date) -> NewHandling:
        said = self.cleaned_data
        return NewHandling(said["token"], child_id, today, said["until_on"], said["text"])


class FollowUpForm(forms.Form):
    """The tracking record 跟踪记录, field by field; none of them is a must by itself."""

    token = forms.UUIDField(widget=forms.HiddenInput())
    on = forms.DateField(label=_("日期"), widget=DayInput())
    cause = forms.ChoiceField(label=_("主要原因"), required=False)
    thinking = _long(_("孩子的想法"))
    guardian_view = _long(_("家长的意见"))
    destination = _long(_("去向"))
    measure = _long(_("采取的办法"))

    def __init__(self, *args: Any, causes: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["cause"].choices = [("", _("不清楚")), *((c, cause_words(c)) for c in causes)]

    def new_follow_up(self, child_id: UUID) -> NewFollowUp:
        said = self.cleaned_data
        return NewFollowUp(
            id=said["token"],
            child_id=child_id,
            on=said["on"],
            causes=(said["cause"],) if said["cause"] else (),
            thinking=said["thinking"],
            guardian_view=said["guardian_view"],
            destination=said["destination"],
            measure=said["measure"],
        )


class StepForm(forms.Form):
    """What became of a word: a sentence, and for a clearing the visit before it."""

    token = forms.UUIDField(widget=forms.HiddenInput())
    text = _long(_("说明"))
    visit_on = forms.DateField(label=_("哪天家访的"), required=False, widget=DayInput())


class PupilForm(forms.Form):
    """One pupil of the key list."""

    child = forms.ChoiceField(label=_("学生"))
    criteria = forms.MultipleChoiceField(
        label=_("符合哪些条件"),
        choices=[(each.value, CRITERIA[each]) for each in Criterion],
        widget=forms.CheckboxSelectMultiple(),
    )
    evidence = _long(_("依据"), required=True, help_text=_("写具体的事，不写评价。"))

    def __init__(self, *args: Any, members: Iterable[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["child"].choices = [
            ("", _("请选择")),
            *((str(member.child_id), member.name) for member in members),
        ]


class ClosingForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    reason = _long(_("理由"), help_text=_("人数在范围内可以不写；一个也没有，写一句即可。"))


class EntryForm(forms.Form):
    """One entry of a key pupil's file."""

    token = forms.UUIDField(widget=forms.HiddenInput())
    part = forms.ChoiceField(
        label=_("哪一部分"),
        choices=[(each.value, FILE_PARTS[each.value]) for each in FilePart],
    )
    text = _long(_("内容"), required=True)


class NeedForm(forms.Form):
    need = forms.ChoiceField(
        label=_("需要什么"), choices=[(each.value, NEEDS[each]) for each in Need]
    )
    reason = forms.CharField(label=_("为什么"), max_length=300, required=False)


class AccuracyForm(forms.Form):
    """Both days included."""

    from_on = forms.DateField(label=_("从"), widget=DayInput())
    last_on = forms.DateField(label=_("到（含这一天）"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("last_on")
        if first and last and not first <= last <= first + timedelta(days=3 * 365):
            raise forms.ValidationError(_("结束日期要在开始日期之后，最长三年。"))
        return self.cleaned_data
