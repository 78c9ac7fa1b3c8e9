"""The samples made difficult: nothing that may be left out, and everything long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

from notoneless.rules.documents.payloads.parts import Guardian, Pupil, Visit
from tests.rules.documents.samples import VISITS

LONG_NAME = "阿依古丽·买买提江·阿卜杜热合曼"
RARE_NAME = "龙䶮㛃"
LONG_SCHOOL = "青河县石桥镇柳林村委会大田坝希望小学（九年一贯制教学点）"
LONG_TEXT = "母亲外出务工，父亲腿部受伤在家休养，两个弟弟无人照看，家里暂时离不开人。" * 4
TEN_VISITS = tuple(
    replace(VISITS[0], on=VISITS[0].on + timedelta(days=count), result=LONG_TEXT[:40])
    for count in range(10)
)
LONG_FIELDS = frozenset(
    {"guardian_view", "child_words", "persuasion", "words", "answer", "account", "facts"}
)


def emptied(paper: Any) -> Any:
    """Everything that has a default takes it; what must be there stays."""
    return _mapped(paper, _default)


def stretched(paper: Any) -> Any:
    """Long and rare names, a long school, ten visits, long statements."""
    return _mapped(paper, _longer)


def _mapped(part: Any, change: Callable[[Any, Any], Any]) -> Any:
    changed = {}
    for field in fields(part):
        value = change(part, field)
        if is_dataclass(value):
            value = _mapped(value, change)
        elif isinstance(value, tuple):
            value = tuple(_mapped(each, change) if is_dataclass(each) else each for each in value)
        changed[field.name] = value
    return replace(part, **changed)


def _default(part: Any, field: Any) -> Any:
    return getattr(part, field.name) if field.default is MISSING else field.default


def _longer(part: Any, field: Any) -> Any:
    value = getattr(part, field.name)
    if isinstance(part, Pupil) and field.name == "name":
        return LONG_NAME
    if isinstance(part, Guardian) and field.name == "name":
        return RARE_NAME
    if field.name == "school" and value:
        return LONG_SCHOOL
    if field.name in LONG_FIELDS and isinstance(value, str):
        return LONG_TEXT
    if isinstance(value, tuple) and value and isinstance(value[0], Visit):
        return TEN_VISITS
    return value
