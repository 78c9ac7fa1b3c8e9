"""What a clerk enters about days: shapes only; the rules decide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.calendar import ONE_DAY, Period, cycle_of

FIRST_YEAR, LAST_YEAR = 2000, 2100
NOTICE_LIMIT_BYTES = 64 * 1024
BIG_SMALL_WEEK = (True,) * 6 + (False,) + (True,) * 5 + (False,) * 2
CYCLES: dict[str, tuple[bool, ...]] = {
    "single": (True,) * 6 + (False,),
    "big-small": BIG_SMALL_WEEK,
    "10-4": cycle_of(on=10, off=4),
    "11-3": cycle_of(on=11, off=3),
}
FROM_MONDAY = {"single", "big-small"}


class DayField(forms.DateField):
    """A date that a school calendar can hold."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [
        MinValueValidator(date(FIRST_YEAR, 1, 1), _("日期不能早于2000年。")),
        MaxValueValidator(date(LAST_YEAR, 12, 31), _("日期不能晚于2100年。")),
    ]
    default_error_messages = {"invalid": _("请按“2026-11-20”这样的格式填写日期。")}


class SpanForm(forms.Form):
    """A first and a last day, both counted; one day when the last is left out."""

    first = DayField(label=_("第一天"))
    last = DayField(label=_("最后一天"), required=False, help_text=_("只有一天时不填。"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("最后一天不能早于第一天。"))
        return data

    def period(self, name: str) -> Period:
        first: date = self.cleaned_data["first"]
        last: date = self.cleaned_data["last"] or first
        return Period(name, first, last + ONE_DAY)


class DaysForm(SpanForm):
    has_class = forms.TypedChoiceField(
        label=_("这些天"),
        choices=[("0", _("不上课")), ("1", _("上课"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("事由"), max_length=60, help_text=_("会印在校历上。"))


class ClosureForm(SpanForm):
    reason = forms.CharField(
        label=_("停课原因"), max_length=60, help_text=_("如：冻雨封路、流感、洪水。")
    )


class PatternForm(SpanForm):
    last = DayField(label=_("最后一天"))
    preset = forms.ChoiceField(
        label=_("作息循环"),
        choices=[
            ("single", _("单休：每周上六天休一天")),
            ("big-small", _("大小周：一周上六天，一周上五天")),
            ("10-4", _("上十天休四天")),
            ("11-3", _("上十一天休三天")),
            ("own", _("其他：自己填上几天、休几天")),
        ],
    )
    on_days = forms.IntegerField(label=_("连上几天"), min_value=1, max_value=40, required=False)
    off_days = forms.IntegerField(label=_("连休几天"), min_value=1, max_value=20, required=False)
    anchored_on = DayField(
        label=_("循环从哪天算起"),
        required=False,
        help_text=_("不填就从第一天算起；单休和大小周从这一天所在周的星期一算起。"),
    )
    rests_on_holidays = forms.BooleanField(
        label=_("法定节假日照常放假"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("preset") == "own":
            for name in ("on_days", "off_days"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("选了“其他”时要填这一项。"))
        return data

    def cycle(self) -> tuple[bool, ...]:
        data = self.cleaned_data
        if data["preset"] == "own":
            return cycle_of(on=data["on_days"], off=data["off_days"])
        return CYCLES[data["preset"]]

    def anchor(self) -> date:
        data = self.cleaned_data
        day: date = data["anchored_on"] or data["first"]
        if data["preset"] in FROM_MONDAY:
            return day - timedelta(days=day.weekday())
        return day

    def label(self) -> str:
        """What the cycle is called on the printed year."""
        data = self.cleaned_data
        if data["preset"] == "own":
            words = pgettext_lazy("weekly pattern", "上%(on)s天休%(off)s天")
            return str(words) % {"on": data["on_days"], "off": data["off_days"]}
        chosen = dict(self.fields["preset"].choices)  # type: ignore[attr-defined]  # a ChoiceField
        return str(chosen[data["preset"]])


class WithdrawForm(forms.Form):
    because = forms.CharField(label=_("撤销原因"), max_length=200)


class TermsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("这次为什么改"), max_length=200, required=False)


class PeriodRow(forms.Form):
    """One term or campaign; a row left wholly empty is no row."""

    name = forms.CharField(label=_("名称"), max_length=40, required=False)
    first = DayField(label=_("第一天"), required=False)
    last = DayField(label=_("最后一天"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or not any(data.values()):
            return data
        for name in ("name", "first", "last"):
            if not data.get(name):
                self.add_error(name, _("这一行没有填完。"))
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("最后一天不能早于第一天。"))
        return data

    def period(self) -> Period | None:
        data = self.cleaned_data
        if not data.get("first"):
            return None
        return Period(data["name"], data["first"], data["last"] + ONE_DAY)


PeriodRows = forms.formset_factory(PeriodRow, extra=0, max_num=8, absolute_max=8, validate_max=True)


def periods_of(rows: forms.BaseFormSet[PeriodRow]) -> tuple[Period, ...]:
    """The filled rows of a valid formset."""
    return tuple(period for row in rows if (period := row.period()) is not None)


def rows_for(
    periods: tuple[Period, ...], *, prefix: str, at_least: int, names: tuple[str, ...] = ()
) -> forms.BaseFormSet[PeriodRow]:
    """Rows that show ``periods`` and leave room for more; ``names`` are proposed for the first."""
    shown: list[dict[str, Any]] = [
        {"name": p.name, "first": p.from_on, "last": p.to_on - ONE_DAY} for p in periods
    ]
    shown += [{} for _row in range(max(at_least - len(shown), 1))]
    rows = PeriodRows(prefix=prefix, initial=shown)
    for row, name in zip(rows, names, strict=False):
        row.fields["name"].widget.attrs["placeholder"] = name
    return rows


class NoticeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    source = forms.CharField(
        label=_("通知的文号和日期"), max_length=120, help_text=_("印在校历下面，便于核对。")
    )
    text = forms.CharField(
        label=_("通知内容"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "可以直接粘贴通知原文，也可以每行写一天或一段："
            "“2027-02-05~2027-02-11 休 春节”，“2027-02-14 班 春节”。"
        ),
    )
    file = forms.FileField(label=_("或者选一个 CSV 文件"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload is not None:
            self._read(upload, data)
        elif not (data.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", _("请粘贴通知内容，或者选一个文件。"))
        return data

    def _read(self, upload: Any, data: dict[str, Any]) -> None:
        if upload.size > NOTICE_LIMIT_BYTES:
            self.add_error("file", _("文件太大：放假安排不会超过 64 KB，请检查是否选错了文件。"))
            return
        raw = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                data["text"] = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in data["text"]:
                return
        self.add_error("file", _("这不是文本文件。请在表格软件里另存为 CSV 再上传。"))


class ClockForm(forms.Form):
    started = DayField(label=_("起算日（当天不计）"))
    within = forms.IntegerField(label=_("期限数"), min_value=0, max_value=366)
