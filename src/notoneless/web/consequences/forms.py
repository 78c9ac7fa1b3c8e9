"""Forms of settlements: an exception, its verification, a decision, what was carried out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notoneless.consequences.services.honours import NewHonour
from notoneless.flows.consequences.carrying_out import Done
from notoneless.flows.consequences.deciding import Decision
from notoneless.flows.consequences.honours import codes
from notoneless.flows.consequences.showing import OpenedLine
from notoneless.rules.consequences.life import DECISIONS, LineStep
from notoneless.rules.policy.words import label
from notoneless.web.children.forms import DayInput
from notoneless.web.consequences.words import STEPS, honour_words
from notoneless.web.policy.words import language


def _text(name: Any, *, is_needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=name,
        max_length=1000,
        required=is_needed,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExceptionForm(forms.Form):
    """特殊情况书面说明: what happened, about which of the line's children."""

    circumstances = _text(_("特殊情况"))
    children = forms.MultipleChoiceField(
        label=_("涉及的学生"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, found: OpenedLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["children"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(child.id), child.name) for child in found.children]
            field.help_text = gettext("都不选，就是全部。")
        if len(found.children) < 2:
            del self.fields["children"]

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(child) for child in self.cleaned_data.get("children", ())]


class VerifyForm(forms.Form):
    """Each condition of the policy with yes or no (R-216)."""

    reason = _text(_("怎样核实的"))

    def __init__(self, *args: Any, found: OpenedLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = found.conditions
        for code in found.conditions:
            self.fields[f"is_{code}"] = forms.ChoiceField(
                label=label("codes", code, language()),
                widget=forms.RadioSelect,
                choices=[("yes", gettext("是")), ("no", gettext("否"))],
            )
        self.order_fields([f"is_{code}" for code in found.conditions])

    @property
    def answers(self) -> dict[str, bool]:
        return {code: self.cleaned_data[f"is_{code}"] == "yes" for code in self.conditions}


class SeenForm(forms.Form):
    """A page that is decided upon: how many steps had been taken when it was opened."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput())


class DecisionForm(SeenForm):
    """Accept, change with a reason, reject, or grant the exception."""

    step = forms.ChoiceField(label=_("审定意见"), widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("调整为（元或分，不写正负号）"),
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text=_("只能减少，不能超过核算的数。"),
    )
    person = forms.ChoiceField(label=_("由谁承担"), required=False)
    reason = _text(_("理由"), is_needed=False)

    def __init__(self, *args: Any, found: OpenedLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = len(found.line.steps)
        self.line = found.line
        steps = self.fields["step"]
        if isinstance(steps, forms.ChoiceField):
            steps.choices = [
                (step.value, STEPS[step])
                for step in LineStep
                if step in found.open & DECISIONS and (step is not LineStep.CHANGE or self._sized)
            ]
        if not self._sized:
            del self.fields["amount"]
        person = self.fields["person"]
        if found.people and isinstance(person, forms.ChoiceField):
            person.choices = [("", "—"), *((str(pk), name) for pk, name in found.people)]
        else:
            del self.fields["person"]

    @property
    def _sized(self) -> bool:
        return self.line.is_money or self.line.computed_points is not None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        is_change = data.get("step") == LineStep.CHANGE
        if is_change and data.get("amount") is None:
            self.add_error("amount", _("调整的，要写调整为多少。"))
        if data.get("step") in (LineStep.CHANGE, LineStep.REJECT) and not data.get("reason"):
            self.add_error("reason", _("请写明理由。"))
        return data

    @property
    def decision(self) -> Decision:
        data = self.cleaned_data
        amount: Decimal = data.get("amount") or Decimal(0)
        is_gain = (self.line.computed_fen or self.line.computed_points or 0) > 0
        signed = amount if is_gain else -amount
        person = data.get("person")
        return Decision(
            LineStep(data["step"]),
            seen=data["seen"],
            reason=data["reason"],
            fen=int(signed * 100) if self.line.is_money else None,
            points=signed if self.line.computed_points is not None else None,
            person_id=UUID(person) if person else None,
        )


class SettleForm(forms.Form):
    """When it was paid, deducted or carried out, and on which receipt."""

    done_on = forms.DateField(label=_("兑现日期"), widget=DayInput())
    receipt = forms.CharField(label=_("凭证号"), max_length=120, required=False)

    @property
    def done(self) -> Done:
        return Done(self.cleaned_data["done_on"], self.cleaned_data["receipt"])


class CorrectForm(SettleForm):
    """The day or receipt again, with why."""

    reason = _text(_("更正原因"))


class SettleManyForm(SettleForm):
    """Several lines on one day and receipt; those of money are chosen beforehand."""

    lines = forms.MultipleChoiceField(label=_("事项"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, lines: Iterable[tuple[UUID, str]], chosen: Iterable[UUID], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lines"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(pk), words) for pk, words in lines]
        self.initial["lines"] = [str(pk) for pk in chosen]

    @property
    def line_ids(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["lines"]]


class HonourForm(forms.Form):
    """Which honour, to whom."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    code = forms.ChoiceField(label=_("荣誉"))
    title = forms.CharField(label=_("名称（照文件写）"), max_length=80, required=False)
    whom = forms.ChoiceField(label=_("授予"))

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[str, str]],
        units: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        code, whom = self.fields["code"], self.fields["whom"]
        if isinstance(code, forms.ChoiceField) and isinstance(whom, forms.ChoiceField):
            code.choices = [(each, honour_words(each)) for each in codes()]
            whom.choices = [
                (gettext("教职工"), [(f"p:{pk}", name) for pk, name in people]),
                (gettext("学校和班级"), [(f"u:{pk}", name) for pk, name in units]),
            ]

    def new_honour(self, school_id: UUID, school_year: int) -> NewHonour:
        data = self.cleaned_data
        kind, _colon, pk = data["whom"].partition(":")
        return NewHonour(
            id=data["id"],
            school_id=school_id,
            school_year=school_year,
            code=data["code"],
            title=data["title"].strip(),
            person_id=UUID(pk) if kind == "p" else None,
            unit_id=UUID(pk) if kind == "u" else None,
        )
