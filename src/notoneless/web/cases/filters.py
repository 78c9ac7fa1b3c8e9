"""What a list of cases can be narrowed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.cases.queries.listing import CaseFilter, UnitsOf
from notoneless.rules.cases.kinds import CASE_STATES, Source
from notoneless.rules.roles import Role
from notoneless.web.cases.words import SOURCES, STATES
from notoneless.web.children.forms import ANY, DayInput
from notoneless.web.words import ROLES

_TURNS = (
    Role.HOMEROOM_TEACHER,
    Role.PRINCIPAL,
    Role.CENTRE_HEAD,
    Role.VILLAGE_OFFICER,
    Role.TOWNSHIP_OFFICER,
    Role.COUNTY_CLERK,
    Role.DEPARTMENT_LIAISON,
)


class CaseFilterForm(forms.Form):
    """Search and filters; what does not fit is left out, never an error."""

    q = forms.CharField(
        label=_("姓名、拼音或证件号"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stage = forms.ChoiceField(
        label=pgettext_lazy("case filter", "阶段"),
        required=False,
        choices=[
            ("", pgettext_lazy("case filter", "在办的")),
            ("closed", pgettext_lazy("case filter", "已销号的")),
            ("all", pgettext_lazy("case filter", "全部")),
            *((state.value, STATES[state]) for state in CASE_STATES),
        ],
    )
    school = forms.ChoiceField(label=_("学校"), required=False)
    township = forms.ChoiceField(label=_("乡镇"), required=False)
    village = forms.ChoiceField(label=pgettext_lazy("kind of unit", "村"), required=False)
    source = forms.ChoiceField(
        label=pgettext_lazy("case filter", "来源"),
        required=False,
        choices=[ANY, *((source.value, SOURCES[source]) for source in Source)],
    )
    whose = forms.ChoiceField(
        label=pgettext_lazy("case filter", "轮到谁"),
        required=False,
        choices=[
            ANY,
            ("mine", pgettext_lazy("case filter", "轮到我")),
            *((role.value, ROLES[role]) for role in _TURNS),
        ],
    )
    by = forms.ChoiceField(
        label=pgettext_lazy("case filter", "按哪一天"),
        required=False,
        choices=[
            ("", pgettext_lazy("case filter", "立案日期")),
            ("returned", pgettext_lazy("case filter", "返校日期")),
            ("closed", pgettext_lazy("case filter", "销号日期")),
        ],
    )
    since = forms.DateField(
        label=pgettext_lazy("case filter", "从"), required=False, widget=DayInput()
    )
    until = forms.DateField(
        label=pgettext_lazy("case filter", "到（含这一天）"), required=False, widget=DayInput()
    )
    late = forms.BooleanField(label=_("只看超期的"), required=False)
    alone = forms.BooleanField(label=_("只看没有包保人的"), required=False)
    untold = forms.BooleanField(label=_("只看返校还没有报告的"), required=False)
    unit = forms.UUIDField(widget=forms.HiddenInput, required=False)
    cause = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    """Links of other pages ask for a unit of any kind, and for a main cause."""

    def __init__(self, data: Any, *, units: UnitsOf) -> None:
        super().__init__(data)
        self._offer("school", units.schools)
        self._offer("township", units.townships)
        self._offer("village", units.villages)

    def _offer(self, name: str, units: tuple[tuple[UUID, str], ...]) -> None:
        if len(units) < 2:
            del self.fields[name]
            return
        fields: dict[str, Any] = self.fields
        fields[name].choices = [ANY, *((str(unit), label) for unit, label in units)]

    def wanted(self, order: str) -> CaseFilter:
        """The filter that fits; the order of the list comes from its headings."""
        self.is_valid()
        said = self.cleaned_data
        whose, source = said.get("whose", ""), said.get("source", "")
        return CaseFilter(
            text=said.get("q", ""),
            stage=said.get("stage") or _usual_stage(said),
            school_id=_key(said.get("school")),
            township_id=_key(said.get("township")),
            village_id=_key(said.get("village")),
            source=Source(source) if source else None,
            is_late=said.get("late", False),
            is_mine=whose == "mine",
            turn_role=whose if whose != "mine" else "",
            without_persuader=said.get("alone", False),
            return_unreported=said.get("untold", False),
            unit_id=said.get("unit"),
            cause=said.get("cause", ""),
            by=said.get("by") or "opened",
            from_on=said.get("since"),
            to_on=said.get("until"),
            order=order,
        )


def _usual_stage(said: dict[str, Any]) -> str:
    """Whoever asks by the day of return or end means cases that may have ended."""
    return "all" if said.get("untold") or said.get("by") else "open"


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None
