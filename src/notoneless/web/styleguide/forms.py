"""A form with every kind of field, with and without mistakes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(
        label=_("姓名"), max_length=60, help_text=_("与户口簿一致，可含间隔号。")
    )
    born_on = forms.DateField(
        label=_("出生日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    grade = forms.ChoiceField(
        label=_("年级"), choices=[("1", _("一年级")), ("2", _("二年级")), ("3", _("三年级"))]
    )
    sex = forms.ChoiceField(
        label=_("性别"), choices=[("1", _("男")), ("2", _("女"))], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label=_("需要的帮助"),
        choices=[("1", _("阅读")), ("2", _("校车")), ("3", _("营养餐")), ("4", _("住宿"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("说明"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    boards = forms.BooleanField(label=_("住校"), required=False)


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("姓名、拼音、学籍号或电话"), required=False)
    grade = forms.ChoiceField(
        label=_("年级"), choices=[("", _("全部")), ("1", _("一年级"))], required=False
    )
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), ("1", _("在校"))], required=False
    )


class SampleUpload(forms.Form):
    roster = forms.FileField(label=_("把名册文件拖到这里，或点上方选择文件"))
