"""Forms about leading groups, coverage and departments' duties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.places.queries.groups import GroupFacts
from notoneless.places.services.groups import SeatWanted
from notoneless.rules.coverage import COVERS, GOVERNMENT_LEVELS
from notoneless.rules.groups import Seat
from notoneless.rules.units import UnitKind
from notoneless.web.office.fields import DayField, PersonField
from notoneless.web.words import LEVELS, SEATS

SPARE = 3
"""Empty lines for further members; saving shows three new ones."""
SINGLE = (Seat.HEAD, Seat.OFFICE_DIRECTOR)


class GroupForm(forms.Form):
    """Everybody who sits in the group, seat by seat; an emptied line ends a seat."""

    office_seat = forms.CharField(
        label=_("办公室设在"), max_length=80, required=False, help_text=_("没有办公室就留空。")
    )
    on = DayField(label=_("从哪天起"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, county_id: UUID, group: GroupFacts | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Seat] = {}
        for seat in Seat:
            sitting = [s for s in group.seats if s.seat is seat] if group else []
            lines = 1 if seat in SINGLE else len(sitting) + SPARE
            for number in range(lines):
                key = f"{seat.value}-{number}"
                self.places[key] = seat
                one = sitting[number] if number < len(sitting) else None
                self.fields[key] = PersonField(
                    county_id=county_id,
                    label=SEATS[seat],
                    required=False,
                    initial=one.person_name if one else "",
                )
                self.fields[f"{key}-post"] = forms.CharField(
                    label=_("单位职务"),
                    max_length=60,
                    required=False,
                    initial=one.post_title if one else "",
                )
        self.lines = [(self[key], self[f"{key}-post"]) for key in self.places if key in self.fields]

    def seats(self) -> list[SeatWanted]:
        """Who is to sit where, from a valid form."""
        data = self.cleaned_data
        return [
            SeatWanted(seat, data[key], data.get(f"{key}-post", ""))
            for key, seat in self.places.items()
            if data.get(key)
        ]


class CoverForm(forms.Form):
    level = forms.ChoiceField(label=_("级别"))
    area = forms.CharField(
        label=_("片区或农户范围"),
        max_length=60,
        required=False,
        help_text=_("包整个单位就留空。"),
    )
    on = DayField(label=_("从哪天起"))

    def __init__(self, *args: Any, county_id: UUID, kind: UnitKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            (level.value, LEVELS[level]) for level in GOVERNMENT_LEVELS if kind in COVERS[level]
        ]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["person"] = PersonField(
            county_id=county_id,
            label=_("包保人（姓名或工号）"),
            required=False,
            help_text=_("留空表示结束这一级的包保。"),
        )
        self.order_fields(["level", "person", "area", "on"])


class DutyForm(forms.Form):
    department = forms.TypedChoiceField(label=_("部门"), coerce=UUID)
    text = forms.CharField(label=_("职责"), max_length=1000, widget=forms.Textarea({"rows": 4}))
    partners = forms.TypedMultipleChoiceField(
        label=_("配合部门"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    on = DayField(label=_("从哪天起"))

    def __init__(
        self,
        *args: Any,
        county_id: UUID,
        departments: Iterable[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(key), name) for key, name in departments]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]
        self.fields["partners"].choices = choices  # type: ignore[attr-defined]
        self.fields["leader"] = PersonField(
            county_id=county_id, label=_("责任领导"), required=False
        )
        self.fields["liaison"] = PersonField(county_id=county_id, label=_("联络员"), required=False)
        self.order_fields(["department", "text", "leader", "liaison", "partners", "on"])


class ReportForm(forms.Form):
    period = forms.CharField(label=_("时段"), max_length=20)
    note = forms.CharField(label=_("履行情况"), max_length=2000, widget=forms.Textarea({"rows": 6}))
