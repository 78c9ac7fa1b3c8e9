"""A rule that is a small table: rows are put in and taken out, each cell asked for by its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.words import label
from notoneless.rules.units import Stage
from notoneless.web.looks import widget_class
from notoneless.web.policy.words import language

MOST_ROWS: Final = 40
LARGEST: Final = 10**9
_COUNT, _ADD, _REMOVE = "__count", "__add", "__remove"
Row = Mapping[str, Any]


class RowsInput(forms.Widget):
    """A table of inputs with a button that adds a row and one in each row that takes it out."""

    template_name = "policy/parts/rows_input.html"
    use_fieldset = True

    def __init__(self, cells: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.cells = cells
        self.new_row: int | None = None
        """The row that was just added: writing goes on there."""
        self.wrong: set[tuple[int, str]] = set()
        """Row and column of each cell that was refused."""

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[dict[str, str]]:
        return rows_in(data, name, self.cells)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name + _COUNT not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows: Sequence[Row] = value or [{}]
        context["widget"] |= {
            "count": name + _COUNT,
            "add": name + _ADD,
            "remove": name + _REMOVE,
            "columns": [label("columns", column, language()) for column in self.cells],
            "is_full": len(rows) >= MOST_ROWS,
            "rows": [self._cells(name, number, row) for number, row in enumerate(rows)],
        }
        return context

    def _cells(self, name: str, number: int, row: Row) -> list[dict[str, str]]:
        shown = []
        for place, (column, cell) in enumerate(self.cells.items()):
            heading = label("columns", column, language())
            said = gettext("第 %(number)s 行，%(column)s") % {
                "number": number + 1,
                "column": heading,
            }
            attrs = {"aria-label": said, "class": widget_class(cell.widget), "id": False}
            if (number, column) in self.wrong:
                attrs |= {"class": f"{attrs['class']} is-invalid", "aria-invalid": "true"}
            if place == 0 and number == self.new_row:
                attrs["autofocus"] = True
            typed = row.get(column, "")
            html = cell.widget.render(f"{name}-{number}-{column}", _shown(typed), attrs=attrs)
            shown.append({"heading": heading, "html": html})
        return shown


class RowsField(forms.Field):
    """Rows of a table parameter; blank rows are left out, each cell is told apart when wrong."""

    widget: RowsInput

    def __init__(self, key: str, **kwargs: Any) -> None:
        self.cells = {column: _cell_field(kind) for column, kind in PARAMETERS[key].columns.items()}
        super().__init__(widget=RowsInput(self.cells), **kwargs)

    def clean(self, value: Any) -> tuple[dict[str, Any], ...]:
        wrong: list[str] = []
        rows = [
            self._cleaned(number, row, wrong)
            for number, row in enumerate(value or [], start=1)
            if any(row.values())
        ]
        if wrong:
            raise ValidationError(wrong)
        if not rows:
            raise ValidationError(_("请至少填写一行。"))
        return tuple(rows)

    def _cleaned(self, number: int, row: Row, wrong: list[str]) -> dict[str, Any]:
        found = {}
        for column, cell in self.cells.items():
            try:
                found[column] = _exact(cell.clean(row.get(column, "")))
            except ValidationError as problem:
                self.widget.wrong.add((number - 1, column))
                heading = label("columns", column, language())
                told = {"number": number, "column": heading, "wrong": problem.messages[0]}
                wrong.append(gettext("第 %(number)s 行“%(column)s”：%(wrong)s") % told)
        return found


def rows_in(data: Mapping[str, Any], name: str, columns: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a sent form as they were typed, blank ones too."""
    count = str(data.get(name + _COUNT, ""))
    rows = range(min(int(count), MOST_ROWS)) if count.isdecimal() else range(0)
    return [
        {column: str(data.get(f"{name}-{row}-{column}", "")).strip() for column in columns}
        for row in rows
    ]


def rows_moved(data: QueryDict | None, name: str) -> list[dict[str, str]] | None:
    """The rows after a press on "add" or "take out"; ``None`` when neither was pressed.

    An added row is the last one, and blank.
    """
    if data is None or not {name + _ADD, name + _REMOVE} & set(data):
        return None
    columns = PARAMETERS[name].columns
    rows = rows_in(data, name, columns)
    if name + _ADD in data and len(rows) < MOST_ROWS:
        return [*rows, dict.fromkeys(columns, "")]
    out = str(data.get(name + _REMOVE, ""))
    return [row for number, row in enumerate(rows) if str(number) != out]


def _cell_field(kind: str) -> forms.Field:
    match kind:
        case "integer":
            return forms.IntegerField(min_value=0, max_value=LARGEST)
        case "percent":
            return forms.DecimalField(min_value=0, max_value=100, max_digits=8, decimal_places=4)
        case "stage":
            named = [(stage.value, label("codes", stage, language())) for stage in Stage]
            return forms.ChoiceField(choices=[("", "—"), *named])
    return forms.CharField(max_length=60)


def _exact(value: Any) -> Any:
    """Whole numbers as such, as packs write them."""
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if is_whole else value


def _shown(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
