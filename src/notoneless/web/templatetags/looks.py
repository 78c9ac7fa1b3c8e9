"""Template tags and filters for the product's components; docs/looks.md says how to use them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from notoneless.rules.refusal import Refusal
from notoneless.web.day_words import day, moment, short_day, weekday
from notoneless.web.looks import widget_class
from notoneless.web.refusals import sentence_of

__all__ = ["day", "moment", "short_day", "weekday"]
register = template.Library()

TONE_ICONS = {
    "neutral": "circle",
    "accent": "circle-dot",
    "done": "check",
    "attention": "alert-triangle",
    "danger": "alarm",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One drawing of the sprite; without ``label`` it is decoration and hidden from readers."""
    if not label:
        return _decoration(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, _drawn(name)
    )


@lru_cache(maxsize=256)
def _decoration(name: str) -> SafeString:
    """A page has dozens, of the few that templates name."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', _drawn(name))


def _drawn(name: str) -> str:
    return f"{static('notoneless/icons.svg')}#{name}"


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A whole form field: label, required mark, help, widget, error."""
    return bound.as_field_group()


@register.simple_tag
def widget(bound: BoundField, **attrs: str) -> SafeString:
    """The bare control of a field in the product's look; ``data_x="1"`` becomes ``data-x``."""
    given: dict[str, str | bool] = {key.replace("_", "-"): value for key, value in attrs.items()}
    wrong = " is-invalid" if bound.errors else ""
    given["class"] = widget_class(bound.field.widget) + wrong
    return bound.as_widget(attrs=given)


@register.filter
def is_check(bound: BoundField) -> bool:
    """Whether the field is one tick box, whose label stands after it."""
    return isinstance(bound.field.widget, CheckboxInput)


@register.inclusion_tag("parts/badge.html")
def badge(text: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """A state in words with a drawing; the colour never says anything by itself."""
    return {"text": text, "tone": tone, "icon": icon or TONE_ICONS[tone]}


@register.inclusion_tag("parts/alert.html")
def alert(text: str, tone: str = "accent", title: str = "") -> dict[str, str]:
    """A message in the page. Tones: accent, done, attention, danger (a child in danger only)."""
    icons = {"accent": "info-circle", "danger": "urgent"}
    return {"text": text, "tone": tone, "title": title, "icon": icons.get(tone, TONE_ICONS[tone])}


@register.inclusion_tag("parts/refusal.html")
def refusal_box(refusal: Refusal | None) -> dict[str, str]:
    """Why the product said no, in the reader's language; nothing for ``None``."""
    if not isinstance(refusal, Refusal):
        return {}
    return {"sentence": sentence_of(refusal), "code": refusal.code}


@register.inclusion_tag("parts/empty.html")
def empty(
    title: str, text: str = "", url: str = "", action: str = "", icon: str = "folder-open"
) -> dict[str, str]:
    """An empty list that says what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("parts/stat.html")
def stat(
    label: str, value: object, url: str, unit: str = "", note: str = "", tone: str = ""
) -> dict[str, object]:
    """A number that opens to the list behind it."""
    return locals()


@register.inclusion_tag("parts/progress.html")
def progress(value: int, total: int, label: str) -> dict[str, object]:
    """How far long work has come, as a bar and in words."""
    done_pct = value * 100 // total if total else 0
    return {"value": value, "total": total, "label": label, "done_pct": done_pct}


@register.inclusion_tag("parts/masked.html", takes_context=True)
def masked(
    context: template.Context, value: str, reveal_url: str = "", name: str = ""
) -> dict[str, object]:
    """A masked value and, with ``reveal_url``, the button whose press is logged.

    The POST must answer the bare value's HTML to htmx and a whole page to others.
    """
    return {
        "value": value,
        "reveal_url": reveal_url,
        "name": name,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], parameter: str = "page") -> dict[str, object]:
    """Links to the pages of a list, keeping all other query parameters."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "request": context["request"],
        "page": page,
        "links": [
            {"number": n, "query": _query(context, **{parameter: n})}
            if isinstance(n, int)
            else None
            for n in numbers
        ],
        "before": _query(context, **{parameter: page.number - 1}),
        "after": _query(context, **{parameter: page.number + 1}),
    }


@register.inclusion_tag("parts/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, key: str, label: str, css: str = ""
) -> dict[str, object]:
    """A ``<th>`` that sorts by ``key``: ``?sort=key`` upwards, ``?sort=-key`` downwards."""
    current = context.get("sort") or context["request"].GET.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    wanted = f"-{key}" if order == "ascending" else key
    query = _query(context, sort=wanted, page=None)
    return {"label": label, "order": order, "query": query, "css": css}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The query string of this page with ``changes``; ``None`` removes a parameter."""
    return _query(context, **changes)


def _query(context: template.Context, **changes: object) -> str:
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            parameters.pop(key, None)
        else:
            parameters[key] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


for _filter in (day, short_day, moment, weekday):
    register.filter(_filter)
