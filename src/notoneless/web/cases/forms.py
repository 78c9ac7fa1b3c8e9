"""Forms of the pages of cases: shape only, the rules decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.children.queries.units import ClassUnit
from notoneless.flows.cases.choosing import Offered, PersonChoice, UnitChoice
from notoneless.flows.cases.stepping import Taking
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.said import LONGEST, QUESTIONS, Ask, Fault, Faulty, Question
from notoneless.web.cases.answers import FAULTS, hint_of, label_of, option_of
from notoneless.web.children.forms import DayInput, class_choices
from notoneless.web.words import ROLES

NOBODY = ("", _("请选择"))
MOST_RADIOS = 5
"""Longer lists of options are a drop-down."""


class StepForm(forms.Form):
    """What a step asks. Whether an answer will do is for the rules: no field is refused here
    except one that cannot be read."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    answers = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    on = forms.DateField(label=_("办理日期"), widget=DayInput())

    def __init__(
        self, *args: Any, step: StepKind, offers: Offered, today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.step = step
        asked = [q for q in QUESTIONS[step] if q.name not in offers.leaves_out]
        for question in asked:
            self.fields[question.name] = _field(step, question, offers, today)
        self.order_fields([*(question.name for question in asked), "on", "id", "answers"])

    def taking(self) -> Taking:
        """The step as it was filled in."""
        data = self.cleaned_data
        return Taking(
            id=data["id"],
            kind=self.step,
            on=data["on"],
            said=_said(self.step, data),
            answers=data.get("answers"),
        )

    def tell(self, faults: Iterable[Faulty]) -> None:
        """Put each fault beside its field."""
        for fault in faults:
            if fault.name not in self.errors:
                self.add_error(fault.name, str(FAULTS[fault.fault]))


def _said(step: StepKind, data: Mapping[str, Any]) -> dict[str, object]:
    said: dict[str, object] = {}
    for question in QUESTIONS[step]:
        value = data.get(question.name, "")
        said[question.name] = value.isoformat() if isinstance(value, date) else value
    return {name: value for name, value in said.items() if value not in ("", None)}


def _field(step: StepKind, question: Question, offers: Offered, today: date) -> forms.Field:
    named: dict[str, Any] = {
        "label": label_of(step, question.name),
        "required": question.is_needed and question.ask is not Ask.FLAG,
        "help_text": hint_of(step, question.name),
        "error_messages": {"required": FAULTS[Fault.MISSING]},
    }
    choices = _choices(step, question, offers, today)
    if choices is not None:
        return _chooser(question, choices, named)
    if question.ask is Ask.FLAG:
        return forms.BooleanField(initial=True, **named)
    if question.ask is Ask.DATE:
        return forms.DateField(widget=DayInput(), **named)
    if question.ask is Ask.LINE:
        return forms.CharField(max_length=LONGEST, **named)
    rows = 2 if question.ask is Ask.OFFICERS else 3
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **named)


def _chooser(
    question: Question, choices: list[tuple[str, Any]], named: dict[str, Any]
) -> forms.Field:
    is_short = question.ask is Ask.CHOICE and len(choices) <= MOST_RADIOS
    widget = forms.RadioSelect() if is_short and question.is_needed else forms.Select()
    head = [] if isinstance(widget, forms.RadioSelect) else [NOBODY]
    return forms.ChoiceField(choices=[*head, *choices], widget=widget, **named)


def _choices(
    step: StepKind, question: Question, offers: Offered, today: date
) -> list[tuple[str, Any]] | None:
    if question.ask is Ask.CHOICE:
        return [(each, option_of(step, question.name, each)) for each in question.options]
    if question.ask is Ask.PERSON:
        return [_person(each) for each in offers.people]
    if question.ask is Ask.UNIT:
        return [_unit(each) for each in offers.units]
    if question.ask is Ask.CLASS:
        return _classes(offers.classes, today)
    return None


def _person(each: PersonChoice) -> tuple[str, str]:
    return str(each.id), f"{each.name}　{f'{each.unit_name} {ROLES[each.role]}'.strip()}"


def _unit(each: UnitChoice) -> tuple[str, str]:
    return str(each.id), each.name


def _classes(rows: Iterable[ClassUnit], today: date) -> list[tuple[str, Any]]:
    return [(value, label) for value, label in class_choices(rows, today=today)]


class TakeBackForm(forms.Form):
    """Why the last step did not happen so."""

    step = forms.UUIDField(widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("为什么撤回"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    """A receiver's answer to a hand-over; sending back needs its reason."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    answers = forms.UUIDField(widget=forms.HiddenInput())
    words = forms.CharField(
        label=_("退回的理由（接收可不填）"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ErrorForm(forms.Form):
    """No child was missing: the second tap."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    words = forms.CharField(
        label=_("错在哪里（可不填）"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def keys_in(texts: Iterable[str]) -> list[UUID]:
    """The keys among these texts, each once; what is none is left out."""
    found: dict[UUID, None] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)
