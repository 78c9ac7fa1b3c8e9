"""The papers that a case from before brings along, one fold of the form for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.flows.cases.balances import MOST_SCANS, OfficeChoice
from notoneless.rules.cases.balance_list import LONGEST_NUMBER
from notoneless.rules.cases.balances import OLD_PAPERS, SERVED, OldPaper, PaperFault
from notoneless.rules.documents.kinds import DocumentKind, ServiceMethod
from notoneless.web.children.forms import DayInput
from notoneless.web.documents.words import KINDS, METHODS

Words = str | Promise
FAULTS: Mapping[PaperFault, tuple[str, Words]] = {
    PaperFault.NUMBER: ("number", _("请填写文号；纸上没有的写“无文号”。")),
    PaperFault.TWICE: ("", _("同一种文书写了两份。请只留现在有效的一份。")),
    PaperFault.BEFORE_ABSENCE: ("issued_on", _("文书日期早于不在校的第一天，请核对。")),
    PaperFault.IN_FUTURE: ("issued_on", _("日期在今天之后，请核对。")),
    PaperFault.SERVED_EARLY: ("served_on", _("送达日期早于文书日期，请核对。")),
    PaperFault.METHOD: ("method", _("送达日期和送达方式要一起填；还没送达的两样都留空。")),
    PaperFault.DEADLINE_EARLY: ("deadline_on", _("期限早于送达日期，请核对。")),
    PaperFault.NO_DEADLINE: (
        "deadline_on",
        _("返校通知或责令改正已送达的，要写监护人最晚哪天送孩子返校。"),
    ),
    PaperFault.BEYOND: ("", _("这份文书和所选的阶段对不上。请改阶段，或去掉这份文书。")),
    PaperFault.NOT_SERVED: (
        "served_on",
        _("办到这一步，这份文书应当已经送达，请填送达日期和方式。"),
    ),
    PaperFault.LACKING: (
        "number",
        _("办到这一步，要补录这份文书的文号和日期。找不到这份文书的，请照实录到前一步。"),
    ),
}
"""Field and remedy of what is wrong with an old paper."""
HELD_BACK = (ServiceMethod.NOT_SERVED,)
_ANSWERS = ("number", "issued_on", "served_on", "method", "deadline_on")


class OldPaperForm(forms.Form):
    """One old paper; wholly empty, there is none of the kind."""

    number = forms.CharField(
        label=_("文号"),
        required=False,
        max_length=LONGEST_NUMBER,
        help_text=_("照纸面填写，如“石政责改〔2026〕3号”。"),
    )
    office = forms.ChoiceField(label=_("发文机关"), required=False)
    issued_on = forms.DateField(label=_("文书日期"), required=False, widget=DayInput())
    served_on = forms.DateField(label=_("送达日期"), required=False, widget=DayInput())
    method = forms.ChoiceField(
        label=_("送达方式"),
        required=False,
        choices=[
            ("", _("没有送达")),
            *((m.value, METHODS[m]) for m in METHODS if m not in HELD_BACK),
        ],
    )
    deadline_on = forms.DateField(
        label=_("文书写明的期限（含这一天）"), required=False, widget=DayInput()
    )

    def __init__(
        self, kind: DocumentKind, offices: Sequence[OfficeChoice], data: Any, files: Any
    ) -> None:
        self.kind = kind
        super().__init__(data, prefix=kind.value)
        self.scans: tuple[bytes, ...] = _scans(files, self.scan_name)
        office = self.fields["office"]
        if isinstance(office, forms.ChoiceField):
            office.choices = [(str(each.id), each.name) for each in offices]
        if kind not in SERVED:
            del self.fields["served_on"], self.fields["method"]

    @property
    def title(self) -> str:
        return str(KINDS[self.kind])

    @property
    def scan_name(self) -> str:
        return f"{self.kind.value}-scans"

    @property
    def is_filled(self) -> bool:
        """Whether anything of the paper was written, apart from the office, which has a default."""
        names = [name for name in _ANSWERS if name in self.fields]
        return bool(self.scans) or any(self[name].value() for name in names)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.is_filled:
            if not said.get("number") and "number" not in self.errors:
                self.add_error("number", str(FAULTS[PaperFault.NUMBER][1]))
            if not said.get("issued_on") and "issued_on" not in self.errors:
                self.add_error("issued_on", str(_("请填写文书上的日期。")))
        return said

    def paper(self) -> OldPaper:
        """What the valid form says."""
        said = self.cleaned_data
        method = said.get("method")
        return OldPaper(
            kind=self.kind,
            number_text=said["number"],
            office_id=UUID(said["office"]),
            issued_on=said["issued_on"],
            served_on=said.get("served_on"),
            method=ServiceMethod(method) if method else None,
            deadline_on=said.get("deadline_on"),
            scans=self.scans,
        )

    def tell(self, fault: PaperFault) -> None:
        field, sentence = FAULTS[fault]
        self.add_error(field if field in self.fields else None, str(sentence))


def paper_forms(
    offices: Sequence[OfficeChoice], data: Any = None, files: Any = None
) -> list[OldPaperForm]:
    """A form for each kind of paper, in the order of the ladder."""
    return [OldPaperForm(kind, offices, data, files) for kind in OLD_PAPERS]


def papers_in(found: Iterable[OldPaperForm]) -> tuple[OldPaper, ...]:
    """The papers of those that were filled in, all valid."""
    return tuple(form.paper() for form in found if form.is_filled)


def tell(found: Iterable[OldPaperForm], faults: Iterable[tuple[DocumentKind, PaperFault]]) -> None:
    """Put what is wrong beside the paper it is about."""
    by_kind = {form.kind: form for form in found}
    for kind, fault in faults:
        by_kind[kind].tell(fault)


def _scans(files: Any, name: str) -> tuple[bytes, ...]:
    if not isinstance(files, MultiValueDict):
        return ()
    return tuple(each.read() for each in files.getlist(name)[:MOST_SCANS])
