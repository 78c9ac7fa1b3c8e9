"""Forms of the children's pages: shape only, the rules decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.children.queries.listing import ChildFilter
from notoneless.children.queries.units import ClassUnit, SchoolUnit
from notoneless.children.services.adding import NewChild, NewGuardian
from notoneless.children.services.identity import Correction, Particulars
from notoneless.children.services.merging import Half
from notoneless.rules.units import Stage, school_year_of
from notoneless.web.children.codes import code_choices
from notoneless.web.children.words import PURPOSES
from notoneless.web.words import class_name, grade_name

ANY = ("", _("不限"))
CLOSEST = ("51", "52", "61", "62", "63", "64", "57", "58", "80", "97")
"""Relations offered first: those who bring children up."""


def class_choices(classes: Iterable[ClassUnit], *, today: date) -> list[tuple[str, str]]:
    """Classes by what they are called on ``today``, with the school where there are several."""
    rows = list(classes)
    many = len({row.school_id for row in rows}) > 1
    return [(str(row.id), _class_label(row, many=many, today=today)) for row in rows]


def _class_label(row: ClassUnit, *, many: bool, today: date) -> str:
    name = class_name(row.name.stage, row.name.entered_in, row.name.number, today=today)
    return f"{row.school_name} {name}" if many else name


def grade_choices(today: date) -> list[tuple[str, str]]:
    """Grades 1 to 9 as they are called."""
    year = school_year_of(today)
    primary = [(str(n), grade_name(Stage.PRIMARY, year + 1 - n, today=today)) for n in range(1, 7)]
    junior = [(str(n), grade_name(Stage.JUNIOR, year + 7 - n, today=today)) for n in range(7, 10)]
    return primary + junior


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilterForm(forms.Form):
    """Search and filters of the list; what does not fit is left out, never an error."""

    q = forms.CharField(
        label=_("姓名、拼音、证件号、学籍号或电话"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    school = forms.ChoiceField(label=_("学校"), required=False)
    school_class = forms.ChoiceField(label=_("班级"), required=False)
    grade = forms.ChoiceField(label=_("年级"), required=False)
    sex = forms.ChoiceField(
        label=_("性别"),
        required=False,
        choices=[ANY, ("1", pgettext_lazy("sex", "男")), ("2", pgettext_lazy("sex", "女"))],
    )
    boarding = forms.ChoiceField(
        label=_("住宿"), required=False, choices=[ANY, ("1", _("住校")), ("0", _("走读"))]
    )
    left_behind = forms.ChoiceField(
        label=_("留守"),
        required=False,
        choices=[
            ANY,
            ("any", _("留守儿童")),
            ("1", _("单亲留守")),
            ("2", _("双亲留守")),
            ("0", _("非留守")),
            ("unsaid", pgettext_lazy("left behind", "未填")),
        ],
    )
    without_class = forms.BooleanField(label=_("只看未分班"), required=False)

    def __init__(
        self, data: Any, *, schools: list[SchoolUnit], classes: list[ClassUnit], today: date
    ) -> None:
        super().__init__(data)
        self._offer("school", [(str(s.id), s.name) for s in schools] if len(schools) > 1 else [])
        self._offer("school_class", class_choices(classes, today=today))
        self._offer("grade", grade_choices(today))

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            chooser = self.fields[field]
            assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
            chooser.choices = [ANY, *choices]
        else:
            del self.fields[field]

    def wanted(self, order: str) -> ChildFilter:
        """The filter that fits; the order of the list comes from its headings."""
        self.is_valid()
        said = self.cleaned_data
        return ChildFilter(
            text=said.get("q", ""),
            school_id=_key(said.get("school")),
            class_id=_key(said.get("school_class")),
            grade=int(said["grade"]) if said.get("grade") else None,
            sex=said.get("sex", ""),
            is_boarding={"1": True, "0": False}.get(said.get("boarding", "")),
            left_behind=said.get("left_behind", ""),
            without_class=said.get("without_class", False),
            order=order,
        )


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


class ExportForm(forms.Form):
    purpose = forms.CharField(
        label=_("导出用途"),
        min_length=2,
        max_length=100,
        help_text=_("写明给谁、做什么用；会印在表头并记入查阅记录。"),
    )
    with_numbers = forms.BooleanField(
        label=_("包含完整证件号和学籍号"),
        required=False,
        help_text=_("不勾选时只显示前六位。确有需要才勾选。"),
    )

    def __init__(self, *args: Any, may_reveal: bool) -> None:
        super().__init__(*args)
        if not may_reveal:
            del self.fields["with_numbers"]


class RevealForm(forms.Form):
    purpose = forms.ChoiceField(label=_("用途"), choices=list(PURPOSES.items()))


class ParticularsForm(forms.Form):
    """Name, number, birth date, sex: asked for when adding and when correcting."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_kind = forms.ChoiceField(label=_("证件类型"), choices=code_choices("id_kind"))
    id_number = forms.CharField(
        label=_("身份证件号"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    born_on = forms.DateField(
        label=_("出生日期"),
        required=False,
        widget=DayInput(),
        help_text=_("居民身份证可不填，系统按证件号取。"),
    )
    sex = forms.ChoiceField(
        label=_("性别"),
        required=False,
        choices=[
            ("", _("按证件号取")),
            ("1", pgettext_lazy("sex", "男")),
            ("2", pgettext_lazy("sex", "女")),
        ],
    )

    def particulars(self) -> Particulars:
        said = self.cleaned_data
        return Particulars(
            name=said["name"],
            id_number=said["id_number"],
            sex=said["sex"],
            born_on=said["born_on"],
            id_kind=said["id_kind"],
        )


class AddForm(ParticularsForm):
    school_class = forms.ChoiceField(label=_("编入班级"))
    from_on = forms.DateField(label=_("入学日期"), widget=DayInput())
    study_mode = forms.ChoiceField(
        label=_("就读方式"),
        required=False,
        choices=[("", _("暂不清楚")), ("1", _("走读")), ("2", _("住校"))],
    )
    guardian_name = forms.CharField(label=_("监护人姓名"), required=False, max_length=60)
    guardian_relation = forms.ChoiceField(
        label=_("与儿童关系"),
        required=False,
        choices=[("", _("请选择")), *code_choices("relation", CLOSEST)],
    )
    guardian_phone = forms.CharField(
        label=_("监护人电话"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput())
    is_another = forms.BooleanField(label=_("已经核对，确实是另一名儿童"), required=False)

    def __init__(self, *args: Any, classes: list[ClassUnit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["school_class"]
        assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
        chooser.choices = [("", _("请选择")), *class_choices(classes, today=today)]
        self.has_classes = bool(classes)
        self.schools: list[SchoolUnit] = []
        """Asked for first where there are several."""
        self.school_id: UUID | None = None

    def new_child(self) -> NewChild:
        said = self.cleaned_data
        name = said["guardian_name"].strip()
        guardian = NewGuardian(name, said["guardian_relation"], said["guardian_phone"])
        return NewChild(
            token=said["token"],
            particulars=self.particulars(),
            class_id=UUID(said["school_class"]),
            from_on=said["from_on"],
            study_mode=said["study_mode"],
            guardian=guardian if name else None,
        )


class CorrectForm(ParticularsForm):
    reason = forms.CharField(
        label=_("更正依据"),
        min_length=2,
        max_length=200,
        help_text=_("例如：看过户口簿原件；公安机关复函。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def correction(self) -> Correction:
        said = self.cleaned_data
        return Correction(self.particulars(), said["version"], said["reason"])


class MergeForm(forms.Form):
    """Which of two rows is kept, as the comparison showed them."""

    kept = forms.ChoiceField(label=_("保留哪一条"), widget=forms.RadioSelect)
    this_version = forms.IntegerField(widget=forms.HiddenInput())
    other_version = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(label=_("合并依据"), min_length=2, max_length=200)

    def __init__(self, *args: Any, this_id: UUID, other_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = (this_id, other_id)
        chooser = self.fields["kept"]
        assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
        chooser.choices = [(str(this_id), _("保留甲")), (str(other_id), _("保留乙"))]

    def halves(self) -> tuple[Half, Half]:
        """Kept and absorbed."""
        said = self.cleaned_data
        this = Half(self.ids[0], said["this_version"])
        other = Half(self.ids[1], said["other_version"])
        return (this, other) if said["kept"] == str(this.child_id) else (other, this)


class PartForm(forms.Form):
    reason = forms.CharField(label=_("拆分原因"), min_length=2, max_length=200)
