"""Forms of the class pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.children.queries.units import ClassUnit
from notoneless.web.children.forms import DayInput, class_choices

NUMBER = forms.RegexField(
    r"^[1-9][0-9]?$",
    label=_("班号"),
    error_messages={"invalid": _("班号填 1 至 99 的数字，例如 3。")},
    widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
)


class _ChoosingChildren(forms.Form):
    """Children are ticked in the table, so they have no widget of their own."""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.ticked: list[str] = data.getlist("child") if data else []
        self.child_ids: list[UUID] = []

    def clean(self) -> dict[str, Any]:
        try:
            self.child_ids = [UUID(text) for text in self.ticked]
        except ValueError as problem:
            raise forms.ValidationError(_("名单有误，请刷新页面后重新选择。")) from problem
        return self.cleaned_data


class MoveForm(_ChoosingChildren):
    target = forms.UUIDField(label=_("调到"))

    def __init__(
        self, data: Any = None, *, classes: Iterable[ClassUnit], today: date, **more: Any
    ) -> None:
        super().__init__(data, **more)
        choices = class_choices(classes, today=today)
        self.fields["target"].widget = forms.Select(choices=choices)


class SplitForm(_ChoosingChildren):
    number = NUMBER


class RenameForm(forms.Form):
    number = NUMBER
    nickname = forms.CharField(
        label=_("班级别名"), max_length=20, required=False, help_text=_("没有就不填。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput())


class HandOverForm(forms.Form):
    person = forms.UUIDField(label=_("新班主任"))
    from_on = forms.DateField(label=_("从哪一天起"), widget=DayInput())

    def __init__(self, *args: Any, staff: list[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(str(key), name) for key, name in staff]
        self.fields["person"].widget = forms.Select(choices=[("", _("请选择")), *choices])
