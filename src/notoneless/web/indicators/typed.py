"""Headcounts of earlier years and of the time before the system, entered with their source."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from notoneless.flows.indicators.typing import may_type_for, places_to_type, type_count, typed_seen
from notoneless.numbers.services.typed import NewTyped
from notoneless.rules.indicators.counts import BY_HAND, Count
from notoneless.rules.indicators.periods import statistical_year
from notoneless.rules.units import Stage
from notoneless.web.children.forms import ANY
from notoneless.web.indicators.words import COUNTS
from notoneless.web.overview.tables import unit_name
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import STAGES

YEARS_BACK = 10


class TypedForm(forms.Form):
    unit = forms.ChoiceField(label=gettext_lazy("单位"))
    count = forms.ChoiceField(
        label=gettext_lazy("项目"), choices=[(count.value, COUNTS[count]) for count in BY_HAND]
    )
    school_year = forms.TypedChoiceField(label=gettext_lazy("学年"), coerce=int)
    stage = forms.ChoiceField(
        label=gettext_lazy("学段"),
        required=False,
        choices=[("", STAGES[""]), *((stage.value, STAGES[stage]) for stage in Stage)],
    )
    entered_in = forms.TypedChoiceField(
        label=gettext_lazy("只是哪一届"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("这一届进入所选学段的秋季；各年级合计的不选。"),
    )
    value = forms.IntegerField(label=gettext_lazy("人数"), min_value=0, max_value=1_000_000)
    source = forms.CharField(
        label=gettext_lazy("数字来源"),
        min_length=2,
        max_length=200,
        help_text=gettext_lazy("例如：2024 年学年初报表，教基 1101。会印在数字旁边。"),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], year: int) -> None:
        super().__init__(*args)
        years = [(str(y), _year_words(y)) for y in range(year, year - YEARS_BACK, -1)]
        autumns = [(str(y), str(y)) for y in range(year, year - YEARS_BACK, -1)]
        fields: dict[str, Any] = self.fields
        fields["unit"].choices = units
        fields["school_year"].choices = years
        fields["entered_in"].choices = [ANY, *autumns]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("entered_in") and not said.get("stage"):
            self.add_error("stage", _("只录一届的，要选学段。"))
        return said

    def new(self) -> NewTyped:
        said = self.cleaned_data
        return NewTyped(
            unit_id=UUID(said["unit"]),
            count=Count(said["count"]),
            school_year=said["school_year"],
            value=said["value"],
            source=said["source"].strip(),
            stage=Stage(said["stage"]) if said["stage"] else None,
            entered_in=said["entered_in"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
def indicators_typed(request: Request) -> HttpResponse:
    """What was entered by hand in the reader's places, and a form for more. A newer figure for the
    same corrects the older one, which stays on record."""
    may_type_for(request.actor)
    units = places_to_type(request.actor, today=request.today)
    choices = [(str(unit.id), unit_name(unit, request.today)) for unit in units]
    year = statistical_year(request.today)
    data = (request.POST,) if request.method == "POST" else ()
    form = TypedForm(*data, units=choices, year=year)
    if request.method == "POST" and form.is_valid():
        type_count(request.actor, form.new(), today=request.today, stamp=stamp_of(request))
        messages.success(request, _("已录入。"))
        return redirect("indicators-typed")
    names = dict(choices)
    rows = [
        {
            "unit": names[str(typed.unit_id)],
            "count": COUNTS[typed.count],
            "year": _year_words(typed.school_year),
            "of": _cohort_words(typed.stage, typed.entered_in),
            "typed": typed,
        }
        for typed in typed_seen(request.actor, units)
    ]
    context = {"form": form, "rows": rows}
    return render(request, "indicators/typed.html", context, status=422 if form.errors else 200)


def _year_words(year: int) -> str:
    return _("%(first)s—%(last)s 学年") % {"first": year, "last": year + 1}


def _cohort_words(stage: Stage | None, entered_in: int | None) -> str:
    words = str(STAGES[stage.value if stage else ""])
    return (
        _("%(stage)s，%(year)s 届") % {"stage": words, "year": entered_in} if entered_in else words
    )
