"""What is asked on the pages about policy: shapes only; the rules decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.flows.policy import PolicyPlace
from notoneless.policy.queries.packs import PackLine
from notoneless.policy.services.adoptions import NewAdoption
from notoneless.policy.services.releases import NewRelease
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.pack import Pack, Rule
from notoneless.rules.policy.parameters import ValueType
from notoneless.web.calendar.forms import DayField
from notoneless.web.policy.tables import RowsField, rows_moved
from notoneless.web.policy.values import MORE, type_of, typed_value, value_fields
from notoneless.web.policy.words import key_label, title_of


def _place_choices(places: Iterable[PolicyPlace]) -> list[tuple[str, str]]:
    return [(str(place.id), place.name) for place in places]


class WhereForm(forms.Form):
    """Which place and day to look at."""

    place = forms.ChoiceField(label=_("单位"), required=False)
    on = DayField(label=_("日期"), required=False)

    def __init__(self, data: Any, *, places: Iterable[PolicyPlace]) -> None:
        super().__init__(data)
        choice = self.fields["place"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = _place_choices(places)


class CompareForm(forms.Form):
    """Which two packs to set side by side."""

    left = forms.ChoiceField(label=_("方案甲"))
    right = forms.ChoiceField(label=_("方案乙"))
    all = forms.BooleanField(label=_("相同的也列出"), required=False)

    def __init__(self, data: Any, *, packs: Iterable[PackLine]) -> None:
        super().__init__(data)
        choices = [(line.pack.id, f"{line.pack.system} {title_of(line.pack)}") for line in packs]
        for name in ("left", "right"):
            choice = self.fields[name]
            if isinstance(choice, forms.ChoiceField):
                choice.choices = choices


class PickForm(forms.Form):
    """Which place adopts which pack; the next step asks the rest."""

    place = forms.ChoiceField(label=_("哪个单位采用"))
    pack = forms.ChoiceField(label=_("采用哪个方案"))

    def __init__(
        self, data: Any, *, places: Iterable[PolicyPlace], packs: Iterable[PackLine]
    ) -> None:
        super().__init__(data)
        for name, choices in (
            ("place", _place_choices(places)),
            ("pack", [(line.pack.id, title_of(line.pack)) for line in packs]),
        ):
            choice = self.fields[name]
            if isinstance(choice, forms.ChoiceField):
                choice.choices = choices


class AdoptForm(forms.Form):
    """From when a place follows a pack, and the values that the pack leaves blank."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    from_on = DayField(label=_("从哪天起执行（含当天）"))
    to_on = DayField(
        label=_("到哪天为止（不含当天）"), required=False, help_text=_("不填就一直执行到被替换。")
    )
    reason = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=300,
        help_text=_("首次启用时从过去的日期起补录，必须写明理由。"),
    )
    source = forms.CharField(
        label=_("填写数值的依据"),
        required=False,
        max_length=200,
        help_text=_("文件名称和文号；上面填了数值就要写。"),
    )

    def __init__(
        self, data: Any = None, *, pack: Pack, clashing: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.pack = pack
        self.blanks = [rule for rule in pack.rules.values() if rule.to_be_entered]
        source = self.fields.pop("source")
        # A table is entered on a page of its own.
        self.blanks = [rule for rule in self.blanks if type_of(rule) is not ValueType.ROWS]
        for rule in self.blanks:
            self.fields |= value_fields(rule, required=False)
        if self.blanks:
            self.fields["source"] = source
        offered = set(clashing) | set(data.getlist("without") if data else ())
        if offered:
            leave = forms.MultipleChoiceField(
                label=_("不从这个方案采用的规则（由已有的方案规定）"),
                choices=[(key, key_label(key, pack)) for key in pack.rules if key in offered],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields = {"without": leave} | self.fields

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self._values(data, source="-") and not data.get("source"):
            self.add_error("source", _("填了数值，请写明依据。"))
        if data.get("to_on") and data.get("from_on") and data["to_on"] <= data["from_on"]:
            self.add_error("to_on", _("结束日期要晚于开始日期。"))
        return data

    def adoption(self, unit_id: UUID) -> NewAdoption:
        data = self.cleaned_data
        return NewAdoption(
            id=data["id"],
            unit_id=unit_id,
            pack_id=self.pack.id,
            from_on=data["from_on"],
            to_on=data["to_on"],
            values=self._values(data, source=data.get("source", "")),
            without=frozenset(data.get("without", ())),
            reason=data["reason"],
        )

    def _values(self, data: dict[str, Any], *, source: str) -> dict[str, OwnValue]:
        found = {rule.key: typed_value(rule, data, source=source) for rule in self.blanks}
        return {key: own for key, own in found.items() if own is not None}


class ValueForm(forms.Form):
    """One rule's own value from a day on."""

    from_on = DayField(label=_("从哪天起执行（含当天）"))
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("哪份文件这样规定：名称和文号。")
    )
    reason = forms.CharField(label=_("说明"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, rule: Rule, **kwargs: Any) -> None:
        moved = rows_moved(data, rule.key) if type_of(rule) is ValueType.ROWS else None
        if moved is not None:
            # Nothing is judged yet: the form is shown again as it was typed, with the row or not.
            kwargs["initial"] = {**data.dict(), rule.key: moved}
            data = None
        super().__init__(data, **kwargs)
        self.rule = rule
        rest = dict(self.fields)
        self.fields.clear()
        self.fields |= value_fields(rule, required=True, initial=True) | rest
        if rule.to_be_entered:
            self.fields["source"].initial = ""
        table = self.fields.get(rule.key)
        if moved and isinstance(table, RowsField) and not any(moved[-1].values()):
            table.widget.new_row = len(moved) - 1

    def own(self) -> OwnValue | None:
        return typed_value(self.rule, self.cleaned_data, source=self.cleaned_data["source"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = {self.rule.key, self.rule.key + MORE} & set(self.fields)
        if not (names & set(self.errors)) and typed_value(self.rule, data, source="-") is None:
            self.add_error(sorted(names)[0], _("请至少填写一项。"))
        return data


class TakeBackForm(forms.Form):
    """From when the pack's own value counts again."""

    from_on = DayField(label=_("从哪天起恢复方案原值"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=300)


class EndForm(forms.Form):
    """From when a pack, or a release, no longer holds."""

    on = DayField(label=_("从哪天起不再执行（当天已不执行）"))
    reason = forms.CharField(label=_("理由"), max_length=300)


class ReleaseForm(forms.Form):
    """The legal instrument for one money or sanction rule."""

    instrument_name = forms.CharField(
        label=_("依据文件名称"), max_length=120, help_text=_("有权机关印发的规范性文件全称。")
    )
    instrument_number = forms.CharField(label=_("文号"), max_length=60)
    instrument_issued_on = DayField(label=_("印发日期"))
    from_on = DayField(label=_("从哪天起启用（含当天）"))

    def release(self, unit_id: UUID, key: str) -> NewRelease:
        return NewRelease(unit_id=unit_id, key=key, **self.cleaned_data)


class DecideForm(forms.Form):
    """The second person's word on a release."""

    verdict = forms.ChoiceField(
        label=_("处理"), choices=[("grant", _("批准启用")), ("refuse", _("不批准"))]
    )
    reason = forms.CharField(label=_("意见"), required=False, max_length=300)


def first_day(today: date, pack: Pack) -> date:
    """The day a form proposes: today, or when the pack begins to hold."""
    return max(today, pack.effective_from)
