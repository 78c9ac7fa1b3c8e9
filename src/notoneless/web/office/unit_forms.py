"""Forms about units."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.places.queries.divisions import DivisionFound
from notoneless.places.queries.units import Place, UnitFacts
from notoneless.rules.paths import Line
from notoneless.rules.units import PARENTS, SCHOOLS, UnitKind
from notoneless.web.office.fields import DayField, UnitField
from notoneless.web.words import KINDS, LINES, STAGES

BY_HAND = tuple(
    kind
    for kind in UnitKind
    if kind
    not in {UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.GRADE, UnitKind.CLASS}
)
"""Kinds that are founded on this page; grades and classes on the pages of classes."""


def kinds_below(kind: UnitKind) -> list[tuple[str, Any]]:
    """The kinds that may be founded directly under a unit of ``kind``, in either line."""
    return [
        (child.value, KINDS[child])
        for child in BY_HAND
        if any(kind in PARENTS[line].get(child, ()) for line in Line)
    ]


class NewUnitForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"))
    division = forms.ChoiceField(label=_("从官方区划代码中选"), required=False)
    name = forms.CharField(
        label=_("名称"),
        max_length=80,
        required=False,
        help_text=_("从区划代码中选了就不用填。"),
    )
    code = forms.CharField(
        label=_("代码"),
        max_length=20,
        required=False,
        help_text=_("学校填 10 位学校标识码；乡镇、村填区划代码，没有可留空。"),
    )
    stage = forms.ChoiceField(label=_("学段（学校）"), required=False)
    is_boarding = forms.BooleanField(label=_("寄宿制学校"), required=False)
    from_on = DayField(label=_("从哪天起"))

    def __init__(
        self,
        *args: Any,
        above: UnitFacts,
        divisions: list[DivisionFound],
        other_parents: list[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {d.code: d.name for d in divisions}
        kinds = self.fields["kind"]
        kinds.choices = kinds_below(above.kind)  # type: ignore[attr-defined]
        self.fields["stage"].choices = list(STAGES.items())  # type: ignore[attr-defined]
        if not any(kind in SCHOOLS for kind, _label in kinds_below(above.kind)):
            del self.fields["stage"]
            del self.fields["is_boarding"]
        if divisions:
            free = [(d.code, f"{d.name} {d.code}") for d in divisions if not d.is_taken]
            choices = [("", _("（不选，自己填写）")), *free]
            self.fields["division"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["division"]
        if other_parents:
            self.fields["other_parent"] = UnitField(
                label=_("学校在另一条线上的上级"), units=other_parents, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if picked := data.get("division"):
            data["code"] = picked
            data["name"] = data.get("name") or self.names.get(picked, "")
        if not data.get("name"):
            self.add_error("name", _("请填写名称，或从区划代码中选一个。"))
        if data.get("kind") not in SCHOOLS:
            data["stage"], data["is_boarding"] = "", False
        return data


class DescribeForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    code = forms.CharField(label=_("代码"), max_length=20, required=False)
    stage = forms.ChoiceField(label=_("学段"), required=False)
    is_boarding = forms.BooleanField(label=_("寄宿制学校"), required=False)
    is_complete = forms.BooleanField(
        label=_("资料已核对完整"),
        required=False,
        help_text=_("导入名册时自动建立的单位要有人核对一次。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: UnitFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = list(STAGES.items())  # type: ignore[attr-defined]
        if unit.kind not in SCHOOLS:
            del self.fields["stage"]
            del self.fields["is_boarding"]


class MoveForm(forms.Form):
    line = forms.ChoiceField(label=_("哪条线"), choices=list(LINES.items()))
    on = DayField(label=_("从哪天起"), help_text=_("以前日期的统计仍按原来的归属。"))

    def __init__(self, *args: Any, parents: list[Place], line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].widget = forms.HiddenInput()
        self.fields["line"].initial = line.value
        self.fields["parent"] = UnitField(
            label=_("新的上级单位"), units=[(p.id, p.name) for p in parents]
        )
        self.order_fields(["parent", "on", "line"])


class CloseForm(forms.Form):
    on = DayField(label=_("撤销日期"), help_text=_("从这一天起不再存在；岗位同日结束。"))
    version = forms.IntegerField(widget=forms.HiddenInput)
