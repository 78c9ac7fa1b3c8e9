"""Forms of contracts: what is drawn up, how somebody signs, where the paper lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.contracts.queries.listing import ContractFilter
from notoneless.contracts.services.later import NewFiling
from notoneless.flows.contracts.amending import LONGEST, Changeable, Clause
from notoneless.flows.contracts.signing import Pen
from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.states import Standing
from notoneless.rules.contracts.terms import MOST_COPIES, USUAL, Effective, SaidTerms, Span, Terms
from notoneless.web.children.forms import DayInput
from notoneless.web.contracts.words import EFFECTS, KINDS, SPANS, STANDINGS
from notoneless.web.words import school_year_words

Pairs = Sequence[tuple[str, str]]
ANY = ("", _("全部"))
OVERDUE, NOBODY = "overdue", "nobody"


class PenForm(forms.Form):
    """Sign with the finger or by typing the name; works by keyboard alone."""

    typed = forms.CharField(
        label=_("输入您的姓名"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    signature = forms.CharField(
        required=False, max_length=600_000, widget=forms.HiddenInput(attrs={"data-ink": ""})
    )
    agreed = forms.BooleanField(label=_("我读过全文，同意并签字"), required=False)

    def pen(self) -> Pen:
        """How it was signed; call it on a form that was checked."""
        said = self.cleaned_data
        return Pen(said["agreed"], said["signature"], said["typed"])


class ScanForm(forms.Form):
    """A photo of the paper that all sides have signed."""

    paper = forms.FileField(
        label=_("签好字的纸质文本（照片或扫描件）"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    signed_on = forms.DateField(label=_("纸上签字的日期"), widget=DayInput())


class FilingForm(forms.Form):
    number = forms.CharField(label=_("档号"), max_length=60)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=MOST_COPIES)
    place = forms.CharField(label=_("存放地点"), max_length=120)

    def filing(self) -> NewFiling:
        said = self.cleaned_data
        return NewFiling(said["number"], said["copies"], said["place"])


class ClauseForm(forms.Form):
    """An added clause: words, a target with its new figure, or both."""

    key = forms.ChoiceField(label=_("要改的指标"), required=False)
    figure = forms.CharField(
        label=_("改为百分之几"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("补充约定"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, targets: Sequence[Changeable]) -> None:
        super().__init__(data)
        if not targets:
            del self.fields["key"], self.fields["figure"]
            return
        pairs = [(each.key, f"{each.label}{_('：')}{each.said}") for each in targets]
        self.fields["key"].choices = [("", _("不改指标")), *pairs]  # type: ignore[attr-defined]

    def clause(self) -> Clause:
        """What is to be added; call it on a form that was checked."""
        said = self.cleaned_data
        return Clause(said["words"], said.get("key", ""), said.get("figure", ""))


class ContractFilterForm(forms.Form):
    """What somebody looks for; what does not fit is left out, never an error."""

    q = forms.CharField(
        label=_("姓名、单位、档号或存放地点"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = forms.TypedChoiceField(label=_("学年"), required=False, coerce=int)
    kind = forms.ChoiceField(label=_("种类"), required=False)
    standing = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ANY, *((each.value, STANDINGS[each]) for each in Standing)],
    )
    unsigned = forms.ChoiceField(
        label=_("谁没签"),
        required=False,
        choices=[
            ANY,
            (Side.A.value, _("甲方没签")),
            (Side.B.value, _("乙方没签")),
            (OVERDUE, _("过了签字的最后一天")),
            (NOBODY, _("双方都签了")),
        ],
    )

    def __init__(self, data: Any, *, years: Sequence[int], newest: int) -> None:
        super().__init__(data)
        self._newest = newest
        year, kind = self.fields["year"], self.fields["kind"]
        year.choices = [(each, school_year_words(each)) for each in years]  # type: ignore[attr-defined]
        kinds = [ANY, *((each.value, KINDS[each]) for each in ContractKind)]
        kind.choices = kinds  # type: ignore[attr-defined]

    def wanted(self) -> ContractFilter:
        """The filter; a field that does not fit narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        kind, standing = said.get("kind"), said.get("standing")
        unsigned = said.get("unsigned")
        return ContractFilter(
            school_year=said.get("year") or self._newest,
            kind=ContractKind(kind) if kind else None,
            standing=Standing(standing) if standing else None,
            text=said.get("q") or "",
            unsigned_by=Side(unsigned) if unsigned in set(Side) else None,
            is_overdue=unsigned == OVERDUE,
            is_signed=unsigned == NOBODY,
        )


class TermsForm(forms.Form):
    """What the one who draws up decides where the policy is silent; the rest is fixed by it."""

    span = forms.ChoiceField(label=_("期限"), choices=[(each.value, SPANS[each]) for each in Span])
    effective = forms.ChoiceField(
        label=_("何时生效"), choices=[(each.value, EFFECTS[each]) for each in Effective]
    )
    copies = forms.IntegerField(label=_("一式几份"), min_value=1, max_value=MOST_COPIES)
    goes_on = forms.BooleanField(label=_("换人后由接任人继续履行，不用重签"), required=False)
    sign_by = forms.DateField(
        label=_("最迟哪天签完"),
        required=False,
        widget=DayInput(),
        help_text=_("可以不填。过了这天还没签的，列为逾期。"),
    )

    def __init__(self, data: Any = None, *, said: SaidTerms) -> None:
        initial = {
            "span": USUAL.span.value,
            "effective": USUAL.effective.value,
            "copies": USUAL.copies,
            "goes_on": USUAL.goes_on,
        }
        super().__init__(data, initial=initial)
        fixed = {
            "span": said.span,
            "effective": said.effective,
            "copies": said.copies,
            "goes_on": said.goes_on,
        }
        for name, value in fixed.items():
            if value is not None:
                del self.fields[name]

    def terms(self) -> Terms:
        """What was decided; where the policy speaks it is not asked."""
        said = self.cleaned_data
        return Terms(
            Span(said.get("span", USUAL.span)),
            Effective(said.get("effective", USUAL.effective)),
            said.get("copies", USUAL.copies),
            said.get("goes_on", USUAL.goes_on),
        )
