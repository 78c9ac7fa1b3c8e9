"""Forms of accountability: shape only, the rules decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.flows.oversight.deciding import Choices
from notoneless.flows.oversight.raising import LONGEST
from notoneless.flows.oversight.reading import CaseChoice
from notoneless.places.queries.people import PostFacts
from notoneless.rules.faults.catalogue import Offer
from notoneless.rules.faults.kinds import (
    AppealResult,
    FaultStep,
    Measure,
    Outcome,
)
from notoneless.web.children.forms import DayInput
from notoneless.web.day_words import day
from notoneless.web.oversight import words
from notoneless.web.words import ROLES, unit_title

NOBODY = ("", _("请选择"))
YES_NO = [("yes", _("是")), ("no", _("否"))]


def _text(label: Any, *, hint: Any = "", needed: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=needed,
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RaiseForm(forms.Form):
    """Whom, with what, from where."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    post = forms.ChoiceField(label=_("责任人"))
    kind = forms.ChoiceField(label=_("过错情形"))
    found_on = forms.DateField(label=_("发现日期"), widget=DayInput())
    facts = _text(
        _("事实"),
        hint=_("写清时间、事情和依据。本人会看到这一段：不要写是谁反映的，儿童能不写名字就不写。"),
    )
    cases = forms.MultipleChoiceField(
        label=_("有关的辍学个案"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("认定瞒报，或者认定是教职工的行为造成的，这些个案在考核时按认定计算。"),
    )
    source_kind = forms.ChoiceField(
        label=_("线索来自"),
        choices=list(words.SOURCES.items()),
        widget=forms.RadioSelect,
        help_text=_("本人和打印的文书都看不到来源。"),
    )
    source = forms.CharField(
        label=_("来源说明"),
        required=False,
        max_length=500,
        help_text=_("加密保存，只有提出的人和决定的人能看到。"),
    )

    def __init__(
        self,
        *args: Any,
        posts: Iterable[PostFacts],
        offers: Iterable[Offer],
        cases: Iterable[CaseChoice],
        today: date,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["post"].choices = [NOBODY, *_by_unit(posts, today)]
        fields["kind"].choices = [
            NOBODY,
            *((offer.code, words.fault_name(offer.code)) for offer in offers),
        ]
        known = [(str(c.id), f"{c.child_name} · {day(c.opened_on)}") for c in cases]
        if known:
            fields["cases"].choices = known
        else:
            del fields["cases"]


class AsideForm(forms.Form):
    pointer = forms.CharField(max_length=120, widget=forms.HiddenInput())
    reason = forms.CharField(label=_("看过之后，为什么没有问题"), min_length=4, max_length=200)


class StepForm(forms.Form):
    """What a step asks, besides a decision."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    on = forms.DateField(label=_("办理日期"), widget=DayInput())

    def __init__(
        self, *args: Any, step: FaultStep, is_own: bool, until_hint: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.step = step
        asked = _asked(step, is_own=is_own)
        self.fields.update(asked)
        if until_hint:
            self.fields["until"].help_text = until_hint
        if is_own:
            self.fields["on"].widget = self.fields["on"].hidden_widget()
        self.order_fields([*asked, "on", "id"])

    def said(self) -> dict[str, object]:
        """The answers as the step keeps them."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("id", "on", "until")}
        if "silence" in data:
            data["silence"] = data["silence"] == "silence"
        return {name: value for name, value in data.items() if value not in ("", None)}


def _asked(step: FaultStep, *, is_own: bool) -> dict[str, forms.Field]:
    if step is FaultStep.NOTICE_GIVEN:
        return {
            "until": forms.DateField(
                label=_("本人最晚哪天陈述（含这一天）"),
                widget=DayInput(),
            ),
            "words": _text(_("怎样告知的"), needed=False, rows=2),
        }
    if step is FaultStep.REFUSED:
        return {
            "silence": forms.ChoiceField(
                label=_("情况"),
                choices=[
                    ("silence", _("陈述的期限已过，本人没有陈述")),
                    ("declined", _("本人当面表示不陈述")),
                ],
                widget=forms.RadioSelect,
            ),
            "witness": forms.CharField(
                label=_("见证人"),
                required=False,
                max_length=60,
                help_text=_("当面表示不陈述的，写明见证人。"),
            ),
        }
    if step is FaultStep.SHOWN:
        witness = forms.CharField(label=_("见证人"), max_length=60)
        return {} if is_own else {"witness": witness}
    if step is FaultStep.APPEAL_DECIDED:
        return {
            "result": forms.ChoiceField(
                label=_("复核结果"),
                choices=[(each.value, words.APPEALS[each]) for each in AppealResult],
                widget=forms.RadioSelect,
            ),
            "words": _text(_("理由")),
        }
    if step is FaultStep.WAIVED:
        return {}
    return {"words": _text(LABELS[step], hint=HINTS.get(step, ""))}


LABELS = {
    FaultStep.INVESTIGATED: _("查了什么，查到什么"),
    FaultStep.STATED: _("陈述和申辩"),
    FaultStep.APPEALED: _("不服的理由"),
    FaultStep.EXECUTED: _("怎样执行的"),
    FaultStep.TAKEN_FURTHER: _("哪些没有改正"),
    FaultStep.WITHDRAWN: _("为什么撤回"),
}
HINTS = {
    FaultStep.STATED: _("事实对不对、有什么原因、做过哪些工作，都可以写；决定之前可以再补充。"),
    FaultStep.INVESTIGATED: _("本人会看到这一段：不要写是谁反映的。"),
    FaultStep.EXECUTED: _("谈话的，写明谈话人、地点和整改期限；通报的，写明印发范围。"),
}


class DecideForm(forms.Form):
    """A decision with the answers that have to come before it."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    on = forms.DateField(label=_("决定日期"), widget=DayInput())
    outcome = forms.ChoiceField(
        label=_("决定"),
        choices=[(each.value, words.OUTCOMES[each]) for each in Outcome],
        widget=forms.RadioSelect,
    )
    words = _text(_("理由"), hint=_("说明采信了什么、为什么；本人会看到。"))
    cause = forms.BooleanField(
        label=_("这一行为造成了所列个案的辍学"),
        required=False,
        help_text=_("认定之后，这些个案在考核时按教职工原因计算。"),
    )
    measures = forms.MultipleChoiceField(
        label=_("处理"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以只认定，不另作处理。"),
    )
    skips_because = forms.CharField(label=_("越过前一级的理由"), required=False, max_length=500)
    points = forms.IntegerField(label=_("扣多少分"), required=False, min_value=1, max_value=100)
    yuan = forms.IntegerField(label=_("罚款多少元"), required=False, min_value=1, max_value=100_000)
    correct_by = forms.DateField(label=_("整改期限"), required=False, widget=DayInput())
    notice = _text(
        _("通报内容"),
        needed=False,
        hint=_("通报批评时填写，会印在通报上。不能出现儿童姓名。"),
    )

    def __init__(
        self, *args: Any, choices: Choices, is_conduct: bool, has_cases: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        usable = [each.measure for each in choices.offered if not each.off]
        fields: Any = self.fields
        fields["measures"].choices = [(each.value, words.MEASURES[each]) for each in usable]
        asked: list[tuple[str, Any]] = [
            ("e_" + code, _("免责条件：%(which)s") % {"which": words.CONDITIONS.get(code, code)})
            for code in choices.asked
        ]
        if choices.asks_flags:
            asked += [
                ("f_" + code, _("三个条件：%(which)s") % {"which": label})
                for code, label in words.FLAGS.items()
            ]
        for name, label in asked:
            fields[name] = forms.ChoiceField(
                label=label, choices=YES_NO, widget=forms.RadioSelect, required=False
            )
        for name in _unneeded(usable, is_conduct=is_conduct and has_cases):
            del fields[name]
        self.order_fields([name for name, _label in asked])

    def said(self) -> dict[str, object]:
        """The decision as the step keeps it; money in fen."""
        data = self.cleaned_data
        said: dict[str, object] = {
            "outcome": data["outcome"],
            "words": data["words"],
            "measures": list(data.get("measures") or []),
            "exemption": self._answers("e_"),
            "flags": self._answers("f_"),
        }
        for name in ("skips_because", "notice", "points", "cause"):
            if data.get(name):
                said[name] = data[name]
        if data.get("yuan"):
            said["fen"] = data["yuan"] * 100
        if data.get("correct_by"):
            said["correct_by"] = data["correct_by"].isoformat()
        return said

    def _answers(self, prefix: str) -> dict[str, bool]:
        return {
            name.removeprefix(prefix): value == "yes"
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


def _unneeded(usable: list[Measure], *, is_conduct: bool) -> list[str]:
    """Fields that nothing here can need."""
    needs = {
        "points": Measure.POINTS_OFF in usable,
        "yuan": Measure.ECONOMIC_SANCTION in usable,
        "notice": Measure.NOTICE_OF_CRITICISM in usable,
        "skips_because": len(usable) > 1,
        "correct_by": Measure.SUPERVISED_CORRECTION in usable,
        "cause": is_conduct,
    }
    return [name for name, is_needed in needs.items() if not is_needed]


def _by_unit(posts: Iterable[PostFacts], today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for post in posts:
        unit = unit_title(
            post.unit_kind,
            post.unit_name,
            stage=post.unit_stage,
            entered_in=post.unit_entered_in,
            today=today,
        )
        said = f"{post.person_name} · {post.title or ROLES[post.role]}"
        groups.setdefault(unit, []).append((str(post.id), said))
    return list(groups.items())
