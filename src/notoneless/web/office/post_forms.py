"""Forms about posts and the people who hold them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from notoneless.places.queries.people import PostFacts
from notoneless.rules.roles import SOLE, WHERE, Role
from notoneless.rules.staff_list import PHONE
from notoneless.rules.units import UnitKind
from notoneless.web.office.fields import DayField, PersonField
from notoneless.web.words import ROLES, TENURES

PHONE_WORDS = _("请填 11 位手机号，或带区号的座机号。")


def phone_field() -> forms.CharField:
    return forms.CharField(
        label=_("手机号"),
        max_length=20,
        required=False,
        validators=[RegexValidator(rf"^(?:{PHONE.pattern})$", PHONE_WORDS)],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )


class AppointForm(forms.Form):
    role = forms.ChoiceField(label=_("岗位"))
    tenure = forms.ChoiceField(
        label=_("任职方式"),
        choices=[(key, word) for key, word in TENURES.items() if key != "stand_in"],
        initial="full",
    )
    is_vacant = forms.BooleanField(label=_("先设为空缺岗位，以后再任命"), required=False)
    is_new = forms.BooleanField(
        label=_("这是新登记的人"), required=False, help_text=_("名单里没有时勾选，并填下面两项。")
    )
    phone = phone_field()
    staff_number = forms.CharField(label=_("工号"), max_length=30, required=False)
    title = forms.CharField(
        label=_("单位自己的叫法"),
        max_length=60,
        required=False,
        help_text=_("与岗位名称不同才填。"),
    )
    from_on = DayField(label=_("从哪天起"))
    to_on = DayField(label=_("到哪天为止（含）"), required=False)

    def __init__(self, *args: Any, county_id: UUID, kind: UnitKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, ROLES[role]) for role in Role if kind in WHERE[role]]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        is_new = bool(self.data.get("is_new")) if self.is_bound else False
        self.fields["person"] = (
            forms.CharField(label=_("姓名"), max_length=60, required=False)
            if is_new
            else PersonField(county_id=county_id, label=_("姓名或工号"), required=False)
        )
        self.order_fields(["role", "person", "is_new", "phone", "staff_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "person" in data and not data["person"] and not data.get("is_vacant"):
            self.add_error("person", _("请填姓名，或勾选“先设为空缺岗位”。"))
        first, last = data.get("from_on"), data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("结束日期早于开始日期。"))
        return data


class EndPostForm(forms.Form):
    on = DayField(label=_("最后一天"), help_text=_("这一天仍在任，第二天起不再担任。"))
    leave_vacant = forms.BooleanField(label=_("登记为空缺岗位，待补"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: PostFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if post.role not in SOLE or post.person_id is None:
            del self.fields["leave_vacant"]


class StandInForm(forms.Form):
    from_on = DayField(label=_("从哪天起"))
    to_on = DayField(label=_("到哪天为止（含）"))

    def __init__(self, *args: Any, county_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(county_id=county_id, label=_("顶岗的人（姓名或工号）"))
        self.order_fields(["person"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("from_on"), data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("结束日期早于开始日期。"))
        return data


class HandOverForm(forms.Form):
    on = DayField(label=_("从哪天起由接手人负责"))

    def __init__(self, *args: Any, county_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(county_id=county_id, label=_("接手人（姓名或工号）"))
        self.order_fields(["to"])


class LeaveForm(forms.Form):
    on = DayField(label=_("离岗日期"), help_text=_("从这一天起岗位结束、账号停用。"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class LessonsForm(forms.Form):
    """A matrix: one text per class and subject, empty where nobody teaches it."""

    on = DayField(label=_("从哪天起"))

    def __init__(
        self,
        *args: Any,
        county_id: UUID,
        classes: list[tuple[UUID, str]],
        subjects: list[str],
        taught: dict[tuple[UUID, str], str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.cells: dict[str, tuple[UUID, str]] = {}
        for class_id, name in classes:
            for subject in subjects:
                key = f"cell-{class_id.hex}-{subject}"
                self.cells[key] = (class_id, subject)
                field = PersonField(
                    county_id=county_id,
                    label=f"{name} {subject}",
                    required=False,
                    initial=taught.get((class_id, subject), ""),
                )
                self.fields[key] = field
        self.rows = [
            (name, [self[f"cell-{class_id.hex}-{subject}"] for subject in subjects])
            for class_id, name in classes
        ]
