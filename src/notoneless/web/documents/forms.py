"""Forms of papers: shape only, the rules and flows decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.documents.queries.listing import PaperFilter
from notoneless.flows.documents.serving import SentPictures
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import DocumentKind, DocumentState, ServiceMethod
from notoneless.rules.documents.serving import NewService, ServiceFault
from notoneless.web.children.forms import ANY, DayInput
from notoneless.web.documents.words import (
    ARCHIVES,
    FAULT_FIELDS,
    FAULTS,
    KINDS,
    LISTED,
    METHODS,
    STATES,
)

Pairs = Sequence[tuple[str, str]]


def _line(label: Any, *, most: int = 100, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **more)


class PaperFilterForm(forms.Form):
    """What somebody looks for; what does not fit is left out, never an error."""

    q = forms.CharField(
        label=_("姓名、拼音或文号"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    office = forms.ChoiceField(label=_("发文单位"), required=False)
    year = forms.IntegerField(label=_("年份"), required=False, min_value=2000, max_value=2100)
    kind = forms.ChoiceField(
        label=_("文书种类"),
        required=False,
        choices=[ANY, *((each.value, KINDS[each]) for each in LISTED)],
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("paper", "状态"),
        required=False,
        choices=[ANY, *((each.value, STATES[each]) for each in DocumentState)],
    )
    place = forms.ChoiceField(label=_("村或学校"), required=False)
    from_on = forms.DateField(label=_("从"), required=False, widget=DayInput())
    to_on = forms.DateField(label=_("到"), required=False, widget=DayInput())

    def __init__(self, *args: Any, offices: Pairs, places: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, pairs in (("office", offices), ("place", places)):
            chooser = self.fields[name]
            assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
            chooser.choices = [ANY, *pairs]

    def wanted(self) -> PaperFilter:
        """The filters that fit."""
        self.is_valid()
        said = self.cleaned_data
        kind, state = said.get("kind"), said.get("state")
        return PaperFilter(
            text=said.get("q") or "",
            office_id=UUID(said["office"]) if said.get("office") else None,
            year=said.get("year"),
            kind=DocumentKind(kind) if kind else None,
            state=DocumentState(state) if state else None,
            place_id=UUID(said["place"]) if said.get("place") else None,
            from_on=said.get("from_on"),
            to_on=said.get("to_on"),
        )


class ServiceForm(forms.Form):
    """One try to serve a paper, on the phone at the door."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    signature = forms.CharField(
        required=False, max_length=600_000, widget=forms.HiddenInput(attrs={"data-ink": ""})
    )
    method = forms.ChoiceField(
        label=_("怎样送达的"),
        widget=forms.RadioSelect,
        choices=[(each.value, METHODS[each]) for each in ServiceMethod],
    )
    receiver_name = _line(_("签收人姓名"), most=60)
    relation = _line(
        _("与受送达人的关系"), most=20, help_text=_("家属签收时必填，如：祖母、同住叔父。")
    )
    witness = _line(_("见证人"), help_text=_("拒收时填，如：村委会 刘某。"))
    place = _line(_("地点"))
    on = forms.DateField(label=_("日期"), widget=DayInput())
    hour = forms.TimeField(
        label=_("时间"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    second = forms.ChoiceField(label=_("同行的工作人员"), required=False)
    carrier = _line(_("邮件号或受托单位"), help_text=_("邮寄填单号，委托送达填受托单位。"))
    consent = _line(
        _("电子送达的同意"),
        most=200,
        help_text=_("何时、以何种方式同意，如：9月1日签字同意短信送达。"),
    )
    note = forms.CharField(
        label=_("备注"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("没有送到时写明原因；拒收时写明拒收的理由。"),
    )

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        chooser = self.fields["second"]
        assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
        chooser.choices = [
            ("", pgettext_lazy("nobody", "无")),
            *((str(key), name) for key, name in people),
        ]

    def new_service(self) -> NewService:
        """What the valid form says."""
        said = self.cleaned_data
        return NewService(
            id=said["id"],
            method=ServiceMethod(said["method"]),
            on=said["on"],
            hour=said["hour"].strftime("%H:%M") if said["hour"] else "",
            place=said["place"],
            receiver_name=said["receiver_name"],
            relation=said["relation"],
            witness=said["witness"],
            consent=said["consent"],
            carrier=said["carrier"],
            note=said["note"],
            second_id=UUID(said["second"]) if said["second"] else None,
        )

    def tell(self, faults: Iterable[ServiceFault]) -> None:
        """Put faults beside the fields that they are about."""
        for fault in faults:
            self.add_error(FAULT_FIELDS.get(fault), str(FAULTS[fault]))


def pictures_with(files: Any, signature: str) -> SentPictures:
    """The pictures of a request, read whole: each is bounded when it is opened."""
    receipt = files.get("receipt")
    return SentPictures(
        photos=tuple(each.read() for each in files.getlist("photos")[:9]),
        receipt=receipt.read() if receipt else None,
        signature=signature,
    )


class OfficeWordForm(forms.Form):
    word = forms.CharField(
        label=_("机关代字"),
        max_length=20,
        help_text=_("印在文号最前面，如“石政”。改动只影响以后的文书。"),
    )


class OpeningForm(forms.Form):
    """Where a register runs on from."""

    kind = forms.ChoiceField(
        label=_("文书种类"), choices=[(each.value, KINDS[each]) for each in LISTED]
    )
    last = forms.IntegerField(
        label=_("今年已用到第几号"),
        min_value=0,
        max_value=99_999,
        help_text=_("手工编过号的，系统接着往下编。只能设置一次，而且要在系统发出第一份之前。"),
    )


class VolumeForm(forms.Form):
    unit = forms.ChoiceField(label=_("立卷单位"))
    kind = forms.ChoiceField(
        label=_("档案种类"), choices=[(each.value, ARCHIVES[each]) for each in ArchiveKind]
    )
    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("案卷题名"), max_length=100)
    keeper = forms.ChoiceField(label=_("保管人"))

    def __init__(self, *args: Any, units: Pairs, keepers: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, pairs in (("unit", units), ("keeper", keepers)):
            chooser = self.fields[name]
            assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
            chooser.choices = list(pairs)


class ItemForm(forms.Form):
    """A paper of the register by its number, or something else by its title."""

    number = forms.CharField(
        label=_("系统内文书的文号"),
        required=False,
        max_length=80,
        help_text=_("写全，如：石政责改〔2026〕3号。"),
    )
    title = forms.CharField(label=_("或其他材料的名称"), required=False, max_length=100)
    dated_on = forms.DateField(label=_("材料日期"), required=False, widget=DayInput())
    pages = forms.IntegerField(label=_("页数"), required=False, min_value=0, max_value=9999)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("number") and not said.get("title"):
            self.add_error("number", _("文号和名称至少填一样。"))
        return said
