"""Filters for the calendar's pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def last_day(to_on: date) -> date:
    """The last day of a period whose end is exclusive, as people say it."""
    return to_on - timedelta(days=1)


@register.filter
def of(words: Mapping[Any, Any], key: Any) -> Any:
    """The word for a code."""
    return words[key]


@register.filter
def year_month(day: date) -> str:
    """2026年9月, the heading of a printed month."""
    return _("%(year)d年%(month)d月") % {"year": day.year, "month": day.month}
