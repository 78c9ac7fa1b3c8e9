"""Forms of the roster import: shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from notoneless.flows.roster.deciding import Choice, ParkedDecision


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file is not None]


class UploadForm(forms.Form):
    """Choose rosters."""

    rosters = FilesField(
        label=_("学生名册"),
        required=False,
        allow_empty_file=True,
        widget=ManyFiles(attrs={"multiple": True, "accept": ".xls,.xlsx,.csv"}),
    )


class DecisionForm(forms.Form):
    """Decide between two schools."""

    decision = forms.ChoiceField(
        label=_("裁定"),
        widget=forms.RadioSelect,
        choices=[
            (ParkedDecision.KEEP, _("留在先列出的学校")),
            (ParkedDecision.MOVE, _("转到后列出的学校")),
            (
                ParkedDecision.OTHER_CHILD,
                _("不是同一名学生：后一行的身份证件号有误，退回学校更正"),
            ),
        ],
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        required=False,
        help_text=_("如：已电话核实，学生 9 月 1 日起确在该校就读"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    spell = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def choice(self, row_id: int) -> Choice:
        """What the flow asks for. Call it on a valid form."""
        said = self.cleaned_data
        spell: UUID | None = said["spell"]
        return Choice(row_id, ParkedDecision(said["decision"]), spell, said["reason"])
