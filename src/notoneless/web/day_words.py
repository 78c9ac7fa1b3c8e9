"""Days and moments as people read them, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def day(value: date | datetime | None) -> str:
    """2026年11月20日 周五 · Fri 20 Nov 2026. Empty for nothing."""
    if value is None or value == "":
        return ""
    on = _local_date(value)
    if _is_english():
        return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日 {weekday(on)}"


def short_day(value: date | datetime | None) -> str:
    """11月20日 周五 · Fri 20 Nov, where the year goes without saying."""
    if value is None or value == "":
        return ""
    on = _local_date(value)
    if _is_english():
        return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"
    return f"{on.month}月{on.day}日 {weekday(on)}"


def moment(value: datetime | None) -> str:
    """2026年11月20日 14:05 · 20 Nov 2026 14:05, school-local time."""
    if value is None or value == "":
        return ""
    at = timezone.localtime(value)
    if _is_english():
        return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M}"
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def weekday(value: date) -> str:
    """周五 · Fri."""
    if _is_english():
        return _WEEKDAYS[value.weekday()]
    return "周" + "一二三四五六日"[value.weekday()]


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _local_date(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
