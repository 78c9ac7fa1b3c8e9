"""Form fields of the administration: people by name, days, units in reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.places.queries.people import PersonFacts, find_people


class DayField(forms.DateField):
    """A day, picked from the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class PersonField(forms.CharField):
    """Somebody of the county, by name or staff number; ``people`` in the page suggests."""

    default_error_messages = {
        "nobody": _("没有找到“%(text)s”。请填已登记的姓名或工号。"),
        "several": _("叫“%(text)s”的有 %(count)s 人。请改填工号，或在姓名后加上手机号。"),
    }

    def __init__(self, *, county_id: UUID, **kwargs: Any) -> None:
        self.county_id = county_id
        kwargs.setdefault("label", _("人员"))
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "people"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> UUID | None:
        text = super().clean(value)
        if not text:
            return None
        found: list[PersonFacts] = find_people(self.county_id, text)
        if not found:
            raise forms.ValidationError(
                self.error_messages["nobody"], code="nobody", params={"text": text}
            )
        if len(found) > 1:
            raise forms.ValidationError(
                self.error_messages["several"],
                code="several",
                params={"text": text, "count": len(found)},
            )
        return found[0].id


class UnitField(forms.TypedChoiceField):
    """One unit out of those offered."""

    def __init__(self, *, units: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        options: list[tuple[str, str | Promise]] = [(str(key), name) for key, name in units]
        if not kwargs.get("required", True):
            options.insert(0, ("", _("（不选）")))
        super().__init__(choices=options, coerce=UUID, empty_value=None, **kwargs)
