"""What a table of indicators can be asked about."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.flows.overview.periods import Stretch, period_of
from notoneless.flows.overview.units import UnitSeen
from notoneless.numbers.queries.scope import Scope
from notoneless.places.queries.calendar import calendar_for
from notoneless.rules.indicators.periods import Period, statistical_year, year_of
from notoneless.rules.units import Stage
from notoneless.web.children.forms import ANY, DayInput, grade_choices
from notoneless.web.words import STAGES

PERIODS = [
    ("year", pgettext_lazy("period", "本学年")),
    ("last_year", pgettext_lazy("period", "上学年")),
    ("term", pgettext_lazy("period", "本学期")),
    ("month", pgettext_lazy("period", "本月")),
    ("days", pgettext_lazy("period", "自选日期")),
]


class ScopeForm(forms.Form):
    """Place, stage, grade and period; what does not fit is left out, never an error."""

    stage = forms.ChoiceField(
        label=_("学段"),
        required=False,
        choices=[ANY, *((stage.value, STAGES[stage]) for stage in Stage)],
    )
    grade = forms.ChoiceField(label=_("年级"), required=False)
    period = forms.ChoiceField(label=_("时间"), required=False, choices=PERIODS)
    since = forms.DateField(
        label=pgettext_lazy("case filter", "从"), required=False, widget=DayInput()
    )
    until = forms.DateField(
        label=pgettext_lazy("case filter", "到（含这一天）"), required=False, widget=DayInput()
    )
    known = forms.DateField(
        label=_("按哪一天掌握的情况"),
        required=False,
        widget=DayInput(),
        help_text=_("留空就按现在掌握的。"),
    )
    unit = forms.UUIDField(widget=forms.HiddenInput, required=False)
    sheet = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["grade"].choices = [ANY, *grade_choices(today)]

    def scope(self, unit: UnitSeen, county_id: Any, *, today: date) -> Scope:
        """What is asked, cut at today; days that do not fit make it the school year."""
        self.is_valid()
        said = self.cleaned_data
        known = said.get("known")
        return Scope(
            county_id,
            unit.id,
            self._period(unit, today).up_to(today),
            stage=Stage(said["stage"]) if said.get("stage") else None,
            grade=int(said["grade"]) if said.get("grade") else None,
            known_at=_end_of(known) if known and known < today else None,
        )

    def _period(self, unit: UnitSeen, today: date) -> Period:
        said = self.cleaned_data
        chosen = said.get("period") or "year"
        year = statistical_year(today)
        if chosen == "days" and said.get("since"):
            until = min(said.get("until") or today, today)
            return Period(min(said["since"], until), until)
        if chosen == "last_year":
            return year_of(year - 1)
        if chosen in ("term", "month"):
            calendar = calendar_for(unit.id, on=today) if chosen == "term" else None
            return period_of(Stretch(chosen), today=today, calendar=calendar)
        return year_of(year)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
