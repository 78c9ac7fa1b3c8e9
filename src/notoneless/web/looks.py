"""How forms become HTML: every form and field goes through our own templates."""

from __future__ import annotations

from django import forms
from django.forms.renderers import DjangoTemplates

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class ProductForms(DjangoTemplates):
    """Named by ``FORM_RENDERER``; ``{{ form }}`` and ``{% field %}`` give the same markup."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


def widget_class(widget: forms.Widget) -> str:
    """The class that makes a plain Django widget look right; the author's own class is kept."""
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, forms.CheckboxInput):
        ours = "form-check-input"
    elif isinstance(widget, GROUPS):
        ours = "choice-list"
    elif isinstance(widget, forms.Select):
        ours = "form-select"
    elif widget.is_hidden:
        ours = ""
    else:
        ours = "form-control"
    return f"{ours} {own}".strip()
