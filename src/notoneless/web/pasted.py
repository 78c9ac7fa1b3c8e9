"""A list that somebody pastes from a sheet, or sends as a file: read into cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

LARGEST_BYTES = 2 * 1024 * 1024

Table = list[list[str]]


class PastedForm(forms.Form):
    """Rows pasted or sent; ``cleaned_data["table"]`` has their cells."""

    pasted_hint: str | Promise = ""

    rows = forms.CharField(
        label=gettext_lazy("粘贴名单"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(label=gettext_lazy("或选择文件（xlsx、xls、csv）"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["rows"].help_text = str(self.pasted_hint)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload is not None and upload.size > LARGEST_BYTES:
            self.add_error("file", _("文件超过 2 MB。请只保留名单那一张表。"))
        elif upload is not None:
            data["table"] = self._table(upload)
        else:
            data["table"] = _split(data.get("rows", ""))
        if not self.errors and not data["table"]:
            raise forms.ValidationError(_("没有内容。请粘贴名单，或选择一个文件。"))
        return data

    def _table(self, upload: Any) -> Table:
        content = upload.read()
        if upload.name.lower().endswith((".csv", ".txt")):
            return _split(_decoded(content))
        try:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        except CalamineError:
            self.add_error("file", _("这个文件打不开。请另存为 xlsx 或 csv 再选。"))
            return []
        return [[_cell(value) for value in row] for row in sheet.to_python()]


def as_text(table: Iterable[Iterable[str]]) -> str:
    """A table as somebody could paste it again."""
    return "\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in table)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _split(text: str) -> Table:
    lines = [line for line in text.splitlines() if line.strip()]
    marks = "\t" if any("\t" in line for line in lines) else ","
    plain = [line.replace("，", ",") for line in lines]
    return list(csv.reader(plain, delimiter=marks))
